"""Addresses that work outside a page: in mails and calendars."""

from urllib.parse import urlsplit

from django.conf import settings


def absolute(path: str) -> str:
    """`path` at the address of this installation, never at the one a request claims to be for."""
    return f"{settings.BASE_URL}{path}"


def own_host() -> str:
    """The host name of this installation, for ids that must be unique in the world."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"

"""Addresses that work outside a page: in mails and calendars; and the way back from one."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def absolute(path: str) -> str:
    """`path` at the address of this installation, never at the one a request claims to be for."""
    return f"{settings.BASE_URL}{path}"


def own_host() -> str:
    """The host name of this installation, for ids that must be unique in the world."""
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def came_from(request: HttpRequest, otherwise: str = "/") -> str:
    """The page that asked, named in `next`, when it is one of ours; else `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if safe else otherwise

"""Telling people what happened: a line after saving, with undo where it can be undone."""

from django.contrib import messages
from django.http import HttpRequest


def saved(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show `text` on the next page; `undo` is the address that takes the action back by POST."""
    messages.success(request, text, extra_tags=undo)


def warned(request: HttpRequest, text: str) -> None:
    """Show a warning on the next page."""
    messages.warning(request, text)

"""Watches each page that is read for a query inside a loop; an action may ask row by row."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from zeal import zeal_context

Next = Callable[[HttpRequest], HttpResponse]


def reads(get_response: Next) -> Next:
    """Middleware of the tests alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return get_response(request)
        with zeal_context():
            return get_response(request)

    return middleware

"""Designed pages for what went wrong: 400, 403, 404 and 500."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cabi_crm.ui.requests import request_id


def error_page(
    request: HttpRequest, status: int, title: str, advice: str, *, back: str = ""
) -> HttpResponse:
    """A page that says what happened and what to do: the way back, or the request's id."""
    number = "" if back else request_id.get()
    context = {"title": title, "advice": advice, "request_id": number, "back": back}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the address or the form could not be understood."""
    return error_page(
        request,
        400,
        _("We could not understand that"),
        _("Go back and try again. If it happens again, write to us with the number below."),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known, but not allowed."""
    return error_page(
        request, 403, _("You cannot do that"), _("Ask your manager if you need access.")
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or came from elsewhere."""
    return error_page(
        request,
        403,
        _("The page was open too long"),
        _("Nothing was saved. Go back to the page and do it again: it is fresh then."),
        back=page_before(request),
    )


def page_before(request: HttpRequest) -> str:
    """The page of ours that asked, else Today."""
    asked = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if asked and safe else reverse("home")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not for this user; the two look alike."""
    return error_page(
        request,
        404,
        _("We cannot find that page"),
        _("It may have moved, or it is not open to you. Search above, or go to Today."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; nothing was half-saved. Needs no database: that may be what failed."""
    context = {
        "title": _("Something went wrong with us"),
        "advice": _(
            "Nothing was half-saved. Try again in a moment, or write to us with the number below."
        ),
        "request_id": request_id.get(),
        "LANGUAGE_CODE": get_language(),
    }
    return HttpResponse(render_to_string("server_error.html", context), status=500)

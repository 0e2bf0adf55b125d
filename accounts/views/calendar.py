"""The user's calendar address."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import actions
from accounts.access import UserRequest, may_read_companies, only
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.links import absolute


@require_GET
@only(may_read_companies)
def calendar(request: UserRequest) -> HttpResponse:
    """What the calendar shows, and whether there is an address."""
    return render(request, "accounts/calendar.html", {"section": "more", "address": ""})


@require_POST
@only(may_read_companies)
def calendar_new(request: UserRequest) -> HttpResponse:
    """Make the address, or another one; the answer shows it, for it is kept nowhere."""
    secret = actions.make_calendar_address(by=request.user)
    address = absolute(reverse("calendar_feed", args=[secret]))
    context = {"section": "more", "address": address, "webcal": address.partition("://")[2]}
    return render(request, "accounts/calendar.html", context)


@require_POST
@only(may_read_companies)
def calendar_stop(request: UserRequest) -> HttpResponse:
    """Close the address."""
    actions.stop_calendar(by=request.user)
    saved(request, _("The calendar address no longer works."))
    return redirect("accounts:calendar")

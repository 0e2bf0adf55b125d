"""Home, the user's own page, help, and the gallery of components."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from accounts.access import UserRequest, may_edit_companies, may_read_companies
from accounts.enums import Role
from accounts.filters import UserFilter
from accounts.models import Notice, Organisation, User
from cabi_crm.ui.forms import PlainForm
from cabi_crm.ui.lists import Column, ListPage
from companies.enums import RelationshipLevel
from companies.models import Activity
from insights.documents import by_size, my_numbers
from insights.models import Figures
from insights.rules import Period
from partnerships.models import Agreement

SHOWN = 20
OWN_FIGURES = frozenset({Role.CONSULTANT, Role.RECRUITER})


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """What today asks of me: notices, agreed and overdue, unfinished, agreements, my numbers."""
    user, now = request.user, timezone.localtime()
    context: dict[str, Any] = {"section": "home", "now": now}
    context["notices"] = Notice.objects.unseen_by(user)[:SHOWN]
    if may_read_companies(user):
        context |= own_work(request)
    return render(request, "pages/home.html", context)


def own_work(request: UserRequest) -> dict[str, Any]:
    """The user's open activities until the end of the week, drafts and renewals."""
    user, now = request.user, timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    organisation = Organisation.objects.current()
    mine = Activity.objects.of(user).select_related("workplace")
    waiting = waiting_until(midnight + timedelta(days=8), user)
    agreements = Agreement.objects.owned_by(user).defer("logo")
    return {
        "overdue": [activity for activity in waiting if activity.starts_at < midnight],
        "coming": [activity for activity in waiting if activity.starts_at >= midnight],
        "today": date_format(now, "l j. F"),
        "unfinished": mine.unfinished().newest_first()[:SHOWN],
        "in_work": agreements.in_work()[:SHOWN],
        "renewals": agreements.up_for_renewal(now.date(), organisation.renewal_days).order_by(
            "renew_on"
        )[:SHOWN],
        "may_log": may_edit_companies(user),
        "numbers": my_numbers(user, now.date()) if user.role in OWN_FIGURES else [],
    }


def waiting_until(moment: datetime, user: User) -> list[Activity]:
    """The user's open activities, each with whom to ring, in one query."""
    due = Activity.objects.of(user).due_by(moment).select_related("workplace__company")
    waiting = list(due.with_main_phone().order_by("starts_at")[: 2 * SHOWN])
    for activity in waiting:
        activity.workplace.main_phone = getattr(activity, "main_phone", None) or ""
    return waiting


@require_GET
def more(request: UserRequest) -> HttpResponse:
    """Everything that does not fit the bottom bar: other places, language, log out."""
    return render(request, "pages/more.html", {"section": "more"})


@require_GET
@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    """One page of guidance, and whom to ask."""
    return render(request, "pages/help.html", {"section": "more"})


@require_GET
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible this is, and how to complain."""
    return render(request, "pages/accessibility.html", {"section": "more"})


@require_GET
def gallery(request: UserRequest) -> HttpResponse:
    """Every component in its states; only under DEBUG and in tests."""
    if not (settings.DEBUG or settings.MODE == "test"):
        raise Http404
    today = timezone.localdate()
    context = {
        "section": "home",
        "chart": by_size(Figures(request.user, Period(today.year, today))),
        "form": SampleForm({"date": "x"}),
        "list": sample_list(request),
        "pill_kinds": ["", "due", "late", "fine", "guard"],
        "levels": RelationshipLevel.choices,
        "kpis": my_numbers(request.user, today),
    }
    return render(request, "pages/gallery.html", context)


def sample_list(request: UserRequest) -> ListPage:
    """A list of one row a page, with a chosen filter, for the gallery."""
    return ListPage(
        request=request,
        filterset=UserFilter({"role": Role.CONSULTANT}, User.objects.all()),
        columns=[Column("name", "name")],
        sorts={"name": ["name"]},
        default_sort="name",
        page_size=1,
    )


class SampleForm(PlainForm):
    """One field of each kind, with errors, for the gallery."""

    text = forms.CharField()
    date = forms.DateField(required=False)
    long = forms.CharField(widget=forms.Textarea({"rows": 2}), required=False)
    choice = forms.ChoiceField(choices=RelationshipLevel.choices)
    chips = forms.MultipleChoiceField(
        choices=RelationshipLevel.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    box = forms.BooleanField(required=False)

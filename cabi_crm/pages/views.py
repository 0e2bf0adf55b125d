"""Home, the user's own page, help, and the gallery of components."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.access import UserRequest, may_edit_companies, may_own, may_read_companies, only
from accounts.enums import Role
from accounts.filters import UserFilter
from accounts.models import Notice, User, WayIn
from cabi_crm.pages.day import Day
from cabi_crm.pages.team import team_of
from cabi_crm.pages.today import day_of
from cabi_crm.ui.forms import PlainForm
from cabi_crm.ui.lists import Column, ListPage
from companies.enums import RelationshipLevel
from companies.models import opening_calendar
from companies.rules.suggestions import next_week, tomorrow
from insights.documents import by_size, my_numbers
from insights.models import Figures
from insights.rules import Period

SHOWN = 20
ON_TOP = 2  # notices that are not folded


@require_GET
def home(request: UserRequest) -> HttpResponse:
    """What today asks of me: notices, what is promised, whom to contact, what is in work."""
    user, now = request.user, timezone.localtime()
    context: dict[str, Any] = {"section": "home", "now": now, "day": None, "team": None}
    if may_read_companies(user):
        context |= {"day": day_of(user, now), "suggests": may_own(user)}
        context |= {"may_log": may_edit_companies(user)}
        today, calendar = now.date(), opening_calendar()
        context |= {"tomorrow": tomorrow(today, calendar)}
        context |= {"next_week": next_week(today, calendar)}
    if user.role == Role.MANAGER:
        context["team"] = team_of(user, now)
    context |= notices_of(user, context["day"])
    return render(request, "pages/home.html", context)


def notices_of(user: User, day: Day | None) -> dict[str, Any]:
    """The two notices on top and those folded under them.

    An enquiry that stands on the page already needs no line of its own.
    """
    waiting = list(Notice.objects.unseen_by(user)[:SHOWN])
    here = {item.url for item in day.agenda.now} if day else set()
    top = [each for each in waiting if each.link not in here][:ON_TOP]
    last = max((each.pk for each in waiting), default=0)
    return {"notices": top, "more_notices": [e for e in waiting if e not in top], "last": last}


@require_GET
@only(may_own)
def numbers(request: UserRequest) -> HttpResponse:
    """My own figures; the home page fetches them when it stands."""
    htmx: Any = getattr(request, "htmx", None)
    part = "#numbers" if htmx and not htmx.history_restore_request else ""
    context = {"section": "home", "numbers": my_numbers(request.user, timezone.localdate())}
    return render(request, f"pages/numbers.html{part}", context)


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
        "way_ins": sample_way_ins(today),
        "kpis": my_numbers(request.user, today),
    }
    return render(request, "pages/gallery.html", context)


def sample_way_ins(today: date) -> list[WayIn]:
    """A colleague who is here, one who is covered and one whom nobody covers, for the gallery."""
    return [
        WayIn("way_in", "title", "10203040"),
        WayIn("way_in", "title", "10203040", "cover_name", "10203041", today),
        WayIn("way_in", "title", "10203040", until=today),
    ]


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

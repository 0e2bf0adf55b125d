"""The page of one workplace: what stands on every tab, the overview, history and profile."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import CharField, Q, Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, may_own, may_read_companies, only
from accounts.enums import Weekday
from accounts.models import Absence, Draft, Organisation, User
from accounts.views.drafts import let_go
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.lists import ListPage
from cabi_crm.ui.panels import Tab, workplace_panels
from cabi_crm.ui.requests import EDIT
from cabi_crm.ui.walk import kept, walk_of
from companies import actions
from companies.documents.overview import Overview, overview_of
from companies.enums import CONTACT_KINDS, OPEN_STATUSES, DayPart, LeadKind, TaskArea
from companies.filters import ActivityFilter, months_before
from companies.forms.workplaces import SHORT_DAYS, ProfileForm
from companies.models import Activity, Lead, TaskOpportunity, Workplace

DIRECTIONS = "https://www.openstreetmap.org/directions"
TABS = "#faner"  # on a phone the tabs are below the fold: a tab's page begins there
SHOWN_FIRST = 3  # tabs that fit beside *More* on a phone
RECENT = 10
OWN_TABS = [
    Tab("overview", gettext_lazy("Overview"), "companies:workplace", 10),
    Tab("history", gettext_lazy("History"), "companies:history", 20),
    Tab("preparation", gettext_lazy("Preparation"), "companies:preparation", 50),
    Tab("contacts", gettext_lazy("Contact persons"), "companies:contacts", 60),
    Tab("service", gettext_lazy("Service"), "companies:service", 80),
]


def find_workplace(request: UserRequest, pk: int, *more: str) -> Workplace:
    """A workplace the user may see, with what its page shows of other tables; 404 otherwise.

    `more` names further rows to read along.
    """
    visible = Workplace.objects.visible_to(request.user)
    shown = visible.select_related("company", "industry", "owner", "opened_by", *more)
    return get_object_or_404(shown.annotate(**workplace_panels.columns_for(request.user)), pk=pk)


def every_tab() -> list[Tab]:
    """Our tabs and those of the apps above, in their order."""
    return sorted([*OWN_TABS, *workplace_panels.tabs], key=lambda tab: tab.order)


def tabs_of(workplace: Workplace, here: str, query: str) -> list[dict[str, Any]]:
    """Each tab with its address; `here` is the slug of this page, `query` keeps the walk."""
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[workplace.pk]) + query + (TABS if position else ""),
            "here": tab.slug == here,
            "hidden": position >= SHOWN_FIRST,
        }
        for position, tab in enumerate(every_tab())
    ]


def happenings(workplace: Workplace) -> dict[str, Any]:
    """The next step, the last contact and the newest lines of the history; one query."""
    activities = Activity.objects.kept().filter(workplace=workplace)
    newest = Activity.objects.held().filter(workplace=workplace).newest_first().values("pk")
    contacts = Activity.objects.contacts().filter(workplace=workplace).newest_first().values("pk")
    shown = Q(pk__in=newest[:RECENT]) | Q(pk__in=contacts[:1])
    found = activities.filter(Q(status__in=OPEN_STATUSES) | shown)
    every = list(found.select_related("user").newest_first())
    coming = sorted((a for a in every if a.is_open), key=lambda a: (a.starts_at, a.pk))
    held = [a for a in every if not a.is_open]
    return {
        "next_step": coming[0] if coming else None,
        "coming": coming,
        "last_contact": next((a for a in held if a.kind in CONTACT_KINDS), None),
        "recent": held[:RECENT],
    }


def confirmed_before(on: date) -> date:
    """Who was confirmed before this day is to be asked again on `on`."""
    return months_before(on, Organisation.objects.current().confirm_months)


def people_of(workplace: Workplace, today: date) -> dict[str, Any]:
    """The people there, the first to ring, whether somebody backs them up, and who is stale."""
    people, limit = workplace.people, confirmed_before(today)
    return {
        "people": people,
        "main": people[0] if people else None,
        "has_backup": any(person.is_backup for person in people),
        "stale": {person.pk for person in people if person.is_stale(limit)},
    }


def frame(request: UserRequest, workplace: Workplace, here: str) -> dict[str, Any]:
    """What `companies/workplace_frame.html` shows on every tab; `here` is the tab's slug.

    Apps above call it for tabs of their own.
    """
    now, owner = timezone.now(), workplace.owner
    addresses = {tab.slug: tab.url_name for tab in every_tab()}
    walk = walk_of(request, workplace.pk, addresses[here])
    query = f"?{walk.query}" if walk else ""
    route = f"{DIRECTIONS}?{urlencode({'to': workplace.address})}" if workplace.address else ""
    return {
        "section": "companies",
        "workplace": workplace,
        "walk": walk,
        "walk_query": query,
        "tabs": tabs_of(workplace, here, query),
        "may_edit": may_edit_companies(request.user),
        "may_own": may_own(request.user),
        "way_in": Absence.objects.today().way_in(owner) if owner else None,
        "pause": workplace.pause_on(timezone.localdate(now)),
        "ring": workplace.phone_to_ring,
        "route": route,
        "panel_facts": workplace_panels.facts_of(workplace, request.user),
        "now": now,
        **people_of(workplace, timezone.localdate(now)),
        **happenings(workplace),
    }


def week_of(known: Mapping[tuple[int, int], bool], now: datetime) -> dict[str, Any]:
    """The week strip: a row for every two hours with good, avoid or nothing for each day."""
    today = timezone.localtime(now).isoweekday()
    return {
        "week_days": [(SHORT_DAYS[day], day.label, day == today) for day in Weekday],
        "week_rows": [
            (part.label, [known.get((day.value, part.value)) for day in Weekday])
            for part in DayPart
        ],
        "week_known": bool(known),
    }


def lacking(place: Workplace, overview: Overview, user: User) -> list[dict[str, str]]:
    """What nobody has found out about the workplace, with where to write it for who may."""
    profile = {
        _("products and customers"): place.products,
        _("what people must be able to do"): place.skill_demands,
        _("why they want to"): overview.motivations,
        _("what the work asks"): overview.considerations,
        _("the tone"): place.tone,
    }
    others = {
        _("tasks seen"): (overview.tasks, "seen_new"),
        _("when a visit suits"): (overview.windows, "visit_times"),
        _("busy seasons"): (overview.seasons.lines, "seasons"),
    }
    missing = [(label, "profile_edit") for label, known in profile.items() if not known]
    missing += [(label, name) for label, (known, name) in others.items() if not known]
    may = may_edit_companies(user)
    return [
        {"label": label, "url": reverse(f"companies:{name}", args=[place.pk]) if may else ""}
        for label, name in missing
    ]


@require_GET
@only(may_read_companies)
def workplace(request: UserRequest, pk: int) -> HttpResponse:
    """The overview: what they do, what we saw there, when to come, and the latest."""
    place = find_workplace(request, pk)
    context = frame(request, place, "overview")
    overview = overview_of(place, context["now"])
    context |= {"overview": overview, **week_of(overview.windows, context["now"])}
    context["lacking"] = lacking(place, overview, request.user)
    context["just_saved"] = just_saved(request, context["recent"])
    return render(request, "companies/workplace.html", context)


def just_saved(request: UserRequest, recent: list[Activity]) -> Activity | None:
    """What I logged a moment ago, when it is to be asked what comes next."""
    asked = request.GET.get("gemt", "")
    mine = (each for each in recent if str(each.pk) == asked and each.user_id == request.user.pk)
    return next(mine, None)


def to_workplace(request: UserRequest, pk: int, tab: str = "companies:workplace") -> HttpResponse:
    """Back to the page of a workplace, still on the walk it was opened on."""
    return redirect(kept(request, reverse(tab, args=[pk])))


class Timeline(ListPage):
    """The history; what was seen on the page's visits is read in one go."""

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; each row has `seen` and `spotted`, lists of words."""
        page = super().page
        labels = {**dict(TaskArea.choices), **dict(LeadKind.choices)}
        words: dict[tuple[int, str], list[Any]] = defaultdict(list)
        pks = [activity.pk for activity in page]
        tasks = TaskOpportunity.objects.kept().filter(activity__in=pks)
        leads = Lead.objects.filter(activity__in=pks)
        for activity, group, what in tasks.values_list(
            "activity", Value("seen", output_field=CharField()), "area"
        ).union(leads.values_list("activity", Value("spotted", output_field=CharField()), "kind")):
            words[activity, group].append(labels[what])
        for activity in page:
            activity.seen = words[activity.pk, "seen"]
            activity.spotted = words[activity.pk, "spotted"]
        return page


@require_GET
@only(may_read_companies)
def history(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that happened, newest first, by kind and outcome."""
    place = find_workplace(request, pk)
    rows = Activity.objects.kept().filter(workplace=place).exclude(status__in=OPEN_STATUSES)
    page = Timeline(
        request=request,
        filterset=ActivityFilter(request.GET, rows.select_related("user")),
        columns=[],
        sorts={"when": ["starts_at", "-pk"]},
        default_sort="-when",
        counts_along=True,
    )
    return page.render("companies/history.html", **frame(request, place, "history"))


@require_http_methods(EDIT)
@only(may_edit_companies)
def profile_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Owner, level, what they do, tone and who opened the door."""
    place = find_workplace(request, pk)
    form = ProfileForm(request.POST or None, workplace=place)
    draft = Draft.objects.begun(request.user, f"profile-{place.pk}")
    if request.method == "POST" and form.is_valid():
        actions.save_local_facts(workplace=place, by=request.user, said=form.changes())
        let_go(request, draft.form)
        saved(request, _("The profile is saved."))
        return to_workplace(request, place.pk)
    context = {"form": form, "workplace": place, "section": "companies", "draft": draft}
    return render(request, "companies/profile.html", context, status=422 if form.errors else 200)


@require_POST
@only(may_own)
def owner_take(request: UserRequest, pk: int) -> HttpResponse:
    """Become the one way in where nobody is yet."""
    place = actions.take_ownership(workplace=find_workplace(request, pk), by=request.user)
    if place.owner == request.user:
        undo = reverse("companies:owner_give_up", args=[place.pk])
        saved(request, _("You are the owner now."), undo=undo)
    else:
        warned(request, _("%(name)s is the owner already.") % {"name": place.owner})
    return to_workplace(request, place.pk)


@require_POST
@only(may_own)
def owner_give_up(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of becoming the owner."""
    place = actions.give_up_ownership(workplace=find_workplace(request, pk), by=request.user)
    saved(request, _("You are not the owner any more."))
    return to_workplace(request, place.pk)

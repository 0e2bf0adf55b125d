"""The page of one workplace: what stands on every tab, the overview, history and profile."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import CharField, Count, F, Max, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
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
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.lists import ListPage
from cabi_crm.ui.panels import Tab, workplace_panels
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.enums import CONTACT_KINDS, OPEN_STATUSES, DayPart, LeadKind, TaskArea
from companies.filters import ActivityFilter
from companies.forms.workplaces import SHORT_DAYS, ProfileForm, VisitTimesForm
from companies.models import Activity, Lead, TaskOpportunity, Workplace

DIRECTIONS = "https://www.openstreetmap.org/directions"
TABS = "#faner"  # on a phone the tabs are below the fold: a tab's page begins there
SHOWN_FIRST = 3  # tabs that fit beside *More* on a phone
RECENT = 10
OWN_TABS = [
    Tab("overview", gettext_lazy("Overview"), "companies:workplace", 10),
    Tab("history", gettext_lazy("History"), "companies:history", 20),
    Tab("contacts", gettext_lazy("Contact persons"), "companies:contacts", 60),
]


def find_workplace(request: UserRequest, pk: int) -> Workplace:
    """A workplace the user may see, with what its page shows of other tables; 404 otherwise."""
    others = Workplace.objects.filter(company=OuterRef("company")).values("company")
    return get_object_or_404(
        Workplace.objects.visible_to(request.user)
        .select_related("company", "industry", "owner", "opened_by")
        .annotate(company_places=Coalesce(Subquery(others.annotate(n=Count("pk")).values("n")), 1)),
        pk=pk,
    )


def tabs_of(workplace: Workplace, here: str) -> list[dict[str, Any]]:
    """Our tabs and those of the apps above, in their order; `here` is the slug of this page."""
    every = sorted([*OWN_TABS, *workplace_panels.tabs], key=lambda tab: tab.order)
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[workplace.pk]) + (TABS if position else ""),
            "here": tab.slug == here,
            "hidden": position >= SHOWN_FIRST,
        }
        for position, tab in enumerate(every)
    ]


def happenings(workplace: Workplace) -> dict[str, Any]:
    """The next step, the last contact and the newest lines of the history."""
    kept = Activity.objects.kept().filter(workplace=workplace)
    newest = Activity.objects.held().filter(workplace=workplace).newest_first().values("pk")
    found = kept.filter(Q(status__in=OPEN_STATUSES) | Q(pk__in=newest[:RECENT]))
    every = list(found.select_related("user").newest_first())
    coming = sorted((a for a in every if a.is_open), key=lambda a: (a.starts_at, a.pk))
    held = [a for a in every if not a.is_open]
    last = next((a for a in held if a.kind in CONTACT_KINDS), None)
    if last is None and len(held) == RECENT:
        contacts = Activity.objects.contacts().filter(workplace=workplace)
        last = contacts.select_related("user").newest_first().first()
    return {
        "next_step": coming[0] if coming else None,
        "coming": coming,
        "last_contact": last,
        "recent": held,
    }


def frame(request: UserRequest, workplace: Workplace, here: str) -> dict[str, Any]:
    """What `companies/workplace_frame.html` shows on every tab; `here` is the tab's slug.

    Apps above call it for tabs of their own.
    """
    people = workplace.people
    return {
        "section": "companies",
        "workplace": workplace,
        "tabs": tabs_of(workplace, here),
        "may_edit": may_edit_companies(request.user),
        "may_own": may_own(request.user),
        "people": people,
        "main": people[0] if people else None,
        "has_backup": any(person.is_backup for person in people),
        "ring": workplace.phone_to_ring,
        "route": f"{DIRECTIONS}?{urlencode({'to': workplace.address})}"
        if workplace.address
        else "",
        "panel_facts": workplace_panels.facts_of(workplace, request.user),
        "now": timezone.now(),
        **happenings(workplace),
    }


def sightings(workplace: Workplace) -> dict[str, list[dict[str, Any]]]:
    """Tasks seen and leads spotted, each once with when and how often, the newest first."""
    tasks = TaskOpportunity.objects.filter(workplace=workplace, activity__removed_at=None)
    leads = Lead.objects.filter(workplace=workplace, activity__removed_at=None)
    rows = counted(tasks, "task", "area").union(counted(leads, "lead", "kind"), all=True)
    labels = {**dict(TaskArea.choices), **dict(LeadKind.choices)}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for group, what, last, times in sorted(rows, key=lambda row: row[2], reverse=True):
        found[group].append({"label": labels[what], "last": last, "times": times})
    return {"tasks": found["task"], "leads": found["lead"]}


def counted(queryset: Any, group: str, field: str) -> Any:
    """(group, what, newest visit, number of visits) for each value of `field`."""
    return (
        queryset.order_by()
        .values(what=F(field))
        .annotate(
            group=Value(group, output_field=CharField()),
            last=Max("activity__starts_at"),
            times=Count("pk"),
        )
        .values_list("group", "what", "last", "times")
    )


def week_of(workplace: Workplace, now: datetime) -> dict[str, Any]:
    """The week strip: a row for every two hours with good, avoid or nothing for each day."""
    known = {(w.weekday, w.part): w.is_good for w in workplace.visit_windows.all()}
    today = timezone.localtime(now).isoweekday()
    return {
        "week_days": [(SHORT_DAYS[day], day.label, day == today) for day in Weekday],
        "week_rows": [
            (part.label, [known.get((day.value, part.value)) for day in Weekday])
            for part in DayPart
        ],
        "week_known": bool(known),
    }


@require_GET
@only(may_read_companies)
def workplace(request: UserRequest, pk: int) -> HttpResponse:
    """The overview: what they do, what we saw there, when to come, and the latest."""
    place = find_workplace(request, pk)
    context = frame(request, place, "overview")
    context |= sightings(place) | week_of(place, context["now"])
    others = Workplace.objects.filter(company=place.company_id).exclude(pk=place.pk)
    context["siblings"] = (
        others.order_by("name", "pk")[:20] if getattr(place, "company_places", 1) > 1 else ()
    )
    return render(request, "companies/workplace.html", context)


class Timeline(ListPage):
    """The history; what was seen on the page's visits is read in one go."""

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; each row has `seen` and `spotted`, lists of words."""
        page = super().page
        labels = {**dict(TaskArea.choices), **dict(LeadKind.choices)}
        words: dict[tuple[int, str], list[Any]] = defaultdict(list)
        pks = [activity.pk for activity in page]
        tasks = TaskOpportunity.objects.filter(activity__in=pks)
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
    )
    return page.render("companies/history.html", **frame(request, place, "history"))


@require_http_methods(EDIT)
@only(may_edit_companies)
def profile_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Owner, level, what they do, tone and who opened the door."""
    place = find_workplace(request, pk)
    form = ProfileForm(request.POST or None, workplace=place)
    draft = f"profile-{place.pk}-{request.user.pk}"
    if request.method == "POST" and form.is_valid():
        actions.save_local_facts(workplace=place, by=request.user, said=form.cleaned_data)
        saved(request, _("The profile is saved."), draft=draft)
        return redirect("companies:workplace", place.pk)
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
    return redirect("companies:workplace", place.pk)


@require_POST
@only(may_own)
def owner_give_up(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of becoming the owner."""
    place = actions.give_up_ownership(workplace=find_workplace(request, pk), by=request.user)
    saved(request, _("You are not the owner any more."))
    return redirect("companies:workplace", place.pk)


@require_http_methods(EDIT)
@only(may_edit_companies)
def visit_times(request: UserRequest, pk: int) -> HttpResponse:
    """When a visit is welcome, and when it is better avoided."""
    place = find_workplace(request, pk)
    form = VisitTimesForm(request.POST or None, workplace=place)
    if request.method == "POST" and form.is_valid():
        actions.save_visit_windows(workplace=place, slots=form.slots, by=request.user)
        saved(request, _("The visiting times are saved."))
        return redirect("companies:workplace", place.pk)
    context = {"form": form, "workplace": place, "section": "companies"}
    context["week_days"] = [(SHORT_DAYS[day], day.label) for day in Weekday]
    return render(
        request, "companies/visit_times.html", context, status=422 if form.errors else 200
    )

"""The list of workplaces, and choosing one to log something on."""

from typing import Any

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.functions import Coalesce, Concat
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts.access import UserRequest, may_edit_companies, may_read_companies, only
from accounts.models import User
from cabi_crm.ui.lists import Column, ListPage
from cabi_crm.ui.walk import WalkedList, walked_lists
from companies.enums import LEVEL_ORDER
from companies.filters import WalkFilter, WorkplaceFilter
from companies.models import Activity, Workplace

WALK = "alle"
LEVEL = Case(
    *(When(level=level, then=Value(rank)) for rank, level in enumerate(LEVEL_ORDER)),
    output_field=IntegerField(),
)
COLUMNS = [
    Column(_("Workplace"), "name", "c-name"),
    Column(_("Size"), "size", "c-size"),
    Column(_("Level"), "level", "c-level"),
    Column(_("Last contact"), "last", "c-last"),
    Column(_("Next step"), "next", "c-next"),
    Column(_("Owner"), "owner", "c-owner"),
]
SORTS: dict[str, list[Any]] = {
    "name": ["name", "pk"],
    "size": [Coalesce("employees", "employees_low"), "name", "pk"],
    "level": [LEVEL, "name", "pk"],
    "last": [F("last_contact_at"), "name", "pk"],
    "next": [F("next_step_at"), "name", "pk"],
    "owner": ["owner__name", "name", "pk"],
}


# A search finds its matches first and sorts them afterwards: sorted by the bare name, PostgreSQL
# would walk the index on names until it has met enough matches, however rare they are.
SEARCH_SORTS = SORTS | {"name": [Concat("name", Value("")), "pk"]}


def workplace_list(
    request: UserRequest, filterset: type[WorkplaceFilter] = WorkplaceFilter
) -> ListPage:
    """The filtered, sorted and paged workplaces the user asks for."""
    visible = Workplace.objects.visible_to(request.user)
    rows = visible.select_related("company", "industry", "owner")
    return ListPage(
        request=request,
        walk=WALK,
        filterset=filterset(request.GET, rows, request=request),
        columns=COLUMNS,
        sorts=SEARCH_SORTS if request.GET.get("q", "").strip() else SORTS,
        default_sort="name",
    )


def walked_workplaces(request: UserRequest) -> ListPage:
    """The same list when only a row's neighbours are asked for."""
    return workplace_list(request, WalkFilter)


walked_lists[WALK] = WalkedList("companies:list", _("Companies"), walked_workplaces)


@require_GET
@only(may_read_companies)
def workplaces(request: UserRequest) -> HttpResponse:
    """Find workplaces."""
    page = workplace_list(request)
    context = {"section": "companies", "now": timezone.now()}
    return page.render("companies/list.html", **context)


def places_of_today(user: User) -> dict[str, Any]:
    """What `user` has planned until tonight, what is overdue, and where they were last."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    tonight = midnight.replace(hour=23, minute=59, second=59)
    mine = Activity.objects.of(user).select_related("workplace")
    recent: dict[int, Activity] = {}
    for activity in mine.held().newest_first()[:30]:
        recent.setdefault(activity.workplace_id, activity)
    due = mine.due_by(tonight).order_by("starts_at", "pk")
    return {
        "overdue": due.filter(starts_at__lt=midnight)[:8],
        "planned": due.filter(starts_at__gte=midnight)[:8],
        "recent": list(recent.values())[:8],
    }


@require_GET
@only(may_edit_companies)
def log(request: UserRequest) -> HttpResponse:
    """Choose the workplace to log on: today's plans and recent ones before any typing."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = Workplace.objects.visible_to(request.user).active().matching(words).order_by("name")
    context = places_of_today(request.user) | {
        "section": "log",
        "q": words,
        "found": found.only("name", "street", "postcode", "town")[:20] if words else None,
    }
    template = (
        "companies/log.html#found" if getattr(request, "htmx", False) else "companies/log.html"
    )
    return render(request, template, context)

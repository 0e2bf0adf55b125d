"""Portfolios: my workplaces and when they are due, everybody's, and those to settle."""

from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.access import UserRequest, may_own, may_read_companies, only
from accounts.models import Absence, Event, Organisation, User
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.lists import Column, ListPage
from cabi_crm.ui.walk import WalkedList, walked_lists
from companies import actions
from companies.access import may_keep_portfolios
from companies.enums import RelationshipLevel
from companies.filters import BankFilter, PortfolioFilter, over_time
from companies.forms.portfolio import RelationForm
from companies.models import Workplace
from companies.rules.portfolio import next_contact, urgency
from companies.views.lists import LEVEL

WALK = "mine"
COLUMNS = [
    Column(gettext_lazy("Workplace"), "name", "c-name"),
    Column(gettext_lazy("Level"), "level", "c-level"),
    Column(gettext_lazy("Last contact"), "last", "c-last"),
    Column(gettext_lazy("Next contact due"), "due", "c-due"),
    Column(gettext_lazy("Next step"), "next", "c-next"),
    Column(gettext_lazy("Do"), "", "c-do"),
]
SORTS: dict[str, list[Any]] = {
    "due": [F("due_at"), "name", "pk"],
    "name": ["name", "pk"],
    "level": [LEVEL, "name", "pk"],
    "last": [F("last_contact_at"), "name", "pk"],
    "next": [F("next_step_at"), "name", "pk"],
}


class Portfolio(ListPage):
    """A portfolio; each row has `due` (a day), `urgency` and `for_whom`, when it is another's."""

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for."""
        page, on = super().page, timezone.localdate()
        contacts = Organisation.objects.current().contacts_a_year
        for place in page:
            moment = place.last_contact_at
            last = timezone.localdate(moment) if moment else None
            asked = contacts[place.level]
            place.due = next_contact(last, place.owner_since, asked, place.paused_until)
            place.urgency = urgency(place.due, on)
        return page


def whose(request: UserRequest) -> list[User]:
    """Whose workplaces are asked for: the colleague in the address, else mine and those I cover.

    Nobody's when I own none and ask for nobody: then all portfolios are shown.
    """
    asked = request.GET.get("owner", "")
    served = Absence.objects.today().served_by(request.user) if may_own(request.user) else []
    if not asked or asked in {str(each.pk) for each in served}:
        return served
    if not asked.isdecimal() or len(asked) > len(str(2**31)):
        raise Http404
    return [get_object_or_404(User, pk=asked)]


def portfolio_of(request: UserRequest, people: list[User], towns: list[str]) -> Portfolio:
    """The workplaces of `people`, filtered, sorted and paged, the most urgent first."""
    on = timezone.localdate()
    contacts = Organisation.objects.current().contacts_a_year
    rows = Workplace.objects.visible_to(request.user).active().filter(owner__in=people)
    return Portfolio(
        request=request,
        walk=WALK,
        filterset=PortfolioFilter(
            request.GET,
            rows.with_due(contacts, on).select_related("company", "owner"),
            people=people,
            towns=towns,
            on=on,
        ),
        columns=COLUMNS,
        sorts=SORTS,
        default_sort="due",
    )


def walked_portfolio(request: UserRequest) -> ListPage:
    """The same when only a row's neighbours are asked for: the town is taken as it is."""
    return portfolio_of(request, whose(request), [request.GET.get("town", "")])


walked_lists[WALK] = WalkedList(
    "companies:portfolio", gettext_lazy("My companies"), walked_portfolio
)


def counts(queryset: Any, *by: str) -> list[dict[str, Any]]:
    """For each value of `by`: how many workplaces (n), over time (late), nothing planned (bare)."""
    return list(
        queryset.order_by()
        .values(*by)
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=over_time(timezone.localdate())),
            bare=Count("pk", filter=Q(next_step_at=None)),
        )
        .order_by(*by)
    )


@require_GET
@only(may_read_companies)
def portfolio(request: UserRequest) -> HttpResponse:
    """My workplaces with last and next contact, those over time first; or a colleague's."""
    people = whose(request)
    if not people:
        return portfolios(request)
    mine = Workplace.objects.active().filter(owner__in=people)
    towns = counts(mine, "town")
    context = {
        "section": "companies",
        "now": timezone.now(),
        "people": people,
        "is_mine": people[0] == request.user,
        "may_keep": may_keep_portfolios(request.user),
        "total": {key: sum(town[key] for town in towns) for key in ("n", "late", "bare")},
    }
    page = portfolio_of(request, people, [town["town"] for town in towns if town["town"]])
    return page.render("companies/portfolio.html", **context)


def portfolios(request: UserRequest) -> HttpResponse:
    """Everybody's portfolio in a line, for those who own none."""
    owned = Workplace.objects.visible_to(request.user).active().filter(owner__isnull=False)
    context = {
        "section": "companies",
        "rows": counts(owned, "owner__name", "owner"),
        "may_keep": may_keep_portfolios(request.user),
    }
    return render(request, "companies/portfolio_all.html", context)


@require_GET
@only(may_keep_portfolios)
def bank_check(request: UserRequest) -> HttpResponse:
    """*Tjek til virksomhedsbank*: workplaces whose level or owner must be settled."""
    rows = Workplace.objects.visible_to(request.user).select_related("company", "owner")
    page = ListPage(
        request=request,
        filterset=BankFilter(request.GET, rows, request=request),
        columns=[],
        sorts={"name": ["name", "pk"]},
        default_sort="name",
    )
    context = {
        "section": "companies",
        "levels": RelationshipLevel.choices[1:],
        "owners": list(User.objects.consultants().order_by("name")),
        "own": request.user.pk if may_own(request.user) else None,
    }
    return page.render("companies/portfolio_bank.html", **context)


@require_POST
@only(may_keep_portfolios)
def relation_set(request: UserRequest, pk: int) -> HttpResponse:
    """Level and owner of one workplace in one tap."""
    place = get_object_or_404(Workplace.objects.visible_to(request.user), pk=pk)
    form = RelationForm(request.POST, place=place)
    if not form.is_valid():
        warned(request, _("Choose a level, and an owner who still works here."))
        return redirect(back_to_check(request))
    event = actions.set_relation(workplace=place, by=request.user, **form.said)
    if event is None:
        warned(request, _("Somebody has changed %(name)s meanwhile.") % {"name": place.name})
    else:
        undo = reverse("companies:relation_undo", args=[event.pk])
        saved(request, form.sentence(place), undo=undo)
    return redirect(back_to_check(request))


@require_POST
@only(may_keep_portfolios)
def relation_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Level and owner as they were before one tap."""
    event = get_object_or_404(Event, pk=pk, action="relation_set", actor=request.user)
    if actions.set_relation_back(event=event, by=request.user):
        saved(request, _("%(name)s is as before.") % {"name": event.object_label})
    else:
        warned(request, _("Somebody has changed %(name)s since.") % {"name": event.object_label})
    return redirect(back_to_check(request))


@require_POST
@only(may_keep_portfolios)
def bank_later(request: UserRequest, pk: int) -> HttpResponse:
    """*Not now*: the workplace comes back next month, if it is still busy there."""
    place = get_object_or_404(Workplace.objects.visible_to(request.user), pk=pk)
    actions.put_off_bank_check(workplace=place, on=timezone.localdate(), by=request.user)
    undo = reverse("companies:bank_again", args=[place.pk])
    saved(request, _("%(name)s comes back next month.") % {"name": place.name}, undo=undo)
    return redirect(back_to_check(request))


@require_POST
@only(may_keep_portfolios)
def bank_again(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of *not now*."""
    place = get_object_or_404(Workplace.objects.visible_to(request.user), pk=pk)
    actions.bring_back_bank_check(workplace=place, on=timezone.localdate(), by=request.user)
    saved(request, _("%(name)s is on the list again.") % {"name": place.name})
    return redirect("companies:bank_check")


def back_to_check(request: UserRequest) -> str:
    """The list it was done from."""
    which = request.POST.get("back", "")
    known = {value for value, label in BankFilter.WHICH}
    return reverse("companies:bank_check") + (f"?which={which}" if which in known else "")

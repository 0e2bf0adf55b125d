"""The workplaces that come into question for a contact, and what is known of them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, LPad

from accounts.enums import AreaKind
from accounts.models import Organisation, User, WorkingArea
from cabi_crm.db import start_of
from cabi_crm.pages.agenda import main_phone
from companies.enums import Outcome, RelationshipLevel, SuggestionKind
from companies.models import (
    Activity,
    AnsweredSuggestion,
    SeasonPeak,
    VisitWindow,
    Workplace,
)
from companies.models.portfolio import for_the_bank
from companies.models.workplace import WorkplaceQuerySet
from companies.rules.cadence import BANK_DAYS, limits
from companies.rules.suggestions import NEW_DAYS, PLANNED_DAYS
from companies.rules.timing import last_week

MOST = 15  # candidates read of each kind; ten are shown at most
READ = 40  # of those known already
LATELY = timedelta(days=BANK_DAYS)
COME_BACK_WITHIN = timedelta(days=365)  # an older *not now* is the cadence's business
LONG_AGO = date(1900, 1, 1)


@dataclass
class Details:
    """What other tables know of the workplaces: their seasons, hours and answered reasons."""

    seasons: dict[int, list["Peak"]] = field(default_factory=lambda: defaultdict(list))
    slots: dict[int, dict[tuple[int, int], bool]] = field(default_factory=lambda: defaultdict(dict))
    answered: set[tuple[int, str, str]] = field(default_factory=set)


@dataclass
class Peak:
    """A busy season as the rules need it."""

    name: str
    from_week: int
    to_week: int
    lead_weeks: int


def silenced(kind: SuggestionKind, on: date, **more: Any) -> Exists:
    """Whether the workplace's suggestion of this kind has an answer that holds on `on`."""
    answers = AnsweredSuggestion.objects.all().silencing(on)
    return Exists(answers.filter(workplace=OuterRef("pk"), kind=kind, **more))


def since_contact() -> dict[str, Any]:
    """Only answers given since the last contact: they are about what is counted from it."""
    return {"updated_at__gte": Coalesce(OuterRef("last_contact_at"), start_of(LONG_AGO))}


def season_is_near(on: date, users: Collection[int]) -> Q:
    """A busy season begins within its lead time, and nobody has answered that one yet."""
    year, week, _weekday = on.isocalendar()
    this_year = Q(from_week__gt=week, from_week__lte=F("lead_weeks") + week)
    next_year = Q(from_week__lte=F("lead_weeks") + week - last_week(year))
    number = LPad(Cast("from_week", CharField()), 2, Value("0"))
    ahead = When(from_week__gt=week, then=Value(f"{year}-W"))
    mine = SeasonPeak.objects.filter(workplace__owner__in=users)
    peaks = mine.filter(this_year | next_year).annotate(
        occasion=Concat(Case(ahead, default=Value(f"{year + 1}-W")), number)
    )
    answered = AnsweredSuggestion.objects.all().silencing(on)
    same = {"workplace": OuterRef("workplace"), "occasion": OuterRef("occasion")}
    open_ones = peaks.filter(~Exists(answered.filter(kind=SuggestionKind.SEASON, **same)))
    return Q(pk__in=open_ones.values("workplace"))


def come_back_now(on: date, users: Collection[int]) -> Q:
    """The last contact was a *not now* whose day has come."""
    said = Activity.objects.held().filter(
        outcome=Outcome.NOT_NOW,
        return_on__range=(on - COME_BACK_WITHIN, on),
        workplace__owner__in=users,
        starts_at=F("workplace__last_contact_at"),
    )
    return Q(pk__in=said.values("workplace"))


def found_by(on: date, users: Collection[int]) -> list[WorkplaceQuerySet]:
    """For each kind that the database can find: the workplaces that come into question.

    The rules decide in the end; this leaves out most of whom they would turn down.
    """
    organisation, workplaces = Organisation.objects.current(), WorkplaceQuerySet(Workplace)
    mine = workplaces.filter(owner__in=users, ceased_on=None)
    rested = Q(paused_until=None) | Q(paused_until__lt=on)
    free = Q(next_step_at=None) | Q(next_step_at__gte=start_of(on + timedelta(PLANNED_DAYS + 1)))
    late = mine.cadence_due(limits(organisation.contacts_a_year, on))
    areas = WorkingArea.objects.filter(user__in=users, kind=AreaKind.POSTCODE)
    nearby = Q(owner=None, postcode__in=areas.values("text"))
    new = workplaces.filter(Q(owner__in=users) | nearby, ceased_on=None, last_contact_at=None)
    return [
        mine.filter(rested, free, season_is_near(on, users)),
        mine.filter(
            rested,
            come_back_now(on, users),
            ~silenced(SuggestionKind.COME_BACK, on, **since_contact()),
            next_step_at=None,
        ),
        late.filter(rested, free, ~silenced(SuggestionKind.CADENCE, on, **since_contact())),
        new.filter(
            rested,
            free,
            ~silenced(SuggestionKind.NEW_FIRM, on),
            started_on__range=(on - timedelta(NEW_DAYS), on),
        ),
        for_the_bank(mine, on).filter(rested),
    ]


def candidates(users: Sequence[User], on: date, known: Collection[int]) -> list[Workplace]:
    """The workplaces that come into question, with what the rules need of them: one query.

    Those that `users` own, newly started ones in their postcodes that nobody owns, and `known`
    ones. Of each kind no more than can be shown are read: firms far along first, then those not
    contacted for the longest time.
    """
    far_along = Case(
        *(When(level=level, then=Value(-n)) for n, level in enumerate(RelationshipLevel.values)),
        output_field=IntegerField(),
    )
    # A slice inside each part of the union: SQLite allows none on the part itself.
    every = WorkplaceQuerySet(Workplace).order_by()
    first, *rest = [
        every.filter(pk__in=places.order_by(far_along, "last_contact_at", "pk").values("pk")[:MOST])
        for places in found_by(on, [user.pk for user in users])
    ]
    chosen = first.values("pk").union(
        *(each.values("pk") for each in rest), every.filter(pk__in=list(known)[:READ]).values("pk")
    )
    return list(with_facts(every.filter(pk__in=chosen), on))


def with_facts(places: WorkplaceQuerySet, on: date) -> WorkplaceQuerySet:
    """With whom to ring, the day we may come back, and how often we spoke lately."""
    here = Activity.objects.contacts().filter(workplace=OuterRef("pk")).order_by()
    last = here.filter(starts_at=OuterRef("last_contact_at"), outcome=Outcome.NOT_NOW)
    lately = here.filter(starts_at__gte=start_of(on - LATELY)).values("workplace")
    return (
        places.select_related("company")
        .annotate(
            first_phone=main_phone("pk"),
            come_back_on=Subquery(last.values("return_on")[:1]),
            contacts_lately=Coalesce(Subquery(lately.annotate(n=Count("pk")).values("n")), 0),
        )
        .defer("search_text", "about", "culture", "products", "skill_demands")
        .order_by("pk")
    )


def details_of(keys: Collection[int], on: date) -> Details:
    """Seasons, visiting hours and answered reasons of some workplaces: one query."""
    answers = AnsweredSuggestion.objects.all().silencing(on).filter(workplace__in=keys)
    rows = (
        lines(SeasonPeak.objects.filter(workplace__in=keys), "season", F("name"), "from_week",
              "to_week", "lead_weeks")
        .union(
            lines(VisitWindow.objects.filter(workplace__in=keys), "slot", Value(""), "weekday",
                  "part", Case(When(is_good=True, then=Value(1)), default=Value(0))),
            lines(answers, "answer", Concat("kind", Value(" "), "occasion"), None, None, None),
            all=True,
        )
    )  # fmt: skip
    details = Details()
    for what, place, text, first, second, third in rows:
        if what == "season":
            details.seasons[place].append(Peak(text, first, second, third))
        elif what == "slot":
            details.slots[place][first, second] = bool(third)
        else:
            kind, _space, occasion_of = text.partition(" ")
            details.answered.add((place, kind, occasion_of))
    return details


def lines(rows: Any, what: str, text: Any, *numbers: Any) -> Any:
    """Rows of one table as (what, workplace, text and three numbers)."""
    values = {
        f"n{at}": Cast(Value(0) if number is None else number, IntegerField())
        for at, number in enumerate(numbers)
    }
    named = rows.order_by().annotate(
        what=Value(what, output_field=CharField()),
        text=Cast(text, CharField(max_length=200)),
        **values,
    )
    return named.values_list("what", "workplace", "text", "n0", "n1", "n2")

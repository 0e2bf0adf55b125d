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
from django.db.models.functions import Cast, Coalesce, Concat, Least, LPad, TruncDate

from accounts.enums import AreaKind
from accounts.models import Organisation, User, WorkingArea
from cabi_crm.db import start_of
from companies.enums import Outcome, RelationshipLevel, SuggestionKind
from companies.models import (
    Activity,
    AnsweredSuggestion,
    SeasonPeak,
    VisitWindow,
    Workplace,
)
from companies.models.activity import ActivityQuerySet
from companies.models.people import main_phone
from companies.models.portfolio import for_the_bank
from companies.models.workplace import WorkplaceQuerySet
from companies.rules.cadence import BANK_DAYS, limits
from companies.rules.suggestions import NEW_DAYS, PLANNED_DAYS
from companies.rules.timing import LONGEST_LEAD, WEEKS_SHOWN, last_week

MOST = 15  # candidates read of each kind; ten are shown at most
READ = 40  # of those known already
LATELY = timedelta(days=BANK_DAYS)
COME_BACK_WITHIN = timedelta(days=365)  # an older *not now* is the cadence's business
WEEK = timedelta(weeks=1)


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


def silenced(kind: SuggestionKind, on: date, **same: Any) -> Exists:
    """Whether the workplace's suggestion of this kind has an answer that holds on `on`."""
    answers = AnsweredSuggestion.objects.all().silencing(on)
    return Exists(answers.filter(kind=kind, **{"workplace": OuterRef("pk"), **same}))


def counted_from() -> Coalesce:
    """The occasion of a cadence, as the rules write it: what its time is counted from."""
    contact = Cast(TruncDate("last_contact_at"), CharField())
    return Coalesce(contact, Cast("owner_since", CharField()))


def season_runs(on: date) -> Exists:
    """Whether the workplace is in the middle of a busy season, as `rules.timing.in_peak`."""
    year, week, _weekday = on.isocalendar()
    # In a year without week 53, one that begins in it begins in week 52.
    begun = Q(from_week__lte=WEEKS_SHOWN if week == last_week(year) else week)
    goes_on, over_new_year = Q(to_week__gte=week), Q(to_week__lt=F("from_week"))
    runs = (~over_new_year & begun & goes_on) | (over_new_year & (begun | goes_on))
    return Exists(SeasonPeak.objects.filter(runs, workplace=OuterRef("pk")))


def season_is_near(on: date, users: Collection[int]) -> Q:
    """A busy season begins within its lead time.

    Nobody has spoken with the firm in that time, and nobody has answered that one yet.
    """
    year, week, _weekday = on.isocalendar()
    weeks, monday = last_week(year), on - timedelta(days=on.weekday())
    this_year = Q(first__gt=week)
    ahead = Case(
        When(this_year, then=F("first") - week),
        default=F("first") + (weeks - week),
        output_field=IntegerField(),
    )
    # So many weeks ago the lead time began; of those to come it is negative.
    age = Case(
        When(ahead__gt=0, then=F("lead_weeks") - F("ahead")),
        default=Value(-1),
        output_field=IntegerField(),
    )
    spoken = (
        When(workplace__last_contact_at__gte=start_of(monday - n * WEEK), then=Value(n))
        for n in range(LONGEST_LEAD)
    )
    number = LPad(Cast("first", CharField()), 2, Value("0"))
    peaks = (
        SeasonPeak.objects.filter(workplace__owner__in=users)
        .alias(first=Least("from_week", Value(weeks)))
        .alias(ahead=ahead)
        .alias(age=age)
        .filter(age__range=(0, LONGEST_LEAD - 1))
        .filter(age__lt=Case(*spoken, default=Value(LONGEST_LEAD), output_field=IntegerField()))
        .alias(
            occasion=Concat(
                Case(When(this_year, then=Value(f"{year}-W")), default=Value(f"{year + 1}-W")),
                number,
            )
        )
    )
    same = {"workplace": OuterRef("workplace"), "holds_for": OuterRef("occasion")}
    open_ones = peaks.filter(~silenced(SuggestionKind.SEASON, on, **same))
    return Q(pk__in=open_ones.values("workplace"))


def come_back_now(on: date, users: Collection[int]) -> Q:
    """The last contact was a *not now* whose day has come, and nobody has answered that one yet."""
    said = Activity.objects.held().filter(
        outcome=Outcome.NOT_NOW,
        return_on__range=(on - COME_BACK_WITHIN, on),
        workplace__owner__in=users,
        starts_at=F("workplace__last_contact_at"),
    )
    same = {"workplace": OuterRef("workplace"), "holds_for": OuterRef("occasion")}
    said = said.alias(occasion=Cast("return_on", CharField()))
    said = said.filter(~silenced(SuggestionKind.COME_BACK, on, **same))
    return Q(pk__in=said.values("workplace"))


def steps(on: date, users: Collection[int]) -> ActivityQuerySet:
    """What is planned with a workplace, the first on top.

    It stands on the agenda of one of `users`, or is a colleague's and not long overdue: what a
    former owner left behind keeps nobody from calling.
    """
    holds = Q(user__in=users) | Q(starts_at__gte=start_of(on - timedelta(days=PLANNED_DAYS)))
    here = Activity.objects.open().filter(holds, workplace=OuterRef("pk"))
    return here.order_by("starts_at", "pk")


def found_by(on: date, users: Collection[int]) -> list[WorkplaceQuerySet]:
    """For each kind that the database can find: the workplaces that come into question.

    The rules decide in the end. Whom they would turn down is left out here already: only so many
    of a kind are read, and those must not stand in the way of the others.
    """
    organisation, workplaces = Organisation.objects.current(), WorkplaceQuerySet(Workplace)
    rested = Q(paused_until=None) | Q(paused_until__lt=on)
    active = workplaces.filter(rested, ~season_runs(on), ceased_on=None)
    mine, planned = active.filter(owner__in=users), steps(on, users)
    soon = start_of(on + timedelta(PLANNED_DAYS + 1))
    in_time = Q(~Exists(planned.filter(starts_at__lt=soon)))
    free = Q(next_step_at=None) | Q(next_step_at__gte=soon) | in_time
    late = mine.cadence_due(limits(organisation.contacts_a_year, on)).alias(since=counted_from())
    areas = WorkingArea.objects.filter(user__in=users, kind=AreaKind.POSTCODE)
    nearby = active.filter(owner=None, postcode__in=areas.values("text"))
    new = Q(free, last_contact_at=None, started_on__range=(on - timedelta(NEW_DAYS), on))
    new &= ~Q(silenced(SuggestionKind.NEW_FIRM, on))
    return [
        mine.filter(free, season_is_near(on, users)),
        mine.filter(Q(next_step_at=None) | ~Exists(planned), come_back_now(on, users)),
        late.filter(free, ~silenced(SuggestionKind.CADENCE, on, holds_for=OuterRef("since"))),
        mine.filter(new),
        nearby.filter(new),  # apart from mine, so that each is found by its own index
        for_the_bank(mine, on),
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
    longest = F("last_contact_at").asc(nulls_first=True)
    keys = [user.pk for user in users]
    # A slice inside each part of the union: SQLite allows none on the part itself.
    every = WorkplaceQuerySet(Workplace).order_by()
    first, *rest = [
        every.filter(pk__in=places.order_by(far_along, longest, "pk").values("pk")[:MOST])
        for places in found_by(on, keys)
    ]
    chosen = first.values("pk").union(
        *(each.values("pk") for each in rest), every.filter(pk__in=list(known)[:READ]).values("pk")
    )
    return list(with_facts(every.filter(pk__in=chosen), on, keys))


def with_facts(places: WorkplaceQuerySet, on: date, users: Collection[int]) -> WorkplaceQuerySet:
    """With whom to ring, what is planned, when we may come back, how often we spoke lately."""
    here = Activity.objects.contacts().filter(workplace=OuterRef("pk")).order_by()
    last = here.filter(starts_at=OuterRef("last_contact_at"), outcome=Outcome.NOT_NOW)
    lately = here.filter(starts_at__gte=start_of(on - LATELY)).values("workplace")
    facts: dict[str, Any] = {
        "main_phone": main_phone("pk"),  # what the model itself reads for each
        "planned_at": Subquery(steps(on, users).values("starts_at")[:1]),
        "come_back_on": Subquery(last.values("return_on")[:1]),
        "contacts_lately": Coalesce(Subquery(lately.annotate(n=Count("pk")).values("n")), 0),
    }
    return (
        places.select_related("company")
        .annotate(**facts)
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
            lines(answers, "answer", Concat("kind", Value(" "), "holds_for"), None, None, None),
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

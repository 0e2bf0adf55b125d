"""Whom to contact now, and why: reasons, their order, and a round town by town."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from companies.enums import LEVEL_ORDER, DayPart, SuggestionKind
from companies.rules.cadence import BANK_ACTIVITIES, BANK_EMPLOYEES, due_on, interval
from companies.rules.deadlines import Calendar
from companies.rules.portfolio import bank_occasion
from companies.rules.timing import (
    Season,
    in_peak,
    is_bad_day,
    next_start,
    occasion,
    weeks_until,
)

SHOWN = 10  # suggestions on a day
OF_A_KIND = 5  # so many of one kind while another waits, so that a backlog does not hide the rest
PLANNED_DAYS = 14  # a step planned within these is enough
NEW_DAYS = 90  # a firm is newly started so long
RENEWAL_REST = timedelta(days=30)  # an agreement that was put aside is named again after these
STRENGTH = {kind: place for place, kind in enumerate(SuggestionKind)}
Answered = Collection[tuple[int, str, str]]  # workplace, kind and occasion


@dataclass(frozen=True)
class Reason:
    """Why now. `days` is the time left, negative when it has passed; the least comes first.

    `occasion` tells this one from the next of its kind at the same workplace. `number` is the
    contacts a year (cadence), the contacts of half a year (bank check) or the weeks left (season).
    """

    kind: SuggestionKind
    occasion: str
    days: int
    about: str = ""
    number: int = 0


@dataclass(frozen=True)
class Place:
    """What is known of one workplace on the day; whatever is unknown is left out."""

    pk: int
    name: str
    town: str = ""
    level: str = "passive"
    employees: int | None = None
    started_on: date | None = None
    owner_since: date | None = None
    last_contact_on: date | None = None
    next_step_on: date | None = None
    paused_until: date | None = None
    come_back_on: date | None = None  # when the last contact was a *not now*
    contacts_lately: int = 0
    waits: bool = False  # something with it stands on the agenda already
    seasons: Sequence[Season] = ()
    renewals: Sequence[tuple[str, date]] = ()  # the agreement's number and its day
    enquiries: Sequence[tuple[int, date, str]] = ()  # its key, the last day to answer, the subject


@dataclass(frozen=True)
class Ranked:
    """A workplace to contact, with its reasons, the strongest first."""

    place: Place
    reasons: tuple[Reason, ...]


def is_planned(place: Place, on: date) -> bool:
    """Whether a step is planned within two weeks, or waits since before."""
    step = place.next_step_on
    return place.waits or (step is not None and step <= on + timedelta(days=PLANNED_DAYS))


def counts_again(kind: str, on: date, contacts_a_year: int) -> date | None:
    """When a reason that was done or dismissed on `on` counts again, should it still be there.

    None when it is over for good: the next of its kind is another occasion. A contact and a new
    agreement are that too, but without one neither must stay away for ever.
    """
    gap = {
        SuggestionKind.RENEWAL.value: RENEWAL_REST,
        SuggestionKind.CADENCE.value: interval(contacts_a_year),
    }.get(kind)
    return on + gap if gap else None


def is_left_alone(place: Place, on: date) -> bool:
    """Whether the firm wants a pause, or is in the middle of a busy season."""
    paused = place.paused_until is not None and on <= place.paused_until
    return paused or any(in_peak(season, on) for season in place.seasons)


def reasons_of(place: Place, on: date, contacts_a_year: Mapping[str, int]) -> list[Reason]:
    """Every reason to contact the workplace on `on`, the strongest first."""
    planned, alone = is_planned(place, on), is_left_alone(place, on)
    found = [*answers(place, on)]
    if not planned:
        found += renewals(place, on)
    if not planned and not alone:
        found += worth_a_contact(place, on, contacts_a_year)
    if not alone:
        found += bank_check(place, on)
    return sorted(found, key=lambda reason: (STRENGTH[reason.kind], reason.days))


def answers(place: Place, on: date) -> list[Reason]:
    """Enquiries that somebody else has to answer: they hold whatever is planned."""
    return [
        Reason(SuggestionKind.ANSWER_DUE, str(key), (due - on).days, subject)
        for key, due, subject in place.enquiries
    ]


def renewals(place: Place, on: date) -> list[Reason]:
    """Agreements to be renegotiated: they hold also in a pause and in the busiest weeks."""
    return [
        Reason(SuggestionKind.RENEWAL, f"{number} {day.isoformat()}", (day - on).days)
        for number, day in place.renewals
    ]


def worth_a_contact(place: Place, on: date, contacts_a_year: Mapping[str, int]) -> Iterator[Reason]:
    """What a contact settles: a season, a return, the cadence, a first visit."""
    yield from seasons(place, on)
    back, last = place.come_back_on, place.last_contact_on
    if back and back <= on and place.next_step_on is None:
        yield Reason(SuggestionKind.COME_BACK, back.isoformat(), (back - on).days)
    started = place.started_on
    if last is None and started and timedelta() <= on - started <= timedelta(days=NEW_DAYS):
        yield Reason(SuggestionKind.NEW_FIRM, started.isoformat(), (on - started).days)
        return
    yearly = contacts_a_year.get(place.level, 0)
    due = due_on(last, place.owner_since, yearly)
    if due and due <= on:
        since = last or place.owner_since or on
        yield Reason(SuggestionKind.CADENCE, since.isoformat(), (due - on).days, number=yearly)


def seasons(place: Place, on: date) -> Iterator[Reason]:
    """Busy seasons whose lead time has begun, unless we spoke with the firm in it."""
    for season in place.seasons:
        weeks, start = weeks_until(season, on), next_start(season, on)
        opens = start - timedelta(weeks=season.lead_weeks)
        spoken = place.last_contact_on is not None and place.last_contact_on >= opens
        if 0 < weeks <= season.lead_weeks and not spoken:
            yield Reason(
                SuggestionKind.SEASON, occasion(start), (start - on).days, season.name, weeks
            )


def bank_check(place: Place, on: date) -> list[Reason]:
    """The entry rule of the bank of firms: passive, not alone, and much is happening."""
    enough = place.contacts_lately >= BANK_ACTIVITIES and (place.employees or 0) >= BANK_EMPLOYEES
    if place.level != LEVEL_ORDER[0] or not enough:
        return []
    lately = place.contacts_lately
    return [Reason(SuggestionKind.BANK_CHECK, bank_occasion(on), -lately, number=lately)]


def weight(ranked: Ranked) -> tuple[int, int, int, str]:
    """What a suggestion is sorted by: its strongest reason, then the nearest; firms by level."""
    first = ranked.reasons[0]
    nearness = LEVEL_ORDER.index(ranked.place.level) if first.kind == SuggestionKind.CADENCE else 0
    return STRENGTH[first.kind], -nearness, first.days, ranked.place.name


def rank(
    places: Iterable[Place],
    *,
    on: date,
    contacts_a_year: Mapping[str, int],
    answered: Answered = (),
    most: int = SHOWN,
) -> list[Ranked]:
    """At most `most` workplaces to contact on `on`, the strongest reason first.

    `answered` are the reasons that were done, dismissed, or postponed to a later day. No kind
    takes more than half the places while another waits.
    """
    found = []
    for place in places:
        reasons = reasons_of(place, on, contacts_a_year)
        new = tuple(r for r in reasons if (place.pk, r.kind.value, r.occasion) not in answered)
        if new:
            found.append(Ranked(place, new))
    found.sort(key=weight)
    turns = {kind: count() for kind in SuggestionKind}
    fair = [each for each in found if next(turns[each.reasons[0].kind]) < OF_A_KIND]
    taken = fair[:most]
    taken += [each for each in found if each not in taken][: most - len(taken)]
    return sorted(taken, key=weight)


def by_town(ranked: Iterable[Ranked]) -> list[tuple[str, list[Ranked]]]:
    """The same, gathered by town so that a round can be driven; the strongest town first."""
    towns: dict[str, list[Ranked]] = {}
    for each in ranked:
        towns.setdefault(each.place.town, []).append(each)
    return list(towns.items())


@dataclass(frozen=True)
class Visiting:
    """What is known of a visit on one day: good and bad hours, and the next good ones.

    Hours are (from, to); `bad` is empty and `bad_day` true when the whole day does not suit.
    """

    good: tuple[tuple[int, int], ...] = ()
    bad: tuple[tuple[int, int], ...] = ()
    bad_day: bool = False
    next_good: tuple[int, tuple[int, int]] | None = None  # ISO weekday and hours


def visiting(slots: Mapping[tuple[int, int], bool], on: date) -> Visiting:
    """How a visit suits on `on`; `slots` says for weekday and first hour whether it is good."""
    today = on.isoweekday()
    good, bad = hours_of(slots, today, good=True), hours_of(slots, today, good=False)
    if good or not bad:
        return Visiting(good, bad)
    later = ((today - 1 + ahead) % 7 + 1 for ahead in range(1, 7))
    coming = ((day, hours_of(slots, day, good=True)) for day in later)
    next_good = next(((day, hours[0]) for day, hours in coming if hours), None)
    whole = is_bad_day(slots, today)
    return Visiting((), () if whole else bad, whole, next_good)


def hours_of(
    slots: Mapping[tuple[int, int], bool], weekday: int, *, good: bool
) -> tuple[tuple[int, int], ...]:
    """The good or the bad hours of a weekday; slots that meet are one."""
    found: list[tuple[int, int]] = []
    for part in DayPart:
        if slots.get((weekday, part.value)) is not good:
            continue
        if found and found[-1][1] == part.value:
            found[-1] = (found[-1][0], part.value + 2)
        else:
            found.append((part.value, part.value + 2))
    return tuple(found)


def tomorrow(on: date, calendar: Calendar) -> date:
    """The next working day."""
    return first_open(on + timedelta(days=1), calendar)


def next_week(on: date, calendar: Calendar) -> date:
    """The first working day of the week after."""
    return first_open(on + timedelta(days=7 - on.weekday()), calendar)


def first_open(day: date, calendar: Calendar) -> date:
    """The first day from `day` on that we are open."""
    while calendar.is_closed(day):
        day += timedelta(days=1)
    return day

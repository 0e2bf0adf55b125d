"""When a visit suits: busy seasons of the year, and what speaks against a moment."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from accounts.enums import Weekday
from companies.enums import ActivityKind, DayPart, TimingWarning

WEEK = timedelta(weeks=1)
LAST_IN_DECEMBER = 28  # this day is always in the last ISO week of its year
WEEKS_SHOWN = 53
LONGEST_LEAD = 26  # weeks, as `SeasonPeak` allows
# What takes somebody's time at the firm; an e-mail waits until they have it.
TIMED_KINDS = frozenset({ActivityKind.VISIT.value, ActivityKind.CALL.value, ActivityKind.MEETING})
QUIET_KINDS = frozenset({ActivityKind.NOTE.value, ActivityKind.AGREEMENT.value})


class Season(Protocol):
    """A busy season: ISO weeks, both included; one that ends before it begins goes over New Year.

    `SeasonPeak` is one.
    """

    name: str
    from_week: int
    to_week: int
    lead_weeks: int


def last_week(year: int) -> int:
    """52 or 53."""
    return date(year, 12, LAST_IN_DECEMBER).isocalendar().week


def monday_of(year: int, week: int) -> date:
    """The Monday of an ISO week; week 53 of a year without one is its last week."""
    return date.fromisocalendar(year, min(week, last_week(year)), 1)


def span(peak: Season, year: int) -> tuple[date, date]:
    """First and last day of the season that begins in the ISO year."""
    ends = year + 1 if peak.to_week < peak.from_week else year
    return monday_of(year, peak.from_week), monday_of(ends, peak.to_week) + WEEK - timedelta(days=1)


def spans_around(peak: Season, on: date) -> Iterator[tuple[date, date]]:
    """The season of last year, this year and the next, in order."""
    year = on.isocalendar().year
    return (span(peak, each) for each in (year - 1, year, year + 1))


def in_peak(peak: Season, on: date) -> bool:
    """Whether `on` is inside the season."""
    return any(first <= on <= last for first, last in spans_around(peak, on))


def next_start(peak: Season, on: date) -> date:
    """The Monday on which the season begins the next time, counting `on` itself.

    Inside a season it is the one of the year after.
    """
    return next(first for first, _last in spans_around(peak, on) if first >= on)


def weeks_until(peak: Season, on: date) -> int:
    """Calendar weeks from the week of `on` to the next start; 0 when it begins this week."""
    monday = on - timedelta(days=on.weekday())
    return (next_start(peak, on) - monday).days // 7


def reminder_due(peak: Season, on: date) -> bool:
    """Whether it is time to be ahead: within the lead time of the season, and not in it."""
    return not in_peak(peak, on) and weeks_until(peak, on) <= peak.lead_weeks


def occasion(start: date) -> str:
    """A season of one year by its first week, such as 2027-W40."""
    year, week, _weekday = start.isocalendar()
    return f"{year}-W{week:02}"


@dataclass(frozen=True)
class Stretch:
    """A part of the year strip: where it begins and how long it is, in per cent of the year."""

    x: str
    width: str


def stretches(first: int, last: int) -> list[Stretch]:
    """Weeks `first` to `last` as one part of the strip, or two when they go over New Year."""
    parts = [(first, last)] if first <= last else [(first, WEEKS_SHOWN), (1, last)]
    return [
        Stretch(share(begin - 1), share(end - begin + 1)) for begin, end in parts if end >= begin
    ]


def share(weeks: int) -> str:
    """So many weeks of the strip as a length with a point."""
    return f"{100 * weeks / WEEKS_SHOWN:.2f}%"


def ahead_weeks(peak: Season) -> tuple[int, int]:
    """The weeks before the season in which they want to hear from us, round New Year."""
    first = (peak.from_week - 1 - peak.lead_weeks) % WEEKS_SHOWN + 1
    return first, (peak.from_week - 2) % WEEKS_SHOWN + 1


@dataclass(frozen=True)
class Habits:
    """What a workplace has told about when and how often, and what we have asked of it.

    `asked` is how often it was asked in the month, `last_asked` the newest day; `closed` says in
    words why we are not open on the day, and is empty when we are.
    """

    windows: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    peaks: Iterable[Season] = ()
    paused_until: date | None = None
    pause_reason: str = ""
    asks_a_month: int | None = None
    asked: int = 0
    rest_weeks: int | None = None
    last_asked: date | None = None
    closed: str = ""


@dataclass(frozen=True)
class Warned:
    """Something that speaks against a moment."""

    kind: TimingWarning
    detail: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """In words, in the reader's language."""
        return str(self.kind.label) % {name: str(value) for name, value in self.detail.items()}


def written(day: date) -> str:
    """A day in figures, as in 24.11.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def part_of(at: time) -> int | None:
    """The two-hour slot of an hour; none before eight, after four and for a day without an hour."""
    return next((part.value for part in DayPart if part.value <= at.hour < part.value + 2), None)


def warnings(habits: Habits, moment: datetime, kind: str) -> list[Warned]:
    """What speaks against coming at `moment` (local time), the weightiest first; none for a note.

    A moment at midnight is a day whose hour is not settled.
    """
    if kind in QUIET_KINDS:
        return []
    found = [*against_peace(habits, moment.date()), *against_season(habits, moment.date())]
    if kind in TIMED_KINDS:
        found += [*against_week(habits, moment), *against_closed(habits)]
    return found


def against_peace(habits: Habits, day: date) -> Iterator[Warned]:
    """They want a pause, have been asked enough, or asked for rest."""
    if habits.paused_until and day <= habits.paused_until:
        detail = {"day": written(habits.paused_until), "reason": habits.pause_reason}
        yield Warned(TimingWarning.PAUSE, detail)
    if habits.asks_a_month is not None and habits.asked >= habits.asks_a_month:
        detail = {"most": str(habits.asks_a_month), "asked": str(habits.asked)}
        yield Warned(TimingWarning.ASKED_ENOUGH, detail)
    if habits.rest_weeks and habits.last_asked:
        until = habits.last_asked + habits.rest_weeks * WEEK
        if habits.last_asked <= day < until:
            detail = {"day": written(until), "last": written(habits.last_asked)}
            yield Warned(TimingWarning.REST, detail)


def against_season(habits: Habits, day: date) -> Iterator[Warned]:
    """They are in the middle of a busy season."""
    for peak in habits.peaks:
        if in_peak(peak, day):
            detail = {"name": peak.name, "first": peak.from_week, "last": peak.to_week}
            yield Warned(TimingWarning.PEAK, detail)


def is_bad_day(windows: Mapping[tuple[int, int], bool], weekday: int) -> bool:
    """Whether a weekday is to be avoided: most of its hours are, and none is known to be good."""
    of_day = [good for (day, _part), good in windows.items() if day == weekday]
    return len(of_day) > len(DayPart) / 2 and not any(of_day)


def against_week(habits: Habits, moment: datetime) -> Iterator[Warned]:
    """The hour is one to avoid, or the whole day is when no hour is known to be good."""
    weekday, part = moment.isoweekday(), part_of(moment.time())
    bad_day = is_bad_day(habits.windows, weekday)
    bad_hour = part is not None and habits.windows.get((weekday, part)) is False
    if bad_day and (bad_hour or part is None):
        yield Warned(TimingWarning.BAD_DAY, {"weekday": Weekday(weekday).label})
    elif bad_hour and part is not None:
        detail = {"weekday": Weekday(weekday).label, "hours": DayPart(part).label}
        yield Warned(TimingWarning.BAD_HOUR, detail)


def against_closed(habits: Habits) -> Iterator[Warned]:
    """We are not open ourselves."""
    if habits.closed:
        yield Warned(TimingWarning.CLOSED, {"what": habits.closed})


def suits(habits: Habits, moment: datetime) -> bool:
    """Whether the hour is one they call good."""
    part = part_of(moment.time())
    return part is not None and habits.windows.get((moment.isoweekday(), part)) is True

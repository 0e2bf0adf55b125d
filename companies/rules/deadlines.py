"""Working time: until when an enquiry is to be answered, and how much of that time is left."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from holidays import country_holidays

from cabi_crm.ui.spans import countdown_words

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
NOTHING = timedelta(0)
WORKDAYS = range(1, 6)  # ISO numbers, Monday to Friday
ASSUMED = (time(8), time(16))
WARN_BELOW = 0.25  # of the working time: the last quarter
FINE, DUE, LATE = "fine", "due", "late"  # how an enquiry stands

Hours = Mapping[int, tuple[time, time]]


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The Danish public holidays of a year; Great Prayer Day is none since 2024."""
    return frozenset(country_holidays("DK", years=year))


@dataclass(frozen=True)
class Calendar:
    """When we are open: from–to for each weekday (1 is Monday), and the days that are closed.

    `closed` holds (month, day) of days that are no public holidays. Without any hours 8–16 from
    Monday to Friday is assumed; `is_assumed` says so.
    """

    hours: Hours = field(default_factory=dict)
    closed: frozenset[tuple[int, int]] = frozenset()

    @property
    def is_assumed(self) -> bool:
        """Whether nobody has said when we are open."""
        return not self.hours

    def is_closed(self, day: date) -> bool:
        """Whether we do not answer on `day` at all."""
        return self.opening(day) is None

    def opening(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when we answer on `day`; nothing when we are closed.

        The clock on the wall decides, so the night of summer time changes nothing; the moments are
        in UTC, where the difference of two is the time that passes.
        """
        if (day.month, day.day) in self.closed or day in public_holidays(day.year):
            return None
        hours = self.hours or dict.fromkeys(WORKDAYS, ASSUMED)
        if day.isoweekday() not in hours:
            return None
        opens, closes = hours[day.isoweekday()]
        return moment(day, opens), moment(day, closes)

    def openings(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each stretch of open time from `start` on, without end."""
        day = start.astimezone(COPENHAGEN).date()
        while True:
            found = self.opening(day)
            if found and found[1] > start:
                yield max(found[0], start), found[1]
            day += DAY


def moment(day: date, at: time) -> datetime:
    """The moment when a clock in Copenhagen shows `at` on `day`, in UTC."""
    return datetime.combine(day, at, COPENHAGEN).astimezone(UTC)


def due_at(received: datetime, hours: float, calendar: Calendar) -> datetime:
    """When `hours` of open time have passed since `received`.

    What comes while we are closed is counted from when we open. With no hours at all it is the
    first open moment.
    """
    left = timedelta(hours=hours)
    for opens, closes in calendar.openings(received.astimezone(UTC)):
        if left <= closes - opens:
            return (opens + left).astimezone(COPENHAGEN)
        left -= closes - opens
    raise AssertionError("openings never end")


def worked_hours(start: datetime, end: datetime, calendar: Calendar) -> float:
    """The open time between two moments, in hours; 0 when `end` is not after `start`."""
    start, end, total = start.astimezone(UTC), end.astimezone(UTC), NOTHING
    if end > start:
        for opens, closes in calendar.openings(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
    return total / timedelta(hours=1)


def hours_left(now: datetime, due: datetime, calendar: Calendar) -> float:
    """The open time until `due`, in hours; negative is how much has passed since."""
    if now <= due:
        return worked_hours(now, due, calendar)
    return -worked_hours(due, now, calendar)


def warn_at(received: datetime, due: datetime, calendar: Calendar) -> datetime:
    """When the last quarter of the time to answer begins."""
    total = worked_hours(received, due, calendar)
    return due_at(received, total * (1 - WARN_BELOW), calendar)


class Awaited(Protocol):
    """Something that waits for an answer."""

    received_at: datetime
    due_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class Countdown:
    """How an enquiry stands, in words.

    `due` says until when, `left` how long that is; `kind` is "due" in the last quarter of the
    time, "late" after it, "fine" when it was answered in time.
    """

    due: str
    left: str
    kind: str

    @property
    def text(self) -> str:
        """Both in one line."""
        return f"{self.due} · {self.left}" if self.left else self.due


def standing(enquiry: Awaited, now: datetime, calendar: Calendar) -> str:
    """Which kind of countdown: fine, due, late or nothing."""
    if enquiry.answered_at is not None:
        return FINE if enquiry.answered_at <= enquiry.due_at else LATE
    if now > enquiry.due_at:
        return LATE
    return DUE if now >= warn_at(enquiry.received_at, enquiry.due_at, calendar) else ""


def countdown(enquiry: Awaited, now: datetime, calendar: Calendar) -> Countdown:
    """How much time is left to answer `enquiry`, or how it was answered."""
    answered = enquiry.answered_at
    left = hours_left(answered or now, enquiry.due_at, calendar)
    due, rest = countdown_words(
        due=enquiry.due_at, now=now, minutes=round(left * 60), answered=answered
    )
    return Countdown(due, rest, standing(enquiry, now, calendar))

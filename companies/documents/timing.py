"""What pages and papers say about when a visit suits: the year's busy seasons, bad moments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cabi_crm.db import start_of
from companies.models import Activity, SeasonPeak, VisitWindow, Workplace
from companies.models.hours import opening_calendar
from companies.rules import timing
from companies.rules.timing import Habits, Stretch, Warned


@dataclass(frozen=True)
class SeasonLine:
    """One busy season in words; `due` says that it is time to be ahead of it."""

    pk: int
    name: str
    text: str
    note: str
    ahead: str
    is_on: bool
    due: str


@dataclass(frozen=True)
class YearStrip:
    """A year of weeks: the busy ones, those to ask in, and now; always beside its lines."""

    busy: Sequence[Stretch]
    ahead: Sequence[Stretch]
    edges: Sequence[str]
    months: Sequence[str]
    now: str
    week: int
    lines: Sequence[SeasonLine]


def seasons_of(workplace: Workplace, on: date) -> YearStrip:
    """The busy seasons of `workplace` as a strip and in words, seen from `on`; one query."""
    return year_strip(list(SeasonPeak.objects.filter(workplace=workplace)), on)


def year_strip(peaks: Sequence[SeasonPeak], on: date) -> YearStrip:
    """`peaks` as a strip and in words, seen from `on`."""
    week = on.isocalendar().week
    return YearStrip(
        busy=[part for peak in peaks for part in timing.stretches(peak.from_week, peak.to_week)],
        ahead=[part for peak in peaks for part in timing.stretches(*timing.ahead_weeks(peak))],
        edges=[f"{100 * month / 12:.2f}%" for month in range(1, 12)],
        months=[date_format(date(on.year, month, 1), "M")[0].upper() for month in range(1, 13)],
        now=timing.share(week - 1),
        week=week,
        lines=[season_line(peak, on) for peak in peaks],
    )


def season_line(peak: SeasonPeak, on: date) -> SeasonLine:
    """A season in words."""
    is_on, ahead = timing.in_peak(peak, on), timing.reminder_due(peak, on)
    return SeasonLine(
        pk=peak.pk,
        name=peak.name,
        text=weeks_text(peak),
        note=f"{peak.note.rstrip('.')}." if peak.note else "",
        ahead=_("Be there %(weeks)s weeks before") % {"weeks": peak.lead_weeks},
        is_on=is_on,
        due=weeks_left(timing.weeks_until(peak, on)) if ahead else "",
    )


def weeks_text(peak: SeasonPeak) -> str:
    """From which week to which."""
    if peak.from_week == peak.to_week:
        return _("week %(first)s") % {"first": peak.from_week}
    weeks = {"first": peak.from_week, "last": peak.to_week}
    if peak.to_week < peak.from_week:
        return _("weeks %(first)s–%(last)s (over New Year)") % weeks
    return _("weeks %(first)s–%(last)s") % weeks


def weeks_left(weeks: int) -> str:
    """How soon a season begins."""
    if weeks == 0:
        return _("begins this week")
    if weeks == 1:
        return _("begins next week")
    return _("begins in %(weeks)s weeks") % {"weeks": weeks}


def habits_of(workplace: Workplace, moment: datetime, besides: Activity | None = None) -> Habits:
    """What speaks for and against `moment` at `workplace`; three queries and the calendar."""
    windows = VisitWindow.objects.filter(workplace=workplace).values_list(
        "weekday", "part", "is_good"
    )
    asked, last_asked = asks(workplace, timezone.localdate(moment), besides)
    return Habits(
        windows={(weekday, part): is_good for weekday, part, is_good in windows},
        peaks=list(SeasonPeak.objects.filter(workplace=workplace)),
        paused_until=workplace.paused_until,
        pause_reason=workplace.pause_reason,
        asks_a_month=workplace.asks_a_month,
        asked=asked,
        rest_weeks=workplace.rest_weeks,
        last_asked=last_asked,
        closed=closed_on(timezone.localdate(moment)),
    )


def asks(
    workplace: Workplace, on: date, besides: Activity | None = None
) -> tuple[int, date | None]:
    """How often the firm was or will be asked for something in the month of `on`, and the newest.

    Asking is a contact with a concrete offer; `besides` is the one it is asked about.
    """
    month = start_of(on.replace(day=1))
    after = start_of((on.replace(day=28) + timing.WEEK).replace(day=1))
    asking = Activity.objects.asking().filter(workplace=workplace)
    if besides:
        asking = asking.exclude(pk=besides.pk)
    found = asking.aggregate(
        month=Count("pk", filter=Q(starts_at__gte=month, starts_at__lt=after)),
        last=Max("starts_at", filter=Q(starts_at__lt=start_of(on))),
    )
    last = found["last"]
    return found["month"], timezone.localdate(last) if last else None


def asks_this_month(workplace: Workplace) -> int:
    """How often the firm was or will be asked for something this month."""
    return asks(workplace, timezone.localdate())[0]


def closed_on(day: date) -> str:
    """The day in words when we are closed on it; empty when we are open."""
    return date_format(day, "l j. F") if opening_calendar().is_closed(day) else ""


def timing_warnings(
    workplace: Workplace, moment: datetime, kind: str, besides: Activity | None = None
) -> list[Warned]:
    """What speaks against a `kind` of contact with `workplace` at `moment`.

    `besides` is the plan that is being moved: it does not speak against itself.
    """
    if kind in timing.QUIET_KINDS:
        return []
    local = timezone.localtime(moment)
    return timing.warnings(habits_of(workplace, local, besides), local, kind)

"""What a workplace's overview says, from many small tables in one query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    DateTimeField,
    F,
    IntegerField,
    Max,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import formats, timezone
from django.utils.translation import ngettext

from companies.documents.timing import YearStrip, year_strip
from companies.enums import LeadKind, TaskArea, Trait, TraitKind
from companies.models import (
    Enquiry,
    Lead,
    SeasonPeak,
    Task,
    TaskOpportunity,
    VisitWindow,
    Workplace,
    WorkplaceTrait,
)
from companies.models.hours import opening_calendar
from companies.rules.deadlines import Countdown, countdown

SIBLINGS = 20  # workplaces of the same company that are named
TENTHS = 10


class Row(NamedTuple):
    """A row of the one query: what it is about, and what each table has to say."""

    group: str
    pk: int
    a: str
    b: str
    c: str
    d: str
    n: int
    m: int
    k: int
    day: date | None
    at: datetime | None
    due: datetime | None


NOTHING: dict[str, Any] = {
    **{name: Value("", output_field=CharField()) for name in "abcd"},
    **{name: Value(0, output_field=IntegerField()) for name in "nmk"},
    # Cast, so that the database knows the type of a column that begins with nothing.
    "day": Cast(Value(None), DateField()),
    "at": Cast(Value(None), DateTimeField()),
    "due": Cast(Value(None), DateTimeField()),
}


@dataclass(frozen=True)
class TaskLine:
    """A task seen there: once for each time, on the page one line. `hours` is a week's."""

    pk: int
    name: str
    area: str
    hours: Decimal | None
    season: str
    skills: str
    last: date
    times: int

    @property
    def hours_text(self) -> str:
        """The hours of a week in words; half ones are many too."""
        number = formats.number_format(self.hours or 0)
        said = ngettext("%(n)s hour a week", "%(n)s hours a week", 1 if self.hours == 1 else 2)
        return said % {"n": number}


@dataclass(frozen=True)
class LeadLine:
    """A kind of lead; `last` is empty when nobody has spotted it there."""

    kind: str
    label: str
    who: str
    last: date | None


@dataclass(frozen=True)
class ToDo:
    """Something somebody is to do there, or has promised."""

    pk: int
    text: str
    who: str
    due_on: date
    is_promise: bool
    is_late: bool


@dataclass(frozen=True)
class Asked:
    """An enquiry that waits for an answer."""

    pk: int
    subject: str
    who: str
    countdown: Countdown


@dataclass(frozen=True)
class Overview:
    """All of it, ready to be shown."""

    tasks: Sequence[TaskLine]
    leads: Sequence[LeadLine]
    motivations: Sequence[str]
    considerations: Sequence[str]
    windows: Mapping[tuple[int, int], bool]
    seasons: YearStrip
    siblings: Sequence[Row]
    to_do: Sequence[ToDo]
    enquiries: Sequence[Asked]

    @property
    def any_lead(self) -> bool:
        """Whether somebody has spotted something."""
        return any(lead.last for lead in self.leads)


def overview_of(workplace: Workplace, now: datetime) -> Overview:
    """What is known about `workplace`; one query, and one for opening hours when it has asked."""
    first, *others = parts(workplace)
    found: dict[str, list[Row]] = defaultdict(list)
    for values in first.union(*others, all=True):
        row = Row(*values)
        found[row.group].append(row)
    today = timezone.localdate(now)
    return Overview(
        tasks=task_lines(found["task"]),
        leads=lead_lines(found["lead"]),
        motivations=trait_labels(found["trait"], TraitKind.MOTIVATION),
        considerations=trait_labels(found["trait"], TraitKind.CONSIDERATION),
        windows={(row.n, row.m): row.k == 1 for row in found["window"]},
        seasons=year_strip(peaks(found["season"]), today),
        siblings=sorted(found["sibling"], key=lambda row: (row.a, row.pk)),
        to_do=[to_do(row, today) for row in sorted(found["to_do"], key=by_day)],
        enquiries=enquiries(found["enquiry"], now),
    )


def parts(workplace: Workplace) -> list[QuerySet[Any, Any]]:
    """The queries that make one: rows of the same columns, from each table."""
    siblings = siblings_of(workplace)
    return [part.filter(workplace=workplace) for part in tables()] + [siblings]


@cache
def tables() -> list[QuerySet[Any, Any]]:
    """What is asked of each table, of all workplaces: put together once, as it takes its time."""
    good, promised = (
        Case(When(**{name: True}, then=1), default=0, output_field=IntegerField())
        for name in ("is_good", "is_promise")
    )
    peak = {"a": "name", "b": "note", "n": "from_week", "m": "to_week", "k": "lead_weeks"}
    to_do = {"a": "text", "b": "user__name", "day": "due_on", "k": promised}
    asked = {"a": "subject", "at": "received_at", "due": "due_at"}
    return [
        tasks_of(TaskOpportunity.objects.there()),
        leads_of(Lead.objects.there()),
        rows(WorkplaceTrait.objects.all(), "trait", a="trait", b="kind"),
        rows(VisitWindow.objects.all(), "window", n="weekday", m="part", k=good),
        rows(SeasonPeak.objects.all(), "season", **peak),
        rows(Task.objects.open(), "to_do", **to_do),
        rows(
            Enquiry.objects.open(),
            "enquiry",
            **asked,
            b=Coalesce("assigned_to__name", Value("")),
        ),
    ]


@cache
def sibling_rows() -> QuerySet[Any, Any]:
    """The same of workplaces."""
    columns = {"a": "name", "b": "street", "c": "postcode", "d": "town"}
    found: QuerySet[Any, Any] = rows(Workplace.objects.all(), "sibling", **columns)
    return found


def rows(queryset: Any, group: str, **columns: Any) -> Any:
    """`queryset` as rows of the one query: each column a field's name or an expression."""
    said = {name: F(it) if isinstance(it, str) else it for name, it in columns.items()}
    known = {"group": Value(group, output_field=CharField()), "pk": F("pk"), **NOTHING, **said}
    marked = queryset.order_by().annotate(**{f"x_{name}": it for name, it in known.items()})
    return marked.values_list(*(f"x_{name}" for name in Row._fields))


def tasks_of(seen: Any) -> Any:
    """Each task once, with the newest time it was seen, and how often."""
    grouped = seen.order_by().values(*TaskOpportunity.SAME)
    tenths = Cast(Coalesce(F("hours_a_week"), Value(Decimal(0))) * TENTHS, IntegerField())
    return rows(
        grouped,
        "task",
        pk=Max("pk"),
        a="area",
        b="title",
        c="season",
        d="skills",
        n=tenths,
        m=Count("pk"),
        day=Max("seen_on"),
        at=Max("activity__starts_at"),
    )


def leads_of(spotted: Any) -> Any:
    """Each lead by who spotted it, with the newest time."""
    who = Coalesce("spotted_by__name", "activity__user__name", Value(""))
    grouped = spotted.order_by().annotate(who=who).values("kind", "who")
    return rows(
        grouped,
        "lead",
        pk=Max("pk"),
        a="kind",
        b="who",
        day=Max("seen_on"),
        at=Max("activity__starts_at"),
    )


def siblings_of(workplace: Workplace) -> QuerySet[Any, Any]:
    """Other workplaces of the company, the first of them by name."""
    others = Workplace.objects.filter(company=workplace.company_id).exclude(pk=workplace.pk)
    return sibling_rows().filter(pk__in=others.order_by("name", "pk").values("pk")[:SIBLINGS])


def seen_day(row: Row) -> date:
    """The day of the newest visit on which it was seen, else the day it was noted."""
    noted = row.day or date.min
    return timezone.localdate(row.at) if row.at else noted


def task_lines(found: Iterable[Row]) -> list[TaskLine]:
    """The tasks seen, newest first."""
    lines = [
        TaskLine(
            pk=row.pk,
            name=row.b or str(TaskArea(row.a).label),
            area=str(TaskArea(row.a).label) if row.b else "",
            hours=Decimal(row.n) / TENTHS if row.n else None,
            season=row.c,
            skills=row.d,
            last=seen_day(row),
            times=row.m,
        )
        for row in found
    ]
    return sorted(lines, key=lambda line: (line.last, line.pk), reverse=True)


def lead_lines(found: Iterable[Row]) -> list[LeadLine]:
    """Every kind of lead; those spotted with who saw it last, and when."""
    newest: dict[str, Row] = {}
    for row in sorted(found, key=lambda row: (seen_day(row), row.pk)):
        newest[row.a] = row
    return [
        LeadLine(
            kind=kind.value,
            label=str(kind.label),
            who=newest[kind].b if kind in newest else "",
            last=seen_day(newest[kind]) if kind in newest else None,
        )
        for kind in LeadKind
    ]


def trait_labels(found: Iterable[Row], kind: str) -> list[str]:
    """The traits of one group in words, in the order of the form."""
    chosen = {row.a for row in found if row.b == kind}
    return [str(trait.label) for trait in Trait if trait in chosen]


def peaks(found: Iterable[Row]) -> list[SeasonPeak]:
    """The busy seasons, in the order of the year."""
    made = [
        SeasonPeak(pk=r.pk, name=r.a, note=r.b, from_week=r.n, to_week=r.m, lead_weeks=r.k)
        for r in found
    ]
    return sorted(made, key=lambda peak: (peak.from_week, peak.pk))


def by_day(row: Row) -> tuple[date, int]:
    """What is due first stands first."""
    return row.day or date.max, row.pk


def to_do(row: Row, today: date) -> ToDo:
    """One thing to do."""
    due_on = row.day or today
    return ToDo(
        pk=row.pk,
        text=row.a,
        who=row.b,
        due_on=due_on,
        is_promise=row.k == 1,
        is_late=due_on < today,
    )


def enquiries(found: Iterable[Row], now: datetime) -> list[Asked]:
    """Those that wait, the first to be due on top."""
    waiting = sorted(found, key=lambda row: (row.due or now, row.pk))
    return [Asked(pk=row.pk, subject=row.a, who=row.b, countdown=left(row, now)) for row in waiting]


def left(row: Row, now: datetime) -> Countdown:
    """The time that is left to answer an enquiry, in words."""
    enquiry = Enquiry(received_at=row.at or now, due_at=row.due or now)
    return countdown(enquiry, now, opening_calendar())

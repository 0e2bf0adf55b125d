"""Everything that is looked up about a workplace before contact, in as few queries as can be."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Expression,
    F,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import get_language

from accounts.models import Absence
from accounts.models.absences import WayIn
from companies.enums import ActivityKind, TaskArea, TraitKind
from companies.models import (
    Activity,
    IndustrySource,
    Preparation,
    SeasonPeak,
    TaskOpportunity,
    VisitWindow,
    Workplace,
    WorkplaceTrait,
)
from companies.models.preparation import CLOSE
from companies.models.similar import similar_firms
from toolbox.models import Instrument

OTHERS_READ = 12  # sheets of the same industry in which to look for what is known
SIMILAR_SHOWN = 5


class Row(NamedTuple):
    """A row of the one query: what it is about, what its table says, and a day of it."""

    group: str
    a: str
    b: str
    c: str
    d: str
    day: date | None
    at: datetime | None


NOTHING: dict[str, Any] = {
    **{name: Value("", output_field=TextField()) for name in "abcd"},
    # Cast, so that the database knows the type of a column that begins with nothing.
    "day": Cast(Value(None), DateField()),
    "at": Cast(Value(None), DateTimeField()),
}


@dataclass(frozen=True)
class Ground:
    """What was found; the texts of page and papers are made of it."""

    workplace: Workplace
    on: date
    own: Preparation | None
    rows: Mapping[str, Sequence[Row]]
    similar: Sequence[Any]  # workplaces with `good` and `bad`; looked up for papers only
    way_in: WayIn | None

    def texts(self, group: str) -> list[str]:
        """What the rows of a group say first."""
        return [row.a for row in self.rows.get(group, ())]

    @cached_property
    def tasks(self) -> list[str]:
        """What was seen there that somebody could do, in words."""
        labels = dict(TaskArea.choices)
        return [str(labels[area]) for area in sorted(set(self.texts("task")))]

    @cached_property
    def instruments(self) -> list[Row]:
        """What is in the bag today, in its order: name and who pays."""
        return sorted(self.rows.get("instrument", ()), key=lambda row: (int(row.c), row.a))

    @cached_property
    def sources(self) -> list[Row]:
        """Where to look: name, address, a note, and the day it was checked; our industry first."""
        return sorted(self.rows.get("source", ()), key=lambda row: (row.d == "", row.a))

    @cached_property
    def others(self) -> list[Row]:
        """What was found out about the industry elsewhere, the closest and newest first."""
        industry = self.workplace.industry
        code = industry.code[:CLOSE] if industry else ""
        newest = sorted(self.rows.get("near", ()), key=lambda row: str(row.at), reverse=True)
        return sorted(newest, key=lambda row: not row.d.startswith(code))


def ground_of(workplace: Workplace, *, on: date, with_similar: bool) -> Ground:
    """Look it all up: two queries, one more for the similar firms, and who is away today."""
    rows: dict[str, list[Row]] = defaultdict(list)
    first, *rest = [*here(workplace), *elsewhere(workplace, on)]
    for found in first.union(*rest, all=True):
        rows[found[0]].append(Row(*found))
    return Ground(
        workplace=workplace,
        on=on,
        own=own_sheet(workplace),
        rows=rows,
        similar=list(similar_firms(workplace)[:SIMILAR_SHOWN]) if with_similar else (),
        way_in=Absence.objects.today().way_in(workplace.owner) if workplace.owner else None,
    )


def own_sheet(workplace: Workplace) -> Preparation | None:
    """The workplace's own sheet, when there is one."""
    found: Preparation | None = getattr(workplace, "preparation", None)
    return found


def here(workplace: Workplace) -> list[QuerySet[Any]]:
    """Small facts about the workplace itself."""
    place = {"workplace": workplace}
    held = Activity.objects.held().filter(**place).newest_first()
    visit = held.filter(kind=ActivityKind.VISIT).values("pk")[:1]
    said = held.exclude(can_take="").values("pk")[:1]
    offered = held.exclude(offer="").values("pk")[:1]
    return [
        part(
            WorkplaceTrait.objects.filter(**place, kind=TraitKind.MOTIVATION),
            "motivation",
            a="trait",
        ),
        part(TaskOpportunity.objects.there().filter(**place), "task", a="area"),
        part(SeasonPeak.objects.filter(**place), "season", a="name"),
        part(VisitWindow.objects.filter(**place), "window", a="weekday"),
        part(Activity.objects.filter(pk__in=said), "can_take", a="can_take"),
        part(Activity.objects.filter(pk__in=offered), "offer", a="offer"),
        part(Activity.objects.filter(pk__in=visit), "visit", day="starts_at__date"),
    ]


def elsewhere(workplace: Workplace, on: date) -> list[QuerySet[Any]]:
    """What others found out about the industry, where to look, and what is in the bag."""
    near = Preparation.objects.near(workplace).values("pk")[:OTHERS_READ]
    language = "en" if get_language() == "en" else "da"
    return [
        part(
            Preparation.objects.filter(pk__in=near),
            "near",
            a="industry_situation",
            b="industry_skills",
            c="workplace__name",
            d="workplace__industry__code",
            at="updated_at",
        ),
        part(
            IndustrySource.objects.for_industry(workplace.industry),
            "source",
            a="name",
            b="url",
            c="note",
            d="code_prefix",
            day="checked_on",
        ),
        part(
            Instrument.objects.valid_on(on),
            "instrument",
            a=f"name_{language}",
            b=f"pays_{language}",
            c="order",
        ),
    ]


def part(
    rows: QuerySet[Any], group: str, *, day: str = "", at: str = "", **columns: str
) -> QuerySet[Any]:
    """The rows in the columns of `Row`, without an order, so that they can be joined."""
    said: dict[str, Expression | F] = dict(NOTHING)
    said |= {name: Cast(F(field), TextField()) for name, field in columns.items()}
    if day:
        said["day"] = Cast(F(day), DateField())
    if at:
        said["at"] = F(at)
    names = {f"col_{name}": value for name, value in said.items()}
    found: QuerySet[Any] = (
        rows.order_by()
        .annotate(col_group=Value(group, output_field=CharField()), **names)
        .values_list("col_group", *names)
    )
    return found

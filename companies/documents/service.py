"""What is said about the time that a workplace takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from cabi_crm.ui.spans import span_words
from companies.enums import ServiceKind
from companies.models import ServiceEntry, Workplace


@dataclass(frozen=True)
class KindTime:
    """One kind of service: its value in the address, its name, and this year's time in words."""

    kind: str
    label: str
    time: str


@dataclass(frozen=True)
class TimeSpent:
    """The time used on a workplace this year and since the first entry, in words."""

    year: int
    this_year: str
    in_all: str
    kinds: Sequence[KindTime]


def time_spent(workplace: Workplace, on: date) -> TimeSpent:
    """The time used on `workplace`; one query."""
    this_year = Q(on__gte=on.replace(month=1, day=1))
    kept = ServiceEntry.objects.kept().filter(workplace=workplace).order_by()
    sums = kept.values_list("kind").annotate(
        year=Sum("minutes", filter=this_year), total=Sum("minutes")
    )
    found = {kind: (year or 0, total) for kind, year, total in sums}
    return TimeSpent(
        year=on.year,
        this_year=span_words(sum(year for year, _total in found.values())),
        in_all=span_words(sum(total for _year, total in found.values())),
        kinds=[
            KindTime(kind.value, str(kind.label), span_words(found[kind][0]))
            for kind in ServiceKind
            if kind in found and found[kind][0]
        ],
    )

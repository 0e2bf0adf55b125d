"""Numbers as people here write and compare them, and tables as files for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabi_crm.ui.charts import Cell

# A spreadsheet runs a cell that begins with one of these.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def whole(value: float) -> str:
    """A number without decimals, grouped: 1.312."""
    return number_format(round(value), force_grouping=True)


def decimal(value: float) -> str:
    """A number with one decimal: 7,6."""
    return number_format(round(value, 1), decimal_pos=1, force_grouping=True)


def percent(value: float | None) -> str:
    """A share in whole per cent; a dash when there is nothing to share."""
    return "–" if value is None else _("%(number)s%%") % {"number": whole(value)}


def beside_catalogue(share: float, catalogue: float) -> tuple[str, str]:
    """A share beside the catalogue's, compared as both are shown: words and tone."""
    if round(share) == round(catalogue):
        return _("%(percent)s, as many as the catalogue") % {"percent": percent(share)}, ""
    shown = {"percent": percent(share), "other": percent(catalogue)}
    tone = "better" if share > catalogue else "worse"
    return _("%(percent)s, the catalogue %(other)s") % shown, tone


def against_plan(number: int, plan: int) -> tuple[str, str]:
    """How `number` stands to where it should be: words and tone."""
    gap = number - plan
    if gap == 0:
        return _("on plan"), ""
    if gap > 0:
        return _("%(n)s ahead of plan") % {"n": whole(gap)}, "better"
    return _("%(n)s behind plan") % {"n": whole(-gap)}, "worse"


def keeping_pace(number: int, count: int, *, running: bool) -> str:
    """How many of `count` consultants keep pace, or reached the goal of a year that is over."""
    if not count:
        return _("No consultants yet")
    words = {"n": whole(number), "count": whole(count)}
    if running:
        text = ngettext(
            "%(n)s of %(count)s consultant keeps pace",
            "%(n)s of %(count)s consultants keep pace",
            count,
        )
    else:
        text = ngettext(
            "%(n)s of %(count)s consultant reached the goal",
            "%(n)s of %(count)s consultants reached the goal",
            count,
        )
    return text % words


def difference(now: int, before: int, since: str) -> str:
    """`now` beside `before` in words; `since` says when that was."""
    gap = now - before
    if gap == 0:
        return _("as many as %(since)s") % {"since": since}
    if gap > 0:
        return _("%(n)s more than %(since)s") % {"n": whole(gap), "since": since}
    return _("%(n)s fewer than %(since)s") % {"n": whole(-gap), "since": since}


def trend_text(points: Sequence[int]) -> str:
    """What a spark shows, for those who do not see it."""
    if len(points) < 2:
        return ""
    return _("From %(first)s to %(last)s, month by month") % {
        "first": whole(points[0]),
        "last": whole(points[-1]),
    }


def goal_text(goal: int | None) -> str:
    """A goal beside its number."""
    return "" if goal is None else _("goal %(n)s") % {"n": whole(goal)}


def of_goal(number: int, goal: int | None) -> str:
    """A number beside its goal: 8 of 10."""
    if goal is None:
        return whole(number)
    return _("%(part)s of %(whole)s") % {"part": whole(number), "whole": whole(goal)}


def heading(text: str) -> Cell:
    """The first cell of a row."""
    return Cell(text, text, is_number=False)


def count_cell(number: int, url: str = "") -> Cell:
    """A count and the list that shows it; nothing to open when there is nobody in it."""
    return Cell(whole(number), number, url if number else "")


def number_cell(number: int | None) -> Cell:
    """A number without a list; a dash when there is none."""
    return Cell("–" if number is None else whole(number), number)


def share_cell(share: float | None) -> Cell:
    """A share in per cent."""
    return Cell(percent(share), share)


def harmless(value: object) -> object:
    """`value` so that a spreadsheet shows it as text and never runs it; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return "" if value is None else value


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A CSV that a Danish spreadsheet opens as it is: semicolons, decimal comma, UTF-8 mark."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow(
            f"{cell:.1f}".replace(".", ",") if isinstance(cell, float) else harmless(cell)
            for cell in row
        )
    return response

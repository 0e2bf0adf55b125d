"""Numbers in, drawing data out: tiles, bars, sparks and the tables beside them.

Positions are text with a decimal point, so that a Danish page never writes a comma into an SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

TOP, BOTTOM = 4.0, 28.0  # the drawn part of a spark of 32 pixels


@dataclass(frozen=True)
class Spark:
    """A small line: its path in a box of 100 × 32, the goal's line and the height of the end."""

    path: str
    end: str
    goal: str = ""


@dataclass(frozen=True)
class Tile:
    """A key figure: the whole tile opens the list with exactly `count` rows.

    `tone` is "better", "worse" or empty; `rising` is the arrow, None is none; `trend_text` says
    the spark in words.
    """

    label: str
    count: int
    number: str
    url: str
    goal: str = ""
    compare: str = ""
    tone: str = ""
    rising: bool | None = None
    basis: str = ""
    spark: Spark | None = None
    trend_text: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar with its label and number; lengths in per cent of the drawing.

    `back` is the ground behind it and `bench` a line to compare with; both may be empty.
    """

    label: str
    text: str
    width: str
    back: str = ""
    bench: str = ""
    css: str = "f1"


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, the list it opens and the bare value for a spreadsheet."""

    text: str
    value: str | int | float | None
    url: str = ""
    is_number: bool = True


@dataclass(frozen=True)
class Table:
    """A heading for each column, rows whose first cell is their heading."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Chart:
    """A finding in words, what and when, the bars that show it and the table with the numbers."""

    slug: str
    headline: str
    sub: str
    table: Table
    bars: Sequence[Bar] = field(default_factory=tuple)
    wide: bool = False
    csv_url: str = ""
    note: str = ""


def number(value: float) -> str:
    """A position with at most two decimals and a point: 84.52, 30, 7.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def length(part: float, whole: float) -> str:
    """`part` of `whole` as a length: between 0% and 100%; 0% of nothing."""
    share = part / whole if whole > 0 else 0.0
    return f"{number(100 * min(max(share, 0.0), 1.0))}%"


def spark(points: Sequence[float], goal: float | None = None) -> Spark | None:
    """The line through `points`, evenly spread, and the goal's; nothing for fewer than two."""
    if len(points) < 2:
        return None
    every = [*points, *([goal] if goal is not None else [])]
    low, high = min(every), max(every)

    def height(value: float) -> str:
        share = (value - low) / (high - low) if high > low else 0.5
        return number(BOTTOM - (BOTTOM - TOP) * share)

    step = 100 / (len(points) - 1)
    steps = [f"{number(step * place)} {height(value)}" for place, value in enumerate(points)]
    return Spark(
        path="M" + " L".join(steps),
        end=height(points[-1]),
        goal=f"M0 {height(goal)}H100" if goal is not None else "",
    )


def bar(
    label: str,
    part: float,
    whole: float,
    *,
    text: str,
    bench: float | None = None,
    bench_whole: float | None = None,
    ground: bool = True,
    css: str = "f1",
) -> Bar:
    """A bar of `part` out of `whole`, with the ground of the whole and a line at `bench`.

    `bench` is out of `bench_whole`, or out of `whole` when that is not given.
    """
    return Bar(
        label=label,
        text=text,
        width=length(part, whole),
        back="100%" if ground else "",
        bench=length(bench, bench_whole or whole) if bench is not None else "",
        css=css,
    )

"""The type sizes of a framed sheet, and how the largest one that fits is found by measuring."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cabi_crm.pdf.engine import Rendering

LEAST_AIR = 4.0  # mm between head, points and foot
CALM_AIR = 7.0  # mm; more than this is shared with the points
EMPTY_AIR = 12.0  # mm; more than this is shared with the head and the signatures
MOST_CALM = 7.0
MOST_EXTRA = 3.2  # mm more between two points
FRAME_HEIGHT = 263.5  # mm inside the inner rule, before its padding
HEAD_AND_FOOT = (147, 136, 128, 104, 98, 94, 91)  # mm that both take together, step by step
TYPICAL_LETTER = 0.39  # em; how wide a letter of running Danish text is in this typeface
MM_PER_PT = 25.4 / 72


@dataclass(frozen=True)
class Step:
    """One size of the sheet: millimetres and points, as the variables of paper.css."""

    num: float
    logo_max: float
    top: float
    foot: float
    logo: float
    logo_gap: float
    title: float
    sub: float
    names: float
    seven: float
    lead: float
    h: float
    text: float
    line: float
    no: float
    gap: float
    col: float
    close: float
    pen: float

    def variables(self) -> dict[str, str]:
        """The step as CSS variables."""
        return {f"--{name.replace('_', '-')}": f"{value:g}" for name, value in vars(self).items()}


def _step(*values: float) -> Step:
    return Step(*values)


# num max top foot logo gap title sub names seven lead h text line no gap col close pen
STEPS: tuple[Step, ...] = (
    _step(16, 55, 12, 5.4, 17, 9, 51, 15.6, 21.5, 7, 14.2, 18.4, 14.2, 1.35, 33, 5, 120, 11.8, 17),
    _step(14, 55, 10, 5, 16, 7, 48, 14.6, 20, 5.6, 13.2, 16, 12.5, 1.33, 28, 4, 124, 11.6, 15),
    _step(
        14, 55, 10, 5, 15, 5, 44, 13.6, 18.5, 5, 12.8, 14.8, 11.9, 1.31, 26, 3.4, 127, 11.5, 14.5
    ),
    _step(
        14, 28, 10, 5, 14, -13.4, 38, 13, 17.5, 4.6, 12.4, 13.8, 11.3, 1.28, 24, 2.8, 131, 11.4, 14
    ),
    _step(14, 28, 9, 4.6, 13, -12.6, 35, 12.4, 16.5, 4, 11.8, 12.7, 10.7, 1.24, 22, 2, 135, 11, 13),
    _step(
        14,
        28,
        8.4,
        4.2,
        12,
        -11.6,
        33,
        11.8,
        15.5,
        3.2,
        11.3,
        11.3,
        10,
        1.2,
        20.5,
        1.5,
        138.2,
        10.6,
        12.5,
    ),
    _step(
        14, 28, 8, 4, 12, -11.8, 32, 11.4, 14.5, 2.8, 11, 11, 9.8, 1.18, 19.5, 1.35, 138.2, 10.4, 12
    ),
)
LAST = len(STEPS) - 1


@dataclass(frozen=True)
class Fit:
    """The step a sheet is set in, and how the air that is left is shared out (mm)."""

    step: int
    gap: float
    air: float
    calm: float = 0

    def variables(self) -> dict[str, str]:
        """The fit as CSS variables."""
        chosen = STEPS[self.step].variables()
        shared = {"--gap": self.gap, "--air": self.air, "--calm": self.calm}
        return {**chosen, **{name: f"{value:.2f}" for name, value in shared.items()}}


def plain(step: int) -> Fit:
    """A step before its air is known."""
    return Fit(step, STEPS[step].gap, 0)


@dataclass(frozen=True)
class Measured:
    """How high the parts of a sheet are at one step (mm), and how much room they have."""

    head: float
    points: float
    foot: float
    room: float
    pages: int

    @property
    def air(self) -> float:
        """What is left above the points, and as much below them."""
        return (self.room - self.head - self.points - self.foot) / 2

    @property
    def fits(self) -> bool:
        """Whether all parts stand on the page with air between them."""
        return self.pages == 1 and self.air >= LEAST_AIR


def measure(rendering: Rendering) -> Measured:
    """Measure the first sheet of a rendering by the ids of its parts."""
    boxes = rendering.boxes()
    if not {"head", "points", "foot", "column"} <= boxes.keys():
        return Measured(math.inf, 0, 0, 0, rendering.page_count)
    head, points, foot, column = (boxes[i] for i in ("head", "points", "foot", "column"))
    return Measured(
        head=head.bottom - head.top,
        points=points.bottom - points.top,
        foot=foot.bottom - foot.top,
        room=column.bottom - column.top,
        pages=rendering.page_count,
    )


def spread(step: int, measured: Measured, *, points: int, texts: int) -> Fit:
    """Share the air out: as much above the points as below, some between them, some in the head."""
    gap, air, between = STEPS[step].gap, measured.air, points - 1
    if air > CALM_AIR and between:
        # One millimetre of gap costs 1.85 between two points and 0.15 under each heading.
        extra = min(MOST_EXTRA, 0.6 * 2 * (air - CALM_AIR) / between) / 1.85
        air -= extra * (1.85 * between + 0.15 * texts) / 2
        gap += extra
    calm = 0.0
    if air > EMPTY_AIR:
        # One millimetre of calm costs 2.5: above the title, round the dots, over the signatures.
        calm = min(MOST_CALM, 0.5 * 2 * (air - EMPTY_AIR) / 2.5)
        air -= calm * 2.5 / 2
    # A hair less than there is, so that the foot never passes the edge of the column.
    return Fit(step, round(gap, 2), math.floor(air * 100 - 2) / 100, round(calm, 2))


def guess(texts: Sequence[tuple[str, str]]) -> int:
    """The step at which headings and texts should fit; only where to start measuring."""
    for index, step in enumerate(STEPS):
        height = sum(
            _lines(title, step.col, step.h) * step.h * 1.18 * MM_PER_PT
            + _lines(text, step.col, step.text) * step.text * step.line * MM_PER_PT
            + step.gap * 2
            for title, text in texts
        )
        if height + HEAD_AND_FOOT[index] <= FRAME_HEIGHT - step.top - step.foot - 2 * LEAST_AIR:
            return index
    return LAST


def _lines(text: str, width: float, size: float) -> int:
    return math.ceil(len(text) * size * TYPICAL_LETTER * MM_PER_PT / width)


def find_step(
    measure_step: Callable[[int], Measured], *, start: int
) -> tuple[int, Measured] | None:
    """The first step from 0 up that fits, as if each had been measured in turn; None if none does.

    A larger step is never lower than a smaller one, so the search may start anywhere.
    """
    found = measure_step(start)
    if found.fits:
        step = start
        while step and not _surely_too_high(step - 1, found):
            larger = measure_step(step - 1)
            if not larger.fits:
                break
            step, found = step - 1, larger
        return step, found
    for step in range(start + 1, LAST + 1):
        found = measure_step(step)
        if found.fits:
            return step, found
    return None


def _surely_too_high(step: int, smaller: Measured) -> bool:
    """Whether the step cannot fit, given the next smaller one: lines only grow, never get fewer."""
    here, there = STEPS[step], STEPS[step + 1]
    growth = min(_growths(here, there))
    room = FRAME_HEIGHT - here.top - here.foot
    return smaller.head + smaller.foot + smaller.points * growth + 2 * LEAST_AIR > room


def _growths(here: Step, there: Step) -> Iterator[float]:
    yield here.h / there.h
    yield here.text * here.line / (there.text * there.line)
    yield here.gap / there.gap
    yield (here.gap * 0.15 + 0.45) / (there.gap * 0.15 + 0.45)

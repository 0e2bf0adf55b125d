"""Busy seasons over a year and over New Year, and what speaks against a moment."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from companies.enums import TimingWarning as Bad
from companies.rules import timing
from companies.rules.deadlines import COPENHAGEN
from companies.rules.timing import Habits


@dataclass
class Peak:
    from_week: int
    to_week: int
    lead_weeks: int = 4
    name: str = "Granlægning"


SPRUCE = Peak(40, 47)
NEW_YEAR = Peak(51, 2)
LAST = Peak(53, 53)
ALL_YEAR = Peak(1, 53)


@pytest.mark.parametrize(
    ("peak", "on", "inside", "start", "weeks"),
    [
        # Week 40 of 2026 begins on Monday 28 September, week 47 ends on Sunday 22 November.
        (SPRUCE, date(2026, 9, 27), False, date(2026, 9, 28), 1),
        (SPRUCE, date(2026, 9, 28), True, date(2026, 9, 28), 0),
        (SPRUCE, date(2026, 9, 29), True, date(2027, 10, 4), 53),
        (SPRUCE, date(2026, 11, 22), True, date(2027, 10, 4), 46),
        (SPRUCE, date(2026, 11, 23), False, date(2027, 10, 4), 45),
        # Over New Year: week 51 of 2026 to week 2 of 2027.
        (NEW_YEAR, date(2026, 12, 13), False, date(2026, 12, 14), 1),
        (NEW_YEAR, date(2026, 12, 31), True, date(2027, 12, 20), 51),
        (NEW_YEAR, date(2027, 1, 17), True, date(2027, 12, 20), 49),
        (NEW_YEAR, date(2027, 1, 18), False, date(2027, 12, 20), 48),
        # 2026 has 53 weeks; 2027 has 52, so that week 53 is its last one.
        (LAST, date(2026, 12, 28), True, date(2026, 12, 28), 0),
        (LAST, date(2027, 1, 3), True, date(2027, 12, 27), 52),
        (LAST, date(2027, 12, 27), True, date(2027, 12, 27), 0),
        (ALL_YEAR, date(2027, 6, 1), True, date(2028, 1, 3), 31),
        # Days of January that belong to the ISO year before.
        (Peak(1, 2), date(2027, 1, 1), False, date(2027, 1, 4), 1),
    ],
)
def test_a_season_is_found_on_any_day(peak, on, inside, start, weeks):
    found = (
        timing.in_peak(peak, on),
        timing.next_start(peak, on),
        timing.weeks_until(peak, on),
    )
    assert found == (inside, start, weeks)


@pytest.mark.parametrize(
    ("peak", "on", "due"),
    [
        (SPRUCE, date(2026, 8, 30), False),  # Sunday, five weeks ahead
        (SPRUCE, date(2026, 8, 31), True),  # Monday, four weeks ahead
        (SPRUCE, date(2026, 9, 27), True),  # the day before
        (SPRUCE, date(2026, 9, 28), False),  # in it, nobody has time
        (SPRUCE, date(2026, 11, 23), False),
        (Peak(2, 4), date(2026, 12, 18), True),  # week 51: four weeks over a year of 53 weeks
        (Peak(2, 4), date(2026, 12, 13), False),
        (ALL_YEAR, date(2026, 5, 5), False),
    ],
)
def test_one_is_ahead_of_a_season_and_not_in_it(peak, on, due):
    assert timing.reminder_due(peak, on) is due


def test_a_season_of_a_year_has_a_name():
    assert timing.occasion(date(2027, 10, 4)) == "2027-W40"
    assert timing.occasion(date(2027, 1, 1)) == "2026-W53"


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        (1, 53, [("0.00%", "100.00%")]),
        (40, 47, [("73.58%", "15.09%")]),
        (51, 2, [("94.34%", "5.66%"), ("0.00%", "3.77%")]),
    ],
)
def test_the_strip_breaks_at_new_year(first, last, parts):
    assert [(part.x, part.width) for part in timing.stretches(first, last)] == parts


@pytest.mark.parametrize(
    ("peak", "weeks"), [(SPRUCE, (36, 39)), (Peak(2, 4), (51, 1)), (Peak(1, 4), (50, 53))]
)
def test_the_weeks_ahead_go_back_over_new_year(peak, weeks):
    assert timing.ahead_weeks(peak) == weeks


MONDAY_8 = datetime(2026, 11, 30, 9, 15, tzinfo=COPENHAGEN)
MONDAY = datetime(2026, 11, 30, tzinfo=COPENHAGEN)
SATURDAY = datetime(2026, 12, 5, 9, tzinfo=COPENHAGEN)
NOT_MONDAYS = {(1, 8): False, (1, 10): False, (1, 12): False, (1, 14): False}


@pytest.mark.parametrize(
    ("habits", "moment", "kind", "kinds"),
    [
        (Habits(), MONDAY_8, "visit", []),
        (Habits(windows=NOT_MONDAYS), MONDAY_8, "visit", [Bad.BAD_DAY]),
        (Habits(windows=NOT_MONDAYS), MONDAY, "visit", [Bad.BAD_DAY]),
        (Habits(windows=NOT_MONDAYS), SATURDAY, "visit", []),
        (Habits(windows={(1, 8): False}), MONDAY_8, "call", [Bad.BAD_HOUR]),
        (Habits(windows={(1, 8): False}), MONDAY, "visit", []),
        (Habits(windows={**NOT_MONDAYS, (1, 14): True}), MONDAY, "visit", []),
        (Habits(windows={**NOT_MONDAYS, (1, 14): True}), MONDAY_8, "visit", [Bad.BAD_HOUR]),
        (Habits(windows=NOT_MONDAYS), MONDAY_8, "email", []),
        (Habits(peaks=[SPRUCE]), datetime(2026, 10, 7, 9, tzinfo=COPENHAGEN), "email", [Bad.PEAK]),
        (Habits(peaks=[SPRUCE]), MONDAY_8, "visit", []),
        (Habits(paused_until=date(2026, 11, 30)), MONDAY_8, "call", [Bad.PAUSE]),
        (Habits(paused_until=date(2026, 11, 29)), MONDAY_8, "call", []),
        (Habits(paused_until=date(2026, 12, 24)), MONDAY_8, "note", []),
        (Habits(asks_a_month=2, asked=2), MONDAY_8, "visit", [Bad.ASKED_ENOUGH]),
        (Habits(asks_a_month=2, asked=1), MONDAY_8, "visit", []),
        (Habits(asks_a_month=0), MONDAY_8, "visit", [Bad.ASKED_ENOUGH]),
        (Habits(rest_weeks=2, last_asked=date(2026, 11, 17)), MONDAY_8, "visit", [Bad.REST]),
        (Habits(rest_weeks=2, last_asked=date(2026, 11, 16)), MONDAY_8, "visit", []),
        (Habits(closed="lørdag 5.12."), SATURDAY, "visit", [Bad.CLOSED]),
        (Habits(closed="lørdag 5.12."), SATURDAY, "event", []),
        (
            Habits(windows=NOT_MONDAYS, paused_until=date(2026, 12, 1), closed="x"),
            MONDAY_8,
            "visit",
            [Bad.PAUSE, Bad.BAD_DAY, Bad.CLOSED],
        ),
    ],
)
def test_what_speaks_against_a_moment(habits, moment, kind, kinds):
    assert [each.kind for each in timing.warnings(habits, moment, kind)] == kinds


def test_a_good_hour_is_known():
    habits = Habits(windows={(1, 8): True, (1, 10): False})
    assert timing.suits(habits, MONDAY_8)
    assert not timing.suits(habits, MONDAY_8.replace(hour=10))
    assert not timing.suits(habits, MONDAY)


def test_a_warning_says_what_it_knows():
    habits = Habits(windows=NOT_MONDAYS, paused_until=date(2026, 12, 24), pause_reason="Flytter")
    texts = [each.text for each in timing.warnings(habits, MONDAY_8, "visit")]
    assert "24.12.2026: Flytter" in texts[0]
    assert all("%(" not in text for text in texts)

"""Periods, pace, shares and goals."""

from datetime import date

import pytest

from insights.rules import (
    GoalKey,
    Goals,
    Period,
    Share,
    extremes,
    last_month_ends,
    pace,
    year_before,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(1, 4, 25.0), (0, 4, 0.0), (4, 4, 100.0), (0, 0, None)]
)
def test_a_share_of_nothing_has_no_per_cent(part, whole, percent):
    assert Share(part, whole).percent == percent


@pytest.mark.parametrize(
    ("year", "end", "running", "passed"),
    [
        (2026, TODAY, True, 327 / 365),
        (2025, date(2025, 12, 31), False, 1.0),
        (2024, date(2024, 12, 31), False, 1.0),
    ],
)
def test_a_year_is_counted_until_today(year, end, running, passed):
    period = Period(year, TODAY)

    assert (period.end, period.is_running) == (end, running)
    assert period.passed == pytest.approx(passed)
    assert period.month_ends[0] == date(year, 1, 31)
    assert period.month_ends[-1] == end


@pytest.mark.parametrize(
    ("goal", "passed", "start", "expected"),
    [(10, 1.0, 0, 10), (10, 0.5, 0, 5), (10, 0.0, 0, 0), (90, 0.5, 70, 80), (60, 0.5, 70, 65)],
)
def test_the_pace_runs_evenly_from_the_start_to_the_goal(goal, passed, start, expected):
    assert pace(goal, passed, start) == expected


@pytest.mark.parametrize(
    ("day", "before"),
    [(TODAY, date(2025, 11, 23)), (date(2028, 2, 29), date(2027, 2, 28))],
)
def test_a_year_before_a_leap_day_is_the_28th(day, before):
    assert year_before(day) == before


@pytest.mark.parametrize(
    ("today", "first", "last_full"),
    [
        (TODAY, date(2025, 12, 31), date(2026, 10, 31)),
        (date(2026, 1, 5), date(2025, 2, 28), date(2025, 12, 31)),
        (date(2028, 3, 31), date(2027, 4, 30), date(2028, 2, 29)),
    ],
)
def test_twelve_months_end_with_today(today, first, last_full):
    days = last_month_ends(today)

    assert len(days) == 12
    assert (days[0], days[-2], days[-1]) == (first, last_full, today)
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("goals", "members", "total"),
    [
        (Goals(default=10), [(1, None), (2, 7)], 20),
        (Goals(default=10, users={1: 4}), [(1, None), (2, 7)], 14),
        (Goals(default=10, teams={7: 25}), [(1, None), (2, 7), (3, 7)], 35),
        (Goals(users={1: 0}), [(1, None), (2, None)], 0),
        (Goals(), [(1, None)], None),
        (Goals(default=10), [], None),
    ],
)
def test_goals_are_added_up(goals, members, total):
    assert goals.total(members) == total


@pytest.mark.parametrize(
    ("counts", "ends"),
    [({}, None), ({1: 3}, None), ({1: 3, 2: 3}, None), ({1: 3, 2: 9, 3: 1, 4: 9}, (2, 3))],
)
def test_the_most_and_the_least(counts, ends):
    assert extremes(counts) == ends


@pytest.mark.parametrize(
    "key",
    [GoalKey("new_agreements"), GoalKey("new_agreements", user=5), GoalKey("x", team=12)],
)
def test_what_a_goal_is_for_reads_back(key):
    assert GoalKey.read(key.text) == key

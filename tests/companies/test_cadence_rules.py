"""When a contact is due, and how a joint round is driven: tables of cases, no database."""

from datetime import date, time, timedelta

import pytest

from companies.rules.cadence import due_on, interval, limits
from companies.rules.portfolio import bank_occasion, next_contact, round_times, urgency

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("a_year", "days"), [(1, 365), (2, 182), (4, 91), (12, 30), (0, None)])
def test_contacts_a_year_make_days_between_two(a_year, days):
    assert interval(a_year) == (timedelta(days=days) if days else None)


@pytest.mark.parametrize(
    ("last", "since", "a_year", "due"),
    [
        (date(2026, 8, 24), date(2020, 1, 1), 4, date(2026, 11, 23)),
        (None, date(2026, 8, 24), 4, date(2026, 11, 23)),
        (None, None, 4, None),
        (date(2026, 8, 24), None, 0, None),
    ],
)
def test_due_is_counted_from_the_last_contact_else_from_the_owners_first_day(
    last, since, a_year, due
):
    assert due_on(last, since, a_year) == due


def test_the_limits_are_the_day_before_which_the_last_contact_is_due():
    assert limits({"passive": 2, "contact": 0, "partnership": 4}, TODAY) == {
        "passive": date(2026, 5, 25),
        "partnership": date(2026, 8, 24),
    }


@pytest.mark.parametrize(
    ("last", "pause", "due"),
    [
        (date(2026, 8, 24), None, TODAY),
        (date(2026, 8, 24), date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 8, 24), date(2026, 11, 1), TODAY),
        (None, date(2026, 12, 1), None),
    ],
)
def test_nobody_is_due_before_their_pause_is_over(last, pause, due):
    assert next_contact(last, None, 4, pause) == due


@pytest.mark.parametrize(
    ("due", "word"),
    [
        (None, ""),
        (TODAY - timedelta(days=1), "late"),
        (TODAY, "soon"),
        (TODAY + timedelta(days=14), "soon"),
        (TODAY + timedelta(days=15), "later"),
    ],
)
def test_a_day_that_is_over_is_late_and_two_weeks_ahead_is_soon(due, word):
    assert urgency(due, TODAY) == word


@pytest.mark.parametrize(
    ("start", "minutes", "count", "times"),
    [
        (time(9), 60, 3, [time(9), time(10), time(11)]),
        (time(9), 60, 4, [time(9), time(10), time(11), time(12, 30)]),
        (time(11, 30), 45, 2, [time(12, 30), time(13, 15)]),
        (time(14), 60, 3, [time(14), time(15)]),
        (time(16), 30, 1, []),
        (time(9), 45, 0, []),
    ],
)
def test_a_round_leaves_lunch_free_and_ends_at_four(start, minutes, count, times):
    assert round_times(start, minutes, count) == times


def test_the_check_of_a_level_comes_back_each_month():
    assert bank_occasion(TODAY) == "2026-11"

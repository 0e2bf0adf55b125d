"""Whom to contact and why: a table of cases, without a database."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from companies.rules.deadlines import Calendar
from companies.rules.suggestions import (
    Place,
    Visiting,
    by_town,
    counts_again,
    next_week,
    rank,
    reasons_of,
    tomorrow,
    visiting,
)

MONDAY = date(2026, 11, 23)  # ISO week 48
YEARLY = {"passive": 2, "contact": 2, "collaboration": 4, "partnership": 4}


@dataclass(frozen=True)
class Peak:
    name: str = "Granlægning"
    from_week: int = 52
    to_week: int = 53
    lead_weeks: int = 4


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def place(pk: int = 1, **more) -> Place:
    return Place(pk, more.pop("name", f"Firma {pk:02}"), **more)


def kinds(found: Place, on: date = MONDAY) -> list[str]:
    return [reason.kind.value for reason in reasons_of(found, on, YEARLY)]


LATE = {"level": "partnership", "last_contact_on": days(-112)}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        (LATE, ["cadence"]),
        ({"level": "partnership", "last_contact_on": days(-91)}, ["cadence"]),
        ({"level": "partnership", "last_contact_on": days(-90)}, []),
        ({"level": "contact", "last_contact_on": days(-112)}, []),
        ({"level": "contact", "owner_since": days(-200)}, ["cadence"]),
        # A step within two weeks, or one that waits, is enough; a later one is not.
        ({**LATE, "next_step_on": days(14)}, []),
        ({**LATE, "next_step_on": days(-3)}, []),
        ({**LATE, "next_step_on": days(15)}, ["cadence"]),
        ({**LATE, "waits": True}, []),
        ({**LATE, "paused_until": days(0)}, []),
        ({**LATE, "paused_until": days(-1)}, ["cadence"]),
        # A season within its lead time, never in it, and not when we have spoken since it opened.
        ({"seasons": [Peak()]}, ["season"]),
        ({"seasons": [Peak(lead_weeks=3)]}, []),
        ({"seasons": [Peak(from_week=48, to_week=50)]}, []),
        ({"seasons": [Peak(from_week=50, to_week=2)]}, ["season"]),
        ({"seasons": [Peak(from_week=2, to_week=4, lead_weeks=8)]}, ["season"]),
        ({"seasons": [Peak()], "last_contact_on": days(-1)}, ["season"]),
        ({"seasons": [Peak(from_week=50)], "last_contact_on": days(-1)}, []),
        ({**LATE, "seasons": [Peak(from_week=40, to_week=50), Peak()]}, []),
        # They asked us to come back.
        ({"come_back_on": days(0), "last_contact_on": days(-60)}, ["come_back"]),
        ({"come_back_on": days(1), "last_contact_on": days(-60)}, []),
        (
            {"come_back_on": days(0), "last_contact_on": days(-60), "next_step_on": days(40)},
            [],
        ),
        # Newly started, and nobody has spoken with them.
        ({"started_on": days(-90)}, ["new_firm"]),
        ({"started_on": days(-91)}, []),
        ({"started_on": days(1)}, []),
        ({"started_on": days(-9), "last_contact_on": days(-2)}, []),
        # Much happens although the level says passive.
        ({"employees": 2, "contacts_lately": 2, "last_contact_on": days(-1)}, ["bank_check"]),
        ({"employees": 1, "contacts_lately": 2, "last_contact_on": days(-1)}, []),
        ({"employees": 2, "contacts_lately": 1, "last_contact_on": days(-1)}, []),
        (
            {
                "employees": 9,
                "contacts_lately": 4,
                "level": "contact",
                "last_contact_on": days(-1),
            },
            [],
        ),
        # An answer and the agreement hold in a pause and in the busiest weeks too.
        (
            {
                "paused_until": days(90),
                "seasons": [Peak(from_week=48, to_week=49)],
                "renewals": [("2024-001", days(58))],
                "enquiries": [(7, days(0), "Hjælp til lageret")],
            },
            ["answer_due", "renewal"],
        ),
        # What is planned may be about the agreement; an answer is due all the same.
        ({"renewals": [("2024-001", days(9))], "next_step_on": days(3)}, []),
        ({"enquiries": [(7, days(0), "")], "next_step_on": days(3)}, ["answer_due"]),
        # All at once, the strongest first.
        (
            {
                **LATE,
                "seasons": [Peak()],
                "renewals": [("2024-001", days(-2))],
                "come_back_on": days(-5),
            },
            ["season", "renewal", "come_back", "cadence"],
        ),
    ],
)
def test_a_reason_is_there_when_its_time_has_come(facts, expected):
    assert kinds(place(**facts)) == expected


@pytest.mark.parametrize(
    ("facts", "occasion"),
    [
        ({"seasons": [Peak()]}, "2026-W52"),
        ({"seasons": [Peak(from_week=2, to_week=4, lead_weeks=8)]}, "2027-W02"),
        (LATE, days(-112).isoformat()),
        ({"level": "contact", "owner_since": days(-200)}, days(-200).isoformat()),
        ({"renewals": [("2024-001", days(5))]}, f"2024-001 {days(5).isoformat()}"),
        ({"started_on": days(-9)}, days(-9).isoformat()),
        ({"employees": 2, "contacts_lately": 2}, "2026-11"),
        ({"enquiries": [(7, days(0), "")]}, "7"),
    ],
)
def test_an_occasion_tells_one_reason_from_the_next(facts, occasion):
    assert [each.occasion for each in reasons_of(place(**facts), MONDAY, YEARLY)] == [occasion]


def test_a_level_that_asks_for_no_contacts_has_no_cadence():
    assert reasons_of(place(**LATE), MONDAY, {**YEARLY, "partnership": 0}) == []


def ranked(*places: Place, answered=()) -> list[int]:
    found = rank(places, on=MONDAY, contacts_a_year=YEARLY, answered=answered)
    return [each.place.pk for each in found]


def test_the_strongest_reason_comes_first_and_partnerships_before_passive_firms():
    assert ranked(
        place(1, level="passive", last_contact_on=days(-500)),
        place(2, **LATE),
        place(3, renewals=[("1", days(50))]),
        place(4, seasons=[Peak()]),
        place(5, renewals=[("2", days(-1))]),
        place(6, started_on=days(-8)),
        place(7, enquiries=[(1, days(0), "")]),
    ) == [7, 4, 5, 3, 2, 1, 6]


def test_a_backlog_of_one_kind_does_not_hide_the_rest():
    late = [place(n, **LATE) for n in range(1, 21)]
    new = [place(n, started_on=days(-n)) for n in range(30, 33)]
    assert ranked(*late, *new) == [1, 2, 3, 4, 5, 6, 7, 30, 31, 32]
    assert ranked(*late) == list(range(1, 11))


def test_an_answered_reason_is_left_out_and_the_others_stay():
    both = place(1, **LATE, seasons=[Peak()])
    season, cadence = (1, "season", "2026-W52"), (1, "cadence", days(-112).isoformat())
    assert ranked(both, answered={season}) == [1]
    assert ranked(both, answered={season, cadence}) == []
    assert ranked(both, answered={(2, "season", "2026-W52")}) == [1]
    last_year = (1, "season", "2025-W52")
    assert ranked(replace(both, level="passive"), answered={last_year}) == [1]


def test_a_round_begins_in_the_town_of_the_strongest_reason():
    found = rank(
        [
            place(1, town="Skovby", renewals=[("1", days(3))]),
            place(2, town="Havneby", enquiries=[(1, days(0), "")]),
            place(3, town="Havneby", started_on=days(-3)),
            place(4, town="Skovby", seasons=[Peak()]),
        ],
        on=MONDAY,
        contacts_a_year=YEARLY,
    )
    towns = [(town, [each.place.pk for each in rows]) for town, rows in by_town(found)]
    assert towns == [("Havneby", [2, 3]), ("Skovby", [4, 1])]


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ({}, Visiting()),
        ({(2, 8): True}, Visiting()),
        ({(1, 8): True, (1, 10): True, (1, 14): False}, Visiting(((8, 12),), ((14, 16),))),
        ({(1, 8): False}, Visiting((), ((8, 10),))),
        ({(1, 8): False, (3, 12): True}, Visiting((), ((8, 10),), next_good=(3, (12, 14)))),
        (
            {(1, 8): False, (1, 10): False, (1, 12): False, (2, 8): True},
            Visiting((), (), bad_day=True, next_good=(2, (8, 10))),
        ),
    ],
)
def test_a_visit_suits_or_not(slots, expected):
    assert visiting(slots, MONDAY) == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(0, 1), (3, 4), (4, 7), (5, 7), (6, 7)], ids=["mo", "th", "fr", "sa", "su"]
)
def test_tomorrow_is_a_working_day(on, expected):
    assert tomorrow(days(on), Calendar()) == days(expected)
    assert next_week(days(on), Calendar()) == days(7)


def test_no_task_is_moved_to_a_holiday():
    christmas = Calendar(closed=frozenset({(12, 24)}))
    assert tomorrow(date(2026, 12, 23), christmas) == date(2026, 12, 28)
    assert next_week(date(2027, 3, 22), christmas) == date(2027, 3, 30), "Easter Monday"
    assert tomorrow(date(2027, 5, 5), christmas) == date(2027, 5, 7), "Ascension Day"


@pytest.mark.parametrize(
    ("kind", "yearly", "expected"),
    [("cadence", 4, 91), ("cadence", 0, None), ("renewal", 2, 30), ("season", 4, None)],
)
def test_what_was_put_aside_counts_again_when_nothing_happened(kind, yearly, expected):
    assert counts_again(kind, MONDAY, yearly) == (days(expected) if expected else None)

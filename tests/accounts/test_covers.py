"""Who stands in for whom, in tables and without a database."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, Covers, User, WayIn

FRIDAY, WEDNESDAY = date(2099, 11, 27), date(2099, 11, 25)
NAMES = {name: key for key, name in enumerate(["Alice", "Bob", "Charlie", "Dorte"], start=1)}
GONE = {"Dorte"}  # may no longer log in


def person(name: str) -> User:
    return User(
        pk=NAMES[name],
        name=name,
        title="Konsulent",
        phone=f"1020304{NAMES[name]}",
        role=Role.CONSULTANT,
        is_active=name not in GONE,
    )


def away(**covers: str | None) -> Covers:
    """Each of those named is away until Friday, covered by the other."""
    return Covers(
        {
            NAMES[name]: Absence(
                user=person(name),
                starts_on=date(2099, 11, 23),
                ends_on=FRIDAY,
                cover=person(cover) if cover else None,
            )
            for name, cover in covers.items()
        }
    )


@pytest.mark.parametrize(
    ("covers", "asked"),
    [
        (away(), "Alice"),
        (away(Bob="Alice"), "Alice"),
        (away(Alice="Bob"), "Bob"),
        (away(Alice=None), "Alice"),
        (away(Alice="Bob", Bob="Charlie"), "Charlie"),
        (away(Alice="Bob", Bob=None), "Alice"),
        (away(Alice="Bob", Bob="Alice"), "Alice"),
        (away(Alice="Bob", Bob="Charlie", Charlie="Bob"), "Alice"),
        (away(Alice="Dorte"), "Alice"),
        (away(Alice="Bob", Bob="Dorte"), "Alice"),
    ],
    ids=[
        "nobody away",
        "another away",
        "covered",
        "uncovered",
        "chain",
        "chain that ends",
        "ring",
        "into a ring",
        "cover has left",
        "chain to one who has left",
    ],
)
def test_who_is_asked_instead_of_alice(covers: Covers, asked: str):
    assert covers.stand_in(person("Alice")).name == asked


@pytest.mark.parametrize(
    ("covers", "served"),
    [
        (away(), ["Charlie"]),
        (away(Alice="Charlie"), ["Charlie", "Alice"]),
        (away(Bob="Charlie", Alice="Bob"), ["Charlie", "Alice", "Bob"]),
        (away(Charlie="Bob", Alice="Charlie"), ["Charlie"]),
        (away(Charlie=None), ["Charlie"]),
        (away(Charlie="Alice", Alice="Charlie"), ["Charlie"]),
    ],
    ids=["own only", "one", "chain, by name", "away too", "away, uncovered", "ring"],
)
def test_whose_work_is_charlies_today(covers: Covers, served: list[str]):
    assert [each.name for each in covers.served_by(person("Charlie"))] == served


def test_the_way_in_says_who_covers_and_how_long():
    alice = person("Alice")
    assert away().way_in(alice) == WayIn("Alice", "Konsulent", "10203041")
    covered = away(Alice="Bob").way_in(alice)
    assert (covered.cover_name, covered.cover_phone, covered.until) == ("Bob", "10203042", FRIDAY)
    assert covered.cover_text == "Bob dækker til 27. november"


def test_the_way_in_of_one_whom_nobody_covers_says_so():
    way_in = away(Alice=None).way_in(person("Alice"))
    assert (way_in.is_away, way_in.cover_name, way_in.until) == (True, "", FRIDAY)
    assert way_in.cover_text == "Væk til 27. november, ingen dækker"


def test_the_second_cover_counts_only_until_the_first_is_back():
    covers = away(Alice="Bob", Bob="Charlie")
    covers.absences[NAMES["Bob"]].ends_on = WEDNESDAY
    way_in = covers.way_in(person("Alice"))
    assert (way_in.cover_name, way_in.until) == ("Charlie", WEDNESDAY)


def test_here_there_is_nothing_to_say_of_a_cover():
    assert away().way_in(person("Bob")).cover_text == ""


@pytest.mark.parametrize(
    ("covers", "said"),
    [(away(Alice="Bob"), "Bob dækker i dag"), (away(Alice=None), "Væk i dag, ingen dækker")],
)
def test_the_last_day_is_called_today(covers: Covers, said: str):
    covers.absences[NAMES["Alice"]].ends_on = timezone.localdate()
    assert covers.way_in(person("Alice")).cover_text == said

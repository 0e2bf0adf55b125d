"""Which argument comes first, which tips are followed, and what is kept of a note."""

from datetime import date

import pytest

from companies.enums import Argument, Tip
from companies.rules.preparation import Footing, own_words, pitch, tips

TODAY = date(2026, 11, 23)
CATALOGUE = ["one_contact", "tasks_solved", "free", "local"]


@pytest.mark.parametrize(
    ("motivations", "order"),
    [
        ([], CATALOGUE),
        (["local"], ["local", "one_contact", "tasks_solved", "free"]),
        (["good_story"], ["local", "one_contact", "tasks_solved", "free"]),
        (["try_out", "tasks_done"], ["tasks_solved", "free", "one_contact", "local"]),
        (["recruit"], CATALOGUE),
        (["something else"], CATALOGUE),
    ],
)
def test_arguments_that_speak_to_the_firm_come_first(motivations, order):
    assert [each.value for each in pitch(motivations)] == order
    assert set(pitch(motivations)) == set(Argument)


def all_but(*missing):
    return {tip: tip not in missing for tip in Tip}


FULL = {
    "on": TODAY,
    "last_visit": date(2026, 10, 1),
    "last_contact": date(2026, 11, 1),
    "offer_made": True,
    "has_owner": True,
    "is_covered": True,
    "prepared": True,
    "contact_due": date(2027, 1, 1),
    "seasons": 1,
    "windows": 2,
    "next_step": True,
}


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({}, []),
        ({"last_visit": None}, [Tip.VISIT]),
        ({"last_visit": date(2025, 11, 23)}, []),
        ({"last_visit": date(2025, 11, 22)}, [Tip.VISIT]),
        ({"offer_made": False}, [Tip.CONCRETE]),
        ({"has_owner": False}, [Tip.ONE_WAY_IN]),
        ({"is_covered": False}, [Tip.ONE_WAY_IN]),
        ({"prepared": False}, [Tip.PREPARED]),
        ({"contact_due": TODAY}, []),
        ({"contact_due": date(2026, 11, 22)}, [Tip.VISIBLE]),
        ({"contact_due": None}, []),
        ({"last_contact": None}, [Tip.VISIBLE]),
        ({"seasons": 0}, [Tip.TIMING]),
        ({"windows": 0}, [Tip.ROUTINES]),
        ({"next_step": False}, [Tip.FOLLOW_UP]),
    ],
)
def test_a_tip_is_followed_when_the_data_says_so(change, missing):
    assert tips(Footing(**{**FULL, **change})) == all_but(*missing)


def test_a_firm_we_know_nothing_of_follows_no_tip():
    assert tips(Footing(on=TODAY, is_covered=False)) == all_but(*Tip)


@pytest.mark.parametrize(
    ("said", "known", "kept"),
    [
        ("Travlt", "", "Travlt"),
        ("Travlt", "Travlt", ""),
        ("  Travlt \r\n op til jul ", "Travlt op til jul", ""),
        ("Travlt, men stille i januar", "Travlt", "Travlt, men stille i januar"),
        ("", "Travlt", ""),
        (" Roligt ", "Travlt", "Roligt"),
    ],
)
def test_words_that_only_repeat_what_is_known_are_not_kept(said, known, kept):
    assert own_words(said, known) == kept

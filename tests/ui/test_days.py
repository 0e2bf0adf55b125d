"""Days as people write them."""

from datetime import date

import pytest

from cabi_crm.ui.days import read_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11-2026", date(2026, 11, 24)),
        ("1/3-2027", date(2027, 3, 1)),
        ("24-11-26", date(2026, 11, 24)),
        ("24 11 2026", date(2026, 11, 24)),
        ("241126", date(2026, 11, 24)),
        ("24112026", date(2026, 11, 24)),
        ("24.11.", date(2026, 11, 24)),
        ("1/3", date(2027, 3, 1)),
        ("23/11", date(2026, 11, 23)),
        ("1. marts 2027", date(2027, 3, 1)),
        ("1. marts", date(2027, 3, 1)),
        ("24 nov. 2026", date(2026, 11, 24)),
        ("3 May 2027", date(2027, 5, 3)),
        ("31.02.2027", None),
        ("i dag", TODAY),
        ("Today", TODAY),
        ("I morgen", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 24)),
        ("i overmorgen", date(2026, 11, 25)),
        ("torsdag", date(2026, 11, 26)),
        ("på Torsdag", date(2026, 11, 26)),
        ("Thursday", date(2026, 11, 26)),
        ("mandag", date(2026, 11, 30)),
        ("om 2 uger", date(2026, 12, 7)),
        ("om en uge", date(2026, 11, 30)),
        ("om 3 dage", date(2026, 11, 26)),
        ("in 2 weeks", date(2026, 12, 7)),
        ("om lidt", None),
        ("2026", None),
        ("", None),
        ("99.99.9999", None),
        ("310299-0000", None),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day

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
        ("i dag", None),
        ("2026", None),
        ("", None),
        ("99.99.9999", None),
        ("310299-0000", None),
    ],
)
def test_a_day_is_read_as_it_is_meant(text: str, day: date | None) -> None:
    assert read_day(text, TODAY) == day

"""Dates, numbers and filters in words."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from cabi_crm.ui.templatetags import ui

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "aldrig"),
        (date(2026, 11, 23), "i dag"),
        (date(2026, 11, 22), "i går"),
        (date(2026, 11, 11), "for 12 dage siden"),
        (date(2026, 11, 2), "for 3 uger siden"),
        (date(2026, 8, 1), "for 3 måneder siden"),
        (date(2023, 8, 1), "for 3 år siden"),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "i dag"),
    ],
)
def test_how_long_ago(value: date | None, words: str) -> None:
    with time_machine.travel(NOW, tick=False), translation.override("da"):
        assert ui.ago(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (date(2026, 11, 24), "i morgen"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "i dag 09.00"),
        (date(2026, 11, 26), "torsdag"),
        (date(2026, 12, 24), "24.12.2026"),
        (date(2026, 11, 1), "01.11.2026"),
    ],
)
def test_when_it_comes(value: date | None, words: str) -> None:
    with time_machine.travel(NOW, tick=False), translation.override("da"):
        assert ui.when(value) == words


@pytest.mark.parametrize(
    ("number", "shown"),
    [("99000015", "99\xa000\xa000\xa015"), ("", "")],
)
def test_a_cvr_number_is_read_in_pairs(number: str, shown: str) -> None:
    assert ui.cvr(number) == shown


def test_a_p_number_is_read_in_three_parts() -> None:
    assert ui.p_number("1900005261") == "19\xa00000\xa05261"


@pytest.mark.parametrize(
    ("number", "shown", "dialled"),
    [
        ("58802980", "58\xa080\xa029\xa080", "58802980"),
        ("+4558802980", "58\xa080\xa029\xa080", "+4558802980"),
        ("+46 8 123 456", "+46 8 123 456", "+468123456"),
    ],
)
def test_phone_numbers(number: str, shown: str, dialled: str) -> None:
    assert (ui.phone(number), ui.tel(number)) == (shown, dialled)

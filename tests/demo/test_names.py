"""Nobody in the demo exists."""

from random import Random

from stdnum.dk import cvr

from cabi_crm.demo.names import TRADES, cvr_numbers, person_name, phone
from companies.enums import TaskArea


def test_every_cvr_number_is_of_the_fictional_series_and_has_a_valid_check_digit():
    numbers = cvr_numbers(500)
    assert all(number.startswith("99") and cvr.is_valid(number) for number in numbers)
    assert len(set(numbers)) == 500


def test_the_first_numbers_of_the_series_are_those_known_to_be_fictional():
    assert cvr_numbers(2, 9_900_001) == ["99000015", "99000023"]


def test_the_same_chance_gives_the_same_person():
    one, two = Random("seed"), Random("seed")  # noqa: S311
    assert person_name(one) == person_name(two)


def test_telephone_numbers_stay_in_the_invented_series():
    assert {phone(n)[:4] for n in (0, 7, 9_999, 1_950_000_123)} == {"5800"}


def test_each_trade_names_tasks_that_can_be_seen_on_a_visit():
    assert all(set(trade.areas) <= set(TaskArea.values) for trade in TRADES)

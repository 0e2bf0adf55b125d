"""How often a workplace is contacted, by how far the relation has come."""

from collections.abc import Mapping
from datetime import date, timedelta

DAYS_A_YEAR = 365
BANK_EMPLOYEES = 2  # Odense's entry rule (domain, 8): a firm of at least two employees
BANK_ACTIVITIES = 2  # with at least two activities
BANK_DAYS = 182  # in the last six months


def interval(contacts_a_year: int) -> timedelta | None:
    """The time between two contacts; nothing when the level asks for none."""
    return timedelta(days=DAYS_A_YEAR // contacts_a_year) if contacts_a_year else None


def due_on(last: date | None, since: date | None, contacts_a_year: int) -> date | None:
    """The day by which the next contact is due.

    Counted from the last contact, else from the day the owner took over; nothing when neither is
    known or the level asks for no contacts.
    """
    gap, start = interval(contacts_a_year), last or since
    return start + gap if gap and start else None


def limits(contacts_a_year: Mapping[str, int], on: date) -> dict[str, date]:
    """For each level: who was last contacted before this day is due on `on`."""
    gaps = {level: interval(number) for level, number in contacts_a_year.items()}
    return {level: on - gap for level, gap in gaps.items() if gap}

"""Reading a day as people write it."""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH = {"may": "maj", "oct": "okt"}
FIGURES = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})(?:[./ -]+(\d{4}|\d{2}))?\.?")
CLOSED_UP = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
WORDS = re.compile(r"(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?")


def read_day(text: str, today: date) -> date | None:
    """The day that `text` names, such as 24.11.2026, 24/11-26, 241126, 24/11 or 24. november.

    Without a year it is the next such day, counted from `today`. None when it is no day at all.
    """
    said = " ".join(text.lower().split())
    if found := FIGURES.fullmatch(said) or CLOSED_UP.fullmatch(said):
        number, month, year = found.groups()
        return make_day(int(number), int(month), year, today)
    if found := WORDS.fullmatch(said):
        number, word, year = found.groups()
        word = ENGLISH.get(word, word)
        if word in MONTHS:
            return make_day(int(number), MONTHS.index(word) + 1, year, today)
    return None


def make_day(number: int, month: int, year: str | None, today: date) -> date | None:
    """The date of these figures; None when the calendar has no such day."""
    try:
        if year:
            return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
        this_year = date(today.year, month, number)
        return this_year if this_year >= today else date(today.year + 1, month, number)
    except ValueError:
        return None

"""Reading a day as people write it, and as an address holds it."""

import re
from datetime import date, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH = {"may": "maj", "oct": "okt"}
FIGURES = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})(?:[./ -]+(\d{4}|\d{2}))?\.?")
CLOSED_UP = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
RELATIVE = {
    "i går": -1,
    "yesterday": -1,
    "i dag": 0,
    "today": 0,
    "i morgen": 1,
    "tomorrow": 1,
    "i overmorgen": 2,
}
WEEKDAYS = (
    ("mandag", "monday"),
    ("tirsdag", "tuesday"),
    ("onsdag", "wednesday"),
    ("torsdag", "thursday"),
    ("fredag", "friday"),
    ("lørdag", "saturday"),
    ("søndag", "sunday"),
)
WEEK = 7
AWAY = re.compile(r"(?:om|in) (\d{1,2}|en|a) (uger?|weeks?|dage?|days?)")
WORDS = re.compile(r"(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?(?:\s+(\d{4}))?")


def read_day(text: str, today: date) -> date | None:
    """The day that `text` names, such as 24.11.2026, 24/11-26, 241126, 24/11 or 24. november.

    Or as it is said: i morgen, torsdag, om 2 uger, tomorrow.
    Without a year it is the next such day, counted from `today`. None when it is no day at all.
    """
    said = " ".join(text.lower().split())
    away = days_away(said, today)
    if away is not None:
        return today + timedelta(days=away)
    if found := FIGURES.fullmatch(said) or CLOSED_UP.fullmatch(said):
        number, month, year = found.groups()
        return make_day(int(number), int(month), year, today)
    if found := WORDS.fullmatch(said):
        number, word, year = found.groups()
        word = ENGLISH.get(word, word)
        if word in MONTHS:
            return make_day(int(number), MONTHS.index(word) + 1, year, today)
    return None


def day_in_address(text: str) -> date | None:
    """The day that an address holds as 2026-11-24, such as one that undo gives back."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def days_away(said: str, today: date) -> int | None:
    """How many days off a spoken day is; a weekday is the next one, never today itself."""
    if said in RELATIVE:
        return RELATIVE[said]
    for number, names in enumerate(WEEKDAYS):
        if said.removeprefix("på ").removeprefix("on ") in names:
            return (number - today.weekday() - 1) % WEEK + 1
    if found := AWAY.fullmatch(said):
        count, unit = found.groups()
        number = int(count) if count.isdecimal() else 1
        return number * WEEK if unit[0] in "uw" else number
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

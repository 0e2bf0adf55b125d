"""Sizes, search text and company forms: calculations without a database."""

import calendar
from datetime import date, timedelta

from cabi_crm.db import fold
from companies.enums import Sector, SizeBand

SMALL_BELOW = 20  # employees; catalogue: "under 20"
LARGE_FROM = 50  # employees; catalogue: private firms with more than 50
DANISH_NUMBER = 8  # digits
NEAR_FROM = 5  # letters
BANDS: tuple[tuple[int, SizeBand], ...] = (
    (1, SizeBand.ONE),
    (9, SizeBand.FEW),
    (19, SizeBand.SMALL),
    (49, SizeBand.MEDIUM),
    (99, SizeBand.LARGE),
)
# As the catalogue compares them; a workplace without employees is not among the small ones.
SMALL_BANDS = (SizeBand.FEW.value, SizeBand.SMALL.value)
LARGE_BANDS = (SizeBand.LARGE.value, SizeBand.LARGEST.value)
# Register form codes: 110/115 associations; 230–270 state, region, municipality
# (domain reference 3.5; the public range is unverified, so people can correct the sector).
ASSOCIATION_FORMS = frozenset({110, 115})
PUBLIC_FORMS = range(230, 271)


def band_of(employees: int | None, low: int | None) -> str:
    """The size band by exact number, else by the interval's lower end; empty when unknown."""
    count = employees if employees is not None else low
    if count is None:
        return ""
    return next((band for top, band in BANDS if count <= top), SizeBand.LARGEST).value


def sector_of_form(form_code: int | None) -> Sector:
    """Private unless the register's form code says public or association."""
    if form_code in ASSOCIATION_FORMS:
        return Sector.ASSOCIATION
    return Sector.PUBLIC if form_code in PUBLIC_FORMS else Sector.PRIVATE


def digits_of(phone: str) -> str:
    """The digits of a phone number without Denmark's 45 before it."""
    digits = "".join(sign for sign in phone if sign.isdigit()).removeprefix("00")
    return digits.removeprefix("45") if len(digits) == DANISH_NUMBER + 2 else digits


def contact_words(name: str, phone: str) -> str:
    """What a contact person is found by."""
    return f"{name} {digits_of(phone)}".strip()


def asked_words(text: str) -> list[str]:
    """What is asked for, word by word; a number written in groups is one word."""
    compact = text.replace(" ", "").replace("-", "")
    if compact.removeprefix("+").isdigit() and len(compact) >= DANISH_NUMBER:
        return [digits_of(compact)]
    return fold(text).split()


def near_misses(word: str) -> list[str]:
    """Patterns (_ is any sign) that hold `word` with one letter wrong, missing, extra or swapped.

    Nothing for short words and numbers: what is near to them is too much.
    """
    if len(word) < NEAR_FROM or not word.isalpha():
        return []
    wrong = [f"{word[:at]}_{word[at + 1 :]}" for at in range(len(word))]
    missing = [f"{word[:at]}_{word[at:]}" for at in range(1, len(word))]
    extra = [word[:at] + word[at + 1 :] for at in range(len(word))]
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    return list(dict.fromkeys([*wrong, *missing, *extra, *swapped]))


def workplace_search_text(parts: list[str], contacts: list[str]) -> str:
    """Everything a workplace is searched by, folded, each part once."""
    return fold(" | ".join(dict.fromkeys(part for part in [*parts, *contacts] if part)))


def step_day(choice: str, on: date) -> date | None:
    """The day a promise made on `on` falls: so many weeks or months later, as "2w" or "3m".

    A weekend is moved to Monday.
    """
    if choice in {"1w", "2w"}:
        day = on + timedelta(weeks=int(choice[0]))
    elif choice in {"1m", "3m", "6m"}:
        later = on.month - 1 + int(choice[0])
        year, month = on.year + later // 12, later % 12 + 1
        day = date(year, month, min(on.day, calendar.monthrange(year, month)[1]))
    else:
        return None
    weekend = day.weekday() >= calendar.SATURDAY
    return day + timedelta(days=7 - day.weekday()) if weekend else day

"""Invented firms and their workplaces, as the register would know them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cabi_crm.demo.names import (
    FIRM_HEADS,
    FIRM_TAILS,
    FIRST_CVR,
    FIRST_P_NUMBER,
    STREETS,
    TOWNS,
    TRADES,
    Trade,
    cvr_numbers,
    phone,
)

# Form code, the register's short and long word, and what it adds to the firm's name.
FORMS = {
    "APS": (80, "APS", "Anpartsselskab", " ApS"),
    "A/S": (60, "A/S", "Aktieselskab", " A/S"),
    "ENK": (10, "ENK", "Enkeltmandsvirksomhed", ""),
    "I/S": (30, "I/S", "Interessentskab", " I/S"),
    "FOR": (110, "FOR", "Forening", ""),
    "KOM": (250, "KOM", "Primærkommune", ""),
}
# Lowest and highest number of employees, and how many workplaces in a hundred have it.
SIZES = ((0, 0, 5), (1, 1, 18), (2, 4, 25), (5, 9, 19), (10, 19, 17), (20, 49, 10), (50, 99, 4),
         (100, 180, 2))  # fmt: skip
STATUSES = {
    "NORMAL": 94,
    "UNDER KONKURS": 2,
    "UNDER FRIVILLIG LIKVIDATION": 2,
    "OPLØST EFTER FRIVILLIG LIKVIDATION": 2,
}
ASCII = str.maketrans("æøåé", "eoae")


@dataclass(frozen=True)
class Unit:
    """A production unit of a firm."""

    p_number: int
    name: str
    street: str
    house: int
    postcode: int
    town: str
    employees: int
    fte: float
    started: date
    ceased: date | None
    protected: bool
    phone: str
    secret_phone: bool
    email: str


@dataclass(frozen=True)
class Firm:
    """A legal entity with its production units."""

    cvr_number: str
    name: str
    trade: Trade
    form: tuple[int, str, str, str]
    status: str
    started: date
    ceased: date | None
    protected: bool
    units: tuple[Unit, ...]
    recoded: bool


def make_firms(
    random: Random,
    *,
    companies: int,
    units: int,
    today: date,
    first_cvr: int = FIRST_CVR,
    first_p_number: int = FIRST_P_NUMBER,
) -> Iterator[Firm]:
    """`companies` firms that have `units` workplaces between them."""
    branches = _branches(random, companies, units)
    p_number = first_p_number
    for cvr_number, count in zip(cvr_numbers(companies, first_cvr), branches, strict=True):
        yield _firm(random, cvr_number, range(p_number, p_number + count), today)
        p_number += count


def _branches(random: Random, companies: int, units: int) -> list[int]:
    """How many workplaces each firm has: one, and the rest spread over a fifth of the firms."""
    counts = [1] * companies
    chains = range(0, companies, 5)
    for _ in range(units - companies):
        counts[random.choice(chains)] += 1
    return counts


def _firm(random: Random, cvr_number: str, p_numbers: range, today: date) -> Firm:
    trade = random.choice(TRADES)
    form = FORMS[trade.form or random.choices(("APS", "A/S", "ENK", "I/S"), (50, 18, 24, 8))[0]]
    place = random.choice(FIRM_HEADS) + random.choice(FIRM_TAILS)
    stem = f"{place} {random.choice(trade.words)}"
    started = today - timedelta(days=random.randint(200, 14_000))
    drawn = random.choices(list(STATUSES), list(STATUSES.values()))[0]
    status = "NORMAL" if trade.form == "KOM" else drawn
    gone = status.startswith("OPLØST")
    ceased = today - timedelta(days=random.randint(20, 150)) if gone else None
    protected = random.random() < 0.22
    made = [
        _unit(random, stem, p, started=started, ceased=ceased, protected=protected)
        for p in p_numbers
    ]
    recoded = random.random() < 0.2
    name = stem + form[3]
    return Firm(
        cvr_number, name, trade, form, status, started, ceased, protected, tuple(made), recoded
    )


def _unit(
    random: Random,
    stem: str,
    p_number: int,
    *,
    started: date,
    ceased: date | None,
    protected: bool,
) -> Unit:
    low, high, _ = random.choices(SIZES, [size[2] for size in SIZES])[0]
    employees = random.randint(low, high)
    postcode, town, _ = random.choices(TOWNS, [place[2] for place in TOWNS])[0]
    host = "".join(letter for letter in stem.lower() if letter.isalpha())
    return Unit(
        p_number=p_number,
        name=stem,
        street=random.choice(STREETS),
        house=random.randint(1, 120),
        postcode=postcode,
        town=town,
        employees=employees,
        fte=round(employees * random.uniform(0.65, 0.95), 1),
        started=started,
        ceased=ceased,
        protected=protected or random.random() < 0.06,
        phone=phone(p_number),
        secret_phone=random.random() < 0.05,
        email=f"kontakt@{host.translate(ASCII)}.invalid",
    )

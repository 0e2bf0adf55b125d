"""What one document of the Central Business Register says now (domain reference 3.5).

Takes any JSON: what has an odd type counts as missing, and only what makes a document useless
refuses it.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from stdnum.dk import cvr as cvr_numbers

from companies.enums import CompanyStatus, IndustrySystem, Refusal
from companies.rules.values import Row, count, day, digits, moment, part, rows, tenths, text

COMPANY_ROOT, UNIT_ROOT = "Vrvirksomhed", "VrproduktionsEnhed"
DB25_FROM = date(2025, 1, 1)  # the register changed code list that day; older rows keep DB07
OPEN_ENDED = 999_999  # ANTAL_1000_999999 means 1,000 or more
WEBSITE = re.compile(r"(?i:https?://)?[^\s:/@]+\.[^\s:/@]+(:[0-9]{1,5})?(/\S*)?")
INTERVAL = re.compile(r"ANTAL_([0-9]{1,7})_([0-9]{0,7})")
DISSOLVED_WORDS = ("opløst", "tvangsopløst", "slettet", "ophørt")
NORMAL_WORDS = frozenset({"", "normal", "aktiv", "fremtid"})


class RefusedError(Exception):
    """A document that cannot be used: why, the number it carries, and a detail for the sentence."""

    def __init__(self, refusal: Refusal, number: str = "", detail: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal, self.number, self.detail = refusal, number, detail


class IndustryFacts(NamedTuple):
    """A line of business as a document names it."""

    system: str
    code: str
    text: str


@dataclass(frozen=True)
class CompanyFacts:
    """What the register says now about a company; the names are those of the model."""

    cvr_number: str
    name: str
    form_code: int | None
    form_text: str
    status: str
    status_text: str
    industry: IndustryFacts | None
    advertising_protection: bool
    phone: str
    email: str
    website: str
    started_on: date | None
    ceased_on: date | None


@dataclass(frozen=True)
class UnitFacts:
    """What the register says now about a production unit; the names are those of the model."""

    p_number: str
    cvr_number: str
    name: str
    street: str
    postcode: str
    town: str
    municipality_code: str
    industry: IndustryFacts | None
    employees: int | None
    employees_low: int | None
    employees_high: int | None
    ordinary_fte: Decimal | None
    employment_month: date | None
    advertising_protection: bool
    phone: str
    email: str
    website: str
    register_status: str
    started_on: date | None
    ceased_on: date | None


Facts = CompanyFacts | UnitFacts


def read_document(document: object) -> Facts | None:
    """The facts of a company or a production unit; None for other kinds of document.

    Raises RefusedError when the document is none or lacks what identifies it.
    """
    if not isinstance(document, dict):
        raise RefusedError(Refusal.NOT_A_DOCUMENT)
    body = document.get("_source", document)
    for root, reader in ((COMPANY_ROOT, read_company), (UNIT_ROOT, read_unit)):
        if isinstance(body, dict) and root in body:
            if not isinstance(body[root], dict):
                raise RefusedError(Refusal.NOT_A_DOCUMENT)
            return reader(body[root])
    return None


def read_company(body: Row) -> CompanyFacts:
    """What a `Vrvirksomhed` says now."""
    number = checked_cvr(body.get("cvrNummer"))
    newest = part(body, "virksomhedMetadata")
    form = current(newest, "nyesteVirksomhedsform", body, "virksomhedsform")
    form_code = count(form.get("virksomhedsformkode"))
    status = status_word(newest, body)
    started, ceased = lifetime(body, status)
    return CompanyFacts(
        cvr_number=number,
        name=name_of(newest, body, number),
        form_code=form_code if form_code is not None and form_code < 32_768 else None,
        form_text=text(form.get("langBeskrivelse") or form.get("kortBeskrivelse"), 120),
        status=status_of(status),
        status_text=status,
        industry=industry_of(newest, body),
        advertising_protection=is_protected(body),
        **contacts_of(body),
        started_on=started or day(newest.get("stiftelsesDato")),
        ceased_on=ceased,
    )


def read_unit(body: Row) -> UnitFacts:
    """What a `VrproduktionsEnhed` says now."""
    number = checked_p_number(body.get("pNummer"))
    newest = part(body, "produktionsEnhedMetadata")
    address = current(newest, "nyesteBeliggenhedsadresse", body, "beliggenhedsadresse")
    status = status_word(newest, body)
    started, ceased = lifetime(body, status)
    return UnitFacts(
        p_number=number,
        cvr_number=company_of(newest, body, number),
        name=name_of(newest, body, number),
        street=street_of(address),
        postcode=digits(address.get("postnummer"), 4),
        town=text(address.get("postdistrikt"), 80),
        municipality_code=digits(part(address, "kommune").get("kommuneKode"), 4),
        industry=industry_of(newest, body),
        **employment_of(newest, body),
        advertising_protection=is_protected(body),
        **contacts_of(body),
        register_status=status,
        started_on=started,
        ceased_on=ceased,
    )


def version_of(document: object) -> str:
    """When the register last changed a document and last loaded it, as text that sorts by time."""
    body = document.get("_source", document) if isinstance(document, dict) else {}
    root = part(body, COMPANY_ROOT) or part(body, UNIT_ROOT) if isinstance(body, dict) else {}
    return f"{moment(root.get('sidstOpdateret'))} {moment(root.get('sidstIndlaest'))}"


def checked_cvr(value: object) -> str:
    """A CVR number of eight digits with the right check digit."""
    number = text(value, 40)
    if not number:
        raise RefusedError(Refusal.CVR_MISSING)
    if not re.fullmatch("[0-9]{8}", number):
        raise RefusedError(Refusal.CVR_SHAPE, number)
    if not cvr_numbers.is_valid(number):
        raise RefusedError(Refusal.CVR_CHECKSUM, number)
    return number


def checked_p_number(value: object) -> str:
    """A P-number of ten digits; it has no check digit."""
    number = text(value, 40)
    if not number:
        raise RefusedError(Refusal.P_MISSING)
    if not re.fullmatch("[0-9]{10}", number):
        raise RefusedError(Refusal.P_SHAPE, number)
    return number


def name_of(newest: Row, body: Row, number: str) -> str:
    """The name in use; a document without one is refused."""
    name = text(current(newest, "nyesteNavn", body, "navne").get("navn"), 200)
    if not name:
        raise RefusedError(Refusal.NAME_MISSING, number)
    return name


def company_of(newest: Row, body: Row, number: str) -> str:
    """The CVR number of the company that a unit belongs to now, or last belonged to."""
    value = newest.get("nyesteCvrNummerRelation")
    if value is None:
        value = newest_row(rows(body, "virksomhedsrelation")).get("cvrNummer")
    company = text(value, 40)
    if not company:
        raise RefusedError(Refusal.COMPANY_MISSING, number)
    return company


def current(newest: Row, key: str, body: Row, listed: str) -> Row:
    """The register's own newest row, else the open row of the list, else the latest closed one."""
    return part(newest, key) or newest_row(rows(body, listed))


def newest_row(found: list[Row]) -> Row:
    """The row in force; of several the one that began last, of closed ones the latest to end."""
    return max(found, key=row_rank, default={})


def row_rank(row: Row) -> tuple[bool, str, str]:
    """Sorts rows: open before closed, then by end, then by start."""
    period = part(row, "periode")
    end, start = day(period.get("gyldigTil")), day(period.get("gyldigFra"))
    return is_open(row), str(end or ""), str(start or "")


def is_open(row: Row) -> bool:
    """Whether a row is in force: its period has no end."""
    return part(row, "periode").get("gyldigTil") is None


def status_word(newest: Row, body: Row) -> str:
    """The register's word for how things stand; `nyesteStatus` is often empty."""
    listed = newest_row(rows(body, "virksomhedsstatus")).get("status")
    return text(newest.get("sammensatStatus") or listed, 80)


def status_of(word: str) -> str:
    """The group a status word belongs to; a word we do not know is a reason to warn."""
    low = word.casefold()
    if low in NORMAL_WORDS:
        return CompanyStatus.NORMAL.value
    if low.startswith(DISSOLVED_WORDS):
        return CompanyStatus.DISSOLVED.value
    return (CompanyStatus.BANKRUPTCY if "konkurs" in low else CompanyStatus.CLOSING).value


def lifetime(body: Row, status: str) -> tuple[date | None, date | None]:
    """First day and last day; no last day while a period is open.

    A status that says it is over counts even where the register forgot to close the period.
    """
    lives = rows(body, "livsforloeb")
    last = part(newest_row(lives), "periode")
    ceased = None if not lives or any(is_open(row) for row in lives) else day(last.get("gyldigTil"))
    if ceased is None and status_of(status) == CompanyStatus.DISSOLVED:
        ceased = day(str(body.get("sidstOpdateret"))[:10])
    return day(last.get("gyldigFra")), ceased


def industry_of(newest: Row, body: Row) -> IndustryFacts | None:
    """The main line of business and its code list: the one named, else by the row's first day."""
    row = current(newest, "nyesteHovedbranche", body, "hovedbranche")
    code = digits(str(row.get("branchekode") or "").replace(".", ""), 6)
    if not code:
        return None
    named = text(row.get("branchekodesystem") or row.get("brancheSystem"), 10).upper()
    start = day(part(row, "periode").get("gyldigFra"))
    system = IndustrySystem.DB25 if start and start >= DB25_FROM else IndustrySystem.DB07
    if named in IndustrySystem.values:
        system = IndustrySystem(named)
    return IndustryFacts(system.value, code, text(row.get("branchetekst"), 200) or code)


def is_protected(body: Row) -> bool:
    """Advertising protection (CVR Act § 19); only a plain no lifts it."""
    return body.get("reklamebeskyttet") is not False


def contacts_of(body: Row) -> dict[str, Any]:
    """Phone, e-mail and website, never one that is secret.

    Read from the typed lists only: `nyesteKontaktoplysninger` mixes secret ones in.
    """
    email = contact(body, "elektroniskPost")
    website = contact(body, "hjemmeside")
    return {
        "phone": contact(body, "telefonNummer", "sekundaertTelefonNummer")[:40],
        "email": email if "@" in email else "",
        "website": website if WEBSITE.fullmatch(website) else "",
    }


def contact(body: Row, *lists: str) -> str:
    """The newest open row that is not secret, of the first list that has one."""
    found = {name: [row for row in rows(body, name) if is_open(row)] for name in lists}
    secret = {
        text(row.get("kontaktoplysning"), 254)
        for listed in found.values()
        for row in listed
        if row.get("hemmelig") is not False
    }
    for listed in found.values():
        known = [row for row in listed if text(row.get("kontaktoplysning"), 254) not in secret]
        if known:
            return text(newest_row(known).get("kontaktoplysning"), 254)
    return ""


def street_of(address: Row) -> str:
    """Street, house number, floor and door, c/o, on one line; free text where no street is."""
    low, high = (
        text(address.get(f"husnummer{end}"), 10) + text(address.get(f"bogstav{end}"), 5).upper()
        for end in ("Fra", "Til")
    )
    house = f"{low}-{high}" if high and high != low else low
    floor, door = text(address.get("etage"), 10), text(address.get("sidedoer"), 10)
    named = text(address.get("conavn"), 80)
    parts = [
        " ".join(word for word in (text(address.get("vejnavn"), 120), house) if word),
        " ".join(word for word in (f"{floor}." if floor else "", door) if word),
        named if named.casefold().startswith("c/o") or not named else f"c/o {named}",
    ]
    line = ", ".join(piece for piece in parts if piece)
    free = ", ".join(str(address.get("fritekst") or "").splitlines())
    return line[:200] or text(free, 200)


def employment_of(newest: Row, body: Row) -> dict[str, Any]:
    """Employees, their interval, full-time equivalents and month, of the best figures there are.

    Monthly figures of the Business Authority come before older monthly, quarterly and yearly ones.
    """
    for kind in ("erstMaaneds", "maaneds", "kvartals", "aars"):
        key = f"{kind}beskaeftigelse"
        latest = part(newest, f"nyeste{key[0].upper()}{key[1:]}")
        known = [row for row in [latest, *rows(body, key)] if month_of(row)]
        if known:
            row = max(known, key=lambda row: month_of(row) or date.min)
            low, high = interval(row.get("intervalKodeAntalAnsatte"))
            return {
                "employees": count(row.get("antalAnsatte")),
                "employees_low": low,
                "employees_high": high,
                "ordinary_fte": tenths(row.get("antalAarsvaerk")),
                "employment_month": month_of(row),
            }
    names = ["employees", "employees_low", "employees_high", "ordinary_fte", "employment_month"]
    return dict.fromkeys(names)


def month_of(row: Row) -> date | None:
    """The last month a row of figures is about, by its first day."""
    year, quarter = count(row.get("aar")), count(row.get("kvartal"))
    month = count(row.get("maaned")) or (quarter * 3 if quarter else 12)
    if year is None or not 1900 <= year <= 2200 or not 1 <= month <= 12:
        return None
    return date(year, month, 1)


def interval(code: object) -> tuple[int | None, int | None]:
    """Both ends of an employee interval; no upper end for the last one."""
    match = INTERVAL.fullmatch(text(code, 40))
    if not match:
        return None, None
    high = int(match[2]) if match[2] else OPEN_ENDED
    return int(match[1]), None if high >= OPEN_ENDED else high

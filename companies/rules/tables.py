"""What a row of somebody's own list of workplaces says: headers, cells and their faults."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from stdnum.dk import cvr as cvr_numbers

from cabi_crm.ui.guards import holds_cpr
from companies.enums import IndustrySystem, RelationshipLevel, TableFault
from companies.rules.values import LARGEST_COUNT, text

# What people call each column, Danish and English, without spaces, signs and capitals.
HEADERS = {
    "cvr_number": "cvr cvrnr cvrno cvrnummer cvrnumber virksomhedscvr vatnumber",
    "p_number": (
        "p pnr pno pnum pnummer pnumber pid penhed produktionsnummer produktionsenhedsnummer "
        "produktionsenhedsnr productionunit productionunitnumber workplacenumber"
    ),
    "name": (
        "navn name arbejdsplads arbejdspladsnavn arbejdspladsensnavn arbejdssted arbejdsstedsnavn "
        "produktionsenhed produktionsenhedsnavn enhedsnavn workplace workplacename unitname"
    ),
    "company_name": (
        "virksomhed virksomhedsnavn virksomhedensnavn firma firmanavn firmaetsnavn company "
        "companyname legalname juridiskenhed juridisknavn"
    ),
    "street": (
        "adresse vej vejnavn gade gadenavn vejadresse street streetname address streetaddress"
    ),
    "house_number": "husnr husnummer houseno housenumber",
    "postcode": "postnr postnummer postkode zip zipcode postcode postalcode",
    "town": "by bynavn postdistrikt town city",
    "municipality_code": "kommunekode kommunenr kommunenummer municipalitycode",
    "industry_code": (
        "branchekode hovedbranchekode brancheid industrycode db07 db25 db07kode db25kode "
        "branchekodedb07 branchekodedb25 industrycodedb07 industrycodedb25"
    ),
    "industry_text": (
        "branche branchetekst branchenavn hovedbranche industry industrytext industryname"
    ),
    "employees": (
        "ansatte antalansatte antalmedarbejdere medarbejdere employees numberofemployees headcount "
        "staff"
    ),
    "phone": "telefon telefonnr telefonnummer tlf tlfnr phone phonenumber telephone",
    "email": "email emailadresse mail mailadresse epost emailaddress",
    "website": "hjemmeside hjemmesideadresse webadresse web www website homepage url",
    "owner": (
        "ansvarlig ansvarligemail ansvarligmail ansvarligsemail ejer ejeremail konsulent "
        "konsulentemail virksomhedskonsulent owner owneremail owneremailaddress consultant "
        "consultantemail responsible"
    ),
    "level": "niveau relation relationsniveau samarbejdsniveau level relationshiplevel",
    "contact_name": (
        "kontakt kontaktperson kontaktnavn kontaktpersonnavn kontaktpersonsnavn contact "
        "contactname contactperson contactpersonname"
    ),
    "contact_title": (
        "titel stilling kontakttitel kontaktpersontitel kontaktpersonstitel title jobtitle "
        "position contacttitle contactpersontitle"
    ),
    "contact_phone": (
        "direktetelefon mobil mobilnr mobilnummer mobiltelefon kontakttelefon kontakttlf "
        "kontaktpersontelefon kontaktpersontlf kontaktpersonmobil kontaktpersonstelefon mobile "
        "mobilephone directphone contactphone contactpersonphone"
    ),
    "contact_email": (
        "kontaktemail kontaktmail kontaktpersonemail kontaktpersonmail kontaktpersonsemail "
        "contactemail contactpersonemail"
    ),
}
FIELD_OF = {word: name for name, words in HEADERS.items() for word in words.split()}
MANDATORY = ("cvr_number", "p_number", "name")
LENGTHS = {
    "name": 200,
    "company_name": 200,
    "street": 180,
    "house_number": 20,
    "town": 80,
    "industry_text": 200,
    "contact_name": 120,
    "contact_title": 120,
}
LEVELS = {
    "passiv": RelationshipLevel.PASSIVE,
    "kontakt": RelationshipLevel.CONTACT,
    "samarbejde": RelationshipLevel.COLLABORATION,
    "partnerskab": RelationshipLevel.PARTNERSHIP,
    "partner": RelationshipLevel.PARTNERSHIP,
} | {level.value: level for level in RelationshipLevel}
ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#I/T", "#REFERENCE!", "#VÆRDI!", "#DIVISION/0!", "#NAVN?", "#NUL!",
})  # fmt: skip
SCIENTIFIC = re.compile(r"[0-9]{1,20}(?:[.,][0-9]{1,20})?[eE][+-]?[0-9]{1,3}")
WHOLE_DECIMAL = re.compile(r"([0-9]{1,20})[.,]0{1,9}")
QUOTED_TEXT = re.compile(r'="([^"]{0,200})"')
EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@(?:[\w-]{1,63}\.){1,8}\w{2,24}")
WEBSITE = re.compile(
    r"(?:https?://)?(?:[\w-]{1,63}\.){1,8}\w{2,24}(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
INTERVAL = re.compile(r"([0-9]{1,7})(?:[-–—]|til|to)([0-9]{1,7})")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.][0-9]{3})+")


class Fault(NamedTuple):
    """What is wrong with one field of a row."""

    field: str
    fault: TableFault
    detail: str = ""


class FaultError(Exception):
    """A cell that cannot be used."""

    def __init__(self, fault: TableFault, detail: str = "") -> None:
        super().__init__(fault.value)
        self.fault, self.detail = fault, detail


@dataclass
class TableRow:
    """One row: where it stands, what it says by field, and what is wrong with it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def header_word(cell: str) -> str:
    """A header without spaces, signs and capitals: "P-nummer" becomes "pnummer"."""
    folded = unicodedata.normalize("NFKC", cell).casefold()
    return "".join(sign for sign in folded if sign.isalnum())


def fields_of(header: Sequence[str]) -> dict[int, str]:
    """Which column holds which field; columns nobody knows are left out."""
    words = ((index, FIELD_OF.get(header_word(cell))) for index, cell in enumerate(header))
    return {index: name for index, name in words if name}


def header_faults(header: Sequence[str]) -> list[Fault]:
    """Mandatory columns that are missing, and columns that mean the same as an earlier one.

    A list with the firm's name only has the workplace's name in it.
    """
    columns = fields_of(header)
    found = set(columns.values()) | ({"name"} if "company_name" in columns.values() else set())
    faults = [Fault(name, TableFault.COLUMN_MISSING) for name in MANDATORY if name not in found]
    first: dict[str, str] = {}
    for index, name in columns.items():
        if name in first:
            faults.append(Fault(name, TableFault.COLUMN_TWICE, first[name]))
        first.setdefault(name, header[index])
    return faults


def industry_system(header: Sequence[str]) -> str:
    """The code list that the header of the industry code names; the present one if it does not."""
    named = {header_word(header[at]) for at, name in fields_of(header).items() if "code" in name}
    old = any("db07" in word for word in named)
    return (IndustrySystem.DB07 if old else IndustrySystem.DB25).value


def read_row(number: int, cells: Mapping[str, str], system: str) -> TableRow:
    """What the cells of one row say, by field; empty cells are left out."""
    row = TableRow(number)
    for name, cell in cells.items():
        try:
            value = read_cell(name, cell)
        except FaultError as error:
            row.faults.append(Fault(name, error.fault, error.detail))
        else:
            row.values |= value
    put_together(row, system)
    complain_of_gaps(row, cells)
    return row


def read_cell(name: str, cell: str) -> dict[str, Any]:
    """The fields that one cell fills; none when it is empty."""
    quoted = QUOTED_TEXT.fullmatch(cell.strip())
    line = text(quoted[1] if quoted else cell, 10_000)
    if not line:
        return {}
    if line.startswith("="):
        raise FaultError(TableFault.FORMULA)
    if line.upper() in ERRORS:
        raise FaultError(TableFault.ERROR_VALUE, line)
    reader = READERS.get(name)
    if name not in {"cvr_number", "p_number"} and not line.startswith(("+", "00")):
        refuse_cpr(line)
    if reader is None:
        if len(line) > LENGTHS[name]:
            raise FaultError(TableFault.TOO_LONG, str(LENGTHS[name]))
        return {name: line}
    value = reader(line)
    return value if isinstance(value, dict) else {name: value}


def refuse_cpr(line: str) -> None:
    """No CPR number comes in by a table either."""
    if holds_cpr(line):
        raise FaultError(TableFault.CPR)


def put_together(row: TableRow, system: str) -> None:
    """House number into the street, industry into one value, the firm's name where it is alone."""
    values = row.values
    house = values.pop("house_number", "")
    if "street" in values and house:
        values["street"] = f"{values['street']} {house}"
    code, words = values.pop("industry_code", ""), values.pop("industry_text", "")
    if not code and re.fullmatch("[0-9]{6}", words):
        code = words
    if code:
        values["industry"] = (system, code, words or code)
    if "name" not in values and "company_name" in values:
        values["name"] = values["company_name"]


def complain_of_gaps(row: TableRow, cells: Mapping[str, str]) -> None:
    """Say which mandatory cells are empty; a contact person has a name."""
    wrong = {fault.field for fault in row.faults}
    for name in MANDATORY:
        if name not in row.values and name not in wrong:
            row.faults.append(Fault(name, TableFault.EMPTY))
    reachable = {"contact_title", "contact_phone", "contact_email"} & row.values.keys()
    if reachable and "contact_name" not in row.values and "contact_name" not in wrong:
        at = "contact_name" if "contact_name" in cells else min(reachable)
        row.faults.append(Fault(at, TableFault.CONTACT_NAMELESS))


def find_twins(rows: Iterable[TableRow]) -> None:
    """Fault each row whose P-number stands in an earlier one."""
    first: dict[str, int] = {}
    for row in rows:
        number = row.values.get("p_number")
        if number in first:
            row.faults.append(Fault("p_number", TableFault.P_TWICE, str(first[number])))
        elif number:
            first[number] = row.number


def bare_number(line: str) -> str:
    """A number without the spaces, points and apostrophes that people and spreadsheets add."""
    if SCIENTIFIC.fullmatch(line):
        raise FaultError(TableFault.SCIENTIFIC, line)
    whole = WHOLE_DECIMAL.fullmatch(line)
    return whole[1] if whole else re.sub(r"[\s.'’-]", "", line)


def read_cvr(line: str) -> str:
    """Eight digits with the right check digit; "DK" may stand before them."""
    number = re.sub(r"^(?:CVR|DK)[:\s-]*", "", bare_number(line), flags=re.IGNORECASE)
    if re.fullmatch("[0-9]{10}", number):
        raise FaultError(TableFault.CVR_IS_P)
    if re.fullmatch("[0-9]{7}", number):
        raise FaultError(TableFault.CVR_SHORT)
    if not re.fullmatch("[0-9]{8}", number):
        raise FaultError(TableFault.CVR_SHAPE)
    if not cvr_numbers.is_valid(number):
        raise FaultError(TableFault.CVR_CHECKSUM)
    return number


def read_p_number(line: str) -> str:
    """Ten digits."""
    number = bare_number(line)
    if re.fullmatch("[0-9]{8}", number):
        raise FaultError(TableFault.P_IS_CVR)
    if not re.fullmatch("[0-9]{10}", number):
        raise FaultError(TableFault.P_SHAPE)
    return number


def code_reader(fault: TableFault, shortest: int, length: int) -> Callable[[str], str]:
    """Reads a code of `length` digits, whose leading zeros a spreadsheet may have dropped."""

    def read(line: str) -> str:
        number = bare_number(line)
        if not re.fullmatch(f"[0-9]{{{shortest},{length}}}", number):
            raise FaultError(fault)
        return number.zfill(length)

    return read


def read_employees(line: str) -> dict[str, int]:
    """A number of people, or both ends of an interval."""
    dense = re.sub(r"\s", "", line).casefold()
    interval = INTERVAL.fullmatch(dense)
    if interval and int(interval[1]) <= int(interval[2]):
        return {"employees_low": int(interval[1]), "employees_high": int(interval[2])}
    number = dense.replace(".", "") if THOUSANDS.fullmatch(dense) else dense
    whole = WHOLE_DECIMAL.fullmatch(number)
    number = whole[1] if whole else number
    if SCIENTIFIC.fullmatch(number):
        raise FaultError(TableFault.SCIENTIFIC, line)
    if not re.fullmatch("[0-9]{1,9}", number) or int(number) > LARGEST_COUNT:
        raise FaultError(TableFault.EMPLOYEES)
    return {"employees": int(number)}


def read_phone(line: str) -> str:
    """Any way of writing it, as long as it has the digits of a phone number."""
    if SCIENTIFIC.fullmatch(line):
        raise FaultError(TableFault.SCIENTIFIC, line)
    whole = WHOLE_DECIMAL.fullmatch(line)
    phone = whole[1] if whole else line
    digits = sum(sign.isdigit() for sign in phone)
    if not re.fullmatch(r"[0-9+()/.\s-]{8,40}", phone) or not 8 <= digits <= 15:
        raise FaultError(TableFault.PHONE)
    return phone


def read_email(line: str) -> str:
    """An address such as alice@example.dk."""
    if len(line) > 254 or not EMAIL.fullmatch(line):
        raise FaultError(TableFault.EMAIL)
    return line


def read_website(line: str) -> str:
    """An address of the web, with or without its scheme."""
    if len(line) > 254 or not WEBSITE.fullmatch(line):
        raise FaultError(TableFault.WEBSITE)
    return line


def read_level(line: str) -> str:
    """One of the four levels, by its Danish or English name."""
    level = LEVELS.get(line.casefold())
    if level is None:
        raise FaultError(TableFault.LEVEL)
    return level.value


READERS: dict[str, Callable[[str], Any]] = {
    "cvr_number": read_cvr,
    "p_number": read_p_number,
    "postcode": code_reader(TableFault.POSTCODE, 3, 4),
    "municipality_code": code_reader(TableFault.MUNICIPALITY, 3, 4),
    "industry_code": code_reader(TableFault.INDUSTRY, 5, 6),
    "employees": read_employees,
    "phone": read_phone,
    "email": read_email,
    "website": read_website,
    "owner": read_email,
    "level": read_level,
    "contact_phone": read_phone,
    "contact_email": read_email,
}

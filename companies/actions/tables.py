"""Brings a job centre's own list of workplaces in: all of it or nothing.

What a list says only fills gaps where people have decided (owner, level, contact person) and where
the register has spoken; it corrects what an earlier list said. So running it again changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from accounts.actions import record
from accounts.models import Event, User
from cabi_crm.db import fold, one_at_a_time
from companies.actions.renewal import words_of_contacts
from companies.actions.table_files import Line, Table, TableError, read_table
from companies.enums import RelationshipLevel, TableFault
from companies.models import Company, ContactPerson, Industry, Workplace
from companies.rules import (
    Fault,
    TableRow,
    fields_of,
    find_twins,
    header_faults,
    industry_system,
    read_row,
)

BATCH = 500
COPIED = ("name", "street", "postcode", "town", "municipality_code", "phone", "email", "website")
SIZE = ("employees", "employees_low", "employees_high")
CONTACT = ("name", "title", "phone", "email")
RELATION = ("level", "owner", "owner_since")
WRITTEN = [*COPIED, *SIZE, *RELATION, "industry", "size_band", "search_text", "updated_at"]


@dataclass(frozen=True)
class RowReason:
    """Why a row was refused: its number as the spreadsheet shows it, and the column's header."""

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class TableReport:
    """What an import did, or would do; every row read is counted once.

    A file that is refused whole has all its rows among the rejected; `faulty` of them are wrong.
    """

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    skipped: int
    reasons: tuple[RowReason, ...]
    notes: tuple[str, ...] = ()
    faulty: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The counts and reasons as plain values, for JSON."""
        values = asdict(self)
        values["reasons"] = list(values["reasons"])
        del values["notes"], values["faulty"]
        return values


def import_workplaces(
    *, path: Path, by: User | None, dry_run: bool = False, skip_faulty: bool = False
) -> TableReport:
    """Bring the table in `path` in, or only say what that would do (`dry_run`).

    One faulty row refuses the whole file, unless `skip_faulty`. Raises TableError when the file
    is no table.
    """
    table = read_table(path)
    if not table.lines:
        raise TableError(_("There are no rows below the header."))
    header = table.header.cells
    wrong = header_faults(header)
    if wrong or table.header.fault:
        return refused(table, header_reasons(table.header, wrong))
    rows = [row_of(line, header) for line in table.lines]
    find_twins(rows)
    with nullcontext() if dry_run else transaction.atomic():
        one_at_a_time("workplaces import")
        check_against_known(rows)
        reasons = [reason for row in rows for reason in reasons_of(row, header)]
        sound = [row for row in rows if not row.faults]
        if reasons and not skip_faulty:
            return refused(table, reasons)
        counts = write_all(sound, dry_run=dry_run)
        report = finished(table, counts, reasons, rejected=len(rows) - len(sound))
        if not dry_run:
            record_table(path=path, report=report, by=by)
    return report


def write_all(rows: Sequence[TableRow], *, dry_run: bool) -> Counter[str]:
    """Write the rows, some hundred at a time; how many were created, updated, unchanged."""
    counts = Counter[str]()
    try:
        for batch in batches(rows):
            counts += write(batch, dry_run=dry_run)
    except IntegrityError as error:
        text = _("Another import is running. Try again when it is done.")
        raise TableError(text) from error
    return counts


def finished(
    table: Table, counts: Counter[str], reasons: Iterable[RowReason], *, rejected: int
) -> TableReport:
    """The report of a table that was written, but for its rejected rows."""
    return TableReport(
        read=len(table.lines),
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        rejected=rejected,
        skipped=0,
        reasons=tuple(reasons),
        notes=tuple(notes_of(table)),
        faulty=rejected,
    )


def refused(table: Table, reasons: Sequence[RowReason]) -> TableReport:
    """The report of a table of which nothing is written."""
    return TableReport(
        read=len(table.lines),
        created=0,
        updated=0,
        unchanged=0,
        rejected=len(table.lines),
        skipped=0,
        reasons=tuple(reasons),
        notes=tuple(notes_of(table)),
        faulty=len({reason.row for reason in reasons} - {table.header.number}),
    )


def notes_of(table: Table) -> Iterator[str]:
    """What people should know though it is no fault: columns and sheets that are not used."""
    yield from table.notes
    known = fields_of(table.header.cells)
    unused = [
        cell for at, cell in enumerate(table.header.cells) if cell.strip() and at not in known
    ]
    if unused:
        yield _("Columns that are not used: %(names)s.") % {"names": ", ".join(unused)}


def row_of(line: Line, header: Sequence[str]) -> TableRow:
    """The line's values by field, or its fault."""
    extra = next((at for at, cell in enumerate(line.cells) if at >= len(header) and cell), None)
    if line.fault is None and extra is not None:
        line.fault, line.column = TableFault.TOO_MANY_CELLS, extra
    if line.fault:
        return TableRow(line.number, {}, [Fault(f"#{line.column}", line.fault)])
    cells = {name: line.cells[at] for at, name in fields_of(header).items() if at < len(line.cells)}
    return read_row(line.number, cells, industry_system(header))


def header_reasons(line: Line, wrong: Iterable[Fault]) -> list[RowReason]:
    """What is wrong with the header, in words."""
    faults = [*wrong]
    if line.fault:
        faults.insert(0, Fault(f"#{line.column}", line.fault))
    return reasons_of(TableRow(line.number, {}, faults), line.cells)


def reasons_of(row: TableRow, header: Sequence[str]) -> list[RowReason]:
    """The faults of a row in words, with the column's name as it stands in the file."""
    return [
        RowReason(
            row.number,
            column_name(fault.field, header),
            str(fault.fault.label) % {"detail": fault.detail},
        )
        for fault in row.faults
    ]


def column_name(field: str, header: Sequence[str]) -> str:
    """What the file calls a field, the column's letter when it has no name, else our own word."""
    if field.startswith("#"):
        at = int(field[1:])
        named = header[at].strip() if at < len(header) else ""
        return named or get_column_letter(at + 1)
    columns = {name: header[at].strip() for at, name in fields_of(header).items()}
    ours = {
        "cvr_number": Company._meta.get_field("cvr_number").verbose_name,
        "p_number": Workplace._meta.get_field("p_number").verbose_name,
        "name": columns.get("company_name", Workplace._meta.get_field("name").verbose_name),
    }
    return columns.get(field) or str(ours[field])


def batches(rows: Sequence[TableRow]) -> Iterator[Sequence[TableRow]]:
    """`rows`, a few hundred at a time."""
    for at in range(0, len(rows), BATCH):
        yield rows[at : at + BATCH]


def check_against_known(rows: Sequence[TableRow]) -> None:
    """Put the owner in place of the address; fault owners nobody knows and firms mixed up."""
    owners = {user.email.casefold(): user for user in User.objects.consultants()}
    for row in rows:
        address = row.values.get("owner")
        if address:
            row.values["owner"] = owners.get(address.casefold())
        if address and row.values["owner"] is None:
            row.faults.append(Fault("owner", TableFault.OWNER))
    for batch in batches(rows):
        numbers = [row.values.get("p_number", "") for row in batch]
        found = Workplace.objects.filter(p_number__in=numbers)
        company_of = dict(found.values_list("p_number", "company__cvr_number"))
        for row in batch:
            known = company_of.get(row.values.get("p_number", ""))
            if known and row.values.get("cvr_number", known) != known:
                row.faults.append(Fault("p_number", TableFault.P_OF_ANOTHER, known))


def write(rows: Sequence[TableRow], *, dry_run: bool) -> Counter[str]:
    """Make or complete the workplaces of a batch; how many were created, updated, unchanged."""
    values = {row.values["p_number"]: row.values for row in rows}
    industries = industries_of(values.values(), dry_run=dry_run)
    companies = companies_of(values.values(), dry_run=dry_run)
    known = {
        place.p_number: place
        for place in Workplace.objects.filter(p_number__in=values).select_related(
            "company", "industry"
        )
    }
    decided, people = decisions(known.values()), people_at(known.values())
    new, changed, contacts = [], [], []
    for number, said in values.items():
        place = known.get(number)
        contact = new_contact(said, people.get(place.pk, {}) if place else {})
        if place is None:
            place = Workplace(p_number=number, company=companies[said["cvr_number"]])
            take_over(place, said, industries, frozenset())
            new.append(place)
        elif take_over(place, said, industries, decided[place.pk]) or contact:
            changed.append(place)
        if contact:
            contact.workplace = place
            contacts.append(contact)
    if not dry_run:
        save_rows(new, changed, contacts)
    unchanged = len(rows) - len(new) - len(changed)
    return Counter(created=len(new), updated=len(changed), unchanged=unchanged)


def industries_of(
    values: Iterable[dict[str, Any]], *, dry_run: bool
) -> dict[tuple[str, str], Industry]:
    """The lines of business that are named, by code list and code; unknown ones are made."""
    named = {said["industry"][:2]: said["industry"] for said in values if "industry" in said}
    found = Industry.objects.filter(code__in={code for _system, code in named})
    known = {(row.system, row.code): row for row in found}
    missing = {key: Industry(system=s, code=c, text=t) for key, (s, c, t) in named.items()}
    missing = {key: row for key, row in missing.items() if key not in known}
    if not dry_run:
        Industry.objects.bulk_create(missing.values())
    return known | missing


def companies_of(values: Iterable[dict[str, Any]], *, dry_run: bool) -> dict[str, Company]:
    """The companies that are named, by CVR number; those not yet known are made."""
    names: dict[str, str] = {}
    for said in values:
        names.setdefault(said["cvr_number"], said.get("company_name", said["name"]))
    known = {row.cvr_number: row for row in Company.objects.filter(cvr_number__in=names)}
    missing = {
        number: Company(cvr_number=number, name=name)
        for number, name in names.items()
        if number not in known
    }
    if not dry_run:
        Company.objects.bulk_create(missing.values())
    return known | missing


def decisions(places: Iterable[Workplace]) -> dict[int, frozenset[str]]:
    """Which of owner and level people have settled for each workplace, be it by taking it away."""
    keys = {str(place.pk): place.pk for place in places}
    events = Event.objects.filter(
        object_type=Workplace._meta.label_lower,
        object_id__in=keys,
        action__in=["owner_changed", "level_changed"],
    )
    settled: dict[int, set[str]] = {pk: set() for pk in keys.values()}
    for key, action in events.values_list("object_id", "action").order_by():
        settled[keys[key]].add(action.removesuffix("_changed"))
    return {pk: frozenset(names) for pk, names in settled.items()}


def people_at(places: Iterable[Workplace]) -> dict[int, dict[str, bool]]:
    """Contact persons of each workplace by folded name, and whether they still work there."""
    people: dict[int, dict[str, bool]] = {}
    rows = ContactPerson.objects.filter(workplace__in=list(places)).order_by("pk")
    for pk, name, left_on in rows.values_list("workplace_id", "name", "left_on"):
        people.setdefault(pk, {})[fold(name)] = left_on is None
    return people


def new_contact(said: dict[str, Any], people: dict[str, bool]) -> ContactPerson | None:
    """The contact person of a row, if nobody is known there and they have not left."""
    name = said.get("contact_name", "")
    if not name or any(people.values()) or fold(name) in people:
        return None
    details = {part: said.get(f"contact_{part}", "") for part in CONTACT}
    return ContactPerson(**details, is_main=True)


def take_over(
    place: Workplace,
    said: dict[str, Any],
    industries: dict[tuple[str, str], Industry],
    decided: frozenset[str],
) -> bool:
    """Put what a row says on `place`; whether that changed anything."""
    new: dict[str, Any] = {name: said[name] for name in COPIED if name in said}
    if "industry" in said:
        new["industry"] = industries[said["industry"][:2]]
    if known_to_register(place):
        new = {name: value for name, value in new.items() if not getattr(place, name)}
    if any(name in said for name in SIZE) and not (known_to_register(place) and place.size_band):
        new |= {name: said.get(name) for name in SIZE}
    if place.owner_id is None and "owner" not in decided and said.get("owner"):
        new |= {"owner": said["owner"], "owner_since": timezone.localdate()}
    if place.level == RelationshipLevel.PASSIVE and "level" not in decided and "level" in said:
        new["level"] = said["level"]
    differing = {name: value for name, value in new.items() if getattr(place, name) != value}
    for name, value in differing.items():
        setattr(place, name, value)
    return bool(differing)


def known_to_register(place: Workplace) -> bool:
    """Whether the register has told about it; a list says nothing of these."""
    return bool(place.started_on or place.employment_month or place.register_status)


def save_rows(
    new: Sequence[Workplace], changed: Sequence[Workplace], contacts: Sequence[ContactPerson]
) -> None:
    """Write the rows, with search texts that hold the contact persons' names."""
    words = words_of_contacts(place.pk for place in changed)
    met = {contact.workplace.p_number: contact.words for contact in contacts}
    now = timezone.now()
    for place in [*new, *changed]:
        before = words[place.pk] if place.pk else []
        place.refresh_derived([*before, *filter(None, [met.get(place.p_number)])])
        place.updated_at = now
    Workplace.objects.bulk_create(new)
    Workplace.objects.bulk_update(changed, WRITTEN, batch_size=100)
    ContactPerson.objects.bulk_create(contacts)


@transaction.atomic
def record_table(*, path: Path, report: TableReport, by: User | None) -> None:
    """One line in the audit trail for the whole import."""
    counts = report.as_dict()
    del counts["reasons"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    record("workplaces_imported", by=by, changes={"file": path.name, "sha256": digest, **counts})

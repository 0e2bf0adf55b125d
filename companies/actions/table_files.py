"""Reads tables that people send: CSV however it is written, and XLSX; every cell as text."""

import codecs
import csv
import io
import re
import warnings
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from companies.enums import TableFault
from companies.rules import fields_of

MOST_ROWS = 100_000  # Denmark's largest municipality has fewer workplaces
MOST_COLUMNS = 200
MOST_UNPACKED = 100_000_000
MOST_PARTS = 1000
LAST_SHEET_ROW = 1_048_576
LONGEST_CELL_LINES = 20  # of a quoted cell with line breaks
DELIMITERS = (";", ",", "\t")
HEADER_WITHIN = 10
CHUNK = 1 << 20
MERGED = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,100}?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"'
)
FORMULA = re.compile(rb"<(?:\w{1,20}:)?f[\s/>]")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, DefusedXmlException, KeyError,
    ValueError, TypeError, AttributeError, IndexError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


class TableError(Exception):
    """A file that cannot be read as a table, in one sentence for people."""


@dataclass
class Line:
    """A row of a table; `fault` where it cannot be read, `column` where that is known."""

    number: int
    cells: Sequence[str]
    fault: TableFault | None = None
    column: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return self.fault is None and not any(cell.strip() for cell in self.cells)


@dataclass
class Table:
    """What a file holds: the header, the rows below it, and what people should know."""

    header: Line
    lines: list[Line]
    notes: list[str] = field(default_factory=list)


def read_table(path: Path) -> Table:
    """The table in `path`, whatever its extension; raises TableError when there is none."""
    data = read_bytes(path)
    notes: list[str] = []
    if data.startswith(b"PK\x03\x04"):
        lines = workbook_lines(data, notes)
    elif data.startswith(OLD_EXCEL):
        raise TableError(_("This is an old or locked Excel file. Save it as .xlsx or CSV."))
    else:
        lines = text_lines(data)
    return with_header(lines, notes)


def read_bytes(path: Path) -> bytes:
    """The file's content; a missing, closed, empty or huge one is one sentence."""
    name = {"file": path.name}
    most = settings.IMPORT_MAX_BYTES
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except FileNotFoundError as error:
        raise TableError(_("%(file)s does not exist.") % name) from error
    except (OSError, ValueError) as error:
        raise TableError(_("%(file)s cannot be read.") % name) from error
    if len(data) > most:
        raise TableError(_("The file is larger than %(n)d MB.") % {"n": most // 1_000_000})
    if not data.strip(b" \t\r\n\0\xff\xfe\xef\xbb\xbf"):
        raise TableError(_("%(file)s is empty.") % name)
    return data


def with_header(lines: list[Line], notes: list[str]) -> Table:
    """Header and rows apart: the header is the first row, of ten, with two known names."""
    filled = [line for line in lines if not line.is_empty]
    if len(filled) > MOST_ROWS:
        raise TableError(_("The table has more than %(n)d rows.") % {"n": MOST_ROWS})
    if not filled:
        raise TableError(_("The table is empty."))
    known = (line for line in filled[:HEADER_WITHIN] if len(fields_of(line.cells)) >= 2)
    header = next(known, filled[0])
    if not fields_of(header.cells):
        text = _("No header is found. The first row must name CVR number, P-number and name.")
        raise TableError(text)
    return Table(header, [line for line in filled if line.number > header.number], notes)


def text_lines(data: bytes) -> list[Line]:
    """The rows of a CSV file, numbered as a spreadsheet shows them."""
    lines = decoded(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_ROWS * 2:
        raise TableError(_("The table has more than %(n)d rows.") % {"n": MOST_ROWS})
    said = re.fullmatch(r"sep=(.)", lines[0].strip(" "), flags=re.IGNORECASE)
    delimiter = said[1] if said else delimiter_of(lines)
    found: list[Line] = []
    at = 0
    while at < len(lines):
        cells, used = record(lines, at, delimiter)
        line = Line(len(found) + 1, cells or ())
        if cells is None:
            line.fault, line.column = TableFault.UNCLOSED, sound_cells(lines[at], delimiter)
        found.append(line)
        at += used
    if said:
        found[0].cells = ()
    return found


def decoded(data: bytes) -> str:
    """Text in UTF-8, UTF-16 (with or without its mark) or, when it is neither, Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif b"\0" in data[:2000]:
        encodings = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError(_("The file is no table: save it as CSV in UTF-8, or as .xlsx."))


def delimiter_of(lines: list[str]) -> str:
    """The sign between cells: the one that makes most known headers, else most cells."""
    head = [line for line in lines[: HEADER_WITHIN * 2] if line.strip()][:HEADER_WITHIN]

    def worth(delimiter: str) -> tuple[int, int]:
        rows = [record([line], 0, delimiter)[0] or [] for line in head]
        return max(len(fields_of(row)) for row in rows), max(len(row) for row in rows)

    return max(DELIMITERS, key=worth) if head else DELIMITERS[0]


def record(lines: list[str], at: int, delimiter: str) -> tuple[list[str] | None, int]:
    """The cells that begin in line `at`, and how many lines they take.

    A quoted cell may hold line breaks. Where a quotation mark stands wrong the cells are None and
    the next line is read on its own, so one slip does not swallow the rest of the file.
    """
    if '"' not in lines[at]:
        return lines[at].split(delimiter), 1
    for used in range(1, LONGEST_CELL_LINES + 1):
        block = [f"{line}\n" for line in lines[at : at + used]]
        try:
            return next(csv.reader(block, delimiter=delimiter, strict=True)), used
        except csv.Error as error:
            if len(block) < used or str(error) != "unexpected end of data":
                break
    return None, 1


def sound_cells(line: str, delimiter: str) -> int:
    """How many cells of a line can be read before the one whose quotation marks are wrong."""
    pieces = line.split(delimiter)[:MOST_COLUMNS]
    sound = 0
    for end in range(1, len(pieces)):
        cells, _used = record([delimiter.join(pieces[:end])], 0, delimiter)
        sound = len(cells) if cells else sound
    return sound


def workbook_lines(data: bytes, notes: list[str]) -> list[Line]:
    """The rows of a workbook's first visible sheet that is not empty; values, no formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not know does not matter here
            refuse_bombs(archive)
            return sheet_lines(data, archive, notes)
    except UNREADABLE as error:
        raise TableError(_("The workbook is damaged, locked or no workbook.")) from error


def refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to more than we can hold, and parts that define entities."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise TableError(_("The workbook is too large. Keep one sheet with the workplaces only."))
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(4096).replace(b"\0", b"")
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise TableError(_("The workbook is damaged, locked or no workbook."))


def sheet_lines(data: bytes, archive: zipfile.ZipFile, notes: list[str]) -> list[Line]:
    """Rows of the first visible sheet with content; other visible sheets are named in a note."""
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    visible = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    for sheet in visible:
        merged, has_formulas = look_into(archive, sheet)
        lines = [Line(number, cells) for number, cells in rows_of(sheet)]
        if not any(not line.is_empty for line in lines):
            continue
        if has_formulas:
            mark_formulas(data, sheet.title, lines)
        mark_merged(lines, merged)
        if len(visible) > 1:
            notes.append(_("Only the sheet “%(name)s” is read.") % {"name": sheet.title})
        return lines
    raise TableError(_("The workbook has no visible sheet with anything in it."))


def rows_of(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of each row that holds something."""
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    found = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), 1):
        if number > LAST_SHEET_ROW or found > MOST_ROWS:
            raise TableError(_("The table has more than %(n)d rows.") % {"n": MOST_ROWS})
        if not any(value is not None for value in row):
            continue
        if row[-1] is not None:
            raise TableError(_("The table has more than %(n)d columns.") % {"n": MOST_COLUMNS})
        found += 1
        cells = [cell_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


def cell_text(value: object) -> str:
    """A cell's value as text; a whole number without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def look_into(archive: zipfile.ZipFile, sheet: Any) -> tuple[list[tuple[int, ...]], bool]:
    """Merged ranges (first column, first row, last column, last row), and if there are formulas.

    A sheet that is read as a stream does not tell, so its part is searched.
    """
    merged: set[bytes] = set()
    has_formulas, tail = False, b""
    with archive.open(sheet._worksheet_path) as part:  # noqa: SLF001 - named nowhere else
        while chunk := part.read(CHUNK):
            window = tail + chunk
            merged.update(MERGED.findall(window))
            has_formulas = has_formulas or bool(FORMULA.search(window))
            tail = window[-200:]
    return [range_boundaries(found.decode()) for found in sorted(merged)], has_formulas


def mark_formulas(data: bytes, title: str, lines: list[Line]) -> None:
    """Put "=" where a formula stands whose result was never saved."""
    workbook = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    formulas = dict(rows_of(workbook[title]))
    for line in lines:
        written = formulas.get(line.number, [])
        cells = list(line.cells) + [""] * (len(written) - len(line.cells))
        for at, formula in enumerate(written):
            if formula and not cells[at]:
                cells[at] = "="
        line.cells = cells


def mark_merged(lines: list[Line], merged: list[tuple[int, ...]]) -> None:
    """Fault the rows that a merged range covers: only one of its cells has the value."""
    at = 0
    for left, top, _right, bottom in sorted(merged, key=lambda found: (found[1], found[0])):
        at = max(at, bisect_left(lines, top, key=lambda line: line.number))
        while at < len(lines) and lines[at].number <= bottom:
            lines[at].fault, lines[at].column = TableFault.MERGED, left - 1
            at += 1

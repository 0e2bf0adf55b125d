"""Tables of workplaces as files, and the command that brings them in."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

HEADER = "CVR-nummer;P-nummer;Navn"
GOOD = "99000023;1900000101;Engens Bageri"
OTHER = "99000031;1900000102;Solvejs Værksted"
COUNTS = ("created", "updated", "unchanged", "rejected", "skipped")
Run = Callable[..., tuple[dict[str, Any], bool]]


def runner(folder: Path) -> Run:
    """Writes a file and imports it; gives the JSON and whether the exit code was 0."""

    def run(content, *flags, name="liste.csv"):
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        out = io.StringIO()
        accepted = True
        try:
            call_command(
                "import_workplaces", str(path), "--json", *flags, stdout=out, stderr=io.StringIO()
            )
        except CommandError:
            accepted = False
        report = json.loads(out.getvalue())
        assert sum(report[name] for name in COUNTS) == report["read"]
        return report, accepted

    return run


def lines(*rows: str) -> str:
    return "\r\n".join([*rows, ""])


def workbook(*sheets, merge="", hide=(), formula=None) -> bytes:
    """An XLSX with these sheets of rows."""
    book = Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Ark{at + 1}")
        for row in rows:
            sheet.append(row)
        if at in hide:
            sheet.sheet_state = "hidden"
        if merge:
            sheet.merge_cells(merge)
        if formula:
            sheet[formula] = '="Engens" & " Bageri"'
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, part: str, change) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()

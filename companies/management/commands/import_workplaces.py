"""Brings a job centre's own list of workplaces in."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from companies.actions import TableError, TableReport, import_workplaces

COUNTS = ("read", "created", "updated", "unchanged", "rejected", "skipped")


class Command(BaseCommand):
    """Run by operations when a job centre moves in with its old lists, or gets a new one."""

    help = (
        "Bring workplaces in from a table: CSV (; , or tab; UTF-8, UTF-16 or Windows-1252) or "
        "XLSX, with Danish or English headers. CVR number, P-number and name are mandatory. "
        "Firms not yet known are created. What the list says of owner, level and contact person "
        "only fills gaps and never replaces what people entered; facts that came from the CVR "
        "register are kept. One faulty row refuses the whole file and nothing is written, unless "
        "--skip-faulty. Running it again changes nothing. Exit code 0 only when the whole file "
        "was accepted, or with --dry-run would be."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and what to do with it."""
        parser.add_argument("file", metavar="FILE", help="a table in CSV or XLSX")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only report")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--skip-faulty", action="store_true", help="bring the rows without faults in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, print counts and faults; exit 1 unless the whole file was accepted."""
        try:
            report = import_workplaces(
                path=Path(options["file"]),
                by=None,
                dry_run=options["dry_run"],
                skip_faulty=options["skip_faulty"],
            )
        except TableError as error:
            if options["json"]:
                reason = {"row": 0, "column": "", "reason": str(error)}
                self.print_json(dict.fromkeys(COUNTS, 0) | {"reasons": [reason]})
            raise CommandError(str(error)) from error
        for note in report.notes:
            self.stderr.write(note)
        if options["json"]:
            self.print_json(report.as_dict())
        else:
            self.print_report(report, dry_run=options["dry_run"])
        if report.reasons:
            raise CommandError(verdict(report, skip_faulty=options["skip_faulty"]))

    def print_json(self, values: dict[str, Any]) -> None:
        """One object on standard output."""
        self.stdout.write(json.dumps(values, ensure_ascii=False))

    def print_report(self, report: TableReport, *, dry_run: bool) -> None:
        """The counts on one line, then each fault on its own."""
        text = _(
            "%(read)s rows read: %(created)s created, %(updated)s updated, "
            "%(unchanged)s unchanged, %(rejected)s rejected."
        )
        self.stdout.write(text % report.as_dict())
        for reason in report.reasons:
            line = _("Row %(row)s, column %(column)s: %(reason)s")
            parts = {"row": reason.row, "column": reason.column, "reason": reason.reason}
            self.stdout.write(line % parts)
        if dry_run:
            self.stdout.write(_("Nothing was written."))


def verdict(report: TableReport, *, skip_faulty: bool) -> str:
    """Why the exit code is 1, in a sentence."""
    if not report.faulty:
        return _("The header must be mended before the file can be used.")
    if skip_faulty:
        text = ngettext(
            "%(n)s faulty row was left out.", "%(n)s faulty rows were left out.", report.faulty
        )
    else:
        text = ngettext(
            "The file has %(n)s faulty row and is refused whole.",
            "The file has %(n)s faulty rows and is refused whole.",
            report.faulty,
        )
    return text % {"n": report.faulty}

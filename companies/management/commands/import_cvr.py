"""Brings deliveries of the Central Business Register in."""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from companies.actions import import_cvr
from companies.actions.delivery_files import DeliveryError, Progress, spooled
from companies.actions.importing import ImportReport, quiet


class Command(BaseCommand):
    """Run by operations when a delivery has come, by hand or every night."""

    help = (
        "Bring companies and production units in from deliveries of the CVR register: an "
        "ElasticSearch answer, a JSON array or one document a line, plain or packed with gzip. "
        "What people entered is kept; running it again changes nothing. A refused document never "
        "stops the rest; exit code 1 when a file cannot be read, or not to its end."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which files, and what to print."""
        parser.add_argument("files", nargs="+", metavar="FILE", help="a delivery; - reads a pipe")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only report")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, print counts and refusals."""
        with tempfile.TemporaryDirectory() as folder, progress_bar() as progress:
            paths = [
                spooled(sys.stdin.buffer, Path(folder)) if name == "-" else Path(name)
                for name in options["files"]
            ]
            try:
                report = import_cvr(
                    paths=paths, by=None, dry_run=options["dry_run"], progress=progress
                )
            except DeliveryError as error:
                raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.print_report(report, dry_run=options["dry_run"])
        if report.broken:
            text = _("%(files)s cannot be read to the end; the documents before that are counted.")
            raise CommandError(text % {"files": ", ".join(report.broken)})

    def print_report(self, report: ImportReport, *, dry_run: bool) -> None:
        """The counts on one line, then each refused document on its own."""
        text = _(
            "%(read)s documents read: %(created)s created, %(updated)s updated, "
            "%(unchanged)s unchanged, %(rejected)s rejected, %(skipped)s of other kinds."
        )
        self.stdout.write(text % report.as_dict())
        for reason in report.reasons:
            line = _("Document %(document)s, number %(number)s: %(reason)s")
            parts = {
                "document": reason.document,
                "number": reason.number or "-",
                "reason": reason.reason,
            }
            self.stdout.write(line % parts)
        if dry_run:
            self.stdout.write(_("Nothing was written."))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on a terminal, one for reading and one for writing; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield quiet
        return
    bars: dict[str, Any] = {}

    def show(phase: str, done: int, total: int) -> None:
        if phase not in bars:
            label = _("Reading") if phase == "read" else _("Writing")
            scaled = phase == "read"
            bars[phase] = tqdm(
                total=total, desc=label, unit="B" if scaled else "", unit_scale=scaled
            )
        bars[phase].total = total
        bars[phase].update(done - bars[phase].n)

    try:
        yield show
    finally:
        for bar in bars.values():
            bar.close()

"""`manage.py agreement_pdf`: the paper of an agreement as a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import Organisation
from partnerships.documents import agreement_pdf, paper_from_agreement
from partnerships.enums import Language, Paper
from partnerships.models import Agreement


class Command(BaseCommand):
    """Writes the same bytes as the browser gets."""

    help = "Writes an agreement's paper to a PDF. For whoever prints or archives; changes nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The agreement, the file and which paper."""
        parser.add_argument("agreement", help="id or number, such as 2026-014")
        parser.add_argument("--output", required=True, help="the file to write")
        parser.add_argument("--paper", choices=Paper.values, default=Paper.A4.value)
        parser.add_argument("--language", choices=Language.values, help="default: the agreement's")
        parser.add_argument("--full", action="store_true", help="with the annex")

    def handle(self, *args: Any, **options: Any) -> None:
        """Find, draw, write."""
        agreement = self.find(options["agreement"])
        content = paper_from_agreement(
            agreement,
            language=options["language"] or agreement.language,
            paper=options["paper"],
            full=options["full"],
        )
        self.write(Path(options["output"]), agreement_pdf(content))

    def find(self, wanted: str) -> Agreement:
        """The agreement with this number or id."""
        agreements = Agreement.objects.select_related("company", "workplace", "template", "owner")
        found = agreements.filter(number=wanted).first()
        if found is None and wanted.isascii() and wanted.isdigit():
            found = agreements.filter(pk=int(wanted)).first()
        if found is None:
            raise CommandError(f"There is no agreement {wanted}.")
        if not Organisation.objects.exists():
            raise CommandError("The organisation has no name yet. Fill in the settings first.")
        return found

    def write(self, path: Path, pdf: bytes) -> None:
        """To the file, and nothing left behind when it cannot be written."""
        try:
            path.write_bytes(pdf)
        except OSError as error:
            raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
        self.stdout.write(f"{path}: {len(pdf)} bytes")

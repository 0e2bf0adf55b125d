"""Deliveries that come in through the browser: received with a preview, carried out or not."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import record
from accounts.models import User
from companies.actions.delivery_files import DeliveryError
from companies.actions.importing import ImportReport, import_cvr
from companies.enums import ImportStatus
from companies.models import CvrImport
from companies.rules import text

# A packed delivery is about a tenth of itself; what grows much more is no delivery.
UNPACKED_TIMES = 20


def receive_delivery(*, upload: UploadedFile, by: User) -> CvrImport:
    """Keep an uploaded delivery together with what it would do.

    Raises DeliveryError, and keeps nothing, when it is no delivery.
    """
    path = default_storage.save(f"imports/{uuid4()}/{safe_name(upload.name)}", upload)
    try:
        preview = run(path, by=by, dry_run=True)
        return keep_delivery(path=path, file_name=upload.name or "", preview=preview, by=by)
    except BaseException:
        throw_file_away(path)
        raise


@transaction.atomic
def keep_delivery(*, path: str, file_name: str, preview: ImportReport, by: User) -> CvrImport:
    """The row that stands for an uploaded file and its preview."""
    delivery = CvrImport.objects.create(
        file=path,
        file_name=text(file_name, 200) or Path(path).name,
        status=ImportStatus.PREVIEWED,
        preview=stored(preview),
        uploaded_by=by,
    )
    record("import_received", by=by, on=delivery)
    return delivery


def carry_out_delivery(*, delivery: CvrImport, by: User) -> CvrImport:
    """Import a received delivery; one that is finished stays as it is.

    The import commits batch by batch, so that nobody waits for a large one; the row is claimed
    first, so that two presses of the button import once. Raises DeliveryError when somebody else
    carries it out, or when the file is gone.
    """
    claimed = claim_delivery(delivery=delivery, by=by)
    if claimed.status == ImportStatus.DONE:
        return claimed
    try:
        report = run(str(claimed.file.name), by=by, dry_run=False)
    except BaseException:
        give_back_delivery(delivery=claimed, by=by)
        raise
    return finish_delivery(delivery=claimed, status=ImportStatus.DONE, report=report, by=by)


@transaction.atomic
def claim_delivery(*, delivery: CvrImport, by: User) -> CvrImport:
    """The delivery as being carried out by this caller alone, or as it is when it is done."""
    row, now = CvrImport.objects.select_for_update().get(pk=delivery.pk), timezone.now()
    if row.status == ImportStatus.DONE:
        return row
    if row.is_running(now):
        raise DeliveryError(_("The import is running already. Look again in a few minutes."))
    if not row.may_run(now) or not row.file.name or not default_storage.exists(row.file.name):
        raise DeliveryError(_("The file is no longer here. Upload it again."))
    row.status, row.started_at = ImportStatus.RUNNING, now
    row.save(update_fields=["status", "started_at", "updated_at"])
    record("import_claimed", by=by, on=row)
    return row


@transaction.atomic
def give_back_delivery(*, delivery: CvrImport, by: User) -> CvrImport:
    """A run that failed leaves the delivery waiting, unless somebody has begun anew."""
    row = CvrImport.objects.select_for_update().get(pk=delivery.pk)
    if row.status == ImportStatus.RUNNING and row.started_at == delivery.started_at:
        row.status = ImportStatus.PREVIEWED
        row.save(update_fields=["status", "updated_at"])
        record("import_failed", by=by, on=row)
    return row


@transaction.atomic
def discard_delivery(*, delivery: CvrImport, by: User) -> CvrImport:
    """Throw a received delivery away; one that is finished stays as it is.

    Raises DeliveryError while it is being carried out.
    """
    row = CvrImport.objects.select_for_update().get(pk=delivery.pk)
    if row.status == ImportStatus.RUNNING:
        text = _("The import is running, so the file cannot be thrown away.")
        if not row.is_running(timezone.now()):
            text = _("The import broke off halfway. Carry it out again.")
        raise DeliveryError(text)
    return finish_delivery(delivery=row, status=ImportStatus.DISCARDED, report=None, by=by)


@transaction.atomic
def finish_delivery(
    *, delivery: CvrImport, status: ImportStatus, report: ImportReport | None, by: User
) -> CvrImport:
    """Close a delivery once, with its result; the file goes, its facts are in the database."""
    row = CvrImport.objects.select_for_update().get(pk=delivery.pk)
    if row.status not in {ImportStatus.PREVIEWED, ImportStatus.RUNNING}:
        return row
    path = row.file.name
    row.status, row.file, row.result = status, "", stored(report) if report else {}
    row.done_at = timezone.now()
    row.save(update_fields=["status", "file", "result", "done_at", "updated_at"])
    record("import_carried_out" if report else "import_discarded", by=by, on=row)
    if path:
        transaction.on_commit(lambda: throw_file_away(path))
    return row


def run(path: str, *, by: User, dry_run: bool) -> ImportReport:
    """Import the stored file, or see what that would do."""
    most = UNPACKED_TIMES * settings.IMPORT_MAX_BYTES
    paths = [Path(default_storage.path(path))]
    return import_cvr(paths=paths, by=by, dry_run=dry_run, most_bytes=most)


def stored(report: ImportReport) -> dict[str, Any]:
    """A report as JSON in the database."""
    return {**asdict(report), "broken": bool(report.broken)}


def safe_name(name: str | None) -> str:
    """A file name that is one on any disk, still recognisable in a message."""
    return re.sub(r"[^A-Za-z0-9ÆØÅæøå._-]", "_", name or "")[-40:].lstrip("._-") or "delivery"


def throw_file_away(path: str) -> None:
    """Delete an uploaded file and its folder."""
    default_storage.delete(path)
    default_storage.delete(str(Path(path).parent))

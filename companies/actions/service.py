"""What changes the record of service given and the time it took."""

import uuid
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.actions import record
from accounts.models import User
from companies.models import ServiceEntry, Workplace


@transaction.atomic
def note_service(
    *,
    workplace: Workplace,
    by: User,
    kind: str,
    on: date,
    minutes: int,
    note: str = "",
    submission: uuid.UUID | None = None,
) -> ServiceEntry:
    """What `by` did for the workplace; the form sent twice with one `submission` makes one row."""
    entry, created = ServiceEntry.objects.get_or_create(
        submission=submission or uuid.uuid4(),
        defaults={
            "workplace": workplace,
            "user": by,
            "kind": kind,
            "on": on,
            "minutes": minutes,
            "note": note,
        },
    )
    if created:
        changes = {"kind": kind, "on": on.isoformat(), "minutes": minutes}
        record("service_noted", by=by, on=workplace, changes=changes)
    return entry


@transaction.atomic
def remove_service(*, entry: ServiceEntry, by: User) -> ServiceEntry:
    """Delete, so that it can be undone."""
    if entry.removed_at is None:
        entry.removed_at = timezone.now()
        entry.save(update_fields=["removed_at", "updated_at"])
        changes = {"kind": entry.kind, "on": entry.on.isoformat(), "minutes": entry.minutes}
        record("service_removed", by=by, on=entry.workplace, changes=changes)
    return entry


@transaction.atomic
def restore_service(*, entry: ServiceEntry, by: User) -> ServiceEntry:
    """Undo of `remove_service`."""
    if entry.removed_at is not None:
        entry.removed_at = None
        entry.save(update_fields=["removed_at", "updated_at"])
        record("service_restored", by=by, on=entry.workplace, changes={"kind": entry.kind})
    return entry

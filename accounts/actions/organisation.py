"""What changes the organisation."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction

from accounts.actions.trail import record
from accounts.models import OpeningHours, Organisation, User

Hours = Mapping[int, tuple[time, time]]  # by weekday: opens, closes; a day left out is closed


@transaction.atomic
def save_organisation(*, organisation: Organisation, by: User, changes: Mapping[str, Any]) -> None:
    """Save the organisation's own facts as edited by an administrator."""
    organisation.save()
    record("organisation_changed", by=by, on=organisation, changes=changes)


@transaction.atomic
def save_opening_hours(*, hours: Hours, by: User) -> bool:
    """Make `hours` the opening hours of the week; an event, and true, when that changes them."""
    before = {str(row.weekday): str(row) for row in OpeningHours.objects.all()}
    OpeningHours.objects.exclude(weekday__in=hours).delete()
    for weekday, (opens_at, closes_at) in hours.items():
        OpeningHours.objects.update_or_create(
            weekday=weekday, defaults={"opens_at": opens_at, "closes_at": closes_at}
        )
    after = {str(row.weekday): str(row) for row in OpeningHours.objects.all()}
    if before == after:
        return False
    changes = {"hours": ["; ".join(before.values()), "; ".join(after.values())]}
    record("opening_hours_changed", by=by, on=Organisation.objects.current(), changes=changes)
    return True


@transaction.atomic
def save_operations(
    *, organisation: Organisation, hours: Hours, by: User, changes: Mapping[str, Any]
) -> None:
    """How the organisation works: opening hours, deadlines, cadence; events of what changed."""
    save_opening_hours(hours=hours, by=by)
    if changes:
        save_organisation(organisation=organisation, by=by, changes=changes)

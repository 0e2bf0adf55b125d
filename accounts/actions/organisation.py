"""What changes the organisation."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions.trail import record
from accounts.models import Organisation, User


@transaction.atomic
def save_organisation(*, organisation: Organisation, by: User, changes: Mapping[str, Any]) -> None:
    """Save the organisation's own facts as edited by an administrator."""
    organisation.save()
    record("organisation_changed", by=by, on=organisation, changes=changes)

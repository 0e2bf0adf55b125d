"""The secret address of a user's calendar: made, renewed, stopped."""

import secrets

from django.db import transaction

from accounts.actions.trail import record
from accounts.enums import Deed
from accounts.models import User
from accounts.rules import fingerprint


@transaction.atomic
def make_calendar_address(*, by: User) -> str:
    """A new secret for `by`'s calendar, 256 bits; an older one stops working.

    Only its fingerprint is stored, so it can be shown this once.
    """
    secret = secrets.token_urlsafe(32)
    by.calendar_key = fingerprint(secret)
    by.save(update_fields=["calendar_key"])
    record(Deed.CALENDAR_STARTED, by=by, on=by)
    return secret


@transaction.atomic
def stop_calendar(*, by: User) -> None:
    """Close `by`'s calendar: its address answers no more."""
    by.calendar_key = ""
    by.save(update_fields=["calendar_key"])
    record(Deed.CALENDAR_STOPPED, by=by, on=by)

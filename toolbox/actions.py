"""Everything that writes the bag: new instruments, new wordings, the last day of old ones."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accounts.actions import record
from accounts.models import User
from toolbox.models import Instrument

WORDING = (
    "name_da", "name_en", "what_da", "what_en", "duration_da", "duration_en", "pays_da", "pays_en",
    "basis", "confidence", "order",
)  # fmt: skip


@transaction.atomic
def add_instrument(*, said: Mapping[str, Any], by: User) -> Instrument:
    """A new instrument or an offer of our own, from the day it says."""
    instrument = Instrument.objects.create(
        **{name: said[name] for name in (*WORDING, "code", "valid_from")},
        checked_on=said["valid_from"],
    )
    record("instrument_added", by=by, on=instrument, changes={"code": instrument.code})
    return instrument


@transaction.atomic
def revise_instrument(
    *, instrument: Instrument, said: Mapping[str, Any], on: date, by: User
) -> Instrument | None:
    """The wording from `on`: a new row, with the old one ended the day before.

    One that nobody can have used yet, because it begins on `on` or later, is written over.
    Nothing when a later wording has come in between: two would be valid at once.
    """
    now = locked(instrument)
    if now.has_ended(on) or now.reaches(Instrument.objects.after(now).first(), now.valid_to):
        return None
    words = {name: said[name] for name in WORDING}
    if now.has_begun(on):
        now.valid_to, until = on - timedelta(days=1), now.valid_to
        now.save(update_fields=["valid_to"])
        revised = Instrument.objects.create(
            code=now.code, valid_from=on, valid_to=until, checked_on=on, **words
        )
    else:
        Instrument.objects.filter(pk=now.pk).update(**words, checked_on=on)
        revised = Instrument.objects.get(pk=now.pk)
    changed = sorted(name for name in WORDING if getattr(now, name) != getattr(revised, name))
    changes = {"fields": changed, "valid_from": str(revised.valid_from)}
    record("instrument_revised", by=by, on=revised, changes=changes)
    return revised


def locked(instrument: Instrument) -> Instrument:
    """The instrument as it is now; all its wordings are held until the transaction ends."""
    held = Instrument.objects.select_for_update().filter(code=instrument.code).order_by("pk")
    return {row.pk: row for row in held}[instrument.pk]


@transaction.atomic
def end_instrument(*, instrument: Instrument, last_day: date | None, by: User) -> Instrument | None:
    """The instrument with its last day; without one it goes on (undo of ending it).

    Nothing when it would then be offered together with a later wording of its own.
    """
    instrument = locked(instrument)
    if instrument.reaches(Instrument.objects.after(instrument).first(), last_day):
        return None
    before = instrument.valid_to
    instrument.valid_to = last_day
    instrument.save(update_fields=["valid_to"])
    changes = {"valid_to": [str(day) if day else "" for day in (before, last_day)]}
    record(
        "instrument_ended" if last_day else "instrument_resumed",
        by=by,
        on=instrument,
        changes=changes,
    )
    return instrument


@transaction.atomic
def check_instrument(*, instrument: Instrument, checked_on: date | None, by: User) -> Instrument:
    """The wording was held against the rules on that day and stands."""
    before = instrument.checked_on
    instrument.checked_on = checked_on
    instrument.save(update_fields=["checked_on"])
    changes = {"checked_on": [str(day) if day else "" for day in (before, checked_on)]}
    record("instrument_checked", by=by, on=instrument, changes=changes)
    return instrument

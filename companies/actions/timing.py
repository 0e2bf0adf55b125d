"""What changes when and how we may come: visiting times, busy seasons, limits and pauses."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import changed_fields, record
from accounts.models import User
from companies.models import SeasonPeak, Workplace

SEASON_FIELDS = ("name", "from_week", "to_week", "lead_weeks", "note")
TERM_FIELDS = (
    "preferred_channel",
    "ask_whom",
    "places",
    "asks_a_month",
    "rest_weeks",
    "paused_until",
    "pause_reason",
)


@transaction.atomic
def add_season(
    *, workplace: Workplace, said: Mapping[str, Any], by: User, submission: uuid.UUID | None = None
) -> SeasonPeak:
    """A busy season of `workplace`; sent twice with the same `submission` it is one."""
    fields = {name: said[name] for name in SEASON_FIELDS}
    season, created = SeasonPeak.every.get_or_create(
        submission=submission or uuid.uuid4(), defaults={"workplace": workplace, **fields}
    )
    if created:
        record("season_added", by=by, on=workplace, changes=told(season))
    return season


@transaction.atomic
def edit_season(*, season: SeasonPeak, said: Mapping[str, Any], by: User) -> SeasonPeak:
    """`season` as said on its form."""
    for name in SEASON_FIELDS:
        setattr(season, name, said[name])
    season.save(update_fields=SEASON_FIELDS)
    record("season_edited", by=by, on=season.workplace, changes=told(season))
    return season


@transaction.atomic
def remove_season(*, season: SeasonPeak, by: User) -> SeasonPeak:
    """Delete, so that it can be undone."""
    if season.removed_at is None:
        season.removed_at = timezone.now()
        season.save(update_fields=["removed_at"])
        record("season_removed", by=by, on=season.workplace, changes=told(season))
    return season


@transaction.atomic
def restore_season(*, season: SeasonPeak, by: User) -> SeasonPeak:
    """Undo of `remove_season`."""
    if season.removed_at is not None:
        season.removed_at = None
        season.save(update_fields=["removed_at"])
        record("season_restored", by=by, on=season.workplace, changes=told(season))
    return season


def told(season: SeasonPeak) -> dict[str, Any]:
    """What the audit trail tells of a season: its name and weeks, not what was written about it."""
    return {"name": season.name, "weeks": [season.from_week, season.to_week]}


@transaction.atomic
def save_contact_terms(*, workplace: Workplace, said: Mapping[str, Any], by: User) -> Workplace:
    """How, whom and how often we may ask, and a pause, as said on one form."""
    before = Workplace.objects.get(pk=workplace.pk)
    fields = [name for name in TERM_FIELDS if name in said]
    for name in fields:
        setattr(workplace, name, said[name])
    changes = changed_fields(before, workplace, fields)
    if changes:
        workplace.save(update_fields=[*changes, "updated_at"])
        for text in {"ask_whom", "pause_reason"} & changes.keys():
            changes[text] = True  # that they changed is enough
        record("contact_terms_saved", by=by, on=workplace, changes=changes)
    return workplace


@transaction.atomic
def end_pause(*, workplace: Workplace, by: User) -> Workplace:
    """We may come again; the reason is kept, so that it can be undone."""
    until = workplace.paused_until
    if until is not None:
        workplace.paused_until = None
        workplace.save(update_fields=["paused_until", "updated_at"])
        record("pause_ended", by=by, on=workplace, changes={"until": until.isoformat()})
    return workplace


@transaction.atomic
def resume_pause(*, workplace: Workplace, until: date, by: User) -> Workplace:
    """Undo of `end_pause`; a pause that was agreed since stays."""
    if workplace.paused_until is None and workplace.pause_reason:
        workplace.paused_until = until
        workplace.save(update_fields=["paused_until", "updated_at"])
        record("pause_resumed", by=by, on=workplace, changes={"until": until.isoformat()})
    return workplace

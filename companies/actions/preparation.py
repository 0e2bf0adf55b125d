"""What is written before a visit, and where to look things up about an industry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import record
from accounts.models import User
from companies.models import IndustrySource, Preparation, Workplace

SOURCE_FIELDS = ("code_prefix", "name", "url", "note")


@transaction.atomic
def save_preparation(*, workplace: Workplace, said: Mapping[str, str], by: User) -> Preparation:
    """The sheet of the workplace with the notes in `said`; an empty one follows what is known."""
    Workplace.objects.select_for_update().get(pk=workplace.pk)  # two at once make one sheet
    sheet = Preparation.objects.filter(workplace=workplace).first()
    sheet = sheet or Preparation(workplace=workplace)
    changed = sorted(name for name, text in said.items() if getattr(sheet, name) != text)
    for name in changed:
        setattr(sheet, name, said[name])
    sheet.by = by
    sheet.save()
    record("preparation_saved", by=by, on=workplace, changes={"fields": changed})
    return sheet


@transaction.atomic
def save_source(
    *, source: IndustrySource | None, said: Mapping[str, Any], by: User
) -> IndustrySource:
    """A new source, or one with what was changed; a new address was looked at today."""
    source = source or IndustrySource()
    changed = [name for name in SOURCE_FIELDS if getattr(source, name) != said[name]]
    if "url" in changed:
        source.checked_on = timezone.localdate() if said["url"] else None
    for name in changed:
        setattr(source, name, said[name])
    source.save()
    record("source_saved", by=by, on=source, changes={"fields": changed})
    return source


@transaction.atomic
def check_source(*, source: IndustrySource, checked_on: date | None, by: User) -> IndustrySource:
    """Somebody opened the address on that day, and it still says what it should."""
    before = source.checked_on
    source.checked_on = checked_on
    source.save(update_fields=["checked_on"])
    days = [str(each) if each else "" for each in (before, checked_on)]
    record("source_checked", by=by, on=source, changes={"checked_on": days})
    return source


@transaction.atomic
def remove_source(*, source: IndustrySource, by: User) -> IndustrySource:
    """Take the source off the list."""
    source.removed_at = timezone.now()
    source.save(update_fields=["removed_at"])
    record("source_removed", by=by, on=source)
    return source


@transaction.atomic
def restore_source(*, source: IndustrySource, by: User) -> IndustrySource:
    """Undo of taking it off."""
    source.removed_at = None
    source.save(update_fields=["removed_at"])
    record("source_restored", by=by, on=source)
    return source

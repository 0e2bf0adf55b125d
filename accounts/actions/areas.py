"""What changes who sits with what."""

from collections.abc import Iterable

from django.db import transaction

from accounts.actions.trail import record
from accounts.models import Event, User, WorkingArea


@transaction.atomic
def add_working_areas(
    *, user: User, kind: str, texts: Iterable[str], by: User
) -> list[WorkingArea]:
    """The areas `user` sits with from now; one that stands there already is left as it is."""
    found = [
        WorkingArea.objects.get_or_create(user=user, kind=kind, text=text)
        for text in dict.fromkeys(texts)
    ]
    added = [area for area, new in found if new]
    for area in added:
        record("working_area_added", by=by, on=area, changes={"kind": area.kind, "user": user.pk})
    return added


@transaction.atomic
def remove_working_area(*, area: WorkingArea, by: User) -> Event:
    """Take an area off; the event knows enough to put it back."""
    changes = {"kind": area.kind, "text": area.text, "user": area.user_id}
    event = record("working_area_removed", by=by, on=area, changes=changes)
    area.delete()
    return event


@transaction.atomic
def restore_working_area(*, event: Event, by: User) -> list[WorkingArea]:
    """Undo of `remove_working_area`."""
    said = event.changes
    user = User.objects.get(pk=said["user"])
    return add_working_areas(user=user, kind=said["kind"], texts=[said["text"]], by=by)

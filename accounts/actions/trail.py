"""The one way to write the audit trail."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Event, EventChain, User
from accounts.rules import GENESIS, event_hash
from cabi_crm.ui.requests import request_id


@transaction.atomic
def record(
    action: str,
    *,
    by: User | None,
    on: models.Model | None = None,
    changes: Mapping[str, Any] | None = None,
    citizen_reference: str = "",
    purpose: str = "",
) -> Event:
    """Append one event to the audit trail, in the caller's transaction.

    `action` is a verb such as `visit_logged`; `changes` holds JSON values only. The chain's head
    is locked, so events of parallel requests come one after the other.
    """
    EventChain.objects.get_or_create(pk=1)
    head = EventChain.objects.select_for_update().get(pk=1)
    event = Event(
        at=timezone.now(),
        actor=by,
        actor_role=by.role if by else "",
        action=action,
        object_type=on._meta.label_lower if on else "",
        object_id=str(on.pk) if on else "",
        object_label=str(on)[:200] if on else "",
        citizen_reference=citizen_reference,
        purpose=purpose,
        changes=dict(changes or {}),
        request_id=request_id.get(),
        previous_hash=head.last_hash,
    )
    event.hash = event_hash(event.previous_hash, event.at, event_content(event))
    event.save(force_insert=True)
    head.length += 1
    head.last_hash = event.hash
    head.save(update_fields=["length", "last_hash"])
    return event


def event_content(event: Event) -> dict[str, object]:
    """What of an event its hash covers, besides its time and the previous hash."""
    names = (
        "actor_id actor_role action object_type object_id object_label citizen_reference purpose "
        "changes request_id"
    )
    return {name: getattr(event, name) for name in names.split()}


def broken_events() -> Iterator[str]:
    """What is wrong with the audit trail, one sentence a fault; nothing when it is whole."""
    # The head first: events that are added while we read come after it and are left for next time.
    head = EventChain.objects.filter(pk=1).first()
    expected = (head.length, head.last_hash) if head else (0, GENESIS)
    previous, length = GENESIS, 0
    events = Event.objects.order_by("pk")
    for event in events[: expected[0]].iterator(chunk_size=2000):
        if event.previous_hash != previous:
            yield f"Event {event.pk} does not follow the one before it."
        if event.hash != event_hash(event.previous_hash, event.at, event_content(event)):
            yield f"Event {event.pk} has been changed."
        previous, length = event.hash, length + 1
    if expected != (length, previous):
        yield f"The trail should end after {expected[0]} events; it ends after {length}."
    if head_unchanged(head) and Event.objects.count() > expected[0]:
        yield "There are events after the end of the trail."


def head_unchanged(head: EventChain | None) -> bool:
    """Whether no event has been added since `head` was read."""
    now = EventChain.objects.filter(pk=1).first()
    return (head and head.last_hash) == (now and now.last_hash)


def changed_fields(before: models.Model, after: models.Model, names: list[str]) -> dict[str, Any]:
    """Old and new value of each field in `names` that differs, as text, for an event."""
    return {
        name: [str(getattr(before, name) or ""), str(getattr(after, name) or "")]
        for name in names
        if getattr(before, name) != getattr(after, name)
    }

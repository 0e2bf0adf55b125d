"""What changes accounts, and the one way to write the audit trail."""

from collections.abc import Iterator, Mapping
from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.enums import NoticeKind, Role
from accounts.models import Event, EventChain, Notice, Organisation, Team, User
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


@transaction.atomic
def notify(*, recipient: User, kind: NoticeKind, subject: str, link: str) -> Notice:
    """Put a line on `recipient`'s home page."""
    return Notice.objects.create(recipient=recipient, kind=kind, subject=subject[:200], link=link)


@transaction.atomic
def dismiss_notice(*, notice: Notice, by: User) -> Notice:
    """Put a notice away; it stays in the database."""
    notice.seen_at = timezone.now()
    notice.save(update_fields=["seen_at"])
    record("notice_dismissed", by=by, on=notice)
    return notice


@transaction.atomic
def record_account_use(*, action: str, user: User | None, by_themselves: bool = True) -> Event:
    """An event about somebody's own account: log-in, log-out, password, second factor.

    `by_themselves` is false when we cannot know who it was, as after a wrong password.
    """
    return record(action, by=user if by_themselves else None, on=user)


@transaction.atomic
def choose_language(*, user: User, language: str) -> User:
    """Remember which language `user` reads."""
    user.language = language
    user.save(update_fields=["language"])
    record("language_chosen", by=user, on=user, changes={"language": language})
    return user


@transaction.atomic
def save_organisation(*, organisation: Organisation, by: User, changes: Mapping[str, Any]) -> None:
    """Save the organisation's own facts as edited by an administrator."""
    organisation.save()
    record("organisation_changed", by=by, on=organisation, changes=changes)


def invite(*, user: User, by: User, request: HttpRequest) -> None:
    """Mail a new colleague a link to choose a password; `request` says which address we have.

    Called when the user is safely stored: the mail goes out at once, outside any transaction.
    """
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
        record("user_invited", by=by, on=user)


class LastAdministratorError(Exception):
    """Without this user nobody could manage users any more."""


def keep_one_administrator(user: User) -> None:
    """Refuse that the last working administrator is closed or given another role."""
    others = User.objects.working().filter(role=Role.ADMINISTRATOR).exclude(pk=user.pk)
    still = user.is_active and user.role == Role.ADMINISTRATOR
    was = User.objects.working().filter(role=Role.ADMINISTRATOR, pk=user.pk).exists()
    if was and not still and not others.select_for_update().exists():
        raise LastAdministratorError


@transaction.atomic
def save_team(*, team: Team, by: User) -> Team:
    """Save a new or renamed team."""
    created = team.pk is None
    team.save()
    record("team_created" if created else "team_renamed", by=by, on=team)
    return team


@transaction.atomic
def save_user(*, user: User, by: User, changes: Mapping[str, Any]) -> User:
    """Save a new or edited user; rights take effect on the user's next request."""
    created = user.pk is None
    if not created:
        keep_one_administrator(user)
    if created:
        user.set_unusable_password()
    user.save()
    record("user_created" if created else "user_changed", by=by, on=user, changes=changes)
    return user

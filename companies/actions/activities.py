"""What changes activities: log, plan, edit, cancel, remove and bring back."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.actions import changed_fields, record
from accounts.models import User
from cabi_crm.db import local_moment
from companies.actions.noting import (
    bring_back_times,
    keep_good_times,
    keep_sightings,
    take_back_times,
)
from companies.enums import OPEN_STATUSES, ActivityKind, ActivityStatus
from companies.models import Activity, Workplace

DETAIL_FIELDS = [
    "kind",
    "starts_at",
    "outcome",
    "return_on",
    "can_take",
    "offer",
    "no_offer_because",
    "note",
    "finish_later",
]
# Texts stay out of the audit trail's changes: that they changed is enough.
TEXT_FIELDS = frozenset({"can_take", "offer", "no_offer_because", "note"})
EMPTY: Mapping[str, Any] = MappingProxyType({})


def keep_dates(workplaces: QuerySet[Workplace]) -> None:
    """Set last contact and next step of `workplaces` from their activities, in one statement.

    Every action here ends with it; what fills the table in bulk calls it once.
    """
    here = Activity.objects.filter(workplace=OuterRef("pk"))
    coming = here.open().order_by("starts_at", "pk")
    workplaces.update(
        last_contact_at=Subquery(here.contacts().newest_first().values("starts_at")[:1]),
        next_step_at=Subquery(coming.values("starts_at")[:1]),
        next_step_kind=Coalesce(Subquery(coming.values("kind")[:1]), Value("")),
    )


def finish(
    action: str, *, activity: Activity, by: User, changes: Mapping[str, Any] = EMPTY
) -> None:
    """What ends every change of an activity: its workplace's dates, and the event.

    The row is locked first, by a statement of its own: on PostgreSQL the update then begins when
    whoever changed another activity there is done, and counts that one too.
    """
    keep_dates(lock_place(activity))
    record(action, by=by, on=activity, changes=changes)


def lock_place(activity: Activity) -> QuerySet[Workplace]:
    """The workplace of `activity`, which nobody else changes until this transaction is over."""
    place = Workplace.objects.filter(pk=activity.workplace_id)
    place.select_for_update(no_key=True).order_by().values_list("pk").first()
    return place


def create_once(submission: uuid.UUID | None, **fields: Any) -> tuple[Activity, bool]:
    """The activity of this submission, and whether it is new: a form sent twice makes one row."""
    return Activity.objects.get_or_create(submission=submission or uuid.uuid4(), defaults=fields)


@transaction.atomic
def log_activity(
    *,
    workplace: Workplace,
    by: User,
    kind: str,
    starts_at: datetime,
    outcome: str = "",
    return_on: date | None = None,
    next_step_on: date | None = None,
    seen: Iterable[str] = (),
    leads: Iterable[str] = (),
    details: Mapping[str, Mapping[str, Any]] = EMPTY,
    good_times: Iterable[tuple[int, int]] = (),
    can_take: str = "",
    offer: str = "",
    no_offer_because: str = "",
    note: str = "",
    finish_later: bool = False,
    status: str = ActivityStatus.HELD,
    submission: uuid.UUID | None = None,
    plan: Activity | None = None,
) -> Activity:
    """The activity as logged; sent twice with the same `submission` it is logged once.

    `plan` is the open plan that this fulfils: it leaves the list of what is to come. A promised
    day (`next_step_on`, or `return_on` after a *not now*) becomes a planned call. `details` says
    more about some of the areas in `seen`.
    """
    activity, created = create_once(
        submission,
        workplace=workplace,
        user=by,
        kind=kind,
        status=status,
        starts_at=starts_at,
        outcome=outcome,
        return_on=return_on,
        can_take=can_take,
        offer=offer,
        no_offer_because=no_offer_because,
        note=note,
        finish_later=finish_later,
        follows=plan,
    )
    if not created:
        return activity
    keep_sightings(activity, seen, leads, details)
    keep_good_times(activity, good_times)
    fulfil(plan, activity.created_at)
    plan_next_step(activity, next_step_on or return_on, by=by)
    finish("activity_logged", activity=activity, by=by, changes={"kind": kind, "outcome": outcome})
    return activity


def fulfil(plan: Activity | None, moment: datetime) -> None:
    """Take the plan that was carried out off the list; the held activity stands in its place."""
    if plan and plan.removed_at is None:
        plan.removed_at = moment
        plan.save(update_fields=["removed_at", "updated_at"])


def plan_next_step(activity: Activity, day: date | None, *, by: User) -> None:
    """Let what follows `activity` be on `day`: a call, unless something is planned already.

    A step that is moved keeps its hour; without a day it is withdrawn, so that it can be undone.
    """
    step = first_step(activity)
    if step is None:
        if day is not None:
            call = follow_up(activity, day, user_id=activity.user_id)
            record("activity_planned", by=by, on=call, changes={"kind": call.kind})
        return
    start = timezone.localtime(step.starts_at)
    if day is None:
        step.removed_at = activity.updated_at
        step.save(update_fields=["removed_at", "updated_at"])
        record("activity_removed", by=by, on=step, changes={"withdrawn": True})
    elif start.date() != day:
        step.starts_at = local_moment(day, start.time())
        step.save(update_fields=["starts_at", "updated_at"])
        moved = {"starts_at": [str(start), str(step.starts_at)]}
        record("activity_moved", by=by, on=step, changes=moved)


def first_step(activity: Activity) -> Activity | None:
    """What is planned first after `activity`, if anything is."""
    return Activity.objects.open().filter(follows=activity).order_by("starts_at", "pk").first()


def follow_up(activity: Activity, day: date, *, user_id: int) -> Activity:
    """A planned call on `day` that follows `activity`."""
    return Activity.objects.create(
        workplace_id=activity.workplace_id,
        kind=ActivityKind.CALL,
        status=ActivityStatus.PLANNED,
        starts_at=local_moment(day),
        user_id=user_id,
        follows=activity,
    )


def says_promise(before: Activity, next_step_on: date | None, changes: Mapping[str, Any]) -> bool:
    """Whether an edit promises something else, or nothing any more.

    The same *come back* as before says nothing about a step that was moved or taken since.
    """
    if next_step_on or "return_on" not in changes:
        return next_step_on is not None
    return changes["return_on"] is None or changes["return_on"] != before.return_on


def withdrawn_by(activity: Activity) -> Activity | None:
    """The next step that the edit of `activity` just now took off the list."""
    gone = Activity.objects.filter(follows=activity, removed_at=activity.updated_at)
    return gone.order_by("pk").first()


@transaction.atomic
def plan_activity(
    *,
    workplace: Workplace,
    by: User,
    kind: str,
    starts_at: datetime,
    note: str = "",
    offer: str = "",
    status: str = ActivityStatus.PLANNED,
    submission: uuid.UUID | None = None,
) -> Activity:
    """An activity to come, planned by us or agreed with the firm."""
    activity, created = create_once(
        submission,
        workplace=workplace,
        user=by,
        kind=kind,
        status=status,
        starts_at=starts_at,
        note=note,
        offer=offer,
    )
    if created:
        finish(
            "activity_planned", activity=activity, by=by, changes={"kind": kind, "status": status}
        )
    return activity


@transaction.atomic
def add_next_step(*, activity: Activity, day: date, by: User) -> tuple[Activity, bool]:
    """The call on `day` that follows `activity`, and whether it is new.

    What follows it already stays as it is, and is given instead.
    """
    # One at a time, so that the second tap sees the first one's call.
    lock_place(activity)
    if step := first_step(activity):
        return step, False
    step = follow_up(activity, day, user_id=by.pk)
    finish("activity_planned", activity=step, by=by, changes={"kind": step.kind})
    return step, True


@transaction.atomic
def edit_activity(
    *,
    activity: Activity,
    by: User,
    changes: Mapping[str, Any],
    next_step_on: date | None = None,
    seen: Iterable[str] | None = None,
    leads: Iterable[str] | None = None,
    details: Mapping[str, Mapping[str, Any]] = EMPTY,
    good_times: Iterable[tuple[int, int]] | None = None,
) -> Activity:
    """`activity` with the fields in `changes` set; a status may be among them.

    With `return_on` among them, `changes` and `next_step_on` say all that is promised: what was
    promised before and is not any more is withdrawn.
    """
    before = Activity.objects.get(pk=activity.pk)
    for name, value in changes.items():
        setattr(activity, name, value)
    activity.save(update_fields=[*changes, "updated_at"])
    if seen is not None and leads is not None:
        keep_sightings(activity, seen, leads, details)
    if good_times is not None:
        keep_good_times(activity, good_times)
    if says_promise(before, next_step_on, changes):
        plan_next_step(activity, next_step_on or changes.get("return_on"), by=by)
    differences = changed_fields(before, activity, list(changes))
    for name in TEXT_FIELDS & set(differences):
        differences[name] = True
    finish("activity_edited", activity=activity, by=by, changes=differences)
    return activity


@transaction.atomic
def cancel_activity(*, activity: Activity, by: User) -> Activity:
    """A plan that will not be carried out; it stays in the history as cancelled."""
    if activity.status in OPEN_STATUSES:
        activity.status = ActivityStatus.CANCELLED
        activity.save(update_fields=["status", "updated_at"])
        finish("activity_cancelled", activity=activity, by=by)
    return activity


@transaction.atomic
def reopen_activity(*, activity: Activity, by: User) -> Activity:
    """A cancelled plan made a plan again."""
    if activity.status == ActivityStatus.CANCELLED:
        activity.status = ActivityStatus.PLANNED
        activity.save(update_fields=["status", "updated_at"])
        finish("activity_reopened", activity=activity, by=by)
    return activity


@transaction.atomic
def remove_activity(*, activity: Activity, by: User) -> Activity:
    """Delete, so that it can be undone; the plan it fulfilled is open again.

    Next steps it promised go with it, and so do the good times it noted.
    """
    if activity.removed_at is not None:
        return activity
    moment = timezone.now()
    activity.removed_at = moment
    activity.save(update_fields=["removed_at", "updated_at"])
    Activity.objects.open().filter(follows=activity).update(removed_at=moment)
    if activity.status == ActivityStatus.HELD and activity.follows_id:
        Activity.objects.filter(pk=activity.follows_id, status__in=OPEN_STATUSES).update(
            removed_at=None
        )
    take_back_times(activity, activity.noted_times.all())
    finish("activity_removed", activity=activity, by=by)
    return activity


@transaction.atomic
def restore_activity(*, activity: Activity, by: User) -> Activity:
    """Undo of `remove_activity`, with the next steps that went the same moment."""
    if activity.removed_at is None:
        return activity
    activity.next_steps.filter(removed_at=activity.removed_at).update(removed_at=None)
    activity.removed_at = None
    activity.save(update_fields=["removed_at", "updated_at"])
    if activity.status == ActivityStatus.HELD and activity.follows_id:
        Activity.objects.filter(pk=activity.follows_id, status__in=OPEN_STATUSES).update(
            removed_at=timezone.now()
        )
    bring_back_times(activity)
    finish("activity_restored", activity=activity, by=by)
    return activity

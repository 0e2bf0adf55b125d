"""What changes tasks seen and leads spotted at a workplace, without a visit."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import changed_fields, record
from accounts.models import User
from companies.models import Lead, TaskOpportunity, Workplace


@transaction.atomic
def add_task_seen(
    *,
    workplace: Workplace,
    by: User,
    area: str,
    details: Mapping[str, Any],
    submission: uuid.UUID | None = None,
) -> TaskOpportunity:
    """A task seen at the workplace; the form sent twice with one `submission` makes one row."""
    task, created = TaskOpportunity.objects.get_or_create(
        submission=submission or uuid.uuid4(),
        defaults={"workplace": workplace, "area": area, **details},
    )
    if created:
        record("task_seen_added", by=by, on=workplace, changes={"task": area})
    return task


@transaction.atomic
def edit_task_seen(
    *, task: TaskOpportunity, by: User, details: Mapping[str, Any]
) -> TaskOpportunity:
    """The task with `details`, each time it was seen; the trail names what changed."""
    before = TaskOpportunity.objects.get(pk=task.pk)
    same = TaskOpportunity.objects.there().like(before)
    same.update(**details)
    for name, value in details.items():
        setattr(task, name, value)
    names = list(changed_fields(before, task, list(details)))
    changes = {"task": task.area, "fields": names}
    record("task_seen_edited", by=by, on=task.workplace, changes=changes)
    return task


@transaction.atomic
def mark_task_gone(*, task: TaskOpportunity, by: User, on: date) -> TaskOpportunity:
    """The task is not there any more; it is kept, so that it can be undone."""
    TaskOpportunity.objects.there().like(task).update(gone_on=on)
    task.gone_on = on
    record("task_seen_gone", by=by, on=task.workplace, changes={"task": task.area})
    return task


@transaction.atomic
def remove_task_seen(*, task: TaskOpportunity, by: User) -> TaskOpportunity:
    """Take back this one sighting, so that it can be undone; what others saw alike stays."""
    if task.removed_at is None:
        task.removed_at = timezone.now()
        task.save(update_fields=["removed_at"])
        record("task_seen_removed", by=by, on=task.workplace, changes={"task": task.area})
    return task


@transaction.atomic
def bring_back_task_seen(*, task: TaskOpportunity, by: User) -> TaskOpportunity:
    """Undo of `remove_task_seen`."""
    if task.removed_at is not None:
        task.removed_at = None
        task.save(update_fields=["removed_at"])
        record("task_seen_restored", by=by, on=task.workplace, changes={"task": task.area})
    return task


@transaction.atomic
def restore_task_seen(*, task: TaskOpportunity, by: User) -> TaskOpportunity:
    """Undo of `mark_task_gone`: what went on the same day is there again."""
    TaskOpportunity.objects.like(task).filter(gone_on=task.gone_on).update(gone_on=None)
    task.gone_on = None
    record("task_seen_restored", by=by, on=task.workplace, changes={"task": task.area})
    return task


@transaction.atomic
def spot_lead(*, workplace: Workplace, kind: str, by: User) -> Lead:
    """A lead spotted by `by` today; pressed twice it is one."""
    # One at a time, so that the second press sees the first one's row.
    Workplace.objects.select_for_update().order_by().values_list("pk").get(pk=workplace.pk)
    open_ones = Lead.objects.there().filter(workplace=workplace, kind=kind)
    today = timezone.localdate()
    known = open_ones.filter(activity=None, spotted_by=by, seen_on=today).first()
    if known:
        return known
    lead = Lead.objects.create(workplace=workplace, kind=kind, spotted_by=by, seen_on=today)
    record("lead_spotted", by=by, on=workplace, changes={"lead": kind})
    return lead


@transaction.atomic
def drop_lead(*, workplace: Workplace, kind: str, by: User, on: date) -> int:
    """How many open leads of `kind` there were at the workplace; none is open any more."""
    number = Lead.objects.there().filter(workplace=workplace, kind=kind).update(gone_on=on)
    if number:
        record("lead_dropped", by=by, on=workplace, changes={"lead": kind})
    return number


@transaction.atomic
def restore_lead(*, workplace: Workplace, kind: str, by: User, on: date) -> int:
    """Undo of `drop_lead` of the same day."""
    gone = Lead.objects.kept().filter(workplace=workplace, kind=kind, gone_on=on)
    number = gone.update(gone_on=None)
    if number:
        record("lead_restored", by=by, on=workplace, changes={"lead": kind})
    return number

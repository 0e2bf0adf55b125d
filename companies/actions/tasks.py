"""What makes tasks, ticks them off, moves and deletes them."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import record
from accounts.models import User
from companies.models import Task, Workplace


@transaction.atomic
def add_task(
    *,
    text: str,
    due_on: date,
    by: User,
    workplace: Workplace | None = None,
    is_promise: bool = False,
    submission: uuid.UUID | None = None,
) -> Task:
    """Something for `by` to do; sent twice with the same `submission` it is there once."""
    task, created = Task.objects.get_or_create(
        submission=submission or uuid.uuid4(),
        defaults={
            "workplace": workplace,
            "user": by,
            "text": text,
            "due_on": due_on,
            "is_promise": is_promise and workplace is not None,
        },
    )
    if created:
        record("task_added", by=by, on=task, changes={"due_on": due_on.isoformat()})
    return task


@transaction.atomic
def edit_task(*, task: Task, changes: Mapping[str, Any], by: User) -> Task:
    """`task` with the fields in `changes` set; the audit trail names those that changed."""
    changed = [name for name, value in changes.items() if getattr(task, name) != value]
    for name in changed:
        setattr(task, name, changes[name])
    if changed:
        task.save(update_fields=[*changed, "updated_at"])
        record("task_edited", by=by, on=task, changes={"fields": changed})
    return task


@transaction.atomic
def move_task(*, task: Task, to: date, by: User) -> Task:
    """The same task on another day."""
    before = task.due_on
    if before != to:
        task.due_on = to
        task.save(update_fields=["due_on", "updated_at"])
        changes = {"due_on": [before.isoformat(), to.isoformat()]}
        record("task_moved", by=by, on=task, changes=changes)
    return task


@transaction.atomic
def finish_task(*, task: Task, by: User) -> Task:
    """A task that is done."""
    if task.done_at is None:
        task.done_at = timezone.now()
        task.save(update_fields=["done_at", "updated_at"])
        record("task_done", by=by, on=task)
    return task


@transaction.atomic
def reopen_task(*, task: Task, by: User) -> Task:
    """Undo of `finish_task`."""
    if task.done_at is not None:
        task.done_at = None
        task.save(update_fields=["done_at", "updated_at"])
        record("task_reopened", by=by, on=task)
    return task


@transaction.atomic
def remove_task(*, task: Task, by: User) -> Task:
    """Delete, so that it can be undone."""
    if task.removed_at is None:
        task.removed_at = timezone.now()
        task.save(update_fields=["removed_at", "updated_at"])
        record("task_removed", by=by, on=task)
    return task


@transaction.atomic
def restore_task(*, task: Task, by: User) -> Task:
    """Undo of `remove_task`."""
    if task.removed_at is not None:
        task.removed_at = None
        task.save(update_fields=["removed_at", "updated_at"])
        record("task_restored", by=by, on=task)
    return task

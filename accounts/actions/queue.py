"""Work that waits for nobody: put on the queue here, carried out by `manage.py worker`."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)

# Nothing on the queue takes minutes: what still runs after this time was killed with its worker.
LOST_AFTER = timedelta(minutes=15)
# Work that has killed its worker this often is not begun again.
MOST_STARTS = 5
KEPT_FOR = timedelta(days=14)


@task()
def carry_out(path: str, arguments: list[object]) -> None:
    """Call the function at the dotted `path`; what is put on the queue can bear to run twice."""
    import_string(path)(*arguments)


def later(work: Callable[..., object] | str, run_after: datetime, *arguments: object) -> None:
    """Have the worker call `work(*arguments)` at `run_after` or soon after.

    `work` is a function at the top of a module, or its dotted path; the arguments are JSON values.
    The queue lies in the database, so this belongs to the caller's transaction: both or neither.
    Work that fails is logged and not tried again: what is due is looked for every minute as well.
    """
    path = work if isinstance(work, str) else f"{work.__module__}.{work.__qualname__}"
    carry_out.using(run_after=run_after).enqueue(path, list(arguments))


def put_back_lost_work(*, now: datetime) -> int:
    """Put work whose worker was killed back on the queue; how many pieces."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER)
    put_back = 0
    for piece in lost.only("pk", "worker_ids"):
        still = DBTaskResult.objects.running().filter(pk=piece.pk, started_at__lt=now - LOST_AFTER)
        if len(piece.worker_ids) < MOST_STARTS:
            put_back += still.update(status=TaskResultStatus.READY)
        elif still.update(status=TaskResultStatus.FAILED, finished_at=now):
            logger.error("work %s was begun %d times and never ended", piece.pk, MOST_STARTS)
    return put_back


def throw_away_old_work(*, now: datetime) -> int:
    """Delete what was finished a fortnight ago; how many pieces."""
    deleted, _rows = DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT_FOR).delete()
    return deleted

"""What carries out the work on the queue, and sees each minute to what is due."""

import logging
import os
import signal
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.actions import deliver_waiting, put_back_cut_off_mails, put_back_lost_work
from companies.actions import escalate_enquiries, warn_enquiries

logger = logging.getLogger(__name__)

# Looked after at the start and then each minute; each may run any number of times.
EACH_MINUTE: tuple[Callable[..., object], ...] = (
    put_back_lost_work,
    put_back_cut_off_mails,
    deliver_waiting,
    warn_enquiries,
    escalate_enquiries,
)
MINUTE = 60.0
PAUSE = 1.0  # seconds between two looks at an empty queue
AT_A_TIME = 20  # pieces of work before the minute is looked at again


class Command(BaseCommand):
    """Run by the service manager, once beside the web processes; two at a time do no harm."""

    help = "Carry out background work: send mail, watch deadlines. Ends cleanly on SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument(
            "--beside", type=int, metavar="PID", help="end with this parent process"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop; what is being done is finished first."""
        self.stop = threading.Event()
        self.hand: Worker | None = None
        parent = options["beside"]
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self.end)
        # The library tells of each look at the queue; its warnings and errors are enough.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        looked_at = float("-inf")
        while not self.stop.is_set():
            if time.monotonic() - looked_at >= MINUTE:
                looked_at = time.monotonic()
                see_to_the_minute(timezone.now(), self.stop)
            self.take_from_the_queue()
            if options["once"] or (parent and os.getppid() != parent):
                return
            self.stop.wait(PAUSE)

    def end(self, *_signal: Any) -> None:
        """Told to stop: finish the piece in hand and no more."""
        self.stop.set()
        if self.hand:
            self.hand.running = False

    def take_from_the_queue(self) -> None:
        """Carry out what is ready, as far as one round goes."""
        try:
            close_old_connections()
            while not self.stop.is_set() and DBTaskResult.objects.ready().exists():
                self.hand = one_round()
                self.hand.run()
                if self.hand._run_tasks < AT_A_TIME:  # noqa: SLF001, the library's own count
                    return
                close_old_connections()
        except (DatabaseError, InterfaceError):
            logger.exception("the queue cannot be read")
            close_old_connections()
            self.stop.wait(5)
        finally:
            self.hand = None


def one_round() -> Worker:
    """The library's worker, for as much as is ready now."""
    return Worker(
        queue_names=["*"],
        interval=0.1,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=AT_A_TIME,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )


def see_to_the_minute(now: datetime, stop: threading.Event) -> None:
    """Take each step; one that fails stops no other."""
    for step in EACH_MINUTE:
        if stop.is_set():
            return
        try:
            close_old_connections()
            if step is deliver_waiting:  # a mail can take half a minute
                deliver_waiting(now=now, stopped=stop.is_set)
            else:
                step(now=now)
        except Exception:
            logger.exception("step %s failed", step.__name__)

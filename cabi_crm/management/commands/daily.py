"""What must happen each morning."""

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import ngettext

from partnerships.actions import begin_renewals, remind_of_renewals

logger = logging.getLogger(__name__)


def remind(on: date) -> str:
    """Tell owners of agreements that are to be renegotiated."""
    sent = remind_of_renewals(on=on)
    return ngettext("%(n)s renewal notice", "%(n)s renewal notices", sent) % {"n": sent}


def begin(on: date) -> str:
    """Close agreements whose signed renewal begins."""
    begun = begin_renewals(on=on)
    return ngettext("%(n)s renewal begun", "%(n)s renewals begun", begun) % {"n": begun}


# Each step stands alone: it may run again on the same day and a failing one stops no other.
STEPS: tuple[Callable[[date], str], ...] = (begin, remind)


class Command(BaseCommand):
    """Run by a timer every morning; a second run on the same day does nothing more."""

    help = "Do what must happen each morning: let renewals begin, remind owners."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take each step and print what it did; exit 1 when one failed."""
        today, failed = timezone.localdate(), 0
        for step in STEPS:
            try:
                self.stdout.write(step(today))
            except Exception:
                logger.exception("daily step %s failed", step.__name__)
                failed += 1
        if failed:
            raise CommandError(f"{failed} of {len(STEPS)} steps failed; see the log.")

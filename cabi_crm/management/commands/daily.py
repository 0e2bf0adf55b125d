"""What must happen each morning."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.actions import (
    forget_old_mails,
    mail_of_uncovered,
    purge_drafts,
    put_back_cut_off_mails,
    put_back_lost_work,
    throw_away_old_work,
)
from cabi_crm.pages.digest import send_digests
from companies.actions import escalate_enquiries, warn_enquiries
from partnerships.actions import begin_renewals, remind_of_renewals

logger = logging.getLogger(__name__)
DRAFTS_KEPT = timedelta(days=30)


def begin(now: datetime) -> str:
    """Close agreements whose signed renewal begins."""
    begun = begin_renewals(on=timezone.localdate(now))
    return ngettext("%(n)s renewal begun", "%(n)s renewals begun", begun) % {"n": begun}


def remind(now: datetime) -> str:
    """Tell owners of agreements that are to be renegotiated."""
    sent = remind_of_renewals(on=timezone.localdate(now))
    return ngettext("%(n)s renewal notice", "%(n)s renewal notices", sent) % {"n": sent}


def warn_of_absences(now: datetime) -> str:
    """Mail managers of absences that are near and have no cover."""
    sent = mail_of_uncovered(on=timezone.localdate(now))
    return ngettext(
        "%(n)s mail about absence without cover", "%(n)s mails about absence without cover", sent
    ) % {"n": sent}


def watch_enquiries(now: datetime) -> str:
    """Remind of enquiries that are short of time or late, should the worker have been away."""
    told = warn_enquiries(now=now) + escalate_enquiries(now=now)
    return ngettext("%(n)s enquiry called to mind", "%(n)s enquiries called to mind", told) % {
        "n": told
    }


def greet(now: datetime) -> str:
    """Write the morning's mail."""
    sent = send_digests(now)
    return ngettext("%(n)s morning mail", "%(n)s morning mails", sent) % {"n": sent}


def put_back(now: datetime) -> str:
    """Take up again what a killed worker left behind."""
    found = put_back_lost_work(now=now) + put_back_cut_off_mails(now=now)
    return ngettext("%(n)s piece of work taken up", "%(n)s pieces of work taken up", found) % {
        "n": found
    }


def tidy(now: datetime) -> str:
    """Throw away drafts nobody came back to, finished work and what old mails said."""
    gone = purge_drafts(older_than=now - DRAFTS_KEPT) + throw_away_old_work(now=now)
    gone += forget_old_mails(now=now)
    return ngettext("%(n)s old row thrown away", "%(n)s old rows thrown away", gone) % {"n": gone}


# Each step stands alone: it may run again on the same day and a failing one stops no other.
STEPS: tuple[Callable[[datetime], str], ...] = (
    put_back,
    begin,
    remind,
    warn_of_absences,
    watch_enquiries,
    greet,
    tidy,
)


class Command(BaseCommand):
    """Run by a timer every morning; a second run on the same day does nothing more."""

    help = "Do what must happen each morning: let renewals begin, remind, write the morning mail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take each step and print what it did; exit 1 when one failed."""
        now, failed = timezone.now(), 0
        for step in STEPS:
            try:
                self.stdout.write(step(now))
            except Exception:
                logger.exception("daily step %s failed", step.__name__)
                failed += 1
        if failed:
            raise CommandError(f"{failed} of {len(STEPS)} steps failed; see the log.")

"""Checks the audit trail from its first event to its last."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import broken_events
from accounts.models import EventChain


class Command(BaseCommand):
    """Run by operations every night and by the auditor at any time."""

    help = "Check that no event of the audit trail was changed, removed or put in between."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each fault; exit 1 when there is one."""
        faults = list(broken_events())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"The audit trail is broken: {len(faults)} faults.")
        head = EventChain.objects.filter(pk=1).first()
        self.stdout.write(f"The audit trail is whole: {head.length if head else 0} events.")
        self.stdout.write(f"Last hash: {head.last_hash if head else '-'}")

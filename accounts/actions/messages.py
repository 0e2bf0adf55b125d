"""What puts lines on home pages, and takes them away."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.actions.trail import record
from accounts.enums import NoticeKind
from accounts.models import Notice, User


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
def dismiss_notices(*, notices: Iterable[Notice], by: User) -> int:
    """Put several notices away; how many."""
    return len([dismiss_notice(notice=notice, by=by) for notice in notices])

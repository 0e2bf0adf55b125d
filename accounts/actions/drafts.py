"""What keeps and throws away what is typed and not yet saved.

Drafts are no facts yet: the audit trail tells of what is saved, not of every pause in typing.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Draft, User


@transaction.atomic
def keep_draft(*, form: str, values: Sequence[tuple[str, str]], by: User) -> Draft:
    """What `by` has typed in `form` so far, in place of what was kept of it before."""
    kept, _ = Draft.objects.update_or_create(
        user=by, form=form, defaults={"values": values, "saved_at": timezone.now()}
    )
    return kept


@transaction.atomic
def drop_draft(*, form: str, by: User) -> None:
    """Throw away what `by` typed in `form`: it is saved now, or not wanted."""
    Draft.objects.of(by).filter(form=form).delete()


@transaction.atomic
def purge_drafts(*, older_than: datetime) -> int:
    """Throw away what nobody has come back to; how many drafts that were."""
    return Draft.objects.filter(saved_at__lt=older_than).delete()[0]

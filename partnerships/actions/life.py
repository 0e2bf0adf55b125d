"""What moves an agreement on: sent, taken back, signed, ended, dropped, handed over."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import record
from accounts.models import User
from companies.actions import log_activity, set_level
from companies.enums import ActivityKind, RelationshipLevel
from companies.models import Workplace
from partnerships.documents import agreement_pdf, paper_from_agreement
from partnerships.enums import AgreementStatus, Gap, Paper
from partnerships.models import Agreement, AgreementDocument
from partnerships.rules import may_become
from partnerships.rules.paper import snapshot


class AgreementError(Exception):
    """Why it cannot be done, in a sentence for the person who tried."""


class NotReadyError(AgreementError):
    """Something is missing before the agreement can be sent; `gaps` says what."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(_("Something is missing before the agreement can be signed."))
        self.gaps = list(gaps)


def move(agreement: Agreement, target: AgreementStatus, **fields: Any) -> None:
    """Give the agreement its next status, unless somebody else was quicker.

    The row is changed only if it still stands as it was read, so two people never both act.
    """
    if not may_become(agreement.status, target):
        raise AgreementError(
            _("An agreement that is %(status)s cannot do that.")
            % {"status": str(agreement.get_status_display()).lower()}
        )
    fields |= {"status": target, "updated_at": timezone.now()}
    unchanged = Agreement.objects.filter(
        pk=agreement.pk, status=agreement.status, version=agreement.version
    )
    if not unchanged.update(**fields):
        raise AgreementError(_("Somebody else has just changed the agreement. Look at it again."))
    for name, value in fields.items():
        setattr(agreement, name, value)


@transaction.atomic
def send_for_signature(*, agreement: Agreement, by: User) -> AgreementDocument:
    """Freeze the agreement and keep its paper: the PDF, its SHA-256 and the data it says.

    Raises NotReadyError when something is missing.
    """
    move(agreement, AgreementStatus.FOR_SIGNATURE)
    agreement.refresh_from_db()  # nobody can change it any more
    gaps = agreement.gaps()
    if gaps:
        agreement.status = AgreementStatus.DRAFT  # the database is rolled back
        raise NotReadyError(gaps)
    language, paper = agreement.language, Paper.A4
    content = paper_from_agreement(agreement, language=language, paper=paper, full=True)
    pdf = agreement_pdf(content)
    document = AgreementDocument.objects.create(
        agreement=agreement,
        version=agreement.version,
        paper=paper,
        language=language,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        snapshot=snapshot(content),
        made_by=by,
    )
    changes = {"version": agreement.version, "sha256": document.sha256}
    record("agreement_sent_for_signature", by=by, on=agreement, changes=changes)
    return document


@transaction.atomic
def take_back(*, agreement: Agreement, by: User) -> Agreement:
    """The agreement as a draft again, as its next version; the old version's paper is kept."""
    move(agreement, AgreementStatus.DRAFT, version=agreement.version + 1)
    record("agreement_taken_back", by=by, on=agreement, changes={"version": agreement.version})
    return agreement


@transaction.atomic
def register_signature(
    *, agreement: Agreement, by: User, signed_on: date, place: str = ""
) -> Agreement:
    """The agreement as signed: the workplace becomes a partner.

    What it renews gives way at once, or in the morning of the day the new one begins.
    """
    fields = {"signed_on": signed_on, "place": place or agreement.place}
    # The workplace before the audit trail, as when a visit is logged: else the two could deadlock.
    Workplace.objects.select_for_update(no_key=True).get(pk=agreement.workplace_id)
    move(agreement, AgreementStatus.ACTIVE, **fields)
    for replaced in Agreement.objects.begun_anew(timezone.localdate()).filter(renewal=agreement):
        give_way(agreement=replaced, by=by)
    set_level(workplace=agreement.workplace, level=RelationshipLevel.PARTNERSHIP, by=by)
    log_activity(
        workplace=agreement.workplace,
        by=by,
        kind=ActivityKind.AGREEMENT,
        starts_at=moment_of(signed_on),
        note=_("Partnership agreement %(number)s") % {"number": agreement.number},
    )
    changes = {"signed_on": signed_on.isoformat(), "version": agreement.version}
    record("agreement_signed", by=by, on=agreement, changes=changes)
    return agreement


@transaction.atomic
def give_way(*, agreement: Agreement, by: User | None) -> Agreement:
    """The agreement as renewed: its signed renewal has begun."""
    move(agreement, AgreementStatus.RENEWED)
    changes = {"by": agreement.renewal.number}
    record("agreement_renewed", by=by, on=agreement, changes=changes)
    return agreement


def moment_of(day: date) -> datetime:
    """Noon of `day` in Copenhagen, but never a moment still to come."""
    return min(timezone.make_aware(datetime.combine(day, time(12))), timezone.now())


@transaction.atomic
def end_agreement(
    *, agreement: Agreement, by: User, reason: str, on: date | None = None
) -> Agreement:
    """The agreement as ended, with the day and the reason."""
    day = on or timezone.localdate()
    move(agreement, AgreementStatus.ENDED, ended_on=day, end_reason=reason)
    record("agreement_ended", by=by, on=agreement, changes={"ended_on": day.isoformat()})
    return agreement


@transaction.atomic
def discard_draft(*, agreement: Agreement, by: User) -> Agreement:
    """The agreement that came to nothing. It keeps its number and its papers."""
    before = agreement.status
    fields = {}
    if before == AgreementStatus.FOR_SIGNATURE:
        fields["version"] = agreement.version + 1  # this version has its paper already
    move(agreement, AgreementStatus.DROPPED, **fields)
    record("agreement_dropped", by=by, on=agreement, changes={"from": before})
    return agreement


@transaction.atomic
def restore_draft(*, agreement: Agreement, by: User) -> Agreement:
    """A dropped agreement as a draft again."""
    move(agreement, AgreementStatus.DRAFT)
    record("agreement_restored", by=by, on=agreement)
    return agreement


@transaction.atomic
def set_owner(*, agreement: Agreement, owner: User, by: User) -> Agreement:
    """The agreement with another owner, also when it is signed."""
    before = agreement.owner
    if before != owner:
        agreement.owner = owner
        agreement.save(update_fields=["owner", "updated_at"])
        changes = {"owner": [before.name, owner.name]}
        record("agreement_owner_changed", by=by, on=agreement, changes=changes)
    return agreement


@transaction.atomic
def hand_over_agreements(
    *,
    workplaces: Sequence[int],
    giver: User,
    taker: User,
    by: User,
    only: Sequence[int] | None = None,
) -> list[int]:
    """The keys of the living agreements of `giver` there, or of `only` those: now `taker`'s."""
    found = Agreement.objects.looked_after_by(giver).filter(workplace__in=workplaces)
    asked = found if only is None else found.filter(pk__in=only)
    agreements = list(asked.select_related("owner").order_by("pk"))
    for agreement in agreements:
        set_owner(agreement=agreement, owner=taker, by=by)
    return [agreement.pk for agreement in agreements]


@transaction.atomic
def set_show_on_wall(*, agreement: Agreement, show: bool, by: User) -> Agreement:
    """Whether the firm has agreed to be shown among our partners."""
    if agreement.show_on_wall != show:
        agreement.show_on_wall = show
        agreement.save(update_fields=["show_on_wall", "updated_at"])
        record("agreement_wall_consent", by=by, on=agreement, changes={"show_on_wall": show})
    return agreement

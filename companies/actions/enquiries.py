"""What changes enquiries: receive, pass on, tie to a workplace, answer, and take back."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import record
from accounts.enums import AreaKind, Deed, NoticeKind
from accounts.models import Absence, Organisation, User
from companies.actions.activities import log_activity, remove_activity, restore_activity
from companies.actions.enquiry_alerts import (
    answering,
    put_away,
    put_away_of,
    put_back,
    tell,
    watch,
)
from companies.actions.workplaces import open_door
from companies.enums import OpeningChannel
from companies.models import Activity, Enquiry, Workplace, opening_calendar
from companies.rules.deadlines import due_at, worked_hours

DETAIL_FIELDS = ("company_name", "postcode", "person", "phone", "email", "channel", "subject")


def who_answers(workplace: Workplace | None, postcode: str) -> User | None:
    """The workplace's owner, else whoever sits with the postcode; nobody: the shared inbox.

    Among several the one who is here, then the one with the fewest open enquiries.
    """
    if workplace and workplace.owner and workplace.owner.is_active:
        return workplace.owner
    postcode = (workplace.postcode if workplace else "") or postcode
    waiting = Q(enquiries__answered_at=None, enquiries__removed_at=None)
    sitting = User.objects.consultants().filter(
        working_areas__kind=AreaKind.POSTCODE, working_areas__text=postcode
    )
    found = sitting.annotate(waiting=Count("enquiries", filter=waiting)) if postcode else ()
    covers = Absence.objects.today()
    return min(
        found,
        key=lambda user: (covers.absence_of(user) is not None, user.waiting, user.name),
        default=None,
    )


def locked(enquiry: Enquiry) -> Enquiry:
    """The enquiry as it is now, held until the transaction ends."""
    rows = Enquiry.objects.select_for_update(of=("self",))
    return rows.select_related("workplace__owner", "assigned_to", "activity").get(pk=enquiry.pk)


@transaction.atomic
def receive_enquiry(
    *,
    by: User,
    channel: str,
    subject: str,
    workplace: Workplace | None = None,
    company_name: str = "",
    postcode: str = "",
    person: str = "",
    phone: str = "",
    email: str = "",
    received_at: datetime | None = None,
    submission: uuid.UUID | None = None,
) -> Enquiry:
    """The enquiry with its deadline and who answers; sent twice it is received once.

    Who answers is told at once, their cover while they are away.
    """
    received = received_at or timezone.now()
    hours = Organisation.objects.current().response_hours
    enquiry, created = Enquiry.objects.get_or_create(
        submission=submission or uuid.uuid4(),
        defaults={
            "workplace": workplace,
            "company_name": "" if workplace else company_name,
            "postcode": "" if workplace else postcode,
            "person": person,
            "phone": phone,
            "email": email,
            "channel": channel,
            "subject": subject,
            "received_at": received,
            "due_at": due_at(received, hours, opening_calendar()),
            "assigned_to": who_answers(workplace, postcode),
            "registered_by": by,
        },
    )
    if created:
        note_inbound(workplace, received, by)
        tell(enquiry, NoticeKind.ENQUIRY_NEW, answering(enquiry), by)
        watch(enquiry)
        record(Deed.ENQUIRY_RECEIVED, by=by, on=enquiry, changes={"channel": channel})
    return enquiry


def note_inbound(workplace: Workplace | None, received: datetime, by: User) -> None:
    """Note that the firm itself made the first contact, where nobody else has been there."""
    if workplace is None or workplace.opened_channel or workplace.opened_by_id is not None:
        return
    contacts = Activity.objects.contacts().filter(workplace=workplace, starts_at__lt=received)
    if not contacts.exists():
        on = workplace.opened_on or timezone.localdate(received)
        open_door(workplace=workplace, opened_by=None, on=on, channel=OpeningChannel.INBOUND, by=by)


def forget_inbound(workplace: Workplace | None, received: datetime, by: User) -> None:
    """Take back what `note_inbound` noted when the enquiry turns out to be none of theirs."""
    if workplace is None or workplace.opened_channel != OpeningChannel.INBOUND:
        return
    day = timezone.localdate(received)
    others = Enquiry.objects.kept().filter(workplace=workplace)
    if workplace.opened_by_id is None and workplace.opened_on == day and not others.exists():
        open_door(workplace=workplace, opened_by=None, on=None, channel="", by=by)


@transaction.atomic
def edit_enquiry(*, enquiry: Enquiry, by: User, changes: Mapping[str, Any]) -> Enquiry:
    """The enquiry with the fields in `changes` set: what was asked, by whom and how.

    One that nobody has goes to whoever sits with the corrected postcode.
    """
    row = locked(enquiry)
    said = {name: changes[name] for name in DETAIL_FIELDS if name in changes}
    differs = [name for name, value in said.items() if getattr(row, name) != value]
    if not differs:
        return row
    for name in differs:
        setattr(row, name, said[name])
    row.save(update_fields=[*differs, "updated_at"])
    record(Deed.ENQUIRY_EDITED, by=by, on=row, changes={"fields": differs})
    if "postcode" in differs and row.workplace is None and row.assigned_to is None:
        row = assign_enquiry(enquiry=row, to=who_answers(None, row.postcode), by=by)
    return row


@transaction.atomic
def assign_enquiry(*, enquiry: Enquiry, to: User | None, by: User) -> Enquiry:
    """The open enquiry as `to`'s to answer, or nobody's; they are told."""
    row = locked(enquiry)
    if row.answered_at is None and row.assigned_to != to:
        former = row.assigned_to
        names = [former.name if former else "", to.name if to else ""]
        row.assigned_to = to
        row.save(update_fields=["assigned_to", "updated_at"])
        put_away_of(row, former)
        tell(row, NoticeKind.ENQUIRY_NEW, answering(row), by)
        record(Deed.ENQUIRY_ASSIGNED, by=by, on=row, changes={"assigned_to": names})
    return row


@transaction.atomic
def take_enquiry(*, enquiry: Enquiry, holder: int | None, by: User) -> bool:
    """Take the enquiry that was `holder`'s (nobody's) when `by` saw it; False when too late."""
    row = locked(enquiry)
    if row.assigned_to_id != holder or row.answered_at or row.removed_at:
        return row.assigned_to_id == by.pk and row.answered_at is None
    assign_enquiry(enquiry=row, to=by, by=by)
    return True


@transaction.atomic
def tie_enquiry(*, enquiry: Enquiry, workplace: Workplace | None, by: User) -> Enquiry:
    """The enquiry as one of `workplace`, or again of the firm that was written (None).

    The firm's owner answers it, unless whoever ties it has it in hand.
    """
    row = locked(enquiry)
    if row.workplace == workplace or row.answered_at or (not workplace and not row.company_name):
        return row
    before, name = row.workplace, row.firm
    row.workplace = workplace
    row.save(update_fields=["workplace", "updated_at"])
    forget_inbound(before, row.received_at, by)
    note_inbound(workplace, row.received_at, by)
    record(Deed.ENQUIRY_TIED, by=by, on=row, changes={"firm": [name, row.firm]})
    to = who_answers(workplace, row.postcode)
    left_to_owner = before is not None and row.assigned_to == before.owner
    if (to and row.assigned_to != by) or left_to_owner:
        row = assign_enquiry(enquiry=row, to=to, by=by)
    return row


@transaction.atomic
def answer_enquiry(
    *, enquiry: Enquiry, by: User, answer: str, answered_at: datetime, kind: str
) -> Enquiry:
    """The enquiry answered, and the answer logged on its workplace as an activity of `kind`.

    Of two who answer at once the first one counts.
    """
    row = locked(enquiry)
    if row.answered_at is not None or row.removed_at is not None:
        return row
    row.answered_at, row.answered_by, row.answer = answered_at, by, answer
    row.assigned_to = row.assigned_to or by
    worked = worked_hours(row.received_at, answered_at, opening_calendar())
    row.response_minutes = round(worked * 60)
    row.activity = logged_answer(row, kind, by)
    row.save(
        update_fields=[
            "answered_at",
            "answered_by",
            "answer",
            "assigned_to",
            "response_minutes",
            "activity",
            "updated_at",
        ]
    )
    put_away(row)
    record(Deed.ENQUIRY_ANSWERED, by=by, on=row, changes={"in_time": row.in_time})
    return row


def logged_answer(enquiry: Enquiry, kind: str, by: User) -> Activity | None:
    """The activity that tells of the answer in the workplace's history."""
    if enquiry.workplace is None or enquiry.answered_at is None:
        return None
    asked = _("They asked: %(subject)s") % {"subject": enquiry.subject[:1900]}
    return log_activity(
        workplace=enquiry.workplace,
        by=by,
        kind=kind,
        starts_at=enquiry.answered_at,
        note=f"{asked}\n\n{enquiry.answer}",
    )


@transaction.atomic
def reopen_enquiry(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Undo of `answer_enquiry`: open again, and what was logged is gone."""
    row = locked(enquiry)
    if row.answered_at is None:
        return row
    if row.activity:
        remove_activity(activity=row.activity, by=by)
    put_back(row)
    row.answered_at = row.answered_by = row.activity = row.response_minutes = None
    row.save(
        update_fields=["answered_at", "answered_by", "activity", "response_minutes", "updated_at"]
    )
    watch(row)
    record(Deed.ENQUIRY_REOPENED, by=by, on=row)
    return row


@transaction.atomic
def remove_enquiry(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Delete, so that it can be undone; what was logged of its answer goes with it."""
    row = locked(enquiry)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at", "updated_at"])
        if row.activity:
            remove_activity(activity=row.activity, by=by)
        put_away(row)
        forget_inbound(row.workplace, row.received_at, by)
        record(Deed.ENQUIRY_REMOVED, by=by, on=row)
    return row


@transaction.atomic
def restore_enquiry(*, enquiry: Enquiry, by: User) -> Enquiry:
    """Undo of `remove_enquiry`, with what went with it."""
    row = locked(enquiry)
    if row.removed_at is not None:
        logged = row.activity
        if logged and logged.removed_at and logged.removed_at >= row.removed_at:
            restore_activity(activity=logged, by=by)
        put_back(row)
        row.removed_at = None
        row.save(update_fields=["removed_at", "updated_at"])
        note_inbound(row.workplace, row.received_at, by)
        record(Deed.ENQUIRY_RESTORED, by=by, on=row)
    return row

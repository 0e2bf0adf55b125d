"""What tells people of an enquiry: that it came, that its time is short, that it is late."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import notify, record
from accounts.actions.mail import write_mail
from accounts.actions.queue import later
from accounts.enums import Deed, MailKind, NoticeKind, Role
from accounts.models import Notice, User
from cabi_crm.ui.links import absolute
from cabi_crm.ui.spans import moment_words
from companies.models import Enquiry, opening_calendar
from companies.rules.deadlines import DUE, standing, warn_at

TOLD = (NoticeKind.ENQUIRY_NEW, NoticeKind.ENQUIRY_SOON, NoticeKind.ENQUIRY_LATE)
SUBJECTS: dict[NoticeKind, Promise | str] = {
    NoticeKind.ENQUIRY_NEW: _("New enquiry: %(firm)s"),
    NoticeKind.ENQUIRY_SOON: _("Answer %(firm)s soon"),
    NoticeKind.ENQUIRY_LATE: _("The answer to %(firm)s is late"),
}
BODIES: dict[NoticeKind, Promise | str] = {
    NoticeKind.ENQUIRY_NEW: _("%(firm)s has turned to us. Answer no later than %(when)s."),
    NoticeKind.ENQUIRY_SOON: _("%(firm)s still waits. Answer no later than %(when)s."),
    NoticeKind.ENQUIRY_LATE: _("%(firm)s still waits. The answer was due %(when)s."),
}


def link_to(enquiry: Enquiry) -> str:
    """The page of the enquiry; also tells its notices from others."""
    return reverse("companies:enquiry", args=[enquiry.pk])


def tell(enquiry: Enquiry, kind: NoticeKind, people: Iterable[User], by: User | None) -> int:
    """A notice and an urgent mail, each in the reader's language, for `people`; how many.

    Whoever does it knows already. What is told to somebody who is away their cover sees, too.
    """
    told, now = 0, timezone.now()
    for person in people:
        if by is not None and person.pk == by.pk:
            continue
        with translation.override(person.language or settings.LANGUAGE_CODE):
            words = {"firm": enquiry.firm, "when": moment_words(enquiry.due_at, now)}
            subject, body = str(SUBJECTS[kind]) % words, str(BODIES[kind]) % words
        link = link_to(enquiry)
        notify(recipient=person, kind=kind, subject=f"{enquiry.firm}: {words['when']}", link=link)
        write_mail(
            recipient=person,
            kind=MailKind.ALERT,
            key=f"{kind}-{enquiry.pk}-{person.pk}",
            subject=subject,
            body=f"{body}\n\n{absolute(link)}\n",
        )
        told += 1
    return told


def put_away(enquiry: Enquiry) -> None:
    """Take what was told of the enquiry off the home pages: it is answered, gone or another's."""
    told = Notice.objects.filter(kind__in=TOLD, link=link_to(enquiry), seen_at=None)
    told.update(seen_at=timezone.now())


def watch(enquiry: Enquiry) -> None:
    """Have the worker look at the enquiry when its time is short, and when it is late."""
    soon = warn_at(enquiry.received_at, enquiry.due_at, opening_calendar())
    for moment in (soon, enquiry.due_at + timedelta(seconds=1)):
        later(look_at_enquiry, moment, enquiry.pk)


def look_at_enquiry(pk: int) -> None:
    """Remind of one enquiry, or pass it to the managers, if it is time. Run by the worker."""
    now = timezone.now()
    for enquiry in Enquiry.objects.open().with_firm().filter(pk=pk):
        warn_of_enquiry(enquiry=enquiry, now=now)
        escalate_enquiry(enquiry=enquiry, now=now)


def warn_enquiries(*, now: datetime) -> int:
    """Remind of each open enquiry in the last quarter of its time, once; how many."""
    waiting = Enquiry.objects.open().filter(warned_at=None, due_at__gte=now).with_firm()
    return sum(warn_of_enquiry(enquiry=enquiry, now=now) for enquiry in waiting)


def escalate_enquiries(*, now: datetime) -> int:
    """Tell who answers and their managers of each late enquiry, once; how many."""
    waiting = Enquiry.objects.late(now).filter(escalated_at=None).with_firm()
    return sum(escalate_enquiry(enquiry=enquiry, now=now) for enquiry in waiting)


@transaction.atomic
def warn_of_enquiry(*, enquiry: Enquiry, now: datetime) -> bool:
    """Remind whoever answers, or the managers where nobody does; False when it is not time."""
    if standing(enquiry, now, opening_calendar()) != DUE:
        return False
    still = Enquiry.objects.open().filter(pk=enquiry.pk, warned_at=None)
    if not still.order_by().update(warned_at=now, updated_at=now):
        return False
    answers = enquiry.assigned_to
    tell(enquiry, NoticeKind.ENQUIRY_SOON, [answers] if answers else managers(enquiry), None)
    record(Deed.ENQUIRY_WARNED, by=None, on=enquiry)
    return True


@transaction.atomic
def escalate_enquiry(*, enquiry: Enquiry, now: datetime) -> bool:
    """Tell whoever answers and their managers that it is late; False when it is not time."""
    still = Enquiry.objects.late(now).filter(pk=enquiry.pk, escalated_at=None)
    if not still.order_by().update(escalated_at=now, updated_at=now):
        return False
    answers = [enquiry.assigned_to] if enquiry.assigned_to else []
    tell(enquiry, NoticeKind.ENQUIRY_LATE, [*answers, *managers(enquiry)], None)
    record(Deed.ENQUIRY_ESCALATED, by=None, on=enquiry)
    return True


def managers(enquiry: Enquiry) -> list[User]:
    """Whose concern a late enquiry is besides: the managers of whoever answers, else all."""
    if enquiry.assigned_to:
        return list(User.objects.managers_of(enquiry.assigned_to))
    return list(User.objects.working().filter(role=Role.MANAGER))

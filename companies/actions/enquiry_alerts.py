"""What tells people of an enquiry: that it came, that its time is short, that it is late."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actions import notify, record
from accounts.actions.mail import write_mail
from accounts.actions.queue import later
from accounts.enums import Deed, MailKind, NoticeKind
from accounts.models import Absence, Notice, User
from cabi_crm.ui.links import absolute
from cabi_crm.ui.spans import moment_words
from cabi_crm.ui.templatetags.ui import phone as dialled
from companies.models import Enquiry, opening_calendar
from companies.rules.deadlines import DUE, standing, warn_at

# What is said to whoever answers; that it is late its managers must hear of, too.
ASKED = (NoticeKind.ENQUIRY_NEW, NoticeKind.ENQUIRY_SOON, NoticeKind.ENQUIRY_LEFT)
TOLD = (*ASKED, NoticeKind.ENQUIRY_LATE)
SUBJECTS: dict[NoticeKind, Promise | str] = {
    NoticeKind.ENQUIRY_NEW: _("New enquiry: %(firm)s"),
    NoticeKind.ENQUIRY_SOON: _("Answer %(firm)s soon"),
    NoticeKind.ENQUIRY_LEFT: _("Nobody answers %(firm)s any more"),
    NoticeKind.ENQUIRY_LATE: _("The answer to %(firm)s is late"),
}
BODIES: dict[NoticeKind, Promise | str] = {
    NoticeKind.ENQUIRY_NEW: _("%(firm)s has turned to us. Answer no later than %(when)s."),
    NoticeKind.ENQUIRY_SOON: _("%(firm)s still waits. Answer no later than %(when)s."),
    NoticeKind.ENQUIRY_LEFT: _(
        "Whoever should answer %(firm)s may no longer log in. Answer no later than %(when)s."
    ),
    NoticeKind.ENQUIRY_LATE: _("%(firm)s still waits. The answer was due %(when)s."),
}


def link_to(enquiry: Enquiry) -> str:
    """The page of the enquiry; also tells its notices from others."""
    return reverse("companies:enquiry", args=[enquiry.pk])


def words_of(text: Promise | str, enquiry: Enquiry, now: datetime) -> str:
    """A text with the firm and the deadline, in the language in force."""
    return str(text) % {"firm": enquiry.firm, "when": moment_words(enquiry.due_at, now)}


def body_of(text: Promise | str, enquiry: Enquiry, now: datetime) -> str:
    """What the mail says: the text, who asks and their number; never what they ask."""
    asker = ", ".join(part for part in (enquiry.person, dialled(enquiry.phone)) if part)
    lines = [words_of(text, enquiry, now), gettext("Who asks: %(who)s") % {"who": asker}]
    return "\n".join(lines if asker else lines[:1])


say_body = lazy(body_of, str)
say = lazy(words_of, str)  # the mail is said in the language of whoever gets it


def tell(enquiry: Enquiry, kind: NoticeKind, people: Iterable[User], by: User | None) -> int:
    """A notice and an urgent mail, each in the reader's language, for `people`; how many.

    Whoever does it knows already. What is told to somebody who is away their cover sees, too;
    whoever reads for several of `people` is told once.
    """
    told = Absence.objects.today().reached(people, but=by)
    link, now = link_to(enquiry), timezone.now()
    for person in told:
        with translation.override(person.language or settings.LANGUAGE_CODE):
            subject = words_of("%(firm)s: %(when)s", enquiry, now)
        notice = notify(recipient=person, kind=kind, subject=subject, link=link)
        write_mail(
            recipient=person,
            kind=MailKind.ALERT,
            # Passed on and back again it is told anew: one mail for each line on a home page.
            key=f"{kind}-{enquiry.pk}-{person.pk}-{notice.pk}",
            subject=say(SUBJECTS[kind], enquiry, now),
            body=format_lazy(
                "{text}\n\n{link}\n", text=say_body(BODIES[kind], enquiry, now), link=absolute(link)
            ),
        )
    return len(told)


def notices_of(enquiry: Enquiry) -> QuerySet[Notice]:
    """What was told of the enquiry."""
    return Notice.objects.filter(kind__in=TOLD, link=link_to(enquiry))


def put_away(enquiry: Enquiry) -> None:
    """Take what was told of the enquiry off the home pages: it is answered or gone."""
    notices_of(enquiry).filter(seen_at=None).update(seen_at=enquiry.updated_at)


def put_back(enquiry: Enquiry) -> None:
    """Undo of `put_away`, before the enquiry is saved again; nobody is mailed anew."""
    notices_of(enquiry).filter(seen_at=enquiry.updated_at).update(seen_at=None)


def put_away_of(enquiry: Enquiry, former: User | None) -> None:
    """Take off what is another's to answer now; that it is late stays with the managers."""
    theirs = Q(kind__in=ASKED) | Q(recipient=former)
    notices_of(enquiry).filter(theirs, seen_at=None).update(seen_at=timezone.now())


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
    """Remind whoever answers, or the managers where nobody can; False when it is not time."""
    if standing(enquiry, now, opening_calendar()) != DUE:
        return False
    still = Enquiry.objects.open().filter(pk=enquiry.pk, warned_at=None)
    if not still.order_by().update(warned_at=now, updated_at=now):
        return False
    answers = answering(enquiry)
    reached = [each for each in answers if somebody_reads_for(each)]
    people = answers if reached else [*answers, *managers(enquiry)]
    tell(enquiry, NoticeKind.ENQUIRY_SOON, people, None)
    record(Deed.ENQUIRY_WARNED, by=None, on=enquiry)
    return True


@transaction.atomic
def escalate_enquiry(*, enquiry: Enquiry, now: datetime) -> bool:
    """Tell whoever answers and their managers that it is late; False when it is not time."""
    still = Enquiry.objects.late(now).filter(pk=enquiry.pk, escalated_at=None)
    if not still.order_by().update(escalated_at=now, updated_at=now):
        return False
    people = [*answering(enquiry), *managers(enquiry)]
    tell(enquiry, NoticeKind.ENQUIRY_LATE, people, None)
    record(Deed.ENQUIRY_ESCALATED, by=None, on=enquiry)
    return True


def answering(enquiry: Enquiry) -> list[User]:
    """Whoever answers; nobody when they may no longer log in."""
    holder = enquiry.assigned_to
    return [holder] if holder and holder.is_active else []


def somebody_reads_for(user: User) -> bool:
    """Whether `user` is here, or somebody covers for them."""
    covers = Absence.objects.today()
    return covers.absence_of(user) is None or covers.stand_in(user) != user


def managers(enquiry: Enquiry) -> list[User]:
    """Whose concern an enquiry is besides: the managers of whoever answers, else all."""
    for holder in answering(enquiry):
        return list(User.objects.managers_of(holder))
    return list(User.objects.managers())


@transaction.atomic
def warn_of_enquiries_left(*, user: User, by: User) -> int:
    """Tell the managers of each open enquiry that `user`, who leaves, should have answered."""
    left = Enquiry.objects.open().with_firm().filter(assigned_to=user).order_by("due_at", "pk")
    for enquiry in left:
        notices_of(enquiry).filter(seen_at=None, kind__in=ASKED).update(seen_at=timezone.now())
        tell(enquiry, NoticeKind.ENQUIRY_LEFT, managers(enquiry), by)
    return len(left)

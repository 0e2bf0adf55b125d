"""Mail to users: written in the transaction it is about, delivered once by the worker."""

import hashlib
import logging
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error as DatabaseFailure
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.actions.messages import notify
from accounts.actions.queue import later
from accounts.actions.trail import record
from accounts.enums import Deed, MailKind, MailStatus, NoticeKind, Role
from accounts.models import Absence, Mail, Notice, User
from accounts.models.messages import CUT_OFF, DAY_IS_OVER, LEFT_US, NOT_A_MAIL
from accounts.rules import next_attempt, say_what_happened
from cabi_crm.ui.links import own_host

logger = logging.getLogger(__name__)

# A mail that is still being sent after this time was cut off: its worker is gone.
LEASE = timedelta(minutes=5)
AT_A_TIME = 50


class LostMailError(Exception):
    """The mail was taken from us while we were sending it: it must not be handed over."""


@transaction.atomic
def write_mail(
    *, recipient: User, kind: MailKind, key: str, subject: str | Promise, body: str | Promise
) -> Mail | None:
    """Write a mail in the caller's transaction; the worker sends it when that is committed.

    Nothing is written, and None answered, when a mail with this `key` exists already or the
    receiver does not want such mails. What is urgent goes to whoever covers for the recipient
    today. `subject` and `body` may be lazy texts: they are said in the receiver's language.
    """
    urgent = kind == MailKind.ALERT
    receiver = Absence.objects.today().stand_in(recipient) if urgent else recipient
    wanted = receiver.mail_alerts if urgent else receiver.mail_digest
    if not (wanted and receiver.is_active):
        return None
    now = timezone.now()
    with translation.override(receiver.language or settings.LANGUAGE_CODE):
        cover = "" if receiver == recipient else _("You cover for %(name)s.") + "\n\n"
        mail, written = Mail.objects.get_or_create(
            key=key,
            defaults={
                "recipient": receiver,
                "kind": kind,
                "address": receiver.email,
                "subject": " ".join(str(subject).split())[:200],
                "body": cover % {"name": recipient.name} + str(body),
                "try_at": now,
            },
        )
    if not written:
        return None
    later(deliver_mail, now, mail.pk)
    return mail


def deliver_mail(pk: int) -> None:
    """Send one mail, if it is its turn and nobody else is at it. Run by the worker.

    When the database fails meanwhile the mail stays as it stood: `put_back_cut_off_mails` sees to
    it, and never sends again what may have been sent.
    """
    mail = claim(pk, timezone.now())
    if mail is None:
        return
    if reason := why_not(mail):
        settle(mail, MailStatus.GIVEN_UP, reason)
        return
    server: BaseEmailBackend = get_connection()
    try:
        server.open()
    except OSError as error:  # all errors of smtplib, too
        let_the_others_wait(timezone.now())
        wait_or_give_up(mail, error)
        return
    try:
        send(mail, server)
    finally:
        with suppress(OSError):
            server.close()


def send(mail: Mail, server: BaseEmailBackend) -> None:
    """Hand the mail to a server that answers, and write down how that ended."""
    try:
        before_the_text(server, lambda: hand_over(mail))
        sent = message_of(mail, server).send()
    except DatabaseFailure:
        raise
    except LostMailError:
        return
    except OSError as error:
        after_a_failure(mail, error)
    except Exception:  # such as an address no header can hold: it would fail each time
        logger.exception("mail %s cannot be sent", mail.pk)
        handed_over = mail.handed_over_at is not None
        settle(mail, MailStatus.UNCERTAIN if handed_over else MailStatus.GIVEN_UP, NOT_A_MAIL)
    else:
        if sent:
            settle(mail, MailStatus.SENT, "", sent_at=timezone.now())
        else:
            settle(mail, MailStatus.GIVEN_UP, NOT_A_MAIL)


def claim(pk: int, now: datetime) -> Mail | None:
    """Take a mail that waits, so that no other worker does; None when it is not to be sent."""
    taken = Mail.objects.waiting(now).filter(pk=pk).order_by()
    if not taken.update(
        status=MailStatus.SENDING,
        attempts=F("attempts") + 1,
        try_at=now + LEASE,
        handed_over_at=None,
        updated_at=now,
    ):
        return None
    return Mail.objects.select_related("recipient").get(pk=pk)


def why_not(mail: Mail) -> str:
    """Why a mail whose turn it is should not be sent after all; empty when it should."""
    if not mail.recipient.is_active:
        return LEFT_US
    return DAY_IS_OVER if mail.is_out_of_date(timezone.now()) else ""


def message_of(mail: Mail, server: BaseEmailBackend) -> EmailMessage:
    """The mail as it is sent; its id is the same each time, so that a second copy can be told."""
    unique = hashlib.sha256(f"{mail.pk} {mail.key}".encode()).hexdigest()[:32]
    return EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.address],
        connection=server,
        headers={
            "Message-ID": f"<{unique}@{own_host()}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def before_the_text(server: BaseEmailBackend, step: Callable[[], None]) -> None:
    """Take `step` right before the text goes out: until then nothing can have been sent.

    A server that is slow to accept sender and recipient has not got the mail yet; other ways of
    sending (console, memory) take it at once.
    """
    smtp = getattr(server, "connection", None)
    if not isinstance(smtp, smtplib.SMTP):
        step()
        return
    plain = smtp.data

    def data(text: str) -> tuple[int, bytes]:
        step()
        return plain(text)

    smtp.data = data  # type: ignore[assignment,method-assign]


def hand_over(mail: Mail) -> None:
    """Note that the server gets the text now; from here on it may have been sent."""
    now = timezone.now()
    ours = Mail.objects.filter(pk=mail.pk, attempts=mail.attempts, status=MailStatus.SENDING)
    if not ours.update(handed_over_at=now, updated_at=now):
        raise LostMailError
    mail.handed_over_at = now


def after_a_failure(mail: Mail, error: OSError) -> None:
    """Decide what an error while sending means for the mail."""
    code = code_of(error)
    if isinstance(
        error, smtplib.SMTPSenderRefused
    ):  # our own address: all mails, till it is mended
        wait_or_give_up(mail, error)
    elif 500 <= code < 600:
        settle(mail, MailStatus.GIVEN_UP, say(error))
    elif 400 <= code < 500 or mail.handed_over_at is None:
        wait_or_give_up(mail, error)
    else:  # the line broke after the text went out: the server may have taken it
        settle(mail, MailStatus.UNCERTAIN, say(error))


def wait_or_give_up(mail: Mail, error: OSError) -> None:
    """Try again later; give up when it has been tried for a day, or its day is over by then."""
    now = timezone.now()
    again = next_attempt(mail.created_at, mail.attempts, now)
    if again is None or mail.is_out_of_date(again):
        settle(mail, MailStatus.GIVEN_UP, say(error))
    else:
        settle(mail, MailStatus.WAITING, say(error), try_at=again, handed_over_at=None)


def settle(mail: Mail, status: MailStatus, error: str, **times: datetime | None) -> None:
    """Write down how this attempt ended, unless the mail has been taken from us since."""
    ours = Mail.objects.filter(
        pk=mail.pk,
        attempts=mail.attempts,
        status__in=[MailStatus.SENDING, MailStatus.UNCERTAIN],
    )
    values = {"status": status, "last_error": error, "updated_at": timezone.now(), **times}
    if ours.update(**values) and status in {MailStatus.GIVEN_UP, MailStatus.UNCERTAIN}:
        tell_administrators()


def let_the_others_wait(now: datetime) -> None:
    """The server cannot be reached: spare all other mails a wait for the same answer."""
    Mail.objects.waiting(now).order_by().update(try_at=now + timedelta(minutes=1))


def code_of(error: OSError) -> int:
    """The mail server's reply code; 0 when it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _text in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def say(error: OSError) -> str:
    """What went wrong, in one line, for an administrator."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()), (0, b""))
        return say_what_happened(code, text)
    if isinstance(error, smtplib.SMTPResponseException):
        return say_what_happened(error.smtp_code, error.smtp_error)
    return say_what_happened(0, f"{type(error).__name__}: {error}")


@transaction.atomic
def tell_administrators() -> None:
    """Put a line before each administrator, unless they have one already."""
    told = Notice.objects.filter(kind=NoticeKind.MAIL_STUCK, seen_at=None)
    people = User.objects.working().filter(role=Role.ADMINISTRATOR)
    for person in people.exclude(pk__in=told.values("recipient")):
        with translation.override(person.language or settings.LANGUAGE_CODE):
            subject = _("Look at the mail that did not get through")
        link = reverse("accounts:mails")
        notify(recipient=person, kind=NoticeKind.MAIL_STUCK, subject=subject, link=link)


def deliver_waiting(*, now: datetime, stopped: Callable[[], bool] = lambda: False) -> None:
    """Send what waits and whose time has come; no further mail once `stopped`."""
    for pk in Mail.objects.waiting(now).values_list("pk", flat=True)[:AT_A_TIME]:
        if stopped():
            return
        deliver_mail(pk)


def put_back_cut_off_mails(*, now: datetime) -> int:
    """Look after mails whose worker was killed; how many.

    What was not yet handed to the server waits again; of the rest nobody knows.
    """
    cut_off = Mail.objects.cut_off(now)
    waiting = cut_off.filter(handed_over_at=None).update(
        status=MailStatus.WAITING, try_at=now, last_error=CUT_OFF, updated_at=now
    )
    uncertain = cut_off.exclude(handed_over_at=None).update(
        status=MailStatus.UNCERTAIN, last_error=CUT_OFF, updated_at=now
    )
    if uncertain:
        tell_administrators()
    return waiting + uncertain


@transaction.atomic
def send_again(*, mail: Mail, by: User) -> bool:
    """Send a mail that was given up, or of which nobody knows; False when it has moved on.

    It goes to the recipient's address of today: the old one may be why it did not get through.
    """
    now = timezone.now()
    if mail.is_out_of_date(now):
        return False
    still = Mail.objects.stuck().filter(pk=mail.pk).order_by()
    address = User.objects.values_list("email", flat=True).get(pk=mail.recipient_id)
    if not still.update(status=MailStatus.WAITING, address=address, try_at=now, updated_at=now):
        return False
    later(deliver_mail, now, mail.pk)
    record(Deed.MAIL_SENT_AGAIN, by=by, on=mail)
    return True


@transaction.atomic
def leave_mail(*, mail: Mail, by: User) -> bool:
    """Do not send a mail of which nobody knows; False when it has moved on."""
    still = Mail.objects.stuck().filter(pk=mail.pk, status=MailStatus.UNCERTAIN).order_by()
    if not still.update(status=MailStatus.GIVEN_UP, updated_at=timezone.now()):
        return False
    record(Deed.MAIL_LEFT, by=by, on=mail)
    return True


def forget_old_mails(*, now: datetime) -> int:
    """Empty mails of a month ago; how many. Their keys stay, so that nothing is told twice."""
    return Mail.objects.to_forget(now).order_by().update(body="", updated_at=now)

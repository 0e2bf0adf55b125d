"""What is told to users: lines on the home page, and mail."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailKind, MailStatus, NoticeKind
from accounts.models.absences import Absence
from accounts.models.people import User
from cabi_crm.db import TimeStamped


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about many notices."""

    def unseen_by(self, user: User) -> Self:
        """What waits for `user` and for those they cover for today, newest first.

        The page says of whom it is; whoever puts it away does so for both.
        """
        served = [each.pk for each in Absence.objects.today().served_by(user)]
        waiting = self.filter(recipient__in=served, seen_at=None)
        return waiting.select_related("recipient").order_by("-created_at", "-pk")


class Notice(models.Model):
    """A line on somebody's home page about something that happened without them."""

    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30, choices=NoticeKind)
    subject = models.CharField(max_length=200)
    link = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        indexes = [
            models.Index(fields=["recipient", "seen_at", "-created_at"]),
            # What is put away when the thing it is about is settled.
            models.Index(
                fields=["link"], condition=models.Q(seen_at=None), name="notice_waiting_by_link"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


LEFT_US = gettext_noop("The recipient may no longer log in.")
CUT_OFF = gettext_noop("The worker stopped while the mail was being sent.")
NOT_A_MAIL = gettext_noop("The mail is not as mail must be.")
DAY_IS_OVER = gettext_noop("The day it was about was over before it could be sent.")
OWN_REASONS = frozenset({LEFT_US, CUT_OFF, NOT_A_MAIL, DAY_IS_OVER})
# What a mail said is forgotten after this; that it was written is not, so that it is written once.
MAIL_KEPT = timedelta(days=30)


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about many mails."""

    def waiting(self, moment: datetime) -> Self:
        """Mails whose turn it is at `moment`: new ones, and those to be tried again."""
        return self.filter(status=MailStatus.WAITING, try_at__lte=moment).order_by("try_at", "pk")

    def cut_off(self, moment: datetime) -> Self:
        """Mails that should have been sent by `moment`: whoever was at it is gone."""
        return self.filter(status=MailStatus.SENDING, try_at__lt=moment)

    def stuck(self) -> Self:
        """Mails that are not sent by themselves: somebody must say what is to happen."""
        return self.filter(
            status__in=[MailStatus.UNCERTAIN, MailStatus.GIVEN_UP],
            created_at__gt=timezone.now() - MAIL_KEPT,
        )

    def to_forget(self, moment: datetime) -> Self:
        """Mails that are over and done with and still say what they said."""
        waits = [MailStatus.WAITING, MailStatus.SENDING]
        return (
            self.filter(created_at__lte=moment - MAIL_KEPT)
            .exclude(status__in=waits)
            .exclude(body="")
        )


class Mail(TimeStamped):
    """A mail to a user: written in the transaction it is about, sent once by the worker.

    `key` says what it is about, so that the same thing is never told twice. A mail whose sending
    was cut off after it was handed to the mail server is *uncertain*: it is not sent again by
    itself, and an administrator sees it.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("recipient", "address", "subject", "body")

    recipient = models.ForeignKey(
        User, models.CASCADE, related_name="mails", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind)
    key = models.CharField(max_length=120, unique=True)
    address = models.EmailField(_("address"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    status = models.CharField(
        _("status"), max_length=20, choices=MailStatus, default=MailStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    try_at = models.DateTimeField(_("next attempt"))
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("what went wrong"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["Mail"]] = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=MailStatus.SENT, sent_at__isnull=False)
                | (~models.Q(status=MailStatus.SENT) & models.Q(sent_at=None)),
                name="mail_sent_has_a_time",
                violation_error_message=_("A mail that is sent has a time."),
            )
        ]
        indexes = [models.Index(fields=["status", "try_at"])]

    def __str__(self) -> str:
        return self.subject

    @property
    def pill(self) -> str:
        """How the status is marked in a list."""
        kinds = {
            MailStatus.SENT.value: "fine",
            MailStatus.UNCERTAIN.value: "due",
            MailStatus.GIVEN_UP.value: "late",
        }
        return kinds.get(self.status, "")

    @property
    def error_text(self) -> str:
        """What went wrong, in words for whoever decides what is to happen."""
        said = self.last_error
        if not said or said in OWN_REASONS:
            return gettext(said) if said else ""
        reply = {"reply": said}
        if said[0].isdigit():
            return gettext("The mail server said: %(reply)s") % reply
        return gettext("The mail server did not answer (%(reply)s)") % reply

    @property
    def is_waiting_again(self) -> bool:
        """Whether it has been tried and is to be tried again."""
        return self.status == MailStatus.WAITING and self.attempts > 0

    @property
    def is_uncertain(self) -> bool:
        """Whether nobody knows if it came through, and somebody should say what is to happen."""
        return self.is_stuck and self.status == MailStatus.UNCERTAIN

    def is_out_of_date(self, moment: datetime) -> bool:
        """Whether `moment` is too late to send it: a day's plan is of no use on the next."""
        written = timezone.localdate(self.created_at)
        return self.kind == MailKind.DIGEST and timezone.localdate(moment) > written

    @property
    def may_go_again(self) -> bool:
        """Whether an administrator may have it sent once more."""
        return self.is_stuck and not self.is_out_of_date(timezone.now())

    @property
    def is_stuck(self) -> bool:
        """Whether it is not sent by itself, and still says something."""
        stuck = self.status in {MailStatus.UNCERTAIN, MailStatus.GIVEN_UP}
        return stuck and self.created_at > timezone.now() - MAIL_KEPT

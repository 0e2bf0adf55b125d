"""What is told to users: lines on the home page, and mail."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import MailKind, MailStatus, NoticeKind
from accounts.models.people import User
from cabi_crm.db import TimeStamped


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about many notices."""

    def unseen_by(self, user: User) -> Self:
        """What `user` has not put away yet, newest first."""
        return self.filter(recipient=user, seen_at=None).order_by("-created_at")


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
        indexes = [models.Index(fields=["recipient", "seen_at", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about many mails."""

    def waiting(self, moment: datetime) -> Self:
        """Mails whose turn it is at `moment`: new ones, and those to be tried again."""
        return self.filter(status=MailStatus.WAITING, try_at__lte=moment).order_by("try_at", "pk")


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

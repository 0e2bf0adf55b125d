"""What happens between a workplace and us, and what was seen there."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cabi_crm.db import TimeStamped
from companies.enums import (
    CONTACT_KINDS,
    NO_FOR_NOW,
    OPEN_STATUSES,
    ActivityKind,
    ActivityStatus,
    Outcome,
)
from companies.models.people import main_phone


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Questions about many activities."""

    def kept(self) -> Self:
        """Activities that were not deleted."""
        return self.filter(removed_at=None)

    def held(self) -> Self:
        """Activities that took place."""
        return self.kept().filter(status=ActivityStatus.HELD)

    def contacts(self) -> Self:
        """Held activities in which we spoke with the firm."""
        return self.held().filter(kind__in=CONTACT_KINDS)

    def open(self) -> Self:
        """Activities still to come."""
        return self.kept().filter(status__in=OPEN_STATUSES)

    def unfinished(self) -> Self:
        """Held ones that wait under *Finish later*."""
        return self.held().filter(finish_later=True)

    def asking(self) -> Self:
        """Contacts, held or to come, in which the firm is asked for something concrete."""
        kept = self.kept().exclude(status=ActivityStatus.CANCELLED)
        return kept.filter(kind__in=CONTACT_KINDS).exclude(offer="")

    def ended_in_no(self, workplace: Any, before: "Activity | None" = None) -> bool:
        """Whether the last contact with the firm, or the last before one, was a no for now."""
        contacts = self.contacts().filter(workplace=workplace).newest_first()
        if before is not None:
            contacts = contacts.exclude(pk=before.pk).filter(starts_at__lte=before.starts_at)
        return contacts.values_list("outcome", flat=True).first() in NO_FOR_NOW

    def of(self, user: User) -> Self:
        """Activities `user` carries out."""
        return self.filter(user=user)

    def due_by(self, moment: datetime) -> Self:
        """Open activities that should happen no later than `moment`."""
        return self.open().filter(starts_at__lte=moment)

    def with_main_phone(self) -> Self:
        """With `main_phone`: the number of whoever is the first to ring at the workplace."""
        return self.annotate(main_phone=main_phone("workplace"))

    def newest_first(self) -> Self:
        """The order of a timeline."""
        return self.order_by("-starts_at", "-pk")


class Activity(TimeStamped):
    """A visit, call, e-mail, meeting, event or note at one workplace, planned or held.

    Deleting one sets `removed_at`, so that it can be undone.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("note", "can_take", "offer", "user")

    workplace = models.ForeignKey(
        "companies.Workplace",
        models.PROTECT,
        related_name="activities",
        verbose_name=_("workplace"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ActivityKind)
    status = models.CharField(_("status"), max_length=20, choices=ActivityStatus)
    starts_at = models.DateTimeField(_("when"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="activities", verbose_name=_("who")
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    return_on = models.DateField(_("come back"), null=True, blank=True)
    can_take = models.TextField(_("whom they could take"), max_length=1000, blank=True)
    offer = models.TextField(_("concrete offer"), max_length=1000, blank=True)
    no_offer_because = models.CharField(_("why no offer"), max_length=200, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    finish_later = models.BooleanField(_("finish later"), default=False)
    follows = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="next_steps"
    )
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ActivityQuerySet] = ActivityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_NOW) | Q(return_on__isnull=False),
                name="activity_not_now_has_a_return_date",
                violation_error_message=_("Say when we may come back."),
            ),
            models.CheckConstraint(
                condition=Q(status=ActivityStatus.HELD) | Q(outcome=""),
                name="activity_outcome_only_when_held",
                violation_error_message=_("Only what was held has an outcome."),
            ),
        ]
        indexes = [
            models.Index(fields=["workplace", "-starts_at"]),
            models.Index(
                fields=["workplace", "starts_at"],
                condition=Q(removed_at=None, status__in=["planned", "agreed"]),
                name="activity_open_per_workplace",
            ),
            models.Index(fields=["user", "status", "starts_at"]),
            # What waits under *Finish later*, without reading all that somebody ever held.
            models.Index(
                fields=["user"],
                condition=Q(removed_at=None, status="held", finish_later=True),
                name="activity_unfinished",
            ),
            # The few firms that said *not now*, by the day we may come back.
            models.Index(
                fields=["return_on"],
                condition=Q(removed_at=None, status="held", outcome="not_now"),
                name="activity_come_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.workplace}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return self.status in OPEN_STATUSES

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have happened before today."""
        return self.is_open and timezone.localdate(self.starts_at) < timezone.localdate(now)

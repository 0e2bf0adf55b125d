"""The audit trail."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Deed
from accounts.models.people import User


class Event(models.Model):
    """One line of the audit trail: who did what to which object. Never changed, never deleted.

    Each row carries the hash of the row before it, so a row that is edited, removed or put in
    between is found by `manage.py audit_verify`. Triggers refuse UPDATE and DELETE.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("actor", "changes")

    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey(
        User, models.DO_NOTHING, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    actor_role = models.CharField(_("role"), max_length=20, blank=True)
    action = models.CharField(_("action"), max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    object_label = models.CharField(_("what"), max_length=200, blank=True)
    citizen_reference = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    request_id = models.CharField(max_length=36, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"])]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}".strip()

    @property
    def deed(self) -> str:
        """The action in words."""
        return str(Deed(self.action).label) if self.action in Deed.values else self.action


class EventChain(models.Model):
    """The head of the audit trail: its length and last hash, locked while an event is added."""

    length = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="event_chain_is_one",
                violation_error_message=_("There is one audit trail."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.length} {self.last_hash[:12]}"

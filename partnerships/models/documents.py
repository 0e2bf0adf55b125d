"""The papers that are kept."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Language, Paper
from partnerships.models.agreements import Agreement


class AgreementDocument(models.Model):
    """The paper of one version as it was sent for signature. Triggers refuse any change.

    `sha256` is the hash of `pdf`; `snapshot` is the data the paper was made from.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="documents")
    version = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=2, choices=Paper, default=Paper.A4)
    language = models.CharField(max_length=2, choices=Language)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    snapshot = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("document")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "version"],
                name="agreement_document_once_a_version",
                violation_error_message=_("This version already has its paper."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number} v{self.version}"

    @property
    def is_intact(self) -> bool:
        """Whether the stored PDF still has the hash it was stored with."""
        return hashlib.sha256(bytes(self.pdf)).hexdigest() == self.sha256

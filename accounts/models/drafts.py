"""What is typed and not yet saved."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about many drafts."""

    def of(self, user: User) -> Self:
        """The drafts of one user; nobody sees another's."""
        return self.filter(user=user)


class Draft(models.Model):
    """What a user has typed in a form and not saved: kept while typing, gone when it is saved."""

    personal_fields: ClassVar[tuple[str, ...]] = ("user", "values")

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=80)
    values = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("saved"))

    objects: ClassVar[models.Manager["Draft"]] = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "form"],
                name="draft_once_a_form",
                violation_error_message=_("There is a draft of this form already."),
            )
        ]
        indexes = [models.Index(fields=["saved_at"])]

    def __str__(self) -> str:
        return self.form

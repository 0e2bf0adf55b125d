"""What is typed and not yet saved."""

import json
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User

# No form of ours has so long a name; what asks for one is no form of ours.
NAME_LENGTH = 80


class DraftQuerySet(models.QuerySet["Draft"]):
    """Questions about many drafts."""

    def of(self, user: User) -> Self:
        """The drafts of one user; nobody sees another's."""
        return self.filter(user=user)

    def begun(self, user: User, form: str) -> "Draft":
        """What `user` has typed in `form`; an empty draft, not in the database, when nothing."""
        return self.of(user).filter(form=form).first() or Draft(user=user, form=form, values=[])


class Draft(models.Model):
    """What a user has typed in a form and not saved: kept while typing, gone when it is saved.

    `values` is a list of (field, text), a field with several choices once for each.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("user", "values")

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=NAME_LENGTH)
    values = models.JSONField(_("what was typed"))
    saved_at = models.DateTimeField(_("saved"))

    objects: ClassVar[DraftQuerySet] = DraftQuerySet.as_manager()  # type: ignore[assignment]

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

    @property
    def json(self) -> str:
        """What was typed, for the script that fills it in again."""
        return json.dumps(self.values, ensure_ascii=False)

"""A CVR delivery brought in through the browser."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cabi_crm.db import TimeStamped
from companies.enums import ImportStatus

LONGEST_RUN = timedelta(hours=1)


class CvrImport(TimeStamped):
    """An uploaded register file, its preview and, once carried out, its result."""

    file = models.FileField(_("file"), upload_to="imports/", blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    status = models.CharField(max_length=20, choices=ImportStatus)
    preview = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import from the register")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=ImportStatus.DONE) | models.Q(done_at__isnull=False),
                name="cvr_import_done_has_a_time",
                violation_error_message=_("An import that is carried out has a time."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ImportStatus.RUNNING)
                | models.Q(started_at__isnull=False),
                name="cvr_import_running_has_a_start",
                violation_error_message=_("An import that is being carried out has a start."),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def is_running(self, now: datetime) -> bool:
        """Whether it is being carried out; what began too long ago has died on the way."""
        return (
            self.status == ImportStatus.RUNNING
            and self.started_at is not None
            and now - self.started_at < LONGEST_RUN
        )

    def may_run(self, now: datetime) -> bool:
        """Whether it waits to be carried out, for the first time or after a run that died."""
        waits = self.status in {ImportStatus.PREVIEWED, ImportStatus.RUNNING}
        return waits and not self.is_running(now)

"""A CVR delivery brought in through the browser."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cabi_crm.db import TimeStamped
from companies.enums import ImportStatus


class CvrImport(TimeStamped):
    """An uploaded register file, its preview and, once carried out, its result."""

    file = models.FileField(_("file"), upload_to="imports/", blank=True)
    file_name = models.CharField(_("file"), max_length=200)
    status = models.CharField(max_length=20, choices=ImportStatus)
    preview = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import from the register")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status=ImportStatus.DONE) | models.Q(done_at__isnull=False),
                name="cvr_import_done_has_a_time",
                violation_error_message=_("An import that is carried out has a time."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

"""Agreement templates: each version of the wording, and its points."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cabi_crm.db import TimeStamped
from partnerships.enums import Language


class AgreementTemplateQuerySet(models.QuerySet["AgreementTemplate"]):
    """Questions about many templates."""

    def offered(self, on: date) -> Self:
        """Wordings that new agreements may use on `on`, the newest first."""
        return (
            self.filter(Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gte=on))
            .filter(published=True)
            .order_by("-valid_from", "-pk")
        )


class AgreementTemplate(TimeStamped):
    """One version of the agreement's wording, in Danish and English, with its points.

    A version that has been used is never edited: a new one is added and the old one end-dated.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    purpose_da = models.TextField(_("purpose in Danish"), max_length=400)
    purpose_en = models.TextField(_("purpose in English"), max_length=400)
    valid_from = models.DateField(_("offered from"))
    valid_to = models.DateField(_("offered until"), null=True, blank=True)
    published = models.BooleanField(_("may be used"), default=True)

    objects: ClassVar[models.Manager["AgreementTemplate"]] = AgreementTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement template")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="agreement_template_period_runs_forward",
                violation_error_message=_("The last day must come after the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def purpose(self, language: str) -> str:
        """The two lines of purpose in `language`."""
        return self.purpose_en if language == Language.ENGLISH else self.purpose_da


class AgreementPoint(models.Model):
    """One of a template's points, with the number it keeps on every paper."""

    template = models.ForeignKey(AgreementTemplate, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    title_da = models.CharField(_("title in Danish"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160)
    help_da = models.CharField(_("help in Danish"), max_length=200, blank=True)
    help_en = models.CharField(_("help in English"), max_length=200, blank=True)
    commitment_da = models.TextField(_("suggested wording in Danish"), max_length=600, blank=True)
    commitment_en = models.TextField(_("suggested wording in English"), max_length=600, blank=True)
    unit_da = models.CharField(_("what is counted, in Danish"), max_length=60, blank=True)
    unit_en = models.CharField(_("what is counted, in English"), max_length=60, blank=True)
    warning_da = models.CharField(_("warning in Danish"), max_length=200, blank=True)
    warning_en = models.CharField(_("warning in English"), max_length=200, blank=True)
    warning_from = models.DateField(_("warn from"), null=True, blank=True)

    class Meta:
        verbose_name = _("point")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"],
                name="agreement_point_number_once",
                violation_error_message=_("This number is already used in the template."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def wording(self, part: str, language: str | None = None) -> str:
        """`part` (title, help, commitment, unit, warning) in `language` or the reader's own."""
        code = language or get_language() or Language.DANISH
        suffix = "en" if code.startswith("en") else "da"
        return str(getattr(self, f"{part}_{suffix}"))

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.wording("title")

    @property
    def help(self) -> str:
        """What the point is about, in the reader's language."""
        return self.wording("help")

    @property
    def unit(self) -> str:
        """What the quantity counts, in the reader's language."""
        return self.wording("unit")

    def warning(self, on: date) -> str:
        """The warning that holds on `on`; empty when there is none."""
        return self.wording("warning") if self.warning_from and self.warning_from <= on else ""

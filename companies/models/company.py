"""The legal entity (CVR) and its line of business."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabi_crm.db import TimeStamped
from companies.enums import CompanyStatus, IndustrySystem, Sector


class Industry(models.Model):
    """A line of business in one of the register's code lists."""

    system = models.CharField(max_length=4, choices=IndustrySystem)
    code = models.CharField(_("code"), max_length=6)
    text = models.CharField(_("industry"), max_length=200)

    class Meta:
        verbose_name = _("industry")
        ordering = ["text"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"],
                name="industry_code_unique",
                violation_error_message=_("This code is already in the list."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Company(TimeStamped):
    """A legal entity with a CVR number; the register owns its facts, people its sector."""

    personal_fields: ClassVar[tuple[str, ...]] = ("name",)

    cvr_number = models.CharField(_("CVR number"), max_length=8, unique=True)
    name = models.CharField(_("name"), max_length=200)
    form_code = models.PositiveSmallIntegerField(_("form code"), null=True, blank=True)
    form_text = models.CharField(_("form"), max_length=120, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, default=Sector.PRIVATE)
    status = models.CharField(
        _("status"), max_length=20, choices=CompanyStatus, default=CompanyStatus.NORMAL
    )
    status_text = models.CharField(_("the register's word"), max_length=80, blank=True)
    industry = models.ForeignKey(
        Industry, models.PROTECT, verbose_name=_("industry"), null=True, blank=True
    )
    advertising_protection = models.BooleanField(_("advertising protection"), default=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    website = models.CharField(_("website"), max_length=254, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ceased_on = models.DateField(_("ceased"), null=True, blank=True)

    class Meta:
        verbose_name = _("company")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cvr_number__regex=r"^[0-9]{8}$"),
                name="company_cvr_is_eight_digits",
                violation_error_message=_("A CVR number has eight digits."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_in_trouble(self) -> bool:
        """Whether the register says anything but normal."""
        return self.status != CompanyStatus.NORMAL

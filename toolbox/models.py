"""The shared bag of instruments and offers that everybody brings to a visit."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.access import may_read_companies
from accounts.models import User
from toolbox.enums import Confidence

LONG = 10  # digits; no row has a longer key


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    """Questions about many instruments."""

    def visible_to(self, user: User) -> Self:
        """All for those who work with companies."""
        return self if may_read_companies(user) else self.none()

    def valid_on(self, day: date) -> Self:
        """Those that can be offered on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def after(self, instrument: "Instrument") -> Self:
        """Later wordings of the same instrument, the next first."""
        later = self.filter(code=instrument.code, valid_from__gt=instrument.valid_from)
        return later.order_by("valid_from")

    def from_pages(self, keys: Iterable[str]) -> Self:
        """Those ticked in an address; anything odd in it is left out."""
        return self.filter(
            pk__in=[int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < LONG]
        )


class Instrument(models.Model):
    """Something we can offer a firm, such as a work placement, in words the firm understands.

    Dated: one that ends gets `valid_to`, and a new wording is a new row. The rules of law behind
    an instrument are rows of their own and stand with the placements.
    """

    code = models.SlugField(_("code"), max_length=40)
    name_da = models.CharField(_("name in Danish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    what_da = models.TextField(_("what it is, in Danish"), max_length=600)
    what_en = models.TextField(_("what it is, in English"), max_length=600)
    duration_da = models.CharField(_("how long, in Danish"), max_length=200, blank=True)
    duration_en = models.CharField(_("how long, in English"), max_length=200, blank=True)
    pays_da = models.CharField(_("who pays, in Danish"), max_length=200, blank=True)
    pays_en = models.CharField(_("who pays, in English"), max_length=200, blank=True)
    basis = models.CharField(_("paragraph"), max_length=120, blank=True)
    confidence = models.CharField(
        _("how sure"), max_length=20, choices=Confidence, default=Confidence.UNVERIFIED
    )
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=50)

    objects: ClassVar[models.Manager["Instrument"]] = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        ordering = ["order", "name_da", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="instrument_once_a_day",
                violation_error_message=_("There is a wording from this day already."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="instrument_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def said(self, field: str) -> str:
        """`field` in the language that is being read."""
        language = "en" if get_language() == "en" else "da"
        return str(getattr(self, f"{field}_{language}"))

    @property
    def name(self) -> str:
        """The name in the language that is being read."""
        return self.said("name")

    @property
    def what(self) -> str:
        """What it is, in one or two sentences."""
        return self.said("what")

    @property
    def duration(self) -> str:
        """How long it lasts."""
        return self.said("duration")

    @property
    def pays(self) -> str:
        """Who pays what."""
        return self.said("pays")

    @property
    def key(self) -> str:
        """How an address names it."""
        return str(self.pk)

    @property
    def is_unverified(self) -> bool:
        """Whether somebody must look it up before a firm relies on it."""
        return self.confidence == Confidence.UNVERIFIED

    def reaches(self, later: "Instrument | None", last_day: date | None) -> bool:
        """Whether it would still be offered, until `last_day`, when the `later` wording begins."""
        return later is not None and (last_day is None or last_day >= later.valid_from)

    def has_begun(self, on: date) -> bool:
        """Whether it has been offered before `on`; what was used is ended, not overwritten."""
        return self.valid_from < on

    def has_ended(self, on: date) -> bool:
        """Whether it can no longer be offered on `on`."""
        return self.valid_to is not None and self.valid_to < on

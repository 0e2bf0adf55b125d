"""The municipality's company entry point, and when it is open."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Weekday
from cabi_crm.db import TimeStamped
from cabi_crm.ui.phones import check_phone
from cabi_crm.ui.requests import already_read


class OrganisationManager(models.Manager["Organisation"]):
    """There is one row; most pages ask for it more than once."""

    def current(self) -> "Organisation":
        """The organisation without its logo, read once a request; an empty one before set-up."""
        memory = already_read.get()
        if memory is None:
            return self._read()
        if "organisation" not in memory:
            memory["organisation"] = self._read()
        found: Organisation = memory["organisation"]
        return found

    def _read(self) -> "Organisation":
        return self.defer("logo").first() or Organisation(label="")


class Organisation(TimeStamped):
    """The municipality's company entry point: one row, shown on every page and document."""

    label = models.CharField(_("name"), max_length=120)
    municipality_code = models.CharField(_("municipality code"), max_length=4)
    municipality_name = models.CharField(_("municipality"), max_length=80)
    cvr_number = models.CharField(_("CVR number"), max_length=8, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True, validators=[check_phone])
    email = models.EmailField(_("e-mail"), blank=True)
    accessibility_url = models.URLField(_("accessibility statement"), blank=True)
    signatory_name = models.CharField(_("who signs agreements"), max_length=120, blank=True)
    signatory_title = models.CharField(_("their title"), max_length=120, blank=True)
    logo = models.BinaryField(_("logo"), blank=True, default=b"")
    logo_type = models.CharField(max_length=40, blank=True)
    renewal_days = models.PositiveSmallIntegerField(
        _("days before an agreement is renegotiated"),
        default=60,
        help_text=_("An agreement is up for renewal this many days before its date."),
    )
    hotline = models.CharField(_("hotline"), max_length=40, blank=True, validators=[check_phone])
    response_hours = models.PositiveSmallIntegerField(
        _("hours to answer an enquiry"),
        default=8,
        help_text=_("Counted in opening hours. The firm is promised an answer within them."),
    )
    # Contacts a year that each level asks for; the defaults are Odense's practice (domain, 8).
    contacts_passive = models.PositiveSmallIntegerField(_("contacts a year: passive"), default=2)
    contacts_contact = models.PositiveSmallIntegerField(_("contacts a year: contact"), default=2)
    contacts_collaboration = models.PositiveSmallIntegerField(
        _("contacts a year: collaboration"), default=4
    )
    contacts_partnership = models.PositiveSmallIntegerField(
        _("contacts a year: partnership"), default=4
    )
    confirm_months = models.PositiveSmallIntegerField(
        _("months before a contact person is confirmed again"), default=12
    )
    # Days that are no public holidays, on which many job centres are closed all the same.
    closed_on_1_may = models.BooleanField(_("closed on 1 May"), default=False)
    closed_on_5_june = models.BooleanField(_("closed on Constitution Day, 5 June"), default=True)
    closed_on_24_december = models.BooleanField(_("closed on 24 December"), default=True)
    closed_on_31_december = models.BooleanField(_("closed on 31 December"), default=True)

    objects: ClassVar[OrganisationManager] = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="organisation_is_one",
                violation_error_message=_("There is one organisation in an installation."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def contacts_a_year(self) -> dict[str, int]:
        """How many contacts a year each relationship level asks for; 0 asks for none."""
        return {
            "passive": self.contacts_passive,
            "contact": self.contacts_contact,
            "collaboration": self.contacts_collaboration,
            "partnership": self.contacts_partnership,
        }

    @property
    def address(self) -> str:
        """Street, postcode and town on one line; empty when nothing is known."""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.street, place) if part)


class OpeningHours(models.Model):
    """When the organisation answers on one weekday; a day without a row is closed."""

    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday, unique=True)
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"))

    class Meta:
        verbose_name = _("opening hours")
        ordering = ["weekday"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="opening_hours_close_after_they_open",
                violation_error_message=_("Close later than you open."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H.%M}–{self.closes_at:%H.%M}"

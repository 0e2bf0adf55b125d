"""The workplace (P-number), where everything happens."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.access import may_read_companies
from accounts.models import User
from cabi_crm.db import TimeStamped, start_of
from companies.enums import ActivityKind, Channel, OpeningChannel, RelationshipLevel, Tone
from companies.models.company import Company, Industry
from companies.rules import (
    asked_words,
    band_of,
    digits_of,
    near_misses,
    workplace_search_text,
)
from companies.rules.cadence import interval

if TYPE_CHECKING:
    from companies.models.people import ContactPerson

DAY = timedelta(days=1)


class WorkplaceQuerySet(models.QuerySet["Workplace"]):
    """Questions about many workplaces."""

    def visible_to(self, user: User) -> Self:
        """All workplaces for those who may read company data, none for others."""
        return self if may_read_companies(user) else self.none()

    def active(self) -> Self:
        """Workplaces that have not ceased."""
        return self.filter(ceased_on=None)

    def owned_by(self, user: User) -> Self:
        """The portfolio of one consultant."""
        return self.filter(owner=user)

    def matching(self, text: str) -> Self:
        """Workplaces where every word of `text` occurs in name, numbers, town or a contact person.

        Spaces inside a CVR, P- or phone number do not matter.
        """
        found = self
        for word in asked_words(text):
            found = found.filter(search_text__contains=word)
        return found

    def nearly_matching(self, text: str) -> Self:
        """The same with one letter wrong, missing, extra or swapped in each longer word."""
        found = self
        for word in asked_words(text):
            near = Q(search_text__contains=word)
            for pattern in near_misses(word):
                near |= Q(search_text__like=f"%{pattern}%")
            found = found.filter(near)
        return found

    def contacted_since(self, day: date) -> Self:
        """Workplaces with at least one held contact on or after `day`."""
        return self.filter(last_contact_at__gte=start_of(day))

    def not_contacted_since(self, day: date) -> Self:
        """Workplaces without any held contact on or after `day`."""
        return self.filter(Q(last_contact_at=None) | Q(last_contact_at__lt=start_of(day)))

    def cadence_due(self, limits: Mapping[str, date]) -> Self:
        """Workplaces whose last contact, or their owner's first day, is before their level's limit.

        `limits` is `rules.cadence.limits(…)`; a workplace that wants a pause is still counted.
        """
        return self.filter(is_due(limits))

    def with_due(self, contacts_a_year: Mapping[str, int], on: date) -> Self:
        """With `due_at`: about when the next contact is due, for sorting; see `next_contact`."""
        start = Coalesce("last_contact_at", Cast("owner_since", models.DateTimeField()))
        gaps = ((level, interval(number)) for level, number in contacts_a_year.items())
        due = Case(
            *(When(level=level, then=start + Value(gap)) for level, gap in gaps if gap),
            output_field=models.DateTimeField(),
        )
        pause = Cast("paused_until", models.DateTimeField())
        paused = Q(paused_until__gt=on, counted_due_at__lt=pause)
        return self.alias(counted_due_at=due).annotate(
            due_at=Case(When(paused, then=pause), default=F("counted_due_at"))
        )

    def in_municipality(self, code: str) -> Self:
        """Workplaces there, and those the source gave no code for; all when there is no code."""
        return self.filter(municipality_code__in=[code, ""]) if code else self

    def in_band(self, band: str) -> Self:
        """Workplaces of one size band."""
        return self.filter(size_band=band)


def is_due(limits: Mapping[str, date]) -> Q:
    """What holds for workplaces of `WorkplaceQuerySet.cadence_due`, for counting them."""
    due = Q(pk__in=[])
    for level, day in limits.items():
        never = Q(last_contact_at=None, owner_since__lte=day)
        due |= Q(level=level) & (Q(last_contact_at__lt=start_of(day + DAY)) | never)
    return due


class Workplace(TimeStamped):
    """A place where people work (P-number): visits, contacts and agreements hang here.

    The upper fields are the register's and renewed by imports; the lower ones are entered by
    people and never touched by an import.
    """

    personal_fields: ClassVar[tuple[str, ...]] = ("name", "phone", "email", "search_text")

    company = models.ForeignKey(Company, models.PROTECT, related_name="workplaces")
    p_number = models.CharField(_("P-number"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=200)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    municipality_code = models.CharField(_("municipality code"), max_length=4, blank=True)
    industry = models.ForeignKey(
        Industry, models.PROTECT, verbose_name=_("industry"), null=True, blank=True
    )
    employees = models.PositiveIntegerField(_("employees"), null=True, blank=True)
    employees_low = models.PositiveIntegerField(null=True, blank=True)
    employees_high = models.PositiveIntegerField(null=True, blank=True)
    ordinary_fte = models.DecimalField(
        _("full-time equivalents"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    employment_month = models.DateField(_("employees counted"), null=True, blank=True)
    size_band = models.CharField(_("size"), max_length=5, blank=True)
    advertising_protection = models.BooleanField(_("advertising protection"), default=False)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    website = models.CharField(_("website"), max_length=254, blank=True)
    register_status = models.CharField(_("the register's word"), max_length=80, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ceased_on = models.DateField(_("ceased"), null=True, blank=True)
    search_text = models.TextField(blank=True, editable=False)

    # Kept by the actions that change activities, so that lists and figures need not look for them.
    last_contact_at = models.DateTimeField(_("last contact"), null=True, blank=True, editable=False)
    next_step_at = models.DateTimeField(_("next step"), null=True, blank=True, editable=False)
    next_step_kind = models.CharField(max_length=20, blank=True, editable=False)

    level = models.CharField(
        _("level"),
        max_length=20,
        choices=RelationshipLevel,
        default=RelationshipLevel.PASSIVE,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("owner"),
        related_name="workplaces",
        null=True,
        blank=True,
    )
    owner_since = models.DateField(_("owner since"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("opened by"),
        related_name="+",
        null=True,
        blank=True,
    )
    opened_on = models.DateField(_("opened"), null=True, blank=True)
    opened_channel = models.CharField(
        _("first contact"), max_length=20, choices=OpeningChannel, blank=True
    )
    about = models.TextField(_("what they do"), max_length=1000, blank=True)
    tone = models.CharField(_("tone"), max_length=20, choices=Tone, blank=True)
    culture = models.TextField(
        _("culture and chemistry"),
        max_length=1000,
        blank=True,
        help_text=_("How do people speak to each other? Who fits in?"),
    )
    products = models.TextField(_("products and customers"), max_length=1000, blank=True)
    skill_demands = models.TextField(
        _("what people must be able to do"), max_length=1000, blank=True
    )

    # How we may come to them (catalogue: know the firm's routines).
    preferred_channel = models.CharField(
        _("preferred contact"), max_length=20, choices=Channel, blank=True
    )
    ask_whom = models.CharField(_("whom to ask about a new person"), max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(
        _("people at a time"),
        null=True,
        blank=True,
        help_text=_("How many they can take at the same time."),
    )
    asks_a_month = models.PositiveSmallIntegerField(
        _("asks a month"),
        null=True,
        blank=True,
        help_text=_("How often they want to be asked, at most."),
    )
    rest_weeks = models.PositiveSmallIntegerField(
        _("weeks of rest"),
        null=True,
        blank=True,
        help_text=_("How long they want peace after we have asked."),
    )
    paused_until = models.DateField(_("pause until"), null=True, blank=True)
    pause_reason = models.CharField(_("why the pause"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Workplace"]] = WorkplaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("workplace")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(p_number__regex=r"^[0-9]{10}$"),
                name="workplace_p_number_is_ten_digits",
                violation_error_message=_("A P-number has ten digits."),
            ),
            models.CheckConstraint(
                condition=~Q(pause_reason="") | Q(paused_until=None),
                name="workplace_pause_has_a_reason",
                violation_error_message=_("Say why they want a pause."),
            ),
            models.CheckConstraint(
                condition=Q(opened_by=None) | Q(opened_on__isnull=False),
                name="workplace_opening_has_a_date",
                violation_error_message=_("Say when the door was opened."),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"]),
            models.Index(fields=["town", "name"]),
            models.Index(fields=["owner", "name"]),
            models.Index(fields=["level", "name"]),
            models.Index(fields=["size_band"]),
            # A portfolio in the order in which its workplaces are due (the day, cadence).
            models.Index(
                fields=["owner", "level", "last_contact_at"],
                condition=Q(ceased_on=None),
                name="workplace_portfolio",
            ),
            models.Index(fields=["ceased_on"]),
            # Newly started ones that nobody looks after or has spoken with.
            models.Index(
                fields=["started_on"],
                condition=Q(ceased_on=None, owner=None, last_contact_at=None),
                name="workplace_new",
            ),
            # The dashboard counts the stock from this index alone.
            models.Index(
                fields=["size_band", "owner", "last_contact_at", "municipality_code"],
                condition=Q(ceased_on=None),
                name="workplace_stock",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Street, postcode and town on one line."""
        place = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.street, place) if part)

    @cached_property
    def people(self) -> list["ContactPerson"]:
        """Who works there now, the first to ring on top."""
        return list(self.contact_persons.current())

    @cached_property
    def main_phone(self) -> str:
        """The first person's own number; a list sets it from `with_main_phone`."""
        return self.people[0].phone if self.people else ""

    @property
    def phone_to_ring(self) -> str:
        """The first person's own number, else the workplace's, else the company's."""
        return self.main_phone or self.own_phone

    @property
    def own_phone(self) -> str:
        """The workplace's number, else the company's."""
        return self.phone or self.company.phone

    @property
    def is_protected(self) -> bool:
        """Whether the unit or its company has advertising protection (CVR Act § 19)."""
        return self.advertising_protection or self.company.advertising_protection

    def pause_on(self, day: date) -> bool:
        """Whether they want to be left in peace on `day`."""
        return self.paused_until is not None and day <= self.paused_until

    @property
    def size_text(self) -> str:
        """The number of employees in words, as exact as it is known; empty when it is not."""
        count = self.employees if self.employees is not None else self.employees_low
        if count is None:
            return ""
        if self.employees is None and self.employees_high not in {None, count}:
            return _("%(low)d–%(high)d employees") % {"low": count, "high": self.employees_high}
        return ngettext("%(n)d employee", "%(n)d employees", count) % {"n": count}

    @property
    def next_step_name(self) -> str:
        """The kind of the next step in words; empty when nothing is planned."""
        return str(ActivityKind(self.next_step_kind).label) if self.next_step_kind else ""

    def refresh_derived(self, contacts: list[str]) -> None:
        """Set size band and search text from the other fields and `contacts`' words."""
        self.size_band = band_of(self.employees, self.employees_low)
        self.search_text = workplace_search_text(
            [
                self.name,
                self.company.name,
                self.company.cvr_number,
                self.p_number,
                self.town,
                digits_of(self.phone),
            ],
            contacts,
        )

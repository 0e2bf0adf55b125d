"""Agreements between a workplace and the organisation, and what is promised in them."""

import uuid
from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.access import may_read_companies
from accounts.models import User
from cabi_crm.db import TimeStamped, fold
from companies.models import Company, Workplace
from partnerships.enums import (
    LIVING_STATUSES,
    SIGNED_STATUSES,
    AgreementStatus,
    Gap,
    Language,
    Standing,
)
from partnerships.models.standing import (
    in_force,
    renewal_days,
    standing,
    taken_over,
    up_for_renewal,
)
from partnerships.models.templates import AgreementPoint, AgreementTemplate
from partnerships.rules import gaps


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Questions about many agreements."""

    def visible_to(self, user: User) -> Self:
        """All agreements for those who may read company data, none for others."""
        return self if may_read_companies(user) else self.none()

    def active(self, on: date) -> Self:
        """Signed agreements in force on `on`."""
        return self.filter(in_force(on))

    def in_work(self) -> Self:
        """Drafts and those that wait for signatures."""
        return self.filter(status__in=[AgreementStatus.DRAFT, AgreementStatus.FOR_SIGNATURE])

    def new_in(self, year: int) -> Self:
        """First agreements signed in `year`; a renewal is not a new agreement."""
        return self.filter(
            status__in=SIGNED_STATUSES, signed_on__year=year, renewed_from__isnull=True
        )

    def up_for_renewal(self, on: date, days: int) -> Self:
        """Agreements somebody must renegotiate within `days`, or should have by `on`."""
        return self.filter(up_for_renewal(on, days))

    def with_standing(self, on: date, days: int | None = None) -> Self:
        """Adds `standing`, how each stands on `on`, and `due`: whether it is up for renewal.

        `days` is the organisation's own number, from whoever has read it already.
        """
        opens = renewal_days() if days is None else days
        due = Case(When(up_for_renewal(on, opens), then=True), default=False)
        return self.annotate(standing=standing(on), due=due)

    def standing_at(self, value: str, on: date) -> Self:
        """Those that stand so on `on`."""
        return self.alias(standing=standing(on)).filter(standing=value)

    def begun_anew(self, on: date) -> Self:
        """Agreements still called active although a signed renewal has taken over."""
        return self.filter(taken_over(on), status=AgreementStatus.ACTIVE)

    def by_weight(self, on: date) -> Self:
        """What says most on `on` first: an active one, else one in work, else the newest."""
        order = [
            Standing.ACTIVE,
            Standing.EXPIRED,
            Standing.COMING,
            Standing.FOR_SIGNATURE,
            Standing.DRAFT,
        ]
        rank = Case(
            *(When(standing=value, then=Value(place)) for place, value in enumerate(order)),
            When(standing=Standing.DROPPED, then=Value(len(order) + 1)),
            default=Value(len(order)),
        )
        return self.with_standing(on).order_by(rank, "-pk")

    def foremost(self, on: date) -> "Agreement | None":
        """The one that says most on `on`."""
        return self.defer("logo").by_weight(on).first()

    def owned_by(self, user: User) -> Self:
        """Agreements one consultant looks after."""
        return self.filter(owner=user)

    def looked_after_by(self, user: User) -> Self:
        """Those of `user` with which there is still something to do."""
        return self.owned_by(user).filter(status__in=LIVING_STATUSES).defer("logo")

    def with_point(self, number: int) -> Self:
        """Agreements that hold the point with this original number."""
        held = Commitment.objects.filter(agreement=OuterRef("pk"), point__number=number)
        return self.filter(Exists(held))

    def with_numbers(self) -> Self:
        """Brings the chosen points along, for showing their numbers."""
        return self.prefetch_related(
            Prefetch("commitments", Commitment.objects.select_related("point"))
        )

    def light(self) -> Self:
        """Leaves the logos in the database."""
        return self.defer("logo", "workplace__search_text")

    def matching(self, text: str) -> Self:
        """Agreements whose number, name on the paper or workplace holds every word of `text`."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(number__contains=word)
                | Q(company_name__icontains=word)
                | Q(workplace__search_text__contains=fold(word))
            )
        return found


class Agreement(TimeStamped):
    """A partnership agreement between a workplace and the organisation."""

    personal_fields: ClassVar[tuple[str, ...]] = (
        "company_signatory",
        "company_signatory_title",
        "company_contact",
        "company_contact_phone",
        "organisation_signatory",
        "organisation_signatory_title",
    )

    # Set by `with_standing` only.
    standing: str
    due: bool

    number = models.CharField(_("number"), max_length=12, unique=True)
    workplace = models.ForeignKey(
        Workplace, models.PROTECT, related_name="agreements", verbose_name=_("workplace")
    )
    company = models.ForeignKey(Company, models.PROTECT, related_name="agreements")
    template = models.ForeignKey(
        AgreementTemplate, models.PROTECT, related_name="agreements", verbose_name=_("wording")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="agreements",
        verbose_name=_("owner"),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=AgreementStatus, default=AgreementStatus.DRAFT
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    step = models.PositiveSmallIntegerField(default=1, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.DANISH
    )
    company_name = models.CharField(_("name on the paper"), max_length=200)
    company_contact = models.CharField(_("the firm's contact"), max_length=120, blank=True)
    company_contact_phone = models.CharField(_("their phone"), max_length=40, blank=True)
    contacts_on_paper = models.BooleanField(_("print the contacts in the annex"), default=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    renew_on = models.DateField(_("renegotiate on"), null=True, blank=True)
    company_signatory = models.CharField(_("who signs for the firm"), max_length=120, blank=True)
    company_signatory_title = models.CharField(_("their title"), max_length=120, blank=True)
    organisation_signatory = models.CharField(_("who signs for us"), max_length=120, blank=True)
    organisation_signatory_title = models.CharField(_("their title"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    renewed_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewal",
        verbose_name=_("renews"),
    )
    show_on_wall = models.BooleanField(
        _("may be shown on our wall of partners"),
        default=False,
        help_text=_("Only with the firm's consent."),
    )
    logo = models.BinaryField(_("the firm's logo"), blank=True, default=b"")
    logo_type = models.CharField(max_length=40, blank=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects: ClassVar[models.Manager["Agreement"]] = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership agreement")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=[s.value for s in sorted(SIGNED_STATUSES)])
                | Q(signed_on__isnull=False, valid_from__isnull=False, renew_on__isnull=False),
                name="agreement_signed_has_its_dates",
                violation_error_message=_("A signed agreement has a date, a start and a renewal."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="agreement_period_runs_forward",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=~Q(status=AgreementStatus.ENDED)
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="agreement_end_has_date_and_reason",
                violation_error_message=_("Say when and why the agreement ended."),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "renew_on"]),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["signed_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.company_name}"

    @property
    def is_draft(self) -> bool:
        """Whether it can still be edited."""
        return self.status == AgreementStatus.DRAFT

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed."""
        return self.status in SIGNED_STATUSES

    def gaps(self) -> list[Gap]:
        """What it still lacks before it can be sent for signature."""
        return gaps(vars(self), [commitment.text for commitment in self.commitments.all()])

    @property
    def standing_label(self) -> str:
        """How it stands, in a word; only of rows from `with_standing`."""
        return str(Standing(self.standing).label)

    @property
    def renew_by(self) -> date | None:
        """The day it must be renegotiated: the one agreed, or its last day when that is sooner."""
        days = [day for day in (self.renew_on, self.valid_to) if day]
        return min(days) if days else None


class Commitment(models.Model):
    """What is promised under one point of an agreement."""

    personal_fields: ClassVar[tuple[str, ...]] = ("responsible",)

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments")
    point = models.ForeignKey(AgreementPoint, models.PROTECT, related_name="commitments")
    text = models.TextField(_("what we agree"), max_length=1500)
    quantity = models.PositiveSmallIntegerField(_("number a year"), null=True, blank=True)
    responsible = models.CharField(_("responsible"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("commitment")
        ordering = ["point__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "point"],
                name="commitment_once_a_point",
                violation_error_message=_("This point is already in the agreement."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.point.number}: {self.text[:60]}"

    @property
    def is_suggested(self) -> bool:
        """Whether the words are the template's own, which exist in both languages."""
        return self.text == self.point.wording("commitment", self.agreement.language)

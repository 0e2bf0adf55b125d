"""Agreement templates, agreements, what is promised in them and the signed paper."""

import hashlib
import uuid
from datetime import date, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.access import may_read_companies
from accounts.models import Organisation, User
from cabi_crm.db import TimeStamped, fold
from companies.models import Company, Workplace
from partnerships.enums import SIGNED_STATUSES, AgreementStatus, Gap, Language, Paper
from partnerships.rules import gaps, renewal_opens

RENEWAL_DAYS = 60  # until the organisation says otherwise


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


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Questions about many agreements."""

    def visible_to(self, user: User) -> Self:
        """All agreements for those who may read company data, none for others."""
        return self if may_read_companies(user) else self.none()

    def active(self, on: date) -> Self:
        """Signed agreements in force on `on`."""
        return self.filter(status=AgreementStatus.ACTIVE, valid_from__lte=on).filter(
            Q(valid_to=None) | Q(valid_to__gte=on)
        )

    def in_work(self) -> Self:
        """Drafts and those that wait for signatures."""
        return self.filter(status__in=[AgreementStatus.DRAFT, AgreementStatus.FOR_SIGNATURE])

    def new_in(self, year: int) -> Self:
        """First agreements signed in `year`; a renewal is not a new agreement."""
        return self.filter(
            status__in=SIGNED_STATUSES, signed_on__year=year, renewed_from__isnull=True
        )

    def up_for_renewal(self, on: date, days: int) -> Self:
        """Active agreements whose renewal date is within `days` or has passed."""
        return self.active(on).filter(renew_on__lte=on + timedelta(days=days))

    def foremost(self) -> "Agreement | None":
        """The one that says most: an active one, else one in work, else the newest."""
        rank = Case(
            When(status=AgreementStatus.ACTIVE, then=Value(0)),
            When(status=AgreementStatus.FOR_SIGNATURE, then=Value(1)),
            When(status=AgreementStatus.DRAFT, then=Value(2)),
            When(status=AgreementStatus.DROPPED, then=Value(4)),
            default=Value(3),
        )
        return self.defer("logo").order_by(rank, "-pk").first()

    def owned_by(self, user: User) -> Self:
        """Agreements one consultant looks after."""
        return self.filter(owner=user)

    def with_point(self, number: int) -> Self:
        """Agreements that hold the point with this original number."""
        held = Commitment.objects.filter(agreement=OuterRef("pk"), point__number=number)
        return self.filter(Exists(held))

    def with_numbers(self) -> Self:
        """Brings the chosen points along, for showing their numbers."""
        return self.prefetch_related(
            Prefetch("commitments", Commitment.objects.select_related("point"))
        )

    def with_renewal_days(self) -> Self:
        """Adds `renewal_days`: how early the organisation wants to renegotiate."""
        days = Organisation.objects.values("renewal_days")[:1]
        return self.annotate(renewal_days=Coalesce(Subquery(days), RENEWAL_DAYS))

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
    def is_active(self) -> bool:
        """Whether it is signed and neither renewed nor ended."""
        return self.status == AgreementStatus.ACTIVE

    @property
    def is_signed(self) -> bool:
        """Whether both sides have signed."""
        return self.status in SIGNED_STATUSES

    def gaps(self) -> list[Gap]:
        """What it still lacks before it can be sent for signature."""
        return gaps(vars(self), [commitment.text for commitment in self.commitments.all()])

    def is_up_for_renewal(self, on: date, days: int) -> bool:
        """Whether it is active and its renewal date is near or past."""
        return (
            self.status == AgreementStatus.ACTIVE
            and self.renew_on is not None
            and renewal_opens(self.renew_on, days) <= on
        )


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


class AgreementDocument(models.Model):
    """The paper of one version as it was sent for signature. Triggers refuse any change.

    `sha256` is the hash of `pdf`; `snapshot` is the data the paper was made from.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="documents")
    version = models.PositiveSmallIntegerField()
    paper = models.CharField(max_length=2, choices=Paper, default=Paper.A4)
    language = models.CharField(max_length=2, choices=Language)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    snapshot = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("document")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "version"],
                name="agreement_document_once_a_version",
                violation_error_message=_("This version already has its paper."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement.number} v{self.version}"

    @property
    def is_intact(self) -> bool:
        """Whether the stored PDF still has the hash it was stored with."""
        return hashlib.sha256(bytes(self.pdf)).hexdigest() == self.sha256

"""The life of an agreement."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementStatus(models.TextChoices):
    """Draft → for signature → active → renewed or ended; dropped when it came to nothing."""

    DRAFT = "draft", _("Draft")
    FOR_SIGNATURE = "for_signature", _("For signature")
    ACTIVE = "active", _("Active")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended")
    DROPPED = "dropped", _("Dropped")


class Standing(models.TextChoices):
    """How an agreement stands on a day: its status, and what the calendar makes of it."""

    DRAFT = "draft", _("Draft")
    FOR_SIGNATURE = "for_signature", _("For signature")
    COMING = "coming", _("Signed, begins later")
    ACTIVE = "active", _("Active")
    EXPIRED = "expired", _("Expired")
    RENEWED = "renewed", _("Renewed")
    ENDED = "ended", _("Ended")
    DROPPED = "dropped", _("Dropped")


SIGNED_STATUSES = frozenset(
    {AgreementStatus.ACTIVE, AgreementStatus.RENEWED, AgreementStatus.ENDED}
)
LIVING_STATUSES = frozenset(
    {AgreementStatus.DRAFT, AgreementStatus.FOR_SIGNATURE, AgreementStatus.ACTIVE}
)
FROZEN_STATUSES = SIGNED_STATUSES | {AgreementStatus.FOR_SIGNATURE}


class Step(models.IntegerChoices):
    """The steps of the form, in order."""

    PARTIES = 1, _("Parties")
    POINTS = 2, _("Points")
    CONTACTS = 3, pgettext_lazy("step", "Contacts")
    PERIOD = 4, _("Period")
    SIGNATORIES = 5, _("Signatories")
    CHECK = 6, _("Check answers")
    DONE = 7, _("Done")


class Gap(models.TextChoices):
    """What an agreement still lacks before it can be sent for signature."""

    NAME = "name", _("The firm’s name on the paper")
    POINTS = "points", _("At least one point")
    WORDING = "wording", _("What we agree under each chosen point")
    VALID_FROM = "valid_from", _("The day the agreement takes effect")
    RENEW_ON = "renew_on", _("The day we renegotiate")
    COMPANY_SIGNATORY = "company_signatory", _("Who signs for the firm")
    ORGANISATION_SIGNATORY = "organisation_signatory", _("Who signs for us")


# The step where each gap is closed.
GAP_STEPS: dict[Gap, Step] = {
    Gap.NAME: Step.PARTIES,
    Gap.POINTS: Step.POINTS,
    Gap.WORDING: Step.POINTS,
    Gap.VALID_FROM: Step.PERIOD,
    Gap.RENEW_ON: Step.PERIOD,
    Gap.COMPANY_SIGNATORY: Step.SIGNATORIES,
    Gap.ORGANISATION_SIGNATORY: Step.SIGNATORIES,
}


class Language(models.TextChoices):
    """Languages of the paper."""

    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")


class Paper(models.TextChoices):
    """Sizes of the paper."""

    A4 = "a4", "A4"
    A3 = "a3", "A3"

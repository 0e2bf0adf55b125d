"""Agreement templates, agreements, what is promised in them and the signed paper."""

from partnerships.models.agreements import Agreement, AgreementQuerySet, Commitment
from partnerships.models.documents import AgreementDocument
from partnerships.models.standing import expired, in_force, renewal_days, up_for_renewal
from partnerships.models.templates import AgreementPoint, AgreementTemplate

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementPoint",
    "AgreementQuerySet",
    "AgreementTemplate",
    "Commitment",
    "expired",
    "in_force",
    "renewal_days",
    "up_for_renewal",
]

"""What documents say about the organisation."""

from django.conf import settings
from django.utils import timezone

from accounts.models import Organisation
from cabi_crm.pdf.logos import Logo
from cabi_crm.pdf.work import WorkHead


def work_head(title: str, *, language: str, sub: str = "") -> WorkHead:
    """The head of a working document printed today, with our name and logo."""
    organisation = Organisation.objects.first() or Organisation()
    logo = bytes(organisation.logo)
    return WorkHead(
        title=title,
        sub=sub,
        organisation=organisation.label,
        printed_on=timezone.localdate(),
        language=language,
        logo=Logo(logo, organisation.logo_type) if logo else None,
        demo=settings.DEMO,
    )

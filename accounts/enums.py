"""Roles, and what a notice is about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a user's work is; decides what they may see (design, who may see what)."""

    CONSULTANT = "consultant", _("Company consultant")
    CASEWORKER = "caseworker", _("Caseworker")
    RECRUITER = "recruiter", _("Recruitment consultant")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")
    READER = "reader", _("Reader")


# Who sees company data at all, and who may change it.
COMPANY_READERS = frozenset(
    {
        Role.CONSULTANT,
        Role.CASEWORKER,
        Role.RECRUITER,
        Role.MANAGER,
        Role.ADMINISTRATOR,
        Role.READER,
    }
)
COMPANY_WRITERS = frozenset(
    {Role.CONSULTANT, Role.CASEWORKER, Role.RECRUITER, Role.MANAGER, Role.ADMINISTRATOR}
)
AGREEMENT_WRITERS = frozenset({Role.CONSULTANT, Role.RECRUITER, Role.MANAGER})
FIGURE_READERS = frozenset({Role.MANAGER, Role.READER})


class NoticeKind(models.TextChoices):
    """What a notice on the home page is about."""

    WORKPLACE_CEASED = "workplace_ceased", _("Workplace ceased")
    WORKPLACE_MOVED = "workplace_moved", _("Workplace moved")
    COMPANY_IN_TROUBLE = "company_in_trouble", _("Company in trouble")
    RENEWAL_OPEN = "renewal_open", _("Agreement up for renewal")
    RENEWAL_SOON = "renewal_soon", _("Agreement to be renegotiated within 30 days")
    RENEWAL_DUE = "renewal_due", _("Agreement to be renegotiated now")

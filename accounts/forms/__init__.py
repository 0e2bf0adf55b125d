"""Input about users and the organisation."""

from accounts.forms.organisation import OrganisationForm
from accounts.forms.people import LanguageForm, TeamForm, UserForm

__all__ = ["LanguageForm", "OrganisationForm", "TeamForm", "UserForm"]

"""Input about users, absences and the organisation."""

from accounts.forms.absences import AbsenceForm, ColleagueAbsenceForm
from accounts.forms.operations import HoursForm, OperationsForm
from accounts.forms.organisation import OrganisationForm
from accounts.forms.own import AreaForm, OwnForm
from accounts.forms.people import LanguageForm, TeamForm, UserForm

__all__ = [
    "AbsenceForm",
    "AreaForm",
    "ColleagueAbsenceForm",
    "HoursForm",
    "LanguageForm",
    "OperationsForm",
    "OrganisationForm",
    "OwnForm",
    "TeamForm",
    "UserForm",
]

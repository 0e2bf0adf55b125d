"""Companies as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CompaniesConfig(AppConfig):
    """Companies, workplaces, contact persons and activities."""

    name = "companies"
    verbose_name = _("Companies")

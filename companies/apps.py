"""Companies as an app."""

from typing import Any

from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.panels import leavers


def warn_of_enquiries_left(**asked: Any) -> None:
    """`companies.actions.warn_of_enquiries_left`, which cannot be imported before the models."""
    import_string("companies.actions.warn_of_enquiries_left")(**asked)


class CompaniesConfig(AppConfig):
    """Companies, workplaces, contact persons and activities."""

    name = "companies"
    verbose_name = _("Companies")

    def ready(self) -> None:
        """Have managers warned of the enquiries of a colleague who leaves."""
        leavers["enquiries"] = warn_of_enquiries_left

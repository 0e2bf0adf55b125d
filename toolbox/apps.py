"""The toolbox app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolboxConfig(AppConfig):
    """What a consultant brings along."""

    name = "toolbox"
    verbose_name = _("Toolbox")

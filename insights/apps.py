"""Insights as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightsConfig(AppConfig):
    """Goals and figures."""

    name = "insights"
    verbose_name = _("Insights")

"""The roof as an app."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Home, help and health; no models."""

    name = "cabi_crm.pages"
    label = "pages"

"""The project as an app, so that its management commands are found."""

from django.apps import AppConfig


class CabiConfig(AppConfig):
    """Commands for the whole product; no models."""

    name = "cabi_crm"
    label = "cabi_crm"

"""The look as an app, so that its templates and tags are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Components, lists, forms and formats; no models."""

    name = "cabi_crm.ui"
    label = "ui"

"""Accounts as an app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The lowest app: everybody may import it."""

    name = "accounts"
    verbose_name = _("Accounts")

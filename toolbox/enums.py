"""How sure we are of what we tell firms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """Where a fact of law comes from."""

    VERIFIED = "verified", _("Read in the law or at the authority")
    SECONDARY = "secondary", _("Read elsewhere")
    UNVERIFIED = "unverified", _("Not verified: check before you rely on it")

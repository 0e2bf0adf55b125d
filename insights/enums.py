"""What a goal can be set for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    """Figures that can have a yearly goal."""

    NEW_AGREEMENTS = "new_agreements", _("New agreements")
    ACTIVE_AGREEMENTS = "active_agreements", _("Active agreements")

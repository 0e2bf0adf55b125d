"""Phone numbers: kept as typed, shown in pairs, dialled by their digits."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_phone(value: str) -> None:
    """Refuse what cannot be a phone number: fewer than eight digits or more than fifteen."""
    if not 8 <= sum(sign.isdigit() for sign in value) <= 15:
        raise ValidationError(
            _("Write the phone number with its eight digits, such as 58 12 34 56."), code="phone"
        )

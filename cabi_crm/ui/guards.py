"""Keeps CPR numbers out of free text: the system stores none (design decision 5)."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cabi_crm.ui.forms import PlainForm, PlainModelForm

# ddmmyy-xxxx and how people write it: with a space, a dot or nothing, also with the century.
SHAPES = (
    re.compile(r"(?<!\d)(\d\d) ?(\d\d) ?(?:19|20)?(\d\d)\s?[-–—.]?\s?\d{4}(?!\d)"),
    re.compile(r"(?<!\d)(\d\d)[./-](\d\d)[./-](?:19|20)?(\d\d)\s?[-–—]\s?\d{4}(?!\d)"),
)
# A production unit's number has ten digits too; it may be written where it is called one.
P_NUMBER = re.compile(
    r"\bP(?:-?(?:nummer|nr|no|number))?[.:]?\s?\d{2}\s?\d{4}\s?\d{4}\b", re.IGNORECASE
)
REPLACEMENT_DAYS = 60  # people without a CPR number get one whose day is 60 higher


def is_day(day: int, month: int) -> bool:
    """Whether the two can be a birthday, in a CPR number or a replacement for one."""
    if day > REPLACEMENT_DAYS:
        day -= REPLACEMENT_DAYS
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def holds_cpr(text: str) -> bool:
    """Whether something in `text` has the shape of a CPR number."""
    text = P_NUMBER.sub(" ", text)
    return any(
        is_day(int(found[1]), int(found[2])) for shape in SHAPES for found in shape.finditer(text)
    )


class GuardedForm(PlainForm):
    """A form none of whose texts may hold a CPR number."""

    def clean(self) -> dict[str, Any] | None:
        """Say at each text field that holds one that it must go."""
        super().clean()
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, str) and holds_cpr(value):
                label = self.fields[name].label
                self.add_error(name, refusal(str(label)))
        return self.cleaned_data


class GuardedModelForm(GuardedForm, PlainModelForm):
    """The same for a model form."""


def refusal(label: str) -> forms.ValidationError:
    """What to say at the field called `label`."""
    text = _("“%(field)s” holds something that looks like a CPR number. Take it out.")
    return forms.ValidationError(text % {"field": label}, code="cpr")

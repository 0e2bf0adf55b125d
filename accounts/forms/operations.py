"""Input about how the organisation works: opening hours, deadlines, cadence."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _

from accounts.enums import Weekday
from accounts.models import OpeningHours, Organisation
from cabi_crm.ui.forms import PlainForm, PlainModelForm

BOUNDS = {
    "response_hours": (1, 200),
    "confirm_months": (1, 60),
    "contacts_passive": (0, 52),
    "contacts_contact": (0, 52),
    "contacts_collaboration": (0, 52),
    "contacts_partnership": (0, 52),
}


class OperationsForm(PlainModelForm):
    """Deadlines, cadence and the days on which the organisation is closed."""

    class Meta:
        model = Organisation
        fields = (
            "hotline",
            "response_hours",
            "contacts_passive",
            "contacts_contact",
            "contacts_collaboration",
            "contacts_partnership",
            "confirm_months",
            "closed_on_1_may",
            "closed_on_5_june",
            "closed_on_24_december",
            "closed_on_31_december",
        )

    GROUPS = (("hotline", "response_"), ("contacts_", "confirm_"), ("closed_on_",))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (low, high) in BOUNDS.items():
            self.fields[name].validators += [MinValueValidator(low), MaxValueValidator(high)]

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        """The fields as the page shows them: deadlines, contacts, closed days."""
        return [[field for field in self if field.name.startswith(each)] for each in self.GROUPS]


class HoursForm(PlainForm):
    """From when to when the organisation is open, weekday by weekday; empty is closed."""

    def __init__(self, data: Mapping[str, Any] | None, rows: Iterable[OpeningHours]) -> None:
        initial: dict[str, Any] = {}
        for row in rows:
            initial |= {
                f"opens_{row.weekday}": row.opens_at,
                f"closes_{row.weekday}": row.closes_at,
            }
        super().__init__(data, initial=initial)
        for day in Weekday:
            for end, label in (("opens", _("%(day)s from")), ("closes", _("%(day)s to"))):
                self.fields[f"{end}_{day.value}"] = forms.TimeField(
                    label=label % {"day": day.label},
                    required=False,
                    widget=forms.TimeInput(
                        {"inputmode": "decimal", "autocomplete": "off", "class": "form-control"}
                    ),
                    error_messages={"invalid": _("Write the time as 9.30.")},
                )

    def clean(self) -> dict[str, Any] | None:
        """Both times or none, in their order, on at least one day."""
        super().clean()
        for day in Weekday:
            opens, closes = (self.cleaned_data.get(f"{end}_{day}") for end in ("opens", "closes"))
            broken = {f"opens_{day}", f"closes_{day}"} & set(self.errors)
            if not broken and bool(opens) != bool(closes):
                self.add_error(f"{'closes' if opens else 'opens'}_{day}", _("Fill in both times."))
            elif opens and closes and closes <= opens:
                self.add_error(f"closes_{day}", _("Close later than you open."))
        if not self.errors and not self.hours:
            # Deadlines count opening hours: with none of them they would never come.
            self.add_error("opens_1", _("Open on at least one day."))
        return self.cleaned_data

    @property
    def hours(self) -> dict[int, tuple[time, time]]:
        """What was said, by weekday; closed days are left out."""
        said = self.cleaned_data
        return {
            day.value: (said[f"opens_{day}"], said[f"closes_{day}"])
            for day in Weekday
            if said.get(f"opens_{day}") and said.get(f"closes_{day}")
        }

    @property
    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each weekday with its two fields."""
        return [(str(day.label), self[f"opens_{day}"], self[f"closes_{day}"]) for day in Weekday]

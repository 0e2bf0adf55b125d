"""Input about tasks seen at a workplace."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.forms import style
from cabi_crm.ui.guards import GuardedForm
from companies.enums import TaskArea
from companies.models import TaskOpportunity

# Hours a week of one task: wherever it is said, the same.
LEAST_HOURS, MOST_HOURS = Decimal("0.5"), Decimal(60)


class HoursField(forms.DecimalField):
    """Hours such as 7,5, with a comma or a point in any language."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number of hours."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        """The number as people here write it."""
        return number_format(value) if isinstance(value, Decimal) else value


def line(label: Any, size: int, help_text: Any = "") -> forms.CharField:
    """A short text that may be left out."""
    widget = forms.TextInput({"autocomplete": "off"})
    return forms.CharField(
        label=label, required=False, max_length=size, help_text=help_text, widget=widget
    )


def task_fields(*, helped: bool = False) -> dict[str, forms.Field]:
    """What can be said about a task seen, on a visit or otherwise; `helped` by examples."""
    helps = {
        "title": _("Such as clearing tables after lunch."),
        "season": _("Leave it empty when it is there all year."),
        "skills": _("Such as lifting 10 kg, or reading labels."),
    }
    told = helps if helped else dict.fromkeys(helps, "")
    return {
        "title": line(_("The task"), 120, told["title"]),
        "hours_a_week": HoursField(
            label=_("Hours a week"),
            required=False,
            min_value=LEAST_HOURS,
            max_value=MOST_HOURS,
            max_digits=3,
            decimal_places=1,
            widget=forms.TextInput({"autocomplete": "off", "inputmode": "decimal"}),
        ),
        "season": line(_("When in the year"), 80, told["season"]),
        "skills": line(_("What it takes"), 200, told["skills"]),
    }


class TaskSeenForm(GuardedForm):
    """A task somebody could do there. Only its area must be said; a known task keeps it."""

    area = forms.ChoiceField(
        label=_("Tasks"), choices=TaskArea.choices, required=False, widget=forms.RadioSelect
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in task_fields(helped=True).items():
            style(field)
            self.fields[name] = field
        if known:
            del self.fields["area"]

    def clean_area(self) -> str:
        """One of them must be chosen."""
        area = str(self.cleaned_data["area"])
        if not area:
            raise forms.ValidationError(_("Choose what kind of task it is."))
        return area

    @property
    def details(self) -> dict[str, Any]:
        """What is said about the task, ready for an action."""
        return {name: self.cleaned_data[name] for name in TaskOpportunity.DETAILS}

    @classmethod
    def of(cls, task: TaskOpportunity) -> dict[str, Any]:
        """What is filled in when a task is edited."""
        return {name: getattr(task, name) for name in TaskOpportunity.DETAILS}

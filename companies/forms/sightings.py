"""Input about tasks seen at a workplace."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.guards import GuardedForm
from companies.enums import TaskArea
from companies.models import TaskOpportunity

LONGEST_WEEK = Decimal("99.5")


class TaskSeenForm(GuardedForm):
    """A task somebody could do there. Only its area must be said; a known task keeps it."""

    area = forms.ChoiceField(
        label=_("Tasks"), choices=TaskArea.choices, required=False, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("The task"),
        max_length=120,
        required=False,
        help_text=_("Such as clearing tables after lunch."),
    )
    hours_a_week = forms.DecimalField(
        label=_("Hours a week"),
        min_value=Decimal("0.5"),
        max_value=LONGEST_WEEK,
        max_digits=3,
        decimal_places=1,
        required=False,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    season = forms.CharField(
        label=_("When in the year"),
        max_length=80,
        required=False,
        help_text=_("Leave it empty when it is there all year."),
    )
    skills = forms.CharField(
        label=_("What it takes"),
        max_length=200,
        required=False,
        help_text=_("Such as lifting 10 kg, or reading labels."),
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

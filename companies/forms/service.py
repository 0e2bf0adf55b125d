"""Input about service given and the time it took."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.forms import DateInput
from cabi_crm.ui.guards import GuardedForm
from companies.enums import ServiceKind

DAY_OF_MINUTES = 1440
TIMES = [("15", _("15 min.")), ("30", _("30 min.")), ("60", _("1 hour")), ("120", _("2 hours"))]


class ServiceForm(GuardedForm):
    """What we did for a workplace: two taps, and the day when it was not today."""

    kind = forms.ChoiceField(
        label=_("What did you do?"), choices=ServiceKind.choices, widget=forms.RadioSelect
    )
    time = forms.ChoiceField(
        label=_("How long did it take?"), choices=TIMES, required=False, widget=forms.RadioSelect
    )
    minutes = forms.IntegerField(
        label=_("Or so many minutes"), min_value=1, max_value=DAY_OF_MINUTES, required=False
    )
    on = forms.DateField(label=_("Day"), widget=DateInput)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_on(self) -> Any:
        """Not a day to come: what is to come is planned."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any] | None:
        """Minutes that are typed count before a time that is tapped."""
        super().clean()
        said = self.cleaned_data
        if not said.get("minutes") and "minutes" not in self.errors:
            if said.get("time"):
                said["minutes"] = int(said["time"])
            elif "time" not in self.errors:
                self.add_error("time", _("Say how long it took."))
        return said

    @property
    def details(self) -> dict[str, Any]:
        """The entry's fields, ready for an action."""
        names = ("kind", "on", "minutes", "note", "submission")
        return {name: self.cleaned_data[name] for name in names}

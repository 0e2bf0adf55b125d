"""Input about a workplace's profile, its visiting times and the people there."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Weekday
from accounts.models import User
from cabi_crm.ui.forms import DateInput, PlainForm
from cabi_crm.ui.guards import GuardedForm, GuardedModelForm
from companies.enums import DayPart, OpeningChannel, RelationshipLevel, Sector, Tone
from companies.models import ContactPerson, Workplace

UNKNOWN, GOOD, AVOID = "", "good", "avoid"
SHORT_DAYS = {
    Weekday.MONDAY: _("Mon"),
    Weekday.TUESDAY: _("Tue"),
    Weekday.WEDNESDAY: _("Wed"),
    Weekday.THURSDAY: _("Thu"),
    Weekday.FRIDAY: _("Fri"),
}


def or_unknown(choices: Any) -> list[tuple[str, Any]]:
    """`choices` with a first one for what is not known."""
    return [("", _("Not known")), *choices]


class ProfileForm(GuardedForm):
    """What people know about a workplace, beside the register's facts."""

    level = forms.ChoiceField(label=_("Level"), choices=RelationshipLevel.choices)
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    about = forms.CharField(
        label=_("What they do"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    tone = forms.ChoiceField(label=_("Tone"), choices=or_unknown(Tone.choices), required=False)
    culture = forms.CharField(
        label=_("Culture and chemistry"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("How do people speak to each other? Who fits in?"),
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    opened_by = forms.ModelChoiceField(
        label=_("Who opened the door?"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Not known"),
    )
    opened_on = forms.DateField(label=_("When?"), required=False, widget=DateInput)
    opened_channel = forms.ChoiceField(
        label=_("How?"), choices=or_unknown(OpeningChannel.choices), required=False
    )

    FIELDS = (
        "level",
        "owner",
        "about",
        "tone",
        "culture",
        "opened_by",
        "opened_on",
        "opened_channel",
    )

    def __init__(self, *args: Any, workplace: Workplace, **kwargs: Any) -> None:
        initial = {name: getattr(workplace, name) for name in self.FIELDS}
        initial["sector"] = workplace.company.sector
        super().__init__(*args, initial=initial, **kwargs)
        people = User.objects.consultants()
        now = [pk for pk in (workplace.owner_id, workplace.opened_by_id) if pk]
        people = people | User.objects.filter(pk__in=now)
        for name in ("owner", "opened_by"):
            field = cast("forms.ModelChoiceField[User]", self.fields[name])
            field.queryset = people.order_by("name")

    def clean(self) -> dict[str, Any] | None:
        """Somebody who opened the door did so on a day."""
        super().clean()
        if self.cleaned_data.get("opened_by") and not self.cleaned_data.get("opened_on"):
            self.add_error("opened_on", _("Say when the door was opened."))
        return self.cleaned_data


class VisitTimesForm(PlainForm):
    """The week of a workplace: each slot good, better avoided, or not known."""

    def __init__(self, *args: Any, workplace: Workplace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {(w.weekday, w.part): w.is_good for w in workplace.visit_windows.all()}
        choices = [(UNKNOWN, "–"), (GOOD, _("Good")), (AVOID, _("Avoid"))]
        for part in DayPart:
            for weekday in Weekday:
                good = known.get((weekday.value, part.value))
                self.fields[f"slot-{weekday.value}-{part.value}"] = forms.ChoiceField(
                    label=f"{weekday.label} {part.label}",
                    choices=choices,
                    required=False,
                    initial=UNKNOWN if good is None else GOOD if good else AVOID,
                    widget=forms.Select({"class": "form-select"}),
                )

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """The fields as the week strip shows them: a row for each two hours."""
        return [
            (part.label, [self[f"slot-{weekday.value}-{part.value}"] for weekday in Weekday])
            for part in DayPart
        ]

    @property
    def slots(self) -> dict[tuple[int, int], bool | None]:
        """What was said about each (weekday, hour)."""
        meaning = {GOOD: True, AVOID: False}
        return {
            (int(weekday), int(part)): meaning.get(value)
            for name, value in self.cleaned_data.items()
            for weekday, part in [name.removeprefix("slot-").split("-")]
        }


class ContactForm(GuardedModelForm):
    """Somebody at a workplace."""

    class Meta:
        model = ContactPerson
        fields = (
            "name",
            "title",
            "phone",
            "email",
            "is_main",
            "is_backup",
            "is_spark",
            "spark_note",
        )
        widgets = {
            "name": forms.TextInput({"autocomplete": "off"}),
            "phone": forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput({"autocomplete": "off"}),
        }

    def clean_phone(self) -> str:
        """Any way of writing it, as long as it has the digits of a phone number."""
        phone = " ".join(str(self.cleaned_data["phone"]).split())
        digits = sum(sign.isdigit() for sign in phone)
        if phone and not 8 <= digits <= 15:
            raise forms.ValidationError(_("Write the number with at least eight digits."))
        return phone

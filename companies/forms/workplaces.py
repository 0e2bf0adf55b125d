"""Input about a workplace's profile, its visiting times and the people there."""

import hashlib
import json
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import Weekday
from accounts.models import Organisation, User
from cabi_crm.ui.forms import DateInput
from cabi_crm.ui.guards import GuardedForm, GuardedModelForm
from companies.enums import (
    CONSIDERATIONS,
    MOTIVATIONS,
    OpeningChannel,
    RelationshipLevel,
    Sector,
    Tone,
)
from companies.models import ContactPerson, Workplace

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


def contacts_text() -> str:
    """How many contacts a year each level asks for, in words."""
    asked = Organisation.objects.current().contacts_a_year
    each = [f"{RelationshipLevel(level).label.lower()} {n}" for level, n in asked.items()]
    return gettext("Contacts a year: %(each)s.") % {"each": ", ".join(each)}


# Digits would look like a CPR number to the guard.
AS_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def mark(value: Any) -> str:
    """A short word for a value: the same for the same, whether stored or typed."""
    if isinstance(value, User):
        value = value.pk
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, list | tuple):
        value = sorted(value)
    text = "\n".join(str(value or "").strip().splitlines())
    return hashlib.sha256(text.encode()).hexdigest()[:12].translate(AS_LETTERS)


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
    products = forms.CharField(
        label=_("Products and customers"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    skill_demands = forms.CharField(
        label=_("What people must be able to do"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    motivations = forms.MultipleChoiceField(
        label=_("Why do they want to?"),
        choices=[(trait.value, trait.label) for trait in MOTIVATIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    considerations = forms.MultipleChoiceField(
        label=_("What does the work ask of people?"),
        choices=[(trait.value, trait.label) for trait in CONSIDERATIONS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
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
    # What each field said when the page was shown, so that only what was changed is saved.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    GROUPS: ClassVar[list[tuple[Any, tuple[str, ...]]]] = [
        (_("Our relation"), ("level", "owner")),
        (_("What they do"), ("about", "products", "skill_demands", "sector")),
        (_("Why they want to, and what the work asks"), ("motivations", "considerations")),
        (_("Tone and chemistry"), ("tone", "culture")),
        (_("The first contact"), ("opened_by", "opened_on", "opened_channel")),
    ]
    FIELDS = (
        "level",
        "owner",
        "about",
        "products",
        "skill_demands",
        "tone",
        "culture",
        "opened_by",
        "opened_on",
        "opened_channel",
    )

    def __init__(self, *args: Any, workplace: Workplace, **kwargs: Any) -> None:
        initial = {name: getattr(workplace, name) for name in self.FIELDS}
        initial["sector"] = workplace.company.sector
        traits = workplace.traits.all()
        initial["motivations"] = [t.trait for t in traits if t.trait in MOTIVATIONS]
        initial["considerations"] = [t.trait for t in traits if t.trait in CONSIDERATIONS]
        self.now = {name: mark(value) for name, value in initial.items()}
        initial["seen"] = json.dumps(self.now)
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["level"].help_text = contacts_text()
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
        for name in self.overtaken():
            text = _("Somebody has changed this meanwhile to: %(now)s. Save again to change it.")
            self.add_error(name, forms.ValidationError(text, params={"now": self.now_said(name)}))
        return self.cleaned_data

    @property
    def shown(self) -> dict[str, str]:
        """The marks of what the page showed; those of today when it did not say."""
        try:
            told = json.loads(self.cleaned_data.get("seen") or "{}")
        except ValueError:
            told = {}
        return self.now | (told if isinstance(told, dict) else {})

    def changes(self) -> dict[str, Any]:
        """What was changed on the page, by field: the rest may be somebody else's by now."""
        said, shown = self.cleaned_data, self.shown
        return {
            name: said[name]
            for name in self.now
            if name in said and mark(said[name]) != shown[name]
        }

    def overtaken(self) -> list[str]:
        """Fields that were changed both here and by somebody else; asked once more, it is meant."""
        shown, changes = self.shown, self.changes()
        both = [
            name for name, value in changes.items() if shown[name] != self.now[name] != mark(value)
        ]
        if both:
            data: Any = cast("Any", self.data).copy()
            data["seen"] = json.dumps(shown | {name: self.now[name] for name in both})
            self.data = data
        return both

    def now_said(self, name: str) -> str:
        """What a field says in the database, in words."""
        value = self.initial[name]
        labels: dict[Any, Any] = dict(getattr(self.fields[name], "choices", ()))
        each = value if isinstance(value, list) else [value] if value else []
        return ", ".join(str(labels.get(one, one)) for one in each) or "–"

    @property
    def folds(self) -> list[dict[str, Any]]:
        """The groups of fields, folded on the page; open is the first, and one with an error."""
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "open": position == 0 or any(name in self.errors for name in names),
                "filled": sum(bool(self[name].value()) for name in names),
            }
            for position, (title, names) in enumerate(self.GROUPS)
        ]


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

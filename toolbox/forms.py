"""Input about the instruments in the bag."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.forms import DateInput, PlainForm
from cabi_crm.ui.guards import GuardedModelForm
from cabi_crm.ui.templatetags.ui import day
from toolbox.actions import WORDING
from toolbox.models import Instrument


class WordingForm(GuardedModelForm):
    """The words about an instrument, from a day on."""

    class Meta:
        model = Instrument
        fields: tuple[str, ...] = WORDING
        widgets: ClassVar[dict[str, Any]] = {
            "what_da": forms.Textarea({"rows": 3}),
            "what_en": forms.Textarea({"rows": 3, "lang": "en"}),
            "name_en": forms.TextInput({"lang": "en"}),
            "duration_en": forms.TextInput({"lang": "en"}),
            "pays_en": forms.TextInput({"lang": "en"}),
        }


def no_later_wording(instrument: Instrument, last_day: date | None) -> None:
    """Refuse to offer a wording until `last_day` when a later one has begun by then."""
    later = Instrument.objects.after(instrument).first()
    if later and instrument.reaches(later, last_day):
        text = _("There is a later wording, from %(day)s. Two cannot hold at once.")
        raise forms.ValidationError(text, params={"day": day(later.valid_from)})


class RevisionForm(WordingForm):
    """A new wording of an instrument that is in the bag already."""

    on = forms.DateField(
        label=_("From when"),
        widget=DateInput,
        help_text=_("The wording until now is kept, and ends the day before."),
    )

    def clean_on(self) -> date:
        """A wording cannot begin before the one it follows."""
        on: date = self.cleaned_data["on"]
        if on < self.instance.valid_from:
            raise forms.ValidationError(_("The wording until now begins later than that."))
        if self.instance.has_ended(on):
            raise forms.ValidationError(_("It has ended by then."))
        no_later_wording(self.instance, self.instance.valid_to)
        return on


class InstrumentForm(WordingForm):
    """Something new for the bag."""

    class Meta(WordingForm.Meta):
        fields = ("code", *WORDING, "valid_from")
        help_texts = {"code": _("A short word of its own, such as social-trial.")}
        widgets = WordingForm.Meta.widgets | {"valid_from": DateInput}

    def clean_code(self) -> str:
        """A code that is in the bag already is given a new wording instead."""
        code = str(self.cleaned_data["code"])
        if Instrument.objects.filter(code=code).exists():
            raise forms.ValidationError(
                _("This code is in the bag already. Give it a new wording.")
            )
        return code


class LastDayForm(PlainForm):
    """The last day on which an instrument can be offered; none when it goes on."""

    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("Empty: it goes on until further notice."),
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument

    def clean_last_day(self) -> date | None:
        """Not before its first day, and not into a later wording."""
        last: date | None = self.cleaned_data["last_day"]
        if last and last < self.instrument.valid_from:
            text = _("It begins on %(day)s, after that.")
            raise forms.ValidationError(text, params={"day": day(self.instrument.valid_from)})
        no_later_wording(self.instrument, last)
        return last

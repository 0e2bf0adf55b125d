"""Input about what is found out before a visit, and where it can be found."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.guards import GuardedModelForm
from companies.documents.known import Known
from companies.models import IndustrySource, Preparation
from companies.rules.preparation import own_words

EXAMPLES = {
    "ask_what": _("A work placement in the kitchen"),
    "ask_hours": "20",
    "ask_weeks": "4",
    "ask_pays": _("You pay no wage"),
}


class PreparationForm(GuardedModelForm):
    """One sheet: our notes about the firm, answers to what it will ask, what we ask for."""

    class Meta:
        model = Preparation
        fields = (*Preparation.NOTES, *Preparation.ASK)
        widgets = {name: forms.Textarea({"rows": 2}) for name in Preparation.NOTES}

    def __init__(self, *args: Any, known: Mapping[str, Known], **kwargs: Any) -> None:
        self.known = known
        super().__init__(*args, **kwargs)
        for name, example in EXAMPLES.items():
            self.fields[name].widget.attrs["placeholder"] = example
        for name, found in known.items():
            if not self.initial.get(name):
                self.initial[name] = found.text

    def rows(self, names: tuple[str, ...]) -> list[dict[str, Any]]:
        """The fields of these names, each with where its words come from until they are edited."""
        return [{"field": self[name], "origin": self.origin(name)} for name in names]

    def origin(self, name: str) -> str:
        """Where the words in the field come from; nothing when they are our own."""
        found = self.known.get(name)
        said = str(self[name].value() or "")
        return found.origin if found and not own_words(said, found.text) else ""

    @property
    def six(self) -> list[dict[str, Any]]:
        """The questions about the firm, and where the answers were found."""
        return self.rows((*Preparation.SIX, "sources"))

    @property
    def seven(self) -> list[dict[str, Any]]:
        """The questions that the firm will ask."""
        return self.rows(Preparation.SEVEN)

    @property
    def ask(self) -> list[Any]:
        """The four inputs that make the sentence."""
        return [self[name] for name in Preparation.ASK]

    @property
    def said(self) -> dict[str, str]:
        """What to keep: our own words, and nothing where they only repeat what is known."""
        return {
            name: own_words(text, self.known[name].text if name in self.known else "")
            for name, text in self.cleaned_data.items()
        }


class SourceForm(GuardedModelForm):
    """Where to look something up about an industry."""

    url = forms.URLField(
        label=_("Web address"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"placeholder": "https://"}),
    )

    class Meta:
        model = IndustrySource
        fields = ("name", "url", "note", "code_prefix")
        widgets = {
            "code_prefix": forms.TextInput({"inputmode": "numeric"}),
        }

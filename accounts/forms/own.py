"""Input of colleagues about themselves."""

import re
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import may_own
from accounts.enums import AreaKind
from accounts.models import User, WorkingArea
from cabi_crm.ui.forms import PlainModelForm
from cabi_crm.ui.guards import GuardedForm
from cabi_crm.ui.templatetags.ui import phone

POSTCODE = re.compile(r"\d{4}")
LONGEST = WorkingArea._meta.get_field("text").max_length or 0


class OwnForm(PlainModelForm):
    """What colleagues change about themselves; name, e-mail and role are an administrator's."""

    class Meta:
        model = User
        fields = ("title", "phone", "mail_digest", "mail_alerts")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A Danish number stands in pairs, as it is read aloud.
        self.initial["phone"] = phone(self.instance.phone).replace("\N{NO-BREAK SPACE}", " ")

    def clean_phone(self) -> str:
        """A number that is left alone stays as it was kept."""
        number: str = self.cleaned_data["phone"] if "phone" in self.changed_data else ""
        return number if "phone" in self.changed_data else self.instance.phone


class AreaForm(GuardedForm):
    """Something a colleague sits with; several at once have commas between them.

    Postcodes are for those who may own workplaces: enquiries come to them by these.
    """

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=AreaKind.choices)
    text = forms.CharField(
        label=gettext_lazy("What"),
        max_length=400,
        help_text=gettext_lazy("Such as 4200, 4220 or hotels. Commas between several."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_area_%s", **kwargs)
        if not may_own(user):
            kinds = [each for each in AreaKind.choices if each[0] != AreaKind.POSTCODE]
            cast("forms.ChoiceField", self.fields["kind"]).choices = kinds
            self.fields["text"].help_text = _("Such as hotels or fairs. Commas between several.")

    def clean(self) -> dict[str, Any] | None:
        """Postcodes have four digits; a text has room for a few words."""
        said = super().clean() or {}
        texts = self.texts
        if "text" in said and not texts:
            self.add_error("text", _("Fill this in."))
        for text in texts:
            if said.get("kind") == AreaKind.POSTCODE and not POSTCODE.fullmatch(text):
                self.add_error("text", _("“%(text)s” is no postcode.") % {"text": text})
            elif len(text) > LONGEST:
                self.add_error("text", _("“%(text)s” is too long.") % {"text": text})
        return said

    @property
    def texts(self) -> list[str]:
        """Each area, without spare spaces."""
        text = str(self.cleaned_data.get("text", ""))
        return [" ".join(part.split()) for part in text.split(",") if part.strip()]

"""Input of the lists on which levels and owners are settled."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from accounts.models import User
from companies.enums import RelationshipLevel
from companies.models import Workplace


class RelationForm(forms.Form):
    """Level and owner of one workplace, chosen in its row; `seen` is what the row showed."""

    level = forms.ChoiceField(choices=RelationshipLevel.choices)
    owner = forms.ModelChoiceField(queryset=User.objects.none(), required=False)
    seen = forms.CharField(max_length=40)

    def __init__(self, *args: Any, place: Workplace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.consultants() | User.objects.filter(pk=place.owner_id)
        cast("forms.ModelChoiceField[User]", self.fields["owner"]).queryset = people

    def clean(self) -> dict[str, Any] | None:
        """A workplace that we work with has an owner."""
        super().clean()
        level, owner = self.cleaned_data.get("level"), self.cleaned_data.get("owner")
        if level != RelationshipLevel.PASSIVE and owner is None:
            self.add_error("owner", _("Choose an owner."))
        return self.cleaned_data

    @property
    def said(self) -> dict[str, Any]:
        """What the action needs."""
        return {name: self.cleaned_data[name] for name in ("level", "owner", "seen")}

    def sentence(self, place: Workplace) -> str:
        """What was done, in words."""
        owner = self.cleaned_data["owner"]
        words = {
            "name": place.name,
            "level": RelationshipLevel(self.cleaned_data["level"]).label,
            "owner": owner.name if owner else "",
        }
        if owner is None:
            return _("%(name)s is closed: passive, without an owner.") % words
        return _("%(name)s: %(level)s, %(owner)s is the owner.") % words

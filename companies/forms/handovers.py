"""Input of a handover: who and which workplaces, what must be known, when the round is."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from cabi_crm.db import local_moment
from cabi_crm.ui.forms import DateInput, DayField, style
from cabi_crm.ui.guards import GuardedForm
from companies.forms.activities import NO_NAMES, TimeInput
from companies.models import HandoverItem, Workplace
from companies.rules.portfolio import round_times

ALL, TOWNS, TICKED = "all", "towns", "ticked"
LISTED = 400  # more workplaces than this are chosen by town
USUAL_MINUTES = 45
VISIT_MINUTES = [(30, _("30 minutes")), (45, _("45 minutes")), (60, _("1 hour"))]


class GiverForm(GuardedForm):
    """Whose workplaces a manager hands over."""

    giver = forms.ModelChoiceField(
        label=_("From"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["giver"]).queryset = owners


class HandoverForm(GuardedForm):
    """To whom, and which workplaces: all, those of some towns, or ticked ones."""

    taker = forms.ModelChoiceField(
        label=_("To"), queryset=User.objects.none(), empty_label=_("Choose a colleague")
    )
    which = forms.ChoiceField(
        label=_("Which workplaces?"),
        choices=[(ALL, _("All")), (TOWNS, _("By town")), (TICKED, _("Those I tick"))],
        initial=ALL,
        widget=forms.RadioSelect,
    )
    towns = forms.MultipleChoiceField(
        label=_("Towns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.MultipleChoiceField(
        label=_("Workplaces"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("To the new owner"),
        required=False,
        max_length=2000,
        help_text=NO_NAMES,
        widget=forms.Textarea({"rows": 3}),
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, giver: User, places: Sequence[Workplace], **kwargs: Any) -> None:
        super().__init__(*args, initial={"submission": uuid.uuid4(), "which": ALL}, **kwargs)
        self.every = places
        takers = User.objects.consultants().exclude(pk=giver.pk).order_by("name")
        cast("forms.ModelChoiceField[User]", self.fields["taker"]).queryset = takers
        self.choose_from("towns", [(town, town) for town in sorted({p.town for p in places})])
        if len(places) <= LISTED:
            self.choose_from("places", [(str(p.pk), place_label(p)) for p in places])
        else:
            del self.fields["places"]
            which = cast("forms.ChoiceField", self.fields["which"])
            which.choices = [(ALL, _("All")), (TOWNS, _("By town"))]

    def choose_from(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """What can be chosen in one field."""
        cast("forms.MultipleChoiceField", self.fields[name]).choices = choices

    def clean(self) -> dict[str, Any] | None:
        """At least one workplace is chosen."""
        super().clean()
        which = self.cleaned_data.get("which")
        if which == TOWNS and not self.cleaned_data.get("towns"):
            self.add_error("towns", _("Tick at least one town."))
        if which == TICKED and not self.cleaned_data.get("places"):
            self.add_error("places", _("Tick at least one workplace."))
        return self.cleaned_data

    @property
    def chosen(self) -> list[int]:
        """The keys of the workplaces that are handed over."""
        said = self.cleaned_data
        if said["which"] == TICKED:
            return [int(key) for key in said["places"]]
        towns = said["towns"] if said["which"] == TOWNS else None
        return [place.pk for place in self.every if towns is None or place.town in towns]


def place_label(place: Workplace) -> str:
    """A workplace and its town."""
    return f"{place.name}, {place.town}" if place.town else place.name


class ItemsForm(GuardedForm):
    """What the new owner must know of each workplace, and since when the firm knows."""

    def __init__(self, *args: Any, items: Sequence[HandoverItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"note-{item.pk}"] = forms.CharField(
                label=_("What you must know"),
                required=False,
                max_length=500,
                initial=item.note,
                widget=forms.Textarea({"rows": 2}),
            )
            self.fields[f"told-{item.pk}"] = ToldField(initial=item.told_on)
        for field in self.fields.values():
            style(field)

    def fields_of(self, key: int) -> tuple[forms.BoundField, forms.BoundField]:
        """The fields of one item."""
        return self[f"note-{key}"], self[f"told-{key}"]

    @property
    def said(self) -> dict[int, tuple[str, date | None]]:
        """Note and day for the key of each item."""
        values = self.cleaned_data
        # One that came onto the page since it was shown says nothing.
        return {
            item.pk: (values[f"note-{item.pk}"], values[f"told-{item.pk}"])
            for item in self.items
            if f"note-{item.pk}" in self.data
        }


class ToldField(DayField):
    """Since when the firm knows; nobody was told tomorrow."""

    def __init__(self, initial: date | None) -> None:
        super().__init__(
            label=_("The firm was told"), required=False, initial=initial, widget=DateInput()
        )

    def validate(self, value: Any) -> None:
        """No day to come."""
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))


class RoundForm(GuardedForm):
    """The day on which giver and taker drive round together, and whom they visit."""

    on = forms.DateField(label=_("Date"), widget=DateInput)
    at = forms.TimeField(label=_("First visit"), widget=TimeInput, initial=time(9))
    minutes = forms.TypedChoiceField(
        label=_("Each visit with the drive"),
        choices=VISIT_MINUTES,
        coerce=int,
        initial=USUAL_MINUTES,
        widget=forms.RadioSelect,
    )
    items = forms.MultipleChoiceField(
        label=_("Workplaces, in the order of the road"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, items: Sequence[HandoverItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.along = items
        wanted = self.initial.get("items", [])  # as many as the day has room for
        room = len(round_times(time(9), USUAL_MINUTES, len(wanted)))
        self.initial["items"] = wanted[:room]
        choices = [(str(item.pk), place_label(item.workplace)) for item in items]
        cast("forms.MultipleChoiceField", self.fields["items"]).choices = choices

    def clean_on(self) -> date:
        """A day to come."""
        on: date = self.cleaned_data["on"]
        if on <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day after today."))
        return on

    def clean(self) -> dict[str, Any] | None:
        """They fit into the day."""
        super().clean()
        said = self.cleaned_data
        if {"at", "minutes", "items"} <= set(said):
            room = len(round_times(said["at"], said["minutes"], len(said["items"])))
            if room < len(said["items"]):
                text = ngettext(
                    "The day ends at 16: there is room for %(n)d visit. Tick fewer.",
                    "The day ends at 16: there is room for %(n)d visits. Tick fewer.",
                    room,
                )
                self.add_error("items", text % {"n": room})
        return self.cleaned_data

    @property
    def visits(self) -> list[tuple[HandoverItem, datetime]]:
        """Each ticked workplace with its moment, in the order of the road."""
        said = self.cleaned_data
        ticked = [item for item in self.along if str(item.pk) in set(said["items"])]
        times = round_times(said["at"], said["minutes"], len(ticked))
        pairs = zip(ticked, times, strict=True)
        return [(item, local_moment(said["on"], at)) for item, at in pairs]

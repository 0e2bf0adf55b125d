"""Input about activities: what happened, and what is planned."""

import uuid
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.enums import Weekday
from cabi_crm.db import local_moment
from cabi_crm.ui.forms import DateInput
from cabi_crm.ui.guards import GuardedForm
from companies.enums import (
    ActivityKind,
    ActivityStatus,
    DayPart,
    LeadKind,
    Outcome,
    TaskArea,
)
from companies.models import Activity
from companies.rules import step_day

ON_A_DAY = "date"
STEPS = [
    ("1w", _("1 week")),
    ("2w", _("2 weeks")),
    ("1m", _("1 month")),
    (ON_A_DAY, _("Choose a date")),
]
BACKS = [
    ("1m", _("1 month")),
    ("3m", _("3 months")),
    ("6m", _("6 months")),
    (ON_A_DAY, _("Choose a date")),
]
BACK_LATER = "1m"  # what *Finish later* notes when nobody has said when we may come back
KINDS = [kind for kind in ActivityKind if kind != ActivityKind.AGREEMENT]
NO_NAMES = _("No CPR numbers, no diagnoses, no names of citizens.")


class TimeInput(forms.TimeInput):
    """A time of day such as 9.45; phones show digits."""

    def __init__(self) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"})


class SplitSlots(forms.TypedMultipleChoiceField):
    """Numbers to tap, read as integers."""

    def __init__(self, choices: Any, label: Any) -> None:
        super().__init__(
            choices=choices,
            coerce=int,
            required=False,
            label=label,
            widget=forms.CheckboxSelectMultiple,
        )


def text_field(label: Any, rows: int, size: int) -> forms.CharField:
    """A few lines of free text that is guarded against CPR numbers."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=size,
        help_text=NO_NAMES,
        widget=forms.Textarea({"rows": rows}),
    )


class VisitForm(GuardedForm):
    """Something that took place: a visit, call, note and so on. Only the outcome must be said."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(k.value, k.label) for k in KINDS])
    on = forms.DateField(label=_("Date"), widget=DateInput)
    at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)
    outcome = forms.ChoiceField(
        label=_("How did it go?"), choices=Outcome.choices, required=False, widget=forms.RadioSelect
    )
    return_in = forms.ChoiceField(
        label=_("When may we come back?"), choices=BACKS, required=False, widget=forms.RadioSelect
    )
    return_on = forms.DateField(
        label=_("Which day may we come back?"), required=False, widget=DateInput
    )
    next_step = forms.ChoiceField(
        label=_("Next step"), choices=STEPS, required=False, widget=forms.RadioSelect
    )
    next_step_on = forms.DateField(label=_("Which day?"), required=False, widget=DateInput)
    seen = forms.MultipleChoiceField(
        label=_("Tasks you saw"),
        choices=TaskArea.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    can_take = text_field(_("Whom could they take?"), 2, 1000)
    offer = text_field(_("Concrete offer"), 2, 1000)
    leads = forms.MultipleChoiceField(
        label=_("Did you spot"),
        choices=LeadKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    good_days = SplitSlots(Weekday.choices, _("Good days to come"))
    good_parts = SplitSlots(DayPart.choices, _("Good hours to come"))
    note = text_field(_("Note"), 3, 4000)
    fulfils = forms.BooleanField(required=False)
    plan = forms.IntegerField(required=False, widget=forms.HiddenInput)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    DETAILS = ("kind", "outcome", "return_on", "can_take", "offer", "note")

    def clean(self) -> dict[str, Any] | None:
        """Check what depends on more than one answer."""
        super().clean()
        said = self.cleaned_data
        if not said.get("outcome") and said.get("kind") != ActivityKind.NOTE:
            self.refuse("outcome", _("Choose how it went."))
        if said.get("on") and said["on"] > timezone.localdate():
            self.refuse("on", _("This day has not come yet. Plan it instead of logging it."))
        self.clean_days_to_come(said)
        if bool(said.get("good_days")) != bool(said.get("good_parts")):
            name = "good_parts" if said.get("good_days") else "good_days"
            self.refuse(name, _("Choose both days and hours."))
        return said

    def clean_days_to_come(self, said: dict[str, Any]) -> None:
        """A *not now* needs its day; the next step is counted from the day of the visit."""
        on = said.get("on") or timezone.localdate()
        if said.get("outcome") == Outcome.NOT_NOW:
            self.clean_return(said, on)
            said["next_step"] = ""
        else:
            said["return_on"] = None
        if said.get("next_step") == ON_A_DAY:
            if not said.get("next_step_on") and "next_step_on" not in self.errors:
                self.refuse("next_step_on", _("Choose the day of the next step."))
            elif said.get("next_step_on") and said["next_step_on"] < on:
                self.refuse("next_step_on", _("This day must come after the visit."))
        else:
            said["next_step_on"] = step_day(said.get("next_step") or "", on)

    def clean_return(self, said: dict[str, Any], on: date) -> None:
        """A tapped time counts from the visit; a typed day counts when nothing else is tapped."""
        choice = said.get("return_in") or ""
        if not choice and not self["return_on"].value() and self.later:
            choice = BACK_LATER
        if choice and choice != ON_A_DAY:
            said["return_on"] = step_day(choice, on)
            self.errors.pop("return_on", None)
        elif said.get("return_on"):
            if said["return_on"] <= on:
                self.refuse("return_on", _("This day must come after the visit."))
        elif "return_on" not in self.errors:
            name = "return_on" if choice == ON_A_DAY else "return_in"
            self.refuse(name, _("Say when we may come back."))

    @property
    def later(self) -> bool:
        """Whether it is sent by *Finish later*."""
        return "later" in self.data

    def refuse(self, name: str, text: Any) -> None:
        """An error at one field."""
        self.add_error(name, text)

    @property
    def details(self) -> dict[str, Any]:
        """The activity's own fields, ready for an action."""
        said = self.cleaned_data
        values = {
            name: said.get(name) or ("" if name != "return_on" else None) for name in self.DETAILS
        }
        values["starts_at"] = local_moment(said["on"], said.get("at"))
        values["finish_later"] = self.later
        return values

    @property
    def sightings(self) -> dict[str, Any]:
        """What was seen and promised besides, ready for an action."""
        said = self.cleaned_data
        slots = [(day, part) for day in said["good_days"] for part in said["good_parts"]]
        return {
            "next_step_on": said.get("next_step_on"),
            "seen": said["seen"],
            "leads": said["leads"],
            "good_times": slots,
        }

    @property
    def moment(self) -> datetime | None:
        """When it took place, as the form has it now; nothing when the date cannot be read."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return local_moment(said["on"], said.get("at")) if said.get("on") else None

    @property
    def folded_texts(self) -> list[forms.BoundField]:
        """The texts that are folded between the tasks and the leads."""
        return [self["can_take"], self["offer"]]

    @property
    def step_days(self) -> dict[str, str]:
        """For each quick choice of a day to come, that day in words."""
        today = timezone.localdate()
        found = {choice: step_day(choice, today) for choice, label in [*STEPS, *BACKS]}
        return {choice: date_format(day, "l j. F") for choice, day in found.items() if day}

    @classmethod
    def for_now(cls, kind: str, plan: Activity | None) -> dict[str, Any]:
        """What is filled in when somebody logs something that just happened."""
        now = timezone.localtime()
        return {
            "kind": kind,
            "on": now.date(),
            "at": now.time().replace(second=0, microsecond=0),
            "submission": uuid.uuid4(),
            "plan": plan.pk if plan else None,
            "fulfils": plan is not None,
        }

    @classmethod
    def of(cls, activity: Activity) -> dict[str, Any]:
        """What is filled in when a logged activity is edited."""
        start = timezone.localtime(activity.starts_at)
        step = Activity.objects.open().filter(follows=activity).order_by("starts_at").first()
        return {
            **{name: getattr(activity, name) for name in cls.DETAILS},
            "on": start.date(),
            "at": start.time() if start.time() != time.min else None,
            "seen": [each.area for each in activity.task_opportunities.all()],
            "leads": [each.kind for each in activity.leads.all()],
            "return_in": ON_A_DAY if activity.return_on else "",
            "next_step": ON_A_DAY if step and not activity.return_on else "",
            "next_step_on": timezone.localdate(step.starts_at) if step else None,
        }


class PlanForm(GuardedForm):
    """Something to come at a workplace."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(k.value, k.label) for k in KINDS[:-1]])
    on = forms.DateField(label=_("Date"), widget=DateInput)
    at = forms.TimeField(
        label=_("Time"), required=False, widget=TimeInput, help_text=_("Such as 9.30; may wait.")
    )
    agreed = forms.BooleanField(label=_("Agreed with the firm"), required=False)
    note = text_field(_("What it is about"), 2, 1000)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_on(self) -> date:
        """Today or later: what has happened is logged, not planned."""
        day: date = self.cleaned_data["on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Log it instead of planning it."))
        return day

    @property
    def details(self) -> dict[str, Any]:
        """The plan's fields, ready for an action."""
        said = self.cleaned_data
        status = ActivityStatus.AGREED if said["agreed"] else ActivityStatus.PLANNED
        return {
            "kind": said["kind"],
            "starts_at": local_moment(said["on"], said.get("at")),
            "note": said["note"],
            "status": status,
        }

    @classmethod
    def of(cls, activity: Activity) -> dict[str, Any]:
        """What is filled in when a plan is edited."""
        start = timezone.localtime(activity.starts_at)
        return {
            "kind": activity.kind,
            "on": start.date(),
            "at": start.time() if start.time() != time.min else None,
            "agreed": activity.status == ActivityStatus.AGREED,
            "note": activity.note,
        }

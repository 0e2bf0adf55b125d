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
from cabi_crm.ui.forms import DateInput, style
from cabi_crm.ui.guards import GuardedForm
from companies.enums import (
    ActivityKind,
    DayPart,
    LeadKind,
    Outcome,
    TaskArea,
)
from companies.forms.sightings import task_fields
from companies.models import Activity, TaskOpportunity
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
# A second visit after a no brings something concrete (catalogue); if it did not, why.
RETURNS = frozenset({ActivityKind.VISIT.value, ActivityKind.MEETING.value})
OTHER_REASON = "other"
SKIPS = [
    ("listened", _("I came to listen")),
    ("nobody", _("We have nobody to offer right now")),
    ("no_time", _("There was no time for it")),
    (OTHER_REASON, _("Another reason")),
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
    no_offer = forms.ChoiceField(
        label=_("Or why you brought no offer"),
        choices=SKIPS,
        required=False,
        widget=forms.RadioSelect,
    )
    no_offer_because = forms.CharField(label=_("Which reason?"), required=False, max_length=200)
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

    DETAILS = ("kind", "outcome", "return_on", "can_take", "offer", "no_offer_because", "note")

    def __init__(self, *args: Any, asks_offer: bool = False, **kwargs: Any) -> None:
        """With `asks_offer` the firm said no the last time: what was brought is asked for."""
        super().__init__(*args, **kwargs)
        self.asks_offer = asks_offer
        for area in TaskArea:
            for name, field in task_fields().items():
                style(field)
                self.fields[f"task-{area.value}-{name}"] = field

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
        self.ask_for_offer(said)
        return said

    def ask_for_offer(self, said: dict[str, Any]) -> None:
        """After a no, a visit brings an offer or says why not; *Finish later* may leave it open."""
        choice, reason = said.get("no_offer") or "", said.get("no_offer_because") or ""
        if said.get("offer"):
            said["no_offer_because"] = ""
        elif choice and choice != OTHER_REASON:
            said["no_offer_because"] = str(dict(SKIPS)[choice])
        elif self.asks_offer and not self.later and said.get("kind") in RETURNS and not reason:
            if choice:
                self.refuse("no_offer_because", _("Say which reason."))
            elif not {"offer", "outcome"} & self.errors.keys():
                text = _("They said no the last time. What did you offer now, or why nothing?")
                self.refuse("offer", text)

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
            "details": {area: self.task_details(area) for area in said["seen"]},
            "good_times": slots,
        }

    def task_details(self, area: str) -> dict[str, Any]:
        """What is said about one kind of task."""
        names = TaskOpportunity.DETAILS
        return {name: self.cleaned_data.get(f"task-{area}-{name}") for name in names}

    @property
    def tasks(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """Each kind of task, the fields that say more about it, and whether one is filled."""
        names = TaskOpportunity.DETAILS
        found = []
        for choice in self["seen"]:
            fields = [self[f"task-{choice.data['value']}-{name}"] for name in names]
            found.append((choice, fields, any(field.value() for field in fields)))
        return found

    @property
    def moment(self) -> datetime | None:
        """When it took place, as the form has it now; nothing when the date cannot be read."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return local_moment(said["on"], said.get("at")) if said.get("on") else None

    @property
    def folded_texts(self) -> list[forms.BoundField]:
        """The texts that are folded between the tasks and the leads; an offer asked for is not."""
        return [self["can_take"]] if self.asks_offer else [self["can_take"], self["offer"]]

    @property
    def step_days(self) -> dict[str, str]:
        """For each quick choice of a day to come, that day in words."""
        today = timezone.localdate()
        found = {choice: step_day(choice, today) for choice, label in [*STEPS, *BACKS]}
        return {choice: date_format(day, "l j. F") for choice, day in found.items() if day}

    @classmethod
    def for_now(cls, kind: str, plan: Activity | None, *, asked: bool = False) -> dict[str, Any]:
        """What is filled in when somebody logs something that just happened.

        It carries out `plan` when it is of the same kind, or was `asked` for by that plan: a note
        does not take a planned visit off the list.
        """
        now = timezone.localtime()
        fulfilled = plan if plan and (asked or plan.kind == kind) else None
        return {
            "kind": kind,
            "on": now.date(),
            "at": now.time().replace(second=0, microsecond=0),
            "submission": uuid.uuid4(),
            "plan": plan.pk if plan else None,
            "fulfils": fulfilled is not None,
            "offer": fulfilled.offer if fulfilled else "",
        }

    @classmethod
    def of(cls, activity: Activity) -> dict[str, Any]:
        """What is filled in when a logged activity is edited."""
        start = timezone.localtime(activity.starts_at)
        step = Activity.objects.open().filter(follows=activity).order_by("starts_at").first()
        tasks = list(activity.task_opportunities.all())
        times = list(activity.noted_times.all())
        return {
            # Also of one that was unticked: ticked again it has what was said about it.
            **{
                f"task-{task.area}-{name}": getattr(task, name)
                for task in tasks
                for name in TaskOpportunity.DETAILS
            },
            **{name: getattr(activity, name) for name in cls.DETAILS},
            "on": start.date(),
            "at": start.time() if start.time() != time.min else None,
            "seen": [task.area for task in tasks if task.removed_at is None],
            "no_offer": OTHER_REASON if activity.no_offer_because else "",
            "good_days": sorted({time.weekday for time in times}),
            "good_parts": sorted({time.part for time in times}),
            "leads": [each.kind for each in activity.leads.all()],
            "return_in": ON_A_DAY if activity.return_on else "",
            "next_step": ON_A_DAY if step and not activity.return_on else "",
            "next_step_on": timezone.localdate(step.starts_at) if step else None,
        }

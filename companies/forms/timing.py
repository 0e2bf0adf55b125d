"""Input about what is to come and when it suits: plans, visiting times, seasons, limits."""

import uuid
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.enums import Weekday
from cabi_crm.db import local_moment
from cabi_crm.ui.forms import DateInput, PlainForm, style
from cabi_crm.ui.guards import GuardedForm, GuardedModelForm
from companies.enums import ActivityKind, ActivityStatus, Channel, DayPart
from companies.forms.activities import KINDS, TimeInput, text_field
from companies.models import Activity, SeasonPeak, Workplace
from companies.rules.timing import WEEKS_SHOWN, last_week, monday_of

UNKNOWN, GOOD, AVOID = "", "good", "avoid"
MEANING = {GOOD: True, AVOID: False}
Slots = dict[tuple[int, int], bool | None]  # by weekday and hour; None is not known
DAYS, PARTS = {str(day.value) for day in Weekday}, {str(part.value) for part in DayPart}
LEADS = (2, 3, 4, 6, 8, 12, 16, 26)


class PlanForm(GuardedForm):
    """Something to come at a workplace; at a bad time it asks once before it is saved."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[(k.value, k.label) for k in KINDS[:-1]])
    on = forms.DateField(label=_("Date"), widget=DateInput)
    at = forms.TimeField(
        label=_("Time"), required=False, widget=TimeInput, help_text=_("Such as 9.30; may wait.")
    )
    agreed = forms.BooleanField(label=_("Agreed with the firm"), required=False)
    note = text_field(_("What it is about"), 2, 1000)
    offer = text_field(_("What will you offer or ask for?"), 2, 1000)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)
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
            "offer": said["offer"],
            "status": status,
        }

    @property
    def moment(self) -> datetime | None:
        """When it is to be; nothing while the day cannot be read or is over."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return local_moment(said["on"], said.get("at")) if said.get("on") else None

    @property
    def planned_kind(self) -> str:
        """The kind as the form has it now."""
        said = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        return said.get("kind") or ActivityKind.VISIT

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
            "offer": activity.offer,
        }


class SlotInput(forms.RadioSelect):
    """What is known of two hours: each choice says its own name, since no text stands beside it."""

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The choice with its name for those who do not see the square."""
        option = super().create_option(*args, **kwargs)
        option["attrs"]["aria-label"] = option["label"]
        return option


class VisitTimesForm(PlainForm):
    """The week of a workplace: each slot good, better avoided, or not known."""

    def __init__(self, *args: Any, workplace: Workplace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {(w.weekday, w.part): w.is_good for w in workplace.visit_windows.all()}
        choices = [(UNKNOWN, _("Not known")), (GOOD, _("Good")), (AVOID, _("Avoid"))]
        for part in DayPart:
            for weekday in Weekday:
                good = known.get((weekday.value, part.value))
                self.fields[f"slot-{weekday.value}-{part.value}"] = forms.ChoiceField(
                    label=f"{weekday.label} {part.label}",
                    choices=choices,
                    required=False,
                    initial=UNKNOWN if good is None else GOOD if good else AVOID,
                    widget=SlotInput({"class": "slot-choice"}),
                )

    @property
    def rows(self) -> list[tuple[str, list[Any]]]:
        """The fields as the week strip shows them: a row for each two hours."""
        return [
            (part.label, [self[f"slot-{weekday.value}-{part.value}"] for weekday in Weekday])
            for part in DayPart
        ]

    @property
    def slots(self) -> Slots:
        """What was said about each (weekday, hour)."""
        return {
            (int(weekday), int(part)): MEANING.get(value)
            for name, value in self.cleaned_data.items()
            for weekday, part in [name.removeprefix("slot-").split("-")]
        }


def slots_text(slots: Slots) -> str:
    """Slots as they stand in an address: 1-8-good,5-14-."""
    words: dict[bool | None, str] = {good: word for word, good in MEANING.items()}
    return ",".join(
        f"{day}-{part}-{words.get(good, UNKNOWN)}" for (day, part), good in slots.items()
    )


def read_slots(text: str) -> Slots:
    """Slots from an address; what is none of them is left out."""
    found = {}
    for each in text.split(","):
        day, _line, rest = each.partition("-")
        part, _line, word = rest.partition("-")
        if day in DAYS and part in PARTS:
            found[int(day), int(part)] = MEANING.get(word)
    return found


class SeasonForm(GuardedModelForm):
    """Weeks in which a workplace needs an extra hand."""

    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = SeasonPeak
        fields = ("name", "from_week", "to_week", "lead_weeks", "note")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """Weeks are named by their days in the year of `on`."""
        super().__init__(*args, **kwargs)
        named = [(str(week), week_name(week, on.year)) for week in range(1, WEEKS_SHOWN + 1)]
        weeks = named if self.instance.pk else [("", _("Choose")), *named]
        leads = sorted({*LEADS, self.instance.lead_weeks})
        self.choose("from_week", weeks)
        self.choose("to_week", weeks)
        self.choose("lead_weeks", [(str(each), each) for each in leads])
        self.initial.setdefault("submission", uuid.uuid4())
        self.fields["name"].help_text = _("Such as spruce, Christmas trade or stocktaking.")

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Let one of the model's numbers be chosen from a list."""
        old = self.fields[name]
        field = forms.TypedChoiceField(
            label=old.label,
            help_text=old.help_text,
            initial=old.initial,
            choices=choices,
            coerce=int,
        )
        style(field)
        self.fields[name] = field


def week_name(week: int, year: int) -> str:
    """A week with the day it begins on in that year, such as 40 · 28. sep."""
    if week > last_week(year):
        return str(week)
    day = date_format(monday_of(year, week), str(_("j M")))
    return f"{week} · {day}"


class ContactTermsForm(GuardedModelForm):
    """How, whom and how often a workplace wants to be asked, and whether it wants a pause."""

    class Meta:
        model = Workplace
        fields = (
            "preferred_channel",
            "ask_whom",
            "places",
            "asks_a_month",
            "rest_weeks",
            "paused_until",
            "pause_reason",
        )
        widgets = {"paused_until": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel = cast("forms.TypedChoiceField", self.fields["preferred_channel"])
        channel.choices = [("", _("Not known")), *Channel.choices]
        if not self.instance.paused_until:
            self.initial["pause_reason"] = ""

    def clean_paused_until(self) -> date | None:
        """A pause lies ahead, and not longer than two years."""
        day: date | None = self.cleaned_data["paused_until"]
        today = timezone.localdate()
        if day and day != self.instance.paused_until and not today <= day <= two_years_on(today):
            raise forms.ValidationError(_("Choose a day from today and two years on."))
        return day

    def clean(self) -> dict[str, Any] | None:
        """A pause has its reason; a reason without a pause says nothing."""
        said = super().clean() or {}
        if said.get("paused_until") and not said.get("pause_reason"):
            self.add_error("pause_reason", _("Say why they want a pause."))
        missing = not said.get("paused_until") and "paused_until" not in self.errors
        if said.get("pause_reason") and missing:
            self.add_error("paused_until", _("Say until when they want a pause."))
        for name, most in (("places", 200), ("asks_a_month", 31), ("rest_weeks", 104)):
            if (said.get(name) or 0) > most:
                self.add_error(name, _("%(most)s at most.") % {"most": most})
        return said


def two_years_on(day: date) -> date:
    """The same day two years later, or the last of February."""
    return day.replace(year=day.year + 2, day=min(day.day, 28))

"""Input about tasks, and what becomes of a suggestion."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.forms import DateInput
from cabi_crm.ui.guards import GuardedForm
from cabi_crm.ui.templatetags.ui import when
from companies.enums import SuggestionAnswer, SuggestionKind
from companies.forms.activities import NO_NAMES, ON_A_DAY, STEPS
from companies.models import Task, opening_calendar
from companies.rules import step_day
from companies.rules.suggestions import next_week, tomorrow

OTHER = "other"
DUE = [
    ("today", _("Today")),
    ("tomorrow", _("Tomorrow")),
    ("next_week", _("Next week")),
    (ON_A_DAY, _("Choose a date")),
]
# Kept as words: what was chosen stands in the database as it was read.
POSTPONED_BECAUSE = [
    ("busy", _("They are busy now")),
    ("agreed", _("We have agreed on later")),
    ("away", _("The contact is away")),
    ("no_time", _("I have no time this week")),
    (OTHER, _("Something else")),
]
OCCASION = re.compile(r"[\w .:-]{1,60}")
FAR = timedelta(days=366)


class TaskForm(GuardedForm):
    """Something to do by a day."""

    text = forms.CharField(label=_("What is to be done?"), max_length=200, help_text=NO_NAMES)
    due_in = forms.ChoiceField(
        label=_("By when?"), choices=DUE, required=False, widget=forms.RadioSelect
    )
    due_on = forms.DateField(label=_("Which day?"), required=False, widget=DateInput)
    is_promise = forms.BooleanField(label=_("We have promised it to the firm"), required=False)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_firm: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = tomorrow(timezone.localdate(), opening_calendar())
        words = {**dict(DUE), "tomorrow": capfirst(when(day))}
        self.fields["due_in"].choices = list(words.items())  # type: ignore[attr-defined]
        if not has_firm:
            del self.fields["is_promise"]

    def clean(self) -> dict[str, Any] | None:
        """A tapped day, or a typed one; without a tap the typed one counts."""
        super().clean()
        said, today = self.cleaned_data, timezone.localdate()
        calendar = opening_calendar()
        days = {
            "today": today,
            "tomorrow": tomorrow(today, calendar),
            "next_week": next_week(today, calendar),
        }
        choice = said.get("due_in") or ""
        if choice in days:
            said["due_on"] = days[choice]
            self.errors.pop("due_on", None)
        elif not said.get("due_on") and "due_on" not in self.errors:
            name = "due_on" if choice == ON_A_DAY else "due_in"
            self.add_error(name, _("Say by when it is to be done."))
        return said

    @property
    def details(self) -> dict[str, Any]:
        """The task's fields, ready for an action."""
        said = self.cleaned_data
        return {
            "text": said["text"],
            "due_on": said["due_on"],
            "is_promise": said.get("is_promise", False),
        }

    @classmethod
    def of(cls, task: Task) -> dict[str, Any]:
        """What is filled in when a task is edited."""
        filled = {"text": task.text, "due_on": task.due_on, "is_promise": task.is_promise}
        return {**filled, "due_in": ON_A_DAY}

    @classmethod
    def for_now(cls, *, promise: bool) -> dict[str, Any]:
        """What is filled in for a new task."""
        return {"due_in": "tomorrow", "is_promise": promise, "submission": uuid.uuid4()}


class SuggestionForm(GuardedForm):
    """What becomes of a suggestion. `answer` is the button that was pressed."""

    because = forms.ChoiceField(
        label=_("Why later?"), choices=POSTPONED_BECAUSE, required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Say it in your own words"), required=False, max_length=200)
    until_in = forms.ChoiceField(
        label=_("Until when?"), choices=STEPS, required=False, widget=forms.RadioSelect
    )
    until = forms.DateField(label=_("Which day?"), required=False, widget=DateInput)
    reasons = forms.CharField(max_length=700, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=SuggestionAnswer.choices, widget=forms.HiddenInput)

    def clean_reasons(self) -> list[tuple[str, str]]:
        """Kind and occasion of each reason, as the day wrote them."""
        named = read_reasons(self.cleaned_data["reasons"])
        if not named:
            raise forms.ValidationError(_("Open the suggestion again from Today."))
        return named

    def clean(self) -> dict[str, Any] | None:
        """Only what is postponed needs a day and a reason."""
        super().clean()
        said = self.cleaned_data
        if said.get("answer") == SuggestionAnswer.POSTPONED:
            self.check_until(said)
            self.check_why(said)
        elif said.get("answer"):
            said["until"], said["reason"] = None, said.get("reason") or ""
            for name in ("because", "until_in", "until"):
                self.errors.pop(name, None)
        return said

    def check_until(self, said: dict[str, Any]) -> None:
        """A tapped time from today, or a typed day to come."""
        today, choice = timezone.localdate(), said.get("until_in") or ""
        if choice and choice != ON_A_DAY:
            said["until"] = step_day(choice, today)
            self.errors.pop("until", None)
        elif "until" in self.errors:
            return
        elif not said.get("until"):
            self.add_error("until" if choice else "until_in", _("Say until when."))
        elif not today < said["until"] <= today + FAR:
            self.add_error("until", _("Choose a day after today, within a year."))

    def check_why(self, said: dict[str, Any]) -> None:
        """The tapped reason in words, or their own."""
        choice, own = said.get("because") or "", said.get("reason") or ""
        if choice and choice != OTHER:
            words = str(dict(POSTPONED_BECAUSE)[choice])
            said["reason"] = f"{words}: {own}"[:200] if own else words
        elif not own and "reason" not in self.errors:
            self.add_error("reason" if choice else "because", _("Choose a reason."))


def read_reasons(text: str) -> list[tuple[str, str]]:
    """Kind and occasion of each reason in a suggestion's token; what cannot be read is left out."""
    found = []
    for each in text.split(","):
        kind, _colon, occasion = each.partition(":")
        if kind in SuggestionKind.values and OCCASION.fullmatch(occasion):
            found.append((kind, occasion))
    return found


def as_day(text: str) -> date | None:
    """A day of an address, such as 2026-12-01; nothing when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""Input about enquiries: what a firm asks, what it was answered, and who answers."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.enums import COMPANY_WRITERS
from accounts.models import User
from cabi_crm.db import local_moment
from cabi_crm.ui.forms import DateInput
from cabi_crm.ui.guards import GuardedForm
from cabi_crm.ui.phones import check_phone
from companies.enums import ActivityKind, EnquiryChannel
from companies.forms.activities import NO_NAMES, TimeInput
from companies.models import Enquiry, Workplace
from companies.rules import digits_of

# How an answer is given, beginning with the way the firm came.
ANSWER_KINDS = (ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MEETING, ActivityKind.VISIT)
SAME_WAY = {
    EnquiryChannel.EMAIL: ActivityKind.EMAIL,
    EnquiryChannel.MEETING: ActivityKind.MEETING,
}

# While the name is typed the page offers the workplaces that fit.
LOOK_UP = {
    "hx-get": "?",
    "hx-trigger": "input changed delay:250ms",
    "hx-target": "#firms",
    "hx-include": "[name=company_name],[name=phone]",
}
# A number that is typed after the workplace was ticked leaves the tick.
LOOK_UP_NUMBER = {**LOOK_UP, "hx-include": f"{LOOK_UP['hx-include']},[name=workplace]:checked"}


def moment_of(day: date, at: time | None) -> datetime:
    """When it was: without an hour now, or on another day its beginning."""
    if at is None and day == timezone.localdate():
        return timezone.now()
    return local_moment(day, at)


class MomentForm(GuardedForm):
    """A form about something that happened just now, or at a time that is typed."""

    too_early = _("This time has not come yet. Leave it empty for now.")

    on = forms.DateField(label=_("Day"), widget=DateInput)
    at = forms.TimeField(
        label=_("Time"), required=False, widget=TimeInput, help_text=_("Empty means now.")
    )

    def clean(self) -> dict[str, Any] | None:
        """What happened has happened already."""
        said = super().clean() or {}
        if said.get("on") and "at" in said:
            moment = moment_of(said["on"], said["at"])
            if moment > timezone.now():
                self.add_error("on" if said["on"] > timezone.localdate() else "at", self.too_early)
            self.cleaned_data["moment"] = moment
        return self.cleaned_data

    @property
    def moment(self) -> datetime:
        """When it was."""
        found: datetime = self.cleaned_data["moment"]
        return found

    @property
    def moment_opened(self) -> bool:
        """Whether the folded time must be seen: somebody typed one, or it is wrong."""
        return bool(self["at"].value() or self["at"].errors or self["on"].errors)


class AskedForm(GuardedForm):
    """What a firm asks, who asks and how they reached us."""

    company_name = forms.CharField(label=_("Company"), required=False, max_length=200)
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=4,
        validators=[RegexValidator(r"^[0-9]{4}$", _("A postcode has four digits."))],
    )
    channel = forms.ChoiceField(
        label=_("How did they reach us?"),
        choices=EnquiryChannel.choices,
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(
        label=_("What do they ask?"),
        max_length=2000,
        help_text=NO_NAMES,
        widget=forms.Textarea({"rows": 3}),
    )
    person = forms.CharField(label=_("Who asks?"), required=False, max_length=120)
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=40, validators=[check_phone]
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    DETAILS = ("company_name", "postcode", "channel", "subject", "person", "phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
        for name in ("company_name", "person", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def details(self) -> dict[str, Any]:
        """The enquiry's own fields, ready for an action."""
        return {name: self.cleaned_data[name] for name in self.DETAILS}


class EnquiryForm(AskedForm, MomentForm):
    """A new enquiry: of a workplace that is known, or of a firm by its name."""

    workplace = forms.ModelChoiceField(
        Workplace.objects.none(),
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Choose the workplace once more.")},
    )
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Workplace.objects.visible_to(user).select_related("company", "owner")
        self.fields["workplace"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """A firm must be named, one way or the other."""
        said = super().clean() or {}
        named = said.get("workplace") or said.get("company_name")
        if not named and not {"company_name", "workplace"} & set(self.errors):
            self.add_error("company_name", _("Choose a workplace, or write the company’s name."))
        return self.cleaned_data

    @cached_property
    def place(self) -> Workplace | None:
        """The workplace that is chosen; nothing when there is none, or not one of ours."""
        try:
            found: Workplace | None = self.fields["workplace"].clean(self["workplace"].value())
        except forms.ValidationError:
            return None
        return found

    @property
    def typed(self) -> str:
        """The firm's name as it is typed so far."""
        return str(self["company_name"].value() or "").replace("\0", "").strip()[:200]

    @property
    def digits(self) -> str:
        """The phone number as it is typed so far, without its spaces and country code."""
        return digits_of(str(self["phone"].value() or ""))

    def look_up(self) -> None:
        """Offer workplaces while name and number are typed, unless one is chosen beforehand."""
        self.fields["company_name"].widget.attrs |= LOOK_UP
        if self.typed or self.place is None:
            self.fields["phone"].widget.attrs |= LOOK_UP_NUMBER

    @property
    def details(self) -> dict[str, Any]:
        """All that an action needs."""
        more = {name: self.cleaned_data[name] for name in ("workplace", "submission")}
        return {**super().details, **more, "received_at": self.moment}

    @classmethod
    def started(cls, said: Mapping[str, Any]) -> dict[str, Any]:
        """What is filled in when somebody is on the phone, with what was typed so far."""
        return {
            "channel": EnquiryChannel.PHONE,
            "on": timezone.localdate(),
            "submission": uuid.uuid4(),
            **{name: said[name] for name in cls.base_fields if said.get(name)},
        }


class EnquiryEditForm(AskedForm):
    """What was asked, put right; the firm's name only while it is not tied to a workplace."""

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        initial = {name: getattr(enquiry, name) for name in self.DETAILS}
        super().__init__(*args, initial=initial, **kwargs)
        if enquiry.workplace_id:
            del self.fields["company_name"], self.fields["postcode"]
        else:
            self.fields["company_name"].required = True

    @property
    def details(self) -> dict[str, Any]:
        """The fields that stand on the form."""
        return {name: self.cleaned_data[name] for name in self.DETAILS if name in self.fields}


class AnswerForm(MomentForm):
    """What the firm was answered, how and when; what an undone answer said stands there again."""

    no_time = _("Write the time: it decides whether the answer came in time.")

    answer = forms.CharField(
        label=_("What did you answer?"),
        max_length=2000,
        help_text=NO_NAMES,
        widget=forms.Textarea({"rows": 3}),
    )
    kind = forms.ChoiceField(
        label=_("How?"),
        choices=[(kind.value, kind.label) for kind in ANSWER_KINDS],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        kind = SAME_WAY.get(EnquiryChannel(enquiry.channel), ActivityKind.CALL)
        initial = {"kind": kind, "on": timezone.localdate(), "answer": enquiry.answer}
        super().__init__(*args, initial=initial, **kwargs)
        self.enquiry = enquiry

    def clean(self) -> dict[str, Any] | None:
        """An answer comes after the question; a time is typed without its seconds."""
        said = super().clean() or {}
        on = said.get("on")
        if on and on != timezone.localdate() and said.get("at") is None:
            if not {"on", "at"} & set(self.errors):
                self.add_error("at", self.no_time)
            return self.cleaned_data
        received, moment = self.enquiry.received_at, said.get("moment")
        if moment and moment < received:
            if moment < received.replace(second=0, microsecond=0):
                self.add_error("at", _("They had not asked yet."))
            self.cleaned_data["moment"] = received
        return self.cleaned_data

    @property
    def details(self) -> dict[str, Any]:
        """All that an action needs."""
        said = self.cleaned_data
        return {"answer": said["answer"], "kind": said["kind"], "answered_at": self.moment}


class AssignForm(forms.Form):
    """Who answers: a colleague who works with companies, or nobody: the shared inbox."""

    to = forms.ModelChoiceField(
        User.objects.working().filter(role__in=COMPANY_WRITERS),
        label=_("Who answers?"),
        required=False,
        empty_label=_("Nobody: the shared inbox"),
    )

"""Input about who is away and who covers."""

from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import may_cover, may_own, roles_that_cover
from accounts.enums import COMPANY_READERS
from accounts.models import Absence, User
from cabi_crm.ui.forms import DateInput, PlainModelForm

LONGEST = timedelta(days=2 * 366)


class AbsenceForm(PlainModelForm):
    """The days on which a colleague is away; `instance.user` says who."""

    class Meta:
        model = Absence
        fields: ClassVar[list[str]] = ["starts_on", "ends_on", "cover"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        help_texts = {
            "cover": gettext_lazy(
                "Sees tasks, enquiries and notices meanwhile, and is named to the firms."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.user_id is not None
        roles = roles_that_cover(self.instance.user) if known else COMPANY_READERS
        people = User.objects.working().filter(role__in=roles)
        choice = cast("forms.ModelChoiceField[User]", self.fields["cover"])
        choice.queryset = people.exclude(pk=self.instance.user_id or 0)
        choice.empty_label = _("Nobody covers")

    def clean_ends_on(self) -> date:
        """A day to come, when it is about days to come."""
        day: date = self.cleaned_data["ends_on"]
        if self.instance.pk is None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Enter days to come."))
        return day

    def clean(self) -> dict[str, Any] | None:
        """Check what depends on more than one answer."""
        super().clean()
        said = self.cleaned_data
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        elif first and last and last - first > LONGEST:
            self.add_error("ends_on", _("This is more than two years. Check the year."))
        return said


class ColleagueAbsenceForm(AbsenceForm):
    """The same for a colleague who rings in sick: the manager says who."""

    class Meta(AbsenceForm.Meta):
        fields: ClassVar[list[str]] = ["user", *AbsenceForm.Meta.fields]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = cast("forms.ModelChoiceField[User]", self.fields["user"])
        choice.queryset = User.objects.led_by(by)
        choice.empty_label = _("Choose a colleague")

    def clean(self) -> dict[str, Any] | None:
        """The cover is another, who may do what the colleague does."""
        said = super().clean() or {}
        user, cover = said.get("user"), said.get("cover")
        if user and cover and user == cover:
            self.add_error("cover", _("Choose somebody else to cover."))
        elif user and cover and not may_cover(cover, user):
            words = {"name": user.name, "cover": cover.name}
            text = _("%(name)s changes company data; %(cover)s may not. Choose somebody else.")
            if may_own(user):
                text = _("%(name)s owns workplaces; %(cover)s may not. Choose a consultant.")
            self.add_error("cover", text % words)
        return said

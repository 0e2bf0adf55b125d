"""The filter behind the inbox of enquiries."""

from datetime import date

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, Team, User
from cabi_crm.db import start_of
from cabi_crm.ui.forms import PlainForm
from companies.filters.workplaces import NOBODY
from companies.models import Enquiry
from companies.models.service import EnquiryQuerySet


class EnquiryFilter(django_filters.FilterSet):
    """Enquiries by how they stand, who answers, and words; the open ones when nothing is said."""

    MINE, OPEN, LATE, ANSWERED, IN_TIME = "mine", "open", "late", "answered", "in_time"
    SHOWN = (
        (OPEN, _("Open")),
        (MINE, _("Mine")),
        (NOBODY, _("Shared")),
        (LATE, _("Late")),
        (ANSWERED, _("Answered")),
        (IN_TIME, _("Answered in time")),
    )

    q = django_filters.CharFilter(
        method="search", label=_("Company, person, question or colleague"), max_length=200
    )
    show = django_filters.ChoiceFilter(
        choices=SHOWN, method="standing", label=_("Show"), widget=forms.HiddenInput
    )
    owner = django_filters.ModelChoiceFilter(
        field_name="assigned_to",
        queryset=User.objects.all(),
        label=_("Who answers"),
        widget=forms.HiddenInput,
    )
    team = django_filters.ModelChoiceFilter(
        field_name="assigned_to__team",
        queryset=Team.objects.all(),
        label=_("Team"),
        widget=forms.HiddenInput,
    )
    year = django_filters.NumberFilter(
        method="in_year",
        label=_("Received in"),
        widget=forms.HiddenInput,
        min_value=1900,
        max_value=2200,
    )

    class Meta:
        model = Enquiry
        fields = ("q", "show", "owner", "team", "year")
        form = PlainForm

    def filter_queryset(self, queryset: EnquiryQuerySet) -> QuerySet[Enquiry]:
        """The filters together; nothing said about their standing means open ones."""
        found: EnquiryQuerySet = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("show") else found.open()

    def search(self, queryset: EnquiryQuerySet, name: str, value: str) -> QuerySet[Enquiry]:
        """What was typed, in the firm's name, who asks, what they ask, and who answers."""
        found = Q(workplace__name__icontains=value) | Q(assigned_to__name__icontains=value)
        for field in ("company_name", "person", "subject", "phone"):
            found |= Q(**{f"{field}__icontains": value})
        return queryset.filter(found)

    def standing(self, queryset: EnquiryQuerySet, name: str, value: str) -> QuerySet[Enquiry]:
        """Open, mine with those I cover for, nobody's, late, answered, or answered in time."""
        if value == self.MINE:
            served = Absence.objects.today().served_by(self.request.user)
            return queryset.open().assigned_among(served)
        if value == self.LATE:
            return queryset.late(timezone.now())
        if value == self.ANSWERED:
            return queryset.answered()
        if value == self.IN_TIME:
            return queryset.answered_in_time()
        return queryset.open().of_nobody() if value == NOBODY else queryset.open()

    def in_year(self, queryset: EnquiryQuerySet, name: str, value: float) -> QuerySet[Enquiry]:
        """Received in a calendar year."""
        year = int(value)
        start, end = start_of(date(year, 1, 1)), start_of(date(year + 1, 1, 1))
        return queryset.received_from(start, end)

"""The filters behind the list of agreements; figures elsewhere link to exactly these."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from cabi_crm.ui.forms import PlainForm
from companies.filters import ME
from partnerships.enums import AgreementStatus, Standing
from partnerships.models import Agreement, AgreementPoint, renewal_days

IN_WORK, RENEWAL = "in_work", "renewal"
FIRST_YEAR, LAST_YEAR = 2007, 2100  # the first agreements of this kind were made in 2008
LONGEST = 3660  # days ahead that may be asked for

STATES = [
    (Standing.ACTIVE.value, Standing.ACTIVE.label),
    (RENEWAL, _("Up for renewal")),
    (Standing.EXPIRED.value, Standing.EXPIRED.label),
    (Standing.COMING.value, Standing.COMING.label),
    (IN_WORK, _("In work")),
    (Standing.DRAFT.value, Standing.DRAFT.label),
    (Standing.FOR_SIGNATURE.value, Standing.FOR_SIGNATURE.label),
    (Standing.RENEWED.value, Standing.RENEWED.label),
    (Standing.ENDED.value, Standing.ENDED.label),
    (Standing.DROPPED.value, Standing.DROPPED.label),
]


def owners_and_towns() -> tuple[list[tuple[str, Any]], list[tuple[str, str]]]:
    """Me and everybody who has an agreement; each town with one."""
    found = Agreement.objects.order_by().values_list("owner__name", "owner", "workplace__town")
    rows = list(found.distinct())
    people = sorted({(name, pk) for name, pk, _town in rows})
    places = sorted({town for _name, _pk, town in rows if town})
    owners = [(ME, _("Me")), *((str(pk), name) for name, pk in people)]
    return owners, [(town, town) for town in places]


def points() -> list[tuple[str, str]]:
    """Each number that a point of some wording has."""
    numbers = AgreementPoint.objects.order_by("number").values_list("number", flat=True).distinct()
    return [(str(number), str(number)) for number in numbers]


class AgreementFilter(django_filters.FilterSet):
    """Agreements by words, state, renewal, year, point, owner and town.

    Dropped ones are left out unless they are asked for. `year` means new that year: a renewal is
    not a new agreement. `days` says how far ahead a renewal may lie.
    """

    q = django_filters.CharFilter(method="search", label=_("Company or number"), max_length=200)
    status = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=_("Status"), empty_label=_("All")
    )
    owner = django_filters.ChoiceFilter(
        choices=(), method="of_owner", label=_("Owner"), empty_label=_("All")
    )
    point = django_filters.ChoiceFilter(
        choices=(),
        method="holding_point",
        label=_("Point"),
        empty_label=_("All"),
    )
    year = django_filters.NumberFilter(
        method="new_in",
        label=_("New in the year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
    )
    town = django_filters.ChoiceFilter(
        "workplace__town", choices=(), label=_("Town"), empty_label=_("All")
    )
    days = django_filters.NumberFilter(
        method="ignore",
        label=_("Days to renewal"),
        min_value=-LONGEST,
        max_value=LONGEST,
        widget=forms.HiddenInput,
    )

    team = django_filters.ModelChoiceFilter(
        field_name="owner__team",
        queryset=Team.objects.all(),
        label=_("Team"),
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Agreement
        fields = ("q", "status", "owner", "point", "year", "town", "days", "team")
        form = PlainForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once: the form, its check and the chosen filters in words all ask for the choices.
        owners, towns = owners_and_towns()
        self.filters["owner"].extra["choices"] = owners
        self.filters["town"].extra["choices"] = towns
        self.filters["point"].extra["choices"] = points()

    def filter_queryset(self, queryset: QuerySet[Agreement]) -> QuerySet[Agreement]:
        """The filters together; nothing said about the state means all but dropped ones."""
        found: QuerySet[Agreement] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("status"):
            return found
        return found.exclude(status=AgreementStatus.DROPPED)

    def search(self, queryset: Any, name: str, value: str) -> QuerySet[Agreement]:
        """Every word of what was typed; see `AgreementQuerySet.matching`."""
        found: QuerySet[Agreement] = queryset.matching(value)
        return found

    def in_state(self, queryset: Any, name: str, value: str) -> QuerySet[Agreement]:
        """How they stand today, or a group of them as the dashboard counts it."""
        today = timezone.localdate()
        found: QuerySet[Agreement]
        if value == RENEWAL:
            found = queryset.up_for_renewal(today, self.renewal_days())
        elif value == IN_WORK:
            found = queryset.in_work()
        else:
            found = queryset.standing_at(value, today)
        return found

    def renewal_days(self) -> int:
        """How far ahead, as asked for or as the organisation has set."""
        asked = self.form.cleaned_data.get("days")
        return renewal_days() if asked is None else int(asked)

    def of_owner(self, queryset: Any, name: str, value: str) -> QuerySet[Agreement]:
        """One colleague's, or mine."""
        found: QuerySet[Agreement] = queryset.filter(
            owner=self.request.user.pk if value == ME else value
        )
        return found

    def holding_point(self, queryset: Any, name: str, value: str) -> QuerySet[Agreement]:
        """Agreements with the point of this original number."""
        found: QuerySet[Agreement] = queryset.with_point(int(value))
        return found

    def new_in(self, queryset: Any, name: str, value: Any) -> QuerySet[Agreement]:
        """First agreements signed in that year."""
        found: QuerySet[Agreement] = queryset.new_in(int(value))
        return found

    def ignore(self, queryset: Any, name: str, value: Any) -> QuerySet[Agreement]:
        """Only says how far ahead a renewal may lie."""
        found: QuerySet[Agreement] = queryset
        return found

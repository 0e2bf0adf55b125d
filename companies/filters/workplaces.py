"""Filters behind the list of workplaces and the timeline."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Organisation, Team, User
from cabi_crm.db import distinct_values
from cabi_crm.ui.forms import PlainForm
from companies.enums import ActivityKind, Outcome, RelationshipLevel, SizeBand
from companies.models import Activity, Company, Industry, Workplace
from companies.models.workplace import WorkplaceQuerySet, is_due
from companies.rules import LARGE_BANDS, SMALL_BANDS
from companies.rules.cadence import limits

ME, NOBODY, OWN = "me", "nobody", "own"
MONTHS = (1, 3, 6, 12, 24)
# Groups of size bands, as the catalogue compares them; the register does not know every size.
SIZE_GROUPS = {"2-19": SMALL_BANDS, "50+": LARGE_BANDS, "unknown": ("",)}
SIZES = [
    *SizeBand.choices,
    ("2-19", _("2–19 employees")),
    ("50+", _("50 employees or more")),
    ("unknown", _("Size not known")),
]


def months() -> list[tuple[str, str]]:
    """How far back to look for contacts."""
    return [(str(n), ngettext("%(n)d month", "%(n)d months", n) % {"n": n}) for n in MONTHS]


def owners() -> list[tuple[str, Any]]:
    """Me, nobody, and each colleague who owns workplaces or may do so."""
    owning = Exists(Workplace.objects.filter(owner=OuterRef("pk")))
    may_own = Q(pk__in=User.objects.consultants().values("pk"))
    people = User.objects.filter(owning | may_own).values_list("pk", "name")
    return [(ME, _("Me")), (NOBODY, _("Nobody")), *((str(pk), name) for pk, name in people)]


def towns() -> list[tuple[str, str]]:
    """Each town there are workplaces in."""
    return [(town, town) for town in distinct_values(Workplace, "town") if town]


def months_before(day: date, months: int) -> date:
    """The first day of a period of `months` that ends with `day`: a year is 365 days."""
    return day - timedelta(days=months * 365 // 12)


def home_code() -> str:
    """The code of the organisation's municipality; empty until it is set."""
    return Organisation.objects.current().municipality_code


def over_time(on: date) -> Q:
    """What holds for workplaces whose next contact should have been before `on`; see cadence."""
    contacts = Organisation.objects.current().contacts_a_year
    awake = Q(paused_until=None) | Q(paused_until__lt=on)
    return is_due(limits(contacts, on - timedelta(days=1))) & awake


class WorkplaceFilter(django_filters.FilterSet):
    """Workplaces by words, place, size, level, owner, contact and the register's marks.

    Ceased ones are left out unless they are asked for.
    """

    FIRST = ("town", "size", "level", "owner")

    q = django_filters.CharFilter(
        method="search", label=_("Name, CVR, town or contact person"), max_length=200
    )
    town = django_filters.ChoiceFilter(choices=(), label=_("Town"), empty_label=_("All"))
    industry = django_filters.CharFilter(method="in_industry", label=_("Industry"), max_length=100)
    size = django_filters.ChoiceFilter(
        choices=SIZES, method="of_size", label=_("Size"), empty_label=_("All")
    )
    level = django_filters.ChoiceFilter(
        choices=RelationshipLevel.choices, label=_("Level"), empty_label=_("All")
    )
    owner = django_filters.ChoiceFilter(
        choices=(), method="of_owner", label=_("Owner"), empty_label=_("All")
    )
    quiet = django_filters.ChoiceFilter(
        choices=(),
        method="without_contact",
        label=_("No contact for"),
        empty_label=_("All"),
    )
    contacted = django_filters.ChoiceFilter(
        choices=(),
        method="with_contact",
        label=_("Contact within"),
        empty_label=_("All"),
    )
    cadence = django_filters.ChoiceFilter(
        choices=[("late", _("Over time"))],
        method="over_time",
        label=_("Next contact"),
        empty_label=_("All"),
    )
    protected = django_filters.ChoiceFilter(
        choices=[("no", _("No")), ("yes", _("Yes"))],
        method="with_protection",
        label=_("Advertising protection"),
        empty_label=_("All"),
    )
    ceased = django_filters.ChoiceFilter(
        choices=[("with", _("Shown too")), ("only", _("Only these"))],
        method="with_ceased",
        label=_("Ceased"),
        empty_label=_("Not shown"),
    )

    team = django_filters.ModelChoiceFilter(
        field_name="owner__team",
        queryset=Team.objects.all(),
        label=_("Team"),
        widget=forms.HiddenInput,
    )
    municipality = django_filters.ChoiceFilter(
        choices=[(OWN, _("Ours"))],
        method="in_municipality",
        label=_("Municipality"),
        empty_label=_("All"),
    )

    class Meta:
        model = Workplace
        fields = ("q", "town", "industry", "size", "level", "owner", "quiet", "contacted")
        form = PlainForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once: the form, its check and the chosen filters in words all ask for the choices.
        self.filters["town"].extra["choices"] = self.choices_of("town", towns)
        self.filters["owner"].extra["choices"] = self.choices_of("owner", owners)
        for name in ("quiet", "contacted"):
            self.filters[name].extra["choices"] = months()

    def choices_of(self, name: str, read: Callable[[], list[Any]]) -> list[Any]:
        """The choices of a list box that come from the database."""
        return read()

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is asked most, beside the words."""
        return [self.form[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The rest, folded."""
        shown = {"q", *self.FIRST}
        return [field for field in self.form.visible_fields() if field.name not in shown]

    @property
    def more_chosen(self) -> bool:
        """Whether one of the folded ones is chosen: then the fold is open."""
        return any(field.value() for field in self.more_fields)

    def filter_queryset(self, queryset: QuerySet[Workplace]) -> QuerySet[Workplace]:
        """The filters together; nothing said about ceased ones means active ones."""
        found: QuerySet[Workplace] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("ceased") else found.filter(ceased_on=None)

    def search(self, queryset: QuerySet[Workplace], name: str, value: str) -> QuerySet[Workplace]:
        """Every word of what was typed; see `WorkplaceQuerySet.matching`."""
        return cast("WorkplaceQuerySet", queryset).matching(value)

    def in_industry(
        self, queryset: QuerySet[Workplace], name: str, value: str
    ) -> QuerySet[Workplace]:
        """Part of the name of the industry, or the beginning of its code."""
        lines = Industry.objects.filter(Q(text__icontains=value) | Q(code__startswith=value))
        return queryset.filter(industry__in=lines.order_by().values("pk"))

    def of_size(self, queryset: QuerySet[Workplace], name: str, value: str) -> QuerySet[Workplace]:
        """One size band, or several as the dashboard counts them."""
        return queryset.filter(size_band__in=SIZE_GROUPS.get(value, (value,)))

    def of_owner(self, queryset: QuerySet[Workplace], name: str, value: str) -> QuerySet[Workplace]:
        """One consultant's, mine, or those without an owner."""
        if value == NOBODY:
            return queryset.filter(owner=None)
        return queryset.filter(owner=self.request.user.pk if value == ME else int(value))

    def in_municipality(
        self, queryset: WorkplaceQuerySet, name: str, value: str
    ) -> WorkplaceQuerySet:
        """Our own municipality's, as the dashboard counts them."""
        return queryset.in_municipality(home_code())

    def without_contact(
        self, queryset: WorkplaceQuerySet, name: str, value: str
    ) -> WorkplaceQuerySet:
        """Not one contact within so many months."""
        since = months_before(timezone.localdate(), int(value))
        return queryset.not_contacted_since(since)

    def with_contact(self, queryset: WorkplaceQuerySet, name: str, value: str) -> WorkplaceQuerySet:
        """At least one contact within so many months."""
        since = months_before(timezone.localdate(), int(value))
        return queryset.contacted_since(since)

    def over_time(self, queryset: WorkplaceQuerySet, name: str, value: str) -> WorkplaceQuerySet:
        """Those whose next contact should have been before today, and that want no pause."""
        return queryset.filter(over_time(timezone.localdate()))

    def with_protection(
        self, queryset: QuerySet[Workplace], name: str, value: str
    ) -> QuerySet[Workplace]:
        """With or without protection against advertising, the unit's own or its company's."""
        companies = Company.objects.filter(advertising_protection=True).order_by().values("pk")
        guarded = Q(advertising_protection=True) | Q(company__in=companies)
        return queryset.filter(guarded if value == "yes" else ~guarded)

    def with_ceased(
        self, queryset: QuerySet[Workplace], name: str, value: str
    ) -> QuerySet[Workplace]:
        """Ceased ones too, or nothing else."""
        return queryset.filter(ceased_on__isnull=False) if value == "only" else queryset


class WalkFilter(WorkplaceFilter):
    """The same filters when no list box is shown: what a list was filtered by is taken as it is."""

    def choices_of(self, name: str, read: Callable[[], list[Any]]) -> list[Any]:
        """Only the one that is chosen; an owner is a word or the number of a user."""
        chosen = str(self.data.get(name, "")) if self.data else ""
        number = chosen.isdecimal() and len(chosen) < len(str(2**31))
        usable = name != "owner" or chosen in {ME, NOBODY} or number
        return [(chosen, chosen)] if chosen and usable else []


class ActivityFilter(django_filters.FilterSet):
    """One workplace's history by kind and outcome."""

    kind = django_filters.ChoiceFilter(
        choices=ActivityKind.choices, label=_("Kind"), empty_label=_("All")
    )
    outcome = django_filters.ChoiceFilter(
        choices=Outcome.choices, label=_("Outcome"), empty_label=_("All")
    )

    class Meta:
        model = Activity
        fields = ("kind", "outcome")
        form = PlainForm

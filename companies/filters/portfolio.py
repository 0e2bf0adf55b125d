"""Filters behind a portfolio and the lists on which levels and owners are settled."""

from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from cabi_crm.ui.forms import PlainForm
from companies.enums import RelationshipLevel
from companies.filters.workplaces import months_before, over_time
from companies.models import Workplace
from companies.models.portfolio import ceased_but_kept, for_the_bank, without_owner
from companies.models.workplace import WorkplaceQuerySet


class PortfolioFilter(django_filters.FilterSet):
    """One portfolio by whose, level, town, and what it lacks."""

    LATE, BARE, QUIET = "late", "bare", "quiet"
    QUIET_MONTHS = 12

    owner = django_filters.ChoiceFilter(
        choices=(), field_name="owner", label=_("Whose"), empty_label=_("All")
    )
    show = django_filters.ChoiceFilter(
        choices=[
            (LATE, _("Over time")),
            (BARE, _("Without a next step")),
            (QUIET, _("No contact for a year")),
        ],
        method="lacking",
        label=_("Show"),
        empty_label=_("All"),
    )
    level = django_filters.ChoiceFilter(
        choices=RelationshipLevel.choices, label=_("Level"), empty_label=_("All")
    )
    town = django_filters.ChoiceFilter(choices=(), label=_("Town"), empty_label=_("All"))

    class Meta:
        model = Workplace
        fields = ("owner", "show", "level", "town")
        form = PlainForm

    def __init__(
        self, *args: Any, people: list[User], towns: list[str], on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.filters["owner"].extra["choices"] = [(str(each.pk), each.name) for each in people]
        self.filters["town"].extra["choices"] = [(town, town) for town in towns]
        if len(people) == 1:
            # Whose it is stands above the list; the address keeps it.
            self.filters["owner"].extra["widget"] = forms.HiddenInput

    def lacking(self, queryset: WorkplaceQuerySet, name: str, value: str) -> WorkplaceQuerySet:
        """Over time, without anything planned, or quiet for long."""
        if value == self.LATE:
            return queryset.filter(over_time(self.on))
        if value == self.BARE:
            return queryset.filter(next_step_at=None)
        return queryset.not_contacted_since(months_before(self.on, self.QUIET_MONTHS))


class BankFilter(django_filters.FilterSet):
    """Workplaces whose level or owner must be settled, a reason at a time.

    A consultant sees their own and nobody's; a manager sees all.
    """

    BUSY, OWNERLESS, CEASED = "busy", "ownerless", "ceased"
    WHICH = (
        (BUSY, _("Much is happening")),
        (OWNERLESS, _("Without an owner")),
        (CEASED, _("Ceased, not closed")),
    )

    class Meta:
        model = Workplace
        fields = ()
        form = PlainForm

    @property
    def which(self) -> str:
        """The reason asked for."""
        asked = str(self.data.get("which", ""))
        return asked if asked in {value for value, label in self.WHICH} else self.BUSY

    @property
    def tabs(self) -> list[tuple[str, Any, bool]]:
        """Each reason with its name, and whether it is shown."""
        return [(value, label, value == self.which) for value, label in self.WHICH]

    def filter_queryset(self, queryset: QuerySet[Workplace]) -> QuerySet[Workplace]:
        """The workplaces of the reason asked for."""
        found = cast("WorkplaceQuerySet", super().filter_queryset(queryset))
        if self.request.user.role != Role.MANAGER:
            found = found.filter(Q(owner=self.request.user) | Q(owner=None))
        if self.which == self.OWNERLESS:
            return without_owner(found)
        if self.which == self.CEASED:
            return ceased_but_kept(found)
        return for_the_bank(found, timezone.localdate())

"""Filters of the users' list and the audit trail."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Deed, Role
from accounts.models import Event, User
from cabi_crm.ui.forms import PlainForm


class UserFilter(django_filters.FilterSet):
    """Colleagues by name, role and whether they may log in."""

    q = django_filters.CharFilter(method="search", label=_("Name or e-mail"), max_length=200)
    role = django_filters.ChoiceFilter(choices=Role.choices, label=_("Role"), empty_label=_("All"))

    class Meta:
        model = User
        fields = ("q", "role")
        form = PlainForm

    def search(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Part of a name or an address."""
        return queryset.filter(Q(name__icontains=value) | Q(email__icontains=value))


class EventFilter(django_filters.FilterSet):
    """The audit trail by words, person and day."""

    q = django_filters.CharFilter(method="search", label=_("What or who"), max_length=200)
    action = django_filters.ChoiceFilter(
        choices=Deed.choices, label=_("Action"), empty_label=_("All actions")
    )
    since = django_filters.DateFilter("at", "date__gte", label=_("From"))
    until = django_filters.DateFilter("at", "date__lte", label=_("To"))

    class Meta:
        model = Event
        fields = ("q", "action", "since", "until")
        form = PlainForm

    def search(self, queryset: QuerySet[Event], name: str, value: str) -> QuerySet[Event]:
        """Part of the action, the object's label or the person's name."""
        return queryset.filter(
            Q(action__icontains=value)
            | Q(object_label__icontains=value)
            | Q(actor__name__icontains=value)
        )

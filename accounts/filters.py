"""Filters of the users' list, the directory and the audit trail."""

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import AreaKind, Deed, MailStatus, Role
from accounts.models import Event, Mail, User, WorkingArea
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


class DirectoryFilter(django_filters.FilterSet):
    """Colleagues by name, team or what they sit with."""

    q = django_filters.CharFilter(method="search", label=_("Who or what"), max_length=200)
    kind = django_filters.ChoiceFilter(
        choices=AreaKind.choices, method="sits_with", label=_("Sits with"), empty_label=_("All")
    )

    class Meta:
        model = User
        fields = ("q", "kind")
        form = PlainForm

    def search(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Part of a name, title, team or area."""
        area = WorkingArea.objects.filter(user=OuterRef("pk"), text__icontains=value)
        own = Q(name__icontains=value) | Q(title__icontains=value)
        return queryset.filter(own | Q(team__name__icontains=value) | Exists(area))

    def sits_with(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Those with at least one area of the kind."""
        return queryset.filter(Exists(WorkingArea.objects.filter(user=OuterRef("pk"), kind=value)))


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


class MailFilter(django_filters.FilterSet):
    """Mail by how far it has come."""

    status = django_filters.ChoiceFilter(choices=MailStatus.choices, label=_("Status"))

    class Meta:
        model = Mail
        fields = ("status",)
        form = PlainForm

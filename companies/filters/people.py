"""Filters behind the list of contact persons to confirm, and the service given."""

import django_filters
from django.db.models import QuerySet

from accounts.access import may_own
from accounts.models import Absence
from cabi_crm.ui.forms import PlainForm
from companies.models import ContactPerson, ServiceEntry


class ServiceFilter(django_filters.FilterSet):
    """The service given to one workplace, by what it was."""

    class Meta:
        model = ServiceEntry
        fields = ("kind",)
        form = PlainForm


class StaleFilter(django_filters.FilterSet):
    """Contact persons to confirm: at the workplaces one answers for today, or at all."""

    MINE, ALL = "mine", "all"

    class Meta:
        model = ContactPerson
        fields = ()
        form = PlainForm

    @property
    def whose(self) -> str:
        """Whose workplaces are asked for; one's own to begin with, for those who have some."""
        asked = str(self.data.get("whose", ""))
        if asked in {self.MINE, self.ALL}:
            return asked
        return self.MINE if may_own(self.request.user) else self.ALL

    def filter_queryset(self, queryset: QuerySet[ContactPerson]) -> QuerySet[ContactPerson]:
        """People at one's own workplaces and those of colleagues one covers for; or everybody."""
        found: QuerySet[ContactPerson] = super().filter_queryset(queryset)
        if self.whose == self.ALL:
            return found
        owners = Absence.objects.today().served_by(self.request.user)
        return found.filter(workplace__owner__in=[owner.pk for owner in owners])

"""How the organisation works: opening hours, deadlines, cadence, closed days."""

import copy

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import actions
from accounts.access import UserRequest, may_administer, only
from accounts.forms import HoursForm, OperationsForm
from accounts.models import OpeningHours, Organisation
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT


@require_http_methods(EDIT)
@only(may_administer)
def operations(request: UserRequest) -> HttpResponse:
    """Opening hours, response deadline, contacts a year, closed days."""
    organisation = Organisation.objects.first() or Organisation(pk=1)
    before, sent = copy.copy(organisation), request.POST or None
    form = OperationsForm(sent, instance=organisation)
    hours = HoursForm(sent, OpeningHours.objects.all())
    if request.method == "POST" and form.is_valid() & hours.is_valid():
        changes = actions.changed_fields(before, organisation, list(form.Meta.fields))
        actions.save_operations(
            organisation=organisation, hours=hours.hours, by=request.user, changes=changes
        )
        saved(request, _("The settings are saved."))
        return redirect("accounts:operations")
    status = 422 if form.errors or hours.errors else 200
    context = {"form": form, "hours": hours, "section": "admin"}
    return render(request, "accounts/operations.html", context, status=status)

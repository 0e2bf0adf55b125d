"""Service given to a workplace and the time it took."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import UserRequest, may_edit_companies, may_read_companies, only
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.lists import ListPage
from cabi_crm.ui.walk import kept
from companies import actions
from companies.documents.service import time_spent
from companies.filters import ServiceFilter
from companies.forms.service import ServiceForm
from companies.models import ServiceEntry, Workplace
from companies.views.workplaces import find_workplace, frame, to_workplace


def find_entry(request: UserRequest, pk: int, *, removed: bool = False) -> ServiceEntry:
    """An entry at a workplace the user may see, kept or (for undo) removed; 404 otherwise."""
    found = ServiceEntry.objects.filter(
        removed_at__isnull=not removed,
        workplace__in=Workplace.objects.visible_to(request.user),
    )
    return get_object_or_404(found.select_related("workplace"), pk=pk)


def service_page(request: UserRequest, place: Workplace, form: ServiceForm) -> HttpResponse:
    """The tab: the quick form, the sums, and each entry with the newest on top."""
    entries = ServiceEntry.objects.kept().filter(workplace=place)
    page = ListPage(
        request=request,
        filterset=ServiceFilter(request.GET, entries.select_related("user")),
        columns=[],
        sorts={"day": ["on", "-pk"]},
        default_sort="-day",
        counts_along=True,
    )
    spent = time_spent(place, timezone.localdate())
    context = frame(request, place, "service") | {"form": form, "spent": spent}
    answer = page.render("companies/service.html", **context)
    answer.status_code = 422 if form.errors else 200
    return answer


@require_GET
@only(may_read_companies)
def service(request: UserRequest, pk: int) -> HttpResponse:
    """What we have done for them, and how long it took."""
    today = {"on": timezone.localdate(), "submission": uuid.uuid4()}
    return service_page(request, find_workplace(request, pk), ServiceForm(initial=today))


@require_POST
@only(may_edit_companies)
def service_new(request: UserRequest, pk: int) -> HttpResponse:
    """Note what was done."""
    place, form = find_workplace(request, pk), ServiceForm(request.POST)
    if not form.is_valid():
        return service_page(request, place, form)
    entry = actions.note_service(workplace=place, by=request.user, **form.details)
    undo = kept(request, reverse("companies:service_remove", args=[entry.pk]))
    saved(request, _("The service is noted."), undo=undo)
    return to_workplace(request, pk, "companies:service")


@require_POST
@only(may_edit_companies)
def service_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Delete an entry, with undo."""
    entry = find_entry(request, pk)
    actions.remove_service(entry=entry, by=request.user)
    undo = kept(request, reverse("companies:service_restore", args=[entry.pk]))
    saved(request, _("The entry is deleted."), undo=undo)
    return to_workplace(request, entry.workplace_id, "companies:service")


@require_POST
@only(may_edit_companies)
def service_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of deleting."""
    entry = find_entry(request, pk, removed=True)
    actions.restore_service(entry=entry, by=request.user)
    saved(request, _("The entry is back."))
    return to_workplace(request, entry.workplace_id, "companies:service")

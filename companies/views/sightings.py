"""Tasks seen at a workplace and leads spotted there, noted without a visit."""

import uuid

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, only
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from cabi_crm.ui.walk import kept
from companies import actions
from companies.enums import LeadKind
from companies.forms.sightings import TaskSeenForm
from companies.models import TaskOpportunity, Workplace
from companies.views.workplaces import find_workplace, to_workplace


def find_seen(request: UserRequest, pk: int, *, gone: bool = False) -> TaskOpportunity:
    """A task seen at a workplace the user may see, there still or (for undo) gone."""
    found = TaskOpportunity.objects.kept().filter(gone_on__isnull=not gone)
    return one_of(request, found, pk)


def one_of(request: UserRequest, found: QuerySet[TaskOpportunity], pk: int) -> TaskOpportunity:
    """One of the tasks `found`, at a workplace the user may see; 404 otherwise."""
    seen = found.filter(workplace__in=Workplace.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("workplace"), pk=pk)


def lead_kind(kind: str) -> LeadKind:
    """The kind in an address; 404 when there is no such kind."""
    if kind not in LeadKind.values:
        raise Http404
    return LeadKind(kind)


@require_http_methods(EDIT)
@only(may_edit_companies)
def seen_new(request: UserRequest, pk: int) -> HttpResponse:
    """Note a task that somebody could do there."""
    place = find_workplace(request, pk)
    form = TaskSeenForm(request.POST or None, initial={"submission": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        said = {"area": form.cleaned_data["area"], "details": form.details}
        sent = form.cleaned_data["submission"]
        task = actions.add_task_seen(workplace=place, by=request.user, submission=sent, **said)
        undo = kept(request, reverse("companies:seen_remove", args=[task.pk]))
        saved(request, _("The task is saved."), undo=undo)
        return to_workplace(request, pk)
    context = {"form": form, "workplace": place, "section": "companies", "task": None}
    return render(request, "companies/seen.html", context, status=422 if form.errors else 200)


@require_http_methods(EDIT)
@only(may_edit_companies)
def seen_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Say more about a task seen."""
    task = find_seen(request, pk)
    form = TaskSeenForm(request.POST or None, initial=TaskSeenForm.of(task), known=True)
    if request.method == "POST" and form.is_valid():
        actions.edit_task_seen(task=task, by=request.user, details=form.details)
        saved(request, _("The task is saved."))
        return to_workplace(request, task.workplace_id)
    context = {"form": form, "workplace": task.workplace, "section": "companies", "task": task}
    return render(request, "companies/seen.html", context, status=422 if form.errors else 200)


@require_POST
@only(may_edit_companies)
def seen_gone(request: UserRequest, pk: int) -> HttpResponse:
    """A task that is not there any more."""
    task = find_seen(request, pk)
    actions.mark_task_gone(task=task, by=request.user, on=timezone.localdate())
    undo = kept(request, reverse("companies:seen_back", args=[task.pk]))
    saved(request, _("The task is taken off the list."), undo=undo)
    return to_workplace(request, task.workplace_id)


@require_POST
@only(may_edit_companies)
def seen_back(request: UserRequest, pk: int) -> HttpResponse:
    """Undo: the task is there after all."""
    task = find_seen(request, pk, gone=True)
    actions.restore_task_seen(task=task, by=request.user)
    saved(request, _("The task is on the list again."))
    return to_workplace(request, task.workplace_id)


@require_POST
@only(may_edit_companies)
def seen_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of adding: this one sighting was never there; what colleagues saw is."""
    task = actions.remove_task_seen(task=find_seen(request, pk), by=request.user)
    undo = kept(request, reverse("companies:seen_restore", args=[task.pk]))
    saved(request, _("The task is taken back."), undo=undo)
    return to_workplace(request, task.workplace_id)


@require_POST
@only(may_edit_companies)
def seen_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of taking back what was added; what a visit noted is mended on the visit."""
    removed = TaskOpportunity.objects.filter(activity=None, removed_at__isnull=False)
    task = actions.bring_back_task_seen(task=one_of(request, removed, pk), by=request.user)
    saved(request, _("The task is on the list again."))
    return to_workplace(request, task.workplace_id)


@require_POST
@only(may_edit_companies)
def spot(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """One tap: there may be a flexjob, reduced hours, a mentor or upskilling here."""
    lead, place = lead_kind(kind), find_workplace(request, pk)
    actions.spot_lead(workplace=place, kind=lead.value, by=request.user)
    undo = kept(request, reverse("companies:spot_gone", args=[pk, kind]))
    saved(request, _("%(what)s is spotted.") % {"what": lead.label}, undo=undo)
    return to_workplace(request, pk)


@require_POST
@only(may_edit_companies)
def spot_gone(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """It is not there, or not any more."""
    lead, place, today = lead_kind(kind), find_workplace(request, pk), timezone.localdate()
    actions.drop_lead(workplace=place, kind=lead.value, by=request.user, on=today)
    undo = kept(request, reverse("companies:spot_back", args=[pk, kind]))
    saved(request, _("%(what)s is taken off.") % {"what": lead.label}, undo=undo)
    return to_workplace(request, pk)


@require_POST
@only(may_edit_companies)
def spot_back(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Undo: it is there after all."""
    lead, place, today = lead_kind(kind), find_workplace(request, pk), timezone.localdate()
    actions.restore_lead(workplace=place, kind=lead.value, by=request.user, on=today)
    saved(request, _("%(what)s is spotted.") % {"what": lead.label})
    return to_workplace(request, pk)

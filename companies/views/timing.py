"""When and how a workplace can be visited: its week, its year, what we agreed about asking."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, only
from accounts.enums import Weekday
from accounts.models import Draft
from accounts.views.drafts import let_go
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from cabi_crm.ui.walk import kept
from companies import actions
from companies.documents.timing import asks_this_month, seasons_of
from companies.forms.timing import (
    ContactTermsForm,
    SeasonForm,
    VisitTimesForm,
    read_slots,
    slots_text,
)
from companies.forms.workplaces import SHORT_DAYS
from companies.models import SeasonPeak, Workplace
from companies.views.workplaces import to_workplace


def find_place(request: UserRequest, pk: int) -> Workplace:
    """A workplace the user may see; 404 otherwise."""
    return get_object_or_404(
        Workplace.objects.visible_to(request.user).select_related(
            "company", "owner", "preparation"
        ),
        pk=pk,
    )


def find_season(request: UserRequest, pk: int, *, removed: bool = False) -> SeasonPeak:
    """A season of a workplace the user may see, kept or (for undo) removed; 404 otherwise."""
    found = SeasonPeak.every.filter(
        removed_at__isnull=not removed, workplace__in=Workplace.objects.visible_to(request.user)
    )
    return get_object_or_404(found.select_related("workplace__company"), pk=pk)


def page(request: UserRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with one form; 422 when what was sent is refused."""
    status = 422 if context["form"].errors else 200
    return render(request, template, context | {"section": "companies"}, status=status)


@require_http_methods(EDIT)
@only(may_edit_companies)
def visit_times(request: UserRequest, pk: int) -> HttpResponse:
    """When a visit is welcome, and when it is better avoided."""
    place, before = find_place(request, pk), read_slots(request.GET.get("before", ""))
    if request.method == "POST" and before:
        actions.save_visit_windows(workplace=place, slots=before, by=request.user)
        saved(request, _("The visiting times are as they were."))
        return to_workplace(request, place.pk)
    form = VisitTimesForm(request.POST or None, workplace=place)
    if request.method == "POST" and form.is_valid():
        former = actions.save_visit_windows(workplace=place, slots=form.slots, by=request.user)
        address = reverse("companies:visit_times", args=[place.pk])
        undo = kept(request, f"{address}?before={slots_text(former)}") if former else ""
        saved(request, _("The visiting times are saved."), undo=undo)
        return to_workplace(request, place.pk)
    context: dict[str, Any] = {"form": form, "workplace": place}
    context["week_days"] = [(SHORT_DAYS[day], day.label) for day in Weekday]
    return page(request, "companies/visit_times.html", context)


@require_http_methods(EDIT)
@only(may_edit_companies)
def seasons(request: UserRequest, pk: int) -> HttpResponse:
    """The busy seasons of a workplace, and one more."""
    place, today = find_place(request, pk), timezone.localdate()
    draft = Draft.objects.begun(request.user, f"season-w{place.pk}")
    form = SeasonForm(request.POST or None, on=today)
    if request.method == "POST" and form.is_valid():
        said, submission = form.cleaned_data, form.cleaned_data["submission"]
        season = actions.add_season(
            workplace=place, said=said, by=request.user, submission=submission
        )
        let_go(request, draft.form)
        undo = kept(request, reverse("companies:season_remove", args=[season.pk]))
        saved(request, _("The busy season is saved."), undo=undo)
        return to_workplace(request, place.pk, "companies:seasons")
    back = kept(request, reverse("companies:workplace", args=[place.pk]))
    context = {"form": form, "workplace": place, "draft": draft, "season": None, "back": back}
    return page(request, "companies/seasons.html", context | {"strip": seasons_of(place, today)})


@require_http_methods(EDIT)
@only(may_edit_companies)
def season_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a busy season."""
    season = find_season(request, pk)
    place, today = season.workplace, timezone.localdate()
    draft = Draft.objects.begun(request.user, f"season-{season.pk}")
    form = SeasonForm(request.POST or None, instance=season, on=today)
    if request.method == "POST" and form.is_valid():
        actions.edit_season(season=season, said=form.cleaned_data, by=request.user)
        let_go(request, draft.form)
        saved(request, _("The busy season is saved."))
        return to_workplace(request, place.pk, "companies:seasons")
    context = {"form": form, "workplace": place, "draft": draft, "season": season}
    return page(request, "companies/season.html", context)


@require_POST
@only(may_edit_companies)
def season_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Delete a busy season, with undo."""
    season = actions.remove_season(season=find_season(request, pk), by=request.user)
    undo = kept(request, reverse("companies:season_restore", args=[season.pk]))
    saved(request, _("%(name)s is deleted.") % {"name": season.name}, undo=undo)
    return to_workplace(request, season.workplace_id, "companies:seasons")


@require_POST
@only(may_edit_companies)
def season_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of deleting a busy season."""
    found = find_season(request, pk, removed=True)
    season = actions.restore_season(season=found, by=request.user)
    saved(request, _("%(name)s is back.") % {"name": season.name})
    return to_workplace(request, season.workplace_id, "companies:seasons")


@require_http_methods(EDIT)
@only(may_edit_companies)
def contact_terms(request: UserRequest, pk: int) -> HttpResponse:
    """How, whom and how often they want to be asked, and a pause."""
    place = find_place(request, pk)
    draft = Draft.objects.begun(request.user, f"terms-{place.pk}")
    form = ContactTermsForm(request.POST or None, instance=place)
    if request.method == "POST" and form.is_valid():
        actions.save_contact_terms(workplace=place, said=form.cleaned_data, by=request.user)
        let_go(request, draft.form)
        saved(request, _("What you agreed on contact is saved."))
        return to_workplace(request, place.pk)
    context = {"form": form, "workplace": place, "draft": draft, "asked": asks_this_month(place)}
    return page(request, "companies/contact_terms.html", context)


@require_POST
@only(may_edit_companies)
def pause_end(request: UserRequest, pk: int) -> HttpResponse:
    """They want to hear from us again."""
    place = find_place(request, pk)
    until = place.paused_until
    actions.end_pause(workplace=place, by=request.user)
    if until:
        undo = kept(request, reverse("companies:pause_resume", args=[place.pk, until.isoformat()]))
        saved(request, _("The pause is over."), undo=undo)
    return to_workplace(request, place.pk)


@require_POST
@only(may_edit_companies)
def pause_resume(request: UserRequest, pk: int, until: str) -> HttpResponse:
    """Undo of ending a pause."""
    place = find_place(request, pk)
    try:
        day = date.fromisoformat(until)
    except ValueError as error:
        raise Http404 from error
    actions.resume_pause(workplace=place, until=day, by=request.user)
    saved(request, _("The pause goes on."))
    return to_workplace(request, place.pk)

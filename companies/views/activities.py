"""Log, plan, edit and take back what happens between a workplace and us."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, only
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from companies import actions
from companies.access import may_change_activity
from companies.enums import ActivityKind, ActivityStatus
from companies.forms.activities import KINDS, PlanForm, VisitForm
from companies.models import Activity, Workplace
from companies.views.workplaces import happenings

TITLES = {
    ActivityKind.VISIT: gettext_lazy("Log a visit"),
    ActivityKind.CALL: gettext_lazy("Log a call"),
    ActivityKind.EMAIL: gettext_lazy("Log an e-mail"),
    ActivityKind.MEETING: gettext_lazy("Log a meeting"),
    ActivityKind.EVENT: gettext_lazy("Log an event"),
    ActivityKind.NOTE: gettext_lazy("Write a note"),
}
SAVED = {
    ActivityKind.VISIT: gettext_lazy("The visit is saved."),
    ActivityKind.CALL: gettext_lazy("The call is saved."),
    ActivityKind.EMAIL: gettext_lazy("The e-mail is saved."),
    ActivityKind.MEETING: gettext_lazy("The meeting is saved."),
    ActivityKind.EVENT: gettext_lazy("The event is saved."),
    ActivityKind.NOTE: gettext_lazy("The note is saved."),
}

# What it is called in "… is deleted": Danish writes the definite form as one word.
DEFINITE = {
    ActivityKind.VISIT: gettext_lazy("The visit"),
    ActivityKind.CALL: gettext_lazy("The call"),
    ActivityKind.EMAIL: gettext_lazy("The e-mail"),
    ActivityKind.MEETING: gettext_lazy("The meeting"),
    ActivityKind.EVENT: gettext_lazy("The event"),
    ActivityKind.NOTE: gettext_lazy("The note"),
}


def definite(activity: Activity) -> dict[str, Any]:
    """For a sentence about an activity: what it is called there."""
    return {"what": DEFINITE[ActivityKind(activity.kind)]}


def find_place(request: UserRequest, pk: int) -> Workplace:
    """A workplace the user may see; 404 otherwise."""
    return get_object_or_404(
        Workplace.objects.visible_to(request.user).select_related("company", "owner"), pk=pk
    )


def find_activity(request: UserRequest, pk: int, *, removed: bool = False) -> Activity:
    """An activity the user may change, kept or (for undo) removed; 404 otherwise."""
    found = Activity.objects.filter(
        removed_at__isnull=not removed,
        workplace__in=Workplace.objects.visible_to(request.user),
    )
    activity = get_object_or_404(found.select_related("workplace__company"), pk=pk)
    if not may_change_activity(request.user, activity):
        raise Http404
    return activity


def due_plan(request: UserRequest, place: Workplace) -> Activity | None:
    """The plan that is being carried out: the one asked for, or the user's own that is due."""
    plans = Activity.objects.open().filter(workplace=place)
    asked = request.GET.get("plan") or request.POST.get("plan") or ""
    if asked:
        return plans.filter(pk=asked).first() if asked.isdecimal() else None
    if request.method == "POST":
        return None
    tonight = timezone.localtime().replace(hour=23, minute=59, second=59)
    return plans.of(request.user).due_by(tonight).order_by("starts_at").first()


def kind_asked(request: UserRequest, plan: Activity | None) -> str:
    """The kind to begin with: the one in the address, the asked-for plan's, or a visit."""
    kind = request.GET.get("kind", "")
    if not kind and plan and request.GET.get("plan"):
        kind = plan.kind
    return kind if kind in KINDS else ActivityKind.VISIT


@require_http_methods(EDIT)
@only(may_edit_companies)
def log_visit(request: UserRequest, pk: int) -> HttpResponse:
    """Log what just happened: one thing to say, the rest can wait."""
    place = find_place(request, pk)
    plan = due_plan(request, place)
    kind = kind_asked(request, plan)
    form = VisitForm(request.POST or None, initial=VisitForm.for_now(kind, plan))
    draft = f"visit-w{place.pk}-{request.user.pk}"
    if request.method == "POST" and form.is_valid():
        activity = save_visit(request, place, form, plan)
        undo = reverse("companies:activity_remove", args=[activity.pk])
        saved(request, str(SAVED[ActivityKind(activity.kind)]), undo=undo, draft=draft)
        return redirect("companies:workplace", place.pk)
    context = visit_context(place, form) | {"title": TITLES[ActivityKind(kind)], "plan": plan}
    context["draft"] = draft
    return render(request, "companies/visit.html", context, status=422 if form.errors else 200)


def save_visit(
    request: UserRequest, place: Workplace, form: VisitForm, plan: Activity | None
) -> Activity:
    """Hand the form to the action."""
    return actions.log_activity(
        workplace=place,
        by=request.user,
        submission=form.cleaned_data.get("submission"),
        plan=plan if form.cleaned_data["fulfils"] else None,
        **form.details,
        **form.sightings,
    )


def visit_context(place: Workplace, form: VisitForm) -> dict[str, Any]:
    """What the visit form shows around its fields."""
    extras = {"section": "companies", "activity": None, "plan": None}
    return {"form": form, "workplace": place, **extras, **happenings(place)}


@require_http_methods(EDIT)
@only(may_edit_companies)
def activity_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what was logged or planned."""
    activity = find_activity(request, pk)
    if activity.is_open:
        return edit_plan(request, activity)
    if activity.status == ActivityStatus.CANCELLED:
        return redirect("companies:history", activity.workplace_id)
    return edit_held(request, activity)


def edit_held(request: UserRequest, activity: Activity) -> HttpResponse:
    """The visit form, filled in with what was logged."""
    form = VisitForm(request.POST or None, initial=VisitForm.of(activity))
    draft = f"visit-a{activity.pk}-{request.user.pk}"
    if request.method == "POST" and form.is_valid():
        actions.edit_activity(
            activity=activity, by=request.user, changes=form.details, **form.sightings
        )
        say_edited(request, activity, draft)
        return redirect("companies:workplace", activity.workplace_id)
    context = visit_context(activity.workplace, form)
    context |= {"title": activity.get_kind_display(), "activity": activity, "draft": draft}
    return render(request, "companies/visit.html", context, status=422 if form.errors else 200)


def say_edited(request: UserRequest, activity: Activity, draft: str) -> None:
    """That it is saved; a next step that went with it can be brought back."""
    text, step = str(SAVED[ActivityKind(activity.kind)]), actions.withdrawn_by(activity)
    undo = reverse("companies:activity_restore", args=[step.pk]) if step else ""
    if step:
        text = _("%(saved)s The next step is taken off the list.") % {"saved": text}
    saved(request, text, undo=undo, draft=draft)


def edit_plan(request: UserRequest, activity: Activity) -> HttpResponse:
    """The plan form, filled in with what was planned."""
    form = PlanForm(request.POST or None, initial=PlanForm.of(activity))
    if request.method == "POST" and form.is_valid():
        actions.edit_activity(activity=activity, by=request.user, changes=form.details)
        saved(request, _("The plan is saved."))
        return redirect("companies:workplace", activity.workplace_id)
    context = {"form": form, "workplace": activity.workplace, "activity": activity}
    return render_plan(request, context)


@require_http_methods(EDIT)
@only(may_edit_companies)
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """Plan a visit, call, meeting or event, or note that it is agreed."""
    place = find_place(request, pk)
    initial = {"kind": ActivityKind.VISIT, "submission": uuid.uuid4()}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        submission = form.cleaned_data.get("submission")
        activity = actions.plan_activity(
            workplace=place, by=request.user, submission=submission, **form.details
        )
        undo = reverse("companies:activity_remove", args=[activity.pk])
        saved(request, _("The plan is saved."), undo=undo)
        return redirect("companies:workplace", place.pk)
    return render_plan(request, {"form": form, "workplace": place, "activity": None})


def render_plan(request: UserRequest, context: dict[str, Any]) -> HttpResponse:
    """The page with the plan form."""
    status = 422 if context["form"].errors else 200
    return render(request, "companies/plan.html", context | {"section": "companies"}, status=status)


@require_POST
@only(may_edit_companies)
def activity_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Delete, with undo."""
    activity = find_activity(request, pk)
    actions.remove_activity(activity=activity, by=request.user)
    undo = reverse("companies:activity_restore", args=[activity.pk])
    saved(request, _("%(what)s is deleted.") % definite(activity), undo=undo)
    return redirect("companies:workplace", activity.workplace_id)


@require_POST
@only(may_edit_companies)
def activity_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of deleting."""
    activity = find_activity(request, pk, removed=True)
    actions.restore_activity(activity=activity, by=request.user)
    saved(request, _("%(what)s is back.") % definite(activity))
    return redirect("companies:workplace", activity.workplace_id)


@require_POST
@only(may_edit_companies)
def activity_cancel(request: UserRequest, pk: int) -> HttpResponse:
    """A plan that came to nothing."""
    activity = find_activity(request, pk)
    actions.cancel_activity(activity=activity, by=request.user)
    undo = reverse("companies:activity_reopen", args=[activity.pk])
    saved(request, _("%(what)s is called off.") % definite(activity), undo=undo)
    return redirect("companies:workplace", activity.workplace_id)


@require_POST
@only(may_edit_companies)
def activity_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of cancelling."""
    activity = find_activity(request, pk)
    actions.reopen_activity(activity=activity, by=request.user)
    saved(request, _("The plan is back."))
    return redirect("companies:workplace", activity.workplace_id)

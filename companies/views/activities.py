"""Log, plan, edit and take back what happens between a workplace and us."""

import uuid
from contextlib import suppress
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import UserRequest, may_edit_companies, only
from accounts.models import Draft
from accounts.views.drafts import let_go
from cabi_crm.db import local_moment
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.requests import EDIT
from cabi_crm.ui.walk import kept
from companies import actions
from companies.access import may_change_activity
from companies.documents.timing import timing_warnings
from companies.enums import ActivityKind, ActivityStatus, TimingWarning
from companies.forms.activities import KINDS, VisitForm
from companies.models import Activity, Workplace
from companies.rules import step_day
from companies.rules.timing import Warned
from companies.views.plans import edit_plan
from companies.views.timing import find_place
from companies.views.workplaces import happenings, to_workplace

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


def find_activity(request: UserRequest, pk: int, *, removed: bool = False) -> Activity:
    """An activity the user may change, kept or (for undo) removed; 404 otherwise."""
    found = Activity.objects.filter(
        removed_at__isnull=not removed,
        workplace__in=Workplace.objects.visible_to(request.user),
    )
    activity = get_object_or_404(
        found.select_related("workplace__company", "workplace__preparation"), pk=pk
    )
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
    due = plans.of(request.user).due_by(tonight)
    kind = kind_asked(request, None)
    return min(due, key=lambda each: (each.kind != kind, each.starts_at), default=None)


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
    initial = VisitForm.for_now(kind, plan, asked="plan" in request.GET)
    asks = said_no(request, place)
    form = VisitForm(request.POST or None, initial=initial, asks_offer=asks)
    draft = Draft.objects.begun(request.user, f"visit-w{place.pk}")
    if request.method == "POST" and form.is_valid():
        activity = save_visit(request, place, form, plan)
        let_go(request, draft.form)
        say_logged(request, activity, form)
        return redirect(after_logging(request, activity))
    context = visit_context(place, form) | {"title": TITLES[ActivityKind(kind)], "plan": plan}
    context |= {"draft": draft, "bad": to_mind(place, kind)}
    return render(request, "companies/visit.html", context, status=422 if form.errors else 200)


def said_no(request: UserRequest, place: Workplace) -> bool:
    """Whether the last contact before this one was a no; a form sent twice is not before itself."""
    others = Activity.objects.all()
    with suppress(ValueError):
        others = others.exclude(submission=uuid.UUID(request.POST.get("submission", "")))
    return others.ended_in_no(place)


def to_mind(place: Workplace, kind: str) -> list[Warned]:
    """What they have asked us to mind when we are there; that we are closed matters no more."""
    bad = timing_warnings(place, timezone.now(), kind)
    return [each for each in bad if each.kind != TimingWarning.CLOSED]


def after_logging(request: UserRequest, activity: Activity) -> str:
    """The workplace, still on the walk, where it is asked what comes next."""
    page = kept(request, reverse("companies:workplace", args=[activity.workplace_id]))
    return f"{page}{'&' if '?' in page else '?'}gemt={activity.pk}"


def say_logged(request: UserRequest, activity: Activity, form: VisitForm) -> None:
    """That it is saved, with undo; and when the promised step falls on a bad day."""
    undo = kept(request, reverse("companies:activity_remove", args=[activity.pk]))
    saved(request, str(SAVED[ActivityKind(activity.kind)]), undo=undo)
    if day := form.cleaned_data.get("next_step_on"):
        warn_of_day(request, activity.workplace, day)


def warn_of_day(request: UserRequest, place: Workplace, day: date) -> None:
    """Say when a call that is planned for `day` comes at a bad time."""
    bad = timing_warnings(place, local_moment(day), ActivityKind.CALL)
    if bad:
        why = " ".join(each.text for each in bad)
        warned(request, _("Think about the day of the next step. %(why)s") % {"why": why})


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
    extras = {"section": "companies", "activity": None, "plan": None, "bad": ()}
    prepared = hasattr(place, "preparation")
    known = {"form": form, "workplace": place, "prepared": prepared}
    return {**known, **extras, **happenings(place)}


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
    place = activity.workplace
    asks = activity.finish_later and Activity.objects.ended_in_no(place, before=activity)
    form = VisitForm(request.POST or None, initial=VisitForm.of(activity), asks_offer=asks)
    draft = Draft.objects.begun(request.user, f"visit-a{activity.pk}")
    if request.method == "POST" and form.is_valid():
        actions.edit_activity(
            activity=activity, by=request.user, changes=form.details, **form.sightings
        )
        let_go(request, draft.form)
        say_edited(request, activity)
        return to_workplace(request, activity.workplace_id)
    context = visit_context(place, form) | {"title": activity.get_kind_display()}
    context |= {"activity": activity, "draft": draft}
    return render(request, "companies/visit.html", context, status=422 if form.errors else 200)


def say_edited(request: UserRequest, activity: Activity) -> None:
    """That it is saved; a next step that went with it can be brought back."""
    text, step = str(SAVED[ActivityKind(activity.kind)]), actions.withdrawn_by(activity)
    undo = kept(request, reverse("companies:activity_restore", args=[step.pk])) if step else ""
    if step:
        text = _("%(saved)s The next step is taken off the list.") % {"saved": text}
    saved(request, text, undo=undo)


@require_POST
@only(may_edit_companies)
def next_step(request: UserRequest, pk: int) -> HttpResponse:
    """Plan a call after what was just logged, in one tap."""
    activity = find_activity(request, pk)
    day = step_day(request.POST.get("step", ""), timezone.localdate())
    if day and activity.status == ActivityStatus.HELD:
        step, is_new = actions.add_next_step(activity=activity, day=day, by=request.user)
        say_next(request, step, is_new=is_new)
    return to_workplace(request, activity.workplace_id)


def say_next(request: UserRequest, step: Activity, *, is_new: bool) -> None:
    """The day of the next step; a new one can be undone, one that stood there already stays."""
    day = timezone.localdate(step.starts_at)
    said = {"day": date_format(day, "l j. F"), "what": step.get_kind_display()}
    if not is_new:
        saved(request, _("The next step stands already: %(what)s %(day)s.") % said)
        return
    undo = kept(request, reverse("companies:activity_remove", args=[step.pk]))
    saved(request, _("A call is planned for %(day)s.") % said, undo=undo)
    warn_of_day(request, step.workplace, day)


@require_POST
@only(may_edit_companies)
def activity_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Delete, with undo."""
    activity = find_activity(request, pk)
    actions.remove_activity(activity=activity, by=request.user)
    undo = kept(request, reverse("companies:activity_restore", args=[activity.pk]))
    saved(request, _("%(what)s is deleted.") % definite(activity), undo=undo)
    return to_workplace(request, activity.workplace_id)


@require_POST
@only(may_edit_companies)
def activity_restore(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of deleting."""
    activity = find_activity(request, pk, removed=True)
    actions.restore_activity(activity=activity, by=request.user)
    saved(request, _("%(what)s is back.") % definite(activity))
    return to_workplace(request, activity.workplace_id)


@require_POST
@only(may_edit_companies)
def activity_cancel(request: UserRequest, pk: int) -> HttpResponse:
    """A plan that came to nothing."""
    activity = find_activity(request, pk)
    actions.cancel_activity(activity=activity, by=request.user)
    undo = kept(request, reverse("companies:activity_reopen", args=[activity.pk]))
    saved(request, _("%(what)s is called off.") % definite(activity), undo=undo)
    return to_workplace(request, activity.workplace_id)


@require_POST
@only(may_edit_companies)
def activity_reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Undo of cancelling."""
    activity = find_activity(request, pk)
    actions.reopen_activity(activity=activity, by=request.user)
    saved(request, _("The plan is back."))
    return to_workplace(request, activity.workplace_id)

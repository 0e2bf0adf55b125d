"""Plan a visit or a call, and change the plan; at a bad time it asks once."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import UserRequest, may_edit_companies, only
from accounts.models import Draft
from accounts.views.drafts import let_go
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from cabi_crm.ui.walk import kept
from companies import actions
from companies.documents.timing import timing_warnings
from companies.enums import ActivityKind
from companies.forms.activities import KINDS
from companies.forms.timing import PlanForm
from companies.models import Activity, Workplace
from companies.rules.timing import Warned
from companies.views.timing import find_place
from companies.views.workplaces import to_workplace


@require_http_methods(EDIT)
@only(may_edit_companies)
def plan(request: UserRequest, pk: int) -> HttpResponse:
    """Plan a visit, call, meeting or event, or note that it is agreed."""
    place = find_place(request, pk)
    if request.headers.get("HX-Target") == "timing":
        return say_timing(request, place)
    form = PlanForm(request.POST or None, initial=first_idea(request))
    draft = Draft.objects.begun(request.user, f"plan-w{place.pk}")
    bad = doubts(place, form)
    if request.method == "POST" and form.is_valid() and not bad:
        submission = form.cleaned_data.get("submission")
        activity = actions.plan_activity(
            workplace=place, by=request.user, submission=submission, **form.details
        )
        let_go(request, draft.form)
        say_planned(request, activity, speaks_against(place, form, activity))
        return to_workplace(request, place.pk)
    context = {"form": form, "workplace": place, "activity": None, "draft": draft, "bad": bad}
    return render_plan(request, context)


def first_idea(request: UserRequest) -> dict[str, Any]:
    """What is filled in: the kind that the address asks for, or a visit, and what it is about."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS[:-1] else ActivityKind.VISIT
    return {"kind": kind, "note": request.GET.get("about", ""), "submission": uuid.uuid4()}


def say_planned(request: UserRequest, activity: Activity, against: list[Warned]) -> None:
    """That it is saved, with undo."""
    undo = kept(request, reverse("companies:activity_remove", args=[activity.pk]))
    saved(request, saved_text(against), undo=undo)


def saved_text(against: list[Warned]) -> str:
    """That a plan is saved, and what its time was saved in spite of."""
    if not against:
        return _("The plan is saved.")
    return _("The plan is saved. Note: %(text)s") % {"text": " ".join(a.text for a in against)}


def edit_plan(request: UserRequest, activity: Activity) -> HttpResponse:
    """The plan form, filled in with what was planned."""
    form = PlanForm(request.POST or None, initial=PlanForm.of(activity))
    draft = Draft.objects.begun(request.user, f"plan-{activity.pk}")
    bad = doubts(activity.workplace, form, activity)
    if request.method == "POST" and form.is_valid() and not bad:
        actions.edit_activity(activity=activity, by=request.user, changes=form.details)
        let_go(request, draft.form)
        against = speaks_against(activity.workplace, form, activity)
        saved(request, saved_text(against if form.cleaned_data["anyway"] else []))
        return to_workplace(request, activity.workplace_id)
    context = {"form": form, "workplace": activity.workplace, "activity": activity}
    return render_plan(request, context | {"draft": draft, "bad": bad})


def doubts(place: Workplace, form: PlanForm, activity: Activity | None = None) -> list[Warned]:
    """What speaks against the time that was sent, when nobody has said to save it anyway.

    A plan whose time is not touched is not doubted again, nor one that was sent twice.
    """
    if not form.is_bound or not form.is_valid() or form.cleaned_data["anyway"]:
        return []
    if activity and not {"kind", "on", "at"} & set(form.changed_data):
        return []
    bad = speaks_against(place, form, activity)
    sent = form.cleaned_data.get("submission")
    return [] if bad and sent and Activity.objects.filter(submission=sent).exists() else bad


def speaks_against(
    place: Workplace, form: PlanForm, activity: Activity | None = None
) -> list[Warned]:
    """What speaks against the time as the form has it."""
    if form.moment is None:
        return []
    return timing_warnings(place, form.moment, form.planned_kind, besides=activity)


def say_timing(request: UserRequest, place: Workplace) -> HttpResponse:
    """What speaks against the time being typed, for the line under it."""
    form = PlanForm(request.GET)
    form.is_valid()
    context = {"bad": speaks_against(place, form), "asked": False}
    return render(request, "companies/timing_warnings.html", context)


def render_plan(request: UserRequest, context: dict[str, Any]) -> HttpResponse:
    """The page with the plan form; 422 when it is refused, or asks once."""
    status = 422 if context["form"].errors or context["bad"] else 200
    prepared = hasattr(context["workplace"], "preparation")
    context |= {"section": "companies", "prepared": prepared}
    return render(request, "companies/plan.html", context, status=status)

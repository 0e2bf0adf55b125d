"""The seven steps of the form, each saved when it is left."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import UserRequest, may_make_agreements, only
from cabi_crm.ui.feedback import warned
from cabi_crm.ui.requests import EDIT
from partnerships import actions
from partnerships.actions import AgreementError, NotReadyError
from partnerships.enums import GAP_STEPS, Gap, Step
from partnerships.forms.steps import (
    CheckForm,
    ContactsForm,
    PartiesForm,
    PeriodForm,
    PointsForm,
    SignatoriesForm,
    StepForm,
    promised,
)
from partnerships.models import Agreement
from partnerships.views.common import find, prints


@dataclass(frozen=True)
class StepPage:
    """One step: what it asks, its form and template, and the action that saves it."""

    title: Any
    form: type[StepForm]
    template: str
    action: Callable[..., Any]


PAGES: dict[int, StepPage] = {
    Step.PARTIES: StepPage(
        _("Who makes the agreement?"),
        PartiesForm,
        "partnerships/step_parties.html",
        actions.save_parties,
    ),
    Step.POINTS: StepPage(
        _("Which points will you take part in?"),
        PointsForm,
        "partnerships/step_points.html",
        actions.save_points,
    ),
    Step.CONTACTS: StepPage(
        _("Who calls whom?"),
        ContactsForm,
        "partnerships/step_contacts.html",
        actions.save_contacts,
    ),
    Step.PERIOD: StepPage(
        _("How long does it run?"),
        PeriodForm,
        "partnerships/step_period.html",
        actions.save_period,
    ),
    Step.SIGNATORIES: StepPage(
        _("Who signs?"),
        SignatoriesForm,
        "partnerships/step_signatories.html",
        actions.save_signatories,
    ),
    Step.CHECK: StepPage(
        _("Check your answers"),
        CheckForm,
        "partnerships/step_check.html",
        actions.send_for_signature,
    ),
}

# What is read once more before it is sent, by step; the points stand on their own.
ANSWERS: dict[Step, tuple[str, ...]] = {
    Step.PARTIES: ("company_name", "template", "language"),
    Step.POINTS: (),
    Step.CONTACTS: ("company_contact", "company_contact_phone", "owner"),
    Step.PERIOD: ("valid_from", "renew_on", "valid_to"),
    Step.SIGNATORIES: (
        "company_signatory",
        "company_signatory_title",
        "organisation_signatory",
        "organisation_signatory_title",
        "place",
    ),
}


@require_http_methods(EDIT)
@only(may_make_agreements)
def step(request: UserRequest, pk: int, number: int) -> HttpResponseBase:
    """One step: what was typed is saved whether the way goes on or back."""
    agreement = find(request, pk)
    if number not in PAGES or not agreement.is_draft:
        return finished(request, agreement)
    page, going = PAGES[number], request.POST.get("go", "next")
    posted = request.method == "POST"
    data, files = (request.POST, request.FILES) if posted else (None, None)
    form = page.form(agreement, data, files, strict=going == "next")
    if posted and going == "back" and number == Step.CHECK:
        return redirect("partnerships:step", pk=pk, number=number - 1)
    if form.is_valid():
        refused = save(request, page, form)
        return refused or onward(agreement, number, going, checking=from_check(request))
    return show(request, number, form, status=422 if posted else 200)


def save(request: UserRequest, page: StepPage, form: StepForm) -> HttpResponse | None:
    """Carry out the step's action; an answer when it could not be."""
    agreement = form.agreement
    try:
        page.action(agreement=agreement, by=request.user, **form.answers())
    except NotReadyError:
        return show(request, Step.CHECK, form, status=422)
    except AgreementError as error:
        warned(request, str(error))
        return redirect("partnerships:agreement", pk=agreement.pk)
    return None


def from_check(request: HttpRequest) -> bool:
    """Whether somebody came from the check to change one answer, and goes back there."""
    sent = request.POST if request.method == "POST" else request.GET
    return sent.get("then") == str(Step.CHECK.value)


def onward(agreement: Agreement, number: int, going: str, *, checking: bool) -> HttpResponse:
    """Where the pressed button leads; nowhere when the page saved itself."""
    if going == "auto":
        return HttpResponse(status=204)
    if checking and number < Step.CHECK:
        return redirect("partnerships:step", pk=agreement.pk, number=Step.CHECK.value)
    following = number + 1 if going == "next" else number - 1
    if following < Step.PARTIES:
        return redirect("partnerships:agreement", pk=agreement.pk)
    return redirect("partnerships:step", pk=agreement.pk, number=following)


def show(request: UserRequest, number: int, form: StepForm, *, status: int) -> HttpResponse:
    """The step's page."""
    page, agreement = PAGES[number], form.agreement
    context: dict[str, Any] = {
        **frame(agreement, number, page.title),
        "form": form,
        "checking": from_check(request),
        "people": agreement.workplace.contact_persons.current(),
    }
    if number == Step.CHECK:
        context |= {
            "groups": answers_of(agreement),
            "gaps": [{"gap": gap, "url": step_url(agreement, gap)} for gap in agreement.gaps()],
            "refused": status == 422,
        }
    return render(request, page.template, context, status=status)


def step_url(agreement: Agreement, gap: Gap) -> str:
    """Where the gap is closed."""
    return reverse("partnerships:step", args=[agreement.pk, GAP_STEPS[gap].value])


def frame(agreement: Agreement, number: int, title: Any) -> dict[str, Any]:
    """What stands on every step: the heading, how far we are, and the paper in small."""
    return {
        "section": "partnerships",
        "agreement": agreement,
        "title": title,
        "number": number,
        "steps": progress(agreement, number),
        "commitments": promised(agreement),
        "purpose": agreement.template.purpose(agreement.language),
    }


def progress(agreement: Agreement, number: int) -> list[dict[str, Any]]:
    """How far each step is, by its answers: a step that was only passed is not filled in."""
    missing = {GAP_STEPS[gap] for gap in agreement.gaps()}
    filled = {each for each in ANSWERS if each not in missing}
    if not agreement.company_contact:
        filled.discard(Step.CONTACTS)
    reached = agreement.step
    if not agreement.is_draft:
        filled, reached = filled | {Step.CHECK}, Step.DONE.value
    return [
        {
            "label": each.label,
            "number": each.value,
            "is_now": each == number,
            "is_done": each in filled and each < reached,
            "has_gap": each in missing and each < reached,
        }
        for each in Step
    ]


def answers_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Every answer by step, to be read once more."""
    shown = {"language": agreement.get_language_display()}
    return [
        {
            "label": each.label,
            "number": each.value,
            "rows": [
                (label_of(agreement, name), shown.get(name, getattr(agreement, name)))
                for name in names
            ],
            "points": each == Step.POINTS,
        }
        for each, names in ANSWERS.items()
    ]


def label_of(agreement: Agreement, name: str) -> str:
    """A field's name as it stands on its form."""
    names = {field.name: field.verbose_name for field in agreement._meta.concrete_fields}
    label = str(names[name])
    return label[:1].upper() + label[1:]


def finished(request: UserRequest, agreement: Agreement) -> HttpResponse:
    """The last step, when the agreement has been sent; a draft goes to the check first."""
    if agreement.is_draft:
        return redirect("partnerships:step", pk=agreement.pk, number=Step.CHECK.value)
    if request.method == "POST":
        warned(request, gettext("The agreement has been sent for signature and cannot be changed."))
        return redirect("partnerships:agreement", pk=agreement.pk)
    context = frame(agreement, Step.DONE, _("The agreement is ready to be signed"))
    context |= {
        **prints(context["commitments"]),
        "document": agreement.documents.defer("pdf").first(),
    }
    return render(request, "partnerships/step_done.html", context)

"""What moves an agreement on: take back, sign, end, renew, drop, bring back."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import UserRequest, may_make_agreements, only
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.requests import EDIT
from partnerships import actions
from partnerships.actions import AgreementError
from partnerships.enums import AgreementStatus
from partnerships.forms.deeds import EndForm, SignatureForm
from partnerships.models import Agreement
from partnerships.rules import may_become
from partnerships.views.common import attempt, find


def back(agreement: Agreement) -> HttpResponse:
    """To the agreement's page."""
    return redirect("partnerships:agreement", pk=agreement.pk)


def refuse(request: UserRequest, agreement: Agreement) -> HttpResponse:
    """Say that the time for this has passed, or has not come."""
    warned(
        request,
        _("An agreement that is %(status)s cannot do that.")
        % {"status": str(agreement.get_status_display()).lower()},
    )
    return back(agreement)


@require_POST
@only(may_make_agreements)
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Make it a draft again, to change something before it is signed."""
    agreement = find(request, pk)
    if attempt(request, partial(actions.take_back, agreement=agreement, by=request.user)):
        saved(request, _("The agreement is a draft again. The paper that was sent is kept."))
        return redirect("partnerships:step", pk=pk, number=6)
    return back(agreement)


@require_http_methods(EDIT)
@only(may_make_agreements)
def sign(request: UserRequest, pk: int) -> HttpResponse:
    """Both sides have signed the paper."""
    agreement = find(request, pk)
    if not may_become(agreement.status, AgreementStatus.ACTIVE):
        return refuse(request, agreement)
    initial = {"signed_on": timezone.localdate(), "place": agreement.place}
    initial["show_on_wall"] = agreement.show_on_wall
    form = SignatureForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        if attempt(request, partial(signed, agreement, request, form.cleaned_data)):
            saved(request, _("The agreement is active. Hang it on the wall."))
        return back(agreement)
    return page(request, agreement, form, "partnerships/sign.html")


def signed(agreement: Agreement, request: UserRequest, answers: dict[str, Any]) -> None:
    """Register the signatures and the firm's consent."""
    day, place = answers["signed_on"], answers["place"]
    actions.register_signature(agreement=agreement, by=request.user, signed_on=day, place=place)
    actions.set_show_on_wall(agreement=agreement, show=answers["show_on_wall"], by=request.user)


@require_http_methods(EDIT)
@only(may_make_agreements)
def end(request: UserRequest, pk: int) -> HttpResponse:
    """The agreement ends, with a reason."""
    agreement = find(request, pk)
    if not may_become(agreement.status, AgreementStatus.ENDED):
        return refuse(request, agreement)
    data = request.POST if request.method == "POST" else None
    form = EndForm(agreement, data, initial={"on": timezone.localdate()})
    if form.is_valid():
        answers = form.cleaned_data
        deed = partial(actions.end_agreement, agreement=agreement, by=request.user, **answers)
        if attempt(request, deed):
            saved(request, _("The agreement has ended."))
        return back(agreement)
    return page(request, agreement, form, "partnerships/end.html")


def page(
    request: UserRequest, agreement: Agreement, form: forms.Form, template: str
) -> HttpResponse:
    """A page with one form about an agreement."""
    context = {"agreement": agreement, "form": form, "section": "partnerships"}
    return render(request, template, context, status=422 if form.errors else 200)


@require_POST
@only(may_make_agreements)
def renew(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the agreement that follows this one."""
    agreement = find(request, pk)
    try:
        renewal = actions.renew_agreement(agreement=agreement, by=request.user)
    except AgreementError as error:
        warned(request, str(error))
        return back(agreement)
    return redirect("partnerships:step", pk=renewal.pk, number=1)


@require_POST
@only(may_make_agreements)
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """It came to nothing; this can be undone."""
    agreement = find(request, pk)
    if attempt(request, partial(actions.discard_draft, agreement=agreement, by=request.user)):
        undo = reverse("partnerships:restore", args=[pk])
        saved(request, _("The agreement is dropped."), undo=undo)
    return back(agreement)


@require_POST
@only(may_make_agreements)
def restore(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a dropped agreement back as a draft."""
    agreement = find(request, pk)
    if attempt(request, partial(actions.restore_draft, agreement=agreement, by=request.user)):
        saved(request, _("The agreement is a draft again."))
    return back(agreement)

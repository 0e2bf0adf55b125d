"""The list of agreements, one agreement, and a workplace's agreements."""

import uuid
from typing import Any

from django.core.paginator import Page
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_make_agreements, may_read_companies, only
from accounts.models import Organisation
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.lists import Column, ListPage
from cabi_crm.ui.requests import EDIT
from companies.models import Activity, Workplace
from companies.views.workplaces import find_workplace, frame
from partnerships import actions
from partnerships.actions import AgreementError
from partnerships.filters import AgreementFilter
from partnerships.forms.deeds import HandOverForm
from partnerships.forms.steps import promised
from partnerships.models import Agreement, AgreementQuerySet
from partnerships.views.common import find, prints

CHOICES = 12  # workplaces to choose among
CHAIN = 30  # renewals followed back
COLUMNS = [
    Column(gettext_lazy("Company"), "name", "c-name"),
    Column(gettext_lazy("Status"), "status", "c-level"),
    Column(gettext_lazy("Points"), "", "c-next"),
    Column(gettext_lazy("Signed"), "signed", "c-size"),
    Column(gettext_lazy("Renegotiated"), "renew", "c-last"),
    Column(gettext_lazy("Owner"), "owner", "c-owner"),
]
SORTS: dict[str, list[Any]] = {
    "name": ["company_name", "pk"],
    "status": ["status", "company_name", "pk"],
    "signed": [F("signed_on"), "company_name", "pk"],
    "renew": [F("renew_on"), "company_name", "pk"],
    "owner": ["owner__name", "company_name", "pk"],
    "number": ["pk"],
}


class AgreementList(ListPage):
    """The list of agreements; the points are looked up for the page's rows only."""

    organisation: Organisation

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for, each row saying how it stands today."""
        page = super().page
        found: Any = page.object_list
        rows = Agreement.objects.filter(pk__in=found.values("pk"))
        days = self.organisation.renewal_days
        rows = rows.select_related("workplace", "owner").light().with_numbers()
        page.object_list = self.ordered(rows.with_standing(timezone.localdate(), days))
        return page


@require_GET
@only(may_read_companies)
def agreement_list(request: UserRequest) -> HttpResponse:
    """Agreements by state, owner, point, year and town."""
    visible = Agreement.objects.visible_to(request.user)
    page = AgreementList(
        request=request,
        filterset=AgreementFilter(request.GET, visible, request=request),
        columns=COLUMNS,
        sorts=SORTS,
        default_sort="-number",
    )
    page.organisation = Organisation.objects.current()
    may_make = may_make_agreements(request.user)
    context = {"section": "partnerships", "may_make": may_make, "organisation": page.organisation}
    return page.render("partnerships/list.html", **context)


@require_GET
@only(may_make_agreements)
def new(request: UserRequest) -> HttpResponse:
    """Choose the workplace of a new agreement: search, or one of my own."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    visible = Workplace.objects.visible_to(request.user).active()
    found = visible.matching(asked) if asked else visible.owned_by(request.user)
    context = {
        "section": "partnerships",
        "q": asked,
        "workplaces": found.select_related("company").order_by("name", "pk")[:CHOICES],
        "submission": uuid.uuid4(),
    }
    return render(request, "partnerships/new.html", context)


@require_POST
@only(may_make_agreements)
def start(request: UserRequest, pk: int) -> HttpResponse:
    """Begin an agreement with a workplace; pressed twice it is begun once."""
    workplace = get_object_or_404(Workplace.objects.visible_to(request.user).active(), pk=pk)
    key = submission_of(request)
    try:
        agreement = actions.start_agreement(workplace=workplace, by=request.user, submission=key)
    except AgreementError as error:
        warned(request, str(error))
        return redirect("partnerships:for_workplace", pk=pk)
    return redirect("partnerships:step", pk=agreement.pk, number=1)


def submission_of(request: UserRequest) -> uuid.UUID | None:
    """The key of this press of the button; nothing when it is not one."""
    try:
        return uuid.UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


@require_GET
@only(may_read_companies)
def agreement_page(request: UserRequest, pk: int) -> HttpResponse:
    """One agreement: its state, what was promised, its renewals and papers."""
    agreement = find(request, pk)
    commitments = promised(agreement)
    context = {
        **prints(commitments),
        "section": "partnerships",
        "agreement": agreement,
        "commitments": commitments,
        "chain": chain_of(agreement),
        "renewal": standing_now().filter(renewed_from=agreement).first(),
        "documents": agreement.documents.select_related("made_by"),
        "since": since_signing(agreement),
        "may_make": may_make_agreements(request.user),
    }
    return render(request, "partnerships/agreement.html", context)


def chain_of(agreement: Agreement) -> list[Agreement]:
    """The agreements this one renews, the newest first."""
    chain: list[Agreement] = []
    earlier = agreement.renewed_from_id
    while earlier and len(chain) < CHAIN:
        chain.append(standing_now().get(pk=earlier))
        earlier = chain[-1].renewed_from_id
    return chain


def standing_now() -> AgreementQuerySet:
    """Agreements with how they stand today, without what only their own page needs."""
    return AgreementQuerySet(Agreement).light().with_standing(timezone.localdate())


def since_signing(agreement: Agreement) -> dict[str, Any] | None:
    """How often we have spoken with the workplace since it signed, and when last."""
    if not agreement.signed_on:
        return None
    held = Activity.objects.contacts().filter(
        workplace=agreement.workplace_id, starts_at__date__gt=agreement.signed_on
    )
    moments = list(held.order_by("-starts_at").values_list("starts_at", flat=True))
    return {"count": len(moments), "last": moments[0] if moments else None}


@require_http_methods(EDIT)
@only(may_make_agreements)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Another owner, or the firm's consent: what may change in a signed agreement."""
    agreement = find(request, pk)
    form = HandOverForm(agreement, request.POST if request.method == "POST" else None)
    if form.is_valid():
        owner, show = form.cleaned_data["owner"], form.cleaned_data["show_on_wall"]
        actions.set_owner(agreement=agreement, owner=owner, by=request.user)
        actions.set_show_on_wall(agreement=agreement, show=show, by=request.user)
        saved(request, _("The agreement is saved."))
        return redirect("partnerships:agreement", pk=pk)
    context = {"form": form, "agreement": agreement, "section": "partnerships"}
    status = 422 if form.errors else 200
    return render(request, "partnerships/edit.html", context, status=status)


@require_GET
@only(may_read_companies)
def for_workplace(request: UserRequest, pk: int) -> HttpResponse:
    """A workplace's agreements, on a tab of its page."""
    workplace = find_workplace(request, pk)
    agreements = Agreement.objects.filter(workplace=workplace).select_related("owner")
    context = {
        **frame(request, workplace, "agreements"),
        "agreements": agreements.light().with_numbers().with_standing(timezone.localdate()),
        "may_make": may_make_agreements(request.user),
        "submission": uuid.uuid4(),
    }
    return render(request, "partnerships/for_workplace.html", context)

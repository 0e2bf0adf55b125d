"""Wordings: those there are, a new version, and its texts."""

import copy
from functools import partial
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_administer, may_read_companies, only
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.requests import EDIT
from partnerships import actions
from partnerships.forms.templates import (
    TemplateForm,
    TemplatePointForm,
    UsedTemplateForm,
    point_forms,
)
from partnerships.models import AgreementTemplate
from partnerships.views.common import attempt


@require_GET
@only(may_read_companies)
def templates(request: UserRequest) -> HttpResponse:
    """All wordings, whether they are offered, and a blank paper of each."""
    today = timezone.localdate()
    offered = set(AgreementTemplate.objects.offered(today).values_list("pk", flat=True))
    rows = [
        {"template": each, "offered": each.pk in offered, "coming": each.valid_from > today}
        for each in AgreementTemplate.objects.annotate(uses=Count("agreements"))
    ]
    context = {
        "section": "partnerships",
        "rows": rows,
        "may_administer": may_administer(request.user),
    }
    return render(request, "partnerships/templates.html", context)


@require_POST
@only(may_administer)
def template_new(request: UserRequest, pk: int) -> HttpResponse:
    """Add a version as a copy of this one."""
    template = get_object_or_404(AgreementTemplate, pk=pk)
    today = timezone.localdate()
    version = actions.add_version(template=template, by=request.user, on=today)
    saved(request, _("The version is added. It is not used before you publish it."))
    return redirect("partnerships:template", pk=version.pk)


@require_http_methods(EDIT)
@only(may_administer)
def template(request: UserRequest, pk: int) -> HttpResponse:
    """Edit a version; of one that is in use only when it is offered."""
    found = get_object_or_404(AgreementTemplate, pk=pk)
    data = request.POST if request.method == "POST" else None
    used = found.agreements.exists()
    form = (UsedTemplateForm if used else TemplateForm)(data, instance=copy.copy(found))
    points = [] if used else point_forms(found, data)
    if data is not None and all([form.is_valid(), *(each.is_valid() for each in points)]):
        if attempt(request, partial(store, request, form, points)):
            saved(request, _("The wording is saved."))
        return redirect("partnerships:templates")
    context = {"template": found, "used": used, "form": form, "points": points}
    status = 422 if data is not None else 200
    return render(
        request, "partnerships/template.html", context | {"section": "partnerships"}, status=status
    )


def store(request: UserRequest, form: Any, points: list[TemplatePointForm]) -> None:
    """Carry out what the forms say."""
    actions.save_template(
        template=form.instance, points=[each.instance for each in points], by=request.user
    )

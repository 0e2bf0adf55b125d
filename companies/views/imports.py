"""Register deliveries through the browser: upload, preview, carry out or throw away."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import UserRequest, may_administer, only
from cabi_crm.ui.feedback import saved, warned
from companies import actions
from companies.enums import ImportStatus
from companies.forms.imports import DeliveryForm
from companies.models import CvrImport

IMPORTS_PER_PAGE, REASONS_PER_PAGE = 25, 50


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_administer)
def imports(request: UserRequest) -> HttpResponse:
    """Earlier imports, and a form that shows what a new delivery would do."""
    posted = request.method == "POST"
    form = DeliveryForm(request.POST, request.FILES) if posted else DeliveryForm()
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            delivery = actions.receive_delivery(upload=upload, by=request.user)
        except actions.DeliveryError as error:
            form.add_error("file", str(error))
        else:
            return redirect("companies:import_detail", delivery.pk)
    rows = CvrImport.objects.select_related("uploaded_by")
    page = Paginator(rows, IMPORTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "list": {"page": page}, "section": "admin"}
    status = 422 if form.errors else 200
    return render(request, "companies/import_list.html", context, status=status)


@require_GET
@only(may_administer)
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What a delivery would do, or has done, and which documents were refused."""
    delivery = get_object_or_404(CvrImport.objects.select_related("uploaded_by"), pk=pk)
    report, now = delivery.result or delivery.preview, timezone.now()
    page = Paginator(report["reasons"], REASONS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "delivery": delivery,
        "report": report,
        "list": {"page": page},
        "may_run": delivery.may_run(now),
        "may_discard": delivery.status == ImportStatus.PREVIEWED,
        "running": delivery.is_running(now),
        "broken_off": delivery.status == ImportStatus.RUNNING and delivery.may_run(now),
        "done": delivery.status == ImportStatus.DONE,
        "section": "admin",
    }
    return render(request, "companies/import_detail.html", context)


@require_POST
@only(may_administer)
def import_run(request: UserRequest, pk: int) -> HttpResponse:
    """Carry a delivery out."""
    delivery = get_object_or_404(CvrImport, pk=pk)
    try:
        actions.carry_out_delivery(delivery=delivery, by=request.user)
    except actions.DeliveryError as error:
        warned(request, str(error))
    else:
        saved(request, _("The import is carried out."))
    return redirect("companies:import_detail", pk)


@require_POST
@only(may_administer)
def import_discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a delivery away without importing it."""
    delivery = get_object_or_404(CvrImport, pk=pk)
    try:
        thrown = actions.discard_delivery(delivery=delivery, by=request.user)
    except actions.DeliveryError as error:
        warned(request, str(error))
        return redirect("companies:import_detail", pk)
    if thrown.status == ImportStatus.DISCARDED:
        saved(request, discarded_text(thrown))
    return redirect("companies:import")


def discarded_text(delivery: CvrImport) -> str:
    """What throwing away came to: a run that failed may have imported some of it."""
    if delivery.started_at:
        return _("The file is thrown away. What was imported before stays.")
    return _("The file is thrown away. Nothing was imported.")

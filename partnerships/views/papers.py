"""Papers: as they would be printed now, as they were kept, and blank ones."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from accounts.access import UserRequest, may_read_companies, only
from cabi_crm.ui.answers import pdf_answer
from partnerships.documents import agreement_pdf, blank_paper, paper_from_agreement
from partnerships.enums import Language, Paper
from partnerships.models import Agreement, AgreementDocument, AgreementTemplate
from partnerships.views.common import find


def chosen(request: HttpRequest, name: str, among: list[str], otherwise: str) -> str:
    """A choice in the address; anything odd is as if nothing was said."""
    value = request.GET.get(name, "")
    return value if value in among else otherwise


@require_GET
@only(may_read_companies)
def paper(request: UserRequest, pk: int) -> HttpResponse:
    """The agreement to print: A4 or A3, Danish or English, the frame alone or with its annex."""
    agreement = find(request, pk)
    size = chosen(request, "paper", Paper.values, Paper.A4)
    language = chosen(request, "language", Language.values, agreement.language)
    full = request.GET.get("full") == "1"
    content = paper_from_agreement(agreement, language=language, paper=size, full=full)
    return pdf_answer(agreement_pdf(content), f"{agreement.number}-{size}-{language}")


@require_GET
@only(may_read_companies)
def document(request: UserRequest, pk: int, version: int) -> HttpResponse:
    """The paper as it was kept when it was sent for signature."""
    agreement = find(request, pk)
    kept = get_object_or_404(AgreementDocument, agreement=agreement, version=version)
    return pdf_answer(bytes(kept.pdf), f"{agreement.number}-v{version}")


@require_GET
@only(may_read_companies)
def blank(request: UserRequest, pk: int) -> HttpResponse:
    """A wording to fill in by hand."""
    template = get_object_or_404(AgreementTemplate, pk=pk)
    size = chosen(request, "paper", Paper.values, Paper.A4)
    language = chosen(request, "language", Language.values, Language.DANISH)
    content = blank_paper(template, language=language, paper=size)
    return pdf_answer(agreement_pdf(content), f"partnerskabsaftale-{size}-{language}")


@require_GET
@only(may_read_companies)
def logo(request: UserRequest, pk: int) -> HttpResponse:
    """The firm's logo, for the form."""
    agreement = get_object_or_404(
        Agreement.objects.visible_to(request.user).exclude(logo=b""), pk=pk
    )
    response = HttpResponse(bytes(agreement.logo), content_type=agreement.logo_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response

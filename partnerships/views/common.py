"""What the views share: finding an agreement, trying a deed, answering with a PDF."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.access import UserRequest
from cabi_crm.ui.feedback import warned
from partnerships.actions import AgreementError
from partnerships.models import Agreement

EDIT = ["GET", "HEAD", "POST"]


def find(request: UserRequest, pk: int) -> Agreement:
    """An agreement the user may see, with its parties and wording; 404 otherwise."""
    return get_object_or_404(
        Agreement.objects.visible_to(request.user)
        .select_related("workplace__company", "company", "template", "owner", "renewed_from")
        .with_standing(timezone.localdate()),
        pk=pk,
    )


def attempt(request: UserRequest, deed: Callable[[], Any]) -> bool:
    """Do it; when it cannot be done, say why on the next page."""
    try:
        deed()
    except AgreementError as error:
        warned(request, str(error))
        return False
    return True


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """A PDF to keep; a browser never guesses what it is."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""What the views share: finding an agreement, trying a deed, answering with a PDF."""

from collections.abc import Callable, Sequence
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import pgettext

from accounts.access import UserRequest
from cabi_crm.ui.feedback import warned
from partnerships.actions import AgreementError
from partnerships.enums import Language, Paper
from partnerships.models import Agreement, Commitment


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


def prints(commitments: Sequence[Commitment]) -> dict[str, Any]:
    """The papers there are to print, and the points that the other language does not have."""
    own = [str(each.point.number) for each in commitments if not each.is_suggested]
    return {
        "papers": Paper.values,
        "languages": Language.choices,
        "own_count": len(own),
        "own_words": get_text_list(own, pgettext("between two parties", "and")),
    }

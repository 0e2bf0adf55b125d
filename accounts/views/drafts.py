"""What is typed and not yet saved: kept while typing, thrown away on request."""

import json
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.access import UserRequest
from accounts.models.drafts import NAME_LENGTH
from cabi_crm.ui.guards import holds_cpr
from cabi_crm.ui.links import came_from

LARGEST = 60_000  # bytes: the longest texts of the largest form, many times over
MOST_FIELDS = 400
OFFERED = "draft_offered"  # sent along while the offer on the page is not answered


class DraftError(ValueError):
    """What was sent is not what a form holds."""


def read_values(body: bytes) -> list[tuple[str, str]]:
    """The (field, text) pairs that a script sent, without what no database keeps."""
    if len(body) > LARGEST:
        raise DraftError
    try:
        rows: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise DraftError from error
    if not isinstance(rows, list) or len(rows) > MOST_FIELDS:
        raise DraftError
    return [read_pair(row) for row in rows]


def read_pair(row: Any) -> tuple[str, str]:
    """One field and its text."""
    if not (isinstance(row, list) and len(row) == 2 and all(isinstance(it, str) for it in row)):
        raise DraftError
    field, text = (it.replace("\0", "").encode("utf-8", "ignore").decode() for it in row)
    return field, text


@require_POST
def keep(request: UserRequest, form: str) -> JsonResponse:
    """Keep what I have typed in a form; nothing typed any more throws the draft away."""
    if len(form) > NAME_LENGTH:
        raise Http404
    try:
        values = read_values(request.body)
    except DraftError:
        return JsonResponse({"text": _("Not saved: the draft is too long.")}, status=400)
    if any(holds_cpr(text) for _field, text in values):
        return JsonResponse({"text": _("Not saved: it looks like a CPR number.")}, status=422)
    if not values:
        actions.drop_draft(form=form, by=request.user)
        return JsonResponse({"text": ""})
    actions.keep_draft(form=form, values=values, by=request.user)
    at = time_format(timezone.localtime())
    return JsonResponse({"text": _("Draft saved %(time)s") % {"time": at}})


@require_POST
def drop(request: UserRequest, form: str) -> HttpResponse:
    """Throw away what I typed in a form."""
    if len(form) > NAME_LENGTH:
        raise Http404
    actions.drop_draft(form=form, by=request.user)
    return HttpResponseRedirect(came_from(request))


def let_go(request: UserRequest, form: str) -> None:
    """A form is saved: its draft goes, unless it is an older one that is still offered there."""
    if OFFERED not in request.POST:
        actions.drop_draft(form=form, by=request.user)

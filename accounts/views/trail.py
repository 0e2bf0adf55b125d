"""The audit trail."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.access import UserRequest, may_audit, only
from accounts.filters import EventFilter
from accounts.models import Event
from cabi_crm.ui.lists import Column, ListPage


@require_GET
@only(may_audit)
def events(request: UserRequest) -> HttpResponse:
    """The audit trail, newest first."""
    page = ListPage(
        request=request,
        filterset=EventFilter(request.GET, Event.objects.select_related("actor")),
        columns=[
            Column(gettext_lazy("When"), "at"),
            Column(gettext_lazy("Who")),
            Column(gettext_lazy("Action")),
            Column(gettext_lazy("What")),
        ],
        sorts={"at": ["id"]},
        default_sort="-at",
        page_size=50,
    )
    return page.render("accounts/events.html", section="audit")

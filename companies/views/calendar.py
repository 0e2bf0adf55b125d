"""One plan for the calendar of whoever carries it out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from accounts.access import UserRequest, may_read_companies, only
from cabi_crm.ui.ics import calendar_answer, write_calendar
from companies.documents.calendar import activity_entry
from companies.models import Activity, Workplace


@require_GET
@only(may_read_companies)
def activity_ics(request: UserRequest, pk: int) -> HttpResponse:
    """A planned visit, call or meeting as a file that a calendar takes over."""
    places = Workplace.objects.visible_to(request.user)
    plans = Activity.objects.open().filter(workplace__in=places).with_main_phone()
    activity = get_object_or_404(plans.select_related("workplace__company"), pk=pk)
    content = write_calendar([activity_entry(activity)], name=str(activity))
    return calendar_answer(content, file_name=f"aftale-{activity.pk}.ics")

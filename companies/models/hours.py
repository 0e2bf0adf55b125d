"""When the organisation is open, as the rules of deadlines need it."""

from accounts.models import OpeningHours, Organisation
from cabi_crm.ui.requests import already_read
from companies.rules.deadlines import Calendar


def opening_calendar() -> Calendar:
    """When we are open; read once a request."""
    memory = already_read.get()
    if memory is None:
        return read_calendar()
    if "calendar" not in memory:
        memory["calendar"] = read_calendar()
    found: Calendar = memory["calendar"]
    return found


def read_calendar() -> Calendar:
    """The calendar from the opening hours and the organisation's closed days."""
    organisation = Organisation.objects.current()
    rows = OpeningHours.objects.order_by().values_list("weekday", "opens_at", "closes_at")
    days = {
        (5, 1): organisation.closed_on_1_may,
        (6, 5): organisation.closed_on_5_june,
        (12, 24): organisation.closed_on_24_december,
        (12, 31): organisation.closed_on_31_december,
    }
    return Calendar(
        hours={weekday: (opens, closes) for weekday, opens, closes in rows},
        closed=frozenset(day for day, closed in days.items() if closed),
    )

"""Calendars that other programs read (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse
from icalendar import Calendar, Event

from cabi_crm.ui.links import own_host

# How often a calendar program may look again.
LOOK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """Something in a calendar: at a time, or on a day when `starts` is a date.

    `key` is the same for the same thing all its life, `made_at` and `changed_at` are when it was
    entered and last changed, `busy` says that one cannot be somewhere else meanwhile.
    """

    key: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    made_at: datetime
    changed_at: datetime
    place: str = ""
    details: str = ""
    url: str = ""
    cancelled: bool = False
    busy: bool = True


def write_calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """The entries as an iCalendar file; times in UTC, which every program turns into its own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cabi CRM//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", LOOK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(event_of(entry))
    content: bytes = calendar.to_ical()
    return content


def event_of(entry: Entry) -> Event:
    """One entry as a component; its sequence rises with each change."""
    event = Event()
    event.add("uid", f"{entry.key}@{own_host()}")
    event.add("summary", entry.summary)
    event.add("dtstart", in_utc(entry.starts))
    event.add("dtend", in_utc(entry.ends))
    event.add("dtstamp", in_utc(entry.changed_at))
    event.add("created", in_utc(entry.made_at))
    event.add("last-modified", in_utc(entry.changed_at))
    event.add("sequence", max(int((entry.changed_at - entry.made_at).total_seconds()), 0))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if entry.busy and not entry.cancelled else "TRANSPARENT")
    for field, value in (
        ("location", entry.place),
        ("description", entry.details),
        ("url", entry.url),
    ):
        if value:
            event.add(field, value)
    return event


def in_utc(moment: datetime | date) -> datetime | date:
    """A moment in UTC; a day is a day everywhere."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def calendar_answer(content: bytes, *, file_name: str) -> HttpResponse:
    """The file as an answer that is saved or taken over by the calendar."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response

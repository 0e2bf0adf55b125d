"""The day as a mail in the morning: the same as on the home page, with less said."""

import logging
from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.access import may_read_companies
from accounts.actions import note_digest, write_mail
from accounts.enums import MailKind
from accounts.models import Absence, Organisation, User
from cabi_crm.pages.day import Day, Item, Suggestion
from cabi_crm.pages.today import day_of
from cabi_crm.ui.links import absolute
from cabi_crm.ui.requests import already_read
from cabi_crm.ui.templatetags.ui import clock
from companies.enums import SuggestionKind
from companies.models import opening_calendar

logger = logging.getLogger(__name__)


class SomeFailedError(Exception):
    """The day of some users could not be put into words; the others have their mail."""


def send_digests(now: datetime) -> int:
    """Write the morning's mail to everybody who wants one and is here today; how many.

    None on a day when we are closed; whoever has nothing to do gets none, also when something
    has turned up by the time this runs again. A colleague's day is their own mail: one that
    cannot be made stops no other.
    """
    on, written, failed = timezone.localdate(now), 0, 0
    memory = already_read.set({})
    try:
        if opening_calendar().is_closed(on):
            return 0
        for user in receivers(on):
            try:
                written += send_digest(user, now)
                note_digest(user=user, on=on)
            except Exception:
                logger.exception("no morning mail for user %s", user.pk)
                failed += 1
    finally:
        already_read.reset(memory)
    if failed:
        raise SomeFailedError(failed)
    return written


def receivers(on: date) -> list[User]:
    """Who works with companies, wants the mail, is not away and has not been looked at yet."""
    covers = Absence.objects.today()
    waiting = User.objects.working().filter(mail_digest=True).exclude(digest_on=on)
    return [user for user in waiting if may_read_companies(user) and not covers.absence_of(user)]


def key_of(on: date, user: str) -> str:
    """What tells the mail of one user on one day."""
    return f"digest-{on.isoformat()}-{user}"


def send_digest(user: User, now: datetime) -> bool:
    """Write the mail of one user in their language; False when there is nothing to say."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        day = day_of(user, now)
        if day.is_empty:
            return False
        mail = write_mail(
            recipient=user,
            kind=MailKind.DIGEST,
            key=key_of(day.on, str(user.pk)),
            subject=subject_of(day),
            body="\n".join(lines_of(day)) + "\n",
        )
    return mail is not None


def subject_of(day: Day) -> str:
    """The weekday and how much there is."""
    agenda, contact = day.agenda.count, len(fresh(day))
    parts = [
        ngettext("%(n)d thing on the agenda", "%(n)d things on the agenda", agenda) % {"n": agenda},
        ngettext("%(n)d firm to contact", "%(n)d firms to contact", contact) % {"n": contact},
    ]
    said = [part for part, number in zip(parts, (agenda, contact), strict=True) if number]
    weekday = date_format(day.on, "l j. F").capitalize()
    return f"{weekday}: {', '.join(said)}" if said else weekday


def fresh(day: Day) -> list[Suggestion]:
    """The suggestions of firms that do not stand on the agenda already: each is named once."""
    named = {url for item in day.agenda.now for url in (item.url, item.firm_url) if url}
    return [suggestion for suggestion in day.suggestions if suggestion.url not in named]


def lines_of(day: Day) -> Iterator[str]:
    """The whole text. Notes, names of people and telephone numbers stay in the system."""
    agenda = day.agenda
    yield from part(_("Overdue"), [dated(item) for item in agenda.overdue])
    yield from part(_("Today"), [timed(item) for item in (*agenda.timed, *agenda.untimed)])
    for day_to_come in agenda.answers:
        yield from part(day_to_come.title, [timed(item) for item in day_to_come.items])
    unfinished = len(agenda.unfinished)
    if unfinished:
        text = ngettext(
            "%(n)d visit is to be finished", "%(n)d visits are to be finished", unfinished
        )
        yield from part(_("Finish later"), [text % {"n": unfinished}])
    suggestions = [suggested(each) for each in fresh(day)]
    yield from part(_("Whom should you contact?"), suggestions)
    yield _("Open your day: %(address)s") % {"address": absolute(reverse("home"))}
    yield ""
    organisation = Organisation.objects.current().label
    if organisation:
        yield organisation
    address = absolute(reverse("accounts:own"))
    yield _("Choose which mails you get: %(address)s") % {"address": address}


def part(heading: str, rows: list[str]) -> Iterator[str]:
    """A heading with its rows; nothing without rows."""
    if rows:
        yield heading.upper()
        yield from (f"- {row}" for row in rows)
        yield ""


def named(item: Item) -> str:
    """What is to be done and where, and for whom when it is a colleague's.

    What a task says is a note, and notes stay in the system: as in the calendar.
    """
    text = f"{item.lead} {item.name}".strip()
    if item.what == "task":
        text = _("Task: %(name)s") % {"name": item.firm} if item.firm else _("Task")
    return text + (", " + _("for %(name)s") % {"name": item.for_whom} if item.for_whom else "")


def dated(item: Item) -> str:
    """A line of what should have been done: with the words that say how late it is."""
    late = item.pill or date_format(item.day, "SHORT_DATE_FORMAT")
    return f"{named(item)} – {late[:1].lower()}{late[1:]}"


def timed(item: Item) -> str:
    """A line of today: the hour, what and where; a deadline says that it is one."""
    if item.what == "enquiry":
        return f"{named(item)} – {item.pill}" if item.pill else named(item)
    hour = clock(item.moment) if item.moment else ""
    place = f", {item.address}" if item.address else ""
    return f"{hour} {named(item)}{place}".strip()


def suggested(suggestion: Suggestion) -> str:
    """A firm to contact, and why now; what a firm asks in its own words is not mailed."""
    asks = suggestion.token.startswith(SuggestionKind.ANSWER_DUE)
    why = suggestion.pill if asks else suggestion.why
    name = f"{suggestion.name}, {suggestion.town}" if suggestion.town else suggestion.name
    text = f"{name}: {why}"
    whose = suggestion.for_whom
    return text.rstrip(".") + ", " + _("for %(name)s") % {"name": whose} if whose else text

"""What is promised and planned: visits and calls, enquiries and tasks, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cabi_crm.db import start_of
from cabi_crm.pages.day import Agenda, DayOfItems, Item
from cabi_crm.ui.templatetags.ui import ago, clock
from companies.enums import OPEN_STATUSES, ActivityKind, ActivityStatus
from companies.models import (
    Activity,
    ContactPerson,
    Enquiry,
    Task,
    Workplace,
    opening_calendar,
)
from companies.rules.deadlines import countdown
from companies.views.workplaces import DIRECTIONS

SHOWN = 20  # lines of each part
READ = 3 * SHOWN
DAY = timedelta(days=1)
AHEAD = timedelta(days=8)  # the days after today that are looked at
SHORT = 90  # letters of a note
LEADS = {
    ActivityKind.VISIT: gettext_lazy("Visit to"),
    ActivityKind.CALL: gettext_lazy("Ring up"),
    ActivityKind.EMAIL: gettext_lazy("Write to"),
    ActivityKind.MEETING: gettext_lazy("Meeting with"),
    ActivityKind.EVENT: gettext_lazy("Event with"),
}
Names = Mapping[int, str]  # whom the user covers for, by key


def short(text: str) -> str:
    """The first words of a note, on one line."""
    return Truncator(" ".join(text.split())).chars(SHORT)


def route_to(workplace: Workplace) -> str:
    """Where the way to a workplace is shown; nothing without an address."""
    if not workplace.address:
        return ""
    return f"{DIRECTIONS}?{urlencode({'to': workplace.address})}"


def main_phone(place: str) -> Subquery:
    """The number of whoever is the first to ring at the workplace in the column `place`."""
    people = ContactPerson.objects.current().filter(workplace=OuterRef(place))
    return Subquery(people.values("phone")[:1])


def waiting_activities(users: Iterable[User], today: date) -> list[Activity]:
    """The open ones of today, before and soon, and those to be finished: one query.

    When there are more than can be shown, today's come first; each with whom to ring.
    """
    midnight, tomorrow = start_of(today), start_of(today + DAY)
    turn = Case(
        When(starts_at__gte=tomorrow, then=Value(2)),
        When(starts_at__lt=midnight, then=Value(1)),
        default=Value(0),
    )
    mine = Q(user__in=[user.pk for user in users], removed_at=None)
    coming = Q(
        status__in=[status.value for status in OPEN_STATUSES], starts_at__lt=start_of(today + AHEAD)
    )
    unfinished = Q(status=ActivityStatus.HELD, finish_later=True)
    found = Activity.objects.filter((mine & coming) | (mine & unfinished))
    rows = found.annotate(main_phone=main_phone("workplace")).order_by(turn, "starts_at", "pk")
    rows = rows.select_related("workplace__company").defer("workplace__search_text")
    return list(rows[:READ])


def waiting_tasks(users: Iterable[User], until: date) -> list[Task]:
    """The open ones until a day, with whom to ring: one query."""
    rows = Task.objects.due_by(until).of(users).with_firm().order_by("due_on", "pk")
    return list(
        rows.annotate(main_phone=main_phone("workplace")).defer("workplace__search_text")[:READ]
    )


def phone_of(row: Activity | Task) -> str:
    """The first person's own number, else the workplace's, else the company's."""
    place = row.workplace
    own = getattr(row, "main_phone", None) or ""
    return own or (place.phone or place.company.phone if place else "")


def activity_item(activity: Activity, today: date, names: Names) -> Item:
    """A visit, call or meeting to come, or one to be finished."""
    place, day = activity.workplace, timezone.localdate(activity.starts_at)
    late = activity.is_open and day < today
    kind = ActivityKind(activity.kind)
    query = urlencode({"plan": activity.pk})
    done = "" if activity.is_open else f"{kind.label} {ago(activity.starts_at)}"
    return Item(
        what="activity",
        key=activity.pk,
        lead=str(LEADS.get(kind, kind.label)) if activity.is_open else "",
        name=place.name,
        url=reverse("companies:workplace", args=[place.pk]),
        day=day,
        moment=activity.starts_at if clock(activity.starts_at) else None,
        why=short(activity.note) if activity.is_open else done,
        address=place.address,
        phone=phone_of(activity),
        route=route_to(place),
        pill=ago(activity.starts_at).capitalize() if late else "",
        pill_kind="late" if late else "",
        late=late,
        protected=place.is_protected,
        for_whom=names.get(activity.user_id, ""),
        log_url=f"{reverse('companies:log_visit', args=[place.pk])}?{query}"
        if activity.is_open
        else reverse("companies:activity_edit", args=[activity.pk]),
    )


def enquiry_item(enquiry: Enquiry, now: datetime, names: Names) -> Item:
    """A firm that waits for an answer, with the time that is left."""
    left, due = countdown(enquiry, now, opening_calendar()), timezone.localtime(enquiry.due_at)
    place = enquiry.workplace
    return Item(
        what="enquiry",
        key=enquiry.pk,
        lead=_("Answer to"),
        name=enquiry.firm,
        url=reverse("companies:enquiry", args=[enquiry.pk]),
        day=due.date(),
        moment=enquiry.due_at,
        why=short(enquiry.subject),
        phone=enquiry.ring,
        pill=left.left,
        pill_kind=left.kind,
        late=left.kind == "late",
        protected=place.is_protected if place else False,
        for_whom=names.get(enquiry.assigned_to_id or 0, ""),
    )


def task_item(task: Task, today: date, names: Names) -> Item:
    """Something to do by a day."""
    place, late = task.workplace, task.due_on < today
    return Item(
        what="task",
        key=task.pk,
        lead="",
        name=task.text,
        url=reverse("companies:task_edit", args=[task.pk]),
        day=task.due_on,
        why=_("Promised to %(firm)s") % {"firm": place.name} if place and task.is_promise else "",
        phone=phone_of(task),
        firm=place.name if place else "",
        firm_url=reverse("companies:workplace", args=[place.pk]) if place else "",
        pill=late_words((today - task.due_on).days) if late else "",
        pill_kind="late" if late else "",
        late=late,
        for_whom=names.get(task.user_id, ""),
    )


def late_words(days: int) -> str:
    """How long something should have been done."""
    return _("Since yesterday") if days == 1 else _("%(n)s days late") % {"n": days}


def agenda_of(users: Sequence[User], enquiries: Iterable[Enquiry], now: datetime) -> Agenda:
    """The agenda of a user and of those they cover for.

    `users` begins with the user; `enquiries` are those that they have to answer.
    """
    today = timezone.localdate(now)
    names = {user.pk: user.name for user in users[1:]}
    activities = waiting_activities(users, today)
    tasks = waiting_tasks(users, today + AHEAD - DAY)
    unfinished = [activity_item(a, today, names) for a in activities if not a.is_open]
    items = [activity_item(a, today, names) for a in activities if a.is_open]
    items += [enquiry_item(enquiry, now, names) for enquiry in enquiries]
    items += [task_item(task, today, names) for task in tasks]
    cut = len(activities) == READ or len(tasks) == READ
    return arranged(items, unfinished, today, cut=cut)


def arranged(
    items: Iterable[Item], unfinished: Sequence[Item], today: date, *, cut: bool
) -> Agenda:
    """The lines in their order: overdue first, then by the clock, then the rest of the day."""
    ordered = sorted(items, key=by_the_clock)
    overdue = [item for item in ordered if item.late]
    rest = [item for item in ordered if not item.late]
    # An enquiry is always today's: its time runs.
    at_hand = [item for item in rest if item.day <= today or item.what == "enquiry"]
    timed = [item for item in at_hand if item.moment and item.day <= today]
    untimed = [item for item in at_hand if item not in timed]
    later = [item for item in rest if item not in at_hand]
    days = sorted({item.day for item in later})
    longest = max(len(part) for part in (overdue, timed, untimed))
    return Agenda(
        overdue=overdue[:SHOWN],
        timed=timed[:SHOWN],
        untimed=untimed[:SHOWN],
        later=[
            DayOfItems(day_words(day), [item for item in later if item.day == day][:SHOWN])
            for day in days
        ],
        unfinished=unfinished[:SHOWN],
        cut=cut or longest > SHOWN,
    )


def by_the_clock(item: Item) -> tuple[date, bool, float, str]:
    """What a line is sorted by: its day and hour; what has no hour comes last on its day."""
    moment = item.moment
    return item.day, moment is None, moment.timestamp() if moment else 0, item.name


def day_words(day: date) -> str:
    """A day to come, as in *Thursday 26 November*."""
    return date_format(day, "l j. F").capitalize()

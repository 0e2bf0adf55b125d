"""What is promised and planned: visits and calls, enquiries and tasks, in words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, OrderBy, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cabi_crm.db import start_of
from cabi_crm.pages.day import Agenda, DayOfItems, Item
from cabi_crm.ui.spans import moment_words
from cabi_crm.ui.templatetags.ui import ago, clock
from companies.enums import OPEN_STATUSES, ActivityKind, ActivityStatus
from companies.models import (
    Activity,
    Enquiry,
    Task,
    Workplace,
    opening_calendar,
)
from companies.models.people import main_phone
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


def nearest_first(column: str, today: Any, tomorrow: Any) -> list[OrderBy]:
    """The order for reading: today's, then what is overdue, the newest first, then what comes."""
    late = {f"{column}__lt": today}
    turn = Case(
        When(**late, then=Value(1)),
        When(**{f"{column}__gte": tomorrow}, then=Value(2)),
        default=Value(0),
    )
    newest = Case(When(**late, then=F(column))).desc(nulls_last=True)
    return [turn.asc(), newest, F(column).asc(), F("pk").asc()]


def waiting_activities(users: Iterable[User], today: date) -> list[Activity]:
    """The open ones of today, before and soon, and those to be finished: one query.

    Each with whom to ring; one more than `READ` when there are more.
    """
    mine = Q(user__in=[user.pk for user in users], removed_at=None)
    coming = Q(
        status__in=[status.value for status in OPEN_STATUSES], starts_at__lt=start_of(today + AHEAD)
    )
    unfinished = Q(status=ActivityStatus.HELD, finish_later=True)
    found = Activity.objects.filter((mine & coming) | (mine & unfinished))
    order = nearest_first("starts_at", start_of(today), start_of(today + DAY))
    rows = found.with_main_phone().order_by(*order)
    rows = rows.select_related("workplace__company").defer("workplace__search_text")
    return list(rows[: READ + 1])


def waiting_tasks(users: Iterable[User], today: date) -> list[Task]:
    """The same for tasks."""
    found = Task.objects.due_by(today + AHEAD - DAY).of(users).with_firm()
    rows = found.annotate(main_phone=main_phone("workplace")).defer("workplace__search_text")
    return list(rows.order_by(*nearest_first("due_on", today, today + DAY))[: READ + 1])


def phone_of(row: Activity | Task) -> str:
    """Whom to ring about a line, which was read with the first person's own number."""
    place = row.workplace
    if place is None:
        return ""
    place.main_phone = getattr(row, "main_phone", None) or ""
    return place.phone_to_ring


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
        pill=f"{moment_words(due, now)} · {left.left}"
        if due.date() > timezone.localdate(now)
        else left.left,
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
    tasks = waiting_tasks(users, today)
    unfinished = [activity_item(a, today, names) for a in activities[:READ] if not a.is_open]
    items = [activity_item(a, today, names) for a in activities[:READ] if a.is_open]
    items += [enquiry_item(enquiry, now, names) for enquiry in enquiries]
    items += [task_item(task, today, names) for task in tasks[:READ]]
    return arranged(items, unfinished, today, cut=max(len(activities), len(tasks)) > READ)


def arranged(
    items: Iterable[Item], unfinished: Sequence[Item], today: date, *, cut: bool
) -> Agenda:
    """The lines in their order: overdue first, then by the clock, then the rest of the day.

    `cut` says that not all were read.
    """
    ordered = sorted(items, key=by_the_clock)
    overdue = [item for item in ordered if item.late]
    rest = [item for item in ordered if not item.late]
    timed = [item for item in rest if item.day <= today and item.moment]
    untimed = [item for item in rest if item.day <= today and not item.moment]
    # An enquiry is not folded away: its time runs already.
    answers = by_day([item for item in rest if item.day > today and item.what == "enquiry"], today)
    later = by_day([item for item in rest if item.day > today and item.what != "enquiry"], today)
    to_come = [day.items for day in (*answers, *later)]
    parts = (overdue, timed, untimed, unfinished, *to_come)
    return Agenda(
        overdue=newest(overdue),
        timed=timed[:SHOWN],
        untimed=untimed[:SHOWN],
        answers=[DayOfItems(day.title, day.items[:SHOWN]) for day in answers],
        later=[DayOfItems(day.title, day.items[:SHOWN]) for day in later],
        unfinished=unfinished[:SHOWN],
        count=len(overdue) + len(timed) + len(untimed) + sum(len(day.items) for day in answers),
        cut=cut or max(map(len, parts)) > SHOWN,
    )


def newest(overdue: Sequence[Item]) -> list[Item]:
    """The overdue lines that are shown: every firm that waits for an answer, then the newest."""
    waiting = [item for item in overdue if item.what == "enquiry"]
    others = [item for item in overdue if item.what != "enquiry"]
    room = max(SHOWN - len(waiting), 0)
    return sorted([*waiting[:SHOWN], *others[len(others) - room :]], key=by_the_clock)


def by_day(items: Sequence[Item], today: date) -> list[DayOfItems]:
    """Lines of days to come under their days."""
    days = sorted({item.day for item in items})
    return [
        DayOfItems(
            _("Tomorrow") if day == today + DAY else day_words(day),
            [item for item in items if item.day == day],
        )
        for day in days
    ]


def by_the_clock(item: Item) -> tuple[date, bool, float, str]:
    """What a line is sorted by: its day and hour; what has no hour comes last on its day."""
    moment = item.moment
    return item.day, moment is None, moment.timestamp() if moment else 0, item.name


def day_words(day: date) -> str:
    """A day to come, as in *Thursday 26 November*."""
    return date_format(day, "l j. F").capitalize()

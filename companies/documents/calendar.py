"""What the calendar says of visits, tasks and deadlines: where and whom to ring, and no notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cabi_crm.db import start_of
from cabi_crm.ui.ics import Entry
from cabi_crm.ui.links import absolute
from companies.enums import OPEN_STATUSES, ActivityKind, ActivityStatus, Outcome
from companies.models import Activity, Enquiry, Task, Workplace

DAY = timedelta(days=1)
# Nobody says how long a visit takes: the calendar keeps an hour, and a quarter for the rest.
LONG = timedelta(hours=1)
SHORT = timedelta(minutes=15)
LONG_KINDS = frozenset({ActivityKind.VISIT, ActivityKind.MEETING, ActivityKind.EVENT})
MOST = 2000


@dataclass(frozen=True)
class Share:
    """The days of whose work a calendar shows; `mark` says whose it is when it is not mine."""

    user: User
    first: date
    last: date
    mark: str = ""


def entries_of(shares: Sequence[Share]) -> Iterator[Entry]:
    """What is planned, to be done and to be answered in these shares: four queries."""
    marks = {share.user.pk: share.mark for share in shares}
    for activity in planned(shares):
        yield activity_entry(activity, marks[activity.user_id])
    for activity in come_back(shares):
        yield come_back_entry(activity, marks[activity.user_id])
    for task in due(shares):
        yield task_entry(task, marks[task.user_id])
    for enquiry in to_be_answered(shares):
        yield enquiry_entry(enquiry, marks[enquiry.assigned_to_id or 0])


def planned(shares: Sequence[Share]) -> QuerySet[Activity]:
    """Open activities, and those called off, so that a calendar takes them out."""
    within = Q(pk__in=[])
    for share in shares:
        within |= Q(
            user=share.user,
            starts_at__gte=start_of(share.first),
            starts_at__lt=start_of(share.last + DAY),
        )
    statuses = [*OPEN_STATUSES, ActivityStatus.CANCELLED]
    found = Activity.objects.filter(within, status__in=statuses).with_main_phone()
    return found.select_related("workplace__company").order_by("starts_at", "pk")[:MOST]


def come_back(shares: Sequence[Share]) -> QuerySet[Activity]:
    """Visits that ended in *not now*, by the day we may return, unless there was contact since."""
    within = Q(pk__in=[])
    for share in shares:
        within |= Q(user=share.user, return_on__range=(share.first, share.last))
    held = Activity.objects.held().filter(within, outcome=Outcome.NOT_NOW)
    newest = held.filter(workplace__last_contact_at__lte=F("starts_at")).with_main_phone()
    return newest.select_related("workplace__company").order_by("return_on", "pk")[:MOST]


def due(shares: Sequence[Share]) -> QuerySet[Task]:
    """Open tasks by their day."""
    within = Q(pk__in=[])
    for share in shares:
        within |= Q(user=share.user, due_on__range=(share.first, share.last))
    found = Task.objects.open().filter(within).select_related("workplace__company")
    return found.order_by("due_on", "pk")[:MOST]


def to_be_answered(shares: Sequence[Share]) -> QuerySet[Enquiry]:
    """Open enquiries by their deadline."""
    within = Q(pk__in=[])
    for share in shares:
        within |= Q(
            assigned_to=share.user,
            due_at__gte=start_of(share.first),
            due_at__lt=start_of(share.last + DAY),
        )
    found = Enquiry.objects.open().filter(within).select_related("workplace__company")
    return found.order_by("due_at", "pk")[:MOST]


def activity_entry(activity: Activity, mark: str = "") -> Entry:
    """A planned visit, call or meeting; it is cancelled when it was called off or deleted."""
    place = activity.workplace
    phone = getattr(activity, "main_phone", None) or place.phone or place.company.phone
    starts, ends = span_of(activity)
    return Entry(
        key=f"activity-{activity.pk}",
        summary=marked(f"{activity.get_kind_display()}: {place.name}", mark),
        starts=starts,
        ends=ends,
        made_at=activity.created_at,
        changed_at=latest(activity, place),
        place=address_of(place),
        details=phone_line(phone),
        url=page_of(place),
        cancelled=activity.removed_at is not None or not activity.is_open,
        busy=isinstance(starts, datetime),
    )


def span_of(activity: Activity) -> tuple[datetime | date, datetime | date]:
    """From when to when; the whole day when no hour was agreed, which is kept as midnight."""
    local = timezone.localtime(activity.starts_at)
    if local.time() == time.min:
        return local.date(), local.date() + DAY
    return activity.starts_at, activity.starts_at + (LONG if activity.kind in LONG_KINDS else SHORT)


def come_back_entry(activity: Activity, mark: str) -> Entry:
    """The day on which a firm that said *not now* may be asked again."""
    place = activity.workplace
    assert activity.return_on  # noqa: S101, for the type checker: it is what was asked for
    day = activity.return_on
    phone = getattr(activity, "main_phone", None) or place.phone or place.company.phone
    return Entry(
        key=f"come-back-{activity.pk}",
        summary=marked(_("Come back: %(name)s") % {"name": place.name}, mark),
        starts=day,
        ends=day + DAY,
        made_at=activity.created_at,
        changed_at=latest(activity, place),
        place=address_of(place),
        details=phone_line(phone),
        url=page_of(place),
        busy=False,
    )


def task_entry(task: Task, mark: str) -> Entry:
    """A task on its day; what it says is a note, and notes stay in the system."""
    place = task.workplace
    summary = _("Task: %(name)s") % {"name": place.name} if place else _("Task")
    return Entry(
        key=f"task-{task.pk}",
        summary=marked(summary, mark),
        starts=task.due_on,
        ends=task.due_on + DAY,
        made_at=task.created_at,
        changed_at=latest(task, place),
        place=address_of(place) if place else "",
        url=page_of(place) if place else absolute("/"),
        busy=False,
    )


def enquiry_entry(enquiry: Enquiry, mark: str) -> Entry:
    """An enquiry: the quarter of an hour before its deadline."""
    place = enquiry.workplace
    return Entry(
        key=f"enquiry-{enquiry.pk}",
        summary=marked(_("Answer before: %(name)s") % {"name": enquiry.firm}, mark),
        starts=enquiry.due_at - SHORT,
        ends=enquiry.due_at,
        made_at=enquiry.created_at,
        changed_at=latest(enquiry, place),
        place=address_of(place) if place else "",
        details=phone_line(enquiry.phone or (place.phone if place else "")),
        url=page_of(place) if place else absolute("/"),
        busy=False,
    )


def latest(row: Activity | Task | Enquiry, place: Workplace | None) -> datetime:
    """When what the calendar shows was last changed; the firm's name and address count too."""
    return max(row.updated_at, place.updated_at) if place else row.updated_at


def marked(summary: str, mark: str) -> str:
    """The line with whose it is, when it is a colleague's."""
    return f"{summary} ({mark})" if mark else summary


def address_of(place: Workplace) -> str:
    """Street and town, as a map understands it."""
    return place.address or place.name


def phone_line(phone: str) -> str:
    """Whom to ring."""
    return _("Phone: %(number)s") % {"number": phone} if phone else ""


def page_of(place: Workplace) -> str:
    """The workplace's own page, behind log-in."""
    return absolute(reverse("companies:workplace", args=[place.pk]))

"""What hands workplaces from one owner to another, with a joint round, and takes it back."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actions import notify, record
from accounts.enums import NoticeKind
from accounts.models import Event, User
from cabi_crm.ui.panels import handover_extras
from companies.actions.activities import edit_activity, plan_activity, remove_activity
from companies.actions.enquiry_alerts import put_away_of
from companies.enums import OPEN_STATUSES, ActivityKind, HandoverStatus
from companies.models import Activity, Enquiry, Handover, HandoverItem, Task, Workplace


@dataclass(frozen=True)
class Moved:
    """How a handover went: how many workplaces moved, and the names of those that did not."""

    count: int
    left: list[str]


@transaction.atomic
def begin_handover(
    *,
    giver: User,
    taker: User,
    workplaces: Iterable[int],
    by: User,
    note: str = "",
    submission: uuid.UUID | None = None,
) -> Handover | None:
    """A handover with a list of those of `workplaces` that `giver` owns and no other list holds.

    Nothing when that is none of them.
    """
    taken = HandoverItem.objects.on_the_way().values("workplace")
    own = Workplace.objects.filter(owner=giver, pk__in=list(workplaces)).exclude(pk__in=taken)
    places = list(own.only("pk"))
    asked = submission or uuid.uuid4()
    if not places:  # the second of two taps finds the handover of the first
        return Handover.objects.filter(submission=asked).first()
    handover, created = Handover.objects.get_or_create(
        submission=asked, defaults={"giver": giver, "taker": taker, "note": note}
    )
    if not created:
        return handover
    items = [HandoverItem(handover=handover, workplace=place) for place in places]
    HandoverItem.objects.bulk_create(items)
    changes = {"giver": giver.name, "taker": taker.name, "workplaces": len(items)}
    record("handover_begun", by=by, on=handover, changes=changes)
    return handover


@transaction.atomic
def note_handover(
    *, handover: Handover, said: Mapping[int, tuple[str, date | None]], by: User
) -> int:
    """How many items got another note or day: `said` holds both for the keys of items."""
    changed = []
    for item in handover.items.filter(pk__in=said):
        note, told_on = said[item.pk]
        if (item.note, item.told_on) != (note, told_on):
            item.note, item.told_on = note, told_on
            changed.append(item)
    HandoverItem.objects.bulk_update(changed, ["note", "told_on"])
    record("handover_noted", by=by, on=handover, changes={"items": [item.pk for item in changed]})
    return len(changed)


@transaction.atomic
def remove_item(*, item: HandoverItem, by: User) -> HandoverItem:
    """A workplace that stays with its owner after all; its note is kept for undo."""
    item.removed_at = timezone.now()
    item.save(update_fields=["removed_at"])
    changes = {"workplace": item.workplace.name}
    record("handover_item_removed", by=by, on=item.handover, changes=changes)
    return item


@transaction.atomic
def restore_item(*, item: HandoverItem, by: User) -> HandoverItem | None:
    """Undo of `remove_item`; nothing when the workplace is on another list by now."""
    if HandoverItem.objects.on_the_way().filter(workplace=item.workplace_id).exists():
        return None
    item.removed_at = None
    item.save(update_fields=["removed_at"])
    changes = {"workplace": item.workplace.name}
    record("handover_item_restored", by=by, on=item.handover, changes=changes)
    return item


@transaction.atomic
def plan_round(
    *, handover: Handover, visits: Sequence[tuple[HandoverItem, datetime]], by: User
) -> Event:
    """Joint visits in the calendar; one planned before is moved, not doubled.

    The event says what became of each, for `undo_round`.
    """
    about = _("Joint round: %(giver)s introduces %(taker)s.") % {
        "giver": handover.giver.name,
        "taker": handover.taker.name,
    }
    steps = [joint_visit(handover, item, at, about, by) for item, at in visits]
    event = record("handover_round_planned", by=by, on=handover, changes={"visits": steps})
    if visits:
        day = date_format(timezone.localtime(visits[0][1]), "SHORT_DATE_FORMAT")
        names = f"{handover.giver.name}, {handover.taker.name}"
        tell(handover, _("Joint round on %(day)s: %(names)s") % {"day": day, "names": names}, by)
    return event


def joint_visit(
    handover: Handover, item: HandoverItem, starts_at: datetime, about: str, by: User
) -> dict[str, Any]:
    """Move or plan the visit of one workplace; the step by which it can be taken back."""
    visit = item.joint_visit
    step = {"item": item.pk, "before": item.joint_visit_id, "to": starts_at.isoformat()}
    if visit and visit.status in OPEN_STATUSES and visit.removed_at is None:
        step["from"] = visit.starts_at.isoformat()
        edit_activity(activity=visit, by=by, changes={"starts_at": starts_at})
        return step | {"visit": visit.pk}
    item.joint_visit = visit = plan_for(
        handover.giver, workplace=item.workplace, starts_at=starts_at, note=about, by=by
    )
    item.save(update_fields=["joint_visit"])
    return step | {"visit": visit.pk}


@transaction.atomic
def undo_round(*, handover: Handover, event: Event, by: User) -> Moved:
    """Undo of `plan_round`: what it planned is gone, what it moved is back where it was.

    Visits that were held, moved or deleted since are left alone, and named.
    """
    count, left, steps = 0, [], event.changes["visits"]
    found = handover.items.select_related("workplace", "joint_visit__workplace")
    items = found.in_bulk([step["item"] for step in steps])
    for step in steps:
        item = items[step["item"]]
        if take_back(item, step, by):
            count += 1
        else:
            left.append(item.workplace.name)
    record("handover_round_undone", by=by, on=handover, changes={"event": event.pk})
    return Moved(count, left)


def take_back(item: HandoverItem, step: Mapping[str, Any], by: User) -> bool:
    """Undo one step of a round; not when the visit is not as the step left it."""
    visit = item.joint_visit
    if visit is None or visit.pk != step["visit"] or visit.removed_at or not visit.is_open:
        return False
    if visit.starts_at != datetime.fromisoformat(step["to"]):
        return False
    if "from" in step:
        moment = datetime.fromisoformat(step["from"])
        edit_activity(activity=visit, by=by, changes={"starts_at": moment})
        return True
    remove_activity(activity=visit, by=by)
    item.joint_visit_id = step["before"]
    item.save(update_fields=["joint_visit"])
    return True


def plan_for(
    user: User, *, workplace: Workplace, starts_at: datetime, note: str, by: User
) -> Activity:
    """A visit that `user` carries out, planned by somebody else or by themselves."""
    visit = plan_activity(
        workplace=workplace, by=by, kind=ActivityKind.VISIT, starts_at=starts_at, note=note
    )
    if visit.user_id != user.pk:
        visit.user = user
        visit.save(update_fields=["user", "updated_at"])
    return visit


def tell(handover: Handover, text: str, by: User) -> None:
    """A line on the home pages of giver and taker, save who did it; it leads to the handover."""
    link = reverse("companies:handover", args=[handover.pk])
    for user in (handover.giver, handover.taker):
        if user != by and user.is_active:
            notify(recipient=user, kind=NoticeKind.HANDOVER, subject=text, link=link)


@transaction.atomic
def cancel_round(*, handover: Handover, by: User) -> int:
    """How many joint visits to come were taken out of the calendar."""
    items = handover.items.filter(joint_visit__removed_at=None)
    visits = [item.joint_visit for item in items.select_related("joint_visit__workplace")]
    coming = [visit for visit in visits if visit and visit.is_open]
    for visit in coming:
        remove_activity(activity=visit, by=by)
    record("handover_round_cancelled", by=by, on=handover, changes={"visits": len(coming)})
    return len(coming)


@transaction.atomic
def finish_handover(*, handover: Handover, by: User) -> Moved:
    """The workplaces with their new owner, and with them what is open there of the old one's.

    Workplaces that got another owner meanwhile are left alone, and named.
    """
    handover = locked(handover)
    if handover.status != HandoverStatus.OPEN:
        return Moved(0, [])
    giver, taker = handover.giver, handover.taker
    items = handover.items.kept().order_by("pk")
    listed = Workplace.objects.filter(pk__in=items.values("workplace")).order_by("pk")
    places = list(listed.select_for_update())
    going = [place for place in places if place.owner_id == giver.pk]
    since = {str(place.pk): day_text(place.owner_since) for place in going}
    move_places(going, giver, taker, timezone.localdate(), by)
    keys = [place.pk for place in going]
    extras = {
        slug: extra.move(workplaces=keys, giver=giver, taker=taker, by=by)
        for slug, extra in handover_extras.items()
    }
    work = move_open_work(keys, giver, taker)
    handover.status, handover.finished_at = HandoverStatus.DONE, timezone.now()
    handover.save(update_fields=["status", "finished_at", "updated_at"])
    changes = {"since": since, "extras": extras, **work}
    record("handover_finished", by=by, on=handover, changes=changes)
    words = {"giver": giver.name, "taker": taker.name, "n": len(going)}
    text = ngettext(
        "%(n)d workplace has gone from %(giver)s to %(taker)s",
        "%(n)d workplaces have gone from %(giver)s to %(taker)s",
        len(going),
    )
    tell(handover, text % words, by)
    return Moved(len(going), [place.name for place in places if place not in going])


def locked(handover: Handover) -> Handover:
    """The handover as it is now, held until the transaction ends: two taps finish it once."""
    Handover.objects.select_for_update().order_by().get(pk=handover.pk)
    return Handover.objects.select_related("giver", "taker").get(pk=handover.pk)


def day_text(day: date | None) -> str:
    """A day for the audit trail; empty when it is not known."""
    return day.isoformat() if day else ""


def move_places(
    places: Sequence[Workplace], giver: User, taker: User, since: date | None, by: User
) -> None:
    """Write the new owner in one statement, and an event for each workplace."""
    moment = timezone.now()
    for place in places:
        place.owner, place.owner_since, place.updated_at = taker, since, moment
    Workplace.objects.bulk_update(places, ["owner", "owner_since", "updated_at"], batch_size=500)
    for place in places:
        record("owner_changed", by=by, on=place, changes={"owner": [giver.name, taker.name]})


def open_work(workplaces: Sequence[int], user: User) -> dict[str, QuerySet[Any]]:
    """What `user` has planned, promised and is to answer at these workplaces."""
    return {
        "enquiries": Enquiry.objects.open().filter(assigned_to=user, workplace__in=workplaces),
        "activities": Activity.objects.open().filter(user=user, workplace__in=workplaces),
        "tasks": Task.objects.open().filter(user=user, workplace__in=workplaces),
    }


def move_open_work(
    workplaces: Sequence[int],
    giver: User,
    taker: User,
    only: Mapping[str, list[int]] | None = None,
) -> dict[str, list[int]]:
    """What is open there moves to the new owner; the keys of what moved."""
    moved = {}
    for name, found in open_work(workplaces, giver).items():
        asked = found if only is None else found.filter(pk__in=only.get(name, []))
        rows = list(asked.order_by("pk"))
        moved[name] = [row.pk for row in rows]
        who = "assigned_to" if name == "enquiries" else "user"
        for row in rows if name == "enquiries" else ():
            put_away_of(row, giver)
        asked.update(**{who: taker, "updated_at": timezone.now()})
    return moved


@transaction.atomic
def undo_handover(*, handover: Handover, by: User) -> Moved:
    """Undo of `finish_handover`, except workplaces that changed owner again since: named."""
    handover = locked(handover)
    event = last_finish(handover)
    if handover.status != HandoverStatus.DONE or event is None:
        return Moved(0, [])
    giver, taker, since = handover.giver, handover.taker, event.changes["since"]
    rows = Workplace.objects.filter(pk__in=[int(key) for key in since]).order_by("pk")
    places = list(rows.select_for_update())
    back = [place for place in places if place.owner_id == taker.pk]
    move_places(back, taker, giver, None, by)
    for place in back:
        day = since[str(place.pk)]
        place.owner_since = date.fromisoformat(day) if day else None
    Workplace.objects.bulk_update(back, ["owner_since"], batch_size=500)
    keys = [place.pk for place in back]
    for slug, moved in event.changes["extras"].items():
        if extra := handover_extras.get(slug):
            extra.move(workplaces=keys, giver=taker, taker=giver, by=by, only=moved)
    move_open_work(keys, taker, giver, event.changes)
    leave_to_others(handover)
    handover.status, handover.finished_at = HandoverStatus.OPEN, None
    handover.save(update_fields=["status", "finished_at", "updated_at"])
    record("handover_undone", by=by, on=handover, changes={"workplaces": keys})
    return Moved(len(back), [place.name for place in places if place not in back])


def last_finish(handover: Handover) -> Event | None:
    """The event that says what moved when the handover was finished."""
    events = Event.objects.filter(object_type="companies.handover", object_id=str(handover.pk))
    return events.filter(action="handover_finished").order_by("-pk").first()


@transaction.atomic
def drop_handover(*, handover: Handover, by: User) -> Handover:
    """Nothing comes of it; nothing has changed hands, and it can be taken up again."""
    return turn(handover, HandoverStatus.OPEN, HandoverStatus.DROPPED, "handover_dropped", by)


@transaction.atomic
def resume_handover(*, handover: Handover, by: User) -> list[str]:
    """Undo of `drop_handover`; the names of what is on another list by now, and left to that."""
    left = leave_to_others(handover)
    turn(handover, HandoverStatus.DROPPED, HandoverStatus.OPEN, "handover_resumed", by)
    return left


def leave_to_others(handover: Handover) -> list[str]:
    """Take off a list that opens again what another open list holds; the names of it."""
    others = HandoverItem.objects.on_the_way().exclude(handover=handover).values("workplace")
    items = list(handover.items.kept().filter(workplace__in=others).select_related("workplace"))
    HandoverItem.objects.filter(pk__in=[i.pk for i in items]).update(removed_at=timezone.now())
    return [item.workplace.name for item in items]


def turn(
    handover: Handover, before: HandoverStatus, after: HandoverStatus, action: str, by: User
) -> Handover:
    """The handover with another status, when it has the one before."""
    handover = locked(handover)
    if handover.status == before:
        handover.status = after
        handover.save(update_fields=["status", "updated_at"])
        record(action, by=by, on=handover)
    return handover

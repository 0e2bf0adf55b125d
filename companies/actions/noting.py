"""What a visit notes besides: tasks seen, leads, and times that suit. No verbs of their own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from companies.models import Activity, Lead, NotedTime, TaskOpportunity, VisitWindow

NO_DETAILS: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


def keep_sightings(
    activity: Activity,
    seen: Iterable[str],
    leads: Iterable[str],
    details: Mapping[str, Mapping[str, Any]] = NO_DETAILS,
) -> None:
    """Make the tasks and leads of `activity` exactly `seen` and `leads`.

    `details` holds what is said about an area: title, hours a week, season and skills. A task
    that is not seen after all keeps it, for the day it is ticked again.
    """
    areas, kinds, tasks = set(seen), set(leads), activity.task_opportunities
    tasks.filter(removed_at=None).exclude(area__in=areas).update(removed_at=timezone.now())
    tasks.filter(area__in=areas).exclude(removed_at=None).update(removed_at=None)
    activity.leads.exclude(kind__in=kinds).delete()
    place = activity.workplace_id
    TaskOpportunity.objects.bulk_create(
        [TaskOpportunity(workplace_id=place, activity=activity, area=a) for a in sorted(areas)],
        ignore_conflicts=True,
    )
    for area in sorted(areas & details.keys()):
        tasks.filter(area=area).update(**details[area])
    Lead.objects.bulk_create(
        [
            Lead(workplace_id=place, activity=activity, kind=kind, spotted_by_id=activity.user_id)
            for kind in sorted(kinds)
        ],
        ignore_conflicts=True,
    )


def keep_good_times(activity: Activity, slots: Iterable[tuple[int, int]]) -> None:
    """Make the good times that `activity` noted exactly `slots`, each a (weekday, hour)."""
    wanted = set(slots)
    noted = {(time.weekday, time.part): time for time in activity.noted_times.all()}
    gone = [time for slot, time in noted.items() if slot not in wanted]
    take_back_times(activity, gone)
    activity.noted_times.filter(pk__in=[time.pk for time in gone]).delete()
    new = wanted - noted.keys()
    if not new:
        return
    before = known_times(activity)
    NotedTime.objects.bulk_create(
        NotedTime(
            activity=activity,
            weekday=day,
            part=part,
            was_good=known.is_good if known else None,
            was_said_on=known.said_on if known else None,
        )
        for day, part in sorted(new)
        for known in [before.get((day, part))]
    )
    make_good(activity, new)


def known_times(activity: Activity) -> dict[tuple[int, int], VisitWindow]:
    """What is known about each slot of the workplace of `activity`."""
    windows = VisitWindow.objects.filter(workplace=activity.workplace_id)
    return {(window.weekday, window.part): window for window in windows}


def noted_by_others(activity: Activity) -> dict[tuple[int, int], list[NotedTime]]:
    """What other visits, not deleted, noted at the workplace: each slot's notes, oldest first."""
    found: dict[tuple[int, int], list[NotedTime]] = defaultdict(list)
    others = NotedTime.objects.filter(
        activity__workplace=activity.workplace_id, activity__removed_at=None
    )
    for time in others.exclude(activity=activity).order_by("pk"):
        found[time.weekday, time.part].append(time)
    return found


def make_good(activity: Activity, slots: Iterable[tuple[int, int]]) -> None:
    """Note each slot as a good time of the workplace, also where it was one to avoid."""
    VisitWindow.objects.bulk_create(
        [
            VisitWindow(workplace_id=activity.workplace_id, weekday=day, part=part)
            for day, part in sorted(slots)
        ],
        update_conflicts=True,
        unique_fields=["workplace", "weekday", "part"],
        update_fields=["is_good", "said_on"],
    )


def take_back_times(activity: Activity, times: Iterable[NotedTime]) -> None:
    """Let what was known before `times` were noted be so again.

    A time that another visit noted too, or that somebody has changed since, stays.
    """
    others = noted_by_others(activity)
    for time in times:
        if notes := others.get((time.weekday, time.part)):
            hand_on(time, notes)
            continue
        window = VisitWindow.objects.filter(
            workplace=activity.workplace_id, weekday=time.weekday, part=time.part, is_good=True
        )
        if time.was_good is None:
            window.delete()
        else:
            window.update(is_good=time.was_good, said_on=time.was_said_on)


def hand_on(time: NotedTime, notes: Iterable[NotedTime]) -> None:
    """Let the note made next after `time` know what was known before both.

    That it was good already is what `time` had said; anything else somebody said in between.
    """
    after = next((note for note in notes if note.pk > time.pk), None)
    if after and after.was_good:
        after.was_good, after.was_said_on = time.was_good, time.was_said_on
        after.save(update_fields=["was_good", "was_said_on"])


def bring_back_times(activity: Activity) -> None:
    """Note again what `activity` noted, when its deletion is undone.

    Where no other visit notes the same, what is known now is what was known before.
    """
    times, others, known = (
        list(activity.noted_times.all()),
        noted_by_others(activity),
        known_times(activity),
    )
    for time in times:
        slot = (time.weekday, time.part)
        if slot not in others:
            window = known.get(slot)
            time.was_good = window.is_good if window else None
            time.was_said_on = window.said_on if window else None
            time.save(update_fields=["was_good", "was_said_on"])
    if times:
        make_good(activity, [(time.weekday, time.part) for time in times])

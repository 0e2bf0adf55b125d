"""What a visit notes besides: tasks seen, leads, and times that suit. No verbs of their own."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from companies.models import Activity, Lead, NotedTime, TaskOpportunity, VisitWindow

NO_DETAILS: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


def keep_sightings(
    activity: Activity,
    seen: Iterable[str],
    leads: Iterable[str],
    details: Mapping[str, Mapping[str, Any]] = NO_DETAILS,
) -> None:
    """Make the tasks and leads of `activity` exactly `seen` and `leads`.

    `details` holds what is said about an area: title, hours a week, season and skills.
    """
    areas, kinds = set(seen), set(leads)
    activity.task_opportunities.exclude(area__in=areas).delete()
    activity.leads.exclude(kind__in=kinds).delete()
    place = activity.workplace_id
    TaskOpportunity.objects.bulk_create(
        [TaskOpportunity(workplace_id=place, activity=activity, area=a) for a in sorted(areas)],
        ignore_conflicts=True,
    )
    for area in sorted(areas & details.keys()):
        activity.task_opportunities.filter(area=area).update(**details[area])
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
    windows = VisitWindow.objects.filter(workplace=activity.workplace_id)
    before = {(window.weekday, window.part): window for window in windows}
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
    place = activity.workplace_id
    others = NotedTime.objects.filter(activity__workplace=place, activity__removed_at=None)
    noted = set(others.exclude(activity=activity).values_list("weekday", "part"))
    for time in times:
        if (time.weekday, time.part) in noted:
            continue
        window = VisitWindow.objects.filter(
            workplace=place, weekday=time.weekday, part=time.part, is_good=True
        )
        if time.was_good is None:
            window.delete()
        else:
            window.update(is_good=time.was_good, said_on=time.was_said_on)


def bring_back_times(activity: Activity) -> None:
    """Note again what `activity` noted, when its deletion is undone."""
    slots = list(activity.noted_times.values_list("weekday", "part"))
    if slots:
        make_good(activity, slots)

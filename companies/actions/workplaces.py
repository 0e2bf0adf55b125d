"""What people change about a workplace: level, owner, profile, who opened the door, good times."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import record
from accounts.models import User
from companies.enums import MOTIVATIONS, TraitKind
from companies.models import Company, VisitWindow, Workplace, WorkplaceTrait

PROFILE_FIELDS = ("about", "products", "skill_demands", "tone", "culture")
OPENING = ("opened_by", "opened_on", "opened_channel")
TRAIT_FIELDS = {"motivations": TraitKind.MOTIVATION, "considerations": TraitKind.CONSIDERATION}


@transaction.atomic
def set_level(*, workplace: Workplace, level: str, by: User) -> Workplace:
    """The workplace at `level`; an event only when it changes."""
    before = workplace.level
    if before != level:
        workplace.level = level
        workplace.save(update_fields=["level", "updated_at"])
        record("level_changed", by=by, on=workplace, changes={"level": [before, level]})
    return workplace


@transaction.atomic
def set_owner(*, workplace: Workplace, owner: User | None, by: User) -> Workplace:
    """The workplace with its one way in; an event only when the owner changes."""
    before = workplace.owner
    if before != owner:
        workplace.owner = owner
        workplace.owner_since = timezone.localdate() if owner else None
        workplace.save(update_fields=["owner", "owner_since", "updated_at"])
        names = [before.name if before else "", owner.name if owner else ""]
        record("owner_changed", by=by, on=workplace, changes={"owner": names})
    return workplace


@transaction.atomic
def take_ownership(*, workplace: Workplace, by: User) -> Workplace:
    """The workplace with `by` as its way in, unless somebody was faster."""
    place = Workplace.objects.select_for_update().get(pk=workplace.pk)
    return set_owner(workplace=place, owner=by, by=by) if place.owner_id is None else place


@transaction.atomic
def give_up_ownership(*, workplace: Workplace, by: User) -> Workplace:
    """Undo of `take_ownership`: nobody's again, unless it is another's by now."""
    place = Workplace.objects.select_for_update().get(pk=workplace.pk)
    return set_owner(workplace=place, owner=None, by=by) if place.owner_id == by.pk else place


@transaction.atomic
def open_door(
    *, workplace: Workplace, opened_by: User | None, on: date | None, channel: str, by: User
) -> Workplace:
    """Who made the first contact, when and how; not the same as who owns the relation."""
    workplace.opened_by, workplace.opened_on, workplace.opened_channel = opened_by, on, channel
    workplace.save(update_fields=["opened_by", "opened_on", "opened_channel", "updated_at"])
    changes = {
        "opened_by": opened_by.name if opened_by else "",
        "opened_on": on.isoformat() if on else "",
        "channel": channel,
    }
    record("door_opened", by=by, on=workplace, changes=changes)
    return workplace


@transaction.atomic
def save_profile(*, workplace: Workplace, by: User, changes: Mapping[str, Any]) -> Workplace:
    """The workplace with those of the profile's texts that stand in `changes`."""
    fields = [name for name in PROFILE_FIELDS if name in changes]
    for name in fields:
        setattr(workplace, name, changes[name])
    workplace.save(update_fields=[*fields, "updated_at"])
    record("profile_saved", by=by, on=workplace, changes={"fields": fields})
    return workplace


@transaction.atomic
def save_traits(*, workplace: Workplace, by: User, traits: Iterable[str]) -> None:
    """Why they want to and what the work asks: exactly `traits`; an event only when it changes."""
    wanted = set(traits)
    known = WorkplaceTrait.objects.filter(workplace=workplace)
    before = set(known.values_list("trait", flat=True))
    if before == wanted:
        return
    known.exclude(trait__in=wanted).delete()
    rows = [
        WorkplaceTrait(
            workplace=workplace,
            kind=TraitKind.MOTIVATION if trait in MOTIVATIONS else TraitKind.CONSIDERATION,
            trait=trait,
        )
        for trait in sorted(wanted - before)
    ]
    WorkplaceTrait.objects.bulk_create(rows, ignore_conflicts=True)
    changes = {"traits": [sorted(before), sorted(wanted)]}
    record("traits_saved", by=by, on=workplace, changes=changes)


@transaction.atomic
def set_sector(*, company: Company, sector: str, by: User) -> Company:
    """The company in the sector people say it is in; an import leaves it alone."""
    before = company.sector
    if before != sector:
        company.sector = sector
        company.save(update_fields=["sector", "updated_at"])
        record("sector_changed", by=by, on=company, changes={"sector": [before, sector]})
    return company


@transaction.atomic
def save_local_facts(*, workplace: Workplace, by: User, said: Mapping[str, Any]) -> Workplace:
    """What `said` holds of all that people know about a workplace; each change its own event.

    What it does not hold stays as it is: somebody else may have changed it meanwhile.
    """
    if "level" in said:
        set_level(workplace=workplace, level=said["level"], by=by)
    if "owner" in said:
        set_owner(workplace=workplace, owner=said["owner"], by=by)
    if "sector" in said:
        set_sector(company=workplace.company, sector=said["sector"], by=by)
    who, on, channel = (said.get(name, getattr(workplace, name)) for name in OPENING)
    if (who, on, channel) != tuple(getattr(workplace, name) for name in OPENING):
        open_door(workplace=workplace, opened_by=who, on=on, channel=channel, by=by)
    changed = {
        name: said[name]
        for name in PROFILE_FIELDS
        if name in said and said[name] != getattr(workplace, name)
    }
    if changed:
        save_profile(workplace=workplace, by=by, changes=changed)
    if said.keys() & TRAIT_FIELDS.keys():
        known = WorkplaceTrait.objects.filter(workplace=workplace).values_list("kind", "trait")
        groups = {
            kind: said.get(name, [trait for of, trait in known if of == kind])
            for name, kind in TRAIT_FIELDS.items()
        }
        traits = [trait for group in groups.values() for trait in group]
        save_traits(workplace=workplace, by=by, traits=traits)
    return workplace


@transaction.atomic
def save_visit_windows(
    *, workplace: Workplace, slots: Mapping[tuple[int, int], bool | None], by: User
) -> dict[tuple[int, int], bool | None]:
    """Good (True), avoid (False) or unknown (None) for each (weekday, hour) in `slots`.

    Returns what was known before of those that changed, which is the undo of it.
    """
    changes: dict[str, list[bool | None]] = {}
    former: dict[tuple[int, int], bool | None] = {}
    now = {(w.weekday, w.part): w for w in VisitWindow.objects.filter(workplace=workplace)}
    for (weekday, part), good in slots.items():
        window = now.get((weekday, part))
        before = window.is_good if window else None
        if before != good:
            changes[f"{weekday} {part}"] = [before, good]
            former[weekday, part] = before
        if window and good is None:
            window.delete()
        elif good is not None and (window is None or window.is_good != good):
            VisitWindow.objects.update_or_create(
                workplace=workplace, weekday=weekday, part=part, defaults={"is_good": good}
            )
    record("visiting_times_saved", by=by, on=workplace, changes={"is_good": changes})
    return former

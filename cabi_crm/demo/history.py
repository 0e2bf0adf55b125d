"""Two years of contacts with the demo's workplaces: busy before a season, quiet in the holidays."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from cabi_crm.demo.portfolio import BATCH, TRADE_OF_CODE
from cabi_crm.demo.texts import CAN_TAKE, OFFERS, note_for
from companies.actions import log_activity
from companies.enums import ActivityKind, ActivityStatus, LeadKind, Outcome, RelationshipLevel
from companies.models import Activity, Lead, TaskOpportunity, Workplace

YEARS = 2
# Contacts a year at each level; the larger the workplace, the more often somebody rings.
YEARLY = {
    RelationshipLevel.PASSIVE: 0.25,
    RelationshipLevel.CONTACT: 2.0,
    RelationshipLevel.COLLABORATION: 3.8,
    RelationshipLevel.PARTNERSHIP: 5.2,
}
# How full a consultant's month is, January first: July is empty and December short.
MONTHS = (0.9, 1.0, 1.15, 0.9, 1.2, 1.1, 0.3, 1.1, 1.3, 1.0, 1.35, 0.6)
KINDS = {"visit": 50, "call": 27, "email": 10, "meeting": 7, "event": 3, "note": 3}
OUTCOMES = {"positive": 48, "neutral": 34, "not_now": 13, "problem": 5}
WITH_OUTCOME = frozenset({ActivityKind.VISIT, ActivityKind.CALL, ActivityKind.MEETING})

LOOKED_ROUND = frozenset({Outcome.POSITIVE, Outcome.NEUTRAL})


@dataclass(frozen=True)
class Contact:
    """Something that happened at a workplace, before it is written down."""

    workplace: Workplace
    user: User
    kind: str
    starts_at: datetime
    submission: uuid.UUID
    outcome: str
    return_on: date | None
    seen: tuple[str, ...]
    leads: tuple[str, ...]
    can_take: str
    offer: str
    note: str


def contacts(
    workplaces: Sequence[Workplace], consultants: Sequence[User], random: Random, today: date
) -> Iterator[Contact]:
    """All contacts of the last two years, workplace by workplace, before `today`."""
    first = today.year * 12 + today.month - 1 - YEARS * 12
    for workplace in workplaces:
        peaks = _peaks(workplace)
        rate = YEARLY[RelationshipLevel(workplace.level)] / 12
        rate *= 1.4 if (workplace.employees or 0) >= 50 else 0.9
        until = workplace.ceased_on or today
        for month in range(first, first + YEARS * 12 + 1):
            if random.random() > rate * _pull(month % 12, peaks):
                continue
            day = _working_day(date(month // 12, month % 12 + 1, random.randint(1, 28)))
            if day < until:
                yield _contact(workplace, day, consultants, random, today)


def _peaks(workplace: Workplace) -> frozenset[int]:
    """The months, January being 0, in which the workplace is at its busiest."""
    trade = TRADE_OF_CODE.get(workplace.industry.code) if workplace.industry else None
    return frozenset(month - 1 for month in trade.peaks) if trade else frozenset()


def _pull(month: int, peaks: frozenset[int]) -> float:
    """How likely a contact is: firms have no time in their season, and need hands before it."""
    if month in peaks:
        return MONTHS[month] * 0.45
    return MONTHS[month] * (1.7 if (month + 1) % 12 in peaks else 1.0)


def _working_day(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment on `day` by the clock on the wall."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def pick(random: Random, weights: dict[str, int]) -> str:
    """One of the keys, as often as its weight says."""
    return random.choices(list(weights), list(weights.values()))[0]


def _contact(
    workplace: Workplace, day: date, consultants: Sequence[User], random: Random, today: date
) -> Contact:
    kind = pick(random, KINDS)
    outcome = pick(random, OUTCOMES) if kind in WITH_OUTCOME else ""
    trade = TRADE_OF_CODE.get(workplace.industry.code) if workplace.industry else None
    areas: list[str] = []
    if kind == ActivityKind.VISIT and trade and outcome in LOOKED_ROUND and random.random() < 0.6:
        areas = random.sample(trade.areas, random.randint(1, 2))
    promising = kind == ActivityKind.VISIT and outcome == Outcome.POSITIVE
    back = day + timedelta(days=random.randint(30, 150)) if outcome == Outcome.NOT_NOW else None
    own = workplace.owner is not None and random.random() < 0.85
    return Contact(
        workplace=workplace,
        user=workplace.owner if own and workplace.owner else random.choice(consultants),
        kind=kind,
        starts_at=at(day, random.randint(8, 15), random.choice((0, 15, 30, 45))),
        submission=uuid.UUID(int=random.getrandbits(128), version=4),
        outcome=outcome,
        return_on=back,
        seen=tuple(areas),
        leads=(random.choice(LeadKind.values),) if promising and random.random() < 0.2 else (),
        can_take=random.choice(CAN_TAKE) if promising and random.random() < 0.35 else "",
        offer=random.choice(OFFERS) if promising and random.random() < 0.25 else "",
        note=note_for(random, kind, outcome, areas) if random.random() < 0.85 else "",
    )


def insert_contacts(found: Sequence[Contact]) -> int:
    """Write contacts in bulk, past the actions: for years gone by and for large demos."""
    for start in range(0, len(found), BATCH):
        _insert_batch(found[start : start + BATCH])
    return len(found)


def _insert_batch(batch: Sequence[Contact]) -> None:
    rows = [
        Activity(
            workplace=each.workplace,
            kind=each.kind,
            status=ActivityStatus.HELD,
            starts_at=each.starts_at,
            user=each.user,
            outcome=each.outcome,
            return_on=each.return_on,
            can_take=each.can_take,
            offer=each.offer,
            note=each.note,
            submission=each.submission,
        )
        for each in batch
    ]
    Activity.objects.bulk_create(rows)
    pairs = list(zip(rows, batch, strict=True))
    TaskOpportunity.objects.bulk_create(
        TaskOpportunity(workplace=each.workplace, activity=row, area=area)
        for row, each in pairs
        for area in each.seen
    )
    Lead.objects.bulk_create(
        Lead(workplace=each.workplace, activity=row, kind=kind)
        for row, each in pairs
        for kind in each.leads
    )


def log_contacts(found: Sequence[Contact]) -> int:
    """Write contacts as people do, one action and one event each."""
    for each in found:
        log_activity(
            workplace=each.workplace,
            by=each.user,
            kind=each.kind,
            starts_at=each.starts_at,
            outcome=each.outcome,
            return_on=each.return_on,
            seen=each.seen,
            leads=each.leads,
            can_take=each.can_take,
            offer=each.offer,
            note=each.note,
            submission=each.submission,
        )
    return len(found)

"""What the demo's consultants have in their calendars, and what they have not finished."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from accounts.models import User
from cabi_crm.demo.history import at
from cabi_crm.demo.texts import PLANS
from companies.actions import log_activity, plan_activity
from companies.enums import ActivityKind, ActivityStatus, Outcome, RelationshipLevel
from companies.models import Workplace

# Days from today, hour and minute of each consultant's plans: today's, overdue ones, those to come.
CALENDAR = (
    (0, 9, 0), (0, 10, 45), (0, 13, 0),
    (-4, 10, 0), (-12, 13, 30),
    (1, 9, 30), (1, 14, 0), (2, 10, 0), (3, 9, 0), (3, 12, 30), (4, 10, 30),
    (8, 9, 0), (9, 13, 0), (15, 10, 0), (22, 9, 30),
)  # fmt: skip


def plan_weeks(
    workplaces: Sequence[Workplace], consultants: Sequence[User], random: Random, today: date
) -> int:
    """Plan visits and calls for each consultant; the number of them."""
    count = 0
    for user in consultants:
        known = [w for w in workplaces if _is_known(w, user)]
        random.shuffle(known)
        moments = _moments(today)
        for workplace, moment in zip(known, moments, strict=False):
            _plan(workplace, user, moment, random)
            count += 1
        count += _leave_unfinished(known[-2:], user, random, today)
    return count


def _is_known(workplace: Workplace, user: User) -> bool:
    return (
        workplace.owner_id == user.pk
        and workplace.ceased_on is None
        and workplace.level != RelationshipLevel.PASSIVE
    )


def _moments(today: date) -> Iterator[datetime]:
    """The calendar's moments; those not today are moved from a weekend to the day after it."""
    for days, hour, minute in CALENDAR:
        day = today + timedelta(days=days)
        late = day.weekday() - 4
        yield at(day + timedelta(days=3 - late) if days and late > 0 else day, hour, minute)


def _plan(workplace: Workplace, user: User, moment: datetime, random: Random) -> None:
    visit = random.random() < 0.75
    agreed = visit and random.random() < 0.6
    plan_activity(
        workplace=workplace,
        by=user,
        kind=ActivityKind.VISIT if visit else ActivityKind.CALL,
        starts_at=moment,
        note=random.choice(PLANS),
        status=ActivityStatus.AGREED if agreed else ActivityStatus.PLANNED,
        submission=uuid.UUID(int=random.getrandbits(128), version=4),
    )


def _leave_unfinished(
    workplaces: Sequence[Workplace], user: User, random: Random, today: date
) -> int:
    """Visits of the last working days that wait under *Finish later*."""
    for days, workplace in enumerate(workplaces, start=1):
        day = today - timedelta(days=days)
        day -= timedelta(days=max(0, day.weekday() - 4))
        log_activity(
            workplace=workplace,
            by=user,
            kind=ActivityKind.VISIT,
            starts_at=at(day, 11),
            outcome=Outcome.POSITIVE,
            finish_later=True,
            submission=uuid.UUID(int=random.getrandbits(128), version=4),
        )
    return len(workplaces)

"""What changes goals."""

from collections.abc import Mapping

from django.db import transaction

from accounts.actions import record
from accounts.models import Event, Team, User
from insights.models import Goal
from insights.rules import GoalKey


@transaction.atomic
def set_goals(*, year: int, numbers: Mapping[GoalKey, int | None], by: User) -> Event | None:
    """Set the goals of `year`; None takes one away. Returns the event; None without a change."""
    before = {key_of(goal): goal for goal in Goal.objects.filter(year=year).select_for_update()}
    changes = {}
    for key, number in numbers.items():
        old = before.get(key)
        if (old.number if old else None) == number:
            continue
        changes[key.text] = [old.number if old else None, number]
        write(old, year, key, number)
    if not changes:
        return None
    return record("goals_set", by=by, changes={"year": year, "goals": changes})


@transaction.atomic
def undo_goals(*, event: Event, by: User) -> Event | None:
    """Take back what `event` set, except goals that were changed again since."""
    year = event.changes["year"]
    now = {key_of(goal).text: goal.number for goal in Goal.objects.filter(year=year)}
    back = {
        GoalKey.read(text): old
        for text, (old, new) in event.changes["goals"].items()
        if now.get(text) == new
    }
    people = set(User.objects.values_list("pk", flat=True))
    teams = set(Team.objects.values_list("pk", flat=True))
    known = {
        key: number
        for key, number in back.items()
        if (key.user is None or key.user in people) and (key.team is None or key.team in teams)
    }
    return set_goals(year=year, numbers=known, by=by)


def write(old: Goal | None, year: int, key: GoalKey, number: int | None) -> None:
    """Make, change or remove one goal."""
    if old and number is None:
        old.delete()
    elif old and number is not None:
        old.number = number
        old.save(update_fields=["number", "updated_at"])
    elif number is not None:
        goal = Goal(
            measure=key.measure, year=year, user_id=key.user, team_id=key.team, number=number
        )
        goal.full_clean()
        goal.save()


def key_of(goal: Goal) -> GoalKey:
    """What a goal is for."""
    return GoalKey(goal.measure, user=goal.user_id, team=goal.team_id)

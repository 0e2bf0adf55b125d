"""Goals are set, kept in the audit trail and taken back."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Event
from insights.actions import set_goals, undo_goals
from insights.enums import Measure
from insights.models import Goal
from insights.rules import GoalKey

NEW = Measure.NEW_AGREEMENTS.value


def goals(year=2026):
    return {
        (goal.user_id, goal.team_id): goal.number
        for goal in Goal.objects.filter(year=year, measure=NEW)
    }


def test_goals_are_set_changed_and_taken_away(town):
    alice, north = GoalKey(NEW, user=town.alice.pk), GoalKey(NEW, team=town.north.pk)

    set_goals(year=2026, numbers={alice: 8, north: 30, GoalKey(NEW): 9}, by=town.dorte)
    set_goals(year=2026, numbers={alice: 7, north: None}, by=town.dorte)

    assert goals() == {(town.alice.pk, None): 7, (None, None): 9}


def test_each_change_is_one_event_with_what_was_before(town):
    alice = GoalKey(NEW, user=town.alice.pk)
    set_goals(year=2026, numbers={alice: 8}, by=town.dorte)

    event = set_goals(year=2026, numbers={alice: 9, GoalKey(NEW): None}, by=town.dorte)

    assert event.changes == {"year": 2026, "goals": {alice.text: [8, 9]}}
    assert (event.action, event.actor) == ("goals_set", town.dorte)


def test_saving_without_a_change_leaves_no_event(town):
    assert set_goals(year=2026, numbers={GoalKey(NEW): None}, by=town.dorte) is None
    assert not Event.objects.filter(action="goals_set").exists()


def test_undo_brings_back_what_was_there(town):
    alice, bob = GoalKey(NEW, user=town.alice.pk), GoalKey(NEW, user=town.bob.pk)
    set_goals(year=2026, numbers={alice: 8}, by=town.dorte)
    event = set_goals(year=2026, numbers={alice: None, bob: 5}, by=town.dorte)

    undo_goals(event=event, by=town.dorte)

    assert goals() == {(town.alice.pk, None): 8}


def test_undo_leaves_what_somebody_changed_since(town):
    alice, bob = GoalKey(NEW, user=town.alice.pk), GoalKey(NEW, user=town.bob.pk)
    event = set_goals(year=2026, numbers={alice: 8, bob: 5}, by=town.dorte)
    set_goals(year=2026, numbers={alice: 12}, by=town.dorte)

    undo_goals(event=event, by=town.dorte)

    assert goals() == {(town.alice.pk, None): 12}


def test_undo_twice_changes_nothing(town):
    event = set_goals(year=2026, numbers={GoalKey(NEW): 8}, by=town.dorte)
    undo_goals(event=event, by=town.dorte)

    assert undo_goals(event=event, by=town.dorte) is None


def test_a_year_that_cannot_be_is_refused(town):
    with pytest.raises(ValidationError):
        set_goals(year=1899, numbers={GoalKey(NEW): 8}, by=town.dorte)


def test_a_default_holds_until_a_later_one(town):
    Goal.objects.create(measure=NEW, year=2025, number=12)

    assert Goal.objects.as_rules(2024)[NEW].default == 10
    assert Goal.objects.as_rules(2026)[NEW].default == 12


def test_a_persons_goal_is_for_its_year_only(town):
    Goal.objects.create(measure=NEW, year=2025, user=town.alice, number=3)

    assert Goal.objects.as_rules(2025)[NEW].of_user(town.alice.pk) == 3
    assert Goal.objects.as_rules(2026)[NEW].of_user(town.alice.pk) == 10

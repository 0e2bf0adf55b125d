"""Logging, planning, editing and taking back activities."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Event
from companies import actions
from companies.enums import (
    ActivityKind,
    ActivityStatus,
    LeadKind,
    Outcome,
    RelationshipLevel,
    TaskArea,
)
from companies.forms.activities import VisitForm
from companies.models import Activity, Lead, TaskOpportunity, VisitWindow
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen")


@pytest.fixture
def place():
    return WorkplaceFactory()


def log(place, by, **more):
    said = {"kind": ActivityKind.VISIT, "starts_at": timezone.now(), "outcome": Outcome.POSITIVE}
    return actions.log_activity(workplace=place, by=by, **{**said, **more})


def events():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def test_a_visit_is_logged_with_all_that_was_seen(place, alice):
    visit = log(
        place,
        alice,
        seen=[TaskArea.CLEANING, TaskArea.PACKING],
        leads=[LeadKind.MENTOR],
        good_times=[(1, 8), (2, 8)],
        note="Vil gerne have én mere til december.",
    )
    assert (visit.user, visit.status) == (alice, ActivityStatus.HELD)
    assert sorted(TaskOpportunity.objects.values_list("area", flat=True)) == ["cleaning", "packing"]
    assert Lead.objects.get().kind == LeadKind.MENTOR
    assert set(VisitWindow.objects.values_list("weekday", "part", "is_good")) == {
        (1, 8, True),
        (2, 8, True),
    }
    assert events() == ["activity_logged"]


def test_a_good_time_replaces_one_to_avoid(place, alice):
    VisitWindow.objects.create(
        workplace=place, weekday=1, part=8, is_good=False, said_on=date(2026, 1, 1)
    )
    log(place, alice, good_times=[(1, 8)])
    window = VisitWindow.objects.get()
    assert (window.is_good, window.said_on) == (True, timezone.localdate())


def test_the_same_submission_twice_is_one_visit_and_one_event(place, alice):
    submission = uuid.uuid4()
    first = log(place, alice, submission=submission, next_step_on=date(2026, 12, 7))
    second = log(place, alice, submission=submission, next_step_on=date(2026, 12, 7))
    assert first == second
    assert Activity.objects.count() == 2  # the visit and its next step
    assert events() == ["activity_planned", "activity_logged"]


def test_a_next_step_becomes_a_planned_call_of_the_same_person(place, alice):
    visit = log(place, alice, next_step_on=date(2026, 12, 7))
    call = Activity.objects.open().get()
    assert (call.kind, call.user, call.follows) == (ActivityKind.CALL, alice, visit)
    assert timezone.localtime(call.starts_at).isoformat() == "2026-12-07T00:00:00+01:00"


def test_not_now_comes_back_on_its_day(place, alice):
    log(place, alice, outcome=Outcome.NOT_NOW, return_on=date(2027, 2, 1))
    assert timezone.localdate(Activity.objects.open().get().starts_at) == date(2027, 2, 1)


def test_a_plan_that_was_carried_out_is_no_longer_to_come(place, alice):
    plan = ActivityFactory(planned=True, workplace=place, user=alice)
    visit = log(place, alice, plan=plan)
    assert list(Activity.objects.kept()) == [visit]


def test_undo_takes_the_visit_and_its_next_step_away_and_opens_the_plan_again(place, alice):
    plan = ActivityFactory(planned=True, workplace=place, user=alice)
    visit = log(place, alice, plan=plan, next_step_on=date(2026, 12, 7))
    actions.remove_activity(activity=visit, by=alice)
    assert list(Activity.objects.kept()) == [plan]
    assert events() == ["activity_planned", "activity_logged", "activity_removed"]


def test_undo_of_the_undo_brings_everything_back(place, alice):
    plan = ActivityFactory(planned=True, workplace=place, user=alice)
    visit = log(place, alice, plan=plan, next_step_on=date(2026, 12, 7))
    actions.remove_activity(activity=visit, by=alice)
    visit.refresh_from_db()
    actions.restore_activity(activity=visit, by=alice)
    kept = Activity.objects.kept().order_by("pk")
    assert [(a.kind, a.status) for a in kept] == [("visit", "held"), ("call", "planned")]


def test_removing_twice_is_one_event(place, alice):
    visit = log(place, alice)
    actions.remove_activity(activity=visit, by=alice)
    actions.remove_activity(activity=visit, by=alice)
    assert events() == ["activity_logged", "activity_removed"]


def test_an_edit_moves_the_next_step_instead_of_adding_one(place, alice):
    visit = log(place, alice, next_step_on=date(2026, 12, 7))
    actions.edit_activity(
        activity=visit, by=alice, changes={"outcome": "neutral"}, next_step_on=date(2026, 12, 14)
    )
    step = Activity.objects.open().get()
    assert timezone.localdate(step.starts_at) == date(2026, 12, 14)
    event = Event.objects.get(action="activity_moved", object_id=str(step.pk))
    assert event.changes["starts_at"][0].startswith("2026-12-07")


def test_an_edit_tells_what_changed_but_not_the_texts(place, alice):
    visit = log(place, alice, note="Før")
    actions.edit_activity(activity=visit, by=alice, changes={"outcome": "neutral", "note": "Efter"})
    changes = Event.objects.get(action="activity_edited").changes
    assert changes == {"outcome": ["positive", "neutral"], "note": True}


def test_an_edit_sets_what_was_seen_exactly(place, alice):
    visit = log(place, alice, seen=["cleaning", "stock"], leads=["mentor"])
    actions.edit_activity(activity=visit, by=alice, changes={}, seen=["stock"], leads=[])
    assert [t.area for t in visit.task_opportunities.kept()] == ["stock"]
    assert not visit.leads.exists()


def test_a_task_unticked_and_ticked_again_has_what_was_said_about_it(place, alice):
    said = {"title": "Optælling", "hours_a_week": None, "season": "Januar", "skills": ""}
    visit = log(place, alice, seen=["stock"], details={"stock": said})
    edit = {"activity": visit, "by": alice, "changes": {}, "leads": []}
    actions.edit_activity(**edit, seen=[])
    assert not TaskOpportunity.objects.there().exists()
    assert VisitForm.of(visit)["seen"] == []
    assert VisitForm.of(visit)["task-stock-title"] == "Optælling"
    actions.edit_activity(**edit, seen=["stock"])
    assert TaskOpportunity.objects.there().get().season == "Januar"


def test_a_plan_can_be_called_off_and_taken_up_again(place, alice):
    plan = actions.plan_activity(
        workplace=place, by=alice, kind=ActivityKind.VISIT, starts_at=timezone.now()
    )
    actions.cancel_activity(activity=plan, by=alice)
    assert not Activity.objects.open().exists()
    actions.reopen_activity(activity=plan, by=alice)
    assert Activity.objects.open().get() == plan
    assert events() == ["activity_planned", "activity_cancelled", "activity_reopened"]


def test_what_was_held_cannot_be_called_off(place, alice):
    visit = log(place, alice)
    actions.cancel_activity(activity=visit, by=alice)
    visit.refresh_from_db()
    assert visit.status == ActivityStatus.HELD


def test_a_note_is_not_a_contact(place, alice):
    log(place, alice, kind=ActivityKind.NOTE, outcome="")
    place.refresh_from_db()
    assert place.last_contact_at is None


def test_the_last_contact_is_the_newest_that_was_held_and_kept(place, alice):
    now = timezone.now()
    older = log(place, alice, kind=ActivityKind.CALL, starts_at=now - timedelta(days=3))
    newer = log(place, alice, starts_at=now - timedelta(days=1))
    place.refresh_from_db()
    assert place.last_contact_at == newer.starts_at
    actions.remove_activity(activity=newer, by=alice)
    place.refresh_from_db()
    assert place.last_contact_at == older.starts_at
    actions.restore_activity(activity=newer, by=alice)
    place.refresh_from_db()
    assert place.last_contact_at == newer.starts_at


def test_the_next_step_is_the_first_plan_still_open(place, alice):
    now = timezone.now()
    first, later = (
        actions.plan_activity(
            workplace=place, by=alice, kind=kind, starts_at=now + timedelta(days=days)
        )
        for kind, days in ((ActivityKind.CALL, 1), (ActivityKind.VISIT, 5))
    )
    steps = []
    for change in (
        lambda: None,
        lambda: actions.cancel_activity(activity=first, by=alice),
        lambda: actions.edit_activity(
            activity=later, by=alice, changes={"starts_at": now + timedelta(days=9)}
        ),
        lambda: actions.reopen_activity(activity=first, by=alice),
    ):
        change()
        place.refresh_from_db()
        steps.append((place.next_step_kind, place.next_step_at))
    assert steps == [
        ("call", first.starts_at),
        ("visit", now + timedelta(days=5)),
        ("visit", now + timedelta(days=9)),
        ("call", first.starts_at),
    ]
    for plan in (first, later):
        actions.remove_activity(activity=plan, by=alice)
    place.refresh_from_db()
    assert (place.next_step_kind, place.next_step_at) == ("", None)


def test_a_plan_for_a_day_is_overdue_the_day_after_and_not_before(place, alice):
    plan = actions.plan_activity(
        workplace=place,
        by=alice,
        kind=ActivityKind.CALL,
        starts_at=timezone.make_aware(timezone.datetime(2026, 11, 23)),
    )
    at = timezone.make_aware(timezone.datetime(2026, 11, 23, 22))
    assert not plan.is_overdue(at)
    assert plan.is_overdue(at + timedelta(hours=3))


def test_level_and_owner_leave_an_event_only_when_they_change(place, alice):
    actions.set_level(workplace=place, level=RelationshipLevel.CONTACT, by=alice)
    actions.set_level(workplace=place, level=RelationshipLevel.CONTACT, by=alice)
    actions.set_owner(workplace=place, owner=alice, by=alice)
    actions.set_owner(workplace=place, owner=alice, by=alice)
    assert events() == ["level_changed", "owner_changed"]
    assert Event.objects.get(action="owner_changed").changes == {"owner": ["", "Alice Prøvesen"]}


def test_visiting_times_are_set_changed_and_forgotten(place, alice):
    actions.save_visit_windows(workplace=place, slots={(1, 8): True, (5, 14): False}, by=alice)
    actions.save_visit_windows(
        workplace=place, slots={(1, 8): False, (5, 14): None, (2, 10): None}, by=alice
    )
    assert list(VisitWindow.objects.values_list("weekday", "part", "is_good")) == [(1, 8, False)]
    first, second = Event.objects.filter(action="visiting_times_saved").order_by("pk")
    assert first.changes == {"is_good": {"1 8": [None, True], "5 14": [None, False]}}
    assert second.changes == {"is_good": {"1 8": [True, False], "5 14": [False, None]}}

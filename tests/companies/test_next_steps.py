"""What a visit promises: moved with its hour, withdrawn with undo, left alone otherwise."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from cabi_crm.db import local_moment
from companies import actions
from companies.enums import ActivityKind, ActivityStatus, Outcome
from companies.forms.activities import VisitForm
from companies.models import Activity
from tests.factories import UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def place():
    return WorkplaceFactory()


@pytest.fixture
def web(client, alice) -> Client:
    client.force_login(alice)
    return client


def log(place, by, **more):
    said = {"kind": ActivityKind.VISIT, "starts_at": timezone.now(), "outcome": Outcome.POSITIVE}
    return actions.log_activity(workplace=place, by=by, **{**said, **more})


def posted(activity, **changes):
    """What the browser sends when `activity` is opened, changed and saved."""
    filled = {**VisitForm.of(activity), "at": "10.00", **changes}
    return {name: value for name, value in filled.items() if value not in (None, "", [])}


def edit(web, activity, **changes):
    address = reverse("companies:activity_edit", args=[activity.pk])
    return web.post(address, posted(activity, **changes), follow=True)


def test_saving_only_a_note_leaves_an_agreed_meeting_at_its_hour(web, place, alice):
    day = timezone.localdate() + timedelta(days=9)
    visit = log(place, alice, next_step_on=day)
    step = Activity.objects.open().get()
    agreed = {
        "kind": ActivityKind.MEETING,
        "status": ActivityStatus.AGREED,
        "starts_at": timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9, 30)),
    }
    actions.edit_activity(activity=step, by=alice, changes=agreed)
    edit(web, visit, note="Rettet.")
    visit.refresh_from_db()
    step.refresh_from_db()
    assert (visit.note, step.starts_at) == ("Rettet.", agreed["starts_at"])


def test_another_day_moves_the_step_and_keeps_its_hour(place, alice):
    visit = log(place, alice, next_step_on=date(2026, 12, 7))
    half_past_nine = timezone.make_aware(timezone.datetime(2026, 12, 7, 9, 30))
    Activity.objects.open().update(starts_at=half_past_nine)
    actions.edit_activity(activity=visit, by=alice, changes={}, next_step_on=date(2026, 12, 9))
    moved = timezone.localtime(Activity.objects.open().get().starts_at)
    assert moved.isoformat() == "2026-12-09T09:30:00+01:00"


def test_a_not_now_that_becomes_positive_withdraws_its_step_and_undo_brings_it_back(
    web, place, alice
):
    visit = log(place, alice, outcome=Outcome.NOT_NOW, return_on=date(2027, 2, 1))
    step = Activity.objects.open().get()
    page = edit(web, visit, outcome=Outcome.POSITIVE, next_step="", next_step_on="")
    place.refresh_from_db()
    assert not Activity.objects.open().exists()
    assert place.next_step_at is None
    assert Event.objects.filter(action="activity_removed", object_id=str(step.pk)).exists()
    undo = reverse("companies:activity_restore", args=[step.pk])
    assert f'action="{undo}"' in page.content.decode()
    web.post(undo)
    place.refresh_from_db()
    assert (Activity.objects.open().get(), place.next_step_at) == (step, step.starts_at)


def test_clearing_the_next_step_withdraws_it(web, place, alice):
    visit = log(place, alice, next_step_on=timezone.localdate() + timedelta(days=9))
    edit(web, visit, next_step="", next_step_on="")
    assert not Activity.objects.open().exists()


def test_a_step_moved_by_hand_stays_when_the_not_now_is_only_reworded(web, place, alice):
    visit = log(place, alice, outcome=Outcome.NOT_NOW, return_on=date(2027, 2, 1))
    moved = local_moment(date(2027, 3, 1))
    step = Activity.objects.open().get()
    actions.edit_activity(activity=step, by=alice, changes={"starts_at": moved})
    edit(web, visit, note="Spørg efter Bo.", next_step="", next_step_on="")
    assert Activity.objects.open().get().starts_at == moved


def test_a_promise_that_was_kept_is_not_made_again_by_an_edit(web, place, alice):
    visit = log(place, alice, outcome=Outcome.NOT_NOW, return_on=date(2027, 2, 1))
    log(place, alice, plan=Activity.objects.open().get())
    edit(web, visit, note="Rettet.")
    assert not Activity.objects.open().exists()

"""What a handover takes along and gives back, its rounds undone, and lists that meet."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from companies import actions
from companies.models import Activity, Handover, Workplace
from tests.factories import CompanyFactory, EnquiryFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def bob():
    return UserFactory(name="Bob Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def named(name, owner, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), owner=owner, **more)


def begun(giver, taker, **more):
    """An open handover of all that `giver` owns."""
    keys = list(Workplace.objects.filter(owner=giver).values_list("pk", flat=True))
    return actions.begin_handover(giver=giver, taker=taker, workplaces=keys, by=giver, **more)


def places_of(user):
    return [place.name for place in Workplace.objects.filter(owner=user)]


# Rounds


def round_said(handover, *items, at="10.00"):
    day = timezone.localdate() + timedelta(days=7)
    keys = [item.pk for item in items or handover.items.all()]
    return {"on": day.strftime("%d.%m.%Y"), "at": at, "minutes": "60", "items": keys}


def planned_events():
    return Event.objects.filter(action="handover_round_planned").order_by("-pk")


def test_undo_of_a_round_takes_back_that_round_alone(web, alice, bob):
    for name in "AB":
        named(name, alice)
    handover = begun(alice, bob)
    first, second = handover.items.order_by("pk")
    web.post(url("handover_round", handover.pk), round_said(handover, first))
    before = Activity.objects.open().get()
    web.post(url("handover_round", handover.pk), round_said(handover, first, second, at="13.00"))
    assert Activity.objects.open().count() == 2
    answer = web.post(url("handover_round_undo", planned_events()[0].pk), follow=True)
    assert "The joint round is as before." in answer.content.decode()
    visit = Activity.objects.open().get()  # the other's is gone, this one is where it was
    assert (visit.pk, visit.starts_at) == (before.pk, before.starts_at)


def test_undo_of_a_round_leaves_alone_what_was_moved_since(web, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    web.post(url("handover_round", handover.pk), round_said(handover))
    visit = Activity.objects.open().get()
    Activity.objects.update(starts_at=visit.starts_at + timedelta(hours=1))
    answer = web.post(url("handover_round_undo", planned_events()[0].pk), follow=True)
    text = answer.content.decode()
    assert "Left alone, changed since: A." in text
    assert "as before" not in text
    assert Activity.objects.open().get() == visit


# What goes along, and lists that meet


def test_open_enquiries_go_along_and_come_back(web, alice, bob):
    place = named("A", alice)
    mine = EnquiryFactory(workplace=place, assigned_to=alice, subject="Mangler folk på lageret")
    carols = EnquiryFactory(workplace=place, assigned_to=UserFactory())
    handover = begun(alice, bob)
    assert "Mangler folk på lageret" in web.get(url("handover", handover.pk)).content.decode()
    web.post(url("handover_check", handover.pk))
    mine.refresh_from_db()
    assert mine.assigned_to == bob
    web.post(url("handover_undo", handover.pk))
    mine.refresh_from_db()
    before = carols.assigned_to
    carols.refresh_from_db()
    assert (mine.assigned_to, carols.assigned_to) == (alice, before)


def test_a_handover_of_workplaces_that_are_all_on_other_lists_is_not_begun(web, alice, bob):
    named("A", alice)
    begun(alice, bob)
    said = {"taker": bob.pk, "which": "all", "submission": uuid.uuid4()}
    answer = web.post(url("handover_new"), said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["which"]
    assert Handover.objects.count() == 1


def test_no_workplace_is_on_two_open_lists(web, alice, bob):
    for name in "AB":
        named(name, alice)
    dropped = begun(alice, bob)
    web.post(url("handover_drop", dropped.pk))
    place = Workplace.objects.get(name="A")
    actions.begin_handover(giver=alice, taker=bob, workplaces=[place.pk], by=alice)
    answer = web.post(url("handover_resume", dropped.pk), follow=True)
    assert "on another handover list by now: A." in answer.content.decode()
    assert [item.workplace.name for item in dropped.items.kept()] == ["B"]
    gone = dropped.items.get(workplace=place)
    web.post(url("handover_item_restore", gone.pk))
    assert [item.workplace.name for item in dropped.items.kept()] == ["B"]


def test_the_second_tap_on_hand_over_leads_to_the_handover(web, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    for _time in range(2):
        response = web.post(url("handover_check", handover.pk))
        assert response["Location"] == url("handover", handover.pk)
    assert places_of(bob) == ["A"]


def test_undo_says_what_went_back(web, alice, bob):
    place = named("A", alice)
    handover = begun(alice, bob)
    web.post(url("handover_check", handover.pk))
    answer = web.post(url("handover_undo", handover.pk), follow=True)
    assert "1 workplace is with Alice Prøvesen again." in answer.content.decode()
    answer = web.post(url("handover_undo", handover.pk), follow=True)
    assert "There was nothing to take back." in answer.content.decode()
    web.post(url("handover_check", handover.pk))
    actions.set_owner(workplace=place, owner=UserFactory(), by=bob)
    text = web.post(url("handover_undo", handover.pk), follow=True).content.decode()
    assert "again." not in text
    assert "another owner by now: A" in text


def test_an_old_open_handover_stays_on_the_list(web, alice, bob):
    named("A", alice)
    old = begun(alice, bob)
    for _time in range(51):
        Handover.objects.create(giver=alice, taker=bob, status="dropped")
    assert web.get(url("handovers")).context["open"] == [old]

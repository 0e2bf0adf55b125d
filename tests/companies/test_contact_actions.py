"""Contact persons: one to ring first, found by name, gone and back."""

import pytest
from django.utils import timezone

from accounts.models import Event
from companies import actions
from companies.models import ContactPerson, Workplace
from tests.factories import ContactPersonFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory()


def test_making_one_the_first_to_ring_makes_the_other_backup(alice):
    before = ContactPersonFactory(is_main=True)
    person = ContactPerson(workplace=before.workplace, name="Bodil Ny", is_main=True)
    actions.save_contact_person(person=person, by=alice)
    before.refresh_from_db()
    assert (person.is_main, before.is_main, before.is_backup) == (True, False, True)


def test_saving_confirms_the_person_today(alice):
    person = actions.save_contact_person(
        person=ContactPersonFactory.build(workplace=WorkplaceFactory()), by=alice
    )
    assert person.confirmed_on == timezone.localdate()


def test_a_workplace_is_found_by_those_who_work_there_now(alice):
    place = WorkplaceFactory()
    person = ContactPerson(workplace=place, name="Åse Ørsted-Æbelø")
    actions.save_contact_person(person=person, by=alice)
    assert list(Workplace.objects.matching("åse ørsted")) == [place]
    actions.mark_contact_left(person=person, by=alice, on=timezone.localdate())
    assert not Workplace.objects.matching("åse").exists()
    actions.restore_contact(person=person, by=alice)
    assert list(Workplace.objects.matching("ÅSE")) == [place]


def test_who_comes_back_does_not_push_the_new_first_one_aside(alice):
    person = ContactPersonFactory(is_main=True)
    actions.mark_contact_left(person=person, by=alice, on=timezone.localdate())
    new = ContactPersonFactory(workplace=person.workplace, is_main=True)
    actions.restore_contact(person=person, by=alice)
    person.refresh_from_db()
    new.refresh_from_db()
    assert (person.is_main, new.is_main) == (False, True)


def test_an_edit_says_which_fields_changed_but_not_what_they_hold(alice):
    person = ContactPersonFactory(name="Bo Hansted")
    person.phone, person.is_spark = "10203041", True
    actions.save_contact_person(person=person, by=alice)
    event = Event.objects.get(action="contact_edited")
    assert event.changes == {"fields": ["phone", "is_spark"]}

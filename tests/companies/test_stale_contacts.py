"""Contact persons nobody has confirmed for long: found, confirmed with one tap, undone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, Event, Organisation
from companies import actions
from companies.models import ContactPerson
from tests.factories import ContactPersonFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def today():
    return timezone.localdate()


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def listed(web, **query):
    return [person.name for person in web.get(url("stale_contacts"), query).context["list"].page]


def test_who_is_stale_is_said_by_the_organisations_months(alice, today):
    Organisation.objects.update_or_create(pk=1, defaults={"label": "P", "confirm_months": 6})
    place = WorkplaceFactory(owner=alice)
    rows = {
        "ny": today - timedelta(days=100),
        "gammel": today - timedelta(days=200),
        "aldrig": None,
    }
    for name, day in rows.items():
        ContactPersonFactory(workplace=place, name=name, confirmed_on=day)
    limit = today - timedelta(days=182)
    assert {p.name for p in ContactPerson.objects.stale(limit)} == {"gammel", "aldrig"}


def test_the_list_shows_my_oldest_first_and_never_who_left(web, alice, today):
    mine = WorkplaceFactory(owner=alice)
    for name, days in (("Ældst", 900), ("Yngre", 500)):
        day = today - timedelta(days=days)
        ContactPersonFactory(workplace=mine, name=name, confirmed_on=day)
    ContactPersonFactory(workplace=mine, name="Aldrig")
    ContactPersonFactory(workplace=mine, name="Stoppet", left_on=today)
    ContactPersonFactory(workplace=mine, name="Frisk", confirmed_on=today)
    ContactPersonFactory(name="Andres", workplace=WorkplaceFactory(owner=UserFactory()))
    ContactPersonFactory(name="Lukket", workplace=WorkplaceFactory(owner=alice, ceased_on=today))
    assert listed(web) == ["Ældst", "Yngre", "Aldrig"]
    assert "Andres" in listed(web, whose="all")
    assert "Lukket" not in listed(web, whose="all")


def test_those_of_a_colleague_i_cover_for_are_mine_today(web, alice, today):
    bo = UserFactory()
    ContactPersonFactory(name="Hos Bo", workplace=WorkplaceFactory(owner=bo))
    assert listed(web) == []
    Absence.objects.create(user=bo, cover=alice, starts_on=today, ends_on=today)
    assert listed(web) == ["Hos Bo"]


def test_the_list_asks_as_often_for_thirty_as_for_one(web, alice, django_assert_max_num_queries):
    ContactPersonFactory(workplace=WorkplaceFactory(owner=alice))
    with django_assert_max_num_queries(8) as one:
        web.get(url("stale_contacts"))
    for _ in range(29):
        ContactPersonFactory(workplace=WorkplaceFactory(owner=alice))
    with django_assert_max_num_queries(8) as thirty:
        web.get(url("stale_contacts"))
    assert len(thirty) == len(one)


def test_one_press_confirms_and_undo_brings_the_old_day_back(alice, today):
    before = today - timedelta(days=400)
    person = ContactPersonFactory(confirmed_on=before)
    for _ in range(2):
        actions.confirm_contact(person=person, by=alice, on=today)
    assert person.confirmed_on == today
    assert Event.objects.filter(action="contact_confirmed").count() == 1
    actions.unconfirm_contact(person=person, by=alice)
    person.refresh_from_db()
    assert person.confirmed_on == before


def test_undo_leaves_a_later_confirmation_alone(alice, today):
    person = ContactPersonFactory(confirmed_on=today - timedelta(days=400))
    actions.confirm_contact(person=person, by=alice, on=today - timedelta(days=1))
    person.confirmed_on = today
    person.save()
    actions.unconfirm_contact(person=person, by=alice)
    assert person.confirmed_on == today


def test_undo_of_what_was_never_confirmed_changes_nothing(alice):
    person = ContactPersonFactory(confirmed_on=None)
    actions.unconfirm_contact(person=person, by=alice)
    assert (person.confirmed_on, Event.objects.count()) == (None, 0)


def test_without_scripts_one_returns_to_the_list(web, alice):
    person = ContactPersonFactory(workplace=WorkplaceFactory(owner=alice), name="Bo Hansted")
    text = web.get(url("stale_contacts"), {"whose": "all"}).content.decode()
    action = f"{url('contact_confirm', person.pk)}?whose=all&amp;fra-liste=1"
    assert f'action="{action}"' in text
    answer = web.post(action.replace("&amp;", "&"))
    assert answer.headers["Location"] == f"{url('stale_contacts')}?whose=all"
    assert "Bo Hansted is confirmed today." in web.get(answer.headers["Location"]).content.decode()


def test_with_scripts_only_the_row_is_answered(web, alice):
    person = ContactPersonFactory(workplace=WorkplaceFactory(owner=alice), name="Bo Hansted")
    text = web.post(f"{url('contact_confirm', person.pk)}?fra-liste=1", **HTMX).content.decode()
    assert "<h1>" not in text
    assert url("contact_unconfirm", person.pk) in text
    text = web.post(f"{url('contact_unconfirm', person.pk)}?fra-liste=1", **HTMX).content.decode()
    assert url("contact_confirm", person.pk) in text


def test_on_the_workplace_the_stale_are_marked(web, alice, today):
    place = WorkplaceFactory(owner=alice)
    person = ContactPersonFactory(workplace=place, is_main=True)
    text = web.get(url("contacts", place.pk)).content.decode()
    assert "Ask again" in text
    text = web.post(url("contact_confirm", person.pk), follow=True).content.decode()
    assert "Ask again" not in text
    assert f'action="{url("contact_unconfirm", person.pk)}"' in text


def test_a_manager_sees_everybodys_and_a_reader_presses_nothing(client):
    person = ContactPersonFactory(
        workplace=WorkplaceFactory(owner=UserFactory()), name="Bo Hansted"
    )
    client.force_login(UserFactory(role=Role.MANAGER, language="en"))
    assert listed(client) == ["Bo Hansted"]
    client.force_login(UserFactory(role=Role.READER, language="en"))
    assert (
        url("contact_confirm", person.pk) not in client.get(url("stale_contacts")).content.decode()
    )

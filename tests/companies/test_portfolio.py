"""My workplaces by when they are due, everybody's, and the lists on which levels are settled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Event, Organisation
from companies import actions
from companies.models import AnsweredSuggestion, Workplace
from companies.models.portfolio import ceased_but_kept, for_the_bank, without_owner
from companies.rules.portfolio import bank_occasion, next_contact
from tests.factories import (
    AbsenceFactory,
    ActivityFactory,
    CompanyFactory,
    UserFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def manager():
    return UserFactory(name="Mona Prøvesen", role=Role.MANAGER, language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def named(name, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), **more)


def visited(place, days, **more):
    return ActivityFactory(
        workplace=place,
        user=place.owner or UserFactory(),
        starts_at=timezone.now() - timedelta(days=days),
        **more,
    )


def names(response):
    return [place.name for place in response.context["list"].page]


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def test_the_most_urgent_stands_first(web, alice):
    fresh = named("Frisk", owner=alice, level="partnership")
    visited(fresh, 10)
    late = named("Sen", owner=alice, level="partnership")
    visited(late, 100)
    visited(named("Passiv", owner=alice, level="passive"), 100)
    named("Aldrig", owner=alice, level="contact", owner_since=ago(400))
    paused = named("Pause", owner=alice, level="partnership")
    visited(paused, 300)
    Workplace.objects.filter(pk=paused.pk).update(
        paused_until=timezone.localdate() + timedelta(days=300), pause_reason="Ombygning"
    )
    named("En andens", owner=UserFactory())
    response = web.get(url("portfolio"))
    assert names(response) == ["Aldrig", "Sen", "Frisk", "Passiv", "Pause"]
    assert response.context["total"] == {"n": 5, "late": 2, "bare": 5}


def test_the_order_of_the_database_is_that_of_the_rule(alice):
    contacts = Organisation.objects.current().contacts_a_year
    for level in ("passive", "contact", "collaboration", "partnership"):
        visited(named(level, owner=alice, level=level), 80)
        named(f"{level} aldrig", owner=alice, level=level, owner_since=ago(70))
    rows = Workplace.objects.with_due(contacts, timezone.localdate()).order_by("due_at", "pk")
    days = [
        next_contact(
            timezone.localdate(row.last_contact_at) if row.last_contact_at else None,
            row.owner_since,
            contacts[row.level],
            row.paused_until,
        )
        for row in rows
    ]
    assert days == sorted(days)
    assert len(days) == 8


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ({"show": "late"}, ["Sen"]),
        ({"show": "bare"}, ["Sen"]),
        ({"show": "quiet"}, ["Sen"]),
        ({"level": "contact"}, ["Frisk"]),
        ({"town": "Korsør"}, ["Frisk"]),
        ({}, ["Sen", "Frisk"]),
        ({"sort": "-name"}, ["Sen", "Frisk"]),
    ],
)
def test_a_portfolio_is_filtered_by_what_it_lacks(web, alice, filters, shown):
    visited(named("Sen", owner=alice, level="partnership"), 400)
    fresh = named("Frisk", owner=alice, level="contact", town="Korsør")
    visited(fresh, 10)
    ActivityFactory(workplace=fresh, planned=True)
    assert names(web.get(url("portfolio"), filters)) == shown


def test_what_is_due_today_is_not_over_time_and_yesterday_is(web, alice):
    visited(named("I dag", owner=alice, level="partnership"), 91)
    visited(named("I går", owner=alice, level="partnership"), 92)
    assert names(web.get(url("portfolio"), {"show": "late"})) == ["I går"]
    assert names(web.get(url("list"), {"cadence": "late"})) == ["I går"]


def test_a_cover_sees_the_workplaces_of_who_is_away_marked(web, alice):
    bob = UserFactory(name="Bob Prøvesen")
    named("Alices", owner=alice)
    named("Bobs", owner=bob)
    assert names(web.get(url("portfolio"))) == ["Alices"]
    AbsenceFactory(user=bob, cover=alice)
    response = web.get(url("portfolio"))
    assert names(response) == ["Alices", "Bobs"]
    assert "for Bob Prøvesen" in response.content.decode()
    assert names(web.get(url("portfolio"), {"owner": bob.pk})) == ["Bobs"]


def test_a_manager_sees_a_line_for_each_portfolio_and_opens_one(client, manager, alice):
    visited(named("Sen", owner=alice, level="partnership"), 400)
    named("Ny", owner=alice)
    client.force_login(manager)
    response = client.get(url("portfolio"))
    assert [(row["owner__name"], row["n"], row["late"]) for row in response.context["rows"]] == [
        ("Alice Prøvesen", 2, 1)
    ]
    response = client.get(url("portfolio"), {"owner": alice.pk, "show": "late"})
    assert names(response) == ["Sen"]
    assert "<h1>Alice Prøvesen</h1>" in response.content.decode()


@pytest.mark.parametrize("owner", ["x", "987654321", "9" * 30])
def test_a_portfolio_of_nobody_is_not_found(web, owner):
    assert web.get(url("portfolio"), {"owner": owner}).status_code == 404


def test_a_portfolio_asks_as_often_for_thirty_rows_as_for_one(
    web, alice, django_assert_max_num_queries
):
    visited(named("A", owner=alice), 10)
    with django_assert_max_num_queries(8) as one:
        web.get(url("portfolio"))
    for number in range(24):
        visited(named(f"B{number}", owner=alice, town=f"By {number}"), 10)
    with django_assert_max_num_queries(8) as many:
        web.get(url("portfolio"))
    assert len(many) == len(one)


def test_a_row_of_a_portfolio_leads_on_to_the_next(web, alice):
    for name in ("A", "B"):
        named(name, owner=alice)
    text = web.get(url("portfolio")).content.decode()
    first = Workplace.objects.get(name="A")
    assert f"{url('workplace', first.pk)}?liste=mine&amp;af=2&amp;nr=1" in text
    assert url("workplace", Workplace.objects.get(name="B").pk) in (
        web.get(
            url("workplace", first.pk), {"liste": "mine", "nr": "1", "af": "2"}
        ).content.decode()
    )


def test_the_profile_says_how_often_each_level_asks_for_a_contact(web, alice):
    place = named("A", owner=alice)
    text = web.get(url("profile_edit", place.pk)).content.decode()
    shown = "Contacts a year: passive 2, contact 2, collaboration 4, partnership 4."
    assert shown in text


# Levels and owners to settle


def busy(name="Travl", contacts=2, days=30, **more):
    place = named(name, **more)
    for number in range(contacts):
        visited(place, days + number)
    return place


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({}, True),
        ({"contacts": 1}, False),
        ({"days": 182}, False),  # the second is 183 days old
        ({"days": 180}, True),
        ({"employees": 1}, False),
        ({"employees": None, "employees_low": 2, "employees_high": 4}, True),
        ({"employees": None}, False),
        ({"level": "contact"}, False),
        ({"ceased_on": ago(1)}, False),
    ],
)
def test_the_entry_rule_finds_passive_firms_with_which_much_happens(more, found):
    busy(**more)
    assert for_the_bank(Workplace.objects.all(), timezone.localdate()).exists() is found


def test_a_note_to_ourselves_and_a_deleted_visit_are_no_contacts():
    place = busy(contacts=1)
    visited(place, 20, kind="note")
    visited(place, 10, removed_at=timezone.now())
    assert not for_the_bank(Workplace.objects.all(), timezone.localdate()).exists()


def test_a_level_and_an_owner_are_set_in_one_tap_and_taken_back(web, alice):
    place = busy()
    said = {"level": "contact", "owner": alice.pk, "seen": "passive-", "back": "busy"}
    response = web.post(url("relation_set", place.pk), said)
    assert response["Location"] == url("bank_check") + "?which=busy"
    place.refresh_from_db()
    assert (place.level, place.owner, place.owner_since) == (
        "contact",
        alice,
        timezone.localdate(),
    )
    event = Event.objects.get(action="relation_set")
    web.post(url("relation_undo", event.pk))
    place.refresh_from_db()
    assert (place.level, place.owner, place.owner_since) == ("passive", None, None)


def test_a_row_that_somebody_changed_meanwhile_is_left_alone(web, alice):
    place, bob = busy(), UserFactory(name="Bob Prøvesen")
    actions.set_owner(workplace=place, owner=bob, by=bob)
    said = {"level": "contact", "owner": alice.pk, "seen": "passive-"}
    response = web.post(url("relation_set", place.pk), said, follow=True)
    assert "Somebody has changed Travl meanwhile." in response.content.decode()
    place.refresh_from_db()
    assert (place.level, place.owner) == ("passive", bob)


def test_undo_leaves_alone_what_somebody_changed_since(web, alice):
    place = busy()
    said = {"level": "contact", "owner": alice.pk, "seen": "passive-"}
    web.post(url("relation_set", place.pk), said)
    place.refresh_from_db()
    actions.set_level(workplace=place, level="partnership", by=alice)
    web.post(url("relation_undo", Event.objects.get(action="relation_set").pk))
    place.refresh_from_db()
    assert (place.level, place.owner) == ("partnership", alice)


@pytest.mark.parametrize(
    "said", [{"level": "contact"}, {"level": "x", "owner": "1"}, {"level": "contact", "owner": "0"}]
)
def test_a_level_without_an_owner_is_refused(web, said):
    place = busy()
    response = web.post(url("relation_set", place.pk), {"seen": "passive-", **said}, follow=True)
    assert "Choose a level, and an owner" in response.content.decode()
    place.refresh_from_db()
    assert place.level == "passive"


def test_not_now_takes_a_firm_off_the_list_for_the_month(web):
    place, today = busy(), timezone.localdate()
    web.post(url("bank_later", place.pk))
    assert AnsweredSuggestion.objects.get().occasion == bank_occasion(today)
    assert names(web.get(url("bank_check"))) == []
    next_month = today.replace(day=1) + timedelta(days=32)
    assert for_the_bank(Workplace.objects.all(), next_month).exists()
    web.post(url("bank_again", place.pk))
    assert names(web.get(url("bank_check"))) == ["Travl"]


def test_a_consultant_settles_their_own_and_nobodys_a_manager_all(web, client, manager, alice):
    busy("Min", owner=alice)
    busy("Ingens")
    busy("En andens", owner=UserFactory())
    assert names(web.get(url("bank_check"))) == ["Ingens", "Min"]
    client.force_login(manager)
    assert names(client.get(url("bank_check"))) == ["En andens", "Ingens", "Min"]


def test_those_without_an_owner_and_ceased_ones_have_lists_of_their_own(web, alice):
    named("Uden", level="contact")
    named("Passiv")
    ceased = named("Ophørt", level="partnership", owner=alice, ceased_on=ago(3))
    assert [p.name for p in without_owner(Workplace.objects.all())] == ["Uden"]
    assert [p.name for p in ceased_but_kept(Workplace.objects.all())] == ["Ophørt"]
    assert names(web.get(url("bank_check"), {"which": "ownerless"})) == ["Uden"]
    said = {"level": "passive", "seen": f"partnership-{alice.pk}", "back": "ceased"}
    web.post(url("relation_set", ceased.pk), said)
    ceased.refresh_from_db()
    assert (ceased.level, ceased.owner) == ("passive", None)
    assert names(web.get(url("bank_check"), {"which": "ceased"})) == []


@pytest.mark.parametrize("which", ["busy", "ownerless", "ceased"])
def test_the_lists_to_settle_ask_as_often_for_many(
    client, manager, which, django_assert_max_num_queries
):
    def one_of_each(name):
        busy(f"T{name}", owner=UserFactory())
        named(f"U{name}", level="contact")
        named(f"O{name}", owner=UserFactory(), ceased_on=ago(1))

    client.force_login(manager)
    one_of_each("1")
    with django_assert_max_num_queries(8) as one:
        client.get(url("bank_check"), {"which": which})
    for number in range(3):
        one_of_each(f"2{number}")
    with django_assert_max_num_queries(8) as many:
        client.get(url("bank_check"), {"which": which})
    assert len(many) == len(one)

"""Workplaces that change hands: the list, the joint round, handing over and taking it back."""

import uuid
from datetime import time, timedelta

import pdfua
import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Event, Notice
from cabi_crm.db import local_moment
from companies import actions
from companies.documents.portfolio import handover_pdf
from companies.models import Activity, Handover, Task, Workplace
from partnerships.actions import start_agreement
from partnerships.models import AgreementTemplate
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.pdf.paperkit import page_count
from tests.pdf.paperkit import text as text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def bob():
    return UserFactory(name="Bob Prøvesen", language="en")


@pytest.fixture
def manager():
    return UserFactory(name="Mona Prøvesen", role=Role.MANAGER, language="en")


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


# Beginning


def test_all_workplaces_some_towns_or_ticked_ones_come_on_the_list(web, alice, bob):
    named("A", alice, town="Korsør")
    named("B", alice, town="Slagelse")
    ticked = named("C", alice, town="Slagelse")
    named("D", bob)
    for said, shown in (
        ({"which": "ticked", "places": [ticked.pk]}, ["C"]),
        ({"which": "towns", "towns": ["Korsør"]}, ["A"]),
        ({"which": "all"}, ["B"]),  # the others stand on an open handover
    ):
        web.post(url("handover_new"), {"taker": bob.pk, "submission": uuid.uuid4(), **said})
        items = Handover.objects.first().items.all()
        assert [item.workplace.name for item in items] == shown


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"which": "towns"}, "towns"),
        ({"which": "ticked"}, "places"),
        ({"which": "all", "taker": ""}, "taker"),
        ({"which": "all", "note": "Borgeren 010190-1234"}, "note"),
    ],
)
def test_what_is_missing_is_said_at_its_field(web, alice, bob, said, field):
    named("A", alice)
    response = web.post(url("handover_new"), {"taker": bob.pk, **said})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_sent_twice_it_is_begun_once(web, alice, bob):
    named("A", alice)
    said = {"taker": bob.pk, "which": "all", "submission": uuid.uuid4()}
    for _time in range(2):
        web.post(url("handover_new"), said)
    assert Handover.objects.count() == 1


def test_a_manager_hands_over_for_somebody_who_has_left(client, manager, alice, bob):
    named("A", alice)
    alice.is_active = False
    alice.save()
    client.force_login(manager)
    assert "Alice Prøvesen" in client.get(url("handover_new")).content.decode()
    said = {"taker": bob.pk, "which": "all"}
    client.post(f"{url('handover_new')}?giver={alice.pk}", said)
    handover = Handover.objects.get()
    assert (handover.giver, handover.taker) == (alice, bob)
    client.post(url("handover_check", handover.pk))
    assert places_of(bob) == ["A"]


# The list


def test_the_list_says_what_the_new_owner_must_know(web, alice, bob):
    place = named("A", alice)
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    for number in range(4):
        ActivityFactory(
            workplace=place,
            user=alice,
            note=f"Notat {number}",
            starts_at=timezone.now() - timedelta(days=number + 1),
        )
    ActivityFactory(workplace=place, user=alice, planned=True, note="Ring om praktik")
    Task.objects.create(
        workplace=place, user=alice, text="Send brev", due_on=timezone.localdate(), is_promise=True
    )
    start_agreement(workplace=place, by=alice, template=AgreementTemplate.objects.first())
    handover = begun(alice, bob, note="Pas godt på dem.")
    text = web.get(url("handover", handover.pk)).content.decode()
    for shown in (
        "Bo Hansted",
        "Notat 0",
        "Notat 2",
        "Ring om praktik",
        "Send brev",
        "Agreement 2",
    ):
        assert shown in text, shown
    assert "Notat 3" not in text
    assert "Pas godt på dem." in text


def test_notes_and_days_are_kept_and_a_day_to_come_is_refused(web, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    item = handover.items.get()
    said = {f"note-{item.pk}": "Spørg efter Bo", f"told-{item.pk}": "01.10.2026"}
    web.post(url("handover", handover.pk), said)
    item.refresh_from_db()
    assert (item.note, str(item.told_on)) == ("Spørg efter Bo", "2026-10-01")
    tomorrow = timezone.localdate() + timedelta(days=1)
    said = {f"note-{item.pk}": "Andet", f"told-{item.pk}": tomorrow.strftime("%d.%m.%Y")}
    response = web.post(url("handover", handover.pk), said)
    assert response.status_code == 422
    assert "This day is still to come." in response.content.decode()
    assert "Andet" in response.content.decode()


def test_a_workplace_is_taken_off_the_list_and_put_back(web, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    item = handover.items.get()
    said = {"remove": item.pk, f"note-{item.pk}": "Spørg efter Bo"}
    web.post(url("handover", handover.pk), said)
    assert not handover.items.kept().exists()
    item.refresh_from_db()
    assert item.note == "Spørg efter Bo"
    web.post(url("handover_item_restore", item.pk))
    assert handover.items.kept().get() == item


def test_the_list_asks_as_often_for_many_as_for_one(web, alice, bob, django_assert_max_num_queries):
    for name in "AB":
        named(name, alice)
    one = begun(alice, bob)
    with django_assert_max_num_queries(14) as few:
        web.get(url("handover", one.pk))
    for number in range(9):
        place = named(f"C{number}", alice)
        ContactPersonFactory(workplace=place)
        ActivityFactory(workplace=place, user=alice, note="Notat")
        ActivityFactory(workplace=place, user=alice, planned=True)
    many = begun(alice, bob)
    with django_assert_max_num_queries(14) as more:
        web.get(url("handover", many.pk))
    assert len(more) <= len(few) + 1  # the page's count


def test_the_taker_reads_and_changes_nothing_and_others_see_nothing(client, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    client.force_login(bob)
    page = client.get(url("handover", handover.pk))
    assert page.status_code == 200
    assert "Drop the handover" not in page.content.decode()
    assert client.post(url("handover", handover.pk)).status_code == 404
    assert client.post(url("handover_check", handover.pk)).status_code == 404
    assert client.get(url("handover_pdf", handover.pk)).status_code == 200
    client.force_login(UserFactory())
    for name in ("handover", "handover_pdf", "handover_check"):
        assert client.get(url(name, handover.pk)).status_code == 404


# The joint round


def test_the_round_is_planned_along_the_road_with_a_break_and_taken_back(web, alice, bob):
    for name, town, street in (
        ("C", "Slagelse", "Åvej 1"),
        ("A", "Korsør", "Havnen 1"),
        ("B", "Slagelse", "Ahorn 2"),
    ):
        named(name, alice, town=town, street=street)
    handover = begun(alice, bob)
    day = timezone.localdate() + timedelta(days=7)
    said = {
        "on": day.strftime("%d.%m.%Y"),
        "at": "10.00",
        "minutes": "60",
        "items": [item.pk for item in handover.items.all()],
    }
    web.post(url("handover_round", handover.pk), said)
    visits = Activity.objects.open().order_by("starts_at")
    assert [(v.workplace.name, timezone.localtime(v.starts_at).time()) for v in visits] == [
        ("A", time(10)),
        ("B", time(11)),
        ("C", time(12, 30)),
    ]
    assert {visit.user for visit in visits} == {alice}
    assert "Alice Prøvesen introduces Bob Prøvesen" in visits[0].note
    assert Notice.objects.get(recipient=bob).link == url("handover", handover.pk)
    web.post(url("handover_round", handover.pk), said | {"at": "9.00"})  # moved, not doubled
    assert Activity.objects.open().count() == 3
    web.post(url("handover_round_cancel", handover.pk))
    assert not Activity.objects.open().exists()


def test_more_visits_than_a_day_holds_are_refused(web, alice, bob):
    for number in range(9):
        named(f"A{number}", alice)
    handover = begun(alice, bob)
    said = {
        "on": (timezone.localdate() + timedelta(days=7)).strftime("%d.%m.%Y"),
        "at": "9.00",
        "minutes": "60",
        "items": [item.pk for item in handover.items.all()],
    }
    response = web.post(url("handover_round", handover.pk), said)
    assert response.status_code == 422
    assert "there is room for 6 visits" in response.content.decode()


# Handing over


def test_all_change_hands_at_once_with_what_is_open_there(web, alice, bob):
    place = named("A", alice, owner_since=timezone.localdate() - timedelta(days=90))
    plan = ActivityFactory(workplace=place, user=alice, planned=True)
    held = ActivityFactory(workplace=place, user=alice)
    carols = ActivityFactory(workplace=place, user=UserFactory(), planned=True)
    task = Task.objects.create(
        workplace=place, user=alice, text="Send brev", due_on=timezone.localdate()
    )
    agreement = start_agreement(
        workplace=place, by=alice, template=AgreementTemplate.objects.first()
    )
    handover = begun(alice, bob)
    web.post(url("handover_check", handover.pk))
    for row in (place, plan, held, carols, task, agreement, handover):
        row.refresh_from_db()
    assert (place.owner, place.owner_since) == (bob, timezone.localdate())
    assert (plan.user, held.user, task.user, agreement.owner) == (bob, alice, bob, bob)
    assert carols.user not in (alice, bob)
    assert (handover.status, handover.finished_at is None) == ("done", False)
    assert Notice.objects.filter(recipient=bob).count() == 1
    assert Event.objects.filter(action="owner_changed").count() == 1
    assert Event.objects.filter(action="handover_finished").count() == 1


def test_taken_back_everything_is_as_before(web, alice, bob):
    since = timezone.localdate() - timedelta(days=90)
    place = named("A", alice, owner_since=since)
    plan = ActivityFactory(workplace=place, user=alice, planned=True)
    agreement = start_agreement(
        workplace=place, by=alice, template=AgreementTemplate.objects.first()
    )
    handover = begun(alice, bob)
    web.post(url("handover_check", handover.pk))
    web.post(url("handover_undo", handover.pk))
    for row in (place, plan, agreement, handover):
        row.refresh_from_db()
    assert (place.owner, place.owner_since) == (alice, since)
    assert (plan.user, agreement.owner) == (alice, alice)
    assert (handover.status, handover.finished_at) == ("open", None)


def test_a_workplace_with_another_owner_by_now_is_left_alone_and_named(web, alice, bob):
    carol = UserFactory()
    moved = named("Flyttet", alice)
    named("A", alice)
    handover = begun(alice, bob)
    actions.set_owner(workplace=moved, owner=carol, by=carol)
    assert "Flyttet" in web.get(url("handover_check", handover.pk)).content.decode()
    response = web.post(url("handover_check", handover.pk), follow=True)
    assert "they have another owner by now: Flyttet." in response.content.decode()
    assert (places_of(bob), places_of(carol)) == (["A"], ["Flyttet"])


def test_undo_leaves_alone_and_names_what_was_changed_since(web, alice, bob):
    changed = named("Flyttet", alice)
    named("A", alice)
    handover = begun(alice, bob)
    web.post(url("handover_check", handover.pk))
    carol = UserFactory()
    changed.refresh_from_db()
    actions.set_owner(workplace=changed, owner=carol, by=carol)
    response = web.post(url("handover_undo", handover.pk), follow=True)
    assert "another owner by now: Flyttet." in response.content.decode()
    assert (places_of(alice), places_of(carol)) == (["A"], ["Flyttet"])


def test_handed_over_twice_it_happens_once(web, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    web.post(url("handover_check", handover.pk))
    answer = web.post(url("handover_check", handover.pk))
    assert answer["Location"] == url("handover", handover.pk)
    assert actions.finish_handover(handover=handover, by=alice) == actions.Moved(0, [])
    assert Event.objects.filter(action="handover_finished").count() == 1


def test_dropped_nothing_changes_and_it_can_be_taken_up_again(web, alice, bob):
    named("A", alice)
    handover = begun(alice, bob)
    web.post(url("handover_drop", handover.pk))
    handover.refresh_from_db()
    assert (handover.status, places_of(alice)) == ("dropped", ["A"])
    assert web.post(url("handover_check", handover.pk)).status_code == 404
    web.post(url("handover_resume", handover.pk))
    handover.refresh_from_db()
    assert handover.status == "open"


# On paper


def test_the_paper_says_everything_in_both_languages_and_is_tagged(tmp_path, alice, bob):
    place = named("Ålykke Café", alice, town="Korsør")
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    ActivityFactory(workplace=place, user=alice, note="Vil gerne have én mere.")
    handover = begun(alice, bob)
    item = handover.items.get()
    actions.note_handover(handover=handover, said={item.pk: ("Spørg efter Bo", None)}, by=alice)
    day = timezone.localdate() + timedelta(days=7)
    item.refresh_from_db()
    actions.plan_round(handover=handover, visits=[(item, local_moment(day, time(10)))], by=alice)
    pdf = handover_pdf(handover, "en")
    text = text_of(pdf)
    for shown in (
        "Handover list",
        "From Alice Prøvesen to Bob Prøvesen",
        "1. Ålykke Café",
        "Bo Hansted, 10 20 30 41",
        "Spørg efter Bo",
        "Vil gerne have én mere.",
        "10:00",
    ):
        assert shown in text, shown
    danish = handover_pdf(handover, "da")
    assert "Overdragelsesliste" in text_of(danish)
    assert handover_pdf(handover, "da") == danish
    path = tmp_path / "liste.pdf"
    path.write_bytes(danish)
    assert [(f.rule_id, f.message) for f in pdfua.validate(path).findings] == []


def test_a_long_list_goes_on_to_more_pages(alice, bob):
    for number in range(30):
        named(f"Firma {number:02}", alice)
    pdf = handover_pdf(begun(alice, bob), "da")
    assert page_count(pdf) > 1
    assert "30. Firma 29" in text_of(pdf)

"""Tasks: noted, ticked off, moved and deleted, each with undo; nobody touches a private one."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Absence, Event
from cabi_crm.db import local_moment
from companies import actions
from companies.models import Task
from tests.factories import CompanyFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel(local_moment(FRIDAY).replace(hour=9), tick=False):
        yield


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="da")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def task(by, text="Send papirerne", due_on=FRIDAY, **more):
    return actions.add_task(text=text, due_on=due_on, by=by, **more)


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ({"due_in": "today"}, FRIDAY),
        ({"due_in": "tomorrow"}, FRIDAY + timedelta(days=3)),
        ({"due_in": "next_week"}, FRIDAY + timedelta(days=3)),
        ({"due_in": "date", "due_on": "24.12.2026"}, date(2026, 12, 24)),
        ({"due_on": "24.12.2026"}, date(2026, 12, 24)),
    ],
)
def test_a_task_is_noted_for_a_day(web, alice, said, due):
    web.post(url("task_new"), {"text": "Send papirerne", **said})
    made = Task.objects.get()
    assert (made.user, made.text, made.due_on, made.workplace) == (
        alice,
        "Send papirerne",
        due,
        None,
    )


def test_a_promise_belongs_to_its_firm_and_leads_back_there(web):
    place = WorkplaceFactory(company=CompanyFactory(name="Auto A"))
    address = f"{url('task_new')}?workplace={place.pk}"
    assert "Auto A" in web.get(address).content.decode()
    response = web.post(address, {"text": "Ring", "due_in": "today", "is_promise": "on"})
    assert response["Location"] == url("workplace", place.pk)
    assert Task.objects.get().is_promise
    assert "Lovet til" in web.get(url("tasks")).content.decode()


def test_a_form_sent_twice_makes_one_task(web):
    said = {"text": "Ring", "due_in": "today", "submission": str(uuid.uuid4())}
    web.post(url("task_new"), said)
    web.post(url("task_new"), said)
    assert Task.objects.count() == 1
    assert Event.objects.filter(action="task_added").count() == 1


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"due_in": "today"}, {"text"}),
        ({"text": "Ring"}, {"due_in"}),
        ({"text": "Ring", "due_in": "date"}, {"due_on"}),
        ({"text": "Ring", "due_in": "date", "due_on": "en fredag"}, {"due_on"}),
        ({"text": "Ring 010190-1234", "due_in": "today"}, {"text"}),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(web, said, names):
    response = web.post(url("task_new"), said)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == names
    assert said.get("due_on", "") in response.content.decode()
    assert not Task.objects.exists()


def test_done_in_one_tap_and_undone(web, alice):
    made = task(alice)
    response = web.post(url("task_done", made.pk), {"next": "/"}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/", 302)]
    assert "Opgaven er klaret." in page
    made.refresh_from_db()
    assert made.done_at
    undo = f"{url('task_reopen', made.pk)}?next=%2F"
    assert f'action="{undo}"' in page
    assert web.post(undo)["Location"] == "/"
    made.refresh_from_db()
    assert made.done_at is None


def test_moved_in_one_tap_and_back(web, alice):
    made = task(alice)
    web.post(url("task_move", made.pk, "2026-11-30"))
    made.refresh_from_db()
    assert made.due_on == date(2026, 11, 30)
    web.post(url("task_move", made.pk, "2026-11-27"))
    made.refresh_from_db()
    assert made.due_on == FRIDAY
    assert web.post(url("task_move", made.pk, "i-morgen")).status_code == 404


def test_deleted_and_brought_back(web, alice):
    made = task(alice)
    web.post(url("task_remove", made.pk))
    assert web.get(url("task_edit", made.pk)).status_code == 404
    web.post(url("task_restore", made.pk))
    assert web.get(url("task_edit", made.pk)).status_code == 200


def test_an_edit_names_what_changed(web, alice):
    made = task(alice)
    web.post(url("task_edit", made.pk), {"text": "Send dem nu", "due_in": "today"})
    made.refresh_from_db()
    assert made.text == "Send dem nu"
    assert Event.objects.get(action="task_edited").changes == {"fields": ["text"]}


def test_it_leads_back_to_our_own_pages_only(web, alice):
    made = task(alice)
    sent = web.post(url("task_done", made.pk), {"next": "https://evil.invalid/"})
    assert sent["Location"] == url("tasks")


def test_a_private_task_is_its_owners_and_their_covers(client, alice):
    bob, private = UserFactory(), task(alice)
    firms = task(alice, workplace=WorkplaceFactory())
    client.force_login(bob)
    assert client.post(url("task_done", private.pk)).status_code == 404
    assert client.post(url("task_done", firms.pk)).status_code == 302
    Absence.objects.create(user=alice, starts_on=FRIDAY, ends_on=FRIDAY, cover=bob)
    assert private.text in client.get(url("tasks")).content.decode()
    assert client.post(url("task_done", private.pk)).status_code == 302


def test_a_reader_has_no_tasks(client, alice):
    client.force_login(UserFactory(role=Role.READER))
    assert client.get(url("tasks")).status_code == 404
    assert (
        client.post(url("task_done", task(alice, workplace=WorkplaceFactory()).pk)).status_code
        == 404
    )


def test_the_list_asks_as_often_for_many(web, alice, django_assert_max_num_queries):
    task(alice, workplace=WorkplaceFactory())
    with django_assert_max_num_queries(8) as one:
        web.get(url("tasks"))
    for _ in range(20):
        task(alice, workplace=WorkplaceFactory())
        actions.finish_task(task=task(alice, workplace=WorkplaceFactory()), by=alice)
    with django_assert_max_num_queries(8) as many:
        web.get(url("tasks"))
    assert len(many) == len(one)

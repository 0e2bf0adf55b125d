"""Service given and the time it took: noted in two taps, summed, deleted and brought back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from companies.documents.service import time_spent
from companies.models import ServiceEntry
from tests.factories import UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def place():
    return WorkplaceFactory()


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def said(web, place, **more):
    form = web.get(url("service", place.pk)).context["form"]
    sent = {"submission": form["submission"].value(), "on": timezone.localdate().isoformat()}
    return {**sent, "kind": "advice", "time": "30", **more}


def test_service_is_noted_once_and_can_be_undone(web, alice, place):
    data = said(web, place, note="Om fleksjob")
    for _ in range(2):
        text = web.post(url("service_new", place.pk), data, follow=True).content.decode()
    entry = ServiceEntry.objects.get()
    assert (entry.user, entry.kind, entry.minutes, entry.note) == (
        alice, "advice", 30, "Om fleksjob",
    )  # fmt: skip
    assert "Om fleksjob" in text
    web.post(url("service_remove", entry.pk))
    assert not ServiceEntry.objects.kept().exists()
    assert "Om fleksjob" not in web.get(url("service", place.pk)).content.decode()
    web.post(url("service_restore", entry.pk))
    assert ServiceEntry.objects.kept().get() == entry


def test_typed_minutes_count_before_a_tapped_time(web, place):
    web.post(url("service_new", place.pk), said(web, place, minutes="95"))
    assert ServiceEntry.objects.get().minutes == 95


@pytest.mark.parametrize(
    "wrong",
    [
        {"time": ""},
        {"kind": ""},
        {"minutes": "1441"},
        {"minutes": "0", "time": ""},
        {"on": "1.1.2100"},
        {"note": "010190-1234"},
    ],
)
def test_what_is_refused_keeps_what_was_typed(web, place, wrong):
    answer = web.post(url("service_new", place.pk), said(web, place, **{"note": "Husk", **wrong}))
    assert answer.status_code == 422
    assert wrong.get("note", "Husk") in answer.content.decode()
    assert not ServiceEntry.objects.exists()


def test_the_time_is_summed_by_kind_for_the_year_and_in_all(alice, place):
    today = timezone.localdate().replace(month=6, day=1)
    before = today.replace(month=1, day=1) - timedelta(days=1)
    entries = place.service_entries
    rows = [("advice", 30, today), ("advice", 45, today), ("recruiting", 60, before)]
    for kind, minutes, on in rows:
        entries.create(user=alice, kind=kind, minutes=minutes, on=on)
    entries.create(user=alice, kind="other", minutes=500, on=today, removed_at=timezone.now())
    spent = time_spent(place, today)
    assert [(each.kind, each.time) for each in spent.kinds] == [("advice", spent.this_year)]
    assert (spent.this_year, spent.in_all) == ("1 time 15 min.", "2 timer 15 min.")


def test_a_reader_sees_the_time_and_notes_none(client, alice, place):
    place.service_entries.create(user=alice, kind="advice", minutes=30, on=timezone.localdate())
    client.force_login(UserFactory(role=Role.READER, language="en"))
    answer = client.get(url("service", place.pk))
    assert "Advice on schemes" in answer.content.decode()
    assert url("service_new", place.pk) not in answer.content.decode()
    assert client.post(url("service_new", place.pk)).status_code == 404

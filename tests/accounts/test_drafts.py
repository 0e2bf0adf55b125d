"""What is typed and not yet saved: kept for its owner alone, refused when it may not be kept."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Draft, Event
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TYPED = [["note", "Vil gerne have én mere."], ["seen", "stock"], ["seen", "office"]]


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def keep(web, values, form="visit-w1"):
    body = values if isinstance(values, bytes) else json.dumps(values).encode()
    return web.post(reverse("accounts:draft", args=[form]), body, content_type="application/json")


def test_what_is_typed_is_kept_and_the_hour_is_said(web, alice):
    answer = keep(web, TYPED)
    draft = Draft.objects.get()
    assert (answer.status_code, draft.user, draft.form) == (200, alice, "visit-w1")
    assert draft.values == TYPED
    assert answer.json()["text"].startswith("Draft saved")


def test_what_is_typed_later_takes_its_place(web):
    keep(web, TYPED)
    keep(web, [["note", "Nej."]])
    assert [draft.values for draft in Draft.objects.all()] == [[["note", "Nej."]]]


def test_nothing_typed_any_more_throws_the_draft_away(web):
    keep(web, TYPED)
    assert keep(web, []).json() == {"text": ""}
    assert not Draft.objects.exists()


def test_a_pause_in_typing_is_no_event(web):
    before = Event.objects.count()
    keep(web, TYPED)
    assert Event.objects.count() == before


def test_something_like_a_cpr_number_is_not_kept_and_what_was_kept_stays(web):
    keep(web, TYPED)
    answer = keep(web, [["note", "Hun hedder 010190-1234"]])
    assert answer.status_code == 422
    assert "CPR" in answer.json()["text"]
    assert Draft.objects.get().values == TYPED


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{}",
        b'"note"',
        b"[1]",
        b'[["note"]]',
        b'[["note", 1]]',
        b'[["note", null]]',
        b"[" * 50_000,
        json.dumps([["note", "x" * 60_001]]).encode(),
        json.dumps([["note", ""]] * 401).encode(),
    ],
)
def test_what_no_form_holds_is_refused(web, body):
    assert keep(web, body).status_code == 400
    assert not Draft.objects.exists()


def test_signs_that_no_database_keeps_are_left_out(web):
    assert keep(web, b'[["note", "a\\u0000b\\ud800c"]]').status_code == 200
    assert Draft.objects.get().values == [["note", "abc"]]


def test_nobody_reaches_the_draft_of_another(web, alice):
    bob = UserFactory()
    actions.keep_draft(form="visit-w1", values=[("note", "Bobs")], by=bob)
    keep(web, TYPED)
    web.post(reverse("accounts:draft_drop", args=["visit-w1"]))
    assert [(draft.user, draft.values) for draft in Draft.objects.all()] == [
        (bob, [["note", "Bobs"]])
    ]
    assert Draft.objects.begun(alice, "visit-w1").pk is None


def test_throwing_away_leads_back_to_the_form_and_nowhere_else(web):
    keep(web, TYPED)
    address = reverse("accounts:draft_drop", args=["visit-w1"])
    assert web.post(f"{address}?next=/virksomheder/").url == "/virksomheder/"
    assert not Draft.objects.exists()
    assert web.post(f"{address}?next=https://example.org/").url == "/"


def test_a_form_with_a_name_no_form_has_is_not_there(web):
    for length, status in ((80, 200), (81, 404), (2000, 404)):
        assert keep(web, TYPED, form="a" * length).status_code == status
    address = reverse("accounts:draft_drop", args=["a" * 81])
    assert web.post(address).status_code == 404
    assert [len(draft.form) for draft in Draft.objects.all()] == [80]


def test_old_drafts_are_thrown_away(alice):
    draft = actions.keep_draft(form="visit-w1", values=TYPED, by=alice)
    actions.keep_draft(form="visit-w2", values=TYPED, by=alice)
    Draft.objects.filter(pk=draft.pk).update(saved_at=timezone.now() - timedelta(days=31))
    gone = actions.purge_drafts(older_than=timezone.now() - timedelta(days=30))
    assert gone == 1
    assert [draft.form for draft in Draft.objects.all()] == ["visit-w2"]


def test_a_stranger_keeps_nothing(client):
    assert keep(client, TYPED).status_code == 302
    assert not Draft.objects.exists()

"""The visit log in full: tasks with more to say, an offer after a no, what comes next."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.actions import keep_draft
from accounts.models import Draft
from companies.models import Activity, TaskOpportunity
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def place():
    return WorkplaceFactory()


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def log(web, place, **said):
    day = {"kind": "visit", "on": timezone.localdate().isoformat(), "at": "0.01"}
    return web.post(url("log_visit", place.pk), {**day, "outcome": "positive", **said})


def test_a_task_is_said_more_about(web, place):
    log(
        web,
        place,
        **{
            "seen": ["stock", "office"],
            "task-stock-title": "Optælling",
            "task-stock-hours_a_week": "7,5",
            "task-stock-season": "Januar",
            "task-stock-skills": "Kan læse tal",
            "task-kitchen-title": "Ikke valgt",
        },
    )
    found = TaskOpportunity.objects.order_by("area").values_list(
        "area", "title", "hours_a_week", "season", "skills"
    )
    assert list(found) == [
        ("office", "", None, "", ""),
        ("stock", "Optælling", Decimal("7.5"), "Januar", "Kan læse tal"),
    ]


def test_what_was_said_about_a_task_is_there_when_it_is_edited(web, place):
    log(web, place, **{"seen": ["stock"], "task-stock-title": "Optælling"})
    visit = Activity.objects.get()
    assert 'value="Optælling"' in web.get(url("activity_edit", visit.pk)).content.decode()
    again = {"kind": "visit", "on": timezone.localdate().isoformat(), "outcome": "positive"}
    web.post(url("activity_edit", visit.pk), {**again, "seen": ["stock"]})
    assert TaskOpportunity.objects.get().title == ""


def test_hours_nobody_works_are_refused_at_their_field(web, place):
    response = log(web, place, **{"seen": ["stock"], "task-stock-hours_a_week": "99"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"task-stock-hours_a_week"}


@pytest.fixture
def refused(place):
    """A workplace that said no for now a while ago."""
    day = timezone.now() - timedelta(days=40)
    return_on = timezone.localdate() - timedelta(days=2)
    ActivityFactory(workplace=place, outcome="not_now", return_on=return_on, starts_at=day)
    return place


def test_after_a_no_an_offer_is_asked_for_once(web, refused):
    assert "What did you bring this time?" in web.get(url("log_visit", refused.pk)).content.decode()
    response = log(web, refused, note="Kaffe og en snak")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"offer"}
    assert "Kaffe og en snak" in response.content.decode()
    log(web, refused, note="Kaffe og en snak", offer="Tre timer om ugen på lageret")
    assert Activity.objects.newest_first().first().offer == "Tre timer om ugen på lageret"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"no_offer": "listened"}, "I came to listen"),
        ({"no_offer": "other", "no_offer_because": "Chefen var syg"}, "Chefen var syg"),
        ({"no_offer_because": "Chefen var syg"}, "Chefen var syg"),
        ({"later": "1"}, ""),
        ({"offer": "Én til", "no_offer": "listened"}, ""),
    ],
)
def test_the_offer_can_be_left_out(web, refused, said, kept):
    assert log(web, refused, **said).status_code == 302
    visit = Activity.objects.newest_first().first()
    assert (visit.no_offer_because, visit.finish_later) == (kept, "later" in said)


def test_a_not_now_sent_twice_is_not_asked_for_an_offer(web, place):
    said = {"outcome": "not_now", "return_in": "1m", "submission": str(uuid.uuid4())}
    assert [log(web, place, **said).status_code for _ in range(2)] == [302, 302]
    assert Activity.objects.held().count() == 1


def test_another_reason_is_a_reason(web, refused):
    response = log(web, refused, no_offer="other")
    assert set(response.context["form"].errors) == {"no_offer_because"}


@pytest.mark.parametrize("kind", ["call", "email", "note"])
def test_only_a_visit_or_a_meeting_brings_something(web, refused, kind):
    assert log(web, refused, kind=kind).status_code == 302


def test_without_a_no_nothing_is_asked(web, place):
    assert log(web, place).status_code == 302


def test_what_waits_is_asked_when_it_is_finished(web, refused):
    log(web, refused, later="1")
    visit = Activity.objects.unfinished().get()
    again = {"kind": "visit", "on": timezone.localdate().isoformat(), "at": "0.01"}
    response = web.post(url("activity_edit", visit.pk), {**again, "outcome": "positive"})
    assert set(response.context["form"].errors) == {"offer"}
    web.post(url("activity_edit", visit.pk), {**again, "outcome": "positive", "offer": "Én til"})
    assert not Activity.objects.unfinished().exists()


def test_after_saving_a_call_is_planned_in_one_tap(web, place):
    response = log(web, place)
    visit = Activity.objects.get()
    assert response.url == f"{url('workplace', place.pk)}?gemt={visit.pk}"
    text = web.get(response.url).content.decode()
    assert f'action="{url("next_step", visit.pk)}"' in text
    response = web.post(url("next_step", visit.pk), {"step": "2w"}, follow=True)
    step = Activity.objects.open().get()
    assert step.follows == visit
    assert f'action="{url("activity_remove", step.pk)}"' in response.content.decode()
    undo = url("activity_remove", step.pk)
    again = web.post(url("next_step", visit.pk), {"step": "1m"}, follow=True).content.decode()
    assert Activity.objects.open().get().starts_at == step.starts_at
    day = date_format(timezone.localdate(step.starts_at), "l j. F")
    assert f"The next step stands already: Phone call {day}." in again
    assert f'action="{undo}"' not in again


def test_nothing_is_asked_when_the_next_step_stands(web, place):
    response = log(web, place, next_step="1w")
    assert "What is next" not in web.get(response.url).content.decode()


def test_no_step_comes_from_nonsense(web, place):
    log(web, place)
    web.post(url("next_step", Activity.objects.get().pk), {"step": "9y"})
    assert not Activity.objects.open().exists()


def test_a_promised_day_in_a_pause_is_said(web, place):
    place.paused_until = timezone.localdate() + timedelta(days=200)
    place.pause_reason = "Flytter"
    place.save()
    response = log(web, place, next_step="1w")
    text = web.get(response.url).content.decode()
    assert "Think about the day of the next step." in text


def test_a_plan_with_an_offer_fills_the_log(web, alice, place):
    plan = ActivityFactory(
        planned=True, workplace=place, user=alice, offer="Én til lageret", starts_at=timezone.now()
    )
    page = web.get(url("log_visit", place.pk), {"plan": plan.pk})
    assert page.context["form"]["offer"].value() == "Én til lageret"


@pytest.mark.parametrize(
    ("asked", "fulfils"),
    [
        ({}, True),
        ({"kind": "visit"}, True),
        ({"kind": "note"}, False),
        ({"kind": "call"}, False),
        ({"kind": "call", "plan": True}, True),
    ],
)
def test_a_plan_is_carried_out_by_its_own_kind_or_when_asked_for(web, alice, place, asked, fulfils):
    plan = ActivityFactory(
        planned=True, workplace=place, user=alice, offer="Én til", starts_at=timezone.now()
    )
    query = {name: plan.pk if name == "plan" else value for name, value in asked.items()}
    form = web.get(url("log_visit", place.pk), query).context["form"]
    assert form["fulfils"].value() is fulfils
    assert form["offer"].value() == ("Én til" if fulfils else "")


def test_of_two_plans_today_the_one_of_the_kind_is_carried_out(web, alice, place):
    today = {"planned": True, "workplace": place, "user": alice}
    now = timezone.now()
    ActivityFactory(**today, starts_at=now - timedelta(minutes=2))
    call = ActivityFactory(**today, kind="call", starts_at=now - timedelta(minutes=1))
    page = web.get(url("log_visit", place.pk), {"kind": "call"})
    assert page.context["plan"] == call


def test_a_draft_is_offered_until_the_visit_is_saved(web, alice, place):
    keep_draft(form=f"visit-w{place.pk}", values=[("note", "Halvt skrevet")], by=alice)
    text = web.get(url("log_visit", place.pk)).content.decode()
    assert "Halvt skrevet" in text
    assert "Delete the draft" in text
    log(web, place)
    assert not Draft.objects.exists()


def test_saving_leaves_a_draft_whose_offer_was_not_answered(web, alice, place):
    keep_draft(form=f"visit-w{place.pk}", values=[("note", "Halvt skrevet")], by=alice)
    refused = web.post(url("log_visit", place.pk), {"draft_offered": "1"})
    assert refused.status_code == 422
    assert "data-draft-offer" in refused.content.decode()
    log(web, place, draft_offered="1")
    assert Draft.objects.get().values == [["note", "Halvt skrevet"]]


def test_a_draft_of_a_workplace_that_is_gone_is_harmless(web, alice):
    keep_draft(form="visit-w999999", values=[("note", "Tabt")], by=alice)
    assert web.get(url("log_visit", 999999)).status_code == 404
    assert web.get(reverse("home")).status_code == 200

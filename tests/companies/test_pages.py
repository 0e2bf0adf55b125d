"""The workplace page and everything that is posted there; the list asks few questions."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import keep_draft
from accounts.enums import Role
from accounts.models import Draft
from companies.models import Activity, ContactPerson, VisitWindow
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def named(name, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), **more)


def furnish(place):
    """Give a workplace some of everything that its page shows."""
    for number in range(3):
        visit = ActivityFactory(workplace=place)
        visit.task_opportunities.create(
            workplace=place, area=("cleaning", "stock", "office")[number]
        )
        visit.leads.create(workplace=place, kind=("mentor", "flexjob", "upskilling")[number])
        ContactPersonFactory(workplace=place)
        ActivityFactory(workplace=place, planned=True)
        WorkplaceFactory(company=place.company)
    VisitWindow.objects.create(workplace=place, weekday=1, part=8)


def test_the_list_asks_as_often_for_three_rows_as_for_one(web, django_assert_max_num_queries):
    furnish(named("Auto A", advertising_protection=True))
    with django_assert_max_num_queries(8) as one:
        web.get(url("list"), {"q": "Auto A", "owner": "nobody"})
    for name in ("Auto B", "Auto C"):
        furnish(named(name, owner=UserFactory()))
    with django_assert_max_num_queries(8) as three:
        web.get(url("list"))
    assert len(three) == len(one)


@pytest.mark.parametrize("name", ["workplace", "history", "contacts"])
def test_the_workplace_page_asks_as_often_for_many_rows(web, name, django_assert_max_num_queries):
    place = named("Auto A")
    ActivityFactory(workplace=place)
    WorkplaceFactory(company=place.company)
    with django_assert_max_num_queries(10) as one:
        web.get(url(name, place.pk))
    furnish(place)
    with django_assert_max_num_queries(10) as many:
        web.get(url(name, place.pk))
    assert len(many) == len(one)


def test_the_workplace_page_shows_what_we_know(web):
    place = named("Auto A", about="Bilværksted", tone="direct")
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    visit = ActivityFactory(workplace=place, note="Vil gerne have én mere.")
    visit.task_opportunities.create(workplace=place, area="cleaning")
    text = web.get(url("workplace", place.pk)).content.decode()
    for shown in (
        "Bilværksted",
        "Direct and brisk",
        "Bo Hansted",
        "10 20 30 41".replace(" ", "\xa0"),
    ):
        assert shown in text, shown
    for shown in (
        "Vil gerne have én mere.",
        "Cleaning",
        'href="tel:10203041"',
        "No backup when Bo",
    ):
        assert shown in text, shown


def test_what_must_be_known_first_is_said(web):
    place = WorkplaceFactory(
        company=CompanyFactory(status="bankruptcy", advertising_protection=True),
        ceased_on=timezone.localdate(),
    )
    text = web.get(url("workplace", place.pk)).content.decode()
    for shown in ("Protected against advertising", "Under bankruptcy", "The workplace ceased on"):
        assert shown in text, shown


def test_a_reader_sees_everything_and_may_change_nothing(client):
    client.force_login(UserFactory(role=Role.READER, language="en"))
    place = named("Auto A")
    ActivityFactory(workplace=place, note="Aftalt prøve")
    text = client.get(url("workplace", place.pk)).content.decode()
    assert "Aftalt prøve" in text
    assert "Log a visit" not in text
    for name in ("log_visit", "profile_edit", "visit_times", "plan", "contact_new"):
        assert client.get(url(name, place.pk)).status_code == 404
        assert client.post(url(name, place.pk)).status_code == 404
    assert client.get(url("log")).status_code == 404


def visit_data(form, **said):
    names = ("kind", "submission")
    data = {name: form[name].value() or "" for name in names}
    data["on"] = timezone.localdate().isoformat()
    return {**data, "at": "9.45", **said}


def test_a_visit_is_saved_and_can_be_undone(web, alice):
    place = named("Auto A")
    form = web.get(url("log_visit", place.pk)).context["form"]
    data = visit_data(form, outcome="positive", next_step="1w")
    response = web.post(url("log_visit", place.pk), data, follow=True)
    visit = Activity.objects.held().get()
    assert (visit.user, visit.outcome) == (alice, "positive")
    assert "The visit is saved." in response.content.decode()
    undo = url("activity_remove", visit.pk)
    assert f'action="{undo}"' in response.content.decode()
    web.post(undo)
    assert not Activity.objects.kept().exists()
    web.post(url("activity_restore", visit.pk))
    assert Activity.objects.kept().count() == 2


def test_the_same_form_sent_twice_is_one_visit(web):
    place = named("Auto A")
    form = web.get(url("log_visit", place.pk)).context["form"]
    data = visit_data(form, outcome="positive")
    for _ in range(2):
        assert web.post(url("log_visit", place.pk), data).status_code == 302
    assert Activity.objects.count() == 1


def test_a_refused_visit_answers_422_and_keeps_what_was_typed(web):
    place = named("Auto A")
    form = web.get(url("log_visit", place.pk)).context["form"]
    data = visit_data(form, note="Vil gerne have én mere.", seen=["stock"], next_step="2w")
    response = web.post(url("log_visit", place.pk), data)
    text = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_outcome"' in text
    assert "Vil gerne have én mere." in text
    assert response.context["form"]["seen"].value() == ["stock"]
    assert not Activity.objects.exists()


def test_finish_later_is_kept_as_unfinished_until_it_is_saved(web):
    place = named("Auto A")
    form = web.get(url("log_visit", place.pk)).context["form"]
    web.post(url("log_visit", place.pk), visit_data(form, outcome="neutral", later="1"))
    visit = Activity.objects.unfinished().get()
    form = web.get(url("activity_edit", visit.pk)).context["form"]
    data = visit_data(form, outcome="neutral", note="Nu skrevet færdig.")
    web.post(url("activity_edit", visit.pk), data)
    visit.refresh_from_db()
    assert (visit.finish_later, visit.note) == (False, "Nu skrevet færdig.")


def test_my_plan_of_today_is_what_i_log(web, alice):
    place = named("Auto A")
    plan = ActivityFactory(planned=True, workplace=place, user=alice, starts_at=timezone.now())
    form = web.get(url("log_visit", place.pk)).context["form"]
    assert form["plan"].value() == plan.pk
    data = visit_data(form, outcome="positive", plan=plan.pk, fulfils="on")
    web.post(url("log_visit", place.pk), data)
    assert [a.status for a in Activity.objects.kept()] == ["held"]


def test_a_plan_that_was_not_carried_out_stays(web, alice):
    place = named("Auto A")
    plan = ActivityFactory(planned=True, workplace=place, user=alice, starts_at=timezone.now())
    form = web.get(url("log_visit", place.pk)).context["form"]
    web.post(url("log_visit", place.pk), visit_data(form, outcome="positive", plan=plan.pk))
    assert Activity.objects.open().get() == plan


def test_a_visit_is_planned_agreed_and_called_off(web):
    place = named("Auto A")
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    web.post(url("plan", place.pk), {"kind": "visit", "on": tomorrow, "at": "9.30"})
    plan = Activity.objects.get()
    data = {"kind": "visit", "on": tomorrow, "at": "10.30", "agreed": "on"}
    web.post(url("activity_edit", plan.pk), data)
    plan.refresh_from_db()
    assert (plan.status, timezone.localtime(plan.starts_at).hour) == ("agreed", 10)
    web.post(url("activity_cancel", plan.pk))
    plan.refresh_from_db()
    assert plan.status == "cancelled"
    web.post(url("activity_reopen", plan.pk))
    plan.refresh_from_db()
    assert plan.status == "planned"


def test_the_line_of_a_signed_agreement_is_not_edited_here(web):
    line = ActivityFactory(kind="agreement")
    assert web.get(url("activity_edit", line.pk)).status_code == 404
    assert web.post(url("activity_remove", line.pk)).status_code == 404


def test_the_history_is_filtered_by_kind(web):
    place = named("Auto A")
    ActivityFactory(workplace=place, note="Et besøg")
    ActivityFactory(workplace=place, kind="call", note="Et opkald")
    text = web.get(url("history", place.pk), {"kind": "call"}, **HTMX).content.decode()
    assert "Et opkald" in text
    assert "Et besøg" not in text


def test_the_profile_is_saved_with_its_owner_and_level(web, alice):
    place = named("Auto A")
    data = {
        "level": "collaboration",
        "owner": alice.pk,
        "about": "Bilværksted",
        "tone": "direct",
        "culture": "",
        "sector": "association",
        "opened_by": alice.pk,
        "opened_on": "2026-03-01",
        "opened_channel": "visit",
    }
    assert web.post(url("profile_edit", place.pk), data).status_code == 302
    place.refresh_from_db()
    assert (place.level, place.owner, place.about) == ("collaboration", alice, "Bilværksted")
    assert (place.company.sector, place.opened_channel) == ("association", "visit")
    assert web.post(url("profile_edit", place.pk), {"about": "x"}).status_code == 422


def test_visiting_times_are_chosen_in_the_week(web):
    place = named("Auto A")
    web.post(url("visit_times", place.pk), {"slot-1-8": "good", "slot-5-14": "avoid"})
    assert set(VisitWindow.objects.values_list("weekday", "part", "is_good")) == {
        (1, 8, True),
        (5, 14, False),
    }
    text = web.get(url("workplace", place.pk)).content.decode()
    assert 'class="good"' in text
    assert 'class="avoid"' in text


def test_contact_persons_are_added_changed_and_taken_off(web):
    place = named("Auto A")
    assert web.get(url("contact_new", place.pk)).context["form"]["is_main"].value() is True
    data = {"name": "Bo Hansted", "phone": "10 20 30 41", "is_main": "on", "is_spark": "on"}
    web.post(url("contact_new", place.pk), data)
    person = ContactPerson.objects.get()
    assert (person.is_main, person.is_spark) == (True, True)
    web.post(url("contact_left", person.pk))
    assert "Bo Hansted" in web.get(url("contacts", place.pk)).content.decode()
    assert not place.contact_persons.current().exists()
    web.post(url("contact_restore", person.pk))
    assert place.contact_persons.current().get() == person


def test_a_contact_without_a_name_is_refused(web):
    place = named("Auto A")
    response = web.post(url("contact_new", place.pk), {"phone": "10 20 30 41"})
    assert response.status_code == 422
    assert "10 20 30 41" in response.content.decode()


def test_the_log_button_offers_todays_plans_and_recent_places_first(web, alice):
    planned, recent, other = named("Planlagt"), named("Nylig"), named("Et andet sted")
    ActivityFactory(planned=True, workplace=planned, user=alice, starts_at=timezone.now())
    ActivityFactory(workplace=recent, user=alice)
    response = web.get(url("log"))
    assert [a.workplace for a in response.context["planned"]] == [planned]
    assert [a.workplace for a in response.context["recent"]] == [recent]
    text = web.get(url("log"), {"q": "andet"}, **HTMX).content.decode()
    assert url("log_visit", other.pk) in text
    assert "<h1>" not in text


@pytest.mark.parametrize("page", ["log_visit", "plan"])
def test_a_protected_firm_is_marked_where_a_contact_is_logged_or_planned(web, page):
    place = named("Beskyttet Bageri", advertising_protection=True)
    html = web.get(url(page, place.pk)).content.decode()
    assert "Contact needs a reason" in html
    place.advertising_protection = False
    place.save()
    assert "Contact needs a reason" not in web.get(url(page, place.pk)).content.decode()


def test_only_what_was_saved_throws_its_draft_away(web, alice):
    place = named("Kladde Klinik")
    name = f"visit-w{place.pk}"
    keep_draft(form=name, values=[("note", "Halvt")], by=alice)
    said = {"kind": "visit", "on": "2026-11-20", "outcome": ""}
    refused = web.post(url("log_visit", place.pk), said)
    assert f'data-draft="{name}"' in refused.content.decode()
    assert Draft.objects.exists()
    web.post(url("log_visit", place.pk), {**said, "outcome": "positive"})
    assert not Draft.objects.exists()


def test_a_plan_of_an_earlier_day_is_overdue_and_not_todays(web, alice):
    now = timezone.now()
    late = ActivityFactory(planned=True, user=alice, starts_at=now - timedelta(days=3))
    today = ActivityFactory(planned=True, user=alice, starts_at=now)
    response = web.get(url("log"))
    assert list(response.context["overdue"]) == [late]
    assert list(response.context["planned"]) == [today]
    text = response.content.decode()
    assert text.index('id="log-q"') < text.index("Planned for today") < text.index("Overdue")


def test_a_tab_but_the_first_lands_on_the_tabs(web):
    place = named("Auto A")
    text = web.get(url("workplace", place.pk)).content.decode()
    assert 'id="faner"' in text
    for name in ("history", "contacts"):
        assert f'href="{url(name, place.pk)}#faner"' in text
    assert f'href="{url("workplace", place.pk)}#faner"' not in text


@pytest.mark.parametrize("planned", [True, False])
def test_planning_stands_with_the_next_step(web, planned):
    place = named("Auto A")
    if planned:
        ActivityFactory(planned=True, workplace=place)
    text = web.get(url("workplace", place.pk)).content.decode()
    step = text[text.index("Next step") : text.index("Last contact")]
    assert url("plan", place.pk) in step
    assert ("Nothing planned." in step) is not planned


def test_nobodys_workplace_is_taken_with_one_press_and_given_back(web, alice):
    place = named("Auto A", owner=None)
    take, give = url("owner_take", place.pk), url("owner_give_up", place.pk)
    assert f'action="{take}"' in web.get(url("workplace", place.pk)).content.decode()
    text = web.post(take, follow=True).content.decode()
    place.refresh_from_db()
    assert place.owner == alice
    assert "You are the owner now." in text
    assert f'action="{take}"' not in text
    assert f'action="{give}"' in text
    web.post(give)
    place.refresh_from_db()
    assert place.owner is None


def test_who_was_faster_stays_the_owner(web):
    bo = UserFactory(name="Bo Hansted")
    place = named("Auto A", owner=bo)
    text = web.post(url("owner_take", place.pk), follow=True).content.decode()
    assert "Bo Hansted is the owner already." in text
    web.post(url("owner_give_up", place.pk))
    place.refresh_from_db()
    assert place.owner == bo


def test_a_manager_owns_no_workplace(client):
    client.force_login(UserFactory(role=Role.MANAGER, language="en"))
    place = named("Auto A", owner=None)
    assert "Make me the owner" not in client.get(url("workplace", place.pk)).content.decode()
    assert client.post(url("owner_take", place.pk)).status_code == 404


def test_what_is_taken_off_is_called_by_its_name(web):
    visit = ActivityFactory()
    text = web.post(url("activity_remove", visit.pk), follow=True).content.decode()
    assert "The visit is deleted." in text
    text = web.post(url("activity_restore", visit.pk), follow=True).content.decode()
    assert "The visit is back." in text

"""What the overview says, from many tables in one query; and what it says nothing about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence
from companies.documents.overview import overview_of
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def place(alice):
    return WorkplaceFactory(company=CompanyFactory(name="Auto A"), owner=alice)


def page(web, place):
    return web.get(reverse("companies:workplace", args=[place.pk])).content.decode()


def fill(place, user, times):
    """`times` of everything an overview shows."""
    now, today = timezone.now(), timezone.localdate()
    for number in range(times):
        visit = ActivityFactory(workplace=place, user=user)
        visit.task_opportunities.create(workplace=place, area="stock")
        visit.leads.create(workplace=place, kind="mentor")
        place.task_opportunities.create(area="kitchen", title=f"Opvask {number}")
        place.season_peaks.create(name=f"Jul {number}", from_week=47, to_week=51)
        place.tasks.create(user=user, text=f"Ring {number}", due_on=today, is_promise=True)
        place.enquiries.create(
            subject=f"Spørgsmål {number}",
            channel="phone",
            received_at=now,
            due_at=now + timedelta(days=1),
            assigned_to=user,
        )
        place.service_entries.create(user=user, kind="advice", on=today, minutes=30)
        ContactPersonFactory(workplace=place)
        ActivityFactory(workplace=place, user=user, planned=True)
        WorkplaceFactory(company=place.company)


@pytest.mark.parametrize("tab", ["workplace", "history", "contacts", "service"])
def test_a_page_asks_no_more_for_thirty_of_everything_than_for_one(
    web, alice, place, tab, django_assert_max_num_queries
):
    Absence.objects.create(user=alice, starts_on=timezone.localdate(), ends_on=timezone.localdate())
    place.visit_windows.create(weekday=1, part=8)
    place.traits.create(kind="motivation", trait="local")
    fill(place, alice, 1)
    url = reverse(f"companies:{tab}", args=[place.pk])
    web.get(url)
    with django_assert_max_num_queries(11) as one:
        web.get(url)
    fill(place, alice, 29)
    with django_assert_max_num_queries(11) as thirty:
        web.get(url)
    assert len(thirty) == len(one)


def test_without_open_enquiries_ten_questions_are_enough(
    web, alice, place, django_assert_max_num_queries
):
    fill(place, alice, 3)
    place.enquiries.update(answered_at=timezone.now(), answered_by=alice)
    with django_assert_max_num_queries(10):
        page(web, place)


def test_a_task_is_one_line_however_often_it_was_seen(alice, place):
    for days in (3, 40):
        visit = ActivityFactory(workplace=place, starts_at=timezone.now() - timedelta(days=days))
        visit.task_opportunities.create(workplace=place, area="stock")
    place.task_opportunities.create(area="stock", title="Varemodtagelse", hours_a_week="3.5")
    lines = overview_of(place, timezone.now()).tasks
    today = timezone.localdate()
    assert [(line.name, line.hours, line.times, line.last) for line in lines] == [
        ("Varemodtagelse", 3.5, 1, today),
        (str(lines[1].name), None, 2, today - timedelta(days=3)),
    ]


def test_what_was_seen_on_a_deleted_visit_or_is_gone_is_not_there(place):
    visit = ActivityFactory(workplace=place, removed_at=timezone.now())
    visit.task_opportunities.create(workplace=place, area="stock")
    visit.leads.create(workplace=place, kind="mentor")
    place.task_opportunities.create(area="office", gone_on=timezone.localdate())
    place.leads.create(kind="flexjob", gone_on=timezone.localdate())
    found = overview_of(place, timezone.now())
    assert (list(found.tasks), found.any_lead) == ([], False)


def test_a_lead_says_who_saw_it_last(alice, place):
    bo = UserFactory(name="Bo Hansted")
    old = ActivityFactory(workplace=place, user=bo, starts_at=timezone.now() - timedelta(days=90))
    old.leads.create(workplace=place, kind="mentor")
    place.leads.create(kind="mentor", spotted_by=alice)
    found = {lead.kind: lead for lead in overview_of(place, timezone.now()).leads}
    assert (found["mentor"].who, found["mentor"].last) == ("Alice Prøvesen", timezone.localdate())
    assert found["flexjob"].last is None


def test_facts_of_people_are_shown_in_words(web, place):
    place.products, place.skill_demands = "Reparation af biler", "Kan læse en manual"
    place.places, place.asks_a_month, place.preferred_channel = 2, 1, "phone"
    place.save()
    place.traits.create(kind="motivation", trait="try_out")
    place.traits.create(kind="consideration", trait="lifting")
    text = page(web, place)
    for shown in (
        "Reparation af biler",
        "Kan læse en manual",
        "Wants to try one out",
        "Heavy lifting",
        "2 people at a time",
        "asked at most once a month",
    ):
        assert shown in text, shown


def lacking(text: str) -> str:
    """The folded list of what is not known."""
    folded = text[text.index('<ul class="lacking">') :]
    return folded[: folded.index("</ul>")]


def test_what_is_not_known_is_one_folded_list_of_links(web, place):
    text = page(web, place)
    assert lacking(text).count("<a ") == 8
    for heading in ("Tasks seen</h2>", "Busy times of the year", "When does a visit suit?"):
        assert heading not in text


def test_a_reader_sees_what_is_not_known_without_links(client, place):
    client.force_login(UserFactory(role=Role.READER, language="en"))
    text = page(client, place)
    assert "<a " not in lacking(text)
    assert reverse("companies:spot", args=[place.pk, "mentor"]) not in text


def test_a_pause_is_said_with_its_reason_until_it_is_over(web, place):
    place.paused_until, place.pause_reason = timezone.localdate(), "Flytter værkstedet"
    place.save()
    assert "Flytter værkstedet" in page(web, place)
    place.paused_until -= timedelta(days=1)
    place.save()
    assert "Flytter værkstedet" not in page(web, place)


def test_the_owner_is_shown_with_who_covers(web, alice, place):
    today = timezone.localdate()
    cover = UserFactory(name="Bo Hansted", phone="10203041")
    until = today + timedelta(days=4)
    Absence.objects.create(user=alice, starts_on=today, ends_on=until, cover=cover)
    text = page(web, place)
    assert "Alice Prøvesen" in text
    assert "Bo Hansted covers until" in text


def test_what_they_ask_and_what_was_promised_stands_on_top(web, alice, place):
    fill(place, alice, 1)
    text = page(web, place)
    asked = text[text.index("Asked and promised") : text.index("What they do")]
    for shown in ("Spørgsmål 0", "Ring 0", "Promised to the firm"):
        assert shown in asked, shown


def test_the_last_contact_is_found_behind_many_notes(web, place):
    visit = ActivityFactory(workplace=place, starts_at=timezone.now() - timedelta(days=99))
    for _ in range(12):
        ActivityFactory(workplace=place, kind="note", outcome="")
    answer = web.get(reverse("companies:workplace", args=[place.pk]))
    assert answer.context["last_contact"] == visit
    assert visit not in answer.context["recent"]

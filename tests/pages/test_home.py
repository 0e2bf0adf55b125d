"""The home page shows what today asks of me and of those I cover for, and nothing of others."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import NoticeKind
from accounts.models import Absence, Event, Notice, User
from cabi_crm.db import local_moment
from cabi_crm.pages.agenda import agenda_of
from companies.enums import ActivityKind, ActivityStatus, EnquiryChannel, Outcome
from companies.models import Activity, Company, ContactPerson, Enquiry, SeasonPeak, Task
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def page_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/").content.decode()


def today() -> date:
    return timezone.localdate()


def planned(world: World, user, days: int, note: str) -> Activity:
    return Activity.objects.create(
        workplace=world.workplace,
        kind=ActivityKind.VISIT,
        status=ActivityStatus.PLANNED,
        starts_at=timezone.now() + timedelta(days=days),
        user=user,
        note=note,
    )


def task(user, text: str, days: int = 0, **more) -> Task:
    return Task.objects.create(user=user, text=text, due_on=today() + timedelta(days=days), **more)


def enquiry(user, subject: str, hours: int = 3, **more) -> Enquiry:
    now = timezone.now()
    return Enquiry.objects.create(
        assigned_to=user,
        channel=EnquiryChannel.PHONE,
        company_name="Ukendt Firma",
        subject=subject,
        received_at=now - timedelta(hours=5),
        due_at=now + timedelta(hours=hours),
        **more,
    )


@pytest.fixture
def me(world: World) -> User:
    return world.users["consultant"]


def test_overdue_comes_before_today_and_next_week_is_left_out(world: World, me: User) -> None:
    planned(world, me, -3, "for-tre-dage-siden")
    planned(world, me, 2, "om-to-dage")
    planned(world, me, 12, "om-tolv-dage")
    page = page_of(me)
    assert page.index("for-tre-dage-siden") < page.index("om-to-dage")
    assert "om-tolv-dage" not in page
    assert "Overskredet" in page


def test_a_backlog_does_not_hide_todays_visits(world: World, me: User) -> None:
    for n in range(70):
        planned(world, me, -n - 1, f"gammel-{n}")
    planned(world, me, 0, "dagens-besøg")
    page = page_of(me)
    assert "dagens-besøg" in page
    assert "Der er mere: dagens og det senest overskredne vises." in page
    assert "gammel-0<" in page
    assert "gammel-30<" not in page


def test_a_backlog_of_tasks_does_not_hide_todays() -> None:
    me = UserFactory()
    for n in range(60):
        task(me, f"gammel-{n}.", -n - 1)
    task(me, "dagens-opgave")
    task(me, "i-overmorgen", 2)
    enquiry(me, "venter-længst", -3000)
    agenda = agenda_of([me], Enquiry.objects.all(), timezone.now())
    assert [item.name for item in agenda.untimed] == ["dagens-opgave"]
    assert agenda.overdue[0].name == "Ukendt Firma"
    assert [item.name for item in agenda.overdue[1:]] == [f"gammel-{n}." for n in range(18, -1, -1)]
    assert (agenda.count, agenda.cut) == (61, True)


def test_what_just_fits_is_not_said_to_be_more() -> None:
    me = UserFactory()
    for n in range(60):
        task(me, f"opgave-{n}", n // 20 - 1)
    agenda = agenda_of([me], [], timezone.now())
    assert (len(agenda.overdue), len(agenda.untimed), agenda.later_count) == (20, 20, 20)
    assert (agenda.count, agenda.cut) == (40, False)
    task(me, "en-til", 3)
    assert agenda_of([me], [], timezone.now()).cut


def test_other_peoples_plans_are_not_mine(world: World, me: User) -> None:
    other = world.users["manager"]
    planned(world, other, 0, "lederens-egen-plan")
    task(other, "lederens-opgave")
    enquiry(other, "lederens-henvendelse")
    page = page_of(me)
    for words in ("lederens-egen-plan", "lederens-opgave", "lederens-henvendelse"):
        assert words not in page


def test_deleted_plans_are_gone(world: World, me: User) -> None:
    plan = planned(world, me, 0, "slettet-plan")
    Activity.objects.filter(pk=plan.pk).update(removed_at=timezone.now())
    task(me, "slettet-opgave", removed_at=timezone.now())
    page = page_of(me)
    assert "slettet-plan" not in page
    assert "slettet-opgave" not in page


def test_the_row_rings_the_first_to_ring_and_marks_a_protected_firm(world: World, me: User) -> None:
    planned(world, me, 0, "dagens-plan")
    ContactPerson.objects.filter(workplace=world.workplace).update(is_main=False)
    ContactPerson.objects.filter(pk=world.contact.pk).update(phone="10203041", is_main=True)
    assert 'href="tel:10203041"' in page_of(me)
    assert "Beskyttet" not in page_of(me)
    Company.objects.update(advertising_protection=True)
    assert "Beskyttet" in page_of(me)


def test_a_plan_without_an_hour_stands_under_the_course_of_the_day(world: World, me: User) -> None:
    plan = planned(world, me, 0, "uden-klokkeslæt")
    plan.starts_at = local_moment(today())
    plan.save()
    page = page_of(me)
    assert "00.00" not in page
    assert page.index("I løbet af dagen") < page.index("uden-klokkeslæt")


def test_tasks_and_enquiries_stand_among_the_plans(world: World, me: User) -> None:
    task(me, "ring-til-kommunen", -1)
    task(me, "send-papirer", workplace=world.workplace, is_promise=True)
    enquiry(me, "vil-have-hjælp", -3)
    page = page_of(me)
    overdue, due = page.index("Overskredet"), page.index("send-papirer")
    assert overdue < page.index("ring-til-kommunen") < due
    assert overdue < page.index("vil-have-hjælp") < due
    assert "Lovet til" in page


def test_what_waits_to_be_finished_is_counted_and_listed(world: World, me: User) -> None:
    for _ in range(2):
        ActivityFactory(workplace=world.workplace, user=me, finish_later=True)
    page = page_of(me)
    assert "2 besøg mangler at blive gjort færdige" in page
    Activity.objects.update(finish_later=False)
    assert "at blive gjort færdig" not in page_of(me)


def test_who_covers_sees_a_colleagues_day_until_they_are_back(world: World, me: User) -> None:
    away = UserFactory(name="Fraværende Prøvesen")
    planned(world, away, 0, "kollegas-besøg")
    task(away, "kollegas-opgave")
    enquiry(away, "kollegas-henvendelse")
    Notice.objects.create(
        recipient=away, kind=NoticeKind.WORKPLACE_MOVED, subject="kollegas-besked", link="/"
    )
    words = ("kollegas-besøg", "kollegas-opgave", "kollegas-henvendelse", "kollegas-besked")
    assert not any(word in page_of(me) for word in words)
    absence = Absence.objects.create(
        user=away, starts_on=today(), ends_on=today() + timedelta(days=3), cover=me
    )
    page = page_of(me)
    assert all(word in page for word in words)
    assert page.count("for Fraværende Prøvesen") >= len(words)
    Absence.objects.filter(pk=absence.pk).update(
        starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1)
    )
    assert not any(word in page_of(me) for word in words)
    assert all(word in page_of(away) for word in words)


def test_a_manager_sees_who_is_away_uncovered_and_what_is_late(world: World) -> None:
    manager, away = world.users["manager"], world.users["recruiter"]
    assert "Teamet har brug for dig" not in page_of(manager)
    Absence.objects.create(user=away, starts_on=today(), ends_on=today())
    enquiry(world.users["consultant"], "svar-mangler", -48)
    page = page_of(manager)
    for words in ("Teamet har brug for dig", "Ingen dækker", away.name, "svar-mangler"):
        assert words in page
    assert "Hvem skal jeg kontakte?" not in page


def test_a_caseworker_has_plans_and_tasks_and_no_portfolio(world: World) -> None:
    caseworker = world.users["caseworker"]
    planned(world, caseworker, 0, "min-samtale")
    task(caseworker, "min-opgave")
    page = page_of(caseworker)
    assert "min-samtale" in page
    assert "min-opgave" in page
    assert "Hvem skal jeg kontakte?" not in page


@pytest.mark.parametrize("role", ["auditor", "administrator", "reader"])
def test_a_page_for_those_who_do_not_work_with_firms(world: World, role: str) -> None:
    page = page_of(world.users[role])
    assert "Hvem skal jeg kontakte?" not in page
    assert "Log besøg" not in page or role == "administrator"


def test_my_numbers_come_by_themselves_and_as_a_page(world: World, client: Client, me) -> None:
    assert f'hx-get="{reverse("numbers")}"' in page_of(me)
    client.force_login(me)
    part = client.get(reverse("numbers"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "kpi-number" in part
    assert "<html" in client.get(reverse("numbers")).content.decode()


def fill(world: World, me: User, count: int) -> None:
    """One of everything that the page can show, `count` times."""
    for n in range(count):
        planned(world, me, 0, f"plan-{n}")
        task(me, f"opgave-{n}", workplace=world.workplace)
        enquiry(me, f"henvendelse-{n}", workplace=WorkplaceFactory())
        enquiry(UserFactory(), f"anden-{n}", workplace=WorkplaceFactory(owner=me))
        place = WorkplaceFactory(owner=me, level="partnership", town=f"By {n}")
        back = {"outcome": Outcome.NOT_NOW, "return_on": today()}
        ActivityFactory(
            workplace=place, user=me, starts_at=timezone.now() - timedelta(days=120), **back
        )
        ActivityFactory(workplace=world.workplace, user=me, finish_later=True)
        week = (today() + timedelta(weeks=3)).isocalendar().week
        season = WorkplaceFactory(owner=me)
        SeasonPeak.objects.create(workplace=season, name="Jul", from_week=week, to_week=week)
        away = UserFactory()
        Absence.objects.create(user=away, starts_on=today(), ends_on=today(), cover=me)
        Notice.objects.create(
            recipient=away, kind=NoticeKind.WORKPLACE_MOVED, subject="Flyttet", link="/"
        )


@pytest.mark.parametrize("role", ["consultant", "manager", "caseworker"])
def test_the_page_costs_the_same_whatever_waits(
    world: World, role: str, client: Client, django_assert_max_num_queries
) -> None:
    user = world.users[role]
    client.force_login(user)
    fill(world, user, 1)
    with django_assert_max_num_queries(12) as one:
        assert client.get("/").status_code == 200
    fill(world, user, 30)
    with django_assert_max_num_queries(12) as many:
        assert client.get("/").status_code == 200
    assert len(many) == len(one)


def test_two_notices_stand_open_and_the_rest_is_folded_and_put_away_at_once(
    world: World, me: User, client: Client
) -> None:
    Notice.objects.all().delete()
    waiting = enquiry(me, "står-på-siden")
    link = reverse("companies:enquiry", args=[waiting.pk])
    kinds = [NoticeKind.ENQUIRY_NEW, *[NoticeKind.WORKPLACE_MOVED] * 4]
    for n, kind in enumerate(kinds):
        at = "/" if n else link
        Notice.objects.create(recipient=me, kind=kind, subject=f"besked-{n}", link=at)
    theirs = Notice.objects.create(
        recipient=world.users["manager"], kind=NoticeKind.WORKPLACE_MOVED, subject="x", link="/"
    )
    page = page_of(me)
    assert page.index("besked-3") < page.index("3 beskeder mere") < page.index("besked-2")
    assert page.index("3 beskeder mere") < page.index("besked-0")
    client.force_login(me)
    last = Notice.objects.filter(recipient=me).latest("pk").pk
    Notice.objects.create(
        recipient=me, kind=NoticeKind.WORKPLACE_MOVED, subject="kom-imens", link="/"
    )
    done = client.post(reverse("accounts:notices_dismiss"), {"last": last}, follow=True)
    assert "5 beskeder er set." in done.content.decode()
    assert [each.subject for each in Notice.objects.unseen_by(me)] == ["kom-imens"]
    assert Event.objects.filter(action="notice_dismissed", actor=me).count() == 5
    theirs.refresh_from_db()
    assert theirs.seen_at is None


def test_an_answer_due_tomorrow_stands_under_tomorrow(me: User) -> None:
    with time_machine.travel(local_moment(date(2026, 11, 23), time(15)), tick=False):
        enquiry(me, "svar-i-morgen", 19)
        agenda = agenda_of([me], Enquiry.objects.filter(assigned_to=me), timezone.now())
        [tomorrow] = [day for day in agenda.answers if day.title == "I morgen"]
        assert [item.name for item in agenda.untimed if item.what == "enquiry"] == []
        pill = next(item.pill for item in tomorrow.items if item.name == "Ukendt Firma")
        assert pill.startswith("i morgen kl. 10.00 · ")
        assert "åbningstime" in pill

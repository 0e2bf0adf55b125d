"""The calendar feed: what stands in it, for whom, and that nobody else gets it."""

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.actions import make_calendar_address, stop_calendar
from accounts.enums import Role
from accounts.models import Absence, Event
from cabi_crm.db import local_moment
from cabi_crm.pages.logs import JSONFormatter
from companies import actions
from companies.enums import ActivityKind, ActivityStatus, EnquiryChannel, Outcome
from companies.models import Activity, Enquiry, Task
from tests.factories import ActivityFactory, ContactPersonFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return UserFactory(name="Anna Holm")


@pytest.fixture
def bakery():
    place = WorkplaceFactory(company__name="Bageriet", phone="58 00 00 01")
    ContactPersonFactory(workplace=place, phone="20 00 00 01", is_main=True)
    return place


def feed(user):
    """What a calendar program gets with a fresh address of the user."""
    return Client().get(reverse("calendar_feed", args=[make_calendar_address(by=user)]))


def entries(user):
    return Calendar.from_ical(feed(user).content).walk("VEVENT")


def plan(user, place, **more):
    values = {"kind": ActivityKind.VISIT, "note": "Hun er syg for tiden."} | more
    return ActivityFactory(user=user, workplace=place, planned=True, **values)


def test_a_planned_visit_says_where_when_and_whom_to_ring_and_no_more(anna, bakery):
    starts = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    visit = plan(anna, bakery, starts_at=starts)

    answer = feed(anna)
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert event["SUMMARY"] == "Besøg: Bageriet"
    assert event["LOCATION"] == "Havnegade 4, 4200 Slagelse"
    assert event["DESCRIPTION"] == "Telefon: 20 00 00 01"
    assert event["URL"] == f"http://127.0.0.1:8000/virksomheder/{bakery.pk}/"
    assert event["UID"] == f"activity-{visit.pk}@127.0.0.1"
    assert event["STATUS"] == "CONFIRMED"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (starts, starts + timedelta(hours=1))
    assert "syg" not in answer.content.decode()


def test_summer_and_winter_time_are_both_right(anna, bakery):
    for day in (date(2027, 3, 26), date(2027, 3, 30)):
        plan(anna, bakery, starts_at=local_moment(day, time(9)))

    hours = sorted(event["DTSTART"].dt.hour for event in entries(anna))

    assert hours == [7, 8]


def test_a_plan_without_an_hour_takes_the_day_and_blocks_none_of_it(anna, bakery):
    plan(anna, bakery, starts_at=local_moment(date(2026, 12, 1)), kind=ActivityKind.CALL)

    (event,) = entries(anna)

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 2))
    assert event["TRANSP"] == "TRANSPARENT"


def test_a_plan_that_is_called_off_is_cancelled_with_a_higher_sequence(anna, bakery, time_machine):
    visit = plan(anna, bakery)
    (before,) = entries(anna)
    time_machine.move_to(timezone.now() + timedelta(minutes=5), tick=False)

    actions.cancel_activity(activity=visit, by=anna)

    (after,) = entries(anna)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_a_plan_that_is_deleted_is_cancelled(anna, bakery):
    visit = plan(anna, bakery)
    actions.remove_activity(activity=visit, by=anna)

    assert [event["STATUS"] for event in entries(anna)] == ["CANCELLED"]


def test_tasks_deadlines_and_days_to_come_back_stand_there_without_their_words(anna, bakery):
    today = timezone.localdate()
    Task.objects.create(
        user=anna, workplace=bakery, text="Ring om Bos ryg", due_on=today + timedelta(days=2)
    )
    Task.objects.create(user=anna, text="Ryd op", due_on=today + timedelta(days=3))
    due = timezone.now() + timedelta(days=1)
    Enquiry.objects.create(
        company_name="Garageværkstedet",
        channel=EnquiryChannel.PHONE,
        phone="30 00 00 01",
        subject="Har brug for en hånd",
        received_at=timezone.now(),
        due_at=due,
        assigned_to=anna,
    )
    actions.log_activity(
        workplace=bakery,
        by=anna,
        kind=ActivityKind.VISIT,
        starts_at=timezone.now() - timedelta(days=1),
        outcome=Outcome.NOT_NOW,
        return_on=today + timedelta(days=30),
    )

    answer = feed(anna)
    found = {event["SUMMARY"]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")}

    assert {"Opgave: Bageriet", "Opgave", "Svar senest: Garageværkstedet"} <= set(found)
    assert found["Svar senest: Garageværkstedet"]["DTEND"].dt == due.replace(microsecond=0)
    assert found["Svar senest: Garageværkstedet"]["DESCRIPTION"] == "Telefon: 30 00 00 01"
    assert found["Kom igen: Bageriet"]["DTSTART"].dt == today + timedelta(days=30)
    text = answer.content.decode()
    assert not [word for word in ("ryg", "Ryd op", "en hånd") if word in text]


def test_a_day_to_come_back_is_gone_when_there_was_contact_since(anna, bakery):
    day = timezone.localdate() + timedelta(days=30)
    for days_ago, outcome, back in ((3, Outcome.NOT_NOW, day), (1, Outcome.POSITIVE, None)):
        actions.log_activity(
            workplace=bakery,
            by=anna,
            kind=ActivityKind.VISIT,
            starts_at=timezone.now() - timedelta(days=days_ago),
            outcome=outcome,
            return_on=back,
        )

    assert not [event for event in entries(anna) if event["SUMMARY"].startswith("Kom igen")]


def test_only_my_own_a_month_back_and_a_year_ahead(anna, bakery):
    now = timezone.now()
    for days in (-31, -29, 364, 367):
        plan(anna, bakery, starts_at=now + timedelta(days=days))
    plan(UserFactory(), bakery)
    Activity.objects.filter(user=anna).update(status=ActivityStatus.AGREED)

    assert len(entries(anna)) == 2


def test_the_days_i_cover_for_a_colleague_stand_in_mine_with_their_name(anna, bakery):
    bo, today = UserFactory(name="Bo Riis"), timezone.localdate()
    absence = Absence.objects.create(
        user=bo, cover=anna, starts_on=today, ends_on=today + timedelta(days=2)
    )
    plan(bo, bakery, starts_at=timezone.now() + timedelta(days=1))
    plan(bo, bakery, starts_at=timezone.now() + timedelta(days=9))

    assert [event["SUMMARY"] for event in entries(anna)] == ["Besøg: Bageriet (for Bo Riis)"]

    absence.starts_on, absence.ends_on = (today - timedelta(days=d) for d in (5, 1))
    absence.save()
    assert entries(anna) == []


def test_the_language_is_the_users_own(bakery):
    jane = UserFactory(language="en")
    plan(jane, bakery)

    assert [event["SUMMARY"] for event in entries(jane)] == ["Visit: Bageriet"]


def test_every_wrong_address_is_the_same_404(anna, bakery):
    plan(anna, bakery)
    old = make_calendar_address(by=anna)
    new = make_calendar_address(by=anna)
    closed = UserFactory(is_active=False)
    auditor = UserFactory(role=Role.AUDITOR)
    wrong = [old, "x", "", new[:-1], make_calendar_address(by=closed)]
    wrong += [make_calendar_address(by=auditor), anna.calendar_key, "a" * 3000]

    answers = [Client().get(f"/kalender/{token}.ics") for token in wrong]

    assert {answer.status_code for answer in answers} == {404}
    assert not [answer for answer in answers if b"Bageriet" in answer.content]
    assert Client().get(f"/kalender/{new}.ics").status_code == 200
    stop_calendar(by=anna)
    assert Client().get(f"/kalender/{new}.ics").status_code == 404


def test_the_secret_is_stored_nowhere_and_each_step_is_audited(anna):
    secret = make_calendar_address(by=anna)
    stop_calendar(by=anna)

    anna.refresh_from_db()
    events = Event.objects.order_by("pk")
    assert anna.calendar_key == ""
    assert [event.action for event in events] == ["calendar_started", "calendar_stopped"]
    assert not [event for event in events if secret in str(event.changes) + event.object_label]
    assert len(secret) >= 43


def test_the_secret_reaches_no_log_line():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 1, "Not Found: %s", ("/kalender/hemmelig.ics",), None
    )

    assert "hemmelig" not in JSONFormatter().format(record)
    assert "/kalender/…" in JSONFormatter().format(record)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_feed_takes_as_many_queries_whatever_stands_in_it(
    anna, bakery, rows, django_assert_max_num_queries
):
    address = reverse("calendar_feed", args=[make_calendar_address(by=anna)])
    for number in range(rows):
        plan(anna, WorkplaceFactory())
        Task.objects.create(user=anna, workplace=bakery, text="x", due_on=timezone.localdate())
        Enquiry.objects.create(
            workplace=WorkplaceFactory(),
            channel=EnquiryChannel.PHONE,
            subject=str(number),
            received_at=timezone.now(),
            due_at=timezone.now(),
            assigned_to=anna,
        )

    with django_assert_max_num_queries(8):
        answer = Client().get(address)

    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 3 * rows


def test_one_plan_is_a_file_for_the_calendar(anna, bakery, client):
    visit = plan(anna, bakery)
    client.force_login(anna)

    answer = client.get(reverse("companies:activity_ics", args=[visit.pk]))

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["UID"] == f"activity-{visit.pk}@127.0.0.1"
    assert answer["Content-Disposition"] == f'attachment; filename="aftale-{visit.pk}.ics"'


def test_what_is_held_is_no_plan_any_more(anna, bakery, client):
    held = ActivityFactory(user=anna, workplace=bakery)
    client.force_login(anna)

    assert client.get(reverse("companies:activity_ics", args=[held.pk])).status_code == 404


def test_the_address_is_shown_once_and_works(anna, client):
    client.force_login(anna)
    page = client.post(reverse("accounts:calendar_new")).content.decode()
    address = page.partition('value="http://127.0.0.1:8000')[2].partition('"')[0]

    assert Client().get(address).status_code == 200
    again = client.get(reverse("accounts:calendar")).content.decode()
    assert address not in again
    assert "Du har en adresse" in again

    client.post(reverse("accounts:calendar_stop"))
    assert Client().get(address).status_code == 404
    page = client.get(reverse("accounts:calendar")).content.decode()
    assert "Lav min kalenderadresse" in page

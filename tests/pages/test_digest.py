"""The morning's mail: the day in few words, once, to whoever is here and wants it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, Mail, Organisation
from cabi_crm.pages.digest import send_digests
from companies.enums import ActivityKind, EnquiryChannel, RelationshipLevel
from companies.models import Enquiry, SeasonPeak, Task, Workplace
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)  # six in the morning


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def anna():
    return UserFactory(name="Anna Holm", email="anna@example.invalid")


def plan(user, name, hours, **more):
    values = {"kind": ActivityKind.VISIT, "note": "Hun er syg for tiden."} | more
    return ActivityFactory(
        user=user,
        workplace=WorkplaceFactory(company__name=name),
        planned=True,
        starts_at=MONDAY + timedelta(hours=hours),
        **values,
    )


def season(user, name):
    """A firm of the user's whose busy time begins in three weeks."""
    place = WorkplaceFactory(company__name=name, owner=user, level=RelationshipLevel.CONTACT)
    Workplace.objects.filter(pk=place.pk).update(
        last_contact_at=MONDAY - timedelta(days=10), owner_since=MONDAY.date() - timedelta(days=400)
    )
    begins = MONDAY.date() + timedelta(weeks=3)
    week = begins.isocalendar().week
    SeasonPeak.objects.create(
        workplace=place, name="Granlægning", from_week=week, to_week=week + 2, lead_weeks=4
    )
    return place


def body():
    return Mail.objects.get().body


def test_the_mail_says_what_is_overdue_what_is_today_and_whom_to_contact(anna):
    plan(anna, "Tømreren", -48)
    plan(anna, "Bageriet", 4)
    plan(anna, "Om tre uger", 24 * 21)
    Task.objects.create(user=anna, text="Send papirer", due_on=MONDAY.date())
    season(anna, "Planteskolen")

    assert send_digests(timezone.now()) == 1

    mail = Mail.objects.get()
    assert mail.address == "anna@example.invalid"
    assert mail.key == f"digest-2026-11-23-{anna.pk}"
    assert mail.subject == "Mandag 23. november: 3 på dagsordenen, 1 virksomhed at kontakte"
    lines = mail.body.splitlines()
    late, today, contact = (
        lines.index(word) for word in ("OVERSKREDET", "I DAG", "HVEM SKAL DU KONTAKTE?")
    )
    assert late < today < contact
    assert "Tømreren" in lines[late + 1]
    assert lines[today + 1] == "- 10.00 Besøg hos Bageriet, Havnegade 4, 4200 Slagelse"
    assert lines[today + 2] == "- Opgave"
    assert lines[contact + 1].startswith("- Planteskolen, Slagelse: ")
    assert "granlægning" in lines[contact + 1].lower()
    assert "http://127.0.0.1:8000/" in mail.body
    assert "Om tre uger" not in mail.body
    assert "syg" not in mail.body


def test_the_season_is_named_once_however_often_the_morning_runs(anna):
    season(anna, "Planteskolen")

    assert [send_digests(timezone.now()) for _time in range(3)] == [1, 0, 0]

    assert body().count("Planteskolen") == 1


def test_a_firm_on_the_agenda_is_not_suggested_as_well(anna):
    place = season(anna, "Planteskolen")
    Task.objects.create(user=anna, workplace=place, text="Send papirer", due_on=MONDAY.date())

    send_digests(timezone.now())

    assert body().count("Planteskolen") == 1


def test_what_a_task_says_is_not_mailed_its_firm_is(anna):
    place = WorkplaceFactory(company__name="Planteskolen")
    text = "Ring om hans sygdom"
    Task.objects.create(user=anna, workplace=place, text=text, due_on=MONDAY.date())
    late = MONDAY.date() - timedelta(days=1)
    Task.objects.create(user=anna, text=text, due_on=late)

    send_digests(timezone.now())

    assert "- Opgave: Planteskolen\n" in body()
    assert "- Opgave – siden i går\n" in body()
    assert "sygdom" not in body()


def test_what_a_firm_asks_in_its_own_words_is_not_mailed(anna):
    bo = UserFactory(mail_digest=False)
    for person, name in ((anna, "Garageværkstedet"), (bo, "Kontoret")):
        Enquiry.objects.create(
            workplace=WorkplaceFactory(company__name=name, owner=anna),
            channel=EnquiryChannel.PHONE,
            subject="Min mand er blevet syg",
            received_at=MONDAY - timedelta(days=3),
            due_at=MONDAY + timedelta(hours=6),
            assigned_to=person,
        )

    send_digests(timezone.now())

    assert "Garageværkstedet" in body()
    assert "Kontoret" in body()
    assert "syg" not in body()


def test_nothing_to_say_is_not_said(anna):
    assert send_digests(timezone.now()) == 0
    assert not Mail.objects.exists()


def test_a_day_that_was_empty_in_the_morning_is_not_mailed_later(anna):
    assert send_digests(timezone.now()) == 0
    plan(anna, "Bageriet", 4)

    assert send_digests(timezone.now() + timedelta(hours=3)) == 0
    assert not Mail.objects.exists()
    assert send_digests(timezone.now() + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    "traits",
    [{"mail_digest": False}, {"is_active": False}, {"role": Role.AUDITOR}],
    ids=["does not want it", "has left", "does not work with companies"],
)
def test_who_gets_none(traits):
    plan(UserFactory(**traits), "Bageriet", 4)

    assert send_digests(timezone.now()) == 0


def test_whoever_is_away_gets_none_and_their_cover_has_it_marked(anna):
    bo = UserFactory(name="Bo Riis")
    Absence.objects.create(user=anna, cover=bo, starts_on=MONDAY.date(), ends_on=MONDAY.date())
    plan(anna, "Bageriet", 4)

    assert send_digests(timezone.now()) == 1

    assert Mail.objects.get().recipient == bo
    assert "- 10.00 Besøg hos Bageriet, for Anna Holm" in body()


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-25", "2027-05-17", "2026-12-24"])
def test_there_is_none_on_a_day_we_are_closed(anna, day, time_machine):
    Organisation.objects.update_or_create(pk=1, defaults={"closed_on_24_december": True})
    plan(anna, "Bageriet", 4)
    time_machine.move_to(datetime.fromisoformat(f"{day}T05:00:00+00:00"), tick=False)

    assert send_digests(timezone.now()) == 0


def test_each_reads_their_own_language(anna):
    jane = UserFactory(language="en")
    plan(anna, "Bageriet", 4)
    plan(jane, "Kontoret", 4)

    assert send_digests(timezone.now()) == 2

    subjects = {mail.recipient: mail.subject for mail in Mail.objects.all()}
    assert subjects[anna] == "Mandag 23. november: 1 på dagsordenen"
    assert subjects[jane].endswith("1 thing on the agenda")
    assert "TODAY" in Mail.objects.get(recipient=jane).body


def test_at_most_ten_firms_are_suggested(anna):
    for number in range(14):
        season(anna, f"Firma {number}")

    send_digests(timezone.now())

    assert body().count("granlægning") <= 10

"""A consultant's week, played by the clock: away, covered, back; a season, a visit, one mail."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import Absence, Mail
from cabi_crm.pages.digest import send_digests
from companies.models import Activity, Enquiry, SeasonPeak
from tests.browser.helpers import axe_clean, no_sideways_scroll
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
pytestmark = pytest.mark.django_db(transaction=True)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the week from Monday 23 November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=COPENHAGEN)


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", email="alice@example.invalid", language="da")


@pytest.fixture
def bob():
    return UserFactory(name="Bob Prøvesen", email="bob@example.invalid", language="da")


@pytest.fixture
def nursery(alice):
    """A gardener whose spruce season begins in three weeks; last time they said not now."""
    place = WorkplaceFactory(
        company=CompanyFactory(name="Granly Gartneri"), owner=alice, level="partnership"
    )
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    ActivityFactory(
        workplace=place,
        user=alice,
        starts_at=at(2, 10),
        outcome="not_now",
        return_on=date(2027, 2, 1),
    )
    SeasonPeak.objects.create(workplace=place, name="Granlægning", from_week=51, to_week=52)
    return place


@pytest.fixture
def bakery(alice):
    place = WorkplaceFactory(
        company=CompanyFactory(name="Havnens Bageri"), owner=alice, level="contact"
    )
    ActivityFactory(workplace=place, user=alice, starts_at=at(9, 10))
    return place


def go_away(phone: Page, login, alice) -> None:
    """Monday morning: Alice is ill until Wednesday, and says so on her phone."""
    login(phone, alice)
    phone.goto("/administration/mig/fravaer/")
    phone.get_by_label("Første dag").fill("23.11.2026")
    phone.get_by_label("Sidste dag").fill("25.11.2026")
    phone.get_by_label("Hvem dækker").select_option(label="Bob Prøvesen")
    axe_clean(phone)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_role("button", name="Fortryd")).to_be_visible()
    assert Absence.objects.get().cover.name == "Bob Prøvesen"


def take_the_call(desktop: Page, login, alice, bakery) -> None:
    """Monday: the bakery rings the hotline, and a colleague takes it down."""
    login(desktop, UserFactory(name="Cara Prøvesen", language="da"))
    desktop.goto(f"/virksomheder/henvendelser/ny/?workplace={bakery.pk}")
    desktop.get_by_label("Hvad spørger de om?").fill("Vi mangler en til pakkeriet.")
    desktop.get_by_role("button", name="Gem", exact=True).click()
    expect(desktop.get_by_text("Henvendelsen er gemt. Bob Prøvesen svarer.")).to_be_visible()
    enquiry = Enquiry.objects.get()
    assert enquiry.assigned_to == alice  # it stays hers; only the answer is Bob's today


def answer_for_her(phone: Page, login, bob) -> None:
    """Bob finds it on his day, marked as Alice's, and answers before the deadline."""
    login(phone, bob)
    phone.goto("/")
    row = phone.get_by_role("listitem").filter(has_text="Havnens Bageri").first
    expect(row).to_contain_text("for Alice Prøvesen")
    axe_clean(phone)
    no_sideways_scroll(phone)
    row.get_by_role("link", name="Svar").click()
    phone.get_by_label("Hvad svarede du?").fill("Alice kommer forbi torsdag.")
    phone.get_by_role("button", name="Gem svaret").click()
    expect(phone.get_by_text("Svaret er gemt.")).to_be_visible()
    enquiry = Enquiry.objects.get()
    assert (enquiry.answered_by, enquiry.in_time) == (bob, True)


def find_the_season(phone: Page, login, alice, bob) -> None:
    """Thursday: what was Alice's is hers again, and the season is near."""
    login(phone, bob)
    phone.goto("/")
    expect(phone.get_by_text("for Alice Prøvesen")).to_have_count(0)
    login(phone, alice)
    phone.goto("/")
    row = phone.get_by_role("listitem").filter(has_text="Granly Gartneri")
    expect(row).to_contain_text("Travlt om 3 uger (granlægning). Vær på forkant.")


def visit_with_an_offer(phone: Page, nursery) -> None:
    """The return visit to a *not now* asks for something concrete, once; then it is done."""
    phone.get_by_role("link", name="Granly Gartneri", exact=True).click()
    phone.get_by_role("link", name="Log besøg").first.click()
    phone.get_by_text("Positivt", exact=True).click()
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.locator(".error-summary")).to_be_focused()
    offer = phone.get_by_label("Konkret tilbud")
    expect(offer).to_be_visible()
    axe_clean(phone)
    offer.fill("To i praktik til granlægning fra uge 51, fire timer om dagen.")
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Fortryd")).to_be_visible()
    visit = Activity.objects.held().filter(workplace=nursery).newest_first()[0]
    assert (visit.outcome, visit.offer[:12]) == ("positive", "To i praktik")
    phone.goto("/")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Alice")
    rows = phone.get_by_role("listitem").filter(has_text="granlægning")
    expect(rows).to_have_count(0)


def morning_mail(alice) -> None:
    """Thursday at six: one mail, in which the season stands once, however often it runs."""
    call_command("daily", verbosity=0)
    call_command("daily", verbosity=0)
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    hers = [sent for sent in mail.outbox if sent.to == [alice.email] and "Granly" in sent.body]
    assert len(hers) == 1
    assert hers[0].body.count("Granly Gartneri") == 1
    assert Mail.objects.filter(recipient=alice, kind="digest").count() == 1


def test_a_week_of_a_consultant_and_her_cover(
    phone: Page, desktop: Page, login, alice, bob, nursery, bakery
):
    with time_machine.travel(at(23, 9), tick=True):
        go_away(phone, login, alice)
    with time_machine.travel(at(23, 10), tick=True):
        take_the_call(desktop, login, alice, bakery)
    with time_machine.travel(at(23, 13), tick=True):
        answer_for_her(phone, login, bob)
    with time_machine.travel(at(24, 6), tick=True):
        send_digests(at(24, 6))
        assert not Mail.objects.filter(recipient=alice, kind="digest").exists()
    with time_machine.travel(at(26, 6), tick=True):
        morning_mail(alice)
    with time_machine.travel(at(26, 9), tick=True):
        find_the_season(phone, login, alice, bob)
        visit_with_an_offer(phone, nursery)

"""The visit log and timing in a browser: typing survives, a bad time is said, a no is answered."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.actions import keep_draft
from accounts.models import Draft
from companies.models import Activity, VisitWindow
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.helpers import Hand, axe_clean, no_sideways_scroll
from tests.factories import ActivityFactory, CompanyFactory, UserFactory, WorkplaceFactory

NOTE = "Skrevet i bilen. Vil gerne have én mere på lageret. " * 4


@pytest.fixture
def alice(transactional_db):
    return UserFactory(name="Alice Prøvesen", language="da")


@pytest.fixture
def place(transactional_db):
    return WorkplaceFactory(company=CompanyFactory(name="Ålykke Café ApS"), town="Slagelse")


def url(place, page=""):
    return f"/virksomheder/{place.pk}/{page}"


def write_note(page: Page, place) -> None:
    page.goto(url(place, "log/"))
    page.locator("summary", has_text="Note").click()
    page.get_by_label("Note").fill(NOTE)


def test_a_closed_tab_loses_nothing_and_another_device_restores_it(open_page, login, alice, place):
    first = open_page(PHONE)
    login(first, alice)
    write_note(first, place)
    expect(first.get_by_text("Kladde gemt")).to_be_visible(timeout=2500)
    first.close()
    second = open_page(DESKTOP)
    login(second, alice)
    second.goto(url(place, "log/"))
    axe_clean(second)
    second.get_by_role("button", name="Gendan den").click()
    expect(second.get_by_label("Note")).to_have_value(NOTE)
    second.get_by_text("Positivt", exact=True).click()
    second.get_by_role("button", name="Gem", exact=True).click()
    expect(second.get_by_text("Besøget er gemt.")).to_be_visible()
    second.goto(url(place, "log/"))
    expect(second.get_by_role("button", name="Gendan den")).to_have_count(0)
    assert second.evaluate("Object.keys(localStorage).length") == 0
    assert not Draft.objects.exists()


def test_a_form_that_was_refused_is_kept_too(open_page, login, alice, place):
    first = open_page(PHONE)
    login(first, alice)
    write_note(first, place)
    expect(first.get_by_text("Kladde gemt")).to_be_visible()
    first.get_by_role("button", name="Gem", exact=True).click()
    expect(first.locator(".error-summary")).to_be_visible()
    expect(first.get_by_text("Kladde gemt")).to_be_visible()
    first.close()
    second = open_page(DESKTOP)
    login(second, alice)
    second.goto(url(place, "log/"))
    second.get_by_role("button", name="Gendan den").click()
    expect(second.get_by_label("Note")).to_have_value(NOTE)


def test_saving_waits_for_the_last_draft_on_its_way(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "log/"))
    phone.get_by_text("Positivt", exact=True).click()
    expect(phone.get_by_text("Kladde gemt")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    phone.route("**/kladde/**", hold)
    phone.locator("summary", has_text="Note").click()
    phone.get_by_label("Note").fill("En")
    phone.wait_for_timeout(1000)  # the first is held up on its way
    phone.get_by_label("Note").fill("En mere")
    phone.wait_for_timeout(1000)  # the second waits for it
    assert len(held) == 1
    with phone.expect_request("**/kladde/**"):
        held[0].continue_()
    phone.get_by_role("button", name="Gem", exact=True).click()
    phone.wait_for_timeout(300)
    assert not Activity.objects.exists()
    held[1].continue_()
    expect(phone.get_by_text("Besøget er gemt.")).to_be_visible()
    assert not Draft.objects.exists()


def test_an_offered_draft_stays_until_it_is_answered(phone, login, alice, place):
    login(phone, alice)
    keep_draft(form=f"preparation-{place.pk}", values=[("tone", "Den gamle")], by=alice)
    for _visit in range(2):
        phone.goto(url(place, "forberedelse/"))
        tone = phone.locator("[name=tone]")
        phone.locator("details", has=tone).evaluate_all("all => all.forEach(it => it.open = true)")
        tone.fill("Noget nyt")
        expect(phone.get_by_text("Gendan eller slet kladden")).to_be_visible()
        assert Draft.objects.get().values == [["tone", "Den gamle"]]
    phone.get_by_role("button", name="Gem forberedelsen").click()
    expect(phone.get_by_text("Forberedelsen er gemt")).to_be_visible()
    assert Draft.objects.get().values == [["tone", "Den gamle"]]
    phone.get_by_role("button", name="Gendan den").click()
    expect(phone.locator("[name=tone]")).to_have_value("Den gamle")
    phone.get_by_role("button", name="Gem forberedelsen").click()
    expect(phone.get_by_text("Forberedelsen er gemt")).to_be_visible()
    assert not Draft.objects.exists()


def test_a_draft_can_be_thrown_away(phone, login, alice, place):
    login(phone, alice)
    write_note(phone, place)
    expect(phone.get_by_text("Kladde gemt")).to_be_visible()
    phone.goto(url(place, "log/"))
    phone.get_by_role("button", name="Slet kladde").click()
    expect(phone.get_by_role("button", name="Slet kladde")).to_have_count(0)
    phone.goto(url(place, "log/"))
    expect(phone.get_by_role("button", name="Gendan den")).to_have_count(0)


def test_leaving_at_once_still_keeps_what_was_typed(phone, login, alice, place):
    login(phone, alice)
    write_note(phone, place)
    phone.goto(url(place))
    phone.goto(url(place, "log/"))
    expect(phone.get_by_role("button", name="Gendan den")).to_be_visible()


def test_a_cpr_number_is_not_kept(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "log/"))
    phone.locator("summary", has_text="Note").click()
    phone.get_by_label("Note").fill("Hun er 010190-1234")
    expect(phone.get_by_text("Ikke gemt: Det ligner et CPR-nummer.")).to_be_visible()
    assert not Draft.objects.exists()


def test_an_expired_session_keeps_the_text_on_screen(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "log/"))
    phone.context.clear_cookies(name="session")
    phone.locator("summary", has_text="Note").click()
    phone.get_by_label("Note").fill(NOTE)
    expect(phone.get_by_text("Du er logget ud.")).to_be_visible()
    phone.get_by_text("Positivt", exact=True).click()
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_label("Note")).to_have_value(NOTE)
    login(phone, alice)
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Besøget er gemt.")).to_be_visible()
    assert Activity.objects.get().note == NOTE.strip()


def test_a_plan_at_a_bad_time_is_said_while_it_is_made(phone, login, alice, place):
    for part in (8, 10, 12, 14):
        VisitWindow.objects.create(workplace=place, weekday=1, part=part, is_good=False)
    day = timezone.localdate() + timedelta(days=7)
    monday = day + timedelta(days=-day.weekday() % 7)
    login(phone, alice)
    phone.goto(url(place, "planlaeg/"))
    phone.get_by_label("Dato").fill(monday.strftime("%d.%m.%Y"))
    phone.get_by_label("Tidspunkt").fill("9.15")
    phone.get_by_label("Tidspunkt").blur()
    expect(phone.get_by_text("Mandag passer dem dårligt.")).to_be_visible()
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_label("Dato").fill((monday + timedelta(days=1)).strftime("%d.%m.%Y"))
    phone.get_by_label("Dato").blur()
    expect(phone.get_by_text("Mandag passer dem dårligt.")).to_have_count(0)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Planen er gemt.")).to_be_visible()


def test_a_return_visit_asks_for_an_offer(phone, login, alice, place):
    then = timezone.now() - timedelta(days=40)
    today = timezone.localdate()
    ActivityFactory(workplace=place, outcome="not_now", return_on=today, starts_at=then)
    login(phone, alice)
    phone.goto(url(place, "log/"))
    phone.get_by_text("Positivt", exact=True).click()
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.locator(".error-summary")).to_be_focused()
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_text("Jeg kom for at lytte").click()
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Besøget er gemt.")).to_be_visible()


def test_from_the_start_page_four_taps_log_a_visit_and_one_more_plans_the_next(
    phone, login, alice, place
):
    ActivityFactory(workplace=place, user=alice, starts_at=timezone.now() - timedelta(days=3))
    login(phone, alice)
    phone.goto("/")
    hand = Hand(phone)
    hand.tap(phone.get_by_role("link", name="Log", exact=True))
    hand.tap(phone.get_by_role("link", name="Ålykke Café ApS"))
    hand.tap(phone.get_by_text("Positivt", exact=True))
    hand.tap(phone.get_by_role("button", name="Gem", exact=True))
    expect(phone.get_by_role("button", name="Fortryd")).to_be_visible()
    assert hand.interactions == 4
    axe_clean(phone)
    phone.get_by_role("button", name="2 uger").click()
    expect(phone.get_by_text("Et opkald er planlagt til")).to_be_visible()


def test_a_task_is_said_more_about(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "log/"))
    phone.get_by_text("Positivt", exact=True).click()
    phone.locator("summary", has_text="Opgaver, du så").click()
    phone.get_by_text("Lager", exact=True).click()
    phone.locator("summary", has_text="Lager: fortæl mere").click()
    phone.evaluate("scrollTo(0, 0)")  # nothing half under the bar of buttons
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_label("Timer om ugen").filter(visible=True).fill("7,5")
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Besøget er gemt.")).to_be_visible()
    assert str(Activity.objects.get().task_opportunities.get().hours_a_week) == "7.5"


def test_the_week_is_tapped(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "besoegstider/"))
    square = phone.get_by_role("group", name="Mandag 8–10")
    square.locator("label:visible").click()
    expect(square.get_by_text("God", exact=True)).to_be_visible()
    square.locator("label:visible").click()
    expect(square.get_by_text("Undgå", exact=True)).to_be_visible()
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Besøgstiderne er gemt.")).to_be_visible()
    assert VisitWindow.objects.get().is_good is False


def test_a_season_is_added_and_a_pause_ended(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "travle-perioder/"))
    phone.get_by_label("Hvad der er travlt").fill("Granlægning")
    phone.get_by_label("Fra uge").select_option("40")
    phone.get_by_label("Til uge").select_option("47")
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Granlægning, uge 40–47.")).to_be_visible()
    axe_clean(phone)
    phone.goto(url(place, "aftaler-om-kontakt/"))
    axe_clean(phone)
    day = timezone.localdate() + timedelta(days=30)
    phone.get_by_label("Pause til").fill(day.strftime("%d.%m.%Y"))
    phone.get_by_label(re.compile("Hvorfor pause")).fill("Flytter lager")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Aftalerne om kontakt er gemt.")).to_be_visible()
    phone.goto(url(place, "aftaler-om-kontakt/"))
    phone.get_by_role("button", name="Afslut pausen").click()
    expect(phone.get_by_text("Pausen er slut.")).to_be_visible()
    phone.get_by_role("button", name="Fortryd").click()
    expect(phone.get_by_text("Pausen fortsætter.")).to_be_visible()

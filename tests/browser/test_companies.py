"""The consultant's way by hand: find a workplace, log a visit, take it back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from companies.models import Activity
from tests.browser.helpers import Hand, axe_clean, no_sideways_scroll, small_targets
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="da")


@pytest.fixture
def place(alice):
    place = WorkplaceFactory(
        company=CompanyFactory(name="Ålykke Café ApS"),
        owner=alice,
        level="contact",
        about="Frokostcafé på havnen.",
    )
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    visit = ActivityFactory(workplace=place, user=alice, note="Vil gerne have én mere.")
    visit.task_opportunities.create(workplace=place, area="cleaning")
    place.visit_windows.create(weekday=1, part=8)
    ActivityFactory(workplace=place, user=alice, planned=True)
    return place


def url(place, tail=""):
    return f"/virksomheder/{place.pk}/{tail}"


def counted(page, text):
    """Wait until the list says that it has so many rows."""
    page.locator(".filter-count", has_text=text).wait_for()


def test_a_visit_is_logged_in_three_interactions_and_undone(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place))
    hand = Hand(phone)
    hand.tap(phone.get_by_role("link", name="Log besøg"))
    hand.tap(phone.get_by_text("Positivt", exact=True))
    hand.tap(phone.get_by_role("button", name="Gem", exact=True))
    phone.get_by_text("Besøget er gemt.").wait_for()
    assert hand.interactions == 3
    print(f"a visit: {hand.interactions} interactions, {hand.seconds:.1f} s system time")
    visit = Activity.objects.held().filter(workplace=place).order_by("-pk").first()
    assert (visit.user, visit.outcome) == (alice, "positive")
    phone.get_by_role("button", name="Fortryd").click()
    phone.get_by_text("er slettet").wait_for()
    assert not Activity.objects.kept().filter(pk=visit.pk).exists()


def test_from_the_start_page_a_visit_takes_four_interactions(phone, login, alice, place):
    login(phone, alice)
    phone.goto("/")
    hand = Hand(phone)
    hand.tap(phone.get_by_role("link", name="Log", exact=True))
    hand.tap(phone.get_by_role("link", name="Ålykke Café ApS").first)
    hand.tap(phone.get_by_text("Neutralt", exact=True))
    hand.tap(phone.get_by_role("button", name="Gem", exact=True))
    phone.get_by_text("Besøget er gemt.").wait_for()
    assert hand.interactions == 4


def test_not_now_asks_for_its_day_and_keeps_what_was_typed(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "log/"))
    back = phone.get_by_label("Hvilken dag må vi vende tilbage?")
    chips = phone.get_by_role("group", name="Hvornår må vi vende tilbage?")
    assert not chips.is_visible()
    phone.get_by_text("Ikke nu", exact=True).click()
    assert chips.is_visible()
    assert not back.is_visible()
    phone.locator("summary", has_text="Note").click()
    phone.get_by_label("Note").fill("Travlt efter sommeren.")
    phone.get_by_role("button", name="Gem", exact=True).click()
    summary = phone.locator(".error-summary")
    summary.wait_for()
    expect(summary).to_be_focused()
    assert phone.get_by_label("Note").input_value() == "Travlt efter sommeren."
    axe_clean(phone)
    chips.get_by_text("Vælg dato").click()
    later = timezone.localdate() + timedelta(days=60)
    back.fill(f"{later:%d.%m.%Y}")
    phone.get_by_role("button", name="Gem", exact=True).click()
    phone.get_by_text("Besøget er gemt.").wait_for()
    assert Activity.objects.held().filter(outcome="not_now", return_on=later).exists()


def test_not_now_takes_four_interactions(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place))
    hand = Hand(phone)
    hand.tap(phone.get_by_role("link", name="Log besøg"))
    hand.tap(phone.get_by_text("Ikke nu", exact=True))
    hand.tap(phone.get_by_text("3 måneder", exact=True))
    phone.get_by_text("Der bliver planlagt et opkald").wait_for()
    hand.tap(phone.get_by_role("button", name="Gem", exact=True))
    phone.get_by_text("Besøget er gemt.").wait_for()
    assert hand.interactions == 4
    visit = Activity.objects.held().get(outcome="not_now")
    assert visit.return_on >= timezone.localdate() + timedelta(days=89)


def test_a_tapped_tab_shows_its_content_on_a_phone(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place))
    tab = phone.get_by_role("link", name="Kontaktpersoner", exact=True)
    tab = tab if tab.is_visible() else phone.get_by_role("link", name="Historik", exact=True)
    tab.click()
    phone.wait_for_url("**#faner")
    phone.wait_for_function("scrollY > 0")
    assert 60 <= phone.locator("#faner").bounding_box()["y"] < 100


def test_the_tabs_fit_in_english_too(phone, login, alice, place):
    alice.language = "en"
    alice.save()
    login(phone, alice)
    phone.goto(url(place))
    no_sideways_scroll(phone)
    assert phone.locator("#faner").bounding_box()["height"] < 60


def test_the_rows_stand_high_on_a_laptop(desktop, login, alice, place):
    login(desktop, alice)
    desktop.goto("/virksomheder/")
    first = desktop.get_by_role("link", name="Ålykke Café ApS").bounding_box()
    assert first["y"] < 400
    assert not desktop.get_by_label("Branche").is_visible()
    desktop.locator("summary", has_text="Flere filtre").click()
    assert desktop.get_by_label("Branche").is_visible()


def test_the_list_narrows_while_typing_and_back_brings_it_back(desktop, login, alice, place):
    WorkplaceFactory(company=CompanyFactory(name="Egely VVS"), town="Korsør")
    login(desktop, alice)
    desktop.goto("/virksomheder/")
    desktop.get_by_role("link", name="Egely VVS").wait_for()
    words = desktop.get_by_label("Navn, CVR, by eller kontaktperson")
    words.press_sequentially("lykke", delay=20)
    counted(desktop, "1 arbejdssted")
    expect(words).to_be_focused()
    assert desktop.url.endswith("/virksomheder/?q=lykke")
    assert "1 arbejdssted" in desktop.locator("#announce").inner_text()
    desktop.get_by_role("link", name="Ålykke Café ApS").click()
    desktop.get_by_role("heading", name="Ålykke Café ApS").wait_for()
    desktop.go_back()
    counted(desktop, "1 arbejdssted")
    assert words.input_value() == "lykke"
    assert desktop.get_by_role("link", name="Egely VVS").count() == 0


def test_a_filter_is_chosen_and_taken_off(desktop, login, alice, place):
    WorkplaceFactory(company=CompanyFactory(name="Egely VVS"), town="Korsør")
    login(desktop, alice)
    desktop.goto("/virksomheder/")
    desktop.get_by_label("By", exact=True).select_option("Korsør")
    counted(desktop, "1 arbejdssted")
    desktop.get_by_role("link", name="By: Korsør").click()
    counted(desktop, "2 arbejdssteder")
    assert desktop.get_by_label("By", exact=True).input_value() == ""


PAGES = ["", "historik/", "kontaktpersoner/", "log/", "planlaeg/", "profil/", "besoegstider/"]


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_pages_are_accessible_and_fit(request, screen, login, alice, place):
    browser_page = request.getfixturevalue(screen)
    login(browser_page, alice)
    addresses = [url(place, tail) for tail in PAGES]
    addresses += ["/virksomheder/", "/virksomheder/log/", "/virksomheder/?q=findes-ikke"]
    for address in addresses:
        browser_page.goto(address)
        axe_clean(browser_page)
        no_sideways_scroll(browser_page)
        if screen == "phone":
            assert small_targets(browser_page) == [], address


def test_six_facts_stand_above_the_fold_on_a_phone(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place))
    for text in ("Kontakt", "Næste skridt", "Sidste kontakt", "10 20 30 41", "Ansvarlig"):
        box = phone.get_by_text(text.replace(" ", "\xa0") if text[0] == "1" else text).first
        assert box.bounding_box()["y"] < 740, text

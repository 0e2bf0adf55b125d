"""Search from the keyboard and on a phone: hits while typing, one key to open them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import axe_clean, no_sideways_scroll
from tests.factories import UserFactory, WorkplaceFactory


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="da")


def test_ctrl_k_finds_a_workplace_by_keyboard_alone(desktop: Page, login, alice):
    place = WorkplaceFactory(name="Æblegårdens Saft")
    login(desktop, alice)
    desktop.goto("/")
    desktop.keyboard.press("Control+k")
    field = desktop.get_by_role("searchbox").first
    expect(field).to_be_focused()
    desktop.keyboard.type("aeblegaard")
    hit = desktop.locator("#site-hits").get_by_role("link", name="Æblegårdens Saft")
    expect(hit).to_be_visible()
    axe_clean(desktop)
    desktop.keyboard.press("Escape")
    expect(hit).to_be_hidden()
    expect(field).to_be_focused()
    desktop.keyboard.type("s")
    expect(hit).to_be_visible()
    desktop.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1)).to_have_text(place.name)


def test_the_page_of_hits_on_a_phone(phone: Page, login, alice):
    for number in range(12):
        WorkplaceFactory(name=f"Bageri {number}")
    login(phone, alice)
    phone.goto("/")
    field = phone.get_by_role("searchbox").first
    field.fill("bageri")
    expect(phone.locator("#site-hits")).to_be_visible()
    axe_clean(phone)
    no_sideways_scroll(phone)
    field.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("bageri")
    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_role("main").get_by_role("link", name="Vis alle").click()
    expect(phone.get_by_text("12 arbejdssteder")).to_be_visible()

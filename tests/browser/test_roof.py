"""Home, help, the user's own page, settings and the audit trail, on both screens."""

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from tests.browser.helpers import axe_clean, no_sideways_scroll
from tests.factories import UserFactory
from tests.world import World, make_world

PAGES = [
    ("consultant", "/"),
    ("consultant", "/mere/"),
    ("consultant", "/hjaelp/"),
    ("consultant", "/tilgaengelighed/"),
    ("consultant", "/konto/adgangskode/"),
    ("consultant", "/konto/to-faktorer/"),
    ("consultant", "/findes-ikke/"),
    ("administrator", "/administration/"),
    ("administrator", "/administration/kolleger/"),
    ("administrator", "/administration/kolleger/ny/"),
    ("administrator", "/virksomheder/import/"),
    ("administrator", "/komponenter/"),
    ("administrator", "/administration/teams/"),
    ("auditor", "/"),
    ("auditor", "/administration/revision/"),
]


@pytest.fixture
def town(transactional_db) -> World:
    return make_world()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
@pytest.mark.parametrize("place", PAGES, ids=" ".join)
def test_each_page_fits_and_is_clean(request, login, town: World, place, screen) -> None:
    role, address = place
    page = request.getfixturevalue(screen)
    login(page, town.users[role])
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe_clean(page)
    if address != "/komponenter/":
        no_sideways_scroll(page)


def test_dark_mode_is_clean_too(open_page, login, town: World) -> None:
    page = open_page({"viewport": {"width": 1366, "height": 768}}, color_scheme="dark")
    login(page, town.users["consultant"])
    for address in (
        "/",
        "/virksomheder/",
        f"/virksomheder/{town.workplace.pk}/",
        "/partnerskaber/",
    ):
        page.goto(address)
        axe_clean(page)


def test_english_is_clean_and_remembered(desktop, login, town: World) -> None:
    login(desktop, town.users["consultant"])
    desktop.goto("/")
    desktop.get_by_role("button", name="English").click()
    expect(desktop.locator("html")).to_have_attribute("lang", "en")
    desktop.goto("/virksomheder/")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Companies")
    axe_clean(desktop)


def test_the_search_field_is_one_key_away(desktop, login, town: World) -> None:
    login(desktop, town.users["consultant"])
    desktop.goto("/")
    desktop.keyboard.press("/")
    desktop.keyboard.type("kanarie")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("link", name=town.workplace.name).first).to_be_visible()


OVERLAPPING = """() => {
  const texts = [...document.querySelectorAll(".bottombar a")].map((place) => {
    const range = document.createRange();
    range.selectNodeContents(place);
    return range.getBoundingClientRect();
  });
  return texts.filter((text, at) => at && text.left < texts[at - 1].right).length;
}"""


@pytest.mark.parametrize("path", ["/", "/virksomheder/"])
def test_the_words_of_a_managers_bottom_bar_do_not_touch(phone, login, path):
    login(phone, UserFactory(role=Role.MANAGER, language="da"))
    phone.goto(path)
    expect(phone.locator(".bottombar a")).to_have_count(5)
    assert phone.evaluate(OVERLAPPING) == 0
    no_sideways_scroll(phone)

"""A holiday with a cover, from a phone; what the cover and the manager see of it."""

import pytest
from playwright.sync_api import expect

from accounts.actions import notify
from accounts.enums import NoticeKind, Role
from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.factories import UserFactory
from tests.world import World, make_world


@pytest.fixture
def town(transactional_db) -> World:
    return make_world()


def test_a_consultant_goes_on_holiday_and_the_cover_gets_the_notices(
    phone, desktop, login, town: World
) -> None:
    alice = town.users["consultant"]
    bob = UserFactory(name="Bob Prøvesen", phone="10203042", team=alice.team)
    login(phone, alice)
    phone.goto("/mere/")
    phone.get_by_role("link", name="Min side").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(alice.name)
    axe_clean(phone)
    no_sideways_scroll(phone)
    assert small_targets(phone) == []
    phone.get_by_role("link", name="Meld fravær").click()
    phone.get_by_label("Første dag").fill("i går")
    phone.get_by_label("Hvem dækker").select_option(label=bob.name)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.get_by_label("Hvem dækker")).to_have_value(str(bob.pk))
    axe_clean(phone)
    today = phone.evaluate("new Date().toLocaleDateString('da-DK')")
    phone.get_by_label("Første dag").fill(today)
    phone.get_by_label("Sidste dag").fill("31.12.2099")
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("mere end to år")).to_have_count(2)
    phone.get_by_label("Sidste dag").fill(today)
    phone.get_by_role("button", name="Gem").click()
    expect(phone.get_by_text("Bob Prøvesen dækker ·")).to_be_visible()
    notify(recipient=alice, kind=NoticeKind.WORKPLACE_MOVED, subject="Prøvefirmaet", link="/")
    login(desktop, bob)
    desktop.goto("/")
    expect(desktop.get_by_role("link", name="Prøvefirmaet")).to_be_visible()
    desktop.goto("/administration/mig/")
    expect(desktop.get_by_text(f"Du dækker for {alice.name} i dag.")).to_be_visible()
    phone.get_by_role("button", name="Tag tilbage").first.click()
    expect(phone.get_by_role("button", name="Fortryd")).to_be_visible()
    desktop.goto("/")
    expect(desktop.get_by_role("link", name="Prøvefirmaet")).to_have_count(0)


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_managers_pages_and_the_settings_fit_and_are_clean(
    request, login, town: World, screen
) -> None:
    page = request.getfixturevalue(screen)
    UserFactory(name="Kaj Prøvesen", role=Role.MANAGER)
    places = {
        "manager": [
            "/administration/fravaer/",
            "/administration/fravaer/kollega/",
            "/administration/hvem-sidder-med-hvad/",
        ],
        "administrator": ["/administration/drift/"],
    }
    for role, addresses in places.items():
        login(page, town.users[role])
        for address in addresses:
            page.goto(address)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            axe_clean(page)
            no_sideways_scroll(page)

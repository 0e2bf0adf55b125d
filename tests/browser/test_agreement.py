"""The seven steps on a tablet at the firm's table, from the first press to the paper."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from partnerships.models import Agreement
from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.pdf.paperkit import page_count, text, text_lines
from tests.world import World, make_world

TABLET = {
    "viewport": {"width": 820, "height": 1180},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


@pytest.fixture
def tablet(open_page) -> Page:
    """A tablet held upright."""
    return open_page(TABLET)


@pytest.fixture
def town(transactional_db) -> World:
    return make_world()


def step_is(page: Page, number: int) -> None:
    """The page stands at this step and holds together."""
    expect(page).to_have_url(re.compile(rf"/trin/{number}/$"))
    axe_clean(page)
    assert small_targets(page) == []


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Gem og fortsæt").click()


def point(page: Page, number: int):
    """The card of one point."""
    return page.locator(f"[data-card='{number}']")


def test_seven_steps_on_a_tablet_lead_to_a_framed_paper(tablet: Page, login, town: World):
    page = tablet
    login(page, town.users["consultant"])
    page.goto("/partnerskaber/ny/")
    page.get_by_role("button", name="Begynd").first.click()

    step_is(page, 1)
    page.get_by_label("Ordlyd").select_option("De syv punkter, ordlyd fra 2014")
    go_on(page)

    step_is(page, 2)
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Vælg mindst ét punkt")
    for number in (1, 4, 7):
        point(page, number).get_by_role("switch").click()
    expect(page.locator("[data-count]")).to_have_text("3")
    point(page, 4).get_by_label("Pladser om året").fill("4")
    point(page, 7).get_by_label("Det aftaler vi").fill("Vi tilbyder småjob i sæsonen.")
    expect(page.locator("[data-save-state]")).to_contain_text("Gemt kl.")
    go_on(page)

    step_is(page, 3)
    expect(page.get_by_label("Virksomhedens kontakt")).to_have_value("Kanarie Kontaktsen")
    go_on(page)

    step_is(page, 4)
    page.context.set_offline(True)
    page.get_by_label("Gælder fra").fill("01.12.2026")
    page.get_by_label("Genforhandles").fill("01.11.2027")
    go_on(page)
    expect(page.locator("[data-save-state]")).to_contain_text("Ingen forbindelse")
    with page.expect_response(lambda answer: answer.status == 204):
        page.context.set_offline(False)
    page.get_by_role("button", name="Tilbage").click()
    step_is(page, 3)
    go_on(page)
    expect(page.get_by_label("Genforhandles")).to_have_value("01.11.2027")
    go_on(page)

    step_is(page, 5)
    page.get_by_label("Hvem der skriver under for virksomheden").fill("Ronja Solbakke")
    page.get_by_label("Hvem der skriver under for os").fill("Vibe Sølund")
    go_on(page)

    step_is(page, 6)
    expect(page.get_by_text("Vi tilbyder småjob i sæsonen.")).to_be_visible()
    page.get_by_role("button", name="Send til underskrift").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Aftalen er klar til underskrift")
    axe_clean(page)
    with page.expect_download() as caught:
        page.get_by_role("link", name="A4, dansk").click()
    paper = Path(caught.value.path()).read_bytes()
    assert page_count(paper) == 1
    starts = [line[0] for line in text_lines(paper) if re.match(r"[1-7] \S", line)]
    assert starts == ["1", "4", "7"]
    assert "Vi tilbyder småjob i sæsonen." in " ".join(text(paper).split())

    register(page)


def register(page: Page) -> None:
    """Both have signed: the agreement is active and its paper kept."""
    page.get_by_role("link", name="Registrér underskrifterne").click()
    axe_clean(page)
    page.get_by_role("button", name="Begge har skrevet under").click()
    expect(page.get_by_text("Aftalen er aktiv")).to_be_visible()
    axe_clean(page)
    made = Agreement.objects.latest("pk")
    assert (made.status, made.documents.count()) == ("active", 1)


@pytest.mark.parametrize(
    "address",
    [
        "/partnerskaber/",
        "/partnerskaber/ny/",
        "/partnerskaber/ordlyd/",
        "/partnerskaber/{agreement}/",
        "/partnerskaber/{agreement}/ret/",
        "/partnerskaber/{agreement}/ophoer/",
        "/partnerskaber/{draft}/trin/1/",
        "/partnerskaber/{draft}/trin/2/",
        "/partnerskaber/{draft}/trin/6/",
        "/partnerskaber/arbejdssted/{workplace}/",
    ],
)
def test_each_page_fits_a_phone_and_is_clean(phone: Page, login, town: World, address: str):
    login(phone, town.users["consultant"])
    phone.goto(
        address.format(
            agreement=town.agreement.pk, draft=town.draft.pk, workplace=town.workplace.pk
        )
    )
    axe_clean(phone)
    no_sideways_scroll(phone)
    assert small_targets(phone) == []


def test_without_script_the_steps_work_all_the_same(open_page, login, town: World):
    page = open_page(TABLET, java_script_enabled=False)
    login(page, town.users["consultant"])
    page.goto(f"/partnerskaber/{town.draft.pk}/trin/5/")
    page.get_by_label("Hvem der skriver under for virksomheden").fill("Ronja Solbakke")
    page.get_by_label("Hvem der skriver under for os").fill("Vibe Sølund")
    go_on(page)
    expect(page.get_by_text("Ronja Solbakke")).to_be_visible()


@pytest.mark.parametrize("status", [302, 200], ids=["sent to log in", "another page"])
def test_what_could_not_be_saved_is_never_called_saved(tablet: Page, login, town: World, status):
    page = tablet
    login(page, town.users["consultant"])
    page.goto(f"/partnerskaber/{town.draft.pk}/trin/5/")
    state, sent = page.locator("[data-save-state]"), []

    def answer(route):
        sent.append(route.request)
        route.fulfill(status=status, headers={"Location": "/log-ind/"})

    address = f"**/partnerskaber/{town.draft.pk}/trin/5/"
    page.route(address, lambda r: answer(r) if r.request.method == "POST" else r.fallback())
    page.get_by_label("Hvem der skriver under for os").fill("Vibe Sølund")
    expect(state).to_contain_text("Ikke gemt")
    assert len(sent) == 1

    page.unroute(address)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Gemt kl.")
    draft = Agreement.objects.get(pk=town.draft.pk)
    assert draft.organisation_signatory == "Vibe Sølund"

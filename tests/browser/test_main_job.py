"""The main job, whole: from a CVR delivery to the frame, and onto the manager's dashboard."""

import re
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.enums import Role
from accounts.models import Organisation
from companies.actions import import_cvr
from companies.models import Workplace
from partnerships.models import Agreement
from tests.browser.helpers import Hand, axe_clean, no_sideways_scroll
from tests.factories import UserFactory
from tests.pdf.paperkit import page_count, text, text_lines

DELIVERY = Path(__file__).parent.parent / "data/cvr-slagelse.json.gz"
PASSWORD = "skov-hest-lampe-42"


@pytest.fixture
def consultant(transactional_db):
    Organisation.objects.update_or_create(
        pk=1,
        defaults={"label": "Jobcenter Prøveby", "municipality_code": "0330", "town": "Prøveby"},
    )
    user = UserFactory(name="Solvej Prøvesen", role=Role.CONSULTANT, language="da")
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


@pytest.fixture
def manager(transactional_db):
    return UserFactory(name="Bente Prøvesen", role=Role.MANAGER, language="da")


def through_the_door(page: Page, user) -> None:
    page.goto("/")
    axe_clean(page)
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Solvej Prøvesen")


def find(page: Page, place: Workplace) -> None:
    search = page.get_by_role("search").first.get_by_role("searchbox")
    search.fill(place.p_number)
    search.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(place.name)


def log_a_visit(page: Page) -> None:
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Log besøg").first)
    hand.tap(page.get_by_text("Positivt", exact=True))
    hand.tap(page.get_by_role("button", name="Gem", exact=True))
    expect(page.get_by_text("Fortryd")).to_be_visible()
    assert hand.interactions == 3


def make_an_agreement(page: Page) -> None:
    page.get_by_role("link", name="Aftaler", exact=True).first.click()
    page.get_by_role("button", name="Lav en partnerskabsaftale").click()
    go_on = page.get_by_role("button", name="Gem og fortsæt")
    go_on.click()
    for number in (1, 4, 7):
        page.locator(f"[data-card='{number}']").get_by_role("switch").click()
        page.locator(f"[data-card='{number}']").get_by_label("Det aftaler vi").fill(
            f"Det lover vi om punkt {number}."
        )
    go_on.click()
    expect(page).to_have_url(re.compile("/trin/3/$"))
    go_on.click()
    page.get_by_label("Gælder fra").fill(timezone.localdate().strftime("%d.%m.%Y"))
    go_on.click()
    page.get_by_label("Hvem der skriver under for virksomheden").fill("Ronja Solbakke")
    page.get_by_label("Hvem der skriver under for os").fill("Vibe Sølund")
    go_on.click()
    axe_clean(page)
    no_sideways_scroll(page)
    page.get_by_role("button", name="Send til underskrift").click()


def print_it(page: Page) -> None:
    with page.expect_download() as caught:
        page.get_by_role("link", name="A4, dansk").click()
    paper = Path(caught.value.path()).read_bytes()
    starts = [line[0] for line in text_lines(paper) if re.match(r"[1-7] \S", line)]
    assert (page_count(paper), starts) == (1, ["1", "4", "7"])
    said = " ".join(text(paper).split())
    for number in (1, 4, 7):
        assert f"Det lover vi om punkt {number}." in said


def sign(page: Page) -> None:
    page.get_by_role("link", name="Registrér underskrifterne").click()
    page.get_by_role("button", name="Begge har skrevet under").click()
    expect(page.get_by_text("Aftalen er aktiv")).to_be_visible()


def test_from_a_delivery_to_the_frame_and_onto_the_dashboard(
    phone: Page, desktop: Page, login, consultant, manager
):
    report = import_cvr(paths=[DELIVERY], by=None)
    assert (report.created, report.rejected) == (556, 3)
    place = Workplace.objects.active().filter(company__status="normal").order_by("p_number")[0]

    through_the_door(phone, consultant)
    find(phone, place)
    axe_clean(phone)
    log_a_visit(phone)
    make_an_agreement(phone)
    print_it(phone)
    sign(phone)
    made = Agreement.objects.get()
    assert (made.status, made.owner, made.workplace) == ("active", consultant, place)

    login(desktop, manager)
    desktop.goto("/overblik/")
    tile = desktop.locator(".kpi", has_text="Aktive aftaler").first
    expect(tile.locator(".kpi-number")).to_contain_text("1")
    tile.click()
    expect(desktop.get_by_text("1 aftale", exact=True)).to_be_visible()
    expect(desktop.get_by_role("link", name=place.name)).to_be_visible()

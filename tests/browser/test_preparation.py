"""Prepare for a visit on the phone, and print from the bag: with nothing lost and axe silent."""

import re

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from companies.models import Preparation
from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.factories import ActivityFactory, CompanyFactory, UserFactory, WorkplaceFactory
from tests.pdf.paperkit import page_count, text
from toolbox.models import Instrument


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="da", phone="58101010")


@pytest.fixture
def place(alice):
    other = WorkplaceFactory(company=CompanyFactory(name="Bistro Bølgen"), level="collaboration")
    ActivityFactory(workplace=other)
    return WorkplaceFactory(
        company=CompanyFactory(name="Ålykke Café ApS"), owner=alice, products="Frokost"
    )


def pdf_of(page, link):
    """The text of the PDF behind a link, and that it is one page."""
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    assert page_count(content) == 1
    return text(content)


def test_a_visit_is_prepared_on_the_phone(phone, login, alice, place):
    login(phone, alice)
    phone.goto(f"/virksomheder/{place.pk}/planlaeg/")
    expect(phone.get_by_text("Der er ikke forberedt noget")).to_be_visible()
    phone.get_by_role("link", name="Forbered", exact=True).click()
    products = phone.get_by_label("Hvad producerer virksomheden, og hvem er kunderne?")
    expect(products).to_have_value("Frokost")
    expect(phone.get_by_role("link", name="Bistro Bølgen")).to_be_visible()
    phone.get_by_text("Tips til et varigt samarbejde").click()
    expect(phone.get_by_role("link", name="Kend virksomhedens rutiner")).to_be_visible()
    phone.evaluate("scrollTo(0, 0)")  # so that the bar at the bottom covers no half of a link
    axe_clean(phone)
    no_sideways_scroll(phone)
    assert small_targets(phone) == []
    phone.get_by_label("Hvad", exact=True).fill("En praktikant i køkkenet")
    phone.get_by_label("Timer om ugen").fill("20")
    phone.get_by_label("Hvor længe").fill("4")
    phone.get_by_label("Hvem betaler").fill("I betaler ingen løn")
    phone.get_by_role("button", name="Gem forberedelsen").click()
    expect(phone.get_by_text("Forberedelsen er gemt.")).to_be_visible()
    sentence = "En praktikant i køkkenet, 20 timer om ugen i 4 uger. I betaler ingen løn."
    expect(phone.get_by_text(sentence)).to_be_visible()
    assert Preparation.objects.get(workplace=place).products == ""
    brief = phone.get_by_role("link", name="Udskriv briefet")
    assert sentence in pdf_of(phone, brief)
    phone.goto(f"/virksomheder/{place.pk}/planlaeg/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    expect(phone.get_by_text("Der er ikke forberedt noget")).to_be_hidden()


def test_only_what_is_ticked_is_printed_from_the_bag(desktop, login, alice):
    login(desktop, alice)
    desktop.goto("/tasken/")
    axe_clean(desktop)
    desktop.get_by_label("Løntilskud").check()
    said = pdf_of(desktop, desktop.get_by_role("button", name="På engelsk"))
    assert "Wage subsidy" in said
    assert "Work placement" not in said


def test_the_administrator_words_an_instrument_anew(desktop, login, place):
    login(desktop, UserFactory(role=Role.ADMINISTRATOR, language="da"))
    old = Instrument.objects.get(code="mentor")
    desktop.goto("/tasken/")
    desktop.get_by_role("link", name="Ret Mentor").click()
    axe_clean(desktop)
    desktop.get_by_label("Hvad det er, på dansk").fill("En kollega, der hjælper.")
    desktop.get_by_role("button", name="Gem", exact=True).click()
    expect(desktop.get_by_text("Formuleringen er gemt.")).to_be_visible()
    expect(desktop.get_by_text("En kollega, der hjælper.")).to_be_visible()
    old.refresh_from_db()
    assert old.valid_to is not None
    desktop.goto("/virksomheder/kilder/")
    axe_clean(desktop)
    desktop.get_by_role("button", name=re.compile("Tjekket i dag.*Jobindsats")).click()
    expect(desktop.get_by_text("Kontroldatoen er gemt.")).to_be_visible()

"""The workplace in full: at a glance on a phone, small things with one tap, through a list."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Absence
from companies.models import ContactPerson, Lead, TaskOpportunity
from partnerships.models import Agreement, AgreementTemplate
from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="da", phone="20304050")


@pytest.fixture
def place(alice):
    """A partner about whom much is known."""
    today = timezone.localdate()
    place = WorkplaceFactory(
        company=CompanyFactory(name="Ålykke Café ApS"),
        owner=alice,
        level="partnership",
        about="Frokostcafé på havnen.",
        products="Frokost til byens kontorer",
        places=2,
        preferred_channel="phone",
    )
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    ContactPersonFactory(workplace=place, name="Dorte Prøve", is_backup=True, confirmed_on=today)
    visit = ActivityFactory(workplace=place, user=alice, note="Vil gerne have én mere.")
    visit.task_opportunities.create(workplace=place, area="cleaning")
    ActivityFactory(workplace=place, user=alice, planned=True)
    place.visit_windows.create(weekday=1, part=8)
    place.season_peaks.create(name="Julefrokoster", from_week=47, to_week=51)
    place.traits.create(kind="motivation", trait="local")
    place.tasks.create(user=alice, text="Send planen", due_on=today, is_promise=True)
    place.service_entries.create(user=alice, kind="advice", on=today, minutes=45)
    Absence.objects.create(
        user=alice, cover=UserFactory(name="Ebbe Afløser"), starts_on=today, ends_on=today
    )
    return place


@pytest.fixture
def agreement(place, alice):
    template = AgreementTemplate.objects.first()
    today = timezone.localdate()
    return Agreement.objects.create(
        number="2026-001",
        workplace=place,
        company=place.company,
        template=template,
        owner=alice,
        company_name=place.name,
        status="active",
        signed_on=date(2026, 2, 1),
        valid_from=date(2026, 2, 1),
        renew_on=today + timedelta(days=200),
    )


def url(place, tail=""):
    return f"/virksomheder/{place.pk}/{tail}"


def test_everything_is_seen_at_a_glance(phone, login, alice, place, agreement):
    login(phone, alice)
    phone.goto(url(place))
    bar = phone.locator(".actionbar").bounding_box()["y"]
    seen = {
        "level": phone.locator(".page-head .level"),
        "contact": phone.locator('.facts a[href="tel:10203041"]'),
        **{
            label: phone.locator(".facts > div", has=phone.get_by_text(label, exact=True))
            for label in ("Næste skridt", "Sidste kontakt", "Plads", "Aftale", "Ansvarlig")
        },
    }
    lowest = {}
    for name, box in seen.items():
        edges = box.bounding_box()
        lowest[name] = edges["y"] + edges["height"]
    assert {name: low for name, low in lowest.items() if low > bar} == {}
    print(f"at a glance: {len(lowest)}/{len(lowest)} end above {bar:.0f} px")
    for link in ("Ring", "Rute", "Log besøg"):
        expect(phone.get_by_role("link", name=link, exact=True)).to_be_in_viewport()


def test_a_lead_is_spotted_with_one_tap_and_undone(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place))
    phone.get_by_role("button", name="Fleksjob").click()
    expect(phone.get_by_role("button", name="Fleksjob")).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_text("Fleksjob: Alice Prøvesen, i dag")).to_be_visible()
    assert Lead.objects.there().get().spotted_by == alice
    phone.get_by_role("button", name="Fortryd").click()
    expect(phone.get_by_role("button", name="Fleksjob")).to_have_attribute("aria-pressed", "false")
    assert not Lead.objects.there().exists()


def test_a_task_is_noted_without_a_visit(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place))
    phone.get_by_role("link", name="Noter en opgave").click()
    phone.get_by_text("Køkken og opvask", exact=True).click()
    phone.get_by_label("Opgaven", exact=True).fill("Rydde borde af")
    phone.get_by_label("Timer om ugen").fill("6,5")
    axe_clean(phone)
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Rydde borde af, 6,5 timer om ugen")).to_be_visible()
    phone.locator("li", has_text="Rydde borde af").get_by_role("button", name="Væk").click()
    expect(phone.get_by_text("Opgaven er taget af listen.")).to_be_visible()
    phone.get_by_role("button", name="Fortryd").click()
    expect(phone.get_by_role("link", name="Rydde borde af")).to_be_visible()
    assert str(TaskOpportunity.objects.get(area="kitchen").hours_a_week) == "6.5"


def test_a_contact_person_is_confirmed_in_the_list(phone, login, alice, place):
    login(phone, alice)
    phone.goto("/virksomheder/kontaktpersoner/")
    expect(phone.get_by_role("link", name="10 20 30 41")).to_be_visible()
    assert small_targets(phone) == []
    row = phone.locator("li", has_text="Bo Hansted")
    row.get_by_role("button", name="Stadig rigtig").click()
    undo = row.get_by_role("button", name="Fortryd")
    expect(undo).to_be_focused()
    expect(phone.locator("#announce")).to_have_text("Bekræftet i dag")
    person = ContactPerson.objects.get(name="Bo Hansted")
    assert person.confirmed_on == timezone.localdate()
    axe_clean(phone)
    undo.click()
    expect(row.get_by_role("button", name="Stadig rigtig")).to_be_visible()
    person.refresh_from_db()
    assert person.confirmed_on is None


def test_service_is_noted_with_two_taps(phone, login, alice, place):
    login(phone, alice)
    phone.goto(url(place, "service/"))
    phone.get_by_text("Papirarbejde", exact=True).click()
    phone.get_by_text("30 min.", exact=True).click()
    phone.get_by_role("button", name="Gem", exact=True).click()
    expect(phone.get_by_text("Papirarbejde, 30 min.")).to_be_visible()
    expect(phone.locator(".facts", has_text="I alt")).to_contain_text("1 time 15 min.")


def test_one_walks_through_a_filtered_list_and_back(phone, login, alice):
    for number in range(40):
        company = CompanyFactory(name=f"Firma {number:02}")
        WorkplaceFactory(company=company, town="Korsør" if number % 10 else "Slagelse")
    login(phone, alice)
    phone.goto("/virksomheder/?town=Korsør&page=2")
    row = phone.get_by_role("link", name="Firma 35", exact=True)
    row.scroll_into_view_if_needed()
    down = phone.evaluate("scrollY")
    assert down > 0
    row.click()
    expect(phone.locator(".walk")).to_contain_text("32 af 36")
    phone.get_by_role("link", name="Næste", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Firma 36")
    phone.go_back()
    phone.go_back()
    expect(row).to_be_in_viewport()
    assert "town=Kors" in phone.url
    assert "page=2" in phone.url
    assert abs(phone.evaluate("scrollY") - down) < 5
    row.click()
    phone.get_by_role("link", name="Næste", exact=True).click()
    phone.locator("a.back").click()
    expect(phone.get_by_role("link", name="Firma 36", exact=True)).to_be_in_viewport()
    expect(phone.locator(".filter-count")).to_have_text("36 arbejdssteder")


@pytest.mark.parametrize("tail", ["", "service/", "kontaktpersoner/", "profil/"])
def test_the_pages_are_sound_on_both_screens(phone, desktop, login, alice, place, tail):
    for page in (phone, desktop):
        login(page, alice)
        page.goto(url(place, tail))
        axe_clean(page)
    no_sideways_scroll(phone)
    assert small_targets(phone) == []

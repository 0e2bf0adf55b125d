"""A firm rings the hotline: taken down on a phone, found in the inbox, answered in time."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from companies.models import Activity, Enquiry
from tests.browser.helpers import Hand, axe_clean, no_sideways_scroll, small_targets
from tests.factories import (
    AbsenceFactory,
    CompanyFactory,
    EnquiryFactory,
    UserFactory,
    WorkplaceFactory,
)


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="da")


@pytest.fixture
def bakery():
    return WorkplaceFactory(
        company=CompanyFactory(name="Havnens Bageri"), owner=UserFactory(name="Bob Prøvesen")
    )


def test_a_call_is_taken_down_and_answered_on_a_phone(phone, login, alice, bakery):
    AbsenceFactory(user=bakery.owner, cover=alice)
    login(phone, alice)
    phone.goto("/virksomheder/henvendelser/ny/")
    hand = Hand(phone)
    hand.fill(phone.get_by_label("Virksomhed"), "Havnens")
    hand.tap(phone.get_by_label("Havnens Bageri"))
    hand.fill(phone.get_by_label("Hvad spørger de om?"), "Vi mangler en til pakkeriet.")
    hand.fill(phone.get_by_label("Telefon", exact=True).first, "20304050")
    axe_clean(phone)
    no_sideways_scroll(phone)
    hand.tap(phone.get_by_role("button", name="Gem", exact=True))
    expect(phone.get_by_text("Henvendelsen er gemt. Alice Prøvesen svarer.")).to_be_visible()
    print(f"an enquiry: {hand.interactions} interactions, {hand.seconds:.1f} s system time")
    assert hand.interactions <= 5
    enquiry = Enquiry.objects.get()
    assert (enquiry.workplace, enquiry.assigned_to) == (bakery, bakery.owner)

    phone.goto("/virksomheder/henvendelser/?show=mine")
    expect(phone.get_by_text("for Bob Prøvesen")).to_be_visible()
    expect(phone.get_by_role("link", name="Ring Havnens Bageri")).to_have_attribute(
        "href", "tel:20304050"
    )
    axe_clean(phone)
    no_sideways_scroll(phone)
    assert small_targets(phone) == []
    phone.get_by_role("link", name="Havnens Bageri", exact=True).click()

    axe_clean(phone)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Gem svaret").click()
    expect(phone.locator(".error-summary")).to_be_focused()
    phone.get_by_label("Hvad svarede du?").fill("Vi kommer torsdag.")
    phone.get_by_role("button", name="Gem svaret").click()
    expect(phone.get_by_text("Svaret er gemt.")).to_be_visible()
    assert Activity.objects.held().get().workplace == bakery
    assert Enquiry.objects.answered_in_time().get().answered_by == alice
    phone.get_by_role("button", name="Fortryd").click()
    expect(phone.get_by_text("Henvendelsen er åben igen.")).to_be_visible()


def test_an_unknown_firm_is_taken_and_tied_on_a_desktop(desktop, login, alice, bakery):
    enquiry = EnquiryFactory(workplace=None, company_name="Havnens ApS", received_at=timezone.now())
    login(desktop, alice)
    desktop.goto("/virksomheder/henvendelser/")
    axe_clean(desktop)
    desktop.get_by_role("link", name="Havnens ApS", exact=True).click()
    desktop.get_by_role("button", name="Jeg svarer").click()
    expect(desktop.get_by_text("Nu svarer du.")).to_be_visible()
    axe_clean(desktop)
    desktop.get_by_role("link", name="Find arbejdsstedet").click()
    axe_clean(desktop)
    desktop.get_by_role("button", name="Dette Havnens Bageri").click()
    expect(desktop.get_by_text("Henvendelsen er knyttet til Havnens Bageri.")).to_be_visible()
    enquiry.refresh_from_db()
    assert (enquiry.workplace, enquiry.assigned_to) == (bakery, alice)

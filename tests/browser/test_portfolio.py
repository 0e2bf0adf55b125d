"""Portfolios by hand: what is due on a phone, a level settled, and a handover to the end."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from companies.models import Workplace
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
    return UserFactory(name="Alice Prøvesen", language="da")


def named(name, owner, days, **more):
    place = WorkplaceFactory(company=CompanyFactory(name=name), owner=owner, **more)
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    ActivityFactory(
        workplace=place,
        user=owner or UserFactory(),
        starts_at=timezone.now() - timedelta(days=days),
        note="Vil gerne have én mere.",
    )
    return place


def usable(page):
    axe_clean(page)
    no_sideways_scroll(page)


def test_what_is_over_time_stands_first_on_the_phone(phone, login, alice):
    named("Ålykke Café ApS", alice, 200, level="partnership")
    named("Tårup Auto", alice, 5, level="contact")
    login(phone, alice)
    phone.goto("/virksomheder/mine/")
    expect(phone.get_by_text("3 måneder over tid")).to_be_visible()
    usable(phone)
    assert small_targets(phone) == []
    phone.get_by_role("link", name="1 over tid").click()
    expect(phone.locator("tbody tr")).to_have_count(1)
    expect(phone.locator("tbody tr")).to_contain_text("Ålykke Café ApS")
    phone.get_by_role("link", name=re.compile("Planlæg.*Ålykke")).click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def test_a_busy_passive_firm_gets_a_level_in_one_tap_and_undo(phone, login, alice):
    place = named("Ålykke Café ApS", None, 20)
    ActivityFactory(workplace=place, starts_at=timezone.now() - timedelta(days=9))
    login(phone, alice)
    phone.goto("/virksomheder/tjek/")
    usable(phone)
    phone.get_by_role("button", name=re.compile("Samarbejde.*Ålykke")).click()
    expect(phone.get_by_text("Samarbejde, Alice Prøvesen er ansvarlig.")).to_be_visible()
    phone.get_by_role("button", name="Fortryd").click()
    expect(phone.get_by_text("Ålykke Café ApS er som før.")).to_be_visible()
    place.refresh_from_db()
    assert (place.level, place.owner) == ("passive", None)


def test_a_manager_hands_a_portfolio_over_after_a_joint_round(desktop, login, alice):
    bob = UserFactory(name="Bob Prøvesen")
    named("Ålykke Café ApS", alice, 20, town="Korsør")
    named("Tårup Auto", alice, 5)
    login(desktop, UserFactory(name="Mona Prøvesen", role=Role.MANAGER, language="da"))
    desktop.goto("/virksomheder/overdragelse/")
    desktop.get_by_role("link", name="Begynd en overdragelse").click()
    usable(desktop)
    desktop.get_by_label("Fra").select_option("Alice Prøvesen")
    desktop.get_by_role("button", name="Fortsæt").click()
    desktop.get_by_label("Til", exact=True).select_option("Bob Prøvesen")
    usable(desktop)
    desktop.get_by_role("button", name="Lav listen").click()
    expect(desktop.get_by_text("Overdragelseslisten er klar.")).to_be_visible()
    usable(desktop)
    desktop.get_by_role("button", name="Planlæg fælles rundtur").click()
    day = timezone.localdate() + timedelta(days=7)
    desktop.get_by_label("Dato").fill(day.strftime("%d.%m.%Y"))
    usable(desktop)
    desktop.get_by_role("button", name="Book besøgene").click()
    expect(desktop.get_by_text("2 fælles besøg står i kalenderen.")).to_be_visible()
    desktop.get_by_label("Det skal du vide").first.fill("Spørg efter Bo")
    desktop.get_by_role("button", name="Gem og tjek").click()
    expect(desktop.get_by_role("heading", name="Tjek overdragelsen")).to_be_visible()
    usable(desktop)
    desktop.get_by_role("button", name="Overdrag", exact=True).click()
    expect(desktop.get_by_text("2 arbejdssteder er hos Bob Prøvesen nu.")).to_be_visible()
    assert set(Workplace.objects.values_list("owner", flat=True)) == {bob.pk}
    desktop.get_by_role("button", name="Fortryd", exact=True).click()
    expect(desktop.get_by_text("2 arbejdssteder er hos Alice Prøvesen igen.")).to_be_visible()
    assert set(Workplace.objects.values_list("owner", flat=True)) == {alice.pk}

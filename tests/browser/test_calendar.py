"""A consultant makes the calendar's address on the phone; an administrator sees to stuck mail."""

import urllib.request

import pytest
from playwright.sync_api import expect

from accounts.actions import write_mail
from accounts.enums import MailKind, MailStatus, Role
from accounts.models import Mail
from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory


@pytest.fixture
def anna():
    return UserFactory(name="Anna Holm")


def test_the_calendar_is_made_from_my_page_and_read_by_another_program(
    phone, login, anna, live_server, settings
):
    settings.BASE_URL = live_server.url
    ActivityFactory(
        user=anna, planned=True, workplace=WorkplaceFactory(company__name="Bageriet ApS")
    )
    login(phone, anna)

    phone.goto("/administration/mig/")
    phone.get_by_role("link", name="Kalender").click()
    axe_clean(phone)
    phone.get_by_role("button", name="Lav min kalenderadresse").click()
    field = phone.get_by_label("Adresse til dit kalenderprogram")
    expect(field).to_be_visible()
    address = field.input_value()
    axe_clean(phone)
    no_sideways_scroll(phone)
    assert small_targets(phone) == []

    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
        text = answer.read().decode()
    assert "Bageriet ApS" in text

    phone.goto("/administration/kalender/")
    phone.get_by_role("button", name="Luk adressen").click()
    expect(phone.get_by_text("Kalenderadressen virker ikke længere.")).to_be_visible()
    axe_clean(phone)


def test_the_address_is_copied_with_one_press(desktop, login, anna):
    desktop.context.grant_permissions(["clipboard-read", "clipboard-write"])
    login(desktop, anna)
    desktop.goto("/administration/kalender/")
    desktop.get_by_role("button", name="Lav min kalenderadresse").click()
    desktop.get_by_role("button", name="Kopiér").click()

    expect(desktop.get_by_role("button", name="Kopieret")).to_be_visible()
    copied = desktop.evaluate("navigator.clipboard.readText()")
    assert copied == desktop.get_by_label("Adresse til dit kalenderprogram").input_value()
    axe_clean(desktop)


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_an_administrator_sends_a_stuck_mail_again(request, login, anna, screen):
    mail = write_mail(
        recipient=anna, kind=MailKind.ALERT, key="en", subject="Svar Bageriet snart", body="x"
    )
    Mail.objects.filter(pk=mail.pk).update(
        status=MailStatus.UNCERTAIN, last_error="TimeoutError: timed out", attempts=1
    )
    page = request.getfixturevalue(screen)
    login(page, UserFactory(role=Role.ADMINISTRATOR))

    page.goto("/administration/")
    page.get_by_role("link", name="Post", exact=True).click()
    expect(page.get_by_text("Den er måske kommet frem.")).to_be_visible()
    axe_clean(page)
    no_sideways_scroll(page)
    assert small_targets(page) == []
    page.get_by_role("button", name="Send igen Anna Holm").click()

    expect(page.get_by_text("Mailen til Anna Holm sendes igen.")).to_be_visible()

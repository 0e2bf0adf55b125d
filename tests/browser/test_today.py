"""The day on a telephone and a laptop: a suggestion is postponed, a task is done, both undone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Absence
from companies.actions import add_task
from companies.models import AnsweredSuggestion, SeasonPeak, Task
from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.factories import ActivityFactory, CompanyFactory, UserFactory, WorkplaceFactory


@pytest.fixture
def alice(transactional_db):
    return UserFactory(name="Alice Prøvesen", language="da")


@pytest.fixture
def firm(alice):
    """A partner that has not been spoken with for long, and whose busy season is near."""
    place = WorkplaceFactory(
        company=CompanyFactory(name="Granly Gartneri"), owner=alice, level="partnership"
    )
    ActivityFactory(workplace=place, user=alice, starts_at=timezone.now() - timedelta(days=112))
    week = (timezone.localdate() + timedelta(weeks=3)).isocalendar().week
    SeasonPeak.objects.create(workplace=place, name="Jul", from_week=week, to_week=week)
    return place


def test_a_suggestion_is_postponed_with_a_reason_and_taken_up_again(
    phone: Page, login, alice, firm
):
    login(phone, alice)
    phone.goto("/")
    row = phone.get_by_role("listitem").filter(has_text="Granly Gartneri")
    expect(row).to_contain_text("Travlt om 3 uger (jul). Vær på forkant.")
    expect(phone.locator(".kpi").first).to_be_visible()
    axe_clean(phone)
    no_sideways_scroll(phone)
    row.get_by_role("link", name="Udsæt").click()
    expect(row.get_by_text("Hvorfor senere?")).to_be_visible()
    axe_clean(phone)
    assert small_targets(phone) == []
    row.get_by_role("button", name="Udsæt").click()
    expect(phone.get_by_role("alert")).to_contain_text("Vælg en grund.")
    phone.get_by_text("De har travlt nu").click()
    phone.get_by_text("2 uger", exact=True).click()
    phone.get_by_role("button", name="Udsæt").click()
    expect(phone.get_by_role("status").first).to_contain_text("Granly Gartneri kommer igen")
    expect(phone.get_by_text("Ingen venter på at høre fra dig")).to_be_visible()
    assert {each.reason for each in AnsweredSuggestion.objects.all()} == {"De har travlt nu"}
    phone.get_by_role("button", name="Fortryd").click()
    expect(row).to_be_visible()


def test_a_task_is_noted_done_and_undone_beside_those_of_a_colleague(
    desktop: Page, login, alice, firm
):
    bob, today = UserFactory(name="Bob Prøvesen"), timezone.localdate()
    Absence.objects.create(user=bob, starts_on=today, ends_on=today, cover=alice)
    add_task(text="Ring om mentor", due_on=today, by=bob, workplace=firm, is_promise=True)
    login(desktop, alice)
    desktop.goto("/")
    desktop.get_by_role("link", name="Ny opgave").click()
    desktop.get_by_label("Hvad skal gøres?").fill("Send papirerne")
    desktop.locator("label", has_text="I dag").click()
    axe_clean(desktop)
    desktop.get_by_role("button", name="Gem").click()
    mine = desktop.get_by_role("listitem").filter(has_text="Send papirerne")
    expect(desktop.get_by_role("listitem").filter(has_text="Ring om mentor")).to_contain_text(
        "for Bob Prøvesen"
    )
    expect(mine).to_be_visible()
    axe_clean(desktop)
    mine.get_by_role("button", name="Klaret").click()
    expect(mine).to_have_count(0)
    desktop.get_by_role("button", name="Fortryd").click()
    expect(mine).to_be_visible()
    mine.get_by_role("button", name="Næste uge").or_(
        mine.get_by_role("button", name="Mandag")
    ).click()
    expect(desktop.get_by_text("Opgaven er flyttet")).to_be_visible()
    assert Task.objects.get(text="Send papirerne").due_on > today
    desktop.get_by_role("link", name="Mine opgaver").click()
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Mine opgaver")
    axe_clean(desktop)

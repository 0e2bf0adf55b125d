"""The manager reads the dashboard on two screens, and each number opens its own list."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.helpers import axe_clean, no_sideways_scroll, small_targets
from tests.insights.town import Town

OVERVIEW = "/overblik/"
LINKS = """
() => [...document.querySelectorAll('a.kpi, .chart table a')].map((link) => [
  link.getAttribute('href'),
  (link.querySelector('.kpi-number') || link).firstChild.textContent.trim(),
])
"""


@pytest.fixture
def town() -> Town:
    return Town()


def listed(page: Page) -> int:
    """The count that a list says it has."""
    said = page.locator("[data-announce]").first.inner_text()
    return int(re.sub(r"\D", "", said) or 0)


def test_every_number_opens_a_list_with_exactly_that_count(desktop, login, town):
    login(desktop, town.dorte)
    desktop.goto(OVERVIEW)
    links = desktop.evaluate(LINKS)

    wrong = []
    for href, number in links:
        desktop.goto(href)
        if listed(desktop) != int(number.replace(".", "")):
            wrong.append((href, number, listed(desktop)))

    assert len(links) >= 24
    assert wrong == []


@pytest.mark.parametrize("path", [OVERVIEW, "/overblik/maal/"])
@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_pages_fit_and_axe_finds_nothing(request, login, town, path, screen):
    page = request.getfixturevalue(screen)
    login(page, town.dorte)
    page.goto(path)
    for summary in page.locator("summary").all():
        summary.click()

    axe_clean(page)
    no_sideways_scroll(page)
    assert small_targets(page) == []


def test_the_key_figures_are_above_the_fold_on_a_desktop(desktop, login, town):
    login(desktop, town.dorte)
    desktop.goto(OVERVIEW)

    bottom = desktop.locator(".kpi").last.bounding_box()
    assert bottom["y"] + bottom["height"] <= 768


def test_choosing_a_year_takes_effect_at_once(desktop, login, town):
    login(desktop, town.dorte)
    desktop.goto(OVERVIEW)
    year = timezone.localdate().year - 1

    desktop.get_by_label("Periode").select_option(str(year))

    desktop.wait_for_url(f"**year={year}*")
    assert desktop.get_by_text(f"Nye aftaler i {year}", exact=True).count() == 1


def test_goals_are_set_and_taken_back(phone, login, town):
    login(phone, town.dorte)
    phone.goto(OVERVIEW)
    phone.get_by_role("link", name="Mål", exact=True).click()
    field = phone.get_by_label("Alice Prøvesen: Nye aftaler")

    field.fill("14")
    phone.get_by_role("button", name="Gem mål").click()
    phone.get_by_text("Målene for").wait_for()
    assert field.input_value() == "14"

    phone.get_by_role("button", name="Fortryd").click()
    phone.get_by_text("Målene er, som de var før.").wait_for()
    assert field.input_value() == ""

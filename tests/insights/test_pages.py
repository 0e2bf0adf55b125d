"""The dashboard, its files and the page of goals, by request."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from insights.models import Goal
from tests.insights.town import agreement, contact, person, workplace

OVERVIEW = "/overblik/"


@pytest.fixture
def manager(client, town):
    client.force_login(town.dorte)
    return client


def test_a_manager_and_a_reader_see_the_dashboard(client, town):
    for user in (town.dorte, person("Laila", "reader")):
        client.force_login(user)
        assert client.get(OVERVIEW).status_code == 200


@pytest.mark.parametrize("role", ["consultant", "caseworker", "recruiter", "administrator"])
def test_to_others_it_does_not_exist(client, town, role):
    client.force_login(person("Ove", role))

    for url in (OVERVIEW, "/overblik/tabel/points.csv", "/overblik/maal/"):
        assert client.get(url).status_code == 404, url


def test_a_reader_sets_no_goals(client, town):
    client.force_login(person("Laila", "reader"))

    assert client.get("/overblik/maal/").status_code == 404
    assert "/overblik/maal/" not in client.get(OVERVIEW).content.decode()


def test_the_numbers_stand_on_the_page_with_their_lists(manager):
    page = manager.get(OVERVIEW).content.decode()

    tiles = re.findall(r'<a class="kpi" href="([^"]+)">.*?kpi-number">([^<]+?) ?<', page, re.DOTALL)
    assert ("/partnerskaber/?status=active", "8") in tiles
    assert len(tiles) == 9


def test_a_chart_has_its_finding_its_table_and_its_file(manager):
    page = manager.get(OVERVIEW).content.decode()

    for slug in ("new-by-consultant", "points", "contact-by-size", "portfolios"):
        assert f'aria-labelledby="chart-{slug}"' in page
        assert f"/overblik/tabel/{slug}.csv" in page
    assert page.count("<caption") == page.count("<figure") == 4
    assert re.findall(r"<svg(?![^>]*(aria-hidden|viewBox))", page) == []


def test_no_number_in_a_drawing_has_a_comma(manager):
    page = manager.get(OVERVIEW).content.decode()

    drawn = re.findall(r' (?:width|x1|x2|cy|d)="([^"]*\d[^"]*)"', page)
    assert drawn
    assert [value for value in drawn if "," in value] == []


def test_a_year_and_a_team_can_be_chosen(manager, town):
    year = timezone.localdate().year - 1

    page = manager.get(OVERVIEW, {"year": year, "team": town.south.pk}).content.decode()

    assert f'<option value="{year}" selected>' in page
    assert f'<option value="{town.south.pk}" selected>' in page
    assert f"team={town.south.pk}&amp;year={year}" in page


@pytest.mark.parametrize(
    "odd", [{"year": "1066"}, {"year": "x"}, {"team": "9999"}, {"team": "' OR 1=1"}]
)
def test_an_odd_choice_shows_everything(manager, odd):
    response = manager.get(OVERVIEW, odd)

    assert response.status_code == 200
    assert "/partnerskaber/?status=active&quot;" not in response.content.decode()
    assert 'href="/partnerskaber/?status=active"' in response.content.decode()


def test_a_file_has_the_numbers_of_its_table(manager):
    response = manager.get("/overblik/tabel/points.csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Punkt;Aftaler;Andel"
    assert [line.split(";")[1:] for line in lines[1:] if line.startswith("4 ")] == [["6", "75,0"]]


def test_an_unknown_file_is_not_found(manager):
    assert manager.get("/overblik/tabel/x.csv").status_code == 404


def test_an_empty_installation_is_calm(client, db):
    client.force_login(person("Dorte", "manager"))

    page = client.get(OVERVIEW).content.decode()

    assert "Der er ingen tal endnu" in page
    assert '<div class="kpis">' not in page


def test_the_dashboard_asks_at_most_twelve_times_however_many_rows(manager, town):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            manager.get(OVERVIEW)
        return len(captured)

    before = queries()
    for number in range(4):
        agreement(person(f"Ny{number}", team=town.north), signed=timezone.localdate(), points=(3,))
        contact(workplace(town.alice, 60), 2)

    assert queries() == before <= 12


def test_a_manager_sets_goals_and_takes_them_back(manager, town):
    year = timezone.localdate().year
    own = f"new_agreements-user-{town.alice.pk}"
    empty = dict.fromkeys(manager.get("/overblik/maal/").context["form"].fields, "")

    response = manager.post("/overblik/maal/", {**empty, "new_agreements": "10", own: "7"})

    assert response.status_code == 302
    assert Goal.objects.get(user=town.alice, year=year).number == 7
    event = Event.objects.get(action="goals_set")
    undo = reverse("insights:goals_undo", args=[event.pk])
    assert undo in manager.get(response.url).content.decode()

    assert manager.post(undo).status_code == 302
    assert not Goal.objects.filter(user=town.alice).exists()


def test_what_was_typed_stays_when_it_cannot_be_saved(manager, town):
    own = f"new_agreements-user-{town.alice.pk}"

    response = manager.post("/overblik/maal/", {"new_agreements": "mange", own: "-3"})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="mange"' in page
    assert f'href="#id_{own}"' in page
    assert not Goal.objects.filter(user=town.alice).exists()


def test_undo_is_for_ones_own_saves_and_by_post(client, manager, town):
    manager.post("/overblik/maal/", {"new_agreements": "11"})
    undo = reverse("insights:goals_undo", args=[Event.objects.get(action="goals_set").pk])

    assert manager.get(undo).status_code == 405
    client.force_login(person("Mogens", "manager"))
    assert client.post(undo).status_code == 404

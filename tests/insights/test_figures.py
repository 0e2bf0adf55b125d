"""Each number of the dashboard, and the list it opens."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from companies.filters import EnquiryFilter, WorkplaceFilter
from companies.models import Enquiry, Workplace
from insights.documents import my_numbers, overview
from insights.enums import Measure
from insights.models import Figures, Goal
from insights.rules import Period
from partnerships.filters import AgreementFilter
from partnerships.models import Agreement
from tests.insights.town import agreement, contact, person, workplace


def figures(town, **more):
    today = timezone.localdate()
    return Figures(town.dorte, Period(more.pop("year", today.year), today), **more)


def tiles(found):
    return {tile.url.partition("?")[2]: tile for tile in overview(found).tiles}


def listed(url, user, rf):
    """How many rows the list behind `url` has."""
    request = rf.get(url)
    request.user = user
    if url.startswith(reverse("partnerships:list")):
        found = AgreementFilter(request.GET, Agreement.objects.visible_to(user), request=request)
    elif url.startswith(reverse("companies:enquiries")):
        found = EnquiryFilter(request.GET, Enquiry.objects.visible_to(user), request=request)
    else:
        found = WorkplaceFilter(request.GET, Workplace.objects.visible_to(user), request=request)
    assert found.form.is_valid(), (url, found.form.errors)
    return found.qs.count()


def every_number(page):
    """Each tile and each cell with a list: its address and its number."""
    yield from ((tile.url, tile.count) for tile in page.tiles)
    for chart in page.charts:
        for row in chart.table.rows:
            yield from ((cell.url, cell.value) for cell in row if cell.url)


def test_the_tiles_count_what_they_say(town):
    numbers = [(tile.number, tile.count) for tile in overview(figures(town)).tiles]

    assert numbers == [
        ("8", 8), ("7", 7), ("6", 6), ("3", 3), ("2", 2), ("7", 7), ("2", 2), ("2", 2), ("3", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("scope", ["all", "team", "last year"])
def test_every_number_opens_a_list_with_exactly_that_count(town, rf, scope):
    more = {"team": {"team": town.south}, "last year": {"year": timezone.localdate().year - 1}}
    page = overview(figures(town, **more.get(scope, {})))

    numbers = list(every_number(page))
    wrong = [(url, n, found) for url, n in numbers if (found := listed(url, town.dorte, rf)) != n]

    assert len(numbers) > 20
    assert wrong == []


def test_the_rows_of_a_tile_are_those_it_counts(town):
    for tile in overview(figures(town)).tiles:
        assert tile.rows.count() == tile.count, tile.label


def test_answers_in_time_are_counted_out_of_those_that_were_due(town):
    everybody, south = figures(town), figures(town, team=town.south)
    own = Figures(town.alice, everybody.period, mine=True)

    shares = [each.answered_in_time for each in (everybody, south, own)]

    assert [(share.part, share.whole) for share in shares] == [(3, 6), (1, 2), (2, 3)]
    assert everybody.mean_response_hours == 1.5
    assert figures(town, year=everybody.period.year - 1).mean_response_hours is None


def test_a_renewal_is_not_a_new_agreement(town):
    before = figures(town).total("new")
    old = Agreement.objects.active(timezone.localdate()).filter(owner=town.alice).first()

    agreement(town.alice, signed=timezone.localdate(), renewed_from=old)

    assert figures(town).total("new") == before


def test_the_trend_ends_with_todays_number_and_remembers_those_that_ended(town):
    found = figures(town)

    assert found.trend("active")[-1] == found.total("active")
    assert len(found.trend("active")) == 12
    assert found.total("at_new_year") == 2
    assert found.trend("new")[-1] == found.total("new")


def test_a_team_sees_its_own(town):
    found = figures(town, team=town.south)

    assert found.total("active") == 2
    assert [user.name for user in found.consultants] == ["Bob Prøvesen"]
    assert found.goal(Measure.NEW_AGREEMENTS) == 10


def test_the_goal_is_ten_for_each_consultant_until_somebody_says_otherwise(town):
    assert figures(town).goal(Measure.NEW_AGREEMENTS) == 20

    year = timezone.localdate().year
    Goal.objects.create(measure=Measure.NEW_AGREEMENTS, year=year, user=town.alice, number=4)
    Goal.objects.create(measure=Measure.NEW_AGREEMENTS, year=year, team=town.south, number=15)

    assert figures(town).goal(Measure.NEW_AGREEMENTS) == 19


def test_a_consultant_who_left_still_counts_but_has_no_goal(town):
    found = figures(town)

    assert town.left in found.people
    assert town.left not in found.consultants


def test_a_recruiter_is_listed_with_what_they_made_but_has_no_goal(town):
    agreement(town.rita, signed=timezone.localdate())

    rows = {row.user: (row.new, row.goal, row.plan) for row in figures(town).paces}

    assert rows[town.rita] == (1, None, None)


def test_notes_plans_and_deleted_visits_are_no_contact(town):
    assert figures(town).contacted(owners=[town.alice.pk]).part == 0


def test_contact_a_year_ago_counts_and_the_day_before_does_not(town):
    place = workplace(town.rita)
    contact(place, 365)
    assert figures(town).contacted(owners=[town.rita.pk]).part == 1

    other = workplace(town.rita)
    contact(other, 367)
    assert figures(town).contacted(owners=[town.rita.pk]).part == 1


def test_points_are_counted_in_active_agreements_only(town):
    used = {number: n for number, _title, n in figures(town).points if n}

    assert used == {1: 6, 2: 1, 4: 6, 7: 2}


def test_a_consultants_own_numbers_are_theirs_alone(town, rf):
    numbers = my_numbers(town.bob, timezone.localdate())

    assert [tile.count for tile in numbers] == [2, 2, 2, 5, 1]
    assert [listed(tile.url, town.bob, rf) for tile in numbers] == [2, 2, 2, 5, 1]


def test_an_installation_without_data_says_so(db):
    manager = person("Dorte", "manager")
    today = timezone.localdate()

    page = overview(Figures(manager, Period(today.year, today)))

    assert page.is_empty
    assert [tile.count for tile in page.tiles] == [0] * 9


def test_the_number_of_queries_does_not_grow(town, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        overview(figures(town))

    for _number in range(3):
        agreement(person(f"Ny{_number}", team=town.north), signed=timezone.localdate(), points=(3,))
        contact(workplace(town.alice, 60), 2)

    with django_assert_max_num_queries(9):
        overview(figures(town))


def test_a_position_in_a_drawing_never_has_a_comma(town):
    for chart in overview(figures(town)).charts:
        for bar in chart.bars:
            for length in (bar.width, bar.back, bar.bench):
                assert re.fullmatch(r"(\d+(\.\d+)?%)?", length)


def test_the_plan_follows_the_calendar(town):
    today = timezone.localdate()
    half = Period(today.year, today.replace(month=7, day=2))

    assert Figures(town.dorte, half).paces[0].plan == 5
    assert timedelta(0) < half.end - half.start


def test_the_stock_is_our_own_municipality(town, rf):
    before = figures(town).contacted()
    for place in (workplace(town.bob), workplace(town.bob, 300)):
        type(place).objects.filter(pk=place.pk).update(municipality_code="0329")
        contact(place, 3)
    type(place).objects.exclude(municipality_code="0329").update(municipality_code="0330")

    assert figures(town).contacted() == before
    for url, number in every_number(overview(figures(town))):
        assert listed(url, town.dorte, rf) == number, url
    organisation = Organisation.objects.get()
    organisation.municipality_code = ""
    organisation.save()
    assert figures(town).contacted().whole == before.whole + 2
    for url, number in every_number(overview(figures(town))):
        assert listed(url, town.dorte, rf) == number, url


@pytest.mark.parametrize("days", [0, 45, 90])
def test_the_organisation_says_how_near_a_renewal_is(client, town, days):
    Organisation.objects.update(renewal_days=days)
    client.force_login(town.dorte, backend="allauth.account.auth_backends.AuthenticationBackend")
    tile = client.get(reverse("insights:overview")).context["page"].tiles[2]
    expected = Agreement.objects.up_for_renewal(timezone.localdate(), days)

    assert tile.url.endswith(f"days={days}")
    assert tile.count == expected.count()
    mine = my_numbers(town.alice, timezone.localdate())[2]
    assert mine.count == expected.filter(owner=town.alice).count()

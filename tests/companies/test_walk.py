"""From one workplace of a filtered list to the next, and back to the list."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.factories import CompanyFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def places():
    """Thirty in two towns; each third is in Korsør."""
    return [
        WorkplaceFactory(
            company=CompanyFactory(name=f"Firma {number:02}"),
            town="Korsør" if number % 3 == 0 else "Slagelse",
        )
        for number in range(30)
    ]


def links(web, **query):
    """The addresses of the rows of the list as it is filtered, by name."""
    answer = web.get(reverse("companies:list"), query)
    page = answer.context["list"]
    start = page.page.start_index()
    addresses = {}
    for number, place in enumerate(page.page, start):
        plain = reverse("companies:workplace", args=[place.pk])
        addresses[place.name] = f"{plain}?{page.walk_query}&nr={number}"
    return addresses


def walk(web, address):
    return web.get(address).context["walk"]


def test_the_rows_of_the_list_carry_their_place(web, places):
    answer = web.get(reverse("companies:list"), {"town": "Korsør"})
    address = links(web, town="Korsør")["Firma 03"]
    assert f'href="{address.replace("&", "&amp;")}"' in answer.content.decode()


def test_one_walks_through_the_filtered_list_and_nothing_else(web, places):
    address, seen = links(web, town="Korsør")["Firma 00"], []
    while address:
        answer = web.get(address)
        seen.append(answer.context["workplace"].name)
        address = answer.context["walk"].after_url
    assert seen == [f"Firma {number:02}" for number in range(0, 30, 3)]


def test_the_walk_says_where_one_is_and_goes_back_too(web, places):
    step = walk(web, links(web, town="Korsør")["Firma 03"])
    assert (step.number, step.count) == (2, 10)
    assert walk(web, step.before_url).number == 1
    assert walk(web, step.before_url).before_url == ""
    assert walk(web, walk(web, step.after_url).before_url).number == 2


def test_back_returns_to_the_page_of_the_list_and_to_the_row(web, places):
    address = links(web, sort="-name", page="2")["Firma 02"]
    back = urlsplit(walk(web, address).back_url)
    assert parse_qs(back.query) == {"sort": ["-name"], "page": ["2"]}
    assert back.fragment == f"w{places[2].pk}"
    assert f'id="{back.fragment}"' in web.get(f"{back.path}?{back.query}").content.decode()


def test_the_other_tabs_stay_on_the_walk(web, places):
    address = links(web, town="Korsør")["Firma 03"]
    for tab in web.get(address).context["tabs"][:2]:
        step = walk(web, tab["url"])
        path = urlsplit(tab["url"]).path
        assert (step.number, step.count) == (2, 10)
        following = path.replace(f"/{places[3].pk}/", f"/{places[6].pk}/")
        assert urlsplit(step.after_url).path == following


def test_an_action_does_not_end_the_walk(web, places):
    address = links(web, town="Korsør")["Firma 03"]
    query = urlsplit(address).query
    spot = reverse("companies:spot", args=[places[3].pk, "mentor"])
    answer = web.post(f"{spot}?{query}")
    assert walk(web, answer.headers["Location"]).number == 2


def test_forms_of_the_workplace_do_not_end_the_walk(web, places):
    query = urlsplit(links(web, town="Korsør")["Firma 03"]).query
    season = {"name": "Gran", "from_week": 40, "to_week": 47, "lead_weeks": 4}
    plan = {"kind": "call", "on": "2030-01-07", "at": "9.00"}
    forms = {
        "plan": plan,
        "contact_terms": {"places": "2"},
        "visit_times": {"slot-1-8": "good"},
        "seasons": season,
    }
    for name, said in forms.items():
        answer = web.post(f"{reverse(f'companies:{name}', args=[places[3].pk])}?{query}", said)
        there = urlsplit(answer.headers["Location"]).query
        assert parse_qs(there) == parse_qs(query), name
    assert there in web.get(answer.headers["Location"]).context["back"]


def test_one_that_has_left_the_list_has_both_neighbours_still(web, places):
    address = links(web, town="Korsør")["Firma 03"]
    places[3].town = "Slagelse"
    places[3].save()
    step = walk(web, address)
    names = [web.get(to).context["workplace"].name for to in (step.before_url, step.after_url)]
    assert names == ["Firma 00", "Firma 06"]


@pytest.mark.parametrize(
    "query",
    [
        "liste=ukendt&nr=2",
        "liste=alle&nr=0",
        "liste=alle&nr=x",
        "liste=alle&nr=99999999999999",
        "liste=alle&nr=²",
    ],
)
def test_a_nonsense_address_is_answered_without_a_walk(web, places, query):
    address = reverse("companies:workplace", args=[places[0].pk])
    assert walk(web, f"{address}?{query}") is None


@pytest.mark.parametrize(
    "query",
    [
        "nr=900",
        "nr=1&valg=owner%3D99999999999999999999",
        "nr=1&valg=town%3D%2500",
        "nr=1&valg=" + "x" * 5000,
        "nr=1&af=x&valg=sort%3Dnonsense",
    ],
)
def test_odd_walks_are_answered_calmly(web, places, query):
    address = reverse("companies:workplace", args=[places[0].pk])
    assert web.get(f"{address}?liste=alle&{query}").status_code == 200


@pytest.mark.parametrize("query", [{"town": "Korsør"}, {"owner": "nobody"}, {"q": "firma"}])
def test_a_walk_costs_one_question(
    web, places, query, django_assert_num_queries, django_assert_max_num_queries
):
    address = next(iter(links(web, **query).values()))
    plain = urlsplit(address).path
    with django_assert_max_num_queries(10) as without:
        web.get(plain)
    with django_assert_num_queries(len(without) + 1):
        web.get(address)

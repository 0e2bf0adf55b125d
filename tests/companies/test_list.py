"""The list of workplaces: search, filters, sorting, paging, and the part that htmx swaps."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import ActivityFactory, CompanyFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def found(response):
    return [place.name for place in response.context["list"].page]


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def named(name, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), **more)


def test_the_list_shows_active_workplaces_by_name(web):
    named("Bageri B")
    named("Auto A")
    named("Lukket", ceased_on=timezone.localdate())
    assert found(web.get(url("list"))) == ["Auto A", "Bageri B"]


def test_ceased_ones_are_shown_when_asked_for(web):
    named("Auto A")
    named("Lukket", ceased_on=timezone.localdate())
    assert found(web.get(url("list"), {"ceased": "with"})) == ["Auto A", "Lukket"]
    assert found(web.get(url("list"), {"ceased": "only"})) == ["Lukket"]


@pytest.mark.parametrize("words", ["ÅLYKKE", "café ålykke", "99 00 00 15", "1900005261", "korsør"])
def test_a_workplace_is_found_by_any_of_its_words_and_numbers(web, words):
    WorkplaceFactory(
        company=CompanyFactory(name="Ålykke Café ApS", cvr_number="99000015"),
        p_number="1900005261",
        town="Korsør",
    )
    named("Auto A")
    assert found(web.get(url("list"), {"q": words})) == ["Ålykke Café ApS"]


def test_each_filter_leaves_what_it_says(web, alice):
    mine = named("Mit", owner=alice, town="Korsør", employees=30, level="partnership")
    guarded = named("Beskyttet", advertising_protection=True)
    company_guarded = WorkplaceFactory(
        company=CompanyFactory(name="Firmabeskyttet", advertising_protection=True)
    )
    ActivityFactory(workplace=mine)
    ActivityFactory(workplace=guarded, starts_at=timezone.now() - timedelta(days=400))
    cases = {
        "owner=me": ["Mit"],
        f"owner={alice.pk}": ["Mit"],
        "owner=nobody": ["Beskyttet", "Firmabeskyttet"],
        "town=Korsør": ["Mit"],
        "size=20-49": ["Mit"],
        "level=partnership": ["Mit"],
        "industry=restau": ["Beskyttet", "Firmabeskyttet", "Mit"],
        "industry=smed": [],
        "contacted=12": ["Mit"],
        "quiet=12": ["Beskyttet", "Firmabeskyttet"],
        "protected=yes": ["Beskyttet", "Firmabeskyttet"],
        "protected=no": ["Mit"],
        "protected=yes&owner=me": [],
    }
    assert company_guarded.is_protected
    assert {query: found(web.get(f"{url('list')}?{query}")) for query in cases} == cases


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["A", "B", "C"]),
        ("-name", ["C", "B", "A"]),
        ("size", ["C", "A", "B"]),
        ("-size", ["B", "A", "C"]),
        ("level", ["B", "A", "C"]),
        ("-last", ["C", "A", "B"]),
        ("next", ["B", "A", "C"]),
        ("nonsense", ["A", "B", "C"]),
    ],
)
def test_the_list_is_sorted_by_what_is_asked(web, sort, names):
    a = named("A", employees=8, level="contact")
    b = named("B", employees=90, level="passive")
    c = named("C", employees=1, level="partnership")
    ActivityFactory(workplace=a, starts_at=timezone.now() - timedelta(days=40))
    ActivityFactory(workplace=c)
    ActivityFactory(workplace=b, planned=True)
    assert found(web.get(url("list"), {"sort": sort})) == names


def test_htmx_gets_the_rows_and_everybody_else_the_page(web):
    named("Auto A")
    whole, rows = web.get(url("list")), web.get(url("list"), **HTMX)
    assert "<h1>" in whole.content.decode()
    assert "<h1>" not in rows.content.decode()
    assert "1 workplace" in rows.content.decode()
    boosted = web.get(url("list"), **HTMX, HTTP_HX_BOOSTED="true")
    restored = web.get(url("list"), **HTMX, HTTP_HX_HISTORY_RESTORE_REQUEST="true")
    assert b"<h1>" in boosted.content
    assert b"<h1>" in restored.content
    assert "HX-Request" in whole["Vary"]


def test_a_page_holds_25_and_the_filters_follow(web):
    for number in range(27):
        named(f"Firma {number:02}")
    response = web.get(url("list"), {"town": "Slagelse", "page": "2"})
    assert found(response) == ["Firma 25", "Firma 26"]
    assert "town=Slagelse" in response.content.decode()


@pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 300, "page=x", "owner=%00", "town=²"])
def test_odd_addresses_are_answered_calmly(web, query):
    place = named("Auto A")
    assert web.get(f"{url('list')}?{query}").status_code == 200
    assert web.get(f"{url('log')}?{query}").status_code == 200
    assert web.get(f"{url('log_visit', place.pk)}?plan=²&kind=%00").status_code == 200
    assert web.get(f"{url('log_visit', place.pk)}?plan={10**30}").status_code == 200


def test_the_rest_of_the_filters_is_folded_until_one_is_chosen(web):
    fold = '<details class="filter-rest"'
    assert f"{fold}>" in web.get(url("list"), {"town": "Korsør"}).content.decode()
    assert f"{fold} open>" in web.get(url("list"), {"quiet": "12"}).content.decode()
    filters = web.get(url("list")).context["list"].filterset
    assert [field.name for field in filters.first_fields] == ["town", "size", "level", "owner"]
    folded = {field.name for field in filters.more_fields}
    assert {"industry", "quiet", "contacted", "protected", "ceased"} <= folded
    assert not folded & {"q", "town", "team"}


def test_an_empty_list_says_what_to_do(web):
    assert "They come from the business register" in web.get(url("list")).content.decode()
    assert "Take a filter off" in web.get(url("list"), {"q": "xyz"}).content.decode()

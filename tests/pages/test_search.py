"""One search finds workplaces, agreements, colleagues and pages, and only what the user may see."""

import pytest
from django.test import Client
from django.urls import reverse

from cabi_crm.pages.context import menu_for
from cabi_crm.pages.search import PLACES
from companies.models import Workplace
from companies.rules import asked_words, digits_of, near_misses
from tests.factories import ContactPersonFactory, WorkplaceFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def ask(user, asked: str, **headers) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/soeg/", {"q": asked}, **headers).content.decode()


def found_on(page: str) -> str:
    """The page without its menu."""
    return page.split("<main", 1)[1]


def place(name: str, *contacts, **fields) -> Workplace:
    made = WorkplaceFactory(name=name, **fields)
    people = [ContactPersonFactory(workplace=made, **facts) for facts in contacts]
    made.refresh_derived([person.words for person in people])
    made.save()
    return made


@pytest.mark.parametrize(
    "asked",
    [
        "Æblegårdens",
        "aeblegaarden",
        "ÆBLEGAARD",
        "blegård saft",
        "æblegaerd",
        "æblegårdn",
        "Sorø æble",
    ],
)
def test_a_workplace_is_found_however_its_letters_are_typed(world: World, asked):
    place("Æblegårdens Saft", town="Sorø")
    assert "Æblegårdens Saft" in ask(world.users["consultant"], asked)


@pytest.mark.parametrize("asked", ["58 12 34 56", "+45 58123456", "0045 5812 3456", "58-12-34-56"])
def test_a_phone_number_finds_the_workplace_and_who_has_it(world: World, asked):
    made = place("Saftbaren", {"name": "Signe Prøvesen", "phone": "+45 58 12 34 56"})
    client = Client()
    client.force_login(world.users["consultant"])
    answer = client.get("/soeg/", {"q": asked}, HTTP_HX_REQUEST="true").content.decode()
    assert "Signe Prøvesen" in answer
    assert client.get("/soeg/", {"q": asked}).url == f"/virksomheder/{made.pk}/"


def test_a_whole_number_leads_straight_to_the_workplace(world: World):
    client = Client()
    client.force_login(world.users["consultant"])
    for number in (world.workplace.p_number, "99 00 00 15"):
        answer = client.get("/soeg/", {"q": number})
        assert (answer.status_code, answer.url) == (302, f"/virksomheder/{world.workplace.pk}/")


def test_names_that_begin_with_the_question_come_first(world: World):
    place("Det gamle bageri")
    place("Bageriet ved åen")
    answer = ask(world.users["consultant"], "bageri")
    assert answer.index("Bageriet ved åen") < answer.index("Det gamle bageri")


def test_agreements_colleagues_and_pages_are_found_too(world: World):
    user = world.users["consultant"]
    assert world.agreement.number in ask(user, "2026-902")
    assert "Manager Prøvesen" in ask(user, "manager")
    assert 'href="/virksomheder/log/"' in found_on(ask(user, "log besøg"))


def test_an_auditor_finds_pages_and_no_companies(world: World):
    answer = ask(world.users["auditor"], "Kanariefuglens")
    assert "/virksomheder/" not in answer
    assert "Revisionslog" in found_on(ask(world.users["auditor"], "revision"))
    assert "Revisionslog" not in found_on(ask(world.users["consultant"], "revision"))


def test_what_is_typed_is_shown_as_text(world: World):
    answer = ask(world.users["consultant"], "<script>alert(1)</script>\0")
    assert "<script>alert" not in answer
    assert "&lt;script&gt;" in answer


@pytest.mark.parametrize("asked", ["", " ", "a"])
def test_too_little_to_search_for_is_said(world: World, asked):
    assert "Skriv to bogstaver eller flere" in ask(world.users["consultant"], asked)


def test_nothing_found_says_what_to_try(world: World):
    assert "Prøv med færre bogstaver" in ask(world.users["consultant"], "xyzzy")


def test_the_search_asks_as_often_for_many_hits(world: World, django_assert_max_num_queries):
    client = Client()
    client.force_login(world.users["consultant"])
    for number in range(30):
        place(f"Bageri {number}", {"name": f"Bager Prøvesen {number}"}, company=world.company)
    with django_assert_max_num_queries(8):
        answer = client.get("/soeg/", {"q": "bager"}, HTTP_HX_REQUEST="true").content.decode()
    assert answer.count('class="hit"') == 9
    assert 'href="/virksomheder/?q=bager"' in answer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("99 00 00 15", ["99000015"]),
        ("1900 005 261", ["1900005261"]),
        ("+45 12 34 56 78", ["12345678"]),
        ("Æble  Gård", ["aeble", "gaard"]),
        ("4200", ["4200"]),
    ],
)
def test_what_is_asked_for_word_by_word(text, words):
    assert asked_words(text) == words


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+45 12 34 56 78", "12345678"),
        ("0045-12345678", "12345678"),
        ("12 34 56 78", "12345678"),
        ("", ""),
    ],
)
def test_a_danish_number_is_its_eight_digits(phone, digits):
    assert digits_of(phone) == digits


def test_short_words_and_numbers_have_no_near_misses():
    assert near_misses("bage") == []
    assert near_misses("12345678") == []
    assert "bag_ri" in near_misses("bageri")
    assert "agberi" not in near_misses("bageri")
    assert len(set(near_misses("bageri"))) == len(near_misses("bageri"))


def test_a_colleagues_number_shows_the_colleague(world: World):
    colleague = world.users["manager"]
    colleague.phone = "10 20 30 40"
    colleague.save()
    assert colleague.name in ask(world.users["consultant"], "10203040")


def test_every_place_of_the_menu_can_be_searched_for(world: World):
    known = {reverse(place.url_name) for place in PLACES}
    for user in world.users.values():
        assert {item.url for item in menu_for(user)} <= known


@pytest.mark.parametrize(
    ("who", "asked", "url"),
    [
        ("manager", "fravær", "/administration/fravaer/"),
        ("consultant", "syg", "/administration/mig/fravaer/"),
        ("consultant", "portefølje", "/virksomheder/mine/"),
        ("caseworker", "løntilskud", "/tasken/"),
        ("administrator", "åbningstider", "/administration/drift/"),
    ],
)
def test_a_page_is_found_by_other_words_for_it(world: World, who, asked, url):
    assert f'href="{url}"' in found_on(ask(world.users[who], asked))


def test_a_page_is_offered_to_those_who_may_open_it_and_to_nobody_else(world: World):
    wrong = []
    for user in world.users.values():
        client = Client()
        client.force_login(user)
        wrong += [
            (user.role, place.url_name)
            for place in PLACES
            if place.may(user) != (client.get(reverse(place.url_name)).status_code == 200)
        ]
    assert wrong == []

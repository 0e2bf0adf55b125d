"""The workplaces that the form of a new enquiry offers: by name, by number, and which is ticked."""

import pytest

from companies.actions.contacts import refresh_search
from tests.companies.test_enquiry_pages import named, sent, url
from tests.factories import ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(client):
    client.force_login(UserFactory(name="Alice Prøvesen", language="en"))
    return client


def test_the_only_one_that_fits_is_ticked_until_somebody_says_no(web):
    bakery = named("Havnens Bageri")
    ticked = f'value="{bakery.pk}" data-name="Havnens Bageri" checked'
    text = web.get(url("enquiry_new"), {"company_name": "havnens"}).content.decode()
    assert ticked in text
    assert text.index(ticked) < text.index("keep the name as it is written")
    assert (
        ticked not in web.get(url("enquiry_new"), {"company_name": "Havnens ApS"}).content.decode()
    )
    said_no = sent(web, company_name="Havnens", workplace="", subject="")
    assert ticked not in web.post(url("enquiry_new"), said_no).content.decode()
    named("Havnens Café")
    assert ticked not in web.get(url("enquiry_new"), {"company_name": "havnens"}).content.decode()


def test_the_number_that_rings_finds_the_workplace(web):
    place = named("Havnens Bageri")
    named("Smeden")
    ContactPersonFactory(workplace=place, phone="+45 20 30 40 50")
    refresh_search(place)
    page = web.get(url("enquiry_new"), {"phone": "20 30 40 50"})
    assert page.context["found"] == [place]
    assert page.context["ticked"] == place.pk
    assert web.get(url("enquiry_new"), {"phone": "20 30"}).context["found"] is None

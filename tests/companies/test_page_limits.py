"""How much the tabs of a workplace ask, and old forms of its profile."""

import pytest
from django.urls import reverse
from django.utils import timezone

from companies import actions
from companies.models import VisitWindow
from partnerships.actions import start_agreement
from partnerships.models import AgreementTemplate
from tests.factories import (
    AbsenceFactory,
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    EnquiryFactory,
    UserFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def named(name, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), **more)


def furnish(place):
    """Give a workplace some of everything that its page shows."""
    for number in range(3):
        visit = ActivityFactory(workplace=place)
        visit.task_opportunities.create(
            workplace=place, area=("cleaning", "stock", "office")[number]
        )
        visit.leads.create(workplace=place, kind=("mentor", "flexjob", "upskilling")[number])
        ContactPersonFactory(workplace=place)
        ActivityFactory(workplace=place, planned=True)
        WorkplaceFactory(company=place.company)
    VisitWindow.objects.create(workplace=place, weekday=1, part=8)


def test_the_list_asks_as_often_for_three_rows_as_for_one(web, django_assert_max_num_queries):
    furnish(named("Auto A", advertising_protection=True))
    with django_assert_max_num_queries(8) as one:
        web.get(url("list"), {"q": "Auto A", "owner": "nobody"})
    for name in ("Auto B", "Auto C"):
        furnish(named(name, owner=UserFactory()))
    with django_assert_max_num_queries(8) as three:
        web.get(url("list"))
    assert len(three) == len(one)


@pytest.mark.parametrize("known", [1, 30])
@pytest.mark.parametrize(
    "name",
    [
        "companies:workplace",
        "companies:history",
        "companies:preparation",
        "companies:contacts",
        "companies:service",
        "partnerships:for_workplace",
    ],
)
def test_every_tab_opened_on_a_walk_asks_ten_questions_at_most(
    web, alice, name, known, django_assert_max_num_queries
):
    place = named("Auto A", owner=UserFactory())
    AbsenceFactory(user=place.owner, cover=alice)
    named("Auto B")
    furnish(place)
    start_agreement(workplace=place, by=alice, template=AgreementTemplate.objects.first())
    for _number in range(known):
        EnquiryFactory(workplace=place)
        ActivityFactory(workplace=place)
        place.service_entries.create(user=alice, kind="advice", minutes=10, on=timezone.localdate())
    with django_assert_max_num_queries(10):
        web.get(reverse(name, args=[place.pk]), {"liste": "alle", "nr": "1", "af": "2"})


def test_a_page_of_the_history_that_is_not_there_is_the_last_one(web):
    place = named("Auto A")
    for _number in range(30):
        ActivityFactory(workplace=place)
    for asked, number, rows in (("1", 1, 25), ("2", 2, 5), ("9", 2, 5), ("x", 1, 25), ("²", 1, 25)):
        page = web.get(url("history", place.pk), {"page": asked}).context["list"].page
        assert (page.number, len(page), page.paginator.count) == (number, rows, 30)


def typed(form, **more):
    """What a browser sends of the form as it was shown."""
    values = {name: form[name].value() for name in form.fields}
    values |= {name: getattr(value, "pk", value) for name, value in values.items()}
    return {name: value for name, value in values.items() if value is not None} | more


def test_an_old_form_of_the_profile_saves_only_what_was_changed_on_it(web, alice):
    place, bob = named("Auto A"), UserFactory(name="Bob Prøvesen")
    form = web.get(url("profile_edit", place.pk)).context["form"]
    actions.set_owner(workplace=place, owner=bob, by=bob)
    actions.set_level(workplace=place, level="partnership", by=bob)
    actions.save_traits(workplace=place, by=bob, traits=["local", "lifting"])
    answer = web.post(url("profile_edit", place.pk), typed(form, about="Bilværksted"))
    assert answer.status_code == 302
    place.refresh_from_db()
    assert (place.owner, place.level, place.about) == (bob, "partnership", "Bilværksted")
    assert set(place.traits.values_list("trait", flat=True)) == {"local", "lifting"}


def test_an_owner_changed_on_two_forms_at_once_is_asked_about_once(web, alice):
    place, bob = named("Auto A"), UserFactory(name="Bob Prøvesen")
    form = web.get(url("profile_edit", place.pk)).context["form"]
    actions.set_owner(workplace=place, owner=bob, by=bob)
    answer = web.post(url("profile_edit", place.pk), typed(form, owner=alice.pk))
    assert answer.status_code == 422
    again = answer.context["form"]
    assert list(again.errors) == ["owner"]
    assert "Bob Prøvesen" in again.errors["owner"][0]
    place.refresh_from_db()
    assert place.owner == bob
    web.post(url("profile_edit", place.pk), typed(again))
    place.refresh_from_db()
    assert place.owner == alice

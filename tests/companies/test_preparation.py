"""The sheet before contact: what it is filled with, how it is saved, what its page asks for."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import Role
from accounts.models import Event, Organisation
from companies.actions import save_preparation
from companies.documents.ground import ground_of
from companies.documents.known import answers, known_of
from companies.models import IndustrySource, Preparation, Workplace
from companies.models.similar import similar_firms
from tests.factories import (
    AbsenceFactory,
    ActivityFactory,
    CompanyFactory,
    IndustryFactory,
    UserFactory,
    WorkplaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en", phone="58101010")


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


@pytest.fixture
def administrator(client):
    client.force_login(UserFactory(role=Role.ADMINISTRATOR, language="en"))
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def named(name, **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), **more)


def ground(place):
    place = Workplace.objects.get(pk=place.pk)
    return ground_of(place, on=timezone.localdate(), with_similar=True)


def known(place):
    with translation.override("en"):
        return known_of(ground(place))


def sheet(place, by, **said):
    return save_preparation(workplace=place, said=said, by=by)


# What is known.


def test_what_the_register_and_the_profile_know_is_filled_in(alice):
    place = named(
        "Auto A",
        owner=alice,
        started_on=date(2009, 3, 1),
        employees=12,
        employment_month=date(2026, 10, 1),
        products="Dækskift for private",
        tone="direct",
        culture="Humor i værkstedet.",
        skill_demands="Kørekort",
    )
    found = known(place)
    assert found["recent_years"].text == "Started in 2009. 12 employees (October 2026)."
    assert found["products"].text == "Dækskift for private"
    assert found["tone"].text == "Direct and brisk. Humor i værkstedet"
    assert found["industry_skills"].text == "Kørekort"
    assert found["follow_up"].text == "Yes. Ring Alice Prøvesen, 58\xa010\xa010\xa010."
    assert found["recent_years"].origin == "from the register"
    assert "industry_situation" not in found


def test_the_cover_is_named_while_the_owner_is_away(alice):
    bob = UserFactory(name="Bob Dækker")
    AbsenceFactory(user=alice, cover=bob)
    assert "Bob Dækker covers" in known(named("Auto A", owner=alice))["follow_up"].text


def test_what_was_seen_and_ticked_is_filled_in(alice):
    place = named("Auto A")
    visit = ActivityFactory(workplace=place, can_take="En, der kan tage fat")
    visit.task_opportunities.create(workplace=place, area="cleaning")
    place.task_opportunities.create(area="stock")
    place.task_opportunities.create(area="office", gone_on=timezone.localdate())
    place.traits.create(kind="motivation", trait="local")
    found = known(place)
    assert found["which_person"].text == "En, der kan tage fat"
    assert found["what_they_manage"].text == "Tasks seen at yours: cleaning, stock."
    assert found["why_here"].text == "Wants to do something for the area."


def test_what_a_colleague_found_out_about_the_industry_is_carried_over(alice):
    near = IndustryFactory(code="563000", text="Værtshuse")
    far = IndustryFactory(code="452010", text="Værksteder")
    sheet(named("Pizza", industry=near), alice, industry_situation="Travlt i december")
    sheet(named("Værksted", industry=far), alice, industry_situation="Stille")
    place = named("Café A")
    found = known(place)["industry_situation"]
    today = timezone.localdate()
    assert found.text == "Travlt i december"
    assert found.origin.startswith("from Pizza, ")
    assert str(today.year) in found.origin
    sheet(named("Café B"), alice, industry_situation="Lige så travlt")
    sheet(named("Café C"), alice, industry_situation="Nyest")
    sheet(named("Bodega", industry=near), alice, industry_situation="Længere væk")
    assert known(place)["industry_situation"].text == "Nyest"  # the same four digits
    assert "industry_situation" not in known(named("Uden branche", industry=None))


def test_our_own_words_come_before_what_is_known(alice):
    place = named("Auto A", products="Dæk")
    sheet(place, alice, products="Dæk og hjulskift")
    found = answers(ground(place))["products"]
    assert (found.text, found.origin) == ("Dæk og hjulskift", "")


def test_similar_firms_are_those_with_good_experience_nearby_ones_first(alice):
    place = named("Café A")
    far = named("Café Langt Væk", town="Skagen", postcode="9990", level="partnership")
    near = named("Café Nær", level="contact")
    ActivityFactory(workplace=near)
    ActivityFactory(workplace=near, outcome="problem")
    ActivityFactory(workplace=far)
    ActivityFactory(workplace=named("Café Sur", level="contact"), outcome="problem")
    ActivityFactory(workplace=named("Lukket", ceased_on=timezone.localdate()))
    ActivityFactory(workplace=named("Andet", industry=IndustryFactory(code="452010")))
    named("Café Ukendt", level="partnership")
    found = [(each.name, each.good, each.bad) for each in similar_firms(place)]
    assert found == [("Café Nær", 1, 1), ("Café Langt Væk", 1, 0)]


# The tab.


def form_data(form, **said):
    data = {name: form[name].value() or "" for name in form.fields}
    return {**data, **said}


def test_the_tab_shows_questions_arguments_tips_and_sources(web, alice):
    IndustrySource.objects.create(name="Horesta", url="https://example.invalid/", code_prefix="56")
    IndustrySource.objects.create(name="Om biler", code_prefix="45")
    place = named("Café A", owner=alice)
    text = web.get(url("preparation", place.pk)).content.decode()
    for shown in (
        "How is the industry doing?",
        "Why on special terms?",
        "This is what we ask for",
        "One contact at the job centre",
        "Tips for a lasting cooperation",
        "Horesta",
        "Not checked yet.",
        "Statistikbanken",
    ):
        assert shown in text, shown
    assert "Om biler" not in text


def test_what_is_saved_is_our_own_words_only(web, alice):
    place = named("Café A", products="Frokost")
    form = web.get(url("preparation", place.pk)).context["form"]
    data = form_data(form, tone="Uformel", ask_what="En praktikant", ask_hours="20")
    answer = web.post(url("preparation_edit", place.pk), data, follow=True)
    assert "The preparation is saved." in answer.content.decode()
    saved = Preparation.objects.get(workplace=place)
    assert (saved.tone, saved.products, saved.by) == ("Uformel", "", alice)
    assert "from the profile" in answer.content.decode()  # products still follows the profile
    event = Event.objects.filter(action="preparation_saved").get()
    assert event.changes == {"fields": ["ask_hours", "ask_what", "tone"]}
    web.post(url("preparation_edit", place.pk), data)
    assert Preparation.objects.count() == 1


def test_a_cpr_number_is_refused_and_what_was_typed_stays(web):
    place = named("Café A")
    data = {"which_person": "Født 010180-0000", "tone": "Uformel"}
    answer = web.post(url("preparation_edit", place.pk), data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "CPR number" in text
    assert "Uformel" in text
    assert not Preparation.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (("En i køkkenet", "20", "4", "I betaler ingen løn."),
         "En i køkkenet, 20 hours a week for 4 weeks. I betaler ingen løn."),
        (("En i køkkenet.", "7,5", "1", "Kommunen"),
         "En i køkkenet, 7,5 hours a week for 1 week. Kommunen."),
        (("En fleksjobber", "ti timer", "fast", "Delt"), "En fleksjobber, ti timer fast. Delt."),
        (("En i køkkenet", "20", "", "I betaler ingen løn"), ""),
    ],
)  # fmt: skip
def test_what_we_ask_for_is_one_sentence_once_all_of_it_is_said(said, sentence):
    with translation.override("en"):
        made = Preparation(**dict(zip(Preparation.ASK, said, strict=True)))
        assert made.ask == sentence


def test_a_reader_reads_the_sheet_and_cannot_change_it(client):
    client.force_login(UserFactory(role=Role.READER, language="en"))
    place = named("Café A", products="Frokost")
    text = client.get(url("preparation", place.pk)).content.decode()
    assert "Frokost" in text
    assert "Save the preparation" not in text
    assert client.post(url("preparation_edit", place.pk)).status_code == 404


def test_the_tab_asks_as_often_for_many_rows(web, alice, django_assert_max_num_queries):
    place = named("Café A", owner=alice)
    Organisation.objects.get_or_create(pk=1, defaults={"label": "Jobcenter"})
    with django_assert_max_num_queries(10) as one:
        web.get(url("preparation", place.pk))
    for number in range(30):
        other = named(f"Café {number}", level="partnership")
        sheet(other, alice, industry_situation="Travlt")
        ActivityFactory(workplace=other)
        visit = ActivityFactory(workplace=place, can_take="En", offer="To")
        visit.task_opportunities.create(workplace=place, area="cleaning")
        IndustrySource.objects.create(name=f"Kilde {number}")
    sheet(place, alice, tone="Rolig")
    with django_assert_max_num_queries(10) as many:
        web.get(url("preparation", place.pk))
    assert len(many) == len(one)


# Sources.


def test_a_source_is_added_checked_removed_and_brought_back(administrator):
    data = {"name": "Horesta", "url": "https://example.invalid/", "note": "", "code_prefix": "56"}
    administrator.post(url("source_new"), data)
    source = IndustrySource.objects.get(name="Horesta")
    assert source.checked_on == timezone.localdate()
    earlier = timezone.localdate() - timedelta(days=400)
    IndustrySource.objects.filter(pk=source.pk).update(checked_on=earlier)
    answer = administrator.post(url("source_check", source.pk), follow=True)
    undo = f"{url('source_check', source.pk)}?before={earlier}"
    assert undo in answer.content.decode()
    administrator.post(undo)
    source.refresh_from_db()
    assert source.checked_on == earlier
    administrator.post(url("source_remove", source.pk))
    assert not IndustrySource.objects.kept().filter(pk=source.pk).exists()
    administrator.post(url("source_restore", source.pk))
    assert IndustrySource.objects.kept().filter(pk=source.pk).exists()


def test_a_source_with_an_odd_code_says_why(administrator):
    answer = administrator.post(url("source_new"), {"name": "Horesta", "code_prefix": "56.1"})
    assert answer.status_code == 422
    assert "An industry code is up to six digits." in answer.content.decode()

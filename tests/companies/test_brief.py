"""The papers of a preparation: one page however long the texts, tagged, in both languages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation
from companies.actions import save_preparation
from companies.documents.brief import brief_pdf
from companies.documents.preparation import sheet_pdf
from companies.models import Preparation, Task
from tests.factories import (
    AbsenceFactory,
    ActivityFactory,
    CompanyFactory,
    ContactPersonFactory,
    UserFactory,
    WorkplaceFactory,
)
from tests.pdf.paperkit import opened, page_count, text

pytestmark = pytest.mark.django_db
LONG = "Vi skal huske, at de helst vil ringes op om tirsdagen og gerne hører om flere. " * 12


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", phone="58101010")


@pytest.fixture
def place(alice):
    Organisation.objects.update_or_create(pk=1, defaults={"label": "Jobcenter Prøveby"})
    return WorkplaceFactory(company=CompanyFactory(name="Ålykke Café ApS"), owner=alice)


def furnish(place, user, words):
    """Give the workplace some of everything the brief shows, in so many words."""
    ContactPersonFactory(workplace=place, name="Bo Hansted", phone="10203041", is_main=True)
    for number in range(4):
        visit = ActivityFactory(workplace=place, user=user, note=words)
        visit.task_opportunities.create(workplace=place, area=("cleaning", "stock")[number % 2])
        place.season_peaks.create(name=words[:70] or "Jul", from_week=40, to_week=47)
        day = timezone.localdate() + timedelta(days=number)
        Task.objects.create(
            workplace=place, user=user, text=words[:190] or "Ring", due_on=day, is_promise=True
        )
        other = WorkplaceFactory(company=CompanyFactory(name=f"Café {number}"))
        ActivityFactory(workplace=other)
    for part in (8, 10, 12, 14):
        place.visit_windows.create(weekday=1, part=part, is_good=part < 12)
    place.about = place.culture = words
    place.save()


def test_the_brief_says_what_matters_for_a_visit(place, alice):
    furnish(place, alice, "Vil gerne have én mere")
    AbsenceFactory(user=alice, cover=UserFactory(name="Bob Dækker"))
    asked = dict(zip(Preparation.ASK, ("En praktikant", "20", "4", "I betaler intet"), strict=True))
    save_preparation(workplace=place, said={"tone": "Rolig", **asked}, by=alice)
    said = text(brief_pdf(place, language="da"))
    for shown in (
        "Ålykke Café ApS",
        "Jobcenter Prøveby",
        "Bo Hansted, 10 20 30 41",
        "Bob Dækker",
        "Vil gerne have én mere",
        "uge 40–47",
        "Mandag 8–10",
        "Rengøring, Lager",
        "Café 0",
        "Hvorfor på særlige vilkår?",
        "En praktikant, 20 timer om ugen i 4 uger. I betaler intet.",
        "Side 1 af 1",
    ):
        assert shown in said, shown


def test_the_brief_says_that_the_sentence_is_missing(place):
    assert "I én sætning: hvad, timer, uger, hvem betaler." in text(brief_pdf(place, language="da"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_long_texts_never_make_it_two_pages(place, alice, language):
    furnish(place, alice, LONG)
    said = dict.fromkeys(Preparation.NOTES, LONG) | dict.fromkeys(Preparation.ASK, LONG[:40])
    save_preparation(workplace=place, said=said | {"ask_what": LONG[:160]}, by=alice)
    pdf = brief_pdf(place, language=language)
    assert page_count(pdf) == 1
    assert "…" in text(pdf)


@pytest.mark.parametrize(
    ("language", "heading"), [("da", "Det vil virksomheden spørge om"), ("en", "will ask")]
)
def test_papers_are_tagged_and_say_their_language(place, language, heading):
    papers = [
        brief_pdf(place, language=language),
        sheet_pdf(place, language=language, blank=False),
        sheet_pdf(place, language=language, blank=True),
    ]
    for paper in papers:
        document = opened(paper)
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in document.Root
        assert heading in text(paper)


def test_the_filled_sheet_says_where_its_words_come_from(place, alice):
    place.products = "Frokost"
    place.save()
    save_preparation(workplace=place, said={"tone": "Rolig tone"}, by=alice)
    said = text(sheet_pdf(place, language="da", blank=False))
    assert "Frokost (fra profilen)" in said
    assert "Rolig tone" in said
    assert "Sidst rettet" in said
    empty = text(sheet_pdf(place, language="da", blank=True))
    assert "Frokost" not in empty
    assert "Rolig tone" not in empty


@pytest.mark.parametrize("name", ["brief", "preparation_sheet", "preparation_blank"])
def test_a_paper_is_downloaded_as_a_file(client, place, alice, name):
    client.force_login(alice)
    answer = client.get(reverse(f"companies:{name}", args=[place.pk]), {"language": "xx"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")

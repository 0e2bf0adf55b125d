"""What is printed of a frozen agreement says what the kept paper says, whatever changed since."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import Organisation
from cabi_crm.pdf.logos import Logo
from partnerships import actions
from partnerships.documents import paper_from_agreement
from partnerships.models import Agreement, AgreementDocument
from partnerships.rules import Promise
from partnerships.rules.paper import paper_kept_in, snapshot
from tests.pdf.paperkit import DRAWING, text


@pytest.fixture
def kept(draft, fill, alice, template, organisation) -> Agreement:
    """Sent with logos on both sides, point 1 as suggested; then everything around it changed."""
    Organisation.objects.update(logo=DRAWING.content, logo_type=DRAWING.mime)
    actions.save_parties(
        agreement=draft,
        by=alice,
        company_name=draft.company_name,
        template=template,
        language="da",
        logo=Logo(DRAWING.content, DRAWING.mime),
    )
    fill(draft)
    suggested = template.points.get(number=1).commitment_da
    promises = [Promise(1, suggested, 2), Promise(4, "Vi tager fire.", 4)]
    actions.save_points(agreement=draft, by=alice, promises=promises)
    actions.send_for_signature(agreement=draft, by=alice)
    Organisation.objects.update(label="Nyt Jobcenter", cvr_number="99000031", logo=b"")
    place = draft.workplace
    type(place).objects.update(street="Ny Vej 9", town="Korsør")
    type(place.company).objects.update(cvr_number="99000058")
    alice.name, alice.phone = "Alice Nyvang", "87654321"
    alice.save()
    return Agreement.objects.get(pk=draft.pk)


def made(agreement: Agreement, language: str = "da", paper: str = "a4", *, full: bool = True):
    return paper_from_agreement(agreement, language=language, paper=paper, full=full)


def test_the_same_language_is_the_kept_paper_again(kept):
    document = AgreementDocument.objects.get()

    assert snapshot(made(kept)) == document.snapshot
    assert made(kept, paper="a3").company.address.startswith("Prøvevej 1")
    assert made(kept).organisation.logo == DRAWING
    assert made(kept, full=False).contacts == ()


def test_another_language_has_the_same_parties_and_the_words_of_the_wording(kept, template):
    there = made(kept, "en")

    assert (there.company, there.organisation) == (made(kept).company, made(kept).organisation)
    assert there.purpose == template.purpose_en
    point = template.points.get(number=1)
    assert there.points[0].title == point.title_en
    assert [each.text for each in there.points] == [point.commitment_en, "Vi tager fire."]


def test_day_and_place_of_signing_come_on_top(kept, alice):
    actions.register_signature(
        agreement=kept, by=alice, signed_on=date(2026, 11, 20), place="Skælskør"
    )

    assert (made(kept).signed_on, made(kept).place) == (date(2026, 11, 20), "Skælskør")
    assert made(kept).organisation.name == "Jobcenter Prøveby"


def test_the_command_prints_what_was_kept(kept, tmp_path):
    target = tmp_path / "x.pdf"
    call_command("agreement_pdf", kept.number, output=str(target), full=True, verbosity=0)

    assert "Jobcenter Prøveby" in " ".join(text(target.read_bytes()).split())
    assert "Nyt Jobcenter" not in text(target.read_bytes())


def test_a_draft_follows_today(kept, alice):
    actions.take_back(agreement=kept, by=alice)

    assert made(Agreement.objects.get(pk=kept.pk)).organisation.name == "Nyt Jobcenter"


@pytest.mark.parametrize(
    "data",
    [{}, {"company": {"name": "Kun et navn", "logo": "0" * 64}}, {"organisation": None}],
)
def test_a_snapshot_without_enough_is_no_paper(data, kept):
    document = AgreementDocument.objects.get()

    assert paper_kept_in({}) is None
    broken = {**document.snapshot, **data} if data else data
    assert paper_kept_in(broken) is None

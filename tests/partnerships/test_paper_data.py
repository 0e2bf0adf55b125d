"""What goes into the paper of an agreement: its data, its pictures, and nothing hostile."""

import hashlib
import json
from dataclasses import replace

import pytest

from cabi_crm.pdf.logos import Logo
from partnerships.documents import (
    PaperContact,
    PaperPoint,
    Party,
    agreement_pdf,
    blank_paper,
    paper_from_agreement,
)
from partnerships.rules.paper import paper_kept_in, snapshot
from tests.pdf.paperkit import (
    DRAWING,
    make_paper,
    opened,
    page_count,
    text,
)

HOSTILE = [
    "<img src=file:///etc/passwd>",
    '<img src="http://127.0.0.1:9/canary">',
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(http://127.0.0.1:9/x.css); * { font-size: 1e9em }</style>",
    '"><object data="file:///etc/passwd"></object>',
    "</p></li></ol><script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}{% now 'Y' %}",
    "url(file:///etc/passwd) </style> }} --mm: 900mm",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_in_any_field_is_only_text(hostile):
    def spoil(party: Party) -> Party:
        return replace(party, name=hostile, role=hostile, signatory=hostile, address=hostile)

    plain = make_paper(full=True)
    paper = replace(
        plain,
        number=hostile,
        company=spoil(plain.company),
        organisation=spoil(plain.organisation),
        points=(PaperPoint(7, hostile, hostile, quantity=hostile, responsible=hostile),),
        purpose=hostile,
        place=hostile,
        contacts=(PaperContact("company", hostile, phone=hostile, email=hostile),),
    )
    pdf = agreement_pdf(paper)
    document = opened(pdf)
    letters = text(pdf).replace(" ", "")

    assert hostile.replace(" ", "") in letters
    assert len(document.attachments) == 0
    assert "/OpenAction" not in document.Root
    assert all("/Annots" not in page for page in document.pages)
    assert "root:x:" not in letters
    assert len(document.pages) <= 4


def test_control_characters_are_left_out():
    pdf = agreement_pdf(make_paper(points=(PaperPoint(1, "Et\x00to\u202etre", "Fire\x1bfem."),)))

    assert "Et totre" in text(pdf)
    assert "Fire fem." in text(pdf)


def test_the_snapshot_is_json_and_holds_a_logo_with_its_checksum():
    paper = make_paper()
    data = json.loads(json.dumps(snapshot(paper)))

    assert data["number"] == "2026-014"
    assert data["valid_from"] == "2026-12-01"
    assert [point["number"] for point in data["points"]] == [1, 4, 7]
    assert data["company"]["logo"]["sha256"] == hashlib.sha256(DRAWING.content).hexdigest()
    assert paper_kept_in(data) == paper
    assert snapshot(replace(paper, company=Party(name="x")))["company"]["logo"] is None


def test_the_paper_of_an_agreement_holds_what_was_agreed(world, settings):
    settings.DEMO = True
    agreement = world.agreement
    paper = paper_from_agreement(agreement, language="da", paper="a4", full=True)

    assert paper.number == agreement.number
    assert paper.company.name == agreement.company_name
    assert paper.company.p_number == agreement.workplace.p_number
    assert paper.organisation.name == "Jobcenter Prøveby"
    assert paper.demo
    chosen = list(agreement.commitments.order_by("point__number"))
    assert [point.number for point in paper.points] == [c.point.number for c in chosen]
    assert [point.text for point in paper.points] == [c.text for c in chosen]
    assert [point.title for point in paper.points] == [c.point.title_da for c in chosen]
    assert agreement_pdf(paper).startswith(b"%PDF-")


def test_contacts_stay_off_the_paper_when_the_firm_says_so(world):
    agreement = world.agreement
    agreement.contacts_on_paper = False

    assert paper_from_agreement(agreement, language="da", paper="a4", full=True).contacts == ()
    agreement.contacts_on_paper = True
    assert paper_from_agreement(agreement, language="da", paper="a4", full=False).contacts == ()
    sides = paper_from_agreement(agreement, language="da", paper="a4", full=True).contacts
    assert agreement.owner.name in {contact.name for contact in sides}


def test_the_paper_asks_the_database_the_same_however_many_points(
    world, django_assert_max_num_queries
):
    agreement = (
        type(world.agreement)
        .objects.select_related("company", "workplace", "template", "owner")
        .get(pk=world.agreement.pk)
    )

    with django_assert_max_num_queries(3):
        paper_from_agreement(agreement, language="en", paper="a4", full=True)


def test_a_template_prints_with_all_its_points_and_nothing_filled_in(world):
    paper = blank_paper(world.template, language="da", paper="a4")

    assert paper.company.name == ""
    assert {point.text for point in paper.points} == {""}
    assert len(paper.points) == world.template.points.count()
    assert page_count(agreement_pdf(paper)) == 1


def test_a_picture_reaches_the_page_as_it_was_checked():
    paper = make_paper()
    broken = Logo(b"not a picture", "image/png")

    assert (
        page_count(agreement_pdf(replace(paper, company=replace(paper.company, logo=broken)))) == 1
    )

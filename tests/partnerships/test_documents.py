"""The paper of an agreement: what it says, that it fits its frame, that nothing gets in."""

import random
import re
from dataclasses import replace
from datetime import date

import pdfua
import pikepdf
import pytest

from cabi_crm.pdf.ladder import STEPS
from partnerships import documents
from partnerships.documents import (
    AgreementPaper,
    PaperContact,
    PaperPoint,
    Party,
    agreement_pdf,
)
from tests.pdf.paperkit import (
    DRAWING,
    LONG_NAME,
    SENTENCES,
    TITLES,
    make_paper,
    opened,
    page_count,
    points,
    text,
    text_lines,
)

VERY_LONG_NAME = (
    "Selskabet for Udbredelse af Meget Lange Navne, afdeling Nordvest og omegn, c/o "
    "Foreningen af Foreninger med Lange Navne ved Havnen – region Midt"
)


def numbers_on(pdf: bytes) -> list[int]:
    found = [re.match(r"^(\d) (?=\S)", line) for line in text_lines(pdf, page=1)]
    return [int(match.group(1)) for match in found if match]


def setting_of(paper: AgreementPaper) -> documents._Setting:
    return documents._setting(documents._without_pictures(paper))


def step_of_plain_ladder(paper: AgreementPaper) -> tuple[int, int | None]:
    """What measuring every step in turn, from the largest, would choose."""
    return next(
        (step, budget)
        for budget in documents.BUDGETS
        for step in range(len(STEPS))
        if documents._measure(paper, budget, step).fits
    )


def test_points_1_4_and_7_stand_alone_on_one_page_under_their_own_numbers():
    pdf = agreement_pdf(make_paper())

    assert page_count(pdf) == 1
    assert numbers_on(pdf) == [1, 4, 7]
    shown = text(pdf)
    assert [number for number, title in TITLES.items() if title.split(",")[0] in shown] == [1, 4, 7]
    assert "numrene følger partnerskabsmodellens syv punkter" in shown


def test_the_paper_says_who_what_when_and_where():
    shown = text(agreement_pdf(make_paper()))

    for words in [
        "Partnerskabsaftale",
        "Systematisk samarbejde mellem",
        "Ålykke Café ApS og Jobcenter Fjordby",
        "Aftalen gælder fra 1. december 2026 og genforhandles hvert år i november.",
        "Underskrevet i to eksemplarer i Fjordby den 1. december 2026.",
        "CVR-nr. 99 00 00 15 · P-nr. 19 9900 0015",
        "Mette Ålykke",
        "Aftale nr. 2026-014 · version 1",
    ]:
        assert words in shown
    assert "DEMO" not in shown


def test_the_company_signs_on_the_left():
    line = next(line for line in text_lines(agreement_pdf(make_paper())) if "CVR-nr." in line)

    assert line.index("99 00 00 15") < line.index("99 00 33 83")


def test_an_end_date_is_printed_only_when_there_is_one():
    shown = text(agreement_pdf(make_paper(valid_to=date(2027, 11, 30))))

    assert "fra 1. december 2026 til 30. november 2027 og genforhandles" in shown


def test_english_paper_is_english_throughout():
    paper = make_paper(language="en", purpose="Together.", points=())
    pdf = agreement_pdf(paper)
    shown = text(pdf)

    assert str(opened(pdf).Root.Lang) == "en"
    assert "Partnership Agreement" in shown
    assert "The agreement runs from 1 December 2026" in shown
    assert "and is renegotiated every year in November." in shown
    assert "Aftale" not in shown


def test_a_missing_date_is_a_line_to_write_on():
    shown = text(agreement_pdf(make_paper(signed_on=None)))

    assert "Underskrevet i to eksemplarer i Fjordby den" in shown
    assert "Fjordby den 1." not in shown


def test_a_paper_of_demo_data_says_so():
    assert "DEMO" in text(agreement_pdf(make_paper(demo=True)))


def test_the_pdf_is_tagged_and_carries_its_fonts_title_and_language():
    pdf = opened(agreement_pdf(make_paper()))

    assert str(pdf.Root.Lang) == "da"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert "/StructTreeRoot" in pdf.Root
    assert str(pdf.docinfo.Title) == "Partnerskabsaftale – 2026-014 – Ålykke Café ApS"
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
    assert fonts
    for font in fonts:
        assert "Paper-Serif" in str(font.FontName)
        assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))


@pytest.mark.parametrize("language", ["da", "en"])
def test_pdfua_finds_nothing_to_correct(tmp_path, language):
    wording = " ".join(SENTENCES * 6)
    paper = make_paper(
        language=language,
        full=True,
        points=tuple(PaperPoint(n, TITLES[n], wording, "4", "Kim Fjord") for n in TITLES),
        contacts=(PaperContact("company", "Mette Ålykke", phone="20 00 00 01"),),
    )
    path = tmp_path / "paper.pdf"
    path.write_bytes(agreement_pdf(paper))

    assert [(f.rule_id, f.message) for f in pdfua.validate(path).findings] == []


def test_the_same_data_gives_the_same_bytes():
    first = agreement_pdf(make_paper(full=True))
    documents._setting.cache_clear()

    assert agreement_pdf(make_paper(full=True)) == first


def test_the_bytes_do_not_depend_on_the_clock(time_machine):
    time_machine.move_to("2026-11-23 10:00", tick=False)
    first = agreement_pdf(make_paper())
    time_machine.move_to("2031-01-01 10:00", tick=False)

    assert agreement_pdf(make_paper()) == first


def test_seven_points_of_three_sentences_fit_one_page():
    pdf = agreement_pdf(make_paper(points=points(*TITLES, sentences=3)))

    assert page_count(pdf) == 1
    assert numbers_on(pdf) == [1, 2, 3, 4, 5, 6, 7]
    assert "bilaget" not in text(pdf)


def test_long_wording_keeps_its_first_sentence_on_the_sheet_and_all_of_it_in_the_annex():
    wording = " ".join(f"Ord{i} {SENTENCES[i % 3]}" for i in range(12))
    paper = make_paper(points=tuple(PaperPoint(n, TITLES[n], wording) for n in TITLES))
    pdf = agreement_pdf(paper)
    frame = text(pdf, page=1)

    assert numbers_on(pdf) == [1, 2, 3, 4, 5, 6, 7]
    assert frame.count("Ord0 ") == 7
    assert "Ord1 " not in frame
    assert "punkternes fulde ordlyd står i bilaget" in frame
    annex = " ".join(text(pdf, page=page) for page in range(2, page_count(pdf) + 1))
    for i in range(12):
        assert annex.count(f"Ord{i} ") == 7
    assert "Bilag, side 1" in annex


def test_one_sentence_without_end_is_cut_on_the_sheet_and_whole_in_the_annex():
    wording = " ".join(f"ord{i}" for i in range(600))
    pdf = agreement_pdf(make_paper(points=tuple(PaperPoint(n, TITLES[n], wording) for n in TITLES)))

    assert "Underskrevet" in text(pdf, page=1)
    assert "ord599" not in text(pdf, page=1)
    assert "…" in text(pdf, page=1)
    assert sum("ord599" in line for line in text_lines(pdf)) == 7


@pytest.mark.parametrize(
    "name",
    [
        LONG_NAME,
        "Ø" * 75,
        VERY_LONG_NAME,
    ],
)
@pytest.mark.parametrize("numbers", [(1, 4, 7), tuple(TITLES)])
def test_an_overlong_name_stays_inside_the_frame(name, numbers):
    paper = make_paper(points=points(*numbers))
    paper = replace(paper, company=replace(paper.company, name=name))
    pdf = agreement_pdf(paper)

    assert "Underskrevet" in text(pdf, page=1)
    assert "Aftale nr. 2026-014" in text(pdf, page=1)
    assert setting_of(paper).fit.air >= 3.9


def test_a_word_of_seventy_letters_is_broken_and_stays_inside_the_frame():
    paper = make_paper(points=(PaperPoint(7, "Å" * 75, f"Vi aftaler {'b' * 75} hvert år."),))
    pdf = agreement_pdf(paper)

    assert page_count(pdf) == 1
    letters = text(pdf).replace(" ", "")
    assert "b" * 75 in letters


@pytest.mark.parametrize("numbers", [(4,), (1, 4, 7), (1, 2, 3, 4, 5), tuple(TITLES)])
def test_a3_breaks_its_lines_where_a4_does(numbers):
    paper = make_paper(points=points(*numbers, sentences=3))
    small, large = agreement_pdf(paper), agreement_pdf(replace(paper, paper="a3"))

    assert text_lines(small) == text_lines(large)
    pdf = opened(large)
    width, height = (float(edge) for edge in list(pdf.pages[0].MediaBox)[2:])
    assert (round(width), round(height)) == (842, 1191)


def test_the_step_is_the_one_that_measuring_all_of_them_gives():
    chance = random.Random(7)  # noqa: S311
    for _ in range(8):
        numbers = sorted(chance.sample(sorted(TITLES), chance.randint(1, 7)))
        paper = make_paper(points=points(*numbers, sentences=chance.randint(1, 5)))
        paper = documents._without_pictures(paper)
        setting = setting_of(paper)
        assert (setting.fit.step, setting.budget) == step_of_plain_ladder(paper)


@pytest.mark.parametrize("sentences", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("count", [1, 3, 7])
def test_air_above_and_below_the_points_is_equal_and_the_foot_ends_inside(count, sentences):
    paper = make_paper(points=points(*sorted(TITLES)[:count], sentences=sentences))
    setting = setting_of(paper)
    boxes = documents._lay_out(paper, setting, annex=False).boxes()

    above = boxes["points"].top - boxes["head"].bottom
    below = boxes["foot"].top - boxes["points"].bottom
    assert above == pytest.approx(below, abs=0.1)
    assert above >= 3.9
    assert 0 <= boxes["column"].bottom - boxes["foot"].bottom < 0.3


@pytest.mark.parametrize(("left", "right"), [(True, True), (True, False), (False, False)])
def test_logos_are_optional_and_have_a_text_of_their_own(left, right):
    paper = make_paper()
    paper = replace(
        paper,
        company=replace(paper.company, logo=DRAWING if left else None),
        organisation=replace(paper.organisation, logo=DRAWING if right else None),
    )
    pdf = opened(agreement_pdf(paper))

    assert len(pdf.pages) == 1
    texts = {str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o}
    expected = {paper.company.name} if left else set()
    assert {words.replace("\u00a0", " ") for words in texts} == (
        expected | ({paper.organisation.name} if right else set())
    )


def test_the_full_paper_adds_contacts_quantities_and_the_terms():
    paper = make_paper(
        full=True,
        points=(
            PaperPoint(
                4,
                TITLES[4],
                SENTENCES[0],
                quantity="Pladser om året: 4",
                responsible="Mette Ålykke",
            ),
        ),
        contacts=(
            PaperContact("company", "Mette Ålykke", phone="20000001"),
            PaperContact(
                "organisation", "Kim Fjord", phone="20 00 00 02", email="kim@fjordby.test"
            ),
        ),
    )
    pdf = agreement_pdf(paper)
    annex = text(pdf, page=2)

    assert page_count(pdf) == 2
    for words in [
        "Pladser om året: 4",
        "Følger op: Mette Ålykke",
        "20 00 00 01",
        "kim@fjordby.test",
        "Aftalen er ikke juridisk bindende ud over det aftalte.",
        "genforhandles hvert år i november",
    ]:
        assert words in annex
    assert "20 00 00 01" not in text(pdf, page=1)


def test_contacts_of_one_side_only_begin_at_the_left():
    contact = PaperContact("organisation", "Kim Fjord", phone="+4520000002")
    found = documents._contacts(make_paper(contacts=(contact,)))

    assert [(side["place"], side["name"]) for side in found] == [("left", "Jobcenter Fjordby")]
    assert found[0]["people"][0].phone.replace("\u00a0", " ") == "20 00 00 02"


def test_the_frame_is_the_same_with_and_without_its_annex():
    paper = make_paper(points=points(1, 2, 3))

    assert text(agreement_pdf(replace(paper, full=True)), page=1) == text(agreement_pdf(paper))


def test_a_blank_paper_has_all_points_and_lines_to_write_on():
    paper = make_paper(
        number="",
        company=Party(name=""),
        points=points(*TITLES, sentences=0),
        valid_from=None,
        renegotiated=None,
        place="",
        signed_on=None,
    )
    pdf = agreement_pdf(paper)
    shown = text(pdf)

    assert page_count(pdf) == 1
    assert numbers_on(pdf) == [1, 2, 3, 4, 5, 6, 7]
    assert "NAVN OG TITEL" in shown.upper()
    assert "Aftale nr." not in shown

"""Working documents: their head and foot, and the first size that fits."""

from dataclasses import replace
from datetime import date

import pytest

from cabi_crm.pdf.work import WorkHead, first_that_fits, lay_out_work
from tests.pdf.paperkit import DRAWING, opened, text

HEAD = WorkHead(
    title="Overdragelse",
    sub="Ålykke Café ApS",
    organisation="Jobcenter Prøveby",
    printed_on=date(2026, 11, 23),
    language="da",
)


class Pages:
    """Something that is laid out on so many pages."""

    def __init__(self, count):
        self.page_count = count


@pytest.mark.parametrize(
    ("pages", "allowed", "found", "most"),
    [
        ([1, 1, 1, 1], 1, 0, 1),
        ([2, 1, 1, 1], 1, 1, 3),
        ([3, 2, 2, 1], 1, 3, 4),
        ([3, 2, 2, 2], 1, 3, 4),
        ([3, 2, 2, 2], 2, 1, 3),
        ([2], 1, 0, 1),
        ([2, 1], 1, 1, 2),
    ],
)
def test_the_first_step_that_fits_is_found_without_trying_all(pages, allowed, found, most):
    tried = []

    def lay_out(step):
        tried.append(step)
        return Pages(pages[step])

    result = first_that_fits(lay_out, pages, pages=allowed)
    assert result.page_count == pages[found]
    assert len(tried) <= most


def test_head_and_foot_say_whose_paper_it_is():
    pdf = lay_out_work("pdf/work.html", HEAD, {}).write()
    said = text(pdf)
    for shown in ("Jobcenter Prøveby", "Overdragelse", "Ålykke Café ApS", "Side 1 af 1"):
        assert shown in said, shown
    document = opened(pdf)
    assert str(document.docinfo["/Title"]) == "Overdragelse"
    assert str(document.Root.Lang) == "da"
    assert "DEMO" not in said


def test_a_demo_says_so_and_a_logo_is_shown():
    pdf = lay_out_work("pdf/work.html", replace(HEAD, demo=True, logo=DRAWING), {}).write()
    assert "DEMO" in text(pdf)


def test_the_same_paper_is_the_same_bytes():
    assert lay_out_work("pdf/work.html", HEAD, {}).write() == (
        lay_out_work("pdf/work.html", HEAD, {}).write()
    )

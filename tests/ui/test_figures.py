"""Numbers as Danes write them, and files that a spreadsheet does not run."""

import pytest
from django.utils import translation

from cabi_crm.ui.figures import (
    against_plan,
    beside_catalogue,
    csv_file,
    decimal,
    difference,
    percent,
    whole,
)

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("da", ["1.312", "7,6", f"46{NBSP}%", "–"]), ("en", ["1,312", "7.6", "46%", "–"])],
)
def test_numbers_follow_the_language(language, expected):
    with translation.override(language):
        assert [whole(1312), decimal(7.58), percent(46.4), percent(None)] == expected


@pytest.mark.parametrize(
    ("number", "plan", "words", "tone"),
    [
        (84, 81, "3 ahead of plan", "better"),
        (5, 9, "4 behind plan", "worse"),
        (9, 9, "on plan", ""),
    ],
)
def test_a_number_beside_its_plan(number, plan, words, tone):
    with translation.override("en"):
        assert against_plan(number, plan) == (words, tone)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(9, 4, "5 more than x"), (4, 9, "5 fewer than x"), (4, 4, "as many as x")],
)
def test_a_number_beside_an_earlier_one(now, before, words):
    with translation.override("en"):
        assert difference(now, before, "x") == words


def test_a_spreadsheet_runs_nothing_of_ours():
    rows = [["Navn", "Andel"], ["=HYPERLINK(1)", 46.25], ["@x", None], ["+45", 3], ["-1", -1]]

    response = csv_file("punkter", rows)

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines == ["Navn;Andel", "'=HYPERLINK(1);46,2", "'@x;", "'+45;3", "'-1;-1"]
    assert response["Content-Disposition"] == 'attachment; filename="punkter.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("share", "words", "tone"),
    [
        (70.6, "71 %, lige så mange som kataloget", ""),
        (71.4, "71 %, lige så mange som kataloget", ""),
        (70.4, "70 %, kataloget 71 %", "worse"),
        (72.0, "72 %, kataloget 71 %", "better"),
    ],
)
def test_a_share_is_compared_with_the_catalogue_as_both_are_shown(share, words, tone):
    with translation.override("da"):
        said, shown = beside_catalogue(share, 71.0)
    assert (said.replace("\u00a0", " "), shown) == (words, tone)

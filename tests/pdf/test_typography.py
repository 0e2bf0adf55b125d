"""Which words stay together and where a name breaks."""

import pytest

from cabi_crm.pdf.typography import (
    bind,
    bind_tail,
    clean,
    first_sentence,
    in_lines,
    name_lines,
    names_fit_one_line,
    shortened,
)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("den 1. oktober 1943", "den 1._oktober 1943"),
        ("v/ Anna", "v/_Anna"),
        ("Ålykke Café ApS", "Ålykke Café_ApS"),
        ("Havn A/S og Strand I/S", "Havn_A/S og Strand_I/S"),
        ("Apsis og havn", "Apsis og havn"),
    ],
)
def test_dates_and_company_forms_stay_together(text, bound):
    assert bind(text) == bound.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ålykke Café", ["Ålykke Café"]),
        (
            "Boligforeningen af 1. oktober 1943 v/ Ejendomskontoret Nordre Stationsvej",
            ["Boligforeningen af 1. oktober 1943", "v/ Ejendomskontoret Nordre Stationsvej"],
        ),
        (
            "Foreningen for Havnens Venner, afdelingen ude på den yderste mole",
            ["Foreningen for Havnens Venner,", "afdelingen ude på den yderste mole"],
        ),
        (
            "Selskabet til Fremme af Gode Vaner blandt Havnens Folk",
            ["Selskabet til Fremme af Gode", "Vaner blandt Havnens Folk"],
        ),
        ("Ø" * 70, ["Ø" * 70]),
    ],
)
def test_a_long_name_breaks_where_a_reader_would(name, lines):
    assert [line.replace("\u00a0", " ") for line in name_lines(name)] == lines


def test_two_names_share_a_line_up_to_46_letters():
    assert names_fit_one_line("a" * 23, "b" * 23)
    assert not names_fit_one_line("a" * 23, "b" * 24)


def test_only_the_last_two_words_are_held_together_and_only_short_ones():
    assert bind_tail("Et kort sted som er nær ved os") == "Et kort sted som er nær ved\u00a0os"
    assert bind_tail("dag, hvis noget driller.") == "dag, hvis noget\u00a0driller."
    assert bind_tail("en plads på arbejdsmarkedet.") == "en plads på arbejdsmarkedet."
    assert bind_tail("") == ""
    assert bind_tail("Ord") == "Ord"
    assert bind_tail("Kun kort") == "Kun\u00a0kort"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Vi mødes. Derefter taler vi.", "Vi mødes."),
        ("Vi mødes den 1. oktober i byen. Så ses vi.", "Vi mødes den 1. oktober i byen."),
        (
            "Vi tilbyder bl.a. Praktik og f.eks. Kurser. Mere.",
            "Vi tilbyder bl.a. Praktik og f.eks. Kurser.",
        ),
        ("Praktik, mentor m.m. Vi ringer.", "Praktik, mentor m.m."),
        ("Hvem ringer? Det gør vi.", "Hvem ringer?"),
        ("uden punktum", "uden punktum"),
        ("", ""),
    ],
)
def test_the_first_sentence_ends_where_a_reader_would_say(text, first):
    assert first_sentence(text) == first


def test_a_text_is_cut_between_words():
    assert shortened("en to tre fire", 9) == "en to …"
    assert shortened("en to", 9) == "en to"
    assert shortened("en to", 0) == ""


def test_a_purpose_keeps_its_lines_or_gets_two_alike():
    assert in_lines("En linje\nto linjer") == ["En linje", "to linjer"]
    assert in_lines("kort") == ["kort"]
    assert in_lines("") == []
    two = in_lines("Sammen hjælper vi borgere og virksomheder i hele kommunen med alt")
    assert len(two) == 2
    assert abs(len(two[0]) - len(two[1])) < 12


def test_clean_text_is_one_line_without_control_characters():
    assert clean(" a\x00b\n\tc\u202ed ") == "a b cd"

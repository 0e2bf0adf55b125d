"""Tables as people send them: every way of writing them, every fault by row and column."""

import json
import re

import pytest

from companies.models import Workplace
from tests.companies.lists import (
    GOOD,
    HEADER,
    OTHER,
    Run,
    lines,
    repacked,
    runner,
    workbook,
)

pytestmark = pytest.mark.django_db
SHEET = [["CVR", "P-nr.", "Navn"], [99000023, 1900000101, "Engens Bageri"]]
TABLE = lines(HEADER, GOOD, "99000031;1900000102;Ærø Værksted")


@pytest.fixture
def run(tmp_path) -> Run:
    return runner(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TABLE.encode("utf-8"), id="utf-8"),
        pytest.param(TABLE.encode("utf-8-sig"), id="utf-8 with mark"),
        pytest.param(TABLE.encode("cp1252"), id="windows-1252"),
        pytest.param(TABLE.encode("utf-16"), id="utf-16"),
        pytest.param(TABLE.encode("utf-16-be"), id="utf-16 without mark"),
        pytest.param(b"\xfe\xff" + TABLE.encode("utf-16-be"), id="utf-16 big end first"),
        pytest.param(TABLE.replace(";", ",").encode(), id="commas"),
        pytest.param(TABLE.replace(";", "\t").encode(), id="tabs"),
        pytest.param(TABLE.replace(";", "\t").encode("utf-16"), id="unicode text of excel"),
        pytest.param(TABLE.replace("\r\n", "\n").encode(), id="unix lines"),
        pytest.param(TABLE.replace("\r\n", "\r").encode(), id="old mac lines"),
        pytest.param(("sep=;\r\n" + TABLE).encode(), id="sep line"),
        pytest.param(("Vores virksomheder\r\n\r\n" + TABLE).encode(), id="title above"),
        pytest.param((TABLE + ";;\r\n\r\n;;;;\r\n").encode(), id="empty rows below"),
        pytest.param(TABLE.replace(HEADER, "CVR no;Production unit;Name").encode(), id="english"),
        pytest.param(TABLE.replace("99000023", "DK-99 00 00 23").encode(), id="number with DK"),
        pytest.param(TABLE.replace("99000023", '="99000023"').encode(), id="number kept as text"),
        pytest.param(TABLE.replace("1900000101", "1900 000\u00a0101").encode(), id="spaces"),
        pytest.param(TABLE.replace("Engens Bageri", '"Engens\nBageri; ApS"').encode(), id="quoted"),
        pytest.param(
            workbook([SHEET[0], SHEET[1], [99000031.0, "1900000102", "Ærø Værksted"]]), id="xlsx"
        ),
        pytest.param(
            workbook([["Titel"], [], *SHEET, [99000031, 1900000102, "Ærø"]], merge="A1:C1"),
            id="xlsx with title",
        ),
        pytest.param(
            workbook([["Hemmeligt"]], [*SHEET, [99000031, 1900000102, "Ærø"]], hide=(0,)),
            id="hidden sheet first",
        ),
    ],
)
def test_a_good_table_is_read_however_it_is_written(run, content):
    report, accepted = run(content)

    assert accepted, report
    assert (report["read"], report["created"]) == (2, 2)
    assert Workplace.objects.filter(name__startswith="Ærø").count() == 1


ROWS = {
    "leading zero lost": ("CVR-nummer", "9900002;1900000101;A", "Der mangler et ciffer"),
    "shortened number": ("CVR-nummer", "9,90E+07;1900000101;A", "forkortet tallet til 9,90E+07"),
    "shortened P-number": ("P-nummer", "99000023;1.9E+09;A", "forkortet tallet"),
    "wrong check digit": ("CVR-nummer", "99000024;1900000101;A", "kontrolciffer"),
    "P-number as CVR": ("CVR-nummer", "1900000101;1900000101;A", "Det er et P-nummer"),
    "CVR as P-number": ("P-nummer", "99000023;99000023;A", "Det er et CVR-nummer"),
    "letters as CVR": ("CVR-nummer", "abc;1900000101;A", "otte cifre"),
    "no CVR": ("CVR-nummer", ";1900000101;A", "Cellen er tom"),
    "no P-number": ("P-nummer", "99000023;;A", "Cellen er tom"),
    "P-number too short": ("P-nummer", "99000023;190000010;A", "ti cifre"),
    "no name": ("Navn", "99000023;1900000101;", "Cellen er tom"),
    "short row": ("Navn", "99000023;1900000101", "Cellen er tom"),
    "long row": ("T", "99000023;1900000101;A;;;;;;;;;;;;;;;;;x", "flere celler"),
    "unclosed quote": ("Navn", '99000023;1900000101;"A', "anførselstegn"),
    "quote in the wrong place": ("Navn", '99000023;1900000101;"A" ApS', "anførselstegn"),
    "formula": ("Navn", "99000023;1900000101;=1+1", "formel"),
    "spreadsheet error": ("Navn", "99000023;1900000101;#REFERENCE!", "#REFERENCE!"),
    "name too long": ("Navn", f"99000023;1900000101;{'A' * 201}", "længere end 200"),
    "cpr": ("Navn", "99000023;1900000101;Hos 010185-1234", "CPR-nummer"),
    "postcode": ("Postnr", "99000023;1900000101;A;42OO", "fire cifre"),
    "industry": ("Branchekode", "99000023;1900000101;A;;1234", "seks cifre"),
    "employees": ("Ansatte", "99000023;1900000101;A;;;mange", "helt tal"),
    "fewer than none": ("Ansatte", "99000023;1900000101;A;;;-4", "helt tal"),
    "phone": ("Telefon", "99000023;1900000101;A;;;;1234", "otte cifre"),
    "shortened phone": ("Telefon", "99000023;1900000101;A;;;;5,8E+07", "forkortet tallet"),
    "e-mail": ("E-mail", "99000023;1900000101;A;;;;;post(a)firma.dk", "e-mailadresse"),
    "website": ("Web", "99000023;1900000101;A;;;;;;javascript:alert(1)", "webadresse"),
    "owner": ("Ansvarlig", "99000023;1900000101;A;;;;;;;x@example.invalid", "virksomhedskonsulent"),
    "level": ("Niveau", "99000023;1900000101;A;;;;;;;;nogenlunde", "partnerskab"),
    "nameless contact": ("Kontakt", "99000023;1900000101;A;;;;;;;;;;12345678", "navn mangler"),
    "municipality": ("Kommunekode", "99000023;1900000101;A;;;;;;;;;;;Slagelse", "Kommunekoden"),
}
WIDE = (
    f"{HEADER};Postnr;Branchekode;Ansatte;Telefon;E-mail;Web;Ansvarlig;Niveau;Kontakt;Mobil;"
    "Kommunekode"
)


@pytest.mark.parametrize("fault", ROWS)
def test_each_fault_is_named_by_row_column_and_reason(run, fault):
    column, row, reason = ROWS[fault]

    report, accepted = run(lines(WIDE, OTHER, row, "99000058;1900000103;C"))

    assert not accepted
    assert report["read"] == report["rejected"] == 3
    assert [(each["row"], each["column"]) for each in report["reasons"]] == [(3, column)]
    assert reason in report["reasons"][0]["reason"]
    assert not Workplace.objects.exists()


def test_a_reason_never_repeats_a_cpr_number(run):
    report, _accepted = run(lines(HEADER, "99000023;1900000101;Hos 010185-1234"))

    assert "0101" not in json.dumps(report)


def test_a_p_number_stands_once_in_a_file(run):
    report, _accepted = run(lines(HEADER, GOOD, OTHER, GOOD))

    assert [(each["row"], each["reason"]) for each in report["reasons"]] == [
        (4, "P-nummeret står allerede i række 2.")
    ]


def test_a_known_workplace_does_not_change_its_company(run):
    run(lines(HEADER, GOOD))

    report, accepted = run(lines(HEADER, "99000031;1900000101;Engens Bageri"))

    assert not accepted
    assert "CVR 99000023" in report["reasons"][0]["reason"]


@pytest.mark.parametrize(
    ("header", "column", "reason"),
    [
        ("CVR;Navn", "P-nummer", "Kolonnen mangler."),
        ("P-nummer;Navn", "CVR-nummer", "Kolonnen mangler."),
        ("CVR;P-nummer", "navn", "Kolonnen mangler."),
        (
            "CVR;P-nummer;Navn;CVR-nr.",
            "CVR-nr.",
            "Kolonnen “CVR” siger det samme. Behold én af dem.",
        ),
    ],
)
def test_a_header_that_cannot_be_used_refuses_the_file(run, header, column, reason):
    report, accepted = run(lines(header, "1;2;3;4"))

    assert not accepted
    assert report["read"] == report["rejected"] == 1
    assert report["reasons"] == [{"row": 1, "column": column, "reason": reason}]


def test_merged_cells_are_named(run):
    content = workbook(
        [*SHEET, [99000031, 1900000102, "B"], [None, 1900000103, "C"]], merge="A3:A4"
    )

    report, accepted = run(content, name="liste.xlsx")

    assert not accepted
    assert [(each["row"], each["column"]) for each in report["reasons"]] == [(3, "CVR"), (4, "CVR")]
    assert "flettet" in report["reasons"][0]["reason"]


def test_a_formula_gives_its_saved_result_and_without_one_is_a_fault(run):
    bare = workbook(SHEET, formula="C2")
    result = rb'<c r="C2" t="str">\1<v>Engen</v></c>'
    saved = repacked(
        bare,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<c r="C2"[^>]*>(<f>.*?</f>).*?</c>', result, xml),
    )

    refused, _accepted = run(bare, name="liste.xlsx")
    report, accepted = run(saved, name="liste.xlsx")

    assert [(each["row"], each["column"]) for each in refused["reasons"]] == [(2, "Navn")]
    assert "formel" in refused["reasons"][0]["reason"]
    assert accepted, report
    assert Workplace.objects.get().name == "Engen"


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
HOSTILE = {
    "empty": b"",
    "only spaces": b" \r\n \r\n",
    "only a header": HEADER.encode(),
    "only a mark": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 40,
    "old excel": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n",
    "zip that is no workbook": repacked(workbook(SHEET), "xl/workbook.xml", lambda _xml: b"<x/>"),
    "cut off workbook": workbook(SHEET)[:-200],
    "a zip's beginning": b"PK\x03\x04" + b"\0" * 40,
    "entities": repacked(
        workbook(SHEET),
        "xl/worksheets/sheet1.xml",
        lambda xml: ENTITIES + xml[xml.index(b"<", 5) :],
    ),
    "bomb": repacked(
        workbook(SHEET), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 110_000_000
    ),
    "too wide": workbook([SHEET[0] + ["x"] * 300, SHEET[1]]),
    "all sheets hidden": repacked(
        workbook(SHEET, [["x"]], hide=(1,)),
        "xl/workbook.xml",
        lambda xml: xml.replace(b'state="visible"', b'state="hidden"'),
    ),
    "nothing in it": workbook([]),
    "a million rows": (HEADER + "\n" + "1;2;3\n" * 1_000_000).encode(),
    "nul": b"CVR;P-nummer;Navn\r\n99000023;1900000101;A\0B\r\n",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_no_table_is_one_sentence(run, kind):
    report, accepted = run(HOSTILE[kind], name="liste.xlsx")

    assert not accepted
    assert report["read"] == 0
    assert report["reasons"][0]["reason"].endswith(".")
    assert not Workplace.objects.exists()

"""`manage.py import_workplaces`: CSV and XLSX, all or nothing, each fault by row and column."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from accounts.models import Event, User
from companies.actions import mark_contact_left, set_level, set_owner
from companies.models import Company, ContactPerson, Industry, Workplace
from tests.tables import fingerprint

HEADER = "CVR-nummer;P-nummer;Navn"
GOOD = "99000023;1900000101;Engens Bageri"
OTHER = "99000031;1900000102;Solvejs Værksted"
COUNTS = ("created", "updated", "unchanged", "rejected", "skipped")

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return User.objects.create_user(
        "alice@example.invalid", "et langt kodeord", name="Alice Engvang", role="consultant"
    )


@pytest.fixture
def run(tmp_path):
    """Writes a file and imports it; gives the JSON and whether the exit code was 0."""

    def go(content, *flags, name="liste.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        out = io.StringIO()
        accepted = True
        try:
            call_command(
                "import_workplaces", str(path), "--json", *flags, stdout=out, stderr=io.StringIO()
            )
        except CommandError:
            accepted = False
        report = json.loads(out.getvalue())
        assert sum(report[name] for name in COUNTS) == report["read"]
        return report, accepted

    return go


def lines(*rows: str) -> str:
    return "\r\n".join([*rows, ""])


def workbook(*sheets, merge="", hide=(), formula=None) -> bytes:
    """An XLSX with these sheets of rows."""
    book = Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Ark{at + 1}")
        for row in rows:
            sheet.append(row)
        if at in hide:
            sheet.sheet_state = "hidden"
        if merge:
            sheet.merge_cells(merge)
        if formula:
            sheet[formula] = '="Engens" & " Bageri"'
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, part: str, change) -> bytes:
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


SHEET = [["CVR", "P-nr.", "Navn"], [99000023, 1900000101, "Engens Bageri"]]
FULL = lines(
    "CVR-nr.;P-nr;Virksomhed;Arbejdsplads;Adresse;Husnr.;Postnr.;By;Kommunekode;Branchekode;Branche;"
    "Ansatte;Telefon;E-mail;Hjemmeside;Ansvarlig e-mail;Niveau;Kontaktperson;Kontakttelefon;"
    "Kontakt e-mail;Stilling",
    "DK 99 00 00 23;1900 000 101;Engens Bagerier ApS;Engens Bageri;Prøvevej;7 A;4200;Slagelse;330;"
    "10.71.20;Bagerforretninger;1.012;58 12 34 56;post@example.invalid;example.invalid;"
    "Alice@example.invalid;Samarbejde;Ronja Solbakke;+45 12 34 56 78;ronja@example.invalid;Ejer",
)


def test_a_row_becomes_a_company_a_workplace_and_a_contact_person(run, owner):
    report, accepted = run(FULL)

    assert accepted
    assert report == {
        "read": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "rejected": 0,
        "skipped": 0,
        "reasons": [],
    }
    company = Company.objects.get()
    place = Workplace.objects.get()
    person = ContactPerson.objects.get()
    assert (company.cvr_number, company.name) == ("99000023", "Engens Bagerier ApS")
    assert (place.company, place.p_number, place.name) == (company, "1900000101", "Engens Bageri")
    assert place.address == "Prøvevej 7 A, 4200 Slagelse"
    assert (place.municipality_code, place.employees, place.size_band) == ("0330", 1012, "100+")
    assert (place.phone, place.email) == ("58 12 34 56", "post@example.invalid")
    assert (place.owner, place.level) == (owner, "collaboration")
    assert (place.industry.system, place.industry.code) == ("DB25", "107120")
    assert (person.name, person.title, person.is_main) == ("Ronja Solbakke", "Ejer", True)
    assert Workplace.objects.matching("ronja slagelse").get() == place


def test_a_second_run_changes_nothing(run, owner):
    run(FULL)
    before = fingerprint(but=frozenset({"accounts_event", "accounts_eventchain"}))

    report, accepted = run(FULL)

    assert accepted
    assert report["unchanged"] == report["read"] == 1
    assert fingerprint(but=frozenset({"accounts_event", "accounts_eventchain"})) == before


def test_a_dry_run_says_the_same_and_writes_nothing(run, owner):
    before = fingerprint()

    dry, accepted = run(FULL, "--dry-run")

    assert accepted
    assert fingerprint() == before
    assert run(FULL)[0] == dry


def test_the_audit_trail_says_what_came_in(run):
    run(lines(HEADER, GOOD, OTHER))

    event = Event.objects.get(action="workplaces_imported")
    assert event.changes["file"] == "liste.csv"
    assert (event.changes["read"], event.changes["created"]) == (2, 2)
    assert len(event.changes["sha256"]) == 64


def test_a_faulty_row_refuses_the_whole_file(run):
    before = fingerprint()

    report, accepted = run(lines(HEADER, GOOD, "99000024;1900000102;Solvejs Værksted"))

    assert not accepted
    assert fingerprint() == before
    assert (report["read"], report["created"], report["rejected"]) == (2, 0, 2)
    assert report["reasons"] == [
        {
            "row": 3,
            "column": "CVR-nummer",
            "reason": "CVR-nummerets kontrolciffer passer ikke.",
        }
    ]


def test_the_faulty_rows_can_be_left_out(run):
    content = lines(HEADER, GOOD, "99000024;1900000102;Solvejs Værksted")

    report, accepted = run(content, "--skip-faulty")

    assert not accepted
    assert (report["read"], report["created"], report["rejected"]) == (2, 1, 1)
    assert Workplace.objects.get().name == "Engens Bageri"
    assert run(content, "--skip-faulty")[0]["unchanged"] == 1


def test_a_corrected_list_corrects_what_the_earlier_one_said(run):
    run(lines(HEADER, GOOD, OTHER))

    report, _accepted = run(
        lines(f"{HEADER};By", GOOD, "99000031;1900000102;Solvejs Smedje;Korsør")
    )

    place = Workplace.objects.get(p_number="1900000102")
    assert (report["updated"], report["unchanged"]) == (1, 1)
    assert (place.name, place.town) == ("Solvejs Smedje", "Korsør")
    assert Workplace.objects.matching("smedje korsør").get() == place


def test_an_empty_cell_empties_nothing(run, owner):
    run(FULL)

    report, _accepted = run(lines(f"{HEADER};By;Telefon;Ansvarlig", f"{GOOD};;;"))

    place = Workplace.objects.get()
    assert report["unchanged"] == 1
    assert (place.town, place.phone, place.owner) == ("Slagelse", "58 12 34 56", owner)


def test_what_the_register_said_is_kept_and_its_gaps_are_filled(run):
    company = Company.objects.create(cvr_number="99000023", name="Engens Bagerier ApS")
    place = Workplace(
        company=company,
        p_number="1900000101",
        name="Engen",
        employees=7,
        started_on=date(2020, 1, 1),
    )
    place.refresh_derived([])
    place.save()

    run(lines(f"{HEADER};By;Ansatte", f"{GOOD};Slagelse;90"))

    place.refresh_from_db()
    assert (place.name, place.employees, place.town) == ("Engen", 7, "Slagelse")
    assert Company.objects.get().name == "Engens Bagerier ApS"


def test_what_people_decided_is_kept(run, owner):
    bob = User.objects.create_user(
        "bob@example.invalid", "et langt kodeord", name="Bob Lyngby", role="consultant"
    )
    run(lines(HEADER, GOOD, OTHER))
    mine, other = Workplace.objects.order_by("p_number")
    set_owner(workplace=mine, owner=bob, by=bob)
    set_level(workplace=mine, level="contact", by=bob)
    set_owner(workplace=other, owner=bob, by=bob)
    set_owner(workplace=other, owner=None, by=bob)
    set_level(workplace=other, level="contact", by=bob)
    set_level(workplace=other, level="passive", by=bob)

    header = f"{HEADER};Ansvarlig;Niveau"
    local = "alice@example.invalid;partnerskab"
    report, _accepted = run(lines(header, f"{GOOD};{local}", f"{OTHER};{local}"))

    mine.refresh_from_db()
    other.refresh_from_db()
    assert report["unchanged"] == 2
    assert (mine.owner, mine.level) == (bob, "contact")
    assert (other.owner, other.level) == (None, "passive")


def test_a_contact_person_who_left_does_not_come_back(run, owner):
    run(FULL)
    mark_contact_left(person=ContactPerson.objects.get(), by=owner, on=date(2026, 11, 1))

    report, _accepted = run(FULL)

    assert report["unchanged"] == 1
    assert ContactPerson.objects.get().left_on == date(2026, 11, 1)


def test_two_workplaces_share_a_new_company(run):
    run(lines(HEADER, GOOD, "99000023;1900000102;Engens Bageri, Korsør"))

    assert Company.objects.get().workplaces.count() == 2


def test_the_industry_keeps_its_code_list(run):
    run(lines(f"{HEADER};Branchekode DB07", f"{GOOD};11300"))

    assert list(Industry.objects.values_list("system", "code")) == [("DB07", "011300")]


TABLE = lines(HEADER, GOOD, "99000031;1900000102;Ærø Værksted")


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


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"^liste\.csv findes ikke\.$"):
        call_command("import_workplaces", str(tmp_path / "liste.csv"))


def test_people_read_counts_faults_and_what_is_not_used(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(lines(f"{HEADER};Farve", f"{GOOD};rød", f"{GOOD};blå"), encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="Filen har 1 række med fejl"):
        call_command("import_workplaces", str(path), stdout=out, stderr=err)

    assert out.getvalue().splitlines() == [
        "2 rækker læst: 0 oprettet, 0 opdateret, 0 uændret, 2 afvist.",
        "Række 3, kolonne P-nummer: P-nummeret står allerede i række 2.",
    ]
    assert err.getvalue() == "Kolonner, der ikke bruges: Farve.\n"


def test_five_thousand_rows_are_written_in_few_queries(run, django_assert_max_num_queries):
    rows = [f"99000023;{1_900_100_000 + n};Afdeling {n}" for n in range(5000)]

    with django_assert_max_num_queries(250):
        report, accepted = run(lines(HEADER, *rows))

    assert accepted
    assert report["created"] == 5000

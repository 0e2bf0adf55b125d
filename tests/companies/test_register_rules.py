from datetime import date
from decimal import Decimal

import pytest

from companies.enums import CompanyStatus, IndustrySystem, Refusal
from companies.rules import IndustryFacts, RefusedError, read_document, version_of
from companies.rules.register import interval, status_of
from companies.rules.values import text
from tests.companies.register import CVR, address, company, contact, row, unit


def test_a_company_is_read_from_its_rows():
    facts = read_document(company(reklamebeskyttet=True))
    assert (facts.cvr_number, facts.name, facts.form_code) == (CVR, "Eksempel VVS ApS", 80)
    assert facts.form_text == "Anpartsselskab"
    assert facts.industry == IndustryFacts("DB07", "432200", "VVS-forretninger")
    assert facts.advertising_protection
    assert (facts.started_on, facts.ceased_on) == (date(2019, 3, 1), None)


def test_a_document_needs_no_wrapper():
    assert read_document(unit()["_source"]) == read_document(unit())


@pytest.mark.parametrize("document", [{"_source": {"Vrdeltagerperson": {}}}, {"took": 1}, {}])
def test_other_kinds_of_document_are_passed_over(document):
    assert read_document(document) is None


@pytest.mark.parametrize(
    ("document", "refusal", "number"),
    [
        (company(99000016), Refusal.CVR_CHECKSUM, "99000016"),
        (company(None), Refusal.CVR_MISSING, ""),
        (company(""), Refusal.CVR_MISSING, ""),
        (company(True), Refusal.CVR_MISSING, ""),
        (company(9900001), Refusal.CVR_SHAPE, "9900001"),
        (company(9.9000015e8), Refusal.CVR_SHAPE, "990000150.0"),
        (company("1.35856E+07"), Refusal.CVR_SHAPE, "1.35856E+07"),
        (company("٩٩٠٠٠٠١٥"), Refusal.CVR_SHAPE, "٩٩٠٠٠٠١٥"),
        (company(1900005261), Refusal.CVR_SHAPE, "1900005261"),
        (company(navne=[]), Refusal.NAME_MISSING, CVR),
        (company(name="\0 \u202e"), Refusal.NAME_MISSING, CVR),
        (unit(None), Refusal.P_MISSING, ""),
        (unit(99000015), Refusal.P_SHAPE, "99000015"),
        (unit("12345678901"), Refusal.P_SHAPE, "12345678901"),
        (unit(navne=None), Refusal.NAME_MISSING, "1900000001"),
        (unit(virksomhedsrelation=[]), Refusal.COMPANY_MISSING, "1900000001"),
        ({"Vrvirksomhed": None}, Refusal.NOT_A_DOCUMENT, ""),
        ({"_source": {"VrproduktionsEnhed": [1]}}, Refusal.NOT_A_DOCUMENT, ""),
        (None, Refusal.NOT_A_DOCUMENT, ""),
        ("text", Refusal.NOT_A_DOCUMENT, ""),
    ],
)
def test_a_useless_document_is_refused_with_its_number(document, refusal, number):
    with pytest.raises(RefusedError) as caught:
        read_document(document)
    assert (caught.value.refusal, caught.value.number) == (refusal, number)


def test_a_number_may_be_text():
    assert read_document(company(f" {CVR} ")).cvr_number == CVR


def test_the_registers_own_newest_row_comes_first():
    rows = [row("2019-01-01", "2021-12-31", navn="Gammel"), row("2022-01-01", navn="Liste")]
    newest = {"nyesteNavn": row(navn="Nyeste"), "sammensatStatus": "Aktiv"}
    assert read_document(unit(navne=rows, produktionsEnhedMetadata=newest)).name == "Nyeste"


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([row("2019-01-01", "2021-12-31", navn="Før"), row("2022-01-01", navn="Nu")], "Nu"),
        ([row("2022-01-01", navn="Nu"), row("2019-01-01", "2021-12-31", navn="Før")], "Nu"),
        ([row("2010-01-01", navn="Ældre"), row("2022-01-01", navn="Nyere")], "Nyere"),
        (
            [
                row("2010-01-01", "2012-01-01", navn="Først"),
                row("2012-01-01", "2020-01-01", navn="Sidst"),
            ],
            "Sidst",
        ),
        ([None, 7, {"navn": "Uden periode"}], "Uden periode"),
    ],
)
def test_history_is_kept_out(rows, name):
    assert read_document(unit(navne=rows, produktionsEnhedMetadata={})).name == name


def test_secret_contacts_are_never_read():
    facts = read_document(
        unit(
            telefonNummer=[contact("11111111", secret=True)],
            elektroniskPost=[contact("hemmelig@eksempel.invalid", secret=True)],
            produktionsEnhedMetadata={
                "nyesteKontaktoplysninger": ["11111111", "hemmelig@eksempel.invalid"],
                "sammensatStatus": "Aktiv",
            },
        )
    )
    assert (facts.phone, facts.email) == ("", "")


@pytest.mark.parametrize(
    ("rows", "phone"),
    [
        ([contact("22222222", secret=False)], "22222222"),
        ([contact("22222222", "2019-01-01", "2020-01-01", secret=False)], ""),
        ([contact("1", secret=True), contact("22222222", secret=False)], "22222222"),
        ([contact("22222222", secret=False), contact("22222222", "2020-01-01", secret=True)], ""),
        ([contact("2", secret=False), contact("3", "2020-01-01", secret=False)], "3"),
        ([row(kontaktoplysning="22222222")], ""),
        ([row(kontaktoplysning="22222222", hemmelig=None)], ""),
    ],
)
def test_a_contact_is_open_and_said_not_to_be_secret(rows, phone):
    assert read_document(unit(telefonNummer=rows)).phone == phone


@pytest.mark.parametrize(
    ("website", "kept"),
    [
        ("www.eksempel.invalid", "www.eksempel.invalid"),
        ("https://eksempel.invalid", "https://eksempel.invalid"),
        ("javascript://alert(1)", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("eksempel.invalid:8080/da", "eksempel.invalid:8080/da"),
    ],
)
def test_a_website_is_one(website, kept):
    facts = read_document(company(hjemmeside=[contact(website, secret=False)]))
    assert facts.website == kept


@pytest.mark.parametrize(
    ("value", "protected"), [(True, True), (False, False), (None, True), ("nej", True)]
)
def test_only_a_plain_no_lifts_advertising_protection(value, protected):
    assert read_document(unit(reklamebeskyttet=value)).advertising_protection is protected


@pytest.mark.parametrize(
    ("industry", "expected"),
    [
        (row("2024-12-31", branchekode="561110", branchetekst="Mad"), ("DB07", "561110", "Mad")),
        (row("2025-01-01", branchekode="561110", branchetekst="Mad"), ("DB25", "561110", "Mad")),
        (
            row("2025-01-01", branchekode=13000, branchetekst="", branchekodesystem="db07"),
            ("DB07", "013000", "013000"),
        ),
        (row(branchekode="43.22.00", branchetekst="VVS"), ("DB07", "432200", "VVS")),
        (row(branchekode="ukendt"), None),
    ],
)
def test_the_code_list_follows_the_rows_first_day(industry, expected):
    facts = read_document(unit(hovedbranche=[industry]))
    assert facts.industry == (IndustryFacts(*expected) if expected else None)
    assert set(IndustrySystem.values) == {"DB07", "DB25"}


@pytest.mark.parametrize(
    ("code", "ends"),
    [
        ("ANTAL_0_0", (0, 0)),
        ("ANTAL_10_19", (10, 19)),
        ("ANTAL_1000_999999", (1000, None)),
        ("ANTAL_1000_", (1000, None)),
        ("ANTAL_x_9", (None, None)),
        (None, (None, None)),
        (" ANTAL_2_4x", (None, None)),
    ],
)
def test_both_ends_of_an_interval(code, ends):
    assert interval(code) == ends


def figures(**values):
    return {"antalAnsatte": 12, "antalAarsvaerk": 10.44, **values}


def test_the_latest_month_of_the_business_authority_comes_first():
    facts = read_document(
        unit(
            erstMaanedsbeskaeftigelse=[
                figures(aar=2026, maaned=9, intervalKodeAntalAnsatte="ANTAL_10_19"),
                figures(aar=2025, maaned=12, antalAnsatte=99),
            ],
            kvartalsbeskaeftigelse=[figures(aar=2026, kvartal=4, antalAnsatte=1)],
        )
    )
    assert (facts.employees, facts.employees_low, facts.employees_high) == (12, 10, 19)
    assert (facts.ordinary_fte, facts.employment_month) == (Decimal("10.4"), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("lists", "employees", "month"),
    [
        (
            {
                "kvartalsbeskaeftigelse": [figures(aar=2025, kvartal=2)],
                "aarsbeskaeftigelse": [figures(aar=2026)],
            },
            12,
            date(2025, 6, 1),
        ),
        ({"aarsbeskaeftigelse": [figures(aar=2018, antalAnsatte=None)]}, None, date(2018, 12, 1)),
        ({"aarsbeskaeftigelse": [figures(aar=2018, antalAnsatte=-4)]}, None, date(2018, 12, 1)),
        ({"erstMaanedsbeskaeftigelse": [figures(aar=2026, maaned=13)]}, None, None),
        ({}, None, None),
    ],
)
def test_older_figures_stand_in(lists, employees, month):
    facts = read_document(unit(**lists))
    assert (facts.employees, facts.employment_month) == (employees, month)


@pytest.mark.parametrize(
    ("word", "group"),
    [
        ("NORMAL", CompanyStatus.NORMAL),
        ("Aktiv", CompanyStatus.NORMAL),
        ("", CompanyStatus.NORMAL),
        ("UNDER KONKURS", CompanyStatus.BANKRUPTCY),
        ("OPLØST EFTER KONKURS", CompanyStatus.DISSOLVED),
        ("OPLØST EFTER FRIVILLIG LIKVIDATION", CompanyStatus.DISSOLVED),
        ("TVANGSOPLØST", CompanyStatus.DISSOLVED),
        ("SLETTET", CompanyStatus.DISSOLVED),
        ("Ophørt", CompanyStatus.DISSOLVED),
        ("UNDER TVANGSOPLØSNING", CompanyStatus.CLOSING),
        ("UNDER FRIVILLIG LIKVIDATION", CompanyStatus.CLOSING),
        ("UNDER REKONSTRUKTION", CompanyStatus.CLOSING),
        ("ET NYT ORD", CompanyStatus.CLOSING),
    ],
)
def test_status_words_fall_in_four_groups(word, group):
    assert status_of(word) == group


@pytest.mark.parametrize(
    ("lives", "started", "ceased"),
    [
        ([row("2010-01-01")], date(2010, 1, 1), None),
        ([row("2010-01-01", "2020-05-31")], date(2010, 1, 1), date(2020, 5, 31)),
        ([row("2010-01-01", "2015-01-01"), row("2018-01-01")], date(2018, 1, 1), None),
        ([], None, None),
        ([row("ikke en dato", "2020-02-31")], None, None),
    ],
)
def test_start_and_end_come_from_the_course_of_life(lives, started, ceased):
    facts = read_document(unit(livsforloeb=lives))
    assert (facts.started_on, facts.ceased_on) == (started, ceased)


def test_a_unit_that_is_called_ceased_has_an_end():
    facts = read_document(unit(produktionsEnhedMetadata={"sammensatStatus": "Ophørt"}))
    assert (facts.register_status, facts.ceased_on) == ("Ophørt", date(2026, 9, 1))


@pytest.mark.parametrize(
    ("changes", "street"),
    [
        ({}, "Prøvevej 7"),
        ({"bogstavFra": "b", "etage": "1", "sidedoer": "tv"}, "Prøvevej 7B, 1. tv"),
        ({"husnummerTil": 11}, "Prøvevej 7-11"),
        ({"etage": "st", "conavn": "Prøvehuset"}, "Prøvevej 7, st., c/o Prøvehuset"),
        ({"conavn": "c/o Prøvehuset"}, "Prøvevej 7, c/o Prøvehuset"),
        ({"vejnavn": None, "husnummerFra": None, "fritekst": "Hal 3\nHavnen"}, "Hal 3, Havnen"),
    ],
)
def test_the_street_is_one_line(changes, street):
    facts = read_document(unit(beliggenhedsadresse=[address(**changes)]))
    assert facts.street == street
    assert (facts.postcode, facts.town, facts.municipality_code) == ("4200", "Slagelse", "0330")


def test_codes_get_their_leading_zeros_back():
    place = address(postnummer=800, kommune={"kommuneKode": 101})
    facts = read_document(unit(beliggenhedsadresse=[place]))
    assert (facts.postcode, facts.municipality_code) == ("0800", "0101")


def test_text_is_one_clean_line():
    assert text("  a\0b\u202e \ud800 c\n d ", 40) == "a b c d"
    assert text("x" * 300, 200) == "x" * 200
    assert [text(value, 9) for value in (None, True, [], {}, 7)] == ["", "", "", "", "7"]


def test_versions_sort_by_time_whatever_their_zone():
    early = unit(sidstOpdateret="2026-09-01T12:00:00.000+02:00")
    late = unit(sidstOpdateret="2026-09-01T10:30:00.000+00:00")
    assert version_of(early) < version_of(late)
    assert version_of(unit(sidstOpdateret=None)) < version_of(early)
    assert version_of(None) == version_of({}) == " "


@pytest.mark.parametrize("junk", [None, 0, "x", [], {}, [[]], [None], [{}], {"periode": 3}, True])
def test_odd_types_anywhere_do_not_break_the_reading(junk):
    for document in (company(), unit()):
        (kind, body), *_rest = document["_source"].items()
        for key in body:
            try:
                read_document({kind: {**body, key: junk}})
            except RefusedError:
                assert key in {"cvrNummer", "pNummer", "navne", "virksomhedsrelation"}

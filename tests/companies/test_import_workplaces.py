"""`manage.py import_workplaces`: what a list of workplaces changes, and what it leaves alone."""

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import Event, User
from companies.actions import mark_contact_left, set_level, set_owner
from companies.models import Company, ContactPerson, Industry, Workplace
from tests.companies.lists import GOOD, HEADER, OTHER, Run, lines, runner
from tests.tables import fingerprint

pytestmark = pytest.mark.django_db
FULL = lines(
    "CVR-nr.;P-nr;Virksomhed;Arbejdsplads;Adresse;Husnr.;Postnr.;By;Kommunekode;Branchekode;Branche;"
    "Ansatte;Telefon;E-mail;Hjemmeside;Ansvarlig e-mail;Niveau;Kontaktperson;Kontakttelefon;"
    "Kontakt e-mail;Stilling",
    "DK 99 00 00 23;1900 000 101;Engens Bagerier ApS;Engens Bageri;Prøvevej;7 A;4200;Slagelse;330;"
    "10.71.20;Bagerforretninger;1.012;58 12 34 56;post@example.invalid;example.invalid;"
    "Alice@example.invalid;Samarbejde;Ronja Solbakke;+45 12 34 56 78;ronja@example.invalid;Ejer",
)


@pytest.fixture
def run(tmp_path) -> Run:
    return runner(tmp_path)


@pytest.fixture
def owner() -> User:
    return User.objects.create_user(
        "alice@example.invalid", "et langt kodeord", name="Alice Engvang", role="consultant"
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

    with django_assert_max_num_queries(300):
        report, accepted = run(lines(HEADER, *rows))

    assert accepted
    assert report["created"] == 5000

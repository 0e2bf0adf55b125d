from datetime import date

import pytest

from accounts.enums import NoticeKind
from accounts.models import Event, Notice
from companies.actions import import_cvr
from companies.enums import CompanyStatus, RelationshipLevel, Sector
from companies.models import Company, Industry, Workplace
from tests.companies.register import (
    BLANK,
    P_NUMBER,
    address,
    bring,
    ceased,
    changed,
    company,
    contact,
    counts,
    delivery,
    row,
    unit,
)
from tests.factories import ContactPersonFactory, UserFactory

pytestmark = pytest.mark.django_db
BOTH = (company(), unit())


def test_the_facts_of_the_register_are_renewed(tmp_path):
    bring(tmp_path, *BOTH)
    later = [
        changed(
            BOTH[0],
            virksomhedMetadata={"sammensatStatus": "UNDER KONKURS"},
            virksomhedsform=[row(virksomhedsformkode=60, langBeskrivelse="Aktieselskab")],
        ),
        changed(
            BOTH[1],
            reklamebeskyttet=True,
            hovedbranche=[row("2025-01-01", branchekode="561110", branchetekst="Restauranter")],
            erstMaanedsbeskaeftigelse=[{"aar": 2026, "maaned": 9, "antalAnsatte": 60}],
        ),
    ]
    assert counts(bring(tmp_path, *later)) == {"read": 2, "updated": 2}
    workplace = Workplace.objects.select_related("company", "industry").get()
    assert (workplace.company.status, workplace.company.form_code) == (CompanyStatus.BANKRUPTCY, 60)
    assert workplace.advertising_protection
    assert (workplace.industry.system, workplace.industry.code) == ("DB25", "561110")
    assert (workplace.employees, workplace.size_band) == (60, "50-99")
    assert Industry.objects.count() == 2


def test_a_contact_that_becomes_secret_is_removed(tmp_path):
    number = contact("22222222", secret=False)
    bring(tmp_path, company(telefonNummer=[number]), unit(telefonNummer=[number]))
    assert Workplace.objects.get().phone == Company.objects.get().phone == "22222222"
    secret = contact("22222222", secret=True)
    bring(tmp_path, company(telefonNummer=[secret]), unit(telefonNummer=[secret]))
    assert Workplace.objects.get().phone == Company.objects.get().phone == ""


def test_what_people_entered_is_never_touched(tmp_path):
    bring(tmp_path, *BOTH)
    owner = UserFactory()
    local = {
        "level": RelationshipLevel.PARTNERSHIP, "owner": owner, "opened_by": owner,
        "opened_on": date(2026, 1, 2), "opened_channel": "visit", "about": "Om", "tone": "direct",
        "culture": "Kultur",
    }  # fmt: skip
    Workplace.objects.update(**local)
    Company.objects.update(sector=Sector.PUBLIC)
    person = ContactPersonFactory(workplace=Workplace.objects.get(), name="Prøve Kontaktsen")
    renamed = [row(navn="Helt nyt navn")]
    report = bring(tmp_path, changed(BOTH[0], navne=renamed), changed(BOTH[1], navne=renamed))
    assert report.updated == 2
    workplace = Workplace.objects.get()
    assert {name: getattr(workplace, name) for name in local} == local
    assert Company.objects.get().sector == Sector.PUBLIC
    assert list(workplace.contact_persons.all()) == [person]


def test_a_renewed_workplace_is_still_found_by_its_contact_persons(tmp_path):
    bring(tmp_path, *BOTH)
    workplace = Workplace.objects.get()
    ContactPersonFactory(workplace=workplace, name="Prøve Kontaktsen")
    ContactPersonFactory(workplace=workplace, name="Stoppet Kontaktsen", left_on=date(2026, 1, 1))
    bring(tmp_path, changed(BOTH[1], navne=[row(navn="Nyt værksted")]))
    found = Workplace.objects.get().search_text
    assert "nyt vaerksted" in found
    assert "proeve kontaktsen" in found
    assert "stoppet" not in found


def test_a_workplace_is_found_by_the_new_name_of_its_company(tmp_path):
    bring(tmp_path, *BOTH)
    report = bring(tmp_path, company(name="Omdøbt A/S"))
    assert counts(report) == {"read": 1, "updated": 1}
    assert Workplace.objects.matching("omdøbt").count() == 1
    assert counts(bring(tmp_path, unit())) == {"read": 1, "unchanged": 1}


def test_a_unit_may_move_to_another_company(tmp_path):
    bring(tmp_path, *BOTH, company(99000015, "Køber ApS"))
    moved = changed(BOTH[1], virksomhedsrelation=[row("2026-11-01", cvrNummer=99000015)])
    assert counts(bring(tmp_path, moved)) == {"read": 1, "updated": 1}
    assert Workplace.objects.get().company.name == "Køber ApS"
    assert Workplace.objects.matching("køber").exists()


def test_the_owner_is_told_once_that_a_workplace_has_ceased(tmp_path):
    bring(tmp_path, *BOTH, unit(1900000002))
    owner = UserFactory()
    Workplace.objects.filter(p_number=P_NUMBER).update(owner=owner)
    for _time in (1, 2):
        bring(tmp_path, ceased(BOTH[1]), ceased(unit(1900000002)))
    workplace = Workplace.objects.get(p_number=P_NUMBER)
    notice = Notice.objects.get()
    assert workplace.ceased_on == date(2026, 10, 31)
    assert (notice.recipient, notice.kind) == (owner, NoticeKind.WORKPLACE_CEASED)
    assert notice.link == f"/virksomheder/{workplace.pk}/"
    assert Event.objects.filter(action="workplace_ceased").count() == 2


def test_owners_are_told_when_a_company_gets_into_trouble(tmp_path):
    bring(tmp_path, *BOTH, unit(1900000002), ceased(unit(1900000003)))
    owner = UserFactory()
    Workplace.objects.exclude(p_number="1900000002").update(owner=owner)
    bankrupt = changed(BOTH[0], virksomhedMetadata={"sammensatStatus": "UNDER KONKURS"})
    for _time in (1, 2):
        bring(tmp_path, bankrupt)
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (owner, NoticeKind.COMPANY_IN_TROUBLE)
    assert notice.subject == "Eksempel VVS (UNDER KONKURS)"
    assert Event.objects.filter(action="company_status_changed").count() == 1


@pytest.mark.parametrize("what", ["company", "municipality", "town"])
def test_the_owner_is_told_once_that_a_workplace_has_moved(tmp_path, what):
    bring(tmp_path, *BOTH, company(99000023, "Nyt Firma"))
    owner = UserFactory()
    Workplace.objects.update(owner=owner)
    moved = {
        "company": {"virksomhedsrelation": [row(cvrNummer=99000023)]},
        "municipality": {"beliggenhedsadresse": [address(kommune={"kommuneKode": 329})]},
        "town": {"beliggenhedsadresse": [address(postdistrikt="Ringsted")]},
    }[what]
    for _time in (1, 2):
        bring(tmp_path, changed(BOTH[1], **moved, sidstOpdateret="2026-11-01T12:00:00.000+01:00"))
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (owner, NoticeKind.WORKPLACE_MOVED)
    event = Event.objects.get(action="workplace_moved")
    assert set(event.changes) & {"company", "municipality_code", "town"}


def test_a_new_street_in_the_same_town_is_no_move(tmp_path):
    bring(tmp_path, *BOTH)
    Workplace.objects.update(owner=UserFactory())
    other = changed(BOTH[1], beliggenhedsadresse=[address(vejnavn="Prøvestræde")])
    bring(tmp_path, changed(other, sidstOpdateret="2026-11-01T12:00:00.000+01:00"))
    assert not Notice.objects.exists()


def test_an_import_leaves_a_line_in_the_audit_trail_before_it_begins_and_one_when_done(tmp_path):
    user = UserFactory()
    import_cvr(paths=[delivery(tmp_path, *BOTH)], by=user)
    start, event = Event.objects.order_by("pk")
    assert (start.action, start.actor) == ("register_import_started", user)
    assert start.changes == {"files": ["levering.jsonl"], "documents": 2}
    assert (event.action, event.actor) == ("register_imported", user)
    assert event.changes == {**BLANK, "files": ["levering.jsonl"], "read": 2, "created": 2}


def test_the_sector_follows_the_form_when_a_company_is_new(tmp_path):
    form = [row(virksomhedsformkode=250, langBeskrivelse="Primærkommune")]
    bring(tmp_path, company(virksomhedsform=form))
    assert Company.objects.get().sector == Sector.PUBLIC


def test_more_than_a_batch_comes_in_with_few_questions(tmp_path, django_assert_max_num_queries):
    units = [unit(1900000000 + n, f"Sted {n}") for n in range(1, 700)]
    with django_assert_max_num_queries(200):
        assert bring(tmp_path, company(), *units).created == 700
    with django_assert_max_num_queries(32):
        assert bring(tmp_path, company(), *units).unchanged == 700

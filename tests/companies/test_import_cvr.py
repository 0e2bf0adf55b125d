import gzip
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from companies.actions import DeliveryError, import_cvr
from companies.models import Company, Workplace
from tests.companies.register import (
    BLANK,
    CVR,
    SAMPLE,
    bring,
    ceased,
    changed,
    company,
    counts,
    delivery,
    row,
    unit,
)
from tests.tables import fingerprint

pytestmark = pytest.mark.django_db
BOTH = (company(), unit())


def run(*arguments) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command("import_cvr", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_sample_gives_240_companies_and_its_faults_by_name():
    first = json.loads(run(SAMPLE, "--json"))
    assert list(first) == [*BLANK, "reasons"]
    assert (Company.objects.count(), Workplace.objects.count()) == (240, 316)
    assert {name: first[name] for name in BLANK} == {
        "read": 561, "created": 556, "updated": 0, "unchanged": 1, "rejected": 3, "skipped": 1,
    }  # fmt: skip
    assert first["reasons"] == [
        {
            "document": 6,
            "number": "99000016",
            "reason": "The check digit of the CVR number is wrong.",
        },
        {"document": 10, "number": "", "reason": "The production unit has no P-number."},
        {
            "document": 560,
            "number": "1999999999",
            "reason": "Its company, CVR 99999990, is neither in the delivery nor known already.",
        },
    ]
    assert Workplace.objects.active().count() == 297


def test_the_sample_twice_changes_nothing():
    run(SAMPLE)
    before = fingerprint(but=frozenset({"accounts_event", "accounts_eventchain"}))
    again = json.loads(run(SAMPLE, "--json"))
    assert fingerprint(but=frozenset({"accounts_event", "accounts_eventchain"})) == before
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 557)
    assert (again["rejected"], again["skipped"]) == (3, 1)


def test_no_secret_contact_of_the_sample_is_stored():
    run(SAMPLE)
    stored = {
        number: set(contacts)
        for model, key in ((Company, "cvr_number"), (Workplace, "p_number"))
        for number, *contacts in model.objects.values_list(key, "phone", "email", "website")
    }
    documents = json.loads(gzip.decompress(SAMPLE.read_bytes()))["hits"]["hits"]
    secrets = 0
    for body in (next(iter(each["_source"].values())) for each in documents):
        rows = body.get("telefonNummer", []) + body.get("elektroniskPost", [])
        secret = {each["kontaktoplysning"] for each in rows if each["hemmelig"]}
        number = str(body.get("cvrNummer") or body.get("pNummer"))
        assert stored.get(number, set()) & secret == set()
        secrets += len(secret)
    assert secrets > 20
    assert sum(len(each) for each in stored.values()) > 500


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path, dry_run):
    bring(tmp_path, *BOTH)
    before = fingerprint()
    documents = [
        unit(1900000002, of="99000015"),
        company(99000015, "Ny ApS"),
        changed(BOTH[0], navne=[row(navn="Nyt navn")]),
        ceased(BOTH[1]),
        unit(1900000003, of="99006757"),
    ]
    report = bring(tmp_path, *documents, dry_run=dry_run)
    assert counts(report) == {"read": 5, "created": 2, "updated": 2, "rejected": 1}
    assert (fingerprint() == before) is dry_run


def as_lines(documents) -> bytes:
    return b"\n".join(json.dumps(each).encode() for each in documents)


def as_bulk(documents) -> bytes:
    return b"".join(b'{"index": {"_id": 1}}\n' + as_lines([each]) + b"\n" for each in documents)


def as_answer(documents) -> bytes:
    return json.dumps({"took": 3, "hits": {"total": 2, "hits": list(documents)}}).encode()


FORMS = {
    "answer": as_answer,
    "pretty answer": lambda them: json.dumps(json.loads(as_answer(them)), indent=2).encode(),
    "answers": lambda them: b"\n".join(as_answer([each]) for each in them),
    "array": lambda them: json.dumps(list(them)).encode(),
    "bare array": lambda them: json.dumps([each["_source"] for each in them], indent=1).encode(),
    "lines": as_lines,
    "bare lines": lambda them: as_lines([each["_source"] for each in them]),
    "windows lines": lambda them: as_lines(them).replace(b"\n", b"\r\n\r\n"),
    "bulk lines": as_bulk,
    "pretty documents": lambda them: b"\n".join(
        json.dumps(each, indent=1).encode() for each in them
    ),
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n  "])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_delivery_is_read(tmp_path, form, packed, mark):
    data = mark + FORMS[form]([BOTH[1], BOTH[0]])
    path = tmp_path / ("levering.gz" if packed else "levering")
    path.write_bytes(gzip.compress(data) if packed else data)
    assert counts(import_cvr(paths=[path], by=None)) == {"read": 2, "created": 2}


def test_units_may_come_before_their_company_and_in_another_file(tmp_path):
    units = delivery(tmp_path, unit(), name="units")
    companies = delivery(tmp_path, company(), name="companies")
    assert counts(import_cvr(paths=[units, companies], by=None)) == {"read": 2, "created": 2}
    assert Workplace.objects.get().company == Company.objects.get()


def test_a_unit_may_belong_to_a_company_known_already(tmp_path):
    bring(tmp_path, company())
    assert counts(bring(tmp_path, unit())) == {"read": 1, "created": 1}


def test_of_two_documents_with_one_number_the_newer_wins_wherever_it_stands(tmp_path):
    new = company(name="Ny ApS", sidstOpdateret="2026-10-01T12:00:00.000+02:00")
    old = company(name="Gammel ApS", sidstOpdateret="2026-02-01T12:00:00.000+02:00")
    for documents in ([old, new], [new, old]):
        report = bring(tmp_path, *documents)
        assert report.read == 2
        assert Company.objects.get().name == "Ny ApS"
    assert counts(report) == {"read": 2, "unchanged": 2}


def test_all_that_is_read_is_counted_once(tmp_path):
    path = delivery(tmp_path, *BOTH, BOTH[1], company(99000016), {"Vrdeltagerperson": {}}, None, 7)
    with path.open("a") as file:
        file.write('{"Vrvirksomhed": {"cvrNummer": 99\n')
        file.write(json.dumps(company(99000015)) + "\n")
    report = import_cvr(paths=[path], by=None)
    assert counts(report) == {
        "read": 9, "created": 3, "unchanged": 1, "rejected": 4, "skipped": 1,
    }  # fmt: skip
    assert [each.document for each in report.reasons] == [4, 6, 7, 8]


def test_an_unreadable_line_is_named_and_the_rest_comes_in(tmp_path):
    path = tmp_path / "levering"
    lines = [as_lines([BOTH[0]]), b"\xff\xfe", b"", b'{"a": [}', as_lines([BOTH[1]])]
    path.write_bytes(b"\n".join(lines))
    with translation.override("en"):
        report = import_cvr(paths=[path], by=None)
    assert counts(report) == {"read": 4, "created": 2, "rejected": 2}
    assert [each.reason for each in report.reasons] == [
        "Line 2 is not readable JSON.",
        "Line 4 is not readable JSON.",
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_delivery_that_breaks_off_is_used_up_to_there(tmp_path, packed):
    data = json.dumps([*BOTH, company(99000015)]).encode()
    path = tmp_path / "levering"
    path.write_bytes(gzip.compress(data)[:-40] if packed else data[:-40])
    with pytest.raises(CommandError, match="levering cannot be read to the end"):
        run(path)
    report = import_cvr(paths=[path], by=None, dry_run=True)
    assert report.broken == ("levering",)
    assert report.read == report.unchanged + report.rejected
    assert [each.document for each in report.reasons] == [report.read]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "levering is empty."),
        (b"  \n", "levering is empty."),
        (b"cvr;navn\n99000015;X\n", "levering is not a delivery from the CVR register."),
        (b"PK\x03\x04", "levering is not a delivery from the CVR register."),
        ("[]".encode("utf-16"), "levering is not written in UTF-8."),
        ("[]".encode("utf-16-be"), "levering is not written in UTF-8."),
        (b'{"error": "x", "status": 401}', "levering holds no documents from the CVR register."),
        (b"\x1f\x8bnot gzip", "levering cannot be unpacked."),
    ],
)
def test_what_is_no_delivery_is_said_in_one_sentence(tmp_path, data, sentence):
    path = tmp_path / "levering"
    path.write_bytes(data)
    before = fingerprint()
    with pytest.raises(CommandError) as caught:
        run(delivery(tmp_path, *BOTH, name="good"), path)
    assert str(caught.value) == sentence
    assert fingerprint() == before


def test_a_file_that_is_not_there_is_said_in_one_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"^borte\.json does not exist\.$"):
        run(tmp_path / "borte.json")
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path)


@pytest.mark.parametrize("data", [b"[]", b'{"took": 1, "hits": {"total": 0, "hits": []}}'])
def test_an_empty_delivery_is_a_delivery(tmp_path, data):
    path = tmp_path / "levering"
    path.write_bytes(data)
    assert import_cvr(paths=[path], by=None).as_dict() == {**BLANK, "reasons": []}


@pytest.mark.parametrize("packed", [False, True])
def test_a_text_without_end_is_refused_before_it_fills_the_memory(tmp_path, packed, monkeypatch):
    monkeypatch.setattr("companies.actions.delivery_files.LONGEST_DOCUMENT", 200_000)
    data = as_lines([BOTH[0]]) + b"\n" + b'{"a": "' + b"x" * 1_000_000
    path = tmp_path / "levering"
    path.write_bytes(gzip.compress(data) if packed else data)
    report = import_cvr(paths=[path], by=None)
    assert counts(report) == {"read": 2, "created": 1, "rejected": 1}


def test_an_unpacked_size_can_be_limited(tmp_path):
    path = tmp_path / "levering"
    path.write_bytes(gzip.compress(b'{"Vrdeltagerperson": {}}\n' * 100_000))
    report = import_cvr(paths=[path], by=None, most_bytes=1_000_000)
    assert report.read < 100_000
    assert report.broken == ("levering",)


def test_the_command_says_what_it_did_and_what_it_refused(tmp_path):
    path = delivery(tmp_path, *BOTH, company(99000016))
    assert run(path, "--dry-run").splitlines() == [
        "3 documents read: 2 created, 0 updated, 0 unchanged, 1 rejected, 0 of other kinds.",
        "Document 3, number 99000016: The check digit of the CVR number is wrong.",
        "Nothing was written.",
    ]


def test_a_delivery_may_come_through_a_pipe(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(as_lines(BOTH))))
    assert run("-").startswith("2 documents read: 2 created")


def test_refused_deliveries_are_errors_of_their_own():
    with pytest.raises(DeliveryError):
        import_cvr(paths=[Path("/findes/ikke")], by=None)
    assert CVR.isdigit()

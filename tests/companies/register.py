"""Documents of the register in its own structure, about companies that do not exist."""

import copy
import json
from pathlib import Path
from typing import Any

from companies.actions import ImportReport, import_cvr

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "cvr-slagelse.json.gz"
BLANK = {"read": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": 0, "skipped": 0}
CVR, P_NUMBER = "99003383", "1900000001"


def row(start: str = "2019-03-01", end: str | None = None, **values: Any) -> dict[str, Any]:
    """One row of a history."""
    return {**values, "periode": {"gyldigFra": start, "gyldigTil": end}}


def address(**changes: Any) -> dict[str, Any]:
    """A street address in Slagelse."""
    values = {
        "landekode": "DK", "fritekst": None, "vejnavn": "Prøvevej", "husnummerFra": 7,
        "husnummerTil": None, "bogstavFra": None, "bogstavTil": None, "etage": None,
        "sidedoer": None, "conavn": None, "bynavn": None, "postnummer": 4200,
        "postdistrikt": "Slagelse", "kommune": {"kommuneKode": 330, "kommuneNavn": "SLAGELSE"},
    }  # fmt: skip
    return row(**{**values, **changes})


def company(number: object = int(CVR), name: str = "Eksempel VVS ApS", **changes: Any) -> Any:
    """A company document; `changes` replace keys of its body."""
    body = {
        "cvrNummer": number,
        "reklamebeskyttet": False,
        "navne": [row(navn=name)],
        "telefonNummer": [],
        "elektroniskPost": [],
        "hjemmeside": [],
        "livsforloeb": [row()],
        "hovedbranche": [row(branchekode="432200", branchetekst="VVS-forretninger")],
        "virksomhedsstatus": [row(status="NORMAL")],
        "virksomhedsform": [row(virksomhedsformkode=80, langBeskrivelse="Anpartsselskab")],
        "virksomhedMetadata": {"sammensatStatus": "NORMAL"},
        "sidstOpdateret": "2026-09-01T12:00:00.000+02:00",
    }
    return {"_index": "cvr", "_source": {"Vrvirksomhed": {**body, **changes}}}


def unit(
    number: object = int(P_NUMBER), name: str = "Eksempel VVS", of: str = CVR, **changes: Any
) -> Any:
    """A production unit document; `changes` replace keys of its body."""
    body = {
        "pNummer": number,
        "reklamebeskyttet": False,
        "navne": [row(navn=name)],
        "beliggenhedsadresse": [address()],
        "telefonNummer": [],
        "elektroniskPost": [],
        "livsforloeb": [row()],
        "hovedbranche": [row(branchekode="432200", branchetekst="VVS-forretninger")],
        "virksomhedsrelation": [row(cvrNummer=int(of))],
        "produktionsEnhedMetadata": {"sammensatStatus": "Aktiv"},
        "sidstOpdateret": "2026-09-01T12:00:00.000+02:00",
    }
    return {"_index": "cvr", "_source": {"VrproduktionsEnhed": {**body, **changes}}}


def changed(document: Any, **changes: Any) -> Any:
    """A copy of `document` with keys of its body replaced."""
    new = copy.deepcopy(document)
    next(iter(new["_source"].values())).update(changes)
    return new


def ceased(document: Any, on: str = "2026-10-31") -> Any:
    """A copy of a unit that has closed."""
    return changed(
        document,
        livsforloeb=[row(end=on)],
        produktionsEnhedMetadata={"sammensatStatus": "Ophørt"},
        sidstOpdateret="2026-11-01T12:00:00.000+01:00",
    )


def contact(value: str, start: str = "2019-03-01", end: str | None = None, *, secret: bool) -> Any:
    """A row of a contact list."""
    return row(start, end, kontaktoplysning=value, hemmelig=secret)


def delivery(folder: Path, *documents: Any, name: str = "levering.jsonl") -> Path:
    """A file with one document a line."""
    path = folder / name
    path.write_text("".join(json.dumps(each) + "\n" for each in documents), encoding="utf-8")
    return path


def bring(folder: Path, *documents: Any, **options: Any) -> ImportReport:
    """The report of importing a delivery of `documents`."""
    return import_cvr(paths=[delivery(folder, *documents)], by=None, **options)


def counts(report: ImportReport) -> dict[str, int]:
    """The counts that are not zero."""
    return {name: n for name, n in report.as_dict().items() if n and name != "reasons"}

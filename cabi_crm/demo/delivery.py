"""Writes invented firms as the register writes real ones: a CVR delivery, faults included."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from cabi_crm.demo.firms import Firm, Unit, make_firms

Row = dict[str, Any]
INTERVALS = ((0, 0), (1, 1), (2, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, 199), (200, 499))
EMPTY_LISTS = (
    "binavne",
    "postadresse",
    "telefaxNummer",
    "sekundaertTelefonNummer",
    "hjemmeside",
    "obligatoriskEmail",
    "bibranche1",
    "bibranche2",
    "bibranche3",
    "status",
    "aarsbeskaeftigelse",
    "kvartalsbeskaeftigelse",
    "maanedsbeskaeftigelse",
    "attributter",
    "deltagerRelation",
    "fusioner",
    "spaltninger",
)
# The municipality code a row of the register carries: an integer without leading zeros.
MUNICIPALITY = {"kommuneKode": 330, "kommuneNavn": "SLAGELSE"}


def write_delivery(path: Path, *, seed: int, companies: int, units: int, today: date) -> None:
    """Write a delivery to `path`, one document a line, the same bytes for the same arguments."""
    random = Random(f"{seed} delivery")  # noqa: S311
    firms = make_firms(random, companies=companies, units=units, today=today)
    with path.open("w", encoding="utf-8") as target:
        for document in documents(firms, today):
            target.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n")


def documents(firms: Iterable[Firm], today: date) -> Iterator[Row]:
    """Each firm's workplaces and then the firm, and at the end what a delivery has of faults."""
    last: Firm | None = None
    for firm in firms:
        for unit in firm.units:
            yield _unit_document(firm, unit, today)
        yield _company_document(firm, today)
        last = firm
    if last:
        yield from _faults(last, _unit_document(last, last.units[-1], today), today)


def _faults(firm: Firm, unit: Row, today: date) -> Iterator[Row]:
    """A unit twice, one without a P-number, one of no firm, a wrong check digit, a person."""
    yield unit
    source = unit["_source"]["VrproduktionsEnhed"]
    yield _wrap("p", 1, {"VrproduktionsEnhed": {k: v for k, v in source.items() if k != "pNummer"}})
    stray = [_current({"cvrNummer": 99999990}, firm.started)]
    stranger = source | {"pNummer": 1999999998, "virksomhedsrelation": stray}
    yield _wrap("p", 2, {"VrproduktionsEnhed": _without_relation(stranger)})
    company = _company_document(firm, today)["_source"]["Vrvirksomhed"]
    wrong = int(firm.cvr_number[:7] + str((int(firm.cvr_number[7]) + 1) % 10))
    yield _wrap("v", 3, {"Vrvirksomhed": company | {"cvrNummer": wrong}})
    yield _wrap("d", 4, {"Vrdeltagerperson": {"enhedsNummer": 4009999999}})


def _without_relation(source: Row) -> Row:
    metadata = source["produktionsEnhedMetadata"] | {"nyesteCvrNummerRelation": 99999990}
    return source | {"produktionsEnhedMetadata": metadata}


def _wrap(kind: str, number: int, source: Row) -> Row:
    return {
        "_index": f"cvr-{kind}-20220630",
        "_type": "_doc",
        "_id": str(number),
        "_source": source,
    }


def _current(row: Row, since: date, until: date | None = None) -> Row:
    """A row of the register with the period in which it holds."""
    period = {"gyldigFra": since.isoformat(), "gyldigTil": until.isoformat() if until else None}
    return row | {"periode": period, "sidstOpdateret": f"{since.isoformat()}T12:03:30.000+01:00"}


def _interval(count: int) -> str:
    low, high = next((low, high) for low, high in INTERVALS if count <= high)
    return f"ANTAL_{low}_{high}"


def _employment(employees: int, fte: float, today: date) -> Row:
    """The latest month the register has counted, two months back."""
    month = (today.year * 12 + today.month - 1) - 2
    return {
        "aar": month // 12,
        "maaned": month % 12 + 1,
        "antalAarsvaerk": fte,
        "antalAnsatte": employees,
        "sidstOpdateret": f"{today.isoformat()}T04:00:00.000+01:00",
        "intervalKodeAntalAarsvaerk": _interval(int(fte)),
        "intervalKodeAntalAnsatte": _interval(employees),
    }


def _address(unit: Unit, until: date | None) -> Row:
    row = {
        "landekode": "DK",
        "fritekst": None,
        "vejkode": 1000 + len(unit.street),
        "kommune": _current(MUNICIPALITY, date(2007, 1, 1)),
        "husnummerFra": unit.house,
        "adresseId": None,
        "husnummerTil": None,
        "bogstavFra": None,
        "bogstavTil": None,
        "etage": None,
        "sidedoer": None,
        "conavn": None,
        "postboks": None,
        "vejnavn": unit.street,
        "bynavn": None,
        "postnummer": unit.postcode,
        "postdistrikt": unit.town,
    }
    return _current(row, unit.started, until)


def _contact(text: str, since: date, *, secret: bool) -> Row:
    return _current({"kontaktoplysning": text, "hemmelig": secret}, since)


def _common(firm: Firm, unit: Unit, name: str, until: date | None) -> Row:
    """What a company and a production unit both carry."""
    since = unit.started
    coded = date(2025, 1, 1) if firm.recoded else since
    industry = {"branchekode": firm.trade.code, "branchetekst": firm.trade.text}
    return {
        **{key: [] for key in EMPTY_LISTS},
        "reklamebeskyttet": unit.protected,
        "navne": [_current({"navn": name}, since, until)],
        "beliggenhedsadresse": [_address(unit, until)],
        "telefonNummer": [_contact(unit.phone, since, secret=unit.secret_phone)],
        "elektroniskPost": [_contact(unit.email, since, secret=False)],
        "livsforloeb": [_current({}, since, until)],
        "hovedbranche": [_current(industry, coded)],
        "samtId": 1,
        "fejlRegistreret": False,
        "dataAdgang": 0,
        "fejlVedIndlaesning": False,
        "fejlBeskrivelse": None,
        "naermesteFremtidigeDato": None,
        "brancheAnsvarskode": None,
        "virkningsAktoer": "BT",
    }


def _unit_document(firm: Firm, unit: Unit, today: date) -> Row:
    common = _common(firm, unit, unit.name, unit.ceased)
    relation = _current({"cvrNummer": int(firm.cvr_number)}, unit.started, unit.ceased)
    work = _employment(unit.employees, unit.fte, today)
    metadata = _metadata(common, unit) | {
        "nyesteCvrNummerRelation": int(firm.cvr_number),
        "nyesteErstMaanedsbeskaeftigelse": work,
        "sammensatStatus": "Ophørt" if unit.ceased else "Aktiv",
    }
    source = common | {
        "pNummer": unit.p_number,
        "virksomhedsrelation": [relation],
        "erstMaanedsbeskaeftigelse": [work],
        "enhedsNummer": 2_200_000_000 + unit.p_number,
        "enhedstype": "PRODUKTIONSENHED",
        "produktionsEnhedMetadata": metadata,
    }
    return _wrap(
        "p", 2_200_000_000 + unit.p_number, {"VrproduktionsEnhed": _stamped(source, today)}
    )


def _company_document(firm: Firm, today: date) -> Row:
    head = firm.units[0]
    common = _common(firm, head, firm.name, firm.ceased)
    code, short, long, _ = firm.form
    form = {"virksomhedsformkode": code, "kortBeskrivelse": short, "langBeskrivelse": long}
    work = _employment(
        sum(u.employees for u in firm.units), round(sum(u.fte for u in firm.units), 1), today
    )
    number = 4_000_000_000 + int(firm.cvr_number)
    metadata = _metadata(common, head) | {
        "nyesteVirksomhedsform": form,
        "nyesteErstMaanedsbeskaeftigelse": work,
        "antalPenheder": len(firm.units),
        "sammensatStatus": firm.status,
        "stiftelsesDato": firm.started.isoformat(),
        "virkningsDato": firm.started.isoformat(),
    }
    source = common | {
        "cvrNummer": int(firm.cvr_number),
        "reklamebeskyttet": firm.protected,
        "virksomhedsstatus": [_current({"status": firm.status}, firm.started)],
        "virksomhedsform": [_current(form, firm.started)],
        "erstMaanedsbeskaeftigelse": [work],
        "penheder": [_current({"pNummer": u.p_number}, u.started) for u in firm.units],
        "enhedsNummer": number,
        "enhedstype": "VIRKSOMHED",
        "virksomhedMetadata": metadata,
    }
    return _wrap("v", number, {"Vrvirksomhed": _stamped(source, today)})


def _metadata(common: Row, unit: Unit) -> Row:
    """The register's own extract of what is newest; its contacts do not say which are secret."""
    return {
        "nyesteNavn": common["navne"][0],
        "nyesteBeliggenhedsadresse": common["beliggenhedsadresse"][0],
        "nyesteHovedbranche": common["hovedbranche"][0],
        "nyesteBibranche1": None,
        "nyesteStatus": None,
        "nyesteKontaktoplysninger": [unit.phone, unit.email],
        "nyesteAarsbeskaeftigelse": None,
        "nyesteKvartalsbeskaeftigelse": None,
    }


def _stamped(source: Row, today: date) -> Row:
    moment = f"{today.isoformat()}T04:00:00.000+01:00"
    return source | {"sidstIndlaest": moment, "sidstOpdateret": moment}

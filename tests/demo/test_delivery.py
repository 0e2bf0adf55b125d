"""The demo's delivery looks like the register's own, faults included."""

import json
from datetime import date

import pytest

from cabi_crm.demo.delivery import write_delivery

TODAY = date(2026, 11, 23)


@pytest.fixture
def delivery(tmp_path):
    path = tmp_path / "delivery.json"
    write_delivery(path, seed=1, companies=24, units=32, today=TODAY)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def bodies(delivery, kind):
    return [each["_source"][kind] for each in delivery if kind in each["_source"]]


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    paths = [tmp_path / "one.json", tmp_path / "two.json", tmp_path / "other.json"]
    for path, seed in zip(paths, (7, 7, 8), strict=True):
        write_delivery(path, seed=seed, companies=24, units=32, today=TODAY)
    one, two, other = (path.read_bytes() for path in paths)
    assert one == two != other


def test_it_holds_each_firm_each_workplace_and_five_faults(delivery):
    assert len(bodies(delivery, "Vrvirksomhed")) == 24 + 1
    assert len(bodies(delivery, "VrproduktionsEnhed")) == 32 + 3
    assert len(bodies(delivery, "Vrdeltagerperson")) == 1


def test_every_workplace_lies_in_the_municipality(delivery):
    codes = {
        row["kommune"]["kommuneKode"]
        for body in bodies(delivery, "VrproduktionsEnhed")
        for row in body["beliggenhedsadresse"]
    }
    assert codes == {330}


def test_contacts_are_of_places_that_cannot_be_reached(delivery):
    mails = [
        row["kontaktoplysning"]
        for kind in ("Vrvirksomhed", "VrproduktionsEnhed")
        for body in bodies(delivery, kind)
        for row in body["elektroniskPost"]
    ]
    assert all(mail.endswith(".invalid") and mail.isascii() for mail in mails)


def test_most_workplaces_are_small(tmp_path):
    path = tmp_path / "many.json"
    write_delivery(path, seed=1, companies=300, units=400, today=TODAY)
    units = bodies(
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()],
        "VrproduktionsEnhed",
    )
    sizes = [unit["erstMaanedsbeskaeftigelse"][0]["antalAnsatte"] for unit in units]
    assert 0.75 < sum(size < 20 for size in sizes) / len(sizes) < 0.92

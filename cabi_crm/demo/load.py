"""Builds the demo municipality: a delivery through the importer, then two years of work."""

import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone, translation

from accounts.actions import record
from cabi_crm.demo.agreements import make_agreements, set_goals
from cabi_crm.demo.database import LOADED
from cabi_crm.demo.day import (
    ask_and_answer,
    know_them_well,
    promise_and_prepare,
    send_away,
    share_out_areas,
)
from cabi_crm.demo.delivery import write_delivery
from cabi_crm.demo.history import at, contacts, insert_contacts, log_contacts
from cabi_crm.demo.logos import organisation_logo
from cabi_crm.demo.people import Staff, make_organisation, make_staff
from cabi_crm.demo.plans import plan_weeks
from cabi_crm.demo.portfolio import insert_contact_persons, insert_visit_windows, settle_portfolios
from companies.actions import import_cvr, keep_dates
from companies.models import Workplace

RECENT = timedelta(days=21)  # what happened since then is logged as people log it
Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How many companies and workplaces the delivery holds."""

    companies: int
    units: int


SIZES = {"small": Size(240, 320), "large": Size(15_000, 20_000)}


@dataclass(frozen=True)
class Loaded:
    """What a demo consists of."""

    size: str
    seed: int
    workplaces: int
    contact_persons: int
    activities: int
    agreements: int


@transaction.atomic
def load_demo(*, size: str, seed: int, today: date, say: Say) -> Loaded:
    """Fill an empty database, all or nothing; the same rows for the same arguments."""
    with translation.override("da"):
        make_organisation(organisation_logo())
        staff = make_staff()
        import_delivery(SIZES[size], seed, today, staff, say)
        loaded = work_two_years(size, seed, today, staff, say)
        keep_dates(Workplace.objects.all())
        record(LOADED, by=None, changes=asdict(loaded))
    return loaded


def import_delivery(size: Size, seed: int, today: date, staff: Staff, say: Say) -> None:
    """Write a delivery to a temporary file and take it in through the real importer."""
    say(f"Importing a CVR delivery of {size.companies} companies and {size.units} workplaces …")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cvr-demo.json"
        write_delivery(path, seed=seed, companies=size.companies, units=size.units, today=today)
        report = import_cvr(paths=[path], by=staff.administrator)
    say(
        f"  {report.read} documents read: {report.created} created, {report.rejected} rejected, "
        f"{report.unchanged} unchanged, {report.skipped} skipped."
    )


def work_two_years(size: str, seed: int, today: date, staff: Staff, say: Say) -> Loaded:
    """Portfolios, people, contacts, plans and agreements on top of the register's facts."""
    workplaces = list(Workplace.objects.select_related("company", "industry").order_by("p_number"))
    users = staff.consultants
    say("Adding contact persons, visits and plans …")
    settle_portfolios(workplaces, users, _dice(seed, "portfolios"), today)
    people = insert_contact_persons(workplaces, _dice(seed, "people"), today)
    insert_visit_windows(workplaces, _dice(seed, "windows"), today)
    found = list(contacts(workplaces, users, _dice(seed, "history"), today))
    recent = at(today - RECENT, 0) if size == "small" else timezone.now()
    activities = insert_contacts([each for each in found if each.starts_at < recent])
    activities += log_contacts([each for each in found if each.starts_at >= recent])
    activities += plan_weeks(workplaces, users, _dice(seed, "plans"), today)
    say("Adding seasons, absences, enquiries and tasks …")
    know_them_well(workplaces, _dice(seed, "terms"), today)
    share_out_areas(users, staff.administrator)
    ask_and_answer(workplaces, users, _dice(seed, "enquiries"), today)
    promise_and_prepare(workplaces, users, _dice(seed, "tasks"), today)
    send_away(users, today)
    say("Making agreements …")
    agreements = make_agreements(workplaces, users, _dice(seed, "agreements"), today)
    set_goals(today.year)
    return Loaded(size, seed, len(workplaces), people, activities, agreements)


def _dice(seed: int, part: str) -> Random:
    """Each part has its own chance, so that a change in one leaves the others as they were."""
    return Random(f"{seed} {part}")  # noqa: S311

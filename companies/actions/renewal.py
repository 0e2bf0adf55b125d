"""Renews one batch of companies or workplaces by the register's facts."""

import copy
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.urls import reverse

from accounts.actions import notify, record
from accounts.enums import NoticeKind
from accounts.models import User
from companies.enums import CompanyStatus
from companies.models import Company, ContactPerson, Industry, Workplace
from companies.rules import CompanyFacts, Facts, UnitFacts, sector_of_form

NOT_YET = -1  # the key of a row that a dry run does not make


@dataclass
class Renewal:
    """What a batch changes: rows to make, rows to save with the names of changed fields."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    unchanged: int = 0

    def counts(self) -> Counter[str]:
        """How many documents did what."""
        return Counter(created=len(self.new), updated=len(self.changed), unchanged=self.unchanged)

    def take_over(self, row: models.Model, values: dict[str, Any]) -> set[str]:
        """Put `values` on `row` and return the names of those that differ."""
        differing = {name for name, value in values.items() if getattr(row, name) != value}
        for name in differing:
            setattr(row, name, values[name])
        if differing:
            self.changed.append(row)
            self.names |= differing
        else:
            self.unchanged += 1
        return differing


def save_fields(rows: Sequence[Any], names: Iterable[str], number: str) -> None:
    """Save the fields `names` of rows that are there, and only those.

    An upsert by the register's number, because `bulk_update` of many fields takes twice as long
    on PostgreSQL. The copies have no key, so that only the number can meet a stored row.
    """
    copies = [copy.copy(row) for row in rows]
    for each in copies:
        each.pk = None
    if copies:
        type(copies[0]).objects.bulk_create(
            copies,
            update_conflicts=True,
            unique_fields=[number],
            update_fields=[*sorted(names), "updated_at"],
        )


def renew_companies(
    *, facts: Sequence[CompanyFacts], by: User | None, dry_run: bool
) -> Counter[str]:
    """Make or renew the companies; the sector is set once and then left to people."""
    industries = industry_keys(facts, dry_run=dry_run)
    numbers = [each.cvr_number for each in facts]
    known = {each.cvr_number: each for each in Company.objects.filter(cvr_number__in=numbers)}
    renewal, renamed, troubled = Renewal(), [], []
    for each in facts:
        values = register_values(each, industries)
        company = known.get(each.cvr_number)
        if company is None:
            renewal.new.append({**values, "sector": sector_of_form(each.form_code)})
            continue
        before = company.status
        differing = renewal.take_over(company, values)
        if "name" in differing:
            renamed.append(company)
        if "status" in differing and company.status != CompanyStatus.NORMAL:
            troubled.append((company, before))
    if not dry_run:
        Company.objects.bulk_create(Company(**values) for values in renewal.new)
        save_fields(renewal.changed, renewal.names, "cvr_number")
        refresh_search_of(renamed)
        tell_of_trouble(troubled, by=by)
    return renewal.counts()


def renew_units(*, facts: Sequence[UnitFacts], by: User | None, dry_run: bool) -> Counter[str]:
    """Make or renew the workplaces; their companies are there, or will be after a dry run."""
    industries = industry_keys(facts, dry_run=dry_run)
    companies = {
        each.cvr_number: each
        for each in Company.objects.filter(cvr_number__in={each.cvr_number for each in facts})
    }
    numbers = [each.p_number for each in facts]
    found = Workplace.objects.filter(p_number__in=numbers).select_related("owner", "company")
    known = {each.p_number: each for each in found}
    renewal, ceased, moved = Renewal(), [], []
    for each in facts:
        values = register_values(each, industries)
        company = companies.get(values.pop("cvr_number"))
        values["company_id"] = company.pk if company else NOT_YET
        workplace = known.get(each.p_number)
        if workplace is None:
            renewal.new.append(values)
            continue
        was_open, before = workplace.ceased_on is None, whereabouts(workplace)
        renewal.take_over(workplace, values)
        if was_open and workplace.ceased_on:
            ceased.append(workplace)
        elif was_open and company:
            moved.append((workplace, moves(before, {**values, "company": company.cvr_number})))
    if not dry_run:
        save_units(renewal, {each.pk: each for each in companies.values()})
        tell_of_ceased(ceased, by=by)
        tell_of_moved(moved, by=by)
    return renewal.counts()


def register_values(facts: Facts, industries: dict[tuple[str, str], int]) -> dict[str, Any]:
    """Model values of `facts`, with the industry's key instead of its words."""
    values = dict(vars(facts))
    industry = values.pop("industry")
    values["industry_id"] = industries[industry.system, industry.code] if industry else None
    return values


def industry_keys(facts: Sequence[Facts], *, dry_run: bool) -> dict[tuple[str, str], int]:
    """The key of each line of business that `facts` name; those not known yet are made."""
    named = {(each.industry.system, each.industry.code): each for each in facts if each.industry}
    wanted = {key: each.industry for key, each in named.items()}
    keys = known_industries(wanted)
    missing = [industry for key, industry in wanted.items() if key not in keys and industry]
    if missing and not dry_run:
        rows = (Industry(**industry._asdict()) for industry in missing)
        Industry.objects.bulk_create(rows, ignore_conflicts=True)
        keys = known_industries(wanted)
    return {key: keys.get(key, NOT_YET) for key in wanted}


def known_industries(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The keys of the industries that are in the database, by system and code."""
    rows = Industry.objects.filter(code__in={code for _system, code in wanted})
    return {(row.system, row.code): row.pk for row in rows}


def save_units(renewal: Renewal, companies: dict[int, Company]) -> None:
    """Write a batch of workplaces with their search text; contact persons' names stay in it."""
    new = [
        Workplace(**{**values, "company": companies[values["company_id"]]})
        for values in renewal.new
    ]
    words = words_of_contacts(row.pk for row in renewal.changed)
    for row in [*new, *renewal.changed]:
        row.company = companies[row.company_id]
        row.refresh_derived(words[row.pk])
    Workplace.objects.bulk_create(new)
    save_fields(renewal.changed, renewal.names | {"search_text", "size_band"}, "p_number")


def words_of_contacts(workplaces: Iterable[int]) -> defaultdict[int | None, list[str]]:
    """What those who work there now are found by, for each workplace key."""
    words: defaultdict[int | None, list[str]] = defaultdict(list)
    people = ContactPerson.objects.filter(workplace__in=list(workplaces), left_on=None)
    for person in people.order_by("pk").only("workplace_id", "name", "phone"):
        words[person.workplace_id].append(person.words)
    return words


def refresh_search_of(companies: Sequence[Company]) -> None:
    """Let the workplaces of renamed companies be found by the new name."""
    rows = list(Workplace.objects.filter(company__in=companies).select_related("company"))
    words = words_of_contacts(row.pk for row in rows)
    for row in rows:
        row.refresh_derived(words[row.pk])
    Workplace.objects.bulk_update(rows, ["search_text"], batch_size=500)


def tell_of_trouble(troubled: Sequence[tuple[Company, str]], *, by: User | None) -> None:
    """Tell the owners of a company's active workplaces that its status became worse."""
    for company, before in troubled:
        changes = {"status": [before, company.status], "word": company.status_text}
        record("company_status_changed", by=by, on=company, changes=changes)
    companies = [company for company, _before in troubled]
    open_ones = Workplace.objects.active().filter(company__in=companies)
    for workplace in open_ones.exclude(owner=None).select_related("owner", "company"):
        text = f"{workplace.name} ({workplace.company.status_text})"
        tell_owner(workplace, NoticeKind.COMPANY_IN_TROUBLE, text)


def tell_of_ceased(ceased: Sequence[Workplace], *, by: User | None) -> None:
    """Tell each owner that a workplace has ceased."""
    for workplace in ceased:
        changes = {"ceased_on": str(workplace.ceased_on)}
        record("workplace_ceased", by=by, on=workplace, changes=changes)
        tell_owner(workplace, NoticeKind.WORKPLACE_CEASED, workplace.name)


def whereabouts(workplace: Workplace) -> dict[str, str]:
    """Whose a workplace is and where it lies: what makes it another one to those who own it."""
    return {
        "company": workplace.company.cvr_number,
        "municipality_code": workplace.municipality_code,
        "town": workplace.town,
    }


def moves(before: dict[str, str], after: dict[str, Any]) -> dict[str, list[str]]:
    """Old and new of each that differs; what was not known before is no move."""
    return {
        name: [value, after[name]]
        for name, value in before.items()
        if value and value != after[name]
    }


def tell_of_moved(
    moved: Sequence[tuple[Workplace, dict[str, list[str]]]], *, by: User | None
) -> None:
    """Tell each owner that a workplace has another company, municipality or town."""
    for workplace, changes in moved:
        if changes:
            record("workplace_moved", by=by, on=workplace, changes=changes)
            text = f"{workplace.name} ({workplace.company.name}, {workplace.town})"
            tell_owner(workplace, NoticeKind.WORKPLACE_MOVED, text)


def tell_owner(workplace: Workplace, kind: NoticeKind, subject: str) -> None:
    """A line on the owner's home page, if there is an owner."""
    if workplace.owner:
        link = reverse("companies:workplace", args=[workplace.pk])
        notify(recipient=workplace.owner, kind=kind, subject=subject, link=link)

"""Brings deliveries of the Central Business Register in: companies first, then their units.

The register owns its facts and renews them; what people entered is never touched. Each batch is
one transaction, so a killed import leaves whole batches behind and can simply be run again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actions import record
from accounts.models import User
from companies.actions.delivery_files import (
    BrokenOffError,
    DeliveryError,
    Found,
    Progress,
    UnreadableLine,
    check,
    documents,
)
from companies.actions.renewal import renew_companies, renew_units
from companies.actions.staging import Stage, Staged
from companies.enums import Refusal
from companies.models import Company
from companies.rules import CompanyFacts, RefusedError, UnitFacts, read_document, version_of

BATCH = 500


@dataclass(frozen=True)
class Reason:
    """Why one document was refused; `document` counts from 1 through all files."""

    document: int
    number: str
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or would do; every document read is counted once."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    skipped: int
    reasons: tuple[Reason, ...]
    broken: tuple[str, ...] = ()  # names of files that could not be read to their end

    def as_dict(self) -> dict[str, Any]:
        """The counts and reasons as plain values, for JSON."""
        values = asdict(self)
        values["reasons"] = list(values["reasons"])
        del values["broken"]
        return values


@dataclass
class Tally:
    """Counts of an import under way."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: list[Reason] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def refuse(self, position: int, refusal: Refusal, number: str = "", detail: str = "") -> None:
        """Count a refused document and say why."""
        text = str(refusal.label) % {"detail": detail}
        self.counts["rejected"] += 1
        self.reasons.append(Reason(position, number, text))

    def report(self) -> ImportReport:
        """The finished counts, reasons in the order of the documents."""
        names = ("read", "created", "updated", "unchanged", "rejected", "skipped")
        reasons = tuple(sorted(self.reasons, key=lambda each: each.document))
        counts = {name: self.counts[name] for name in names}
        return ImportReport(**counts, reasons=reasons, broken=tuple(self.broken))


def quiet(_phase: str, _done: int, _total: int) -> None:
    """No progress shown."""


def import_cvr(
    *,
    paths: Sequence[Path],
    by: User | None,
    dry_run: bool = False,
    progress: Progress = quiet,
    most_bytes: int = 0,
) -> ImportReport:
    """Bring the deliveries in `paths` in, or only say what that would do (`dry_run`).

    Raises DeliveryError, with nothing written, when a file is missing or no delivery. A file that
    breaks off is used up to there. `most_bytes` limits the unpacked size of each file.
    """
    for path in paths:
        check(path)
    tally = Tally()
    with closing(Stage()) as stage:
        positions = count(1)
        for path in paths:
            try:
                for found in documents(path, progress=progress, most=most_bytes):
                    set_aside(found, next(positions), stage, tally)
            except BrokenOffError:
                tally.counts["read"] += 1
                tally.refuse(next(positions), Refusal.BROKEN_OFF)
                tally.broken.append(path.name)
        # Of documents with the same number only the newest counts; the others change nothing.
        tally.counts["unchanged"] += tally.counts.pop("usable", 0) - stage.count()
        if not dry_run:
            record_start(paths=paths, documents=stage.count(), by=by)
        try:
            renew(stage, tally, by=by, dry_run=dry_run, progress=progress)
        except IntegrityError as error:
            text = _("Another import is running. Try again when it is done.")
            raise DeliveryError(text) from error
    report = tally.report()
    if not dry_run:
        record_import(paths=paths, report=report, by=by)
    return report


def set_aside(found: Found, position: int, stage: Stage, tally: Tally) -> None:
    """Count one document and keep its facts, if it is one of ours and can be used."""
    tally.counts["read"] += 1
    if isinstance(found.document, UnreadableLine):
        tally.refuse(position, Refusal.UNREADABLE_LINE, detail=str(found.line))
        return
    try:
        facts = read_document(found.document)
    except RefusedError as error:
        tally.refuse(position, error.refusal, error.number, error.detail)
        return
    if facts is None:
        tally.counts["skipped"] += 1
        return
    tally.counts["usable"] += 1
    stage.add(position, version_of(found.document), facts)


def renew(
    stage: Stage, tally: Tally, *, by: User | None, dry_run: bool, progress: Progress
) -> None:
    """Write the documents set aside, companies before units."""
    done, total = 0, stage.count()
    steps: tuple[tuple[type[Any], Callable[..., Counter[str]]], ...] = (
        (CompanyFacts, renew_companies),
        (UnitFacts, renew_units),
    )
    for kind, write in steps:
        for batch in stage.batches(kind, BATCH):
            known = with_company(batch, stage, tally) if kind is UnitFacts else batch
            facts = [each.facts for each in known]
            with nullcontext() if dry_run else transaction.atomic():
                tally.counts += write(facts=facts, by=by, dry_run=dry_run)
            done += len(batch)
            progress("write", done, total)


def with_company(
    batch: Sequence[Staged[UnitFacts]], stage: Stage, tally: Tally
) -> list[Staged[UnitFacts]]:
    """The units whose company is in the delivery or known already; the others are refused."""
    numbers = {each.facts.cvr_number for each in batch}
    stored = Company.objects.filter(cvr_number__in=numbers).values_list("cvr_number", flat=True)
    known = stage.companies_among(numbers) | set(stored)
    for each in batch:
        if each.facts.cvr_number not in known:
            unit, company = each.facts.p_number, each.facts.cvr_number
            tally.refuse(each.position, Refusal.COMPANY_UNKNOWN, unit, company)
    return [each for each in batch if each.facts.cvr_number in known]


@transaction.atomic
def record_start(*, paths: Sequence[Path], documents: int, by: User | None) -> None:
    """One line in the audit trail before anything is written: a killed import leaves a trace."""
    names = [path.name for path in paths]
    record("register_import_started", by=by, changes={"files": names, "documents": documents})


@transaction.atomic
def record_import(*, paths: Sequence[Path], report: ImportReport, by: User | None) -> None:
    """One line in the audit trail for the whole import."""
    counts = report.as_dict()
    del counts["reasons"]
    record("register_imported", by=by, changes={"files": [path.name for path in paths], **counts})

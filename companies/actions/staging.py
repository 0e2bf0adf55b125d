"""A temporary table on disk for one import, so that neither order nor size of files matters.

Documents are set aside here while a delivery is read: a unit may come before its company, and of
two documents with one number the newer stays. SQLite removes the file when it is closed.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from companies.rules import CompanyFacts, Facts, IndustryFacts, UnitFacts

F = TypeVar("F", CompanyFacts, UnitFacts)
DATES = ("started_on", "ceased_on", "employment_month")
COMMANDS = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE staged (
    kind TEXT, number TEXT, position INTEGER, version TEXT, facts TEXT, PRIMARY KEY (kind, number)
) WITHOUT ROWID;
"""
SET_ASIDE = """
INSERT INTO staged VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
SET position = excluded.position, version = excluded.version, facts = excluded.facts
WHERE excluded.version >= version
"""


@dataclass(frozen=True)
class Staged(Generic[F]):
    """What a document says and where it stood in the delivery."""

    position: int
    facts: F


class Stage:
    """The documents of one import that can be used, one for each number."""

    def __init__(self) -> None:
        self.table = sqlite3.connect("", isolation_level=None)
        self.table.executescript(COMMANDS)
        self.table.execute("BEGIN")

    def close(self) -> None:
        """Throw everything away."""
        self.table.close()

    def add(self, position: int, version: str, facts: Facts) -> None:
        """Set a document aside, unless a newer one of its number is already here."""
        number = facts.cvr_number if isinstance(facts, CompanyFacts) else facts.p_number
        content = json.dumps(vars(facts), default=str, ensure_ascii=False)
        row = (type(facts).__name__, number, position, version, content)
        self.table.execute(SET_ASIDE, row)

    def count(self, kind: type[Facts] | None = None) -> int:
        """How many numbers there are, of one kind or in all."""
        name = kind.__name__ if kind else None
        query = "SELECT count(*) FROM staged WHERE kind = ? OR ? IS NULL"
        return int(self.table.execute(query, (name, name)).fetchone()[0])

    def batches(self, kind: type[F], size: int) -> Iterator[list[Staged[F]]]:
        """The documents of one kind by number, `size` at a time."""
        query = "SELECT position, facts FROM staged WHERE kind = ? ORDER BY number"
        rows = self.table.execute(query, (kind.__name__,))
        while found := rows.fetchmany(size):
            yield [Staged(position, revived(kind, json.loads(facts))) for position, facts in found]

    def companies_among(self, numbers: Iterable[str]) -> set[str]:
        """Those of `numbers` whose company is in the delivery."""
        query = "SELECT 1 FROM staged WHERE kind = 'CompanyFacts' AND number = ?"
        return {each for each in numbers if self.table.execute(query, (each,)).fetchone()}


def revived(kind: type[F], content: dict[str, Any]) -> F:
    """Facts from their JSON, with dates, decimals and the industry in their own types again."""
    for name in DATES:
        if content.get(name):
            content[name] = date.fromisoformat(content[name])
    if content.get("ordinary_fte") is not None:
        content["ordinary_fte"] = Decimal(content["ordinary_fte"])
    if content["industry"] is not None:
        content["industry"] = IndustryFacts(*content["industry"])
    return kind(**content)

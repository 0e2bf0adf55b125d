"""Fixtures for every test, and a database that survives the tests that commit."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import serializers
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from django.utils import translation

from tests.world import World, make_world

OURS = {"accounts", "companies", "insights", "partnerships", "toolbox"}
settings.MIDDLEWARE.append("tests.watch.reads")
SEEDED: list[str] = []
TEMPLATES = str(Path(__file__).resolve().parent.parent / "templates")


def template_is_ours() -> bool:
    """Whether the template being rendered is one of ours; looked up on the stack."""
    frame = sys._getframe(1)
    while frame := frame.f_back:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if frame.f_code.co_name == "render" and origin is not None:
            return str(origin).startswith(TEMPLATES)
    return True


@pytest.fixture(scope="session", autouse=True)
def _fail_for_invalid_template_variable(_fail_for_invalid_template_variable: None) -> None:
    """An undefined variable fails a test when the template is ours; a library's may be lenient."""
    invalid = settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"]
    strict = type(invalid).__mod__

    def strict_with_ours(self: Any, variable: str) -> str:
        return strict(self, variable) if template_is_ours() else str(self.origin_value)

    type(invalid).__mod__ = strict_with_ours


@pytest.fixture
def world(db: None) -> World:
    """A small municipality with one of everything; see tests/world.py."""
    return make_world()


@pytest.fixture(autouse=True)
def danish() -> None:
    """Each test begins in Danish, whatever language the request before it was answered in."""
    translation.deactivate()


@contextmanager
def triggers_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the tables that refuse DELETE be emptied: the audit trail and the kept papers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
            )
            tables = [row[0] for row in cursor.fetchall()]
            # Foreign keys are checked late; a table with a check outstanding cannot be altered.
            lift = ["SET CONSTRAINTS ALL IMMEDIATE"]
            lift += [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
            lower = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables]
            lower += ["SET CONSTRAINTS ALL DEFERRED"]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            rows = cursor.fetchall()
            lift = [f'DROP TRIGGER "{name}"' for name, _sql in rows]
            lower = [sql for _name, sql in rows]
        for statement in lift:
            cursor.execute(statement)
        yield
        for statement in lower:
            cursor.execute(statement)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database as migrations leave it; what they seeded is kept for those who come after."""
    with django_db_blocker.unblock():
        rows = json.loads(connections["default"].creation.serialize_db_to_string())
    SEEDED.append(json.dumps([row for row in rows if row["model"].split(".")[0] in OURS]))


def restore_rows_of_migrations() -> None:
    """Put back what migrations seeded (wordings, benchmarks)."""
    for item in serializers.deserialize("json", SEEDED[0]):
        item.save()


plain_teardown = TransactionTestCase._fixture_teardown


def teardown_that_restores(test: TransactionTestCase) -> None:
    """Django empties every table after a test that commits; here the seeds come back after it."""
    connection = connections["default"]
    with triggers_lifted(connection):
        plain_teardown(test)
    restore_rows_of_migrations()


TransactionTestCase._fixture_teardown = teardown_that_restores

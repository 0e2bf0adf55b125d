"""Whether the process lives and is ready, told to anybody and nothing more."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_process_answers_without_the_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        answer = Client(headers={"host": "10.0.0.9"}).get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_ready_when_every_migration_is_applied() -> None:
    assert Client().get("/readyz").status_code == 200


def test_not_ready_while_a_migration_waits() -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("accounts")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})

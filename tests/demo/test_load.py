"""The demo municipality as people find it, and twice the same."""

import os
from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Event, User
from cabi_crm.demo import load
from cabi_crm.demo.agreements import stories
from cabi_crm.demo.database import is_demo, is_unused, throw_away
from cabi_crm.demo.load import Size, load_demo
from cabi_crm.demo.people import PASSWORD

# What depends on the clock or on chance that keeps secrets: not part of the promise.
UNSTABLE = {
    "created_at", "updated_at", "joined_at", "said_on", "at", "made_at", "password", "hash",
    "previous_hash", "last_hash", "request_id", "submission", "last_login", "try_at", "sent_at",
    "warned_at", "handed_over_at",
}  # fmt: skip
OWN_APPS = ("accounts", "toolbox", "companies", "partnerships", "insights")


@pytest.fixture
def small(monkeypatch):
    """A demo of a quarter of the size, so that the test is quick."""
    monkeypatch.setitem(load.SIZES, "small", Size(60, 90))


def build(seed=42):
    return load_demo(size="small", seed=seed, today=timezone.localdate(), say=lambda line: None)


def contents():
    """Every row of our own tables without what is unstable, and the papers as they are."""
    found = {}
    for model in (model for label in OWN_APPS for model in apps.get_app_config(label).get_models()):
        names = [f.attname for f in model._meta.concrete_fields if f.name not in UNSTABLE]
        found[model._meta.label] = [
            tuple(bytes(v) if isinstance(v, memoryview) else str(v) for v in row)
            for row in model._default_manager.order_by("pk").values_list(*names)
        ]
    return found


@pytest.mark.django_db(transaction=True)
def test_two_runs_on_one_day_give_the_same_rows(small, django_db_blocker):
    from django.db import connection, transaction

    taken = []
    for _ in range(2):
        with connection.cursor() as cursor:
            for statement in restart_numbers(connection):
                cursor.execute(statement)
        with transaction.atomic():
            build()
            taken.append(contents())
            transaction.set_rollback(True)
    assert taken[0].keys() == taken[1].keys()
    for label, rows in taken[0].items():
        assert rows == taken[1][label], label
    assert len(taken[0]["partnerships.AgreementDocument"]) > 3


def restart_numbers(connection):
    """PostgreSQL goes on counting after a rollback; SQLite does not."""
    if connection.vendor != "postgresql":
        return []
    from django.core.management.color import no_style

    models = [m for label in OWN_APPS for m in apps.get_app_config(label).get_models()]
    return connection.ops.sequence_reset_sql(no_style(), models)


@pytest.mark.django_db
def test_the_audit_trail_knows_a_demo(small):
    assert is_unused()
    assert not is_demo()
    build()
    assert is_demo()
    assert not is_unused()
    assert Event.objects.get(action="demo_loaded").changes["seed"] == 42


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone():
    User.objects.create_user("alice@example.dk", "a long password", name="Alice", role="manager")
    with pytest.raises(CommandError, match="not a demo"):
        call_command("demo", "--no-serve", "--reset")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_second_start_keeps_everything_and_prints_the_log_ins(small):
    call_command("demo", "--no-serve", stdout=StringIO())
    before, out = contents(), StringIO()
    call_command("demo", "--no-serve", stdout=out)
    assert contents() == before
    assert PASSWORD in out.getvalue()
    assert "leder@demo.invalid" in out.getvalue()
    assert "agreements" not in out.getvalue()


@pytest.mark.parametrize("port", ["nought", "0", "70000"])
def test_a_port_that_is_none_is_refused_in_one_sentence(port, monkeypatch):
    monkeypatch.setitem(os.environ, "PORT", port)
    with pytest.raises(CommandError, match="PORT"):
        call_command("demo")


def test_every_consultant_has_agreements_in_each_stage_whatever_the_day():
    for today in (date(2026, 1, 1), date(2026, 7, 1), date(2028, 2, 29)):
        for consultant in range(5):
            told = stories(consultant, today)
            assert [
                story.signed for story in told if story.signed is not None and story.signed < 0
            ] == []
            assert sum(story.signed is None for story in told) == 2


def test_a_sqlite_demo_is_thrown_away_with_its_files(tmp_path, settings, monkeypatch):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("files are SQLite's")
    path = tmp_path / "demo.sqlite3"
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"demo.sqlite3{ending}").write_text("x", encoding="utf-8")
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "imports").mkdir(parents=True)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(path))
    monkeypatch.setattr(connection, "close", lambda: None)
    throw_away()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["media"]
    assert not list((tmp_path / "media").iterdir())

"""`manage.py worker` in a process of its own: killed, stopped and twenty at a time."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.actions import write_mail
from accounts.enums import MailKind
from tests.architecture.tree import ROOT
from tests.factories import UserFactory
from tests.reliability.smtp import MailServer

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 40.0
QUEUE = DBTaskResult._meta.db_table


class Database:
    """The test's rows where another process can reach them: a copy in a file, on SQLite."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "queue.sqlite3"
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(self.file)])
            self.url = f"sqlite:///{self.file}"
        else:
            values = connection.settings_dict
            who = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
            host = values["HOST"].replace("/", "%2f")
            port = f":{values['PORT']}" if values["PORT"] else ""
            self.url = f"postgres://{who}@{host}{port}/{values['NAME']}"

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query, or none after a change."""
        if connection.vendor == "sqlite":
            with sqlite3.connect(self.file, timeout=20) as line:
                rows = line.execute(sql).fetchall()
            line.close()
            return rows
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def status(self) -> str:
        return str(self.ask("SELECT status FROM accounts_mail")[0][0])


@pytest.fixture
def database(tmp_path) -> Database:
    """One mail that waits."""
    write_mail(
        recipient=UserFactory(),
        kind=MailKind.ALERT,
        key="prøve",
        subject="Svar snart",
        body="Firmaet venter.",
    )
    return Database(tmp_path)


@pytest.fixture
def run(database, tmp_path):
    """Starts a Python process on that database, with a mail server; ended after the test."""
    begun = []

    def start(server: MailServer, *arguments: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "CABI_MODE": "demo",
            "DATABASE_URL": database.url,
            "DATA_DIR": str(tmp_path),
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        }
        process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def until(happened: Callable[[], object]) -> None:
    """Wait for something another process does."""
    deadline = time.monotonic() + LONG
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def let_time_pass(database: Database) -> None:
    """As if the worker had been gone for an hour."""
    past = "2020-01-01 00:00:00+00:00" if connection.vendor == "postgresql" else "2020-01-01"
    database.ask(f"UPDATE accounts_mail SET try_at = '{past}' WHERE status = 'sending'")  # noqa: S608
    database.ask(
        f"UPDATE {QUEUE} SET started_at = '{past}' "  # noqa: S608
        "WHERE status = 'RUNNING'"
    )


def once(run, server: MailServer) -> None:
    """Another worker does all that is due."""
    process = run(server, "manage.py", "worker", "--once")
    output, _ = process.communicate(timeout=LONG)
    assert process.returncode == 0, output


def test_a_worker_killed_before_it_handed_the_mail_over_sends_it_once(database, run):
    with MailServer({"MAIL": "250 ok"}) as server:
        server.slow = 2  # the greeting is long in coming
        process = run(server, "manage.py", "worker")
        until(lambda: database.status() == "sending")
        process.send_signal(signal.SIGKILL)
        process.wait()
        server.slow = 0

        once(run, server)
        assert database.status() == "sending", "it might still be at it"

        let_time_pass(database)
        once(run, server)

    assert database.status() == "sent"
    assert len(server.texts) == 1


def test_a_worker_killed_after_it_handed_the_mail_over_does_not_send_it_again(database, run):
    with MailServer() as server:
        server.go_on.clear()
        process = run(server, "manage.py", "worker")
        assert server.in_text.wait(LONG)
        process.send_signal(signal.SIGKILL)
        process.wait()
        server.go_on.set()

        let_time_pass(database)
        once(run, server)

    assert database.status() == "uncertain"
    assert len(server.texts) == 1


def test_a_worker_told_to_stop_finishes_the_mail_in_hand(database, run):
    with MailServer() as server:
        server.go_on.clear()
        process = run(server, "manage.py", "worker")
        assert server.in_text.wait(LONG)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        server.go_on.set()
        output, _ = process.communicate(timeout=LONG)

    assert process.returncode == 0, output
    assert "Traceback" not in output
    assert database.status() == "sent"
    assert len(server.texts) == 1


def test_a_worker_with_nothing_to_do_stops_when_told_to(database, run):
    with MailServer() as server:
        process = run(server, "manage.py", "worker")
        until(lambda: database.ask(f"SELECT status FROM {QUEUE}") == [("SUCCESSFUL",)])  # noqa: S608
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=LONG)

    assert process.returncode == 0, output
    assert database.status() == "sent"


TWENTY = """
import os, django
from concurrent.futures import ThreadPoolExecutor
os.environ["DJANGO_SETTINGS_MODULE"] = "cabi_crm.settings"
django.setup()
from accounts.actions import deliver_mail
from django.db import connection
from accounts.models import Mail
pk = Mail.objects.get().pk
connection.close()

def deliver(pk):
    try:
        deliver_mail(pk)
    finally:
        connection.close()

with ThreadPoolExecutor(20) as hands:
    list(hands.map(deliver, [pk] * 20))
"""


def test_twenty_who_send_the_same_mail_at_once_send_one(database, run):
    with MailServer() as server:
        process = run(server, "-c", TWENTY)
        output, _ = process.communicate(timeout=LONG)

    assert process.returncode == 0, output
    assert len(server.texts) == 1
    assert database.ask("SELECT status, attempts FROM accounts_mail") == [("sent", 1)]

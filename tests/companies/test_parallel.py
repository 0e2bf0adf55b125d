"""Two who log at the same workplace at once: its dates count both."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from companies import actions
from companies.enums import ActivityKind, ImportStatus, Outcome
from companies.models import CvrImport, Workplace
from tests.factories import UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: threads do not share one connection in memory."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("parallel") / "test.sqlite3")


@pytest.fixture(autouse=True)
def on_disk() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads need a database in a file")


def in_a_thread(hands: ThreadPoolExecutor, deed):
    """`deed` done by another hand, on a connection of its own."""

    def once():
        try:
            return deed()
        finally:
            connection.close()

    return hands.submit(once)


def log(days_ago):
    return actions.log_activity(
        workplace=Workplace.objects.get(),
        by=User.objects.get(),
        kind=ActivityKind.CALL,
        starts_at=timezone.now() - timedelta(days=days_ago),
        outcome=Outcome.POSITIVE,
    )


def test_the_last_contact_counts_what_another_logs_meanwhile():
    WorkplaceFactory(owner=UserFactory())
    with ThreadPoolExecutor(1) as hands:
        with transaction.atomic():
            newest = log(1)
            other = in_a_thread(hands, lambda: log(2))
            time.sleep(1)  # the other one is on its way, and waits for this transaction
        other.result(timeout=30)
    assert Workplace.objects.get().last_contact_at == newest.starts_at


def test_of_two_who_press_at_once_one_carries_the_import_out():
    alice = UserFactory()
    delivery = CvrImport.objects.create(
        file_name="levering.json",
        file="imports/gone.json",
        status=ImportStatus.PREVIEWED,
        uploaded_by=alice,
    )

    def claim():
        return actions.carry_out_delivery(delivery=delivery, by=alice)

    with ThreadPoolExecutor(1) as hands:
        with transaction.atomic():
            CvrImport.objects.select_for_update().get().save()
            CvrImport.objects.update(status=ImportStatus.RUNNING, started_at=timezone.now())
            other = in_a_thread(hands, claim)
            time.sleep(1)
        with pytest.raises(actions.DeliveryError):
            other.result(timeout=30)

"""Two who log at the same workplace at once: its dates count both."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Mail, Notice, User
from companies import actions
from companies.enums import ActivityKind, ImportStatus, Outcome
from companies.models import Activity, CvrImport, Workplace
from tests.factories import EnquiryFactory, UserFactory, WorkplaceFactory

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


def test_two_taps_at_once_plan_one_next_step():
    WorkplaceFactory(owner=UserFactory())
    visit, day = log(1), timezone.localdate() + timedelta(days=7)

    def tap():
        return actions.add_next_step(activity=visit, day=day, by=User.objects.get())

    with ThreadPoolExecutor(2) as hands:
        taps = [hand.result(timeout=30) for hand in [in_a_thread(hands, tap) for _ in range(2)]]
    assert sorted(is_new for _step, is_new in taps) == [False, True]
    assert taps[0][0] == taps[1][0] == Activity.objects.open().get()


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


def test_of_two_who_take_an_enquiry_at_once_one_has_it():
    enquiry = EnquiryFactory()
    people = [UserFactory(), UserFactory()]

    def take(user):
        return lambda: actions.take_enquiry(enquiry=enquiry, holder=None, by=user)

    with ThreadPoolExecutor(2) as hands:
        taken = [hand.result(timeout=30) for hand in [in_a_thread(hands, take(u)) for u in people]]
    enquiry.refresh_from_db()
    assert sorted(taken) == [False, True]
    assert enquiry.assigned_to == people[taken.index(True)]


def test_a_late_enquiry_is_told_once_by_two_workers():
    enquiry = EnquiryFactory(assigned_to=UserFactory(), due_at=timezone.now())
    with ThreadPoolExecutor(2) as hands:
        looks = [
            in_a_thread(hands, lambda: actions.look_at_enquiry(enquiry.pk)) for _twice in range(2)
        ]
        for look in looks:
            look.result(timeout=30)
    assert Notice.objects.count() == Mail.objects.count() == 1

"""`manage.py daily`: each step does its part once, however often the morning is run."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.actions import later, put_back_lost_work, throw_away_old_work, write_mail
from accounts.enums import MailKind, MailStatus, Role
from accounts.models import Absence, Draft, Mail, Notice
from cabi_crm.management.commands import daily
from companies.enums import EnquiryChannel
from companies.models import Enquiry
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory
from tests.tables import fingerprint

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def run() -> str:
    out = io.StringIO()
    call_command("daily", stdout=out)
    return out.getvalue()


def task_started(minutes_ago: int, starts: int = 1) -> DBTaskResult:
    """Work that a worker began, of whom nothing was heard since."""
    later("tests.pages.test_daily.nothing", timezone.now())
    started = timezone.now() - timedelta(minutes=minutes_ago)
    DBTaskResult.objects.filter(status="READY").update(
        status="RUNNING", started_at=started, worker_ids=["w"] * starts
    )
    return DBTaskResult.objects.get(started_at=started)


def test_a_second_run_on_the_same_day_changes_no_row():
    task_started(minutes_ago=60)
    manager, anna = UserFactory(role=Role.MANAGER), UserFactory()
    UserFactory(role=Role.ADMINISTRATOR)
    ActivityFactory(user=anna, planned=True, starts_at=MONDAY + timedelta(hours=4))
    Enquiry.objects.create(
        workplace=WorkplaceFactory(owner=anna),
        channel=EnquiryChannel.PHONE,
        subject="Har brug for en hånd",
        received_at=MONDAY - timedelta(days=7),
        due_at=MONDAY - timedelta(days=3),
        assigned_to=anna,
    )
    bo = UserFactory()
    day = MONDAY.date() + timedelta(days=2)
    Absence.objects.create(user=bo, starts_on=day, ends_on=day)
    Draft.objects.create(user=bo, form="x", values=[], saved_at=MONDAY - timedelta(days=31))
    Draft.objects.create(user=bo, form="y", values=[], saved_at=MONDAY - timedelta(days=29))
    cut_off = write_mail(
        recipient=manager, kind=MailKind.ALERT, key="gammel", subject="s", body="b"
    )
    Mail.objects.filter(pk=cut_off.pk).update(
        status=MailStatus.SENDING,
        try_at=MONDAY - timedelta(hours=1),
        handed_over_at=MONDAY - timedelta(hours=1),
    )

    first, before = run(), fingerprint()
    second = run()

    assert fingerprint() == before
    assert "1 morgenmail\n" in first
    assert "1 mail om fravær uden" in first
    assert "1 påmindelse om henvendelser\n" in first
    assert "2 stykker arbejde taget op igen\n" in first
    assert "1 gammel række ryddet væk\n" in first
    assert [line for line in second.splitlines() if not line.startswith("0 ")] == []
    keys = set(Mail.objects.values_list("key", flat=True))
    assert f"digest-2026-11-23-{anna.pk}" in keys
    assert Notice.objects.filter(recipient=manager).exists()


def test_a_step_that_fails_stops_no_other_and_is_told(monkeypatch):
    def broken(now):
        raise ZeroDivisionError

    ActivityFactory(planned=True, starts_at=MONDAY + timedelta(hours=4))
    monkeypatch.setattr(daily, "STEPS", (broken, *daily.STEPS))

    with pytest.raises(CommandError, match="1 of 8 steps failed"):
        run()

    assert Mail.objects.filter(kind=MailKind.DIGEST).count() == 1


def test_lost_work_is_taken_up_again_but_not_for_ever():
    fresh = task_started(minutes_ago=5)
    lost, hopeless = task_started(minutes_ago=16), task_started(minutes_ago=17, starts=5)

    assert put_back_lost_work(now=timezone.now()) == 1
    assert put_back_lost_work(now=timezone.now()) == 0

    for piece in (fresh, lost, hopeless):
        piece.refresh_from_db()
    assert (fresh.status, lost.status, hopeless.status) == ("RUNNING", "READY", "FAILED")


def test_finished_work_is_kept_for_a_fortnight():
    for days in (13, 15):
        later("tests.pages.test_daily.nothing", timezone.now())
        DBTaskResult.objects.filter(status="READY").update(
            status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=days)
        )
    later("tests.pages.test_daily.nothing", timezone.now() - timedelta(days=30))

    assert throw_away_old_work(now=timezone.now()) == 1

    assert DBTaskResult.objects.count() == 2

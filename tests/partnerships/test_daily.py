"""`manage.py daily`: what the morning reminds of, and never twice."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command

from accounts.actions import dismiss_notice
from accounts.enums import NoticeKind, Role
from accounts.models import Event, Notice
from partnerships import actions
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement
from partnerships.rules import renewal_stage
from tests.partnerships.conftest import make_user

RENEW = date(2027, 6, 1)


@pytest.fixture
def agreement(active) -> Agreement:
    """In force, to be renegotiated on 1 June 2027."""
    Agreement.objects.filter(pk=active.pk).update(
        renew_on=RENEW, valid_from=date(2026, 1, 1), signed_on=date(2026, 1, 1)
    )
    Notice.objects.all().delete()
    active.refresh_from_db()
    return active


@pytest.fixture
def morning(time_machine):
    """Runs the command on a day; what it printed."""

    def run(days_before: int) -> str:
        day = RENEW - timedelta(days=days_before)
        time_machine.move_to(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), tick=False)
        out = io.StringIO()
        call_command("daily", stdout=out)
        return out.getvalue()

    return run


@pytest.mark.parametrize(
    ("days_left", "opens", "stage"),
    [
        (61, 60, None),
        (60, 60, NoticeKind.RENEWAL_OPEN),
        (31, 60, NoticeKind.RENEWAL_OPEN),
        (30, 60, NoticeKind.RENEWAL_SOON),
        (1, 60, NoticeKind.RENEWAL_SOON),
        (0, 60, NoticeKind.RENEWAL_DUE),
        (-100, 60, NoticeKind.RENEWAL_DUE),
        (30, 14, NoticeKind.RENEWAL_SOON),
        (14, 14, NoticeKind.RENEWAL_OPEN),
        (30, 30, NoticeKind.RENEWAL_SOON),
        (0, 0, NoticeKind.RENEWAL_DUE),
    ],
)
def test_the_stage_is_the_nearest_that_is_reached(days_left, opens, stage):
    assert renewal_stage(days_left, opens) == stage


def test_the_owner_hears_60_and_30_days_before_and_on_the_day(agreement, alice, morning):
    heard = {}
    for days in (61, 60, 59, 31, 30, 29, 1, 0, -1, -40):
        before = set(Notice.objects.values_list("pk", flat=True))
        morning(days)
        heard[days] = list(Notice.objects.exclude(pk__in=before).values_list("kind", flat=True))

    assert {days: kinds for days, kinds in heard.items() if kinds} == {
        60: ["renewal_open"],
        30: ["renewal_soon"],
        0: ["renewal_due"],
    }
    notice = Notice.objects.filter(kind="renewal_open").get()
    assert notice.recipient == alice
    assert notice.subject == f"{agreement.number} Solbakkens Tømrer, 01.06.2027"
    assert str(agreement.pk) in notice.link


def test_a_second_run_on_the_same_day_does_nothing_more(agreement, morning):
    assert "1 påmindelse om genforhandling\n" in morning(60)
    events = Event.objects.count()

    assert "0 påmindelser om genforhandling\n" in morning(60)

    assert Notice.objects.count() == 1
    assert Event.objects.count() == events


def test_a_notice_that_was_put_away_does_not_come_back(agreement, alice, morning):
    morning(60)
    dismiss_notice(notice=Notice.objects.get(), by=alice)

    morning(45)

    assert Notice.objects.count() == 1


def test_missed_mornings_are_not_made_up_for(agreement, morning):
    morning(10)

    assert [notice.kind for notice in Notice.objects.all()] == ["renewal_soon"]


def test_the_organisation_decides_when_a_renewal_opens(agreement, organisation, morning):
    organisation.renewal_days = 90
    organisation.save()

    morning(90)

    assert [notice.kind for notice in Notice.objects.all()] == ["renewal_open"]


def test_drafts_and_agreements_that_ended_are_left_alone(agreement, alice, ready, morning):
    actions.end_agreement(agreement=agreement, by=alice, reason="Firmaet er flyttet.")

    morning(0)

    assert agreement.status == AgreementStatus.ENDED
    assert not Notice.objects.exists()


def test_managers_hear_when_the_owner_no_longer_works_here(agreement, alice, morning):
    manager = make_user("Mona Vinther", Role.MANAGER)
    alice.is_active = False
    alice.save()

    morning(30)

    assert Notice.objects.get().recipient == manager


def test_the_trail_counts_what_was_sent(agreement, morning):
    morning(30)

    assert Event.objects.get(action="renewals_reminded").changes == {"renewal_soon": 1}

"""Mail is written with what it is about, to whoever is to read it, and once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from accounts.actions import (
    deliver_mail,
    forget_old_mails,
    leave_mail,
    put_back_cut_off_mails,
    send_again,
    write_mail,
)
from accounts.actions.mail import wait_or_give_up
from accounts.enums import MailKind, MailStatus, NoticeKind, Role
from accounts.models import Absence, Event, Mail, Notice, User
from accounts.rules import next_attempt, say_what_happened
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def write(recipient, kind=MailKind.ALERT, key="en", **more):
    words = {"subject": "Svar snart", "body": "Firmaet venter."} | more
    return write_mail(recipient=recipient, kind=kind, key=key, **words)


def away(user, cover, first=0, last=3):
    today = timezone.localdate()
    return Absence.objects.create(
        user=user,
        cover=cover,
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
    )


def test_a_mail_waits_and_stands_on_the_queue():
    anna = UserFactory()

    mail = write(anna)

    assert (mail.recipient, mail.address, mail.status) == (anna, anna.email, MailStatus.WAITING)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [
        "accounts.actions.mail.deliver_mail",
        [mail.pk],
    ]


def test_the_same_key_is_written_once():
    first, second = write(UserFactory()), write(UserFactory())

    assert second is None
    assert Mail.objects.get() == first
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_sent():
    anna = UserFactory()
    with transaction.atomic():
        write(anna)
        transaction.set_rollback(True)

    assert (Mail.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", MailKind.values)
def test_whoever_does_not_want_such_mail_gets_none(kind):
    mute = UserFactory(mail_digest=kind != "digest", mail_alerts=kind != "alert")

    assert write(mute, MailKind(kind)) is None
    assert write(mute, MailKind.ALERT if kind == "digest" else MailKind.DIGEST)


def test_whoever_left_gets_none():
    assert write(UserFactory(is_active=False)) is None


def test_what_is_urgent_goes_to_the_cover_and_says_for_whom():
    anna, bo = UserFactory(name="Anna Holm"), UserFactory()
    away(anna, bo)

    mail = write(anna)

    assert mail.recipient == bo
    assert mail.body == "Du dækker for Anna Holm.\n\nFirmaet venter."


def test_the_cover_who_wants_no_alerts_gets_none():
    anna = UserFactory()
    away(anna, UserFactory(mail_alerts=False))

    assert write(anna) is None


def test_without_cover_and_after_it_the_mail_is_the_users_own():
    anna, bo = UserFactory(), UserFactory()
    absence = away(anna, None)
    assert write(anna, key="uden").recipient == anna

    absence.cover, absence.starts_on = bo, timezone.localdate() - timedelta(days=9)
    absence.ends_on = timezone.localdate() - timedelta(days=1)
    absence.save()
    assert write(anna, key="efter").recipient == anna


def test_lazy_words_are_said_in_the_readers_language():
    jane = UserFactory(language="en")
    text = format_lazy("{name}: {word}", name="Bageriet", word=gettext_lazy("Overdue"))

    assert write(jane, subject=text, key="en").subject == "Bageriet: Overdue"
    assert write(UserFactory(), subject=text, key="da").subject != "Bageriet: Overdue"


def test_a_subject_is_one_line_of_at_most_200_letters():
    mail = write(UserFactory(), subject="Svar\r\nBcc: x@example.invalid " + "a" * 300)

    assert mail.subject.startswith("Svar Bcc: x@example.invalid aaa")
    assert len(mail.subject) == 200


def sending(key, *, handed_over, minutes_ago):
    mail = write(UserFactory(), key=key)
    now = timezone.now()
    Mail.objects.filter(pk=mail.pk).update(
        status=MailStatus.SENDING,
        attempts=1,
        try_at=now + timedelta(minutes=5 - minutes_ago),
        handed_over_at=now if handed_over else None,
    )
    return mail


def test_what_a_killed_worker_left_waits_again_or_is_uncertain():
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    before, after = (sending(str(done), handed_over=done, minutes_ago=6) for done in (False, True))
    fresh = sending("frisk", handed_over=True, minutes_ago=1)

    assert put_back_cut_off_mails(now=timezone.now()) == 2
    assert put_back_cut_off_mails(now=timezone.now()) == 0

    for mail in (before, after, fresh):
        mail.refresh_from_db()
    assert before.status == MailStatus.WAITING
    assert after.status == MailStatus.UNCERTAIN
    assert fresh.status == MailStatus.SENDING
    notice = Notice.objects.get()
    assert (notice.recipient, notice.kind) == (administrator, NoticeKind.MAIL_STUCK)


def test_an_administrator_sends_a_stuck_mail_again_once():
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    mail = sending("a", handed_over=True, minutes_ago=6)
    put_back_cut_off_mails(now=timezone.now())
    queued = DBTaskResult.objects.count()

    assert send_again(mail=mail, by=administrator)
    assert not send_again(mail=mail, by=administrator)

    mail.refresh_from_db()
    assert mail.status == MailStatus.WAITING
    assert DBTaskResult.objects.count() == queued + 1
    assert [event.action for event in Event.objects.all()] == ["mail_sent_again"]


def test_an_administrator_leaves_an_uncertain_mail_and_only_that():
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    mail, other = sending("a", handed_over=True, minutes_ago=6), write(UserFactory(), key="b")
    put_back_cut_off_mails(now=timezone.now())

    assert leave_mail(mail=mail, by=administrator)
    assert not leave_mail(mail=mail, by=administrator)
    assert not leave_mail(mail=other, by=administrator)

    mail.refresh_from_db()
    assert mail.status == MailStatus.GIVEN_UP


def test_what_a_mail_said_is_forgotten_after_a_month_and_that_it_was_written_is_not():
    anna = UserFactory()
    old = {
        status: write(anna, key=status)
        for status in (MailStatus.SENT, MailStatus.GIVEN_UP, MailStatus.WAITING)
    }
    for status, mail in old.items():
        Mail.objects.filter(pk=mail.pk).update(
            status=status,
            sent_at=timezone.now() if status == MailStatus.SENT else None,
            created_at=timezone.now() - timedelta(days=30),
        )
    fresh = write(anna, key="ny")

    assert forget_old_mails(now=timezone.now()) == 2

    bodies = dict(Mail.objects.values_list("key", "body"))
    assert [key for key, body in bodies.items() if not body] == ["given_up", "sent"]
    assert bodies[fresh.key]
    assert write(anna, key=MailStatus.SENT) is None
    assert not send_again(mail=old[MailStatus.GIVEN_UP], by=anna)


@pytest.mark.parametrize(
    ("attempts", "hours_old", "minutes"),
    [(1, 0, 1), (2, 0, 5), (3, 0, 15), (4, 1, 60), (9, 5, 60), (0, 0, 1), (27, 24, None)],
)
def test_a_mail_is_tried_again_later_and_later_for_a_day(attempts, hours_old, minutes):
    now = timezone.now()
    again = next_attempt(now - timedelta(hours=hours_old), attempts, now)

    assert again == (None if minutes is None else now + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        (550, b"no\r\n such  user", "550 no such user"),
        (0, "TimeoutError: timed out", "TimeoutError: timed out"),
        (451, b"\xff", "451 \ufffd"),
        (451, "a" * 400, "451 " + "a" * 296),
    ],
)
def test_a_servers_words_fit_one_line(code, text, said):
    assert say_what_happened(code, text) == said


def test_a_mail_sent_again_goes_to_the_address_of_today():
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    mail = write(UserFactory(email="gammel@example.invalid"))
    Mail.objects.update(status=MailStatus.GIVEN_UP, last_error="550 no such user")
    User.objects.filter(pk=mail.recipient_id).update(email="ny@example.invalid")

    assert send_again(mail=mail, by=administrator)

    mail.refresh_from_db()
    assert mail.address == "ny@example.invalid"


@pytest.mark.parametrize(
    ("kind", "status"),
    [(MailKind.DIGEST, MailStatus.GIVEN_UP), (MailKind.ALERT, MailStatus.SENT)],
)
def test_the_plan_of_a_day_is_not_sent_on_the_next(kind, status, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 5, tzinfo=UTC), tick=False)
    mail = write(UserFactory(), kind=kind)
    time_machine.move_to(datetime(2026, 11, 23, 23, 1, tzinfo=UTC), tick=False)  # past midnight

    deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert mail.status == status
    assert (mail.error_text != "") == (status == MailStatus.GIVEN_UP)
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    assert not send_again(mail=mail, by=administrator)


@pytest.mark.parametrize(
    ("kind", "status"),
    [(MailKind.DIGEST, MailStatus.GIVEN_UP), (MailKind.ALERT, MailStatus.WAITING)],
)
def test_the_plan_of_a_day_is_given_up_when_the_next_attempt_is_tomorrow(
    kind, status, time_machine
):
    time_machine.move_to(datetime(2026, 11, 23, 5, tzinfo=UTC), tick=False)
    mail = write(UserFactory(), kind=kind)
    time_machine.move_to(datetime(2026, 11, 23, 22, 59, 30, tzinfo=UTC), tick=False)
    mail.attempts = 1
    Mail.objects.update(status=MailStatus.SENDING, attempts=1)

    wait_or_give_up(mail, OSError("down"))

    mail.refresh_from_db()
    assert mail.status == status

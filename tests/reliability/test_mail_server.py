"""Mail against servers that are down, slow, busy, refusing or dying: it waits, and goes once."""

import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from accounts.actions import deliver_mail, deliver_waiting, put_back_cut_off_mails, write_mail
from accounts.enums import MailKind, MailStatus, NoticeKind, Role
from accounts.models import Mail, Notice
from tests.factories import UserFactory
from tests.reliability.smtp import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail():
    return write_mail(
        recipient=UserFactory(email="anna@example.invalid"),
        kind=MailKind.ALERT,
        key="prøve-1",
        subject="Svar Bageriet snart",
        body="Bageriet venter på svar.",
    )


@pytest.fixture
def at(settings):
    """Sends by SMTP to a server, or to a port where none listens."""

    def use(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 0.5

    return use


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_a_mail_arrives_whole_and_once(mail, at):
    with MailServer() as server:
        at(server.port)
        for _time in range(3):
            deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.last_error) == (MailStatus.SENT, 1, "")
    assert mail.sent_at
    message = server.messages[0]
    assert len(server.texts) == 1
    assert message["To"] == "anna@example.invalid"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "Bageriet venter på svar." in message.get_payload(decode=True).decode()


def test_a_server_that_is_down_is_tried_again_and_again_for_a_day(mail, at, time_machine):
    start = datetime(2026, 11, 23, 9, tzinfo=UTC)
    Mail.objects.update(created_at=start, try_at=start)
    at(closed_port())
    waits, now = [], start
    while True:
        time_machine.move_to(now, tick=False)
        deliver_mail(mail.pk)
        mail.refresh_from_db()
        if mail.status != MailStatus.WAITING:
            break
        waits.append((mail.try_at - now) // timedelta(minutes=1))
        now = mail.try_at

    assert waits[:6] == [1, 5, 15, 60, 60, 60]
    assert mail.status == MailStatus.GIVEN_UP
    assert timedelta(hours=24) <= now - start < timedelta(hours=25)
    assert "ConnectionRefusedError" in mail.last_error


def test_a_mail_is_not_tried_before_its_turn(mail, at):
    at(closed_port())
    deliver_mail(mail.pk)
    deliver_mail(mail.pk)
    deliver_waiting(now=timezone.now())

    mail.refresh_from_db()
    assert mail.attempts == 1


def test_while_the_server_is_down_the_other_mails_are_spared_the_wait(mail, at):
    others = [
        write_mail(
            recipient=mail.recipient, kind=MailKind.ALERT, key=f"nr-{n}", subject="s", body="b"
        )
        for n in range(3)
    ]
    at(closed_port())
    deliver_waiting(now=timezone.now())
    for other in others:
        deliver_mail(other.pk)
        other.refresh_from_db()

    assert [(each.status, each.attempts) for each in others] == [(MailStatus.WAITING, 0)] * 3


@pytest.mark.parametrize("word", ["HELLO", "MAIL", "RCPT", "DATA", "TEXT"])
def test_not_now_from_the_server_means_later(mail, at, word):
    with MailServer({word: "451 too busy"}) as server:
        at(server.port)
        deliver_mail(mail.pk)
        mail.refresh_from_db()
        assert (mail.status, mail.last_error) == (MailStatus.WAITING, "451 too busy")
        assert not server.texts

        del server.replies[word]
        Mail.objects.update(try_at=timezone.now())
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, len(server.texts)) == (MailStatus.SENT, 2, 1)


def test_a_server_that_refuses_our_own_address_is_tried_again(mail, at):
    with MailServer({"MAIL": "550 not from you"}) as server:
        at(server.port)
        deliver_mail(mail.pk)
        mail.refresh_from_db()
        assert (mail.status, mail.last_error) == (MailStatus.WAITING, "550 not from you")

        del server.replies["MAIL"]
        Mail.objects.update(try_at=timezone.now())
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, len(server.texts)) == (MailStatus.SENT, 1)


@pytest.mark.parametrize("word", ["RCPT", "DATA", "TEXT"])
def test_never_from_the_server_is_told_to_an_administrator_once(mail, at, word):
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    other = write_mail(
        recipient=mail.recipient, kind=MailKind.ALERT, key="prøve-2", subject="s", body="b"
    )
    with MailServer({word: "550 nobody here"}) as server:
        at(server.port)
        deliver_mail(mail.pk)
        deliver_mail(other.pk)

    mail.refresh_from_db()
    assert (mail.status, mail.last_error) == (MailStatus.GIVEN_UP, "550 nobody here")
    assert Notice.objects.get().recipient == administrator
    assert Notice.objects.get().kind == NoticeKind.MAIL_STUCK


@pytest.mark.parametrize("word", ["HELLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_dies_before_it_has_the_text_gets_the_mail_again(mail, at, word):
    with MailServer({word: ""}) as server:
        at(server.port)
        deliver_mail(mail.pk)
        mail.refresh_from_db()
        first = mail.status
        server.replies.clear()
        Mail.objects.update(try_at=timezone.now())
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    # Asked for the text and gone: we had begun to hand it over, so nobody can know.
    expected = MailStatus.UNCERTAIN if word == "DATA" else MailStatus.WAITING
    assert first == expected
    assert len(server.texts) == (0 if word == "DATA" else 1)


def test_a_server_that_dies_with_the_text_is_not_given_it_again(mail, at):
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    with MailServer({"TEXT": ""}) as server:
        at(server.port)
        deliver_mail(mail.pk)
        server.replies.clear()
        deliver_mail(mail.pk)
        deliver_waiting(now=timezone.now() + timedelta(days=2))
        put_back_cut_off_mails(now=timezone.now() + timedelta(days=2))

    mail.refresh_from_db()
    assert (mail.status, mail.sent_at, len(server.texts)) == (MailStatus.UNCERTAIN, None, 1)
    assert Notice.objects.get().recipient == administrator


def test_a_server_that_is_slow_to_greet_is_left(mail, at):
    with MailServer(slow=1) as server:
        at(server.port)
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert mail.status == MailStatus.WAITING
    assert "imed out" in mail.last_error


def test_a_server_that_is_slow_with_its_last_answer_may_have_sent_it(mail, at):
    with MailServer() as server:
        at(server.port)
        server.go_on.clear()
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, len(server.texts)) == (MailStatus.UNCERTAIN, 1)


def test_a_mail_no_header_can_hold_is_given_up(mail, at):
    Mail.objects.update(subject="to\nlinjer")
    with MailServer() as server:
        at(server.port)
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert mail.status == MailStatus.GIVEN_UP
    assert not server.texts


def test_whoever_left_gets_no_mail(mail, at):
    mail.recipient.is_active = False
    mail.recipient.save()
    with MailServer() as server:
        at(server.port)
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, server.sessions) == (MailStatus.GIVEN_UP, 0)


def test_a_mail_has_the_same_id_each_time_it_is_sent(mail, at):
    with MailServer() as server:
        at(server.port)
        deliver_mail(mail.pk)
        Mail.objects.update(status=MailStatus.WAITING, sent_at=None, try_at=timezone.now())
        deliver_mail(mail.pk)

    first, second = (message["Message-ID"] for message in server.messages)
    assert first == second


def database_fails_at(number):
    """Breaks off the given update of the table of mails: claimed, handed over, settled."""
    seen = []

    def wrapper(execute, sql, params, many, context):
        if sql.startswith('UPDATE "accounts_mail"'):
            seen.append(sql)
            if len(seen) == number:
                raise OperationalError("the database is gone")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_is_sent_and_cannot_be_noted_is_uncertain_and_not_given_up(mail, at):
    with MailServer() as server:
        at(server.port)
        with database_fails_at(3), pytest.raises(OperationalError):
            deliver_mail(mail.pk)
        mail.refresh_from_db()
        assert mail.status == MailStatus.SENDING

        put_back_cut_off_mails(now=timezone.now() + timedelta(minutes=6))
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, len(server.texts)) == (MailStatus.UNCERTAIN, 1)


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_noted_before_it_is_handed_over_goes_later(mail, at):
    with MailServer() as server:
        at(server.port)
        with database_fails_at(2), pytest.raises(OperationalError):
            deliver_mail(mail.pk)
        assert not server.texts

        put_back_cut_off_mails(now=timezone.now() + timedelta(minutes=6))
        Mail.objects.update(try_at=timezone.now())
        deliver_mail(mail.pk)

    mail.refresh_from_db()
    assert (mail.status, len(server.texts)) == (MailStatus.SENT, 1)


def test_told_to_stop_no_further_mail_is_begun(mail, at):
    for number in range(3):
        write_mail(
            recipient=mail.recipient,
            kind=MailKind.ALERT,
            key=f"flere-{number}",
            subject="s",
            body="b",
        )
    with MailServer() as server:
        at(server.port)
        deliver_waiting(now=timezone.now(), stopped=lambda: len(server.texts) >= 2)

    assert len(server.texts) == 2
    assert Mail.objects.filter(status=MailStatus.WAITING).count() == 2

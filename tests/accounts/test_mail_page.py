"""The administrator's page of mail: what is stuck stands there, and what it says is folded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import write_mail
from accounts.enums import MailKind, MailStatus, Role
from accounts.models import Mail
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/administration/post/"


@pytest.fixture
def administrator(client):
    user = UserFactory(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def make(status=MailStatus.WAITING, key="en", **more):
    mail = write_mail(
        recipient=UserFactory(name="Anna Holm"),
        kind=MailKind.ALERT,
        key=key,
        subject="Svar Bageriet snart",
        body="Indholdet er foldet.",
    )
    sent_at = timezone.now() if status == MailStatus.SENT else None
    Mail.objects.filter(pk=mail.pk).update(status=status, sent_at=sent_at, **more)
    mail.refresh_from_db()
    return mail


def test_the_page_says_to_whom_and_how_far_and_folds_what_it_says(administrator, client):
    make(MailStatus.UNCERTAIN, last_error="The worker stopped while the mail was being sent.")

    page = client.get(PAGE).content.decode()

    assert "Anna Holm" in page
    assert "Svar Bageriet snart" in page
    assert "Arbejdet blev afbrudt" in page
    folded = page.split("<details", 1)[1].split("</details>")[0]
    assert "<summary>Svar Bageriet snart</summary>" in folded
    assert "Indholdet er foldet." in folded
    Mail.objects.update(body="")
    assert "mail-text" not in client.get(PAGE).content.decode()


def test_each_status_counts_and_opens_its_own(administrator, client):
    make(MailStatus.SENT, "a")
    make(MailStatus.SENT, "b")
    make(MailStatus.GIVEN_UP, "c", last_error="550 no such user")

    whole = client.get(PAGE).content.decode()
    given_up = client.get(PAGE, {"status": "given_up"}).content.decode()

    assert 'Sendt <span class="count">2</span>' in whole
    assert given_up.count("Anna Holm") == 2  # in its row and, unseen, on its button
    assert "Mailserveren svarede: 550 no such user" in given_up


@pytest.mark.parametrize(
    ("status", "again", "leave"),
    [
        (MailStatus.WAITING, False, False),
        (MailStatus.SENDING, False, False),
        (MailStatus.SENT, False, False),
        (MailStatus.UNCERTAIN, True, True),
        (MailStatus.GIVEN_UP, True, False),
    ],
)
def test_what_can_be_done_with_it(administrator, client, status, again, leave):
    mail = make(status)

    page = client.get(PAGE).content.decode()
    for name, expected in (("mail_again", again), ("mail_leave", leave)):
        address = reverse(f"accounts:{name}", args=[mail.pk])
        assert (address in page) == expected
        answer = client.post(address, follow=True).content.decode()
        assert ("er kommet videre" in answer) == (not expected)
        Mail.objects.filter(pk=mail.pk).update(status=status, sent_at=mail.sent_at)


def test_a_mail_that_is_sent_again_waits_for_its_turn_now(administrator, client):
    mail = make(MailStatus.GIVEN_UP, try_at=timezone.now() + timedelta(days=1))

    answer = client.post(reverse("accounts:mail_again", args=[mail.pk]), follow=True)

    mail.refresh_from_db()
    assert (mail.status, mail.try_at <= timezone.now()) == (MailStatus.WAITING, True)
    assert "Mailen til Anna Holm sendes igen." in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_as_many_queries_whatever_stands_there(
    administrator, client, rows, django_assert_max_num_queries
):
    for number in range(rows):
        make(MailStatus.UNCERTAIN, str(number))

    with django_assert_max_num_queries(8):
        client.get(PAGE)

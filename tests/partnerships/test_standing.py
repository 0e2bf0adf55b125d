"""How an agreement stands on a day: one definition behind figures, lists, pages and reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event, Notice
from insights.models import Figures
from insights.rules import Period
from partnerships import actions
from partnerships.enums import AgreementStatus, Standing
from partnerships.models import Agreement

TURN = date(2027, 1, 10)  # the old one is renegotiated and the renewal begins


@pytest.fixture
def old(active) -> Agreement:
    """In force for most of a year, to be renegotiated on the turn."""
    Agreement.objects.filter(pk=active.pk).update(
        valid_from=date(2026, 1, 10), signed_on=date(2026, 1, 10), renew_on=TURN
    )
    active.refresh_from_db()
    return active


@pytest.fixture
def renewal(old, alice) -> Agreement:
    """Signed long before it begins."""
    made = actions.renew_agreement(agreement=old, by=alice)
    actions.send_for_signature(agreement=made, by=alice)
    return actions.register_signature(agreement=made, by=alice, signed_on=timezone.localdate())


@pytest.fixture
def client(alice) -> Client:
    browser = Client()
    browser.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def standings(on: date) -> dict[str, str]:
    return dict(Agreement.objects.with_standing(on).values_list("number", "standing"))


@pytest.mark.parametrize("days", [-30, -1, 0, 1, 200])
def test_a_workplace_with_an_early_renewal_counts_once_all_the_time(old, renewal, alice, days):
    day = TURN + timedelta(days=days)
    expected = old if days < 0 else renewal

    assert list(Agreement.objects.active(day)) == [expected]
    assert Figures(alice, Period(day.year, day)).total("active") == 1
    assert standings(day)[expected.number] == Standing.ACTIVE
    other = {old, renewal} - {expected}
    assert standings(day)[other.pop().number] == ("coming" if days < 0 else "renewed")


def test_the_morning_of_its_first_day_the_renewal_closes_the_old_one(old, renewal, time_machine):
    for days, status in ((-1, AgreementStatus.ACTIVE), (0, AgreementStatus.RENEWED)):
        day = TURN + timedelta(days=days)
        time_machine.move_to(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), tick=False)
        call_command("daily", verbosity=0)
        call_command("daily", verbosity=0)
        old.refresh_from_db()
        assert old.status == status

    assert Event.objects.get(action="agreement_renewed").changes == {"by": renewal.number}
    assert list(Agreement.objects.active(TURN)) == [renewal]


def test_a_renewal_that_has_begun_when_it_is_signed_closes_the_old_one_at_once(old, alice):
    made = actions.renew_agreement(agreement=old, by=alice)
    today = timezone.localdate()
    actions.save_period(agreement=made, by=alice, valid_from=today)
    actions.send_for_signature(agreement=made, by=alice)
    actions.register_signature(agreement=made, by=alice, signed_on=today)

    old.refresh_from_db()
    assert old.status == AgreementStatus.RENEWED
    assert list(Agreement.objects.active(today)) == [made]


def test_an_agreement_with_a_signed_renewal_is_not_up_for_renewal(old, alice):
    day = TURN - timedelta(days=20)
    assert list(Agreement.objects.up_for_renewal(day, 60)) == [old]

    made = actions.renew_agreement(agreement=old, by=alice)
    assert list(Agreement.objects.up_for_renewal(day, 60)) == [old]  # only begun
    actions.send_for_signature(agreement=made, by=alice)
    actions.register_signature(agreement=made, by=alice, signed_on=timezone.localdate())

    assert list(Agreement.objects.up_for_renewal(day, 60)) == []


@pytest.fixture
def ran_out(old) -> Agreement:
    """Its last day was yesterday although it is renegotiated much later."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Agreement.objects.filter(pk=old.pk).update(valid_to=yesterday, renew_on=date(2028, 1, 1))
    old.refresh_from_db()
    return old


def test_an_agreement_past_its_last_day_is_expired_and_waits_for_somebody(ran_out, alice):
    today = timezone.localdate()
    found = Agreement.objects.with_standing(today).get()

    assert (found.standing, found.due) == (Standing.EXPIRED, True)
    assert not Agreement.objects.active(today).exists()
    assert list(Agreement.objects.up_for_renewal(today, 0)) == [ran_out]
    assert list(Agreement.objects.active(today - timedelta(days=1))) == [ran_out]
    figures = Figures(alice, Period(today.year, today))
    assert [figures.total(name) for name in ("active", "due", "expired")] == [0, 1, 1]


def test_pages_and_the_list_call_it_expired(client, ran_out, workplace):
    for url in (
        reverse("partnerships:list") + "?status=expired",
        reverse("partnerships:list") + "?status=renewal",
        reverse("partnerships:agreement", args=[ran_out.pk]),
        reverse("partnerships:for_workplace", args=[workplace.pk]),
        reverse("companies:workplace", args=[workplace.pk]),
    ):
        page = client.get(url, headers={"accept-language": "en"}).content.decode()
        assert ran_out.number in page or "Expired" in page or "Udløbet" in page, url
        assert "Udløbet" in page or "Expired" in page, url
    active = client.get(reverse("partnerships:list"), {"status": "active"})
    assert not list(active.context["list"].page)


def test_the_owner_is_told_of_an_agreement_that_ran_out(ran_out, alice):
    Notice.objects.all().delete()

    actions.remind_of_renewals(on=timezone.localdate())
    actions.remind_of_renewals(on=timezone.localdate())

    assert [(n.kind, n.recipient) for n in Notice.objects.all()] == [("renewal_due", alice)]


def test_an_expired_agreement_can_be_renewed(ran_out, alice):
    assert actions.renew_agreement(agreement=ran_out, by=alice).renewed_from == ran_out


def test_an_ended_agreement_was_in_force_until_its_last_day(old, alice):
    today = timezone.localdate()
    actions.end_agreement(agreement=old, by=alice, reason="Lukket.")

    assert standings(today) == {old.number: Standing.ENDED}
    assert list(Agreement.objects.active(today - timedelta(days=1))) == [old]


def test_each_list_by_standing_is_what_the_pills_say(client, old, renewal, draft):
    shown = standings(timezone.localdate())
    for value in Standing.values:
        answer = client.get(reverse("partnerships:list"), {"status": value})
        rows = {row.number for row in answer.context["list"].page}
        assert rows == {number for number, standing in shown.items() if standing == value}


def test_a_renewal_is_with_the_firm_that_owns_the_workplace_today(old, alice, workplace):
    buyer = type(workplace.company).objects.create(cvr_number="99000023", name="Køber ApS")
    type(workplace).objects.filter(pk=workplace.pk).update(company=buyer)
    old = Agreement.objects.get(pk=old.pk)

    made = actions.renew_agreement(agreement=old, by=alice)

    assert (made.company, old.company == buyer) == (buyer, False)

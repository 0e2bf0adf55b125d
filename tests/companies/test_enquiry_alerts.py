"""What people are told of enquiries: once, in their language, whoever is away or has left."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.actions import save_user
from accounts.enums import NoticeKind, Role
from accounts.models import Event, Mail, Notice, OpeningHours, Team, User
from cabi_crm.pages.team import team_of
from companies import actions
from companies.models import Enquiry
from tests.companies.test_deadlines import at
from tests.companies.test_enquiries import notices, receive
from tests.factories import AbsenceFactory, EnquiryFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen")


@pytest.fixture
def bob():
    return UserFactory(name="Bob Prøvesen")


@pytest.fixture
def manager():
    return UserFactory(name="Maja Leder", role=Role.MANAGER)


@pytest.fixture(autouse=True)
def monday():
    """Monday at ten; open 8–16 on every working day, and eight hours to answer."""
    OpeningHours.objects.all().delete()
    with time_machine.travel(at("2026-11-23 10.00"), tick=False):
        yield


def test_the_last_quarter_warns_whoever_answers_once(alice, manager):
    enquiry = receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    Notice.objects.all().delete()
    assert actions.warn_enquiries(now=at("2026-11-23 15.59")) == 0
    assert actions.warn_enquiries(now=at("2026-11-24 08.00")) == 1
    assert actions.warn_enquiries(now=at("2026-11-24 08.10")) == 0
    assert notices(alice) == [NoticeKind.ENQUIRY_SOON]
    assert notices(manager) == []
    enquiry.refresh_from_db()
    assert enquiry.warned_at == at("2026-11-24 08.00")


def test_a_late_one_goes_to_whoever_answers_and_their_manager_once(alice, bob):
    team = Team.objects.create(name="Team Nord")
    own, other = (UserFactory(role=Role.MANAGER, team=each) for each in (team, None))
    alice.team = team
    alice.save()
    AbsenceFactory(user=alice, cover=bob)
    receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    assert actions.escalate_enquiries(now=at("2026-11-24 10.00")) == 0
    assert actions.escalate_enquiries(now=at("2026-11-24 10.01")) == 1
    assert actions.escalate_enquiries(now=at("2026-11-24 12.00")) == 0
    assert (notices(alice), notices(own), notices(other)) == (
        ["enquiry_late"],
        ["enquiry_late"],
        [],
    )
    assert set(Mail.objects.values_list("recipient", flat=True)) == {bob.pk, own.pk}


def test_what_nobody_has_is_told_to_the_managers(manager):
    enquiry = receive(UserFactory(), company_name="Nyt Firma")
    assert actions.warn_enquiries(now=at("2026-11-24 09.00")) == 1
    assert actions.escalate_enquiries(now=at("2026-11-25 09.00")) == 1
    assert notices(manager) == ["enquiry_soon", "enquiry_late"]
    assert Event.objects.filter(object_id=str(enquiry.pk), actor=None).count() == 2


def test_the_worker_looks_at_the_right_moments(alice, manager):
    place = WorkplaceFactory(owner=alice)
    enquiry = receive(UserFactory(), workplace=place)
    for moment, told in (("2026-11-23 12.00", 0), ("2026-11-24 08.00", 1), ("2026-11-24 10.01", 2)):
        with time_machine.travel(at(moment), tick=False):
            actions.look_at_enquiry(enquiry.pk)
        assert len(notices(alice)) == 1 + told, moment
    assert notices(manager) == ["enquiry_late"]


@pytest.mark.parametrize("deed", ["answer_enquiry", "remove_enquiry"])
def test_what_is_settled_is_left_in_peace(alice, manager, deed):
    enquiry = receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    more = {"answer": "Ja", "answered_at": timezone.now(), "kind": "call"}
    getattr(actions, deed)(enquiry=enquiry, by=alice, **(more if "answer" in deed else {}))
    assert actions.warn_enquiries(now=at("2026-11-24 09.00")) == 0
    assert actions.escalate_enquiries(now=at("2026-11-26 09.00")) == 0
    actions.look_at_enquiry(enquiry.pk)
    assert notices(alice) == notices(manager) == []


def test_whoever_left_counts_as_nobody_and_the_managers_are_told(alice, manager):
    receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    User.objects.filter(pk=alice.pk).update(is_active=False)
    Notice.objects.all().delete()
    assert actions.warn_enquiries(now=at("2026-11-24 09.00")) == 1
    assert actions.escalate_enquiries(now=at("2026-11-25 09.00")) == 1
    assert notices(manager) == ["enquiry_soon", "enquiry_late"]
    assert notices(alice) == []
    assert Mail.objects.filter(recipient=manager).count() == 2


def test_what_waits_with_somebody_away_without_cover_the_managers_hear_of_in_time(alice, manager):
    receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    Notice.objects.all().delete()
    AbsenceFactory(user=alice)
    assert actions.warn_enquiries(now=at("2026-11-24 09.00")) == 1
    assert notices(alice) == notices(manager) == ["enquiry_soon"]


def test_whoever_covers_for_another_manager_is_told_once(alice, manager):
    AbsenceFactory(user=UserFactory(name="Anders Leder", role=Role.MANAGER), cover=manager)
    receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    Notice.objects.all().delete()
    Mail.objects.all().delete()
    actions.escalate_enquiries(now=at("2026-11-25 09.00"))
    assert list(Notice.objects.unseen_by(manager).values_list("recipient", flat=True)) == [
        manager.pk
    ]
    mail = Mail.objects.get(recipient=manager)
    assert "Du dækker" not in mail.body


def test_the_cover_reads_the_mail_in_their_own_language(alice, bob):
    User.objects.filter(pk=bob.pk).update(language="en")
    AbsenceFactory(user=alice, cover=User.objects.get(pk=bob.pk))
    receive(UserFactory(), company_name="", workplace=WorkplaceFactory(owner=alice))
    mail = Mail.objects.get()
    assert mail.subject.startswith("New enquiry: ")
    assert "Answer no later than tomorrow at 10" in mail.body
    assert mail.body.endswith(f"/henvendelse/{Enquiry.objects.get().pk}/\n")


def test_passed_on_and_back_again_it_is_told_anew(alice, bob):
    enquiry, third = EnquiryFactory(), UserFactory()
    for person in (alice, bob, alice):
        actions.assign_enquiry(enquiry=enquiry, to=person, by=third)
    assert Mail.objects.filter(recipient=alice).count() == 2
    assert Mail.objects.filter(recipient=bob).count() == 1
    assert (notices(alice), notices(bob)) == ([NoticeKind.ENQUIRY_NEW], [])


def test_that_it_is_late_stays_with_the_manager_when_it_is_passed_on(alice, bob, manager):
    enquiry = receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    actions.escalate_enquiries(now=at("2026-11-25 09.00"))
    actions.assign_enquiry(enquiry=enquiry, to=bob, by=manager)
    assert notices(manager) == [NoticeKind.ENQUIRY_LATE]
    assert (notices(alice), notices(bob)) == ([], [NoticeKind.ENQUIRY_NEW])


def test_what_is_undeleted_is_on_the_home_page_again_without_a_second_mail(alice, bob):
    enquiry = receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    actions.remove_enquiry(enquiry=enquiry, by=bob)
    assert notices(alice) == []
    actions.restore_enquiry(enquiry=enquiry, by=bob)
    assert notices(alice) == [NoticeKind.ENQUIRY_NEW]
    assert Mail.objects.count() == 1


def test_the_managers_hear_of_the_enquiries_of_a_colleague_who_leaves_once(alice, bob, manager):
    admin = UserFactory(role=Role.ADMINISTRATOR)
    waiting = receive(bob, workplace=WorkplaceFactory(owner=alice))
    receive(bob, workplace=WorkplaceFactory(owner=bob))
    alice.is_active = False
    for _time in range(2):
        save_user(user=alice, by=admin, changes={"is_active": ["True", ""]})
    assert notices(manager) == [NoticeKind.ENQUIRY_LEFT]
    mine = Mail.objects.filter(recipient=manager)
    assert {waiting.firm in mail.subject for mail in mine} == {True}
    actions.assign_enquiry(enquiry=waiting, to=bob, by=manager)
    assert notices(manager) == []


def test_a_late_enquiry_of_somebody_who_left_is_every_managers():
    left = UserFactory(is_active=False, team=Team.objects.create(name="Et andet team"))
    UserFactory(role=Role.MANAGER, team=left.team)
    mine = UserFactory(role=Role.MANAGER, team=Team.objects.create(name="Mit team"))
    past = timezone.now() - timedelta(hours=1)
    enquiry = EnquiryFactory(assigned_to=left, due_at=past)
    late = team_of(mine, timezone.now()).late
    assert [(item.key, item.for_whom) for item in late] == [(enquiry.pk, "")]

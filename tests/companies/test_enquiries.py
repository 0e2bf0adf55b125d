"""What is done with enquiries: who answers, who is told, and that nothing happens twice."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.enums import AreaKind, NoticeKind
from accounts.models import Event, Mail, Notice, OpeningHours, WorkingArea
from cabi_crm.db import is_postgresql
from companies import actions
from companies.actions.enquiries import who_answers
from companies.enums import ActivityKind, OpeningChannel
from companies.models import Activity, Enquiry
from tests.companies.test_deadlines import at
from tests.factories import AbsenceFactory, EnquiryFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23 10.00"


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen")


@pytest.fixture
def bob():
    return UserFactory(name="Bob Prøvesen")


@pytest.fixture(autouse=True)
def monday():
    """Monday at ten; open 8–16 on every working day, and eight hours to answer."""
    OpeningHours.objects.all().delete()
    with time_machine.travel(at(MONDAY), tick=False):
        yield


def receive(by, **said):
    said = {"channel": "hotline", "subject": "Vi mangler en til pakkeriet.", **said}
    return actions.receive_enquiry(by=by, **said)


def sits_with(user, postcode):
    WorkingArea.objects.create(user=user, kind=AreaKind.POSTCODE, text=postcode)


def notices(user):
    return list(Notice.objects.filter(recipient=user, seen_at=None).values_list("kind", flat=True))


def test_the_owner_answers_and_is_told_once(alice, bob):
    place = WorkplaceFactory(owner=alice)
    enquiry = receive(bob, workplace=place)
    assert (enquiry.assigned_to, enquiry.registered_by) == (alice, bob)
    assert enquiry.due_at == at("2026-11-24 10.00")
    assert notices(alice) == [NoticeKind.ENQUIRY_NEW]
    assert Mail.objects.get().recipient == alice
    assert notices(bob) == []
    assert Event.objects.get(action="enquiry_received").changes == {"channel": "hotline"}


def test_the_cover_of_an_absent_owner_gets_the_mail_and_it_stays_the_owners(alice, bob):
    AbsenceFactory(user=alice, cover=bob)
    enquiry = receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    assert enquiry.assigned_to == alice
    assert Mail.objects.get().recipient == bob
    assert [notice.recipient for notice in Notice.objects.unseen_by(bob)] == [alice]
    assert Enquiry.objects.open().assigned_among([bob, alice]).get() == enquiry
    assert not Enquiry.objects.open().assigned_among([bob]).exists()


def test_whoever_takes_down_their_own_is_not_told(alice):
    receive(alice, workplace=WorkplaceFactory(owner=alice))
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


def test_without_an_owner_the_postcode_decides_fewest_open_first(alice, bob):
    for user in (alice, bob):
        sits_with(user, "4200")
    first = receive(UserFactory(), company_name="Nyt Firma", postcode="4200")
    second = receive(UserFactory(), company_name="Andet Firma", postcode="4200")
    assert [first.assigned_to, second.assigned_to] == [alice, bob]


def test_who_is_here_goes_before_who_is_away(alice, bob):
    for user in (alice, bob):
        sits_with(user, "4200")
    AbsenceFactory(user=alice)
    assert who_answers(WorkplaceFactory(), "") == bob


@pytest.mark.parametrize("postcode", ["", "9990"])
def test_what_nobody_sits_with_waits_in_the_shared_inbox(alice, postcode):
    sits_with(alice, "4200")
    enquiry = receive(alice, company_name="Nyt Firma", postcode=postcode)
    assert enquiry.assigned_to is None
    assert Enquiry.objects.of_nobody().get() == enquiry


def test_an_owner_who_left_does_not_get_it(alice, bob):
    alice.is_active = False
    alice.save()
    sits_with(bob, "4200")
    assert receive(bob, workplace=WorkplaceFactory(owner=alice)).assigned_to == bob


def test_a_form_sent_twice_makes_one_enquiry(alice, bob):
    place, submission = WorkplaceFactory(owner=alice), uuid.uuid4()
    rows = [receive(bob, workplace=place, submission=submission) for _twice in range(2)]
    assert rows[0] == rows[1]
    assert Enquiry.objects.count() == Notice.objects.count() == Mail.objects.count() == 1


def test_the_firm_that_comes_by_itself_is_noted_as_the_first_contact(alice):
    place = WorkplaceFactory()
    enquiry = receive(alice, workplace=place)
    place.refresh_from_db()
    assert place.opened_channel == OpeningChannel.INBOUND
    assert place.opened_on == at(MONDAY).date()
    actions.remove_enquiry(enquiry=enquiry, by=alice)
    place.refresh_from_db()
    assert (place.opened_channel, place.opened_on) == ("", None)
    actions.restore_enquiry(enquiry=enquiry, by=alice)
    place.refresh_from_db()
    assert place.opened_channel == OpeningChannel.INBOUND


def test_a_firm_that_was_visited_before_did_not_come_by_itself(alice):
    place = WorkplaceFactory()
    held = {"workplace": place, "kind": "visit", "by": alice, "note": ""}
    actions.log_activity(**held, starts_at=at(MONDAY) - timedelta(days=300))
    place.refresh_from_db()
    receive(alice, workplace=place)
    place.refresh_from_db()
    assert (place.opened_channel, place.opened_on) == ("", None)


def test_who_opened_the_door_stays_who_it_was(alice):
    place = WorkplaceFactory(opened_channel=OpeningChannel.VISIT)
    receive(alice, workplace=place)
    place.refresh_from_db()
    assert place.opened_channel == OpeningChannel.VISIT


def test_an_answer_is_logged_at_the_workplace_and_can_be_undone(alice, bob):
    place = WorkplaceFactory(owner=alice)
    enquiry = receive(bob, workplace=place)
    now = timezone.now() + timedelta(hours=2)
    with time_machine.travel(now, tick=False):
        done = actions.answer_enquiry(
            enquiry=enquiry, by=alice, answer="Vi kommer.", answered_at=now, kind=ActivityKind.CALL
        )
    assert (done.answered_by, done.response_minutes, done.in_time) == (alice, 120, True)
    activity = Activity.objects.held().get()
    assert (activity.workplace, activity.kind, activity.user) == (place, "call", alice)
    assert "Vi mangler en til pakkeriet." in activity.note
    assert "Vi kommer." in activity.note
    place.refresh_from_db()
    assert place.last_contact_at == now
    assert notices(alice) == []
    actions.reopen_enquiry(enquiry=enquiry, by=alice)
    enquiry.refresh_from_db()
    assert (enquiry.answered_at, enquiry.answer) == (None, "Vi kommer.")
    assert not Activity.objects.kept().exists()
    assert Enquiry.objects.open().get() == enquiry


def test_the_first_answer_counts(alice, bob):
    enquiry = EnquiryFactory(workplace=None, company_name="Nyt Firma")
    for who, text in ((alice, "Ja"), (bob, "Nej")):
        actions.answer_enquiry(
            enquiry=enquiry, by=who, answer=text, answered_at=timezone.now(), kind="call"
        )
    enquiry.refresh_from_db()
    assert (enquiry.answered_by, enquiry.answer, enquiry.assigned_to) == (alice, "Ja", alice)
    assert not Activity.objects.exists()


def test_of_two_who_take_it_the_first_has_it(alice, bob):
    enquiry = EnquiryFactory()
    assert actions.take_enquiry(enquiry=enquiry, holder=None, by=alice)
    assert not actions.take_enquiry(enquiry=enquiry, holder=None, by=bob)
    assert actions.take_enquiry(enquiry=enquiry, holder=None, by=alice)  # pressed twice
    enquiry.refresh_from_db()
    assert enquiry.assigned_to == alice


def test_passing_on_tells_the_next_and_takes_it_off_the_first_ones_page(alice, bob):
    enquiry = receive(UserFactory(), workplace=WorkplaceFactory(owner=alice))
    actions.assign_enquiry(enquiry=enquiry, to=bob, by=alice)
    assert (notices(alice), notices(bob)) == ([], [NoticeKind.ENQUIRY_NEW])
    event = Event.objects.get(action="enquiry_assigned")
    assert event.changes == {"assigned_to": [alice.name, bob.name]}


def test_an_unknown_firm_is_tied_to_its_workplace_and_its_owner_answers(alice, bob):
    enquiry = receive(bob, company_name="Nyt Firma")
    place = WorkplaceFactory(owner=alice)
    row = actions.tie_enquiry(enquiry=enquiry, workplace=place, by=bob)
    assert (row.workplace, row.assigned_to) == (place, alice)
    back = actions.tie_enquiry(enquiry=row, workplace=None, by=bob)
    assert (back.firm, back.assigned_to) == ("Nyt Firma", None)


def test_whoever_has_it_in_hand_keeps_it_when_it_is_tied(alice, bob):
    enquiry = receive(bob, company_name="Nyt Firma")
    actions.take_enquiry(enquiry=enquiry, holder=None, by=bob)
    row = actions.tie_enquiry(enquiry=enquiry, workplace=WorkplaceFactory(owner=alice), by=bob)
    assert row.assigned_to == bob


def test_an_enquiry_without_a_firm_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        EnquiryFactory(workplace=None)


def test_an_answer_without_a_person_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        EnquiryFactory(answered_at=timezone.now())


def test_one_received_long_ago_is_late_at_once(alice):
    enquiry = receive(
        alice, workplace=WorkplaceFactory(owner=alice), received_at=at("2026-11-16 09.00")
    )
    assert Enquiry.objects.late(timezone.now()).get() == enquiry
    assert enquiry.due_at == at("2026-11-17 09.00")


def test_the_logged_answer_goes_and_comes_back_with_its_enquiry(alice):
    enquiry = EnquiryFactory()
    actions.answer_enquiry(
        enquiry=enquiry, by=alice, answer="Ja", answered_at=timezone.now(), kind="call"
    )
    actions.remove_enquiry(enquiry=enquiry, by=alice)
    assert not Activity.objects.kept().exists()
    actions.restore_enquiry(enquiry=enquiry, by=alice)
    assert Activity.objects.kept().exists()


def test_an_activity_that_was_deleted_by_itself_stays_deleted(alice):
    enquiry = EnquiryFactory()
    row = actions.answer_enquiry(
        enquiry=enquiry, by=alice, answer="Ja", answered_at=timezone.now(), kind="call"
    )
    actions.remove_activity(activity=row.activity, by=alice)
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        actions.remove_enquiry(enquiry=enquiry, by=alice)
        actions.restore_enquiry(enquiry=enquiry, by=alice)
    assert not Activity.objects.kept().exists()


def test_a_corrected_postcode_finds_who_sits_with_it(alice, bob):
    sits_with(alice, "4200")
    enquiry = receive(bob, company_name="Nyt Firma", postcode="9990")
    row = actions.edit_enquiry(enquiry=enquiry, by=bob, changes={"postcode": "4200"})
    assert row.assigned_to == alice
    assert notices(alice) == [NoticeKind.ENQUIRY_NEW]
    again = actions.edit_enquiry(enquiry=row, by=bob, changes={"postcode": "4220"})
    assert again.assigned_to == alice  # whoever has it keeps it


def test_saving_without_a_change_is_no_event(alice):
    enquiry = EnquiryFactory()
    actions.edit_enquiry(enquiry=enquiry, by=alice, changes={"subject": enquiry.subject})
    assert not Event.objects.filter(action="enquiry_edited").exists()


def test_the_answered_ones_are_read_in_their_order_from_an_index():
    if is_postgresql():  # a planner that knows how few rows there are would not bother
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = Enquiry.objects.answered().order_by("-answered_at", "pk")[:25].explain()
    assert "enquiry_answered" in plan
    assert "TEMP B-TREE" not in plan


def test_the_mail_names_who_asks_and_never_what(alice, bob):
    place = WorkplaceFactory(owner=alice)
    asked = {"person": "Bo Hansted", "phone": "20304050", "subject": "Noget fortroligt"}
    receive(bob, workplace=place, **asked)
    body = Mail.objects.get().body.replace("\N{NO-BREAK SPACE}", " ")
    assert "Bo Hansted, 20 30 40 50" in body
    assert "fortroligt" not in body

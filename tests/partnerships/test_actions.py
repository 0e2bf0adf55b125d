"""The life of an agreement: numbers, steps, signatures, renewal."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.actions import broken_events
from accounts.enums import Role
from accounts.models import Event
from companies.enums import ActivityKind, RelationshipLevel
from companies.models import Activity
from partnerships import actions
from partnerships.enums import AgreementStatus, Gap
from partnerships.models import Agreement, AgreementDocument, AgreementTemplate
from partnerships.rules import Promise
from tests.partnerships.conftest import make_user


def test_a_draft_begins_with_what_is_known(draft, alice):
    assert draft.number == f"{timezone.localdate().year}-001"
    assert draft.status == AgreementStatus.DRAFT
    assert draft.owner == alice
    assert draft.company_name == "Solbakkens Tømrer"
    assert (draft.company_contact, draft.company_contact_phone) == ("Ronja Solbakke", "12345678")
    assert draft.organisation_signatory == "Vibe Sølund"
    assert draft.place == "Prøveby"


def test_numbers_run_through_the_year_and_start_again(workplace, alice, organisation):
    days = [date(2025, 5, 1), date(2025, 6, 1), date(2026, 1, 2), date(2025, 7, 1)]
    made = [actions.start_agreement(workplace=workplace, by=alice, on=day) for day in days]
    assert [each.number for each in made] == ["2025-001", "2025-002", "2026-001", "2025-003"]


def test_the_thousandth_agreement_is_followed_by_the_next(draft, workplace, alice):
    Agreement.objects.filter(pk=draft.pk).update(number="2026-999")
    made = [
        actions.start_agreement(workplace=workplace, by=alice, on=date(2026, 3, n)) for n in (1, 2)
    ]
    assert [each.number for each in made] == ["2026-1000", "2026-1001"]


def test_sent_twice_an_agreement_is_started_once(workplace, alice, organisation):
    key = uuid.uuid4()
    first, second = (
        actions.start_agreement(workplace=workplace, by=alice, submission=key) for _ in range(2)
    )
    assert first == second
    assert Agreement.objects.count() == 1


def test_what_a_manager_starts_belongs_to_the_workplaces_consultant(workplace, alice, organisation):
    manager = make_user("Mona Leder", Role.MANAGER)
    assert actions.start_agreement(workplace=workplace, by=manager).owner == alice


def test_without_a_wording_nothing_is_started(workplace, alice, organisation):
    AgreementTemplate.objects.update(published=False)
    with pytest.raises(actions.AgreementError):
        actions.start_agreement(workplace=workplace, by=alice)


def test_the_newest_wording_is_offered_first(workplace, alice, organisation):
    made = actions.start_agreement(workplace=workplace, by=alice)
    assert made.template.name == "De syv punkter, nyere ordlyd"


def test_another_wording_keeps_the_promises_under_their_numbers(ready, alice):
    first = ready.template.points.get(number=1)
    suggestion = first.wording("commitment", "da")
    actions.save_points(
        agreement=ready, by=alice, promises=[Promise(1, suggestion), Promise(4, "Vores ord.", 2)]
    )
    later = AgreementTemplate.objects.get(name="De syv punkter, nyere ordlyd")
    actions.save_parties(
        agreement=ready, by=alice, company_name="Nyt navn", template=later, language="en"
    )
    found = {c.point.number: c for c in ready.commitments.select_related("point")}
    assert {c.point.template_id for c in found.values()} == {later.pk}
    assert found[1].text == found[1].point.wording("commitment", "en")
    assert (found[4].text, found[4].quantity) == ("Vores ord.", 2)


def test_the_points_are_exactly_those_chosen(ready, alice):
    actions.save_points(agreement=ready, by=alice, promises=[Promise(2, "To"), Promise(4, "Fire")])
    assert [c.point.number for c in ready.commitments.select_related("point")] == [2, 4]


def test_saving_the_same_again_leaves_no_event(ready, alice, fill):
    count = Event.objects.count()
    fill(ready)
    assert Event.objects.count() == count


def test_an_unfinished_agreement_is_not_sent_and_says_what_is_missing(draft, alice):
    with pytest.raises(actions.NotReadyError) as caught:
        actions.send_for_signature(agreement=draft, by=alice)
    assert caught.value.gaps == [
        Gap.POINTS,
        Gap.VALID_FROM,
        Gap.RENEW_ON,
        Gap.COMPANY_SIGNATORY,
    ]
    draft.refresh_from_db()
    assert draft.status == AgreementStatus.DRAFT
    assert not AgreementDocument.objects.exists()


def test_sending_keeps_the_paper_with_its_hash_and_its_data(sent, alice):
    document = sent.documents.get()
    assert sent.status == AgreementStatus.FOR_SIGNATURE
    assert bytes(document.pdf).startswith(b"%PDF-")
    assert document.is_intact
    assert [point["number"] for point in document.snapshot["points"]] == [1, 4, 7]
    assert document.made_by == alice


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("save_points", {"promises": []}),
        ("save_period", {"valid_from": date(2027, 1, 1)}),
        ("save_contacts", {"company_contact": "En anden"}),
        ("save_signatories", {"company_signatory": "En anden"}),
    ],
)
def test_what_was_sent_cannot_be_edited(sent, alice, action, values):
    with pytest.raises(actions.AgreementError):
        getattr(actions, action)(agreement=sent, by=alice, **values)
    assert sent.commitments.count() == 3
    sent.refresh_from_db()
    assert sent.valid_from == date(2026, 12, 1)
    assert sent.company_signatory == "Ronja Solbakke"


def test_the_database_refuses_to_change_a_kept_paper(sent):
    document = sent.documents.get()
    for change in (
        lambda: AgreementDocument.objects.filter(pk=document.pk).update(pdf=b"andet"),
        lambda: AgreementDocument.objects.filter(pk=document.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert sent.documents.get().is_intact


def test_a_byte_that_was_flipped_is_seen(sent):
    document = sent.documents.get()
    content = bytearray(bytes(document.pdf))
    content[len(content) // 2] ^= 1
    document.pdf = bytes(content)
    assert not document.is_intact


def test_taken_back_it_is_a_draft_of_the_next_version(sent, alice):
    actions.take_back(agreement=sent, by=alice)
    actions.save_points(agreement=sent, by=alice, promises=[Promise(2, "Kun to.")])
    actions.send_for_signature(agreement=sent, by=alice)
    assert [d.version for d in sent.documents.all()] == [2, 1]
    assert [p["number"] for p in sent.documents.get(version=1).snapshot["points"]] == [1, 4, 7]
    assert [p["number"] for p in sent.documents.get(version=2).snapshot["points"]] == [2]


def test_signed_it_is_active_and_the_workplace_a_partner(active, workplace):
    workplace.refresh_from_db()
    assert active.status == AgreementStatus.ACTIVE
    assert workplace.level == RelationshipLevel.PARTNERSHIP
    line = Activity.objects.get(workplace=workplace, kind=ActivityKind.AGREEMENT)
    assert active.number in line.note
    assert line.starts_at <= timezone.now()


def test_of_two_who_act_at_once_only_the_first_succeeds(sent, alice, bob):
    other = Agreement.objects.get(pk=sent.pk)
    actions.take_back(agreement=sent, by=alice)
    with pytest.raises(actions.AgreementError):
        actions.register_signature(agreement=other, by=bob, signed_on=date(2026, 11, 20))
    sent.refresh_from_db()
    assert (sent.status, sent.signed_on) == (AgreementStatus.DRAFT, None)


def test_somebody_elses_next_version_is_not_signed_by_mistake(sent, alice, bob):
    other = Agreement.objects.get(pk=sent.pk)
    actions.take_back(agreement=sent, by=alice)
    actions.send_for_signature(agreement=sent, by=alice)
    with pytest.raises(actions.AgreementError):
        actions.register_signature(agreement=other, by=bob, signed_on=date(2026, 11, 20))


def test_an_active_agreement_ends_with_day_and_reason(active, alice):
    actions.end_agreement(agreement=active, by=alice, reason="Virksomheden er flyttet.")
    active.refresh_from_db()
    assert active.status == AgreementStatus.ENDED
    assert active.ended_on == timezone.localdate()


def test_a_renewal_carries_the_promises_and_is_not_a_new_agreement(active, alice):
    renewal = actions.renew_agreement(agreement=active, by=alice)
    assert renewal.number != active.number
    assert renewal.valid_from == active.renew_on
    assert [c.point.number for c in renewal.commitments.select_related("point")] == [1, 4, 7]
    assert actions.renew_agreement(agreement=active, by=alice) == renewal
    actions.send_for_signature(agreement=renewal, by=alice)
    actions.register_signature(agreement=renewal, by=alice, signed_on=timezone.localdate())
    assert list(Agreement.objects.new_in(timezone.localdate().year)) == [active]


def test_a_dropped_renewal_is_taken_up_again(active, alice):
    renewal = actions.renew_agreement(agreement=active, by=alice)
    actions.discard_draft(agreement=renewal, by=alice)
    again = actions.renew_agreement(agreement=active, by=alice)
    assert (again, again.status) == (renewal, AgreementStatus.DRAFT)


def test_a_dropped_draft_comes_back_whole_with_its_number(ready, alice):
    number = ready.number
    actions.discard_draft(agreement=ready, by=alice)
    assert ready.status == AgreementStatus.DROPPED
    actions.restore_draft(agreement=ready, by=alice)
    ready.refresh_from_db()
    assert (ready.status, ready.number) == (AgreementStatus.DRAFT, number)
    assert ready.commitments.count() == 3


def test_dropped_after_it_was_sent_it_comes_back_as_the_next_version(sent, alice):
    actions.discard_draft(agreement=sent, by=alice)
    actions.restore_draft(agreement=sent, by=alice)
    actions.send_for_signature(agreement=sent, by=alice)
    assert [d.version for d in sent.documents.all()] == [2, 1]


def test_a_signed_agreement_may_change_hands(active, alice, bob):
    actions.set_owner(agreement=active, owner=bob, by=alice)
    active.refresh_from_db()
    assert active.owner == bob


def test_a_used_wording_keeps_its_words(draft, template, alice):
    with pytest.raises(actions.AgreementError):
        actions.save_template(template=template, points=template.points.all(), by=alice)


def test_a_new_version_is_a_copy_that_nobody_is_offered_yet(template, alice):
    today = timezone.localdate()
    copy = actions.add_version(template=template, by=alice, on=today)
    again = actions.add_version(template=template, by=alice, on=today)
    assert [p.title_da for p in copy.points.all()] == [p.title_da for p in template.points.all()]
    assert copy not in AgreementTemplate.objects.offered(today + timedelta(days=1))
    assert copy.name != again.name


def test_every_deed_is_in_the_audit_trail(active, alice):
    actions.set_show_on_wall(agreement=active, show=True, by=alice)
    done = Event.objects.filter(object_type="partnerships.agreement").order_by("pk")
    assert list(done.values_list("action", flat=True)) == [
        "agreement_started",
        "agreement_points_saved",
        "agreement_edited",
        "agreement_edited",
        "agreement_sent_for_signature",
        "agreement_signed",
        "agreement_wall_consent",
    ]
    assert list(broken_events()) == []


def test_both_wordings_hold_seven_points_in_both_languages(db):
    for template in AgreementTemplate.objects.all():
        points = list(template.points.all())
        assert [point.number for point in points] == [1, 2, 3, 4, 5, 6, 7]
        for point in points:
            for part in ("title", "help", "unit"):
                assert point.wording(part, "da") != point.wording(part, "en") != ""
        assert points[4].warning(date(2026, 11, 23))
        assert not points[4].warning(date(2026, 1, 31))
    assert AgreementTemplate.objects.count() == 2

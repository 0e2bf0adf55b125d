"""The steps of the form: the way back to the check, how far each is, what is left to print."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships import actions
from partnerships.models import Agreement
from partnerships.rules import Promise
from partnerships.views.steps import progress

CHECK = 6


@pytest.fixture
def client(alice) -> Client:
    browser = Client()
    browser.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def step_of(agreement: Agreement, number: int) -> str:
    return reverse("partnerships:step", args=[agreement.pk, number])


def marks(agreement: Agreement) -> dict[int, str]:
    """What the bar of steps says of each: filled in, lacking something, or nothing."""
    return {
        each["number"]: "gap" if each["has_gap"] else "done"
        for each in progress(agreement, 1)
        if each["has_gap"] or each["is_done"]
    }


@pytest.mark.parametrize("going", ["next", "back"])
def test_a_change_from_the_check_leads_back_to_the_check(client, ready, going):
    check = client.get(step_of(ready, CHECK)).content.decode()
    assert f'href="{step_of(ready, 3)}?then=6"' in check
    page = client.get(step_of(ready, 3), {"then": "6"})
    assert '<input type="hidden" name="then" value="6">' in page.content.decode()
    data = {"company_contact": "Palle Sørup", "owner": ready.owner_id, "go": going, "then": "6"}
    assert client.post(step_of(ready, 3), data)["Location"] == step_of(ready, CHECK)


def test_a_refused_change_still_knows_the_way_back(client, ready):
    answer = client.post(step_of(ready, 4), {"valid_from": "", "go": "next", "then": "6"})
    assert answer.status_code == 422
    assert answer.context["checking"]


@pytest.mark.parametrize("then", ["", "7", "//example.invalid/", "1"])
def test_anything_else_in_the_address_leads_nowhere_special(client, ready, then):
    data = {"company_contact": "Palle", "owner": ready.owner_id, "go": "next", "then": then}
    assert client.post(step_of(ready, 3), data)["Location"] == step_of(ready, 4)
    assert not client.get(step_of(ready, 3), {"then": then}).context["checking"]


def test_a_step_is_filled_in_by_its_answers_not_by_being_passed(draft, fill, alice):
    assert marks(draft) == {}
    actions.save_signatories(
        agreement=draft,
        by=alice,
        company_signatory="",
        company_signatory_title="",
        organisation_signatory="Vibe Sølund",
        organisation_signatory_title="",
        place="",
    )
    assert marks(draft) == {1: "done", 2: "gap", 3: "done", 4: "gap", 5: "gap"}
    Agreement.objects.filter(pk=draft.pk).update(company_contact="")
    draft.refresh_from_db()
    assert 3 not in marks(draft)
    fill(draft)
    assert marks(Agreement.objects.get(pk=draft.pk)) == {1: "done", 2: "done", 4: "done", 5: "done"}


def test_the_check_is_done_when_it_has_been_sent(sent):
    assert marks(sent)[CHECK] == "done"


def test_the_paper_can_be_seen_from_the_second_step_on(client, ready):
    paper = f'href="{reverse("partnerships:paper", args=[ready.pk])}"'
    shown = [
        number
        for number in range(1, 7)
        if paper in client.get(step_of(ready, number)).content.decode()
    ]
    assert shown == [2, 3, 4, 5, 6]


def test_one_paper_is_offered_first_and_the_others_are_folded(client, sent):
    for url in (reverse("partnerships:agreement", args=[sent.pk]), step_of(sent, 7)):
        page = client.get(url).content.decode()
        first, folded = page.split("Andre udgaver")
        assert first.count(reverse("partnerships:paper", args=[sent.pk])) == 1
        assert folded.count(reverse("partnerships:paper", args=[sent.pk])) == 4


def test_points_in_our_own_words_are_said_to_be_in_one_language_only(client, draft, alice):
    suggested = draft.template.points.get(number=1).commitment_da
    own = [Promise(number, "Vores egne ord.") for number in (4, 7)]
    actions.save_points(agreement=draft, by=alice, promises=[Promise(1, suggested), *own])
    url = reverse("partnerships:agreement", args=[draft.pk])
    assert "Punkt 4 og 7 er kun skrevet på dansk" in client.get(url).content.decode()
    actions.save_points(agreement=draft, by=alice, promises=[Promise(1, suggested)])
    assert "kun skrevet" not in client.get(url).content.decode()


def test_an_ended_agreement_is_not_said_to_be_renegotiated(client, active, alice):
    actions.end_agreement(agreement=active, by=alice, on=active.signed_on, reason="Lukket.")
    page = client.get(reverse("partnerships:agreement", args=[active.pk])).content.decode()
    assert "<dt>Genforhandles</dt>" not in page
    rows = client.get(
        reverse("partnerships:list"), {"status": "ended"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert active.company_name in rows
    assert "genforhandles " not in rows

"""Each reason to contact a firm turns up on the home page, and goes when it is dealt with."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import AreaKind, Role
from accounts.models import Absence, Organisation, WorkingArea
from cabi_crm.db import local_moment
from cabi_crm.pages.today import day_of
from companies import actions
from companies.enums import (
    ActivityKind,
    EnquiryChannel,
    Outcome,
    RelationshipLevel,
    SuggestionAnswer,
)
from companies.models import AnsweredSuggestion, Enquiry, SeasonPeak, VisitWindow
from partnerships.enums import AgreementStatus
from partnerships.models import Agreement, AgreementTemplate
from tests.factories import ActivityFactory, CompanyFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(local_moment(MONDAY).replace(hour=9), tick=False):
        yield


@pytest.fixture
def alice():
    Organisation.objects.update_or_create(
        pk=1, defaults={"label": "Jobcenter Prøveby", "municipality_code": "0330"}
    )
    return UserFactory(name="Alice Prøvesen", language="da")


def days(number: int) -> date:
    return MONDAY + timedelta(days=number)


def firm(owner, name="Auto A", **more):
    return WorkplaceFactory(company=CompanyFactory(name=name), owner=owner, **more)


def spoken(place, ago: int, **more):
    return ActivityFactory(
        workplace=place, user=place.owner, starts_at=timezone.now() - timedelta(days=ago), **more
    )


def suggested(user) -> dict[str, str]:
    """Firm and why, as the day says it."""
    return {each.name: each.why for each in day_of(user, timezone.now()).suggestions}


def enquiry(**more):
    now = timezone.now()
    fields = {
        "channel": EnquiryChannel.PHONE,
        "subject": "Hjælp til lageret",
        "received_at": now,
        "due_at": now + timedelta(hours=5),
    }
    return Enquiry.objects.create(**fields | more)


def agreement(owner, place, renew_on: date) -> Agreement:
    return Agreement.objects.create(
        number="2025-901",
        workplace=place,
        company=place.company,
        template=AgreementTemplate.objects.first(),
        owner=owner,
        status=AgreementStatus.ACTIVE,
        company_name=place.name,
        signed_on=days(-300),
        valid_from=days(-300),
        renew_on=renew_on,
    )


def test_a_colleague_owes_my_firm_an_answer(alice):
    place = firm(alice)
    asked = enquiry(workplace=place, assigned_to=UserFactory())
    assert suggested(alice) == {"Auto A": "De venter på svar: Hjælp til lageret"}
    Enquiry.objects.filter(pk=asked.pk).update(assigned_to=alice)
    assert suggested(alice) == {}, "it stands on the agenda instead"


def test_a_season_is_near_until_we_speak_with_the_firm(alice):
    place = firm(alice)
    SeasonPeak.objects.create(workplace=place, name="Granlægning", from_week=52, to_week=53)
    assert suggested(alice) == {"Auto A": "Travlt om 4 uger (granlægning). Vær på forkant."}
    actions.log_activity(
        workplace=place,
        by=alice,
        kind=ActivityKind.CALL,
        starts_at=timezone.now(),
        outcome=Outcome.POSITIVE,
    )
    assert suggested(alice) == {}


def test_a_season_that_runs_leaves_the_firm_alone(alice):
    place = firm(alice, level=RelationshipLevel.PARTNERSHIP)
    spoken(place, 112)
    assert list(suggested(alice)) == ["Auto A"]
    SeasonPeak.objects.create(workplace=place, name="Jul", from_week=47, to_week=51)
    assert suggested(alice) == {}


def test_an_agreement_is_up_for_renewal(alice):
    place = firm(alice)
    agreement(alice, place, days(58))
    assert suggested(alice) == {"Auto A": "Aftalen skal genforhandles om 58 dage."}
    Agreement.objects.update(renew_on=days(61))
    assert suggested(alice) == {}


def test_a_not_now_comes_back_when_its_plan_is_gone(alice):
    place = firm(alice)
    visit = spoken(place, 60, outcome=Outcome.NOT_NOW, return_on=days(-2))
    assert suggested(alice) == {
        "Auto A": "De sagde “ikke nu”, og at vi må komme igen 21. november."
    }
    actions.plan_activity(
        workplace=place, by=alice, kind=ActivityKind.CALL, starts_at=local_moment(days(40))
    )
    assert suggested(alice) == {}
    assert visit.return_on


def test_the_cadence_is_overdue_until_somebody_speaks_with_them_or_plans_to(alice):
    place = firm(alice, level=RelationshipLevel.PARTNERSHIP)
    spoken(place, 112)
    assert suggested(alice) == {
        "Auto A": "Partnerskab: 4 kontakter om året, sidst for 112 dage siden."
    }
    plan = actions.plan_activity(
        workplace=place, by=alice, kind=ActivityKind.CALL, starts_at=local_moment(days(7))
    )
    assert suggested(alice) == {}
    actions.remove_activity(activity=plan, by=alice)
    assert list(suggested(alice)) == ["Auto A"]
    spoken(place, 0)
    assert suggested(alice) == {}


def test_a_pause_leaves_a_firm_alone_but_for_what_is_promised(alice):
    place = firm(
        alice, level=RelationshipLevel.PARTNERSHIP, paused_until=days(30), pause_reason="Flytter"
    )
    spoken(place, 112)
    assert suggested(alice) == {}
    agreement(alice, place, days(3))
    assert list(suggested(alice)) == ["Auto A"]


def test_a_new_firm_in_my_postcodes_or_portfolio(alice):
    firm(None, "Ny i byen", postcode="4200", started_on=days(-18))
    firm(None, "Ny et andet sted", postcode="5000", started_on=days(-18))
    firm(UserFactory(), "Kollegas nye", postcode="4200", started_on=days(-18))
    firm(alice, "Min nye", postcode="5000", started_on=days(-1))
    firm(None, "Gammel", postcode="4200", started_on=days(-91))
    WorkingArea.objects.create(user=alice, kind=AreaKind.POSTCODE, text="4200")
    assert suggested(alice) == {
        "Min nye": "Startede for 1 dag siden.",
        "Ny i byen": "Startede for 18 dage siden.",
    }


def test_a_passive_firm_with_which_much_happens(alice):
    place = firm(alice)
    spoken(place, 30)
    assert suggested(alice) == {}
    spoken(place, 20)
    assert suggested(alice) == {
        "Auto A": "Passiv, men 2 kontakter på et halvt år: passer niveauet stadig?"
    }
    place.level = RelationshipLevel.CONTACT
    place.save()
    assert suggested(alice) == {}


def test_the_reasons_of_a_firm_are_joined(alice):
    place = firm(alice, level=RelationshipLevel.PARTNERSHIP)
    spoken(place, 112)
    SeasonPeak.objects.create(workplace=place, name="Jul", from_week=52, to_week=52)
    found = day_of(alice, timezone.now()).suggestions
    assert [each.also for each in found] == ["Også: det er for længe siden sidste kontakt"]
    assert found[0].token == f"season:2026-W52,cadence:{days(-112).isoformat()}"


def test_good_and_bad_hours_are_said(alice):
    place = firm(alice, level=RelationshipLevel.PARTNERSHIP)
    spoken(place, 112)
    for part in (8, 10, 12):
        VisitWindow.objects.create(workplace=place, weekday=1, part=part, is_good=False)
    VisitWindow.objects.create(workplace=place, weekday=2, part=8)
    (found,) = day_of(alice, timezone.now()).suggestions
    assert (found.bad, found.suits) == ("Ikke om mandagen", "næste gode tid tirsdag 8–10")
    VisitWindow.objects.filter(weekday=1).update(is_good=True)
    (found,) = day_of(alice, timezone.now()).suggestions
    assert (found.bad, found.suits) == ("", "god tid i dag 8–14")


def test_who_covers_sees_it_and_marks_whose_it_is_until_the_owner_is_back(alice):
    bob = UserFactory(name="Bob Prøvesen")
    spoken(firm(bob, level=RelationshipLevel.PARTNERSHIP), 112)
    assert suggested(alice) == {}
    absence = Absence.objects.create(user=bob, starts_on=days(0), ends_on=days(2), cover=alice)
    day = day_of(alice, timezone.now())
    assert [(each.name, each.for_whom) for each in day.suggestions] == [("Auto A", "Bob Prøvesen")]
    assert day.covered == ["Bob Prøvesen"]
    Absence.objects.filter(pk=absence.pk).update(starts_on=days(-3), ends_on=days(-1))
    assert suggested(alice) == {}
    assert list(suggested(bob)) == ["Auto A"]


def test_those_who_own_nothing_get_no_suggestions(alice):
    manager = UserFactory(role=Role.MANAGER)
    spoken(firm(manager, level=RelationshipLevel.PARTNERSHIP), 112)
    assert suggested(manager) == {}


@pytest.fixture
def late(alice):
    place = firm(alice, level=RelationshipLevel.PARTNERSHIP)
    spoken(place, 112)
    return place


def answer(client, place, **said):
    token = f"cadence:{days(-112).isoformat()}"
    url = reverse("companies:suggestion", args=[place.pk])
    return client.post(url, {"reasons": token, **said})


def test_a_suggestion_is_postponed_with_a_reason_and_comes_back_on_its_day(client, alice, late):
    client.force_login(alice)
    said = {"answer": "postponed", "until_in": "2w", "because": "away", "reason": "ferie"}
    response = answer(client, late, **said)
    assert response.status_code == 302
    kept = AnsweredSuggestion.objects.get()
    assert (kept.answer, kept.until) == (SuggestionAnswer.POSTPONED, days(14))
    assert kept.reason == "Kontaktpersonen er væk: ferie"
    assert suggested(alice) == {}
    with time_machine.travel(datetime(2026, 12, 7, 8, tzinfo=timezone.get_current_timezone())):
        assert list(suggested(alice)) == ["Auto A"]


@pytest.mark.parametrize("said", ["done", "dismissed"])
def test_an_answer_takes_it_off_the_list_and_undo_brings_it_back(client, alice, late, said):
    client.force_login(alice)
    answer(client, late, answer=said)
    assert suggested(alice) == {}
    token = f"cadence:{days(-112).isoformat()}"
    client.post(f"{reverse('companies:suggestion_undo', args=[late.pk])}?reasons={token}")
    assert list(suggested(alice)) == ["Auto A"]
    assert not AnsweredSuggestion.objects.exists()


def test_an_answer_counts_for_its_occasion_only(client, alice, late):
    client.force_login(alice)
    answer(client, late, answer="dismissed")
    with time_machine.travel(local_moment(days(1))):
        spoken(late, 0)
    with time_machine.travel(local_moment(days(1 + 91))):
        assert list(suggested(alice)) == ["Auto A"]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"answer": "postponed"}, {"until_in", "because"}),
        ({"answer": "postponed", "until_in": "1w"}, {"because"}),
        ({"answer": "postponed", "until_in": "1w", "because": "other"}, {"reason"}),
        ({"answer": "postponed", "until_in": "date", "because": "busy"}, {"until"}),
        (
            {"answer": "postponed", "until_in": "date", "until": "23.11.2026", "because": "busy"},
            {"until"},
        ),
        ({"answer": "done", "reasons": "nonsense"}, {"reasons"}),
        ({"answer": "perhaps"}, {"answer"}),
        (
            {"answer": "postponed", "until_in": "1w", "because": "other", "reason": "010190-1234"},
            {"reason"},
        ),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, alice, late, said, names):
    client.force_login(alice)
    response = answer(client, late, **said)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == names
    assert not AnsweredSuggestion.objects.exists()


def test_the_row_opens_the_form_by_htmx_and_the_page_stands_alone(client, alice, late):
    client.force_login(alice)
    url = f"{reverse('companies:suggestion', args=[late.pk])}?reasons=season:2026-W52"
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'value="season:2026-W52"' in part
    assert "<html" in client.get(url).content.decode()


def test_a_plan_made_from_a_suggestion_says_what_it_is_about(client, alice, late):
    client.force_login(alice)
    home = client.get("/").content.decode()
    address = re.search(rf'href="({reverse("companies:plan", args=[late.pk])}[^"]*)"', home)[1]
    assert "Partnerskab: 4 kontakter om året" in client.get(address).content.decode()


def test_many_that_were_answered_do_not_hide_the_next(alice):
    places = [firm(alice, f"Firma {n:02}", level=RelationshipLevel.PARTNERSHIP) for n in range(20)]
    for place in places:
        spoken(place, 112)
    for place in places[:18]:
        actions.answer_suggestion(
            workplace=place,
            reasons=[("cadence", days(-112).isoformat())],
            answer=SuggestionAnswer.DISMISSED,
            by=alice,
        )
    assert list(suggested(alice)) == ["Firma 18", "Firma 19"]

"""Each reason to contact a firm turns up on the home page, and goes when it is dealt with."""

import pytest
from django.utils import timezone

from accounts.enums import AreaKind, Role
from accounts.models import Absence, WorkingArea
from cabi_crm.db import local_moment
from cabi_crm.pages.today import day_of
from companies import actions
from companies.enums import (
    ActivityKind,
    Outcome,
    RelationshipLevel,
)
from companies.models import (
    Enquiry,
    SeasonPeak,
    VisitWindow,
)
from partnerships.models import Agreement
from tests.factories import UserFactory
from tests.pages.suggesting import (
    agreement,
    days,
    enquiry,
    firm,
    spoken,
    suggested,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]


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

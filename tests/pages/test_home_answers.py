"""What becomes of a suggestion: done, postponed, dismissed, undone; and that none hides another."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Event
from cabi_crm.db import local_moment
from cabi_crm.pages.suggesting import candidates, season_is_near, season_runs
from cabi_crm.pages.today import day_of
from companies import actions
from companies.actions.activities import keep_dates
from companies.enums import (
    ActivityKind,
    Outcome,
    RelationshipLevel,
    SuggestionAnswer,
)
from companies.models import (
    Activity,
    AnsweredSuggestion,
    SeasonPeak,
    Workplace,
)
from companies.models.portfolio import for_the_bank
from companies.rules.timing import in_peak, next_start, occasion, weeks_until
from tests.factories import UserFactory
from tests.pages.suggesting import (
    MONDAY,
    agreement,
    answer,
    days,
    firm,
    spoken,
    suggested,
    undo,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_morning")]


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
    undo(client, late)
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


def in_season(place):
    SeasonPeak.objects.create(workplace=place, name="Jul", from_week=47, to_week=51)


def test_many_in_their_busy_weeks_do_not_hide_the_next(alice):
    for n in range(18):
        place = firm(alice, f"Optaget {n:02}", level=RelationshipLevel.PARTNERSHIP)
        spoken(place, 150)
        in_season(place)
        SeasonPeak.objects.create(
            workplace=place, name="Vinter", from_week=1, to_week=4, lead_weeks=9
        )
    spoken(firm(alice, "Ledig", level=RelationshipLevel.PARTNERSHIP), 112)
    near = firm(alice, "Sæson")
    SeasonPeak.objects.create(workplace=near, name="Gran", from_week=52, to_week=52)
    assert set(suggested(alice)) == {"Ledig", "Sæson"}


def test_many_we_spoke_with_in_the_lead_time_do_not_hide_the_next(alice):
    for n in range(18):
        place = firm(alice, f"Talt med {n:02}", level=RelationshipLevel.COLLABORATION)
        SeasonPeak.objects.create(workplace=place, name="Gran", from_week=50, to_week=50)
        spoken(place, 3)
    near = firm(alice, "Mangler")
    SeasonPeak.objects.create(workplace=near, name="Gran", from_week=52, to_week=52)
    spoken(near, 20)
    assert list(suggested(alice)) == ["Mangler"]


TURNS_OF_THE_YEAR = (
    *(date(2026, 1, 5), MONDAY, date(2026, 12, 28), date(2027, 1, 1)),
    *(date(2027, 12, 6), date(2027, 12, 27), date(2028, 1, 3)),
)


@pytest.mark.parametrize("weeks", [(53, 53), (52, 2), (53, 1), (50, 3), (1, 1), (2, 52), (1, 53)])
def test_the_database_finds_the_seasons_of_the_rules(alice, weeks):
    place, (first, last) = firm(alice), weeks
    peak = SeasonPeak.objects.create(
        workplace=place, name="Gran", from_week=first, to_week=last, lead_weeks=6
    )
    everywhere = Workplace.objects.all()

    def asked_at(last_contact: datetime | None) -> bool:
        Workplace.objects.update(last_contact_at=last_contact)
        return everywhere.filter(season_is_near(on, [alice.pk])).exists()

    for on in TURNS_OF_THE_YEAR:
        opens = local_moment(next_start(peak, on) - timedelta(weeks=6))
        near = 0 < weeks_until(peak, on) <= 6
        assert everywhere.filter(season_runs(on)).exists() is in_peak(peak, on)
        assert asked_at(None) is asked_at(opens - timedelta(minutes=1)) is near
        assert not asked_at(opens)
        answered = AnsweredSuggestion.objects.create(
            workplace=place,
            kind="season",
            answer="dismissed",
            by=alice,
            occasion=occasion(next_start(peak, on)),
        )
        assert not asked_at(None)
        answered.delete()


def test_an_answer_before_the_call_was_logged_is_about_the_time_before_it(client, alice, late):
    client.force_login(alice)
    answer(client, late, answer="done")
    spoken(late, 0, kind=ActivityKind.CALL)  # an hour before the answer, logged after it
    Activity.objects.filter(kind=ActivityKind.CALL).update(
        starts_at=timezone.now() - timedelta(hours=1)
    )
    keep_dates(Workplace.objects.all())
    with time_machine.travel(local_moment(days(91))):
        assert list(suggested(alice)) == ["Auto A"]


def test_a_come_back_that_was_answered_does_not_hide_the_next_one(alice):
    place = firm(alice)
    spoken(place, 60, outcome=Outcome.NOT_NOW, return_on=days(-2))
    actions.answer_suggestion(
        workplace=place, reasons=[("come_back", days(-2).isoformat())], answer="done", by=alice
    )
    assert suggested(alice) == {}
    Activity.objects.update(return_on=days(-1))
    assert list(suggested(alice)) == ["Auto A"]


def test_a_firm_nobody_spoke_with_comes_up_for_its_new_owner(alice):
    bob, since = UserFactory(), days(-200)
    place = firm(bob, level=RelationshipLevel.CONTACT, owner_since=since)
    actions.answer_suggestion(
        workplace=place, reasons=[("cadence", since.isoformat())], answer="dismissed", by=bob
    )
    assert suggested(bob) == {}
    actions.set_owner(workplace=place, owner=alice, by=bob)
    with time_machine.travel(local_moment(days(183))):
        assert list(suggested(alice)) == ["Auto A"]


@pytest.mark.parametrize("said", ["done", "dismissed"])
def test_without_a_contact_a_cadence_comes_back_after_its_interval(client, alice, late, said):
    client.force_login(alice)
    url = answer(client, late, answer=said)["Location"]
    assert "er taget af listen indtil 22. februar 2027" in client.get(url).content.decode()
    with time_machine.travel(local_moment(days(90))):
        assert suggested(alice) == {}
    with time_machine.travel(local_moment(days(91))):
        assert list(suggested(alice)) == ["Auto A"]


def test_without_a_new_agreement_a_renewal_comes_back_after_a_month(alice):
    place = firm(alice)
    made = agreement(alice, place, days(58))
    reasons = [("renewal", f"{made.number} {days(58).isoformat()}")]
    _event, until = actions.answer_suggestion(
        workplace=place, reasons=reasons, answer="dismissed", by=alice
    )
    assert until == days(30)
    assert suggested(alice) == {}
    with time_machine.travel(local_moment(days(30))):
        assert list(suggested(alice)) == ["Auto A"]


def test_a_plan_of_a_former_owner_does_not_keep_the_new_one_from_calling(alice):
    place, bob = firm(alice, level=RelationshipLevel.PARTNERSHIP), UserFactory()
    spoken(place, 112)
    plan = actions.plan_activity(
        workplace=place, by=bob, kind=ActivityKind.CALL, starts_at=local_moment(days(-14))
    )
    assert suggested(alice) == {}, "a colleague may still do it"
    with time_machine.travel(local_moment(days(1))):
        assert list(suggested(alice)) == ["Auto A"]
    Activity.objects.filter(pk=plan.pk).update(user=alice)
    with time_machine.travel(local_moment(days(1))):
        assert suggested(alice) == {}, "it stands on her agenda, overdue"
        assert [item.key for item in day_of(alice, timezone.now()).agenda.overdue] == [plan.pk]


def test_a_check_of_the_level_is_postponed_beyond_the_month(alice):
    place = firm(alice)
    spoken(place, 30)
    spoken(place, 20)
    actions.answer_suggestion(
        workplace=place,
        reasons=[("bank_check", "2026-11")],
        answer="postponed",
        until=days(28),
        reason="Travlt",
        by=alice,
    )
    for ahead, found in ((0, []), (14, []), (27, []), (28, ["Auto A"])):
        with time_machine.travel(local_moment(days(ahead))):
            assert list(suggested(alice)) == found
            assert [
                each.name for each in for_the_bank(Workplace.objects.all(), days(ahead))
            ] == found
    SeasonPeak.objects.create(workplace=place, name="Gran", from_week=2, to_week=3, lead_weeks=9)
    with time_machine.travel(local_moment(days(14))):
        (found,) = day_of(alice, timezone.now()).suggestions
        assert (found.token, found.also) == ("season:2027-W02", "")


def test_undo_brings_the_answer_before_back(client, alice, late):
    client.force_login(alice)
    said = {"answer": "postponed", "until_in": "2w", "because": "away"}
    answer(client, late, **said)
    before = AnsweredSuggestion.objects.values("answer", "until", "reason", "by").get()
    with time_machine.travel(local_moment(days(20))):
        answer(client, late, answer="dismissed")
        undo(client, late)
    assert AnsweredSuggestion.objects.values("answer", "until", "reason", "by").get() == before


def test_undo_leaves_an_answer_that_somebody_gave_since(client, alice, late):
    client.force_login(alice)
    answer(client, late, answer="dismissed")
    bob = UserFactory()
    actions.answer_suggestion(
        workplace=late, reasons=[("cadence", days(-112).isoformat())], answer="done", by=bob
    )
    url = reverse("companies:suggestion_undo", args=[late.pk])
    mine = Event.objects.get(action="suggestion_answered", actor=alice)
    assert (
        "Nogen har ændret Auto A siden."
        in client.post(f"{url}?event={mine.pk}", follow=True).content.decode()
    )
    theirs = Event.objects.get(action="suggestion_answered", actor=bob)
    client.post(f"{url}?event={theirs.pk}")
    client.post(url)
    kept = AnsweredSuggestion.objects.get()
    assert (kept.answer, kept.by) == ("done", bob)


def test_those_nobody_spoke_with_come_before_those_we_spoke_with_longest_ago(alice):
    for n in range(15):
        spoken(firm(alice, f"Talt med {n:02}", level=RelationshipLevel.CONTACT), 300)
    never = firm(alice, "Aldrig", level=RelationshipLevel.CONTACT, owner_since=days(-200))
    assert never in candidates([alice], MONDAY, [])


def test_a_postponement_without_a_reason_stays_in_its_row(client, alice, late):
    client.force_login(alice)
    url = reverse("companies:suggestion", args=[late.pk])
    said = {"reasons": f"cadence:{days(-112).isoformat()}", "answer": "postponed", "until_in": "1w"}
    refused = client.post(url, said, headers={"HX-Request": "true"})
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()
    assert "Hvorfor senere? Vælg en grund." in refused.content.decode()
    kept = client.post(url, said | {"because": "busy"}, headers={"HX-Request": "true"})
    assert kept["HX-Redirect"] == reverse("home")

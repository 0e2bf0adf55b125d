"""Visiting times, busy seasons, limits and pauses; planning at a bad time asks once."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Draft, Event
from cabi_crm.db import local_moment
from companies import actions
from companies.documents.timing import asks, asks_this_month, seasons_of, timing_warnings
from companies.enums import ActivityKind, Outcome
from companies.models import Activity, SeasonPeak, VisitWindow, Workplace
from tests.factories import ActivityFactory, UserFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
SPRUCE = {"name": "Spruce", "from_week": 40, "to_week": 47, "lead_weeks": 4, "note": ""}


@pytest.fixture
def alice():
    return UserFactory(name="Alice Prøvesen", language="en")


@pytest.fixture
def place():
    return WorkplaceFactory()


@pytest.fixture
def web(client, alice):
    client.force_login(alice)
    return client


def url(name, *args):
    return reverse(f"companies:{name}", args=args)


def events():
    return list(Event.objects.order_by("pk").values_list("action", flat=True))


def coming(weekday, at=None):
    """The next such weekday, at least a week ahead and no holiday in sight of the tests."""
    day = timezone.localdate() + timedelta(days=7)
    return local_moment(day + timedelta(days=(weekday - day.isoweekday()) % 7), at)


# Seasons


def test_a_season_is_added_changed_deleted_and_brought_back(web, place):
    response = web.post(url("seasons", place.pk), SPRUCE, follow=True)
    season = SeasonPeak.objects.get()
    text = response.content.decode()
    assert "Spruce, weeks 40–47." in text
    assert f'action="{url("season_remove", season.pk)}"' in text
    web.post(url("season_edit", season.pk), SPRUCE | {"to_week": "46", "note": "To ekstra"})
    season.refresh_from_db()
    assert (season.to_week, season.note) == (46, "To ekstra")
    web.post(url("season_remove", season.pk))
    assert not place.season_peaks.exists()
    web.post(url("season_restore", season.pk))
    assert place.season_peaks.get() == season
    assert events() == ["season_added", "season_edited", "season_removed", "season_restored"]


def test_a_season_sent_twice_is_one(web, place):
    said = SPRUCE | {"submission": str(uuid.uuid4())}
    for _ in range(2):
        web.post(url("seasons", place.pk), said)
    assert SeasonPeak.objects.count() == 1
    assert events() == ["season_added"]


def test_a_season_without_weeks_is_refused_and_keeps_what_was_typed(web, place):
    response = web.post(url("seasons", place.pk), {"name": "Spruce", "lead_weeks": "4"})
    assert response.status_code == 422
    assert 'value="Spruce"' in response.content.decode()
    assert set(response.context["form"].errors) == {"from_week", "to_week"}


def test_a_season_tells_when_it_is_time_to_be_ahead(place):
    SeasonPeak.objects.create(workplace=place, **SPRUCE)
    assert seasons_of(place, date(2026, 9, 2)).lines[0].due != ""
    assert seasons_of(place, date(2026, 10, 1)).lines[0].is_on
    assert seasons_of(place, date(2026, 12, 1)).lines[0].due == ""


def test_saving_a_season_throws_its_draft_away(web, alice, place):
    actions_draft = Draft(user=alice, form=f"season-w{place.pk}", saved_at=timezone.now())
    actions_draft.values = [["name", "Spr"]]
    actions_draft.save()
    assert "You began to write here" in web.get(url("seasons", place.pk)).content.decode()
    web.post(url("seasons", place.pk), SPRUCE)
    assert not Draft.objects.exists()


# What we agreed on contact


def test_what_was_agreed_is_saved_with_its_event(web, place):
    said = {"preferred_channel": "phone", "asks_a_month": "2", "rest_weeks": "3"}
    web.post(url("contact_terms", place.pk), said)
    place.refresh_from_db()
    assert (place.preferred_channel, place.asks_a_month, place.rest_weeks) == ("phone", 2, 3)
    assert events() == ["contact_terms_saved"]


def test_a_pause_says_until_when_and_why(web, place):
    day = timezone.localdate() + timedelta(days=30)
    response = web.post(url("contact_terms", place.pk), {"paused_until": day.isoformat()})
    assert set(response.context["form"].errors) == {"pause_reason"}
    response = web.post(url("contact_terms", place.pk), {"pause_reason": "Flytter"})
    assert set(response.context["form"].errors) == {"paused_until"}
    past = {"paused_until": "2026-01-01", "pause_reason": "Flytter"}
    response = web.post(url("contact_terms", place.pk), past)
    assert set(response.context["form"].errors) == {"paused_until"}
    assert not Workplace.objects.exclude(paused_until=None).exists()


def test_a_pause_is_ended_in_one_tap_and_taken_up_again(web, place):
    day = timezone.localdate() + timedelta(days=30)
    said = {"paused_until": day.isoformat(), "pause_reason": "Flytter"}
    web.post(url("contact_terms", place.pk), said)
    response = web.post(url("pause_end", place.pk), follow=True)
    place.refresh_from_db()
    assert place.paused_until is None
    undo = url("pause_resume", place.pk, day.isoformat())
    assert f'action="{undo}"' in response.content.decode()
    web.post(undo)
    place.refresh_from_db()
    assert (place.paused_until, place.pause_reason) == (day, "Flytter")
    assert events() == ["contact_terms_saved", "pause_ended", "pause_resumed"]


def test_a_pause_that_never_was_is_not_taken_up(web, place):
    web.post(url("pause_resume", place.pk, "2027-01-01"))
    assert web.post(url("pause_resume", place.pk, "no-day")).status_code == 404
    place.refresh_from_db()
    assert place.paused_until is None


def test_asking_is_counted_by_the_month(place):
    today = timezone.localdate()
    for offer, more in (("To timer om ugen", {}), ("", {}), ("En mere", {"planned": True})):
        ActivityFactory(workplace=place, offer=offer, starts_at=timezone.now(), **more)
    ActivityFactory(workplace=place, offer="Før", starts_at=timezone.now() - timedelta(days=70))
    ActivityFactory(offer="Et andet sted", starts_at=timezone.now())
    assert asks_this_month(place) == 2
    assert asks(place, today)[1] == timezone.localdate() - timedelta(days=70)


def test_rest_counts_from_when_they_were_asked_and_not_from_a_visit(place):
    place.rest_weeks = 3
    place.save()
    yesterday = timezone.now() - timedelta(days=1)
    tomorrow = timezone.now() + timedelta(days=1)
    visit = ActivityFactory(workplace=place, starts_at=yesterday)

    def rests():
        bad = timing_warnings(place, tomorrow, ActivityKind.CALL)
        return "rest" in [each.kind.value for each in bad]

    assert not rests()
    Activity.objects.filter(pk=visit.pk).update(offer="To timer om ugen")
    assert rests()


# Planning


def plan_data(moment, **more):
    at = timezone.localtime(moment)
    said = {"kind": "visit", "on": at.date().isoformat(), "submission": str(uuid.uuid4())}
    return {**said, "at": at.strftime("%H.%M"), **more}


def test_planning_at_a_bad_time_asks_once_and_keeps_what_was_typed(web, place):
    for part in (8, 10, 12, 14):
        VisitWindow.objects.create(workplace=place, weekday=1, part=part, is_good=False)
    said = plan_data(coming(1).replace(hour=9), note="Om praktik")
    response = web.post(url("plan", place.pk), said)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Monday does not suit them." in text
    assert "Om praktik" in text
    assert not Activity.objects.exists()
    done = web.post(url("plan", place.pk), said | {"anyway": "1"}, follow=True)
    assert "The plan is saved. Note: Monday does not suit them." in done.content.decode()
    assert Activity.objects.open().get().note == "Om praktik"


def test_planning_at_a_good_time_asks_nothing(web, place):
    VisitWindow.objects.create(workplace=place, weekday=1, part=8, is_good=False)
    web.post(url("plan", place.pk), plan_data(coming(3).replace(hour=9)))
    assert Activity.objects.open().exists()


def test_the_line_under_the_time_says_it_while_it_is_chosen(web, place):
    place.paused_until, place.pause_reason = coming(5).date() + timedelta(days=90), "Flytter"
    place.save()
    said = {"kind": "visit", "on": coming(3).date().isoformat(), "at": "9.00"}
    response = web.get(url("plan", place.pk), said, headers={"HX-Target": "timing"})
    text = response.content.decode()
    assert "They want a pause" in text
    assert "<html" not in text
    half = web.get(url("plan", place.pk), {"on": "31.2."}, headers={"HX-Target": "timing"})
    assert half.content.decode().strip() == ""


def test_moving_nothing_doubts_nothing_again(web, alice, place):
    place.paused_until, place.pause_reason = coming(5).date() + timedelta(days=90), "Flytter"
    place.save()
    moment = coming(3).replace(hour=9)
    plan = ActivityFactory(planned=True, workplace=place, user=alice, starts_at=moment)
    web.post(url("activity_edit", plan.pk), plan_data(moment, kind=plan.kind, note="Ny tekst"))
    plan.refresh_from_db()
    assert plan.note == "Ny tekst"
    moved = plan_data(moment + timedelta(days=1), kind=plan.kind)
    assert web.post(url("activity_edit", plan.pk), moved).status_code == 422


def test_a_plan_does_not_speak_against_itself(alice, place):
    place.asks_a_month = 1
    place.save()
    plan = ActivityFactory(planned=True, workplace=place, user=alice, offer="Én til")
    assert timing_warnings(place, plan.starts_at, ActivityKind.VISIT, besides=plan) == []
    assert [
        each.kind.value for each in timing_warnings(place, plan.starts_at, ActivityKind.VISIT)
    ] == ["asked_enough"]


def test_a_plan_sent_twice_does_not_speak_against_itself(web, place):
    place.asks_a_month = 1
    place.save()
    said = plan_data(coming(3).replace(hour=9), offer="Én til")
    assert [web.post(url("plan", place.pk), said).status_code for _ in range(2)] == [302, 302]
    assert Activity.objects.count() == 1


def test_a_day_on_which_we_are_closed_is_said(place):
    christmas = local_moment(date(2026, 12, 25))
    kinds = [each.kind.value for each in timing_warnings(place, christmas, ActivityKind.VISIT)]
    assert kinds == ["closed"]


def test_planning_costs_few_queries(web, place, django_assert_max_num_queries):
    for week in range(1, 30):
        SeasonPeak.objects.create(workplace=place, **{**SPRUCE, "from_week": week})
    with django_assert_max_num_queries(10):
        web.get(url("plan", place.pk))
    with django_assert_max_num_queries(10):
        web.get(url("seasons", place.pk))


# The week


def test_the_week_is_said_square_by_square(web, place):
    VisitWindow.objects.create(workplace=place, weekday=2, part=8)
    text = web.get(url("visit_times", place.pk)).content.decode()
    assert text.count('type="radio"') == 60
    web.post(
        url("visit_times", place.pk), {"slot-1-8": "avoid", "slot-2-8": "", "slot-5-14": "good"}
    )
    found = set(VisitWindow.objects.values_list("weekday", "part", "is_good"))
    assert found == {(1, 8, False), (5, 14, True)}


def test_saving_the_week_is_undone_to_what_was_known(web, place):
    VisitWindow.objects.create(workplace=place, weekday=2, part=8)
    VisitWindow.objects.create(workplace=place, weekday=3, part=8, is_good=False)
    said = {"slot-1-8": "avoid", "slot-2-8": "", "slot-3-8": "avoid"}
    text = web.post(url("visit_times", place.pk), said, follow=True).content.decode()
    undo = f"{url('visit_times', place.pk)}?before="
    address = text.split(f'action="{undo}')[1].split('"')[0]
    web.post(undo + address)
    found = set(VisitWindow.objects.values_list("weekday", "part", "is_good"))
    assert found == {(2, 8, True), (3, 8, False)}


# What a visit notes goes with it


def log(place, by, **more):
    said = {"kind": ActivityKind.VISIT, "starts_at": timezone.now(), "outcome": Outcome.POSITIVE}
    return actions.log_activity(workplace=place, by=by, **{**said, **more})


def windows():
    return set(VisitWindow.objects.values_list("weekday", "part", "is_good"))


def test_undo_takes_back_the_good_times_it_noted(place, alice):
    VisitWindow.objects.create(
        workplace=place, weekday=1, part=8, is_good=False, said_on=date(2026, 1, 1)
    )
    visit = log(place, alice, good_times=[(1, 8), (2, 8)])
    assert windows() == {(1, 8, True), (2, 8, True)}
    actions.remove_activity(activity=visit, by=alice)
    assert windows() == {(1, 8, False)}
    assert VisitWindow.objects.get().said_on == date(2026, 1, 1)
    visit.refresh_from_db()
    actions.restore_activity(activity=visit, by=alice)
    assert windows() == {(1, 8, True), (2, 8, True)}


def test_a_good_time_that_another_visit_noted_too_stays(place, alice):
    first = log(place, alice, good_times=[(1, 8)])
    log(place, alice, good_times=[(1, 8)])
    actions.remove_activity(activity=first, by=alice)
    assert windows() == {(1, 8, True)}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("before", [None, False])
def test_a_good_time_goes_with_the_last_visit_that_noted_it(place, alice, order, before):
    if before is not None:
        VisitWindow.objects.create(workplace=place, weekday=1, part=8, is_good=before)
    known = windows()
    visits = [log(place, alice, good_times=[(1, 8)]) for _twice in range(2)]
    for number in order:
        actions.remove_activity(activity=visits[number], by=alice)
    assert windows() == known
    for number in order:
        actions.restore_activity(activity=Activity.objects.get(pk=visits[number].pk), by=alice)
    assert windows() == {(1, 8, True)}
    for number in reversed(order):
        visit = Activity.objects.get(pk=visits[number].pk)
        actions.remove_activity(activity=visit, by=alice)
    assert windows() == known


def test_what_was_said_between_two_visits_is_not_forgotten(place, alice):
    first = log(place, alice, good_times=[(1, 8)])
    actions.save_visit_windows(workplace=place, slots={(1, 8): False}, by=alice)
    second = log(place, alice, good_times=[(1, 8)])
    for visit in (first, second):
        actions.remove_activity(activity=visit, by=alice)
    assert windows() == {(1, 8, False)}


def test_a_time_that_was_changed_since_stays_as_it_is(place, alice):
    visit = log(place, alice, good_times=[(1, 8)])
    actions.save_visit_windows(workplace=place, slots={(1, 8): False}, by=alice)
    actions.remove_activity(activity=visit, by=alice)
    assert windows() == {(1, 8, False)}


def test_editing_a_visit_makes_its_times_exactly_those(place, alice):
    visit = log(place, alice, good_times=[(1, 8), (1, 10)])
    actions.edit_activity(activity=visit, by=alice, changes={}, good_times=[(1, 10), (3, 8)])
    assert windows() == {(1, 10, True), (3, 8, True)}
    actions.edit_activity(activity=visit, by=alice, changes={"note": "Kun noten"})
    assert windows() == {(1, 10, True), (3, 8, True)}

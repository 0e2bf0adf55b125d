"""What the visit, plan, profile and contact forms accept, and what they say."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from companies.forms.activities import VisitForm
from companies.forms.timing import PlanForm
from companies.forms.workplaces import ContactForm, ProfileForm
from companies.rules import step_day
from tests.factories import ContactPersonFactory, UserFactory, WorkplaceFactory


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def visit(**said):
    return VisitForm(
        {"kind": "visit", "on": timezone.localdate().isoformat(), "at": "9.45", **said}
    )


def test_the_outcome_is_the_only_thing_that_must_be_said():
    assert visit(outcome="positive").is_valid()
    form = visit()
    assert not form.is_valid()
    assert form.errors == {"outcome": ["Choose how it went."]}


def test_a_note_needs_no_outcome():
    assert visit(kind="note", note="Husk gaven.").is_valid()


@pytest.mark.parametrize(
    ("said", "field", "message"),
    [
        ({"outcome": "not_now"}, "return_in", "Say when we may come back."),
        ({"outcome": "not_now", "return_in": "date"}, "return_on", "Say when we may come back."),
        (
            {"outcome": "not_now", "return_on": "2020-01-01"},
            "return_on",
            "This day must come after the visit.",
        ),
        (
            {"outcome": "positive", "next_step": "date"},
            "next_step_on",
            "Choose the day of the next step.",
        ),
        (
            {"outcome": "positive", "next_step": "date", "next_step_on": "2020-01-01"},
            "next_step_on",
            "This day must come after the visit.",
        ),
        ({"outcome": "positive", "good_days": ["1"]}, "good_parts", "Choose both days and hours."),
        ({"outcome": "positive", "good_parts": ["8"]}, "good_days", "Choose both days and hours."),
        (
            {"outcome": "positive", "on": "2099-01-01"},
            "on",
            "This day has not come yet. Plan it instead of logging it.",
        ),
        (
            {"outcome": "positive", "note": "Borger 010270-1234 kan begynde."},
            "note",
            "“Note” holds something that looks like a CPR number. Take it out.",
        ),
        (
            {"outcome": "positive", "offer": "0102701234"},
            "offer",
            "“Concrete offer” holds something that looks like a CPR number. Take it out.",
        ),
    ],
)
def test_what_does_not_add_up_is_said_at_its_field(said, field, message):
    form = visit(**said)
    assert not form.is_valid()
    assert form.errors == {field: [message]}


def test_a_return_date_is_dropped_when_it_is_not_asked_for():
    form = visit(outcome="positive", return_on="2099-01-01")
    assert form.is_valid()
    assert form.details["return_on"] is None


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ({"return_in": "1m"}, date(2026, 2, 20)),
        ({"return_in": "3m"}, date(2026, 4, 20)),
        ({"return_in": "6m", "return_on": "2099-01-01"}, date(2026, 7, 20)),
        ({"return_in": "date", "return_on": "2026-03-01"}, date(2026, 3, 1)),
        ({"return_on": "2026-03-01"}, date(2026, 3, 1)),
        ({"later": "1"}, date(2026, 2, 20)),
        ({"later": "1", "return_on": "2026-03-01"}, date(2026, 3, 1)),
    ],
)
def test_a_return_is_tapped_or_typed_and_finishing_later_counts_a_month(said, day):
    form = visit(outcome="not_now", on="2026-01-20", **said)
    assert form.is_valid(), form.errors
    assert form.details["return_on"] == day


def test_days_times_hours_are_slots():
    form = visit(outcome="positive", good_days=["1", "2"], good_parts=["8", "14"])
    assert form.is_valid()
    assert form.sightings["good_times"] == [(1, 8), (1, 14), (2, 8), (2, 14)]


def test_the_moment_is_in_copenhagen():
    form = visit(outcome="positive", on="2026-07-01", at="9.45")
    assert form.is_valid()
    assert form.details["starts_at"].isoformat() == "2026-07-01T09:45:00+02:00"


@pytest.mark.parametrize(
    ("choice", "on", "day"),
    [
        ("1w", date(2026, 11, 23), date(2026, 11, 30)),
        ("2w", date(2026, 11, 23), date(2026, 12, 7)),
        ("1m", date(2026, 11, 23), date(2026, 12, 23)),
        ("1m", date(2026, 1, 31), date(2026, 3, 2)),  # 28 February is a Saturday
        ("1m", date(2026, 12, 31), date(2027, 2, 1)),  # 31 January is a Sunday
        ("1w", date(2026, 11, 21), date(2026, 11, 30)),
        ("3m", date(2026, 11, 23), date(2027, 2, 23)),
        ("6m", date(2026, 8, 31), date(2027, 3, 1)),  # 28 February is a Sunday
        ("date", date(2026, 11, 23), None),
        ("", date(2026, 11, 23), None),
    ],
)
def test_a_promised_day_is_a_working_day(choice, on, day):
    assert step_day(choice, on) == day


def test_a_plan_lies_ahead():
    form = PlanForm({"kind": "visit", "on": (timezone.localdate() - timedelta(days=1)).isoformat()})
    assert not form.is_valid()
    assert form.errors == {"on": ["This day is over. Log it instead of planning it."]}


def test_a_plan_may_wait_with_its_hour():
    form = PlanForm({"kind": "call", "on": timezone.localdate().isoformat(), "agreed": "on"})
    assert form.is_valid()
    assert (form.details["starts_at"].hour, form.details["status"]) == (0, "agreed")


@pytest.mark.django_db
def test_who_opened_the_door_did_so_on_a_day():
    alice, place = UserFactory(), WorkplaceFactory()
    form = ProfileForm(
        {"level": "contact", "sector": "private", "opened_by": alice.pk}, workplace=place
    )
    assert not form.is_valid()
    assert form.errors == {"opened_on": ["Say when the door was opened."]}


@pytest.mark.django_db
def test_an_owner_who_has_left_stays_on_the_form():
    place = WorkplaceFactory(owner=UserFactory(is_active=False, name="Tidligere Nr1"))
    choices = [label for _, label in ProfileForm(workplace=place).fields["owner"].choices]
    assert choices == ["Nobody", "Tidligere Nr1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "valid"),
    [("10 20 30 41", True), ("+45 10203041", True), ("", True), ("1020", False), ("ring", False)],
)
def test_a_phone_number_has_its_digits(typed, valid):
    person = ContactPersonFactory()
    assert ContactForm({"name": "Bo Nr1", "phone": typed}, instance=person).is_valid() is valid

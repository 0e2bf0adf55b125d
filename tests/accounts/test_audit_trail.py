"""The audit trail: complete, sealed, and closed to change."""

from contextlib import suppress
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.actions import broken_events, record
from accounts.models import Event, EventChain
from accounts.rules import event_hash
from tests.conftest import triggers_lifted
from tests.world import World

pytestmark = pytest.mark.django_db


def tamper(statement: str) -> None:
    with triggers_lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def trail(world: World) -> list[Event]:
    by = world.users["consultant"]
    return [record(f"tried_{n}", by=by, on=world.workplace, changes={"n": n}) for n in range(5)]


def test_an_event_says_who_did_what_to_which_object(world: World) -> None:
    by = world.users["consultant"]
    event = record("visit_logged", by=by, on=world.workplace, changes={"outcome": ["", "positive"]})
    event.refresh_from_db()
    assert (event.actor, event.actor_role, event.action) == (by, "consultant", "visit_logged")
    assert (event.object_type, event.object_id) == ("companies.workplace", str(world.workplace.pk))
    assert event.changes == {"outcome": ["", "positive"]}


def test_each_event_carries_the_hash_of_the_one_before(trail: list[Event]) -> None:
    for before, after in pairwise(trail):
        assert after.previous_hash == before.hash


def test_an_untouched_trail_is_whole(trail: list[Event], capsys: pytest.CaptureFixture) -> None:
    assert list(broken_events()) == []
    call_command("audit_verify")
    assert "whole" in capsys.readouterr().out


@pytest.mark.parametrize(
    "verb", ["UPDATE accounts_event SET action = 'x'", "DELETE FROM accounts_event"]
)
def test_the_database_refuses_to_change_the_trail(trail: list[Event], verb: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert Event.objects.count() >= len(trail)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_event SET action = 'nothing' WHERE id = {middle}",
        "UPDATE accounts_event SET actor_id = NULL WHERE id = {middle}",
        "UPDATE accounts_event SET changes = '{{}}' WHERE id = {middle}",
        "DELETE FROM accounts_event WHERE id = {middle}",
        "DELETE FROM accounts_event WHERE id = {last}",
        "UPDATE accounts_eventchain SET length = length + 1",
    ],
)
def test_every_tampering_is_found(trail: list[Event], statement: str) -> None:
    tamper(statement.format(middle=trail[2].pk, last=trail[-1].pk))
    assert list(broken_events()) != []
    with pytest.raises(CommandError, match="broken"):
        call_command("audit_verify", stderr=StringIO())


def test_an_event_forged_with_a_right_hash_still_breaks_the_chain(trail: list[Event]) -> None:
    forged = event_hash(trail[1].hash, trail[2].at, {"action": "forged"})
    statement = "UPDATE accounts_event SET hash = '{forged}' WHERE id = {pk}"
    tamper(statement.format(forged=forged, pk=trail[2].pk))
    assert len(list(broken_events())) >= 2


def test_the_head_follows_the_trail(trail: list[Event]) -> None:
    head = EventChain.objects.get()
    assert head.last_hash == trail[-1].hash
    assert head.length == Event.objects.count()


def test_nothing_is_recorded_when_the_action_fails(world: World) -> None:
    before = Event.objects.count()
    with suppress(RuntimeError), transaction.atomic():
        record("half_done", by=None)
        raise RuntimeError
    assert Event.objects.count() == before
    assert list(broken_events()) == []

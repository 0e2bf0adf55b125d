"""Every address × every role × every method, plain and from htmx: only what the table says."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.security.access import ROLES, STRANGERS, TABLE, Rule
from tests.tables import fingerprint
from tests.world import CANARIES, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
PLAIN, HTMX = {}, {"HX-Request": "true"}
UNSEEN = 404


def addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The full name of each address the project answers."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name or f"nameless {pattern.pattern}"))
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern, inner)


def test_the_table_names_every_address_and_no_other():
    assert set(addresses(get_resolver())) == set(TABLE)


def client_of(world: World, actor: str) -> Client:
    """A browser in which `actor` is logged in; a server error is an answer, not an exception."""
    client = Client(raise_request_exception=False)
    if actor == "deactivated":
        client.force_login(world.deactivated, backend=settings.AUTHENTICATION_BACKENDS[0])
    elif actor != "anonymous":
        client.force_login(world.users[actor], backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def requests(methods: set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Each method as a plain request, and as htmx sends those that htmx may send here."""
    for method in sorted(methods):
        yield method, PLAIN
        if method in {"GET", "POST"}:
            yield method, HTMX


def is_to_login(response: HttpResponse) -> bool:
    """Whether a stranger is shown the door."""
    login = reverse("account_login")
    return response.status_code == 302 and response["Location"].startswith(login)


def judge_denied(actor: str, response: HttpResponse) -> str:
    """What is wrong with the answer to somebody without rights; empty when nothing is."""
    body = b"".join(response) if response.streaming else response.content
    if any(word in body.decode("utf-8", "replace") for word in CANARIES):
        return "the answer tells what it should not"
    if actor in STRANGERS:
        return "" if is_to_login(response) else f"{response.status_code}, not to log-in"
    # A method the address never takes is refused before anybody asks who it is.
    return "" if response.status_code in {UNSEEN, 405} else f"{response.status_code}"


def judge_allowed(rule: Rule, method: str, response: HttpResponse) -> str:
    """What is wrong with the answer to somebody with rights; empty when nothing is."""
    status = response.status_code
    if rule.library:
        return "" if status < 500 else f"{status}"
    known = "GET" if method == "HEAD" else method
    if method == "HEAD" and status == 405:  # nobody's browser asks for the headers alone
        return ""
    if known not in rule.methods:
        return "" if status == 405 else f"{status}, not 405"
    if is_to_login(response):
        return "sent to log-in"
    good = {200, 302} if known == "GET" else {200, 302, 400, 409, 422}
    return "" if status in good else f"{status}"


@pytest.mark.parametrize("name", sorted(TABLE))
def test_an_address_is_open_to_those_in_the_table_only(
    name: str, world: World, record_property: Callable[[str, object], None]
):
    rule, wrong, cells = TABLE[name], [], 0
    path = reverse(name, kwargs=rule.arguments(world))
    for actor in sorted(ROLES | STRANGERS):
        client = client_of(world, actor)
        may = actor in rule.open_to
        # A refused request and a page that is read leave every row as it was.
        writes = (set(METHODS) if rule.library else rule.methods - {"GET"}) if may else set()
        before = fingerprint()
        for method, headers in requests(set(METHODS) - writes):
            response = client.generic(method, path, headers=headers)
            cells += 1
            fault = judge_allowed(rule, method, response) if may else judge_denied(actor, response)
            wrong += [f"{actor} {method}: {fault}"] if fault else []
        if fingerprint() != before:
            wrong.append(f"{actor}: rows changed")
        for method, headers in requests(writes):
            with transaction.atomic():
                response = client.generic(method, path, headers=headers)
                transaction.set_rollback(True)
            cells += 1
            fault = judge_allowed(rule, method, response)
            wrong += [f"{actor} {method}: {fault}"] if fault else []
    record_property("access matrix, cells tried", cells)
    assert wrong == []


@pytest.mark.parametrize("name", sorted(name for name, rule in TABLE.items() if not rule.library))
def test_a_row_that_is_not_there_is_not_found(name: str, world: World):
    rule = TABLE[name]
    arguments = rule.arguments(world)
    if "pk" not in arguments:
        pytest.skip("names no row")
    path = reverse(name, kwargs={**arguments, "pk": 987654321})
    for actor in sorted(rule.open_to - STRANGERS):
        client = client_of(world, actor)
        for method in sorted(rule.methods):
            assert client.generic(method, path).status_code == UNSEEN, (actor, method)


def test_a_right_that_is_taken_away_is_gone_at_the_next_request(world: World):
    manager = world.users["administrator"]
    client = client_of(world, "administrator")
    assert client.get(reverse("accounts:users")).status_code == 200
    manager.role = "reader"
    manager.save()
    assert client.get(reverse("accounts:users")).status_code == UNSEEN
    manager.is_active = False
    manager.save()
    assert is_to_login(client.get(reverse("home")))

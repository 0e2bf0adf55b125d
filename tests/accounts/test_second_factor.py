"""A second factor: turned on with an app, asked for at the next log-in."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.world import World

pytestmark = pytest.mark.django_db
PASSWORD = "skov-hest-lampe-42"


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def person(world: World):
    user = world.users["caseworker"]
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def log_in(client: Client, user) -> str:
    answer = client.post("/konto/log-ind/", {"login": user.email, "password": PASSWORD})
    return answer["Location"]


def turn_on(client: Client) -> str:
    client.post("/konto/bekraeft/", {"password": PASSWORD})
    page = client.get("/konto/to-faktorer/totp/activate/").content.decode()
    assert "data:" not in page.split("<main")[1]
    assert "<svg" in page.split('class="qr"')[1]
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
    answer = client.post("/konto/to-faktorer/totp/activate/", {"code": code(secret)})
    assert answer.status_code == 302, answer.content
    return secret


def test_after_turning_it_on_a_password_is_not_enough(person) -> None:
    at_home = Client()
    log_in(at_home, person)
    turn_on(at_home)
    elsewhere = Client()
    assert log_in(elsewhere, person) == "/konto/to-faktorer/authenticate/"
    assert elsewhere.get("/").status_code == 302
    wrong = elsewhere.post("/konto/to-faktorer/authenticate/", {"code": "000000"})
    assert wrong.status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_the_right_code_opens_and_works_once(person, time_machine) -> None:
    at_home = Client()
    log_in(at_home, person)
    secret = turn_on(at_home)
    time_machine.move_to(time.time() + 60)
    now = code(secret)
    first, second = Client(), Client()
    for client in (first, second):
        log_in(client, person)
        client.post("/konto/to-faktorer/authenticate/", {"code": now})
    assert first.get("/").status_code == 200
    assert second.get("/").status_code == 302

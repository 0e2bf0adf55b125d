"""What every answer tells the browser, and what the browser may not be made to do."""

import re

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse

from cabi_crm import urls
from tests.security.access import TABLE
from tests.world import World

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}


def breaks(request: HttpRequest) -> HttpResponse:
    """A page with a mistake in it."""
    raise RuntimeError("a secret in a traceback")


class WithAMistake:
    """The project's addresses and one that breaks."""

    urlpatterns = [*urls.urlpatterns, path("gaar-i-stykker/", breaks)]
    handler400 = urls.handler400
    handler403 = urls.handler403
    handler404 = urls.handler404
    handler500 = urls.handler500


def logged_in(world: World, role: str = "consultant", **options: object) -> Client:
    client = Client(raise_request_exception=False, **options)
    client.force_login(world.users[role], backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def answers(world: World) -> dict[str, HttpResponse]:
    """One answer of each kind."""
    client = logged_in(world)
    return {
        "200": client.get(reverse("home")),
        "302": Client().get(reverse("home")),
        "400": client.get(reverse("home"), headers={"Host": "evil.example"}),
        "403": logged_in(world, enforce_csrf_checks=True).post(reverse("language")),
        "404": client.get("/findes-ikke/"),
        "405": client.post(reverse("home")),
        "500": client.get("/gaar-i-stykker/"),
    }


@override_settings(ROOT_URLCONF=WithAMistake)
def test_every_kind_of_answer_carries_the_whole_set_of_headers(world: World):
    for status, response in answers(world).items():
        assert str(response.status_code) == status
        headers = {name: response.headers.get(name) for name in EXPECTED}
        assert headers == EXPECTED, status
        policy = dict(
            part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
        )
        assert {name: policy.get(name) for name in POLICY} == POLICY, status
        # The nonce stands there when the page used it; nothing else is added to our own scripts.
        assert re.fullmatch(r"'self'( 'nonce-[^' ]+')?", policy["script-src"]), status
        assert "no-store" in response["Cache-Control"], status
        assert "camera=()" in response["Permissions-Policy"], status
        assert response["X-Request-ID"], status


@override_settings(ROOT_URLCONF=WithAMistake)
def test_an_error_page_is_designed_and_tells_nothing(world: World):
    for status, response in answers(world).items():
        if status in {"400", "403", "404", "500"}:
            text = response.content.decode()
            assert "<h1" in text, status
            assert "secret" not in text, status
            assert "Traceback" not in text, status


def test_a_nonce_is_used_once(world: World):
    client = logged_in(world)
    nonces = [
        re.search(r"nonce-([^']+)'", client.get(reverse("home"))["Content-Security-Policy"])
        for _each in range(2)
    ]
    assert nonces[0]
    assert nonces[1]
    assert nonces[0].group(1) != nonces[1].group(1)


@pytest.mark.parametrize(
    "name", sorted(name for name, rule in TABLE.items() if "POST" in rule.methods)
)
def test_a_form_from_elsewhere_is_refused(name: str, world: World):
    rule = TABLE[name]
    actor = min(rule.open_to - {"anonymous", "deactivated"})
    client = logged_in(world, actor, enforce_csrf_checks=True)
    address = reverse(name, kwargs=rule.arguments(world))
    assert client.post(address).status_code == 403
    assert client.post(address, headers={"X-CSRFToken": "x" * 64}).status_code == 403
    assert client.post(address, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post(address, headers={"Origin": "null"}).status_code == 403


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@evil.example/",
    " //evil.example",
    "\t//evil.example",
    "/%0d%0aLocation:https://evil.example",
    "//evil。example/",
]


def stays_here(location: str) -> bool:
    """Whether a browser that follows `location` stays on this site."""
    return bool(re.match(r"^(/(?![/\\])|\?|http://testserver/)", location)) and "\n" not in location


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_choosing_a_language(target: str, world: World):
    answer = logged_in(world).post(reverse("language"), {"language": "en", "next": target})
    assert stays_here(answer["Location"]), answer["Location"]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_log_in(target: str, world: World):
    login = {"login": "consultant@example.invalid", "password": "et langt kodeord", "next": target}
    answer = Client().post(reverse("account_login"), login)
    assert answer.status_code == 302
    assert stays_here(answer["Location"]), answer["Location"]


def test_a_session_planted_before_log_in_is_worth_nothing_after_it(world: World):
    client = Client()
    client.get(reverse("account_login"))
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted-by-somebody-else"
    answer = client.post(
        reverse("account_login"),
        {"login": "consultant@example.invalid", "password": "et langt kodeord"},
    )
    assert answer.status_code == 302
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert session != "planted-by-somebody-else"
    assert client.get(reverse("home")).status_code == 200
    client.post(reverse("account_logout"))
    late = Client()
    late.cookies[settings.SESSION_COOKIE_NAME] = session
    assert late.get(reverse("home")).status_code == 302


def test_log_in_says_the_same_whether_the_address_is_known_or_not(world: World):
    texts = []
    for login in ("consultant@example.invalid", "ukendt@example.invalid"):
        answer = Client().post(
            reverse("account_login"), {"login": login, "password": "forkert kode"}
        )
        text = re.sub(r'(value|nonce|content)="[^"]*"', "", answer.content.decode())
        text = re.sub(r"\{[^}]*X-CSRFToken[^}]*\}", "", text)
        texts.append((answer.status_code, text))
    assert texts[0] == texts[1]


def test_somebody_who_may_no_longer_log_in_does_not_get_in(world: World):
    client = Client()
    client.post(
        reverse("account_login"),
        {"login": world.deactivated.email, "password": "et langt kodeord"},
    )
    assert client.get(reverse("home")).status_code == 302


def test_cookies_are_out_of_reach_of_scripts(world: World):
    client = Client()
    client.get(reverse("account_login"))
    client.post(
        reverse("account_login"),
        {"login": "consultant@example.invalid", "password": "et langt kodeord"},
    )
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


def test_a_guessed_password_is_stopped_after_some_tries(world: World):
    codes = []
    for number in range(8):
        answer = Client().post(
            reverse("account_login"),
            {"login": "consultant@example.invalid", "password": f"forkert kode {number}"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        codes.append(answer.status_code)
    right = Client().post(
        reverse("account_login"),
        {"login": "consultant@example.invalid", "password": "et langt kodeord"},
    )
    assert right.status_code != 302, "the right password came through after too many wrong ones"


def test_health_is_told_without_log_in_and_without_details(db: None):
    assert Client().get("/healthz").json() == {"status": "ok"}
    assert Client().get("/readyz").json() == {"status": "ok"}
    assert Client().get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200

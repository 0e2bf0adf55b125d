"""When something breaks: a designed page that leans on nothing, and settings that refuse."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse

from cabi_crm.pages.errors import server_error
from tests.architecture.tree import ROOT
from tests.factories import UserFactory

PRODUCTION = {
    "CABI_MODE": "production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "crm.example.dk",
    "BASE_URL": "https://crm.example.dk",
    "DATABASE_URL": "postgres://cabi@127.0.0.1:1/cabi?sslmode=verify-full",
    "EMAIL_URL": "consolemail://",
}


def start(statement: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Python with Django set up in a production-like environment; None takes a name away."""
    wanted = {**PRODUCTION, **changes}
    environment = {name: value for name, value in os.environ.items() if name not in wanted}
    environment |= {name: value for name, value in wanted.items() if value is not None}
    script = f"import django; django.setup(); from django.conf import settings; {statement}"
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "cabi_crm.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_page_for_our_own_faults_needs_no_database() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Noget gik galt hos os" in answer.content.decode()


@pytest.mark.parametrize("name", ["SECRET_KEY", "EMAIL_URL", "BASE_URL"])
def test_a_start_without_it_is_refused_by_name(name: str) -> None:
    result = start("", **{name: None})
    assert result.returncode != 0
    assert f"Set {name}" in result.stderr


def test_what_the_database_address_asks_for_is_kept() -> None:
    result = start("print(settings.DATABASES['default']['OPTIONS']['sslmode'])")
    assert result.stdout.strip() == "verify-full", result.stderr


def test_production_answers_to_no_name_that_was_not_given() -> None:
    result = start("print(settings.ALLOWED_HOSTS)", ALLOWED_HOSTS=None)
    assert result.stdout.strip() == "[]", result.stderr


@pytest.mark.parametrize(("behind", "count"), [("True", "1"), ("False", "0")])
def test_a_client_cannot_say_whose_log_ins_are_counted(behind: str, count: str) -> None:
    result = start("print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)", BEHIND_PROXY=behind)
    assert result.stdout.strip() == count, result.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("came_from", "way_back"),
    [("http://testserver/virksomheder/", "/virksomheder/"), ("https://example.org/", "/")],
)
def test_a_form_that_was_open_too_long_gives_the_way_back(came_from: str, way_back: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(), backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.post(reverse("language"), headers={"referer": came_from})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert f'{way_back}"><svg' in text.replace("http://testserver", "")
    assert "<code>" not in text

"""Chromium against the live server: two screens, a logged-in user, and no error left unseen."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Page, Route

from accounts.models import User
from tests.browser.helpers import WATCH_POLICY, Watch

# Playwright keeps an event loop running, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = "/usr/bin/chromium"
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 3,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP = {"viewport": {"width": 1366, "height": 768}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser and commits to the database."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: the server's threads do not share one connection in memory."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("browser") / "test.sqlite3")


@pytest.fixture(scope="session", autouse=True)
def database_before_server(django_db_setup: None) -> None:
    """The live server looks at the database when it starts: one in memory it would share."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, quiet: it asks nobody for anything."""
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Opens a page of a given screen; afterwards nothing may have gone wrong in any of them."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def local_only(route: Route) -> None:
        if route.request.url.startswith((live_server.url, "data:", "blob:")):
            route.continue_()
        else:
            watches[0].errors.append(f"asked for {route.request.url}")
            route.abort()

    def open_one(screen: dict[str, object], **more: object) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
            **screen,
            **more,
        )
        context.set_default_timeout(10_000)
        context.route("**/*", local_only)
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        contexts.append(context)
        watches.append(Watch(page))
        return page

    yield open_one
    errors = [error for watch in watches for error in watch.collect()]
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A small telephone, 360 by 740, by touch."""
    return open_page(PHONE)


@pytest.fixture
def desktop(open_page: Callable[..., Page]) -> Page:
    """The screen of a job centre's laptop, 1366 by 768."""
    return open_page(DESKTOP)


@pytest.fixture
def login(live_server) -> Callable[[Page, User], None]:
    """Gives a page the session of `user`; the log-in form has tests of its own."""

    def enter(page: Page, user: User) -> None:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": str(session.session_key),
                    "url": live_server.url,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    return enter

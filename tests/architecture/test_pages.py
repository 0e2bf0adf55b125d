"""Every page that can be read is well formed: one h1, headings in order, every field labelled."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.security.access import STRANGERS, TABLE
from tests.world import World

READABLE = sorted(
    name for name, rule in TABLE.items() if "GET" in rule.methods and not rule.library
)
# Elements without an end tag; `option` may leave its out.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "option", "wbr"}
UNNAMED_KINDS = {"hidden", "submit", "button", "reset", "image"}


class PageReader(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.posts: list[str] = []  # forms that post and have not shown their token yet
        self.faults: list[str] = []
        self.language = self.title = ""

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = dict(pairs)
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if attributes.get("id"):
            self.ids.append(str(attributes["id"]))
        if tag == "html":
            self.language = attributes.get("lang") or ""
        self.look_for_words(tag, attributes)
        self.look_for_token(tag, attributes)

    def look_for_token(self, tag: str, attributes: dict[str, str | None]) -> None:
        """What is posted without the token is refused, whoever presses the button."""
        if tag == "form" and (attributes.get("method") or "").lower() == "post":
            self.posts.append(attributes.get("action") or "")
        if tag == "input" and attributes.get("name") == "csrfmiddlewaretoken" and self.posts:
            self.posts.pop()

    def look_for_words(self, tag: str, attributes: dict[str, str | None]) -> None:
        """Fields, pictures and column headings must say what they are."""
        if tag == "label" and attributes.get("for"):
            self.labels.add(str(attributes["for"]))
        if tag in {"input", "select", "textarea"} and attributes.get("type") not in UNNAMED_KINDS:
            named = attributes.keys() & {"aria-label", "aria-labelledby"}
            if "label" not in self.open and not named:
                self.fields.append(attributes)
        if tag == "img" and "alt" not in attributes:
            self.faults.append(f"img without alt: {attributes}")
        if tag == "th" and "scope" not in attributes and attributes.get("role") != "columnheader":
            self.faults.append(f"th without scope: {attributes}")

    def handle_startendtag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, pairs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at line {self.getpos()[0]} closes {self.open[-1:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["title"]:
            self.title += data


def faults_of(text: str) -> list[str]:
    """What is wrong with a page, one line each."""
    reader = PageReader()
    reader.feed(text)
    faults = [*reader.faults]
    if reader.headings.count(1) != 1:
        faults.append(f"{reader.headings.count(1)} h1")
    # The first heading is the h1; after it a step down is at most one level.
    pairs = zip(reader.headings, reader.headings[1:], strict=False)
    faults += [f"h{below} after h{above}" for above, below in pairs if below > above + 1]
    if reader.headings[:1] != [1]:
        faults.append(f"begins with h{reader.headings[:1]}")
    faults += sorted({f"id {each} twice" for each in reader.ids if reader.ids.count(each) > 1})
    faults += [
        f"no label: {field}" for field in reader.fields if str(field.get("id")) not in reader.labels
    ]
    faults += [f"no csrf token in the form that posts to {each!r}" for each in reader.posts]
    if reader.language not in {"da", "en"}:
        faults.append("no language")
    if len(reader.title.split("–")) < 2:
        faults.append(f"title says little: {reader.title!r}")
    if "{{" in text or "{%" in text or "None" in reader.title:
        faults.append("template code in the page")
    return faults


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", READABLE)
def test_a_page_is_well_formed(name: str, language: str, world: World):
    rule = TABLE[name]
    actors = sorted(rule.open_to - STRANGERS)
    # The structure is the same in both languages; English is looked at through one pair of eyes.
    for actor in actors if language == "da" else actors[:1]:
        user = world.users[actor]
        user.language = language
        user.save()
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        answer = client.get(reverse(name, kwargs=rule.arguments(world)))
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert faults_of(answer.content.decode()) == [], actor
            assert f'<html lang="{language}"' in answer.content.decode(), actor

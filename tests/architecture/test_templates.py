"""Templates keep to the strict policy, name what components get, and are all in use."""

import re

import pytest

from tests.architecture.tree import ROOT, TEMPLATES, application_files, name, templates

PAGES = [path for path in templates() if path.suffix == ".html"]
# Found by a library or by Django under exactly this name.
BY_NAME = re.compile(
    r"^(\d{3}(_csrf)?\.html|(account|mfa|allauth|django/forms|usersessions|email)/.*)$"
)
COMMENT = re.compile(r"\{% comment.*?%\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))

each_page = pytest.mark.parametrize(
    "path", PAGES, ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
each_component = pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)


def code(path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def takes_the_page(path) -> bool:
    """Whether a component's comment says that it reads the page's own context."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    return "page's context" in first or "from the page" in first


@each_page
def test_nothing_is_inline(path):
    text = code(path)
    assert not re.search(r"<style[\s>]", text), "a style belongs in static/css"
    assert not re.search(r"\sstyle\s*=", text), "a style attribute is stopped by the policy"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "a handler belongs in static/js"
    assert not re.search(r"javascript:|\shx-on|hx-vals=[\"']js:", text), "script in an attribute"
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script, f"{script} is inline"
        assert "nonce=" in script, f"{script} has no nonce"


@each_page
def test_a_key_is_printed_without_a_thousands_separator(path):
    assert not re.search(r"\{\{ *[a-z_.]+\.pk *\}\}", code(path)), "write |unlocalize"


@each_page
def test_a_component_gets_only_what_is_named(path):
    for include in re.findall(r"\{% include .*?%\}", code(path), flags=re.DOTALL):
        component = re.search(r"[\"'](components/[\w/.-]+)[\"']", include)
        # A part of the same page shares its context; so does a component that says so.
        if not component or takes_the_page(TEMPLATES / component.group(1)):
            continue
        assert re.search(r"\sonly\s*%\}$", include), include


@each_page
def test_no_template_asks_the_database_or_marks_text_as_safe(path):
    text = code(path)
    assert not re.search(r"\.objects\b|_set\.", text)
    # The QR code of two factors is drawn by the library; there is nothing from people in it.
    text = text.replace("{{ totp_svg|safe }}", "")
    assert not re.search(r"\|\s*safe\b|\{% autoescape off", text), "text from people is escaped"


@each_page
def test_a_link_that_opens_elsewhere_gives_nothing_away(path):
    for link in re.findall(r"<a\b[^>]*target=[^>]*>", code(path)):
        assert "noopener" in link, link


def test_no_template_is_unused():
    sources = [*application_files(), *templates()]
    texts = {path: path.read_text(encoding="utf-8") for path in sources}
    unused = []
    for path in templates():
        relative = path.relative_to(TEMPLATES).as_posix()
        if BY_NAME.match(relative):
            continue
        stem = path.stem if relative.startswith("components/") else None
        others = [text for source, text in texts.items() if source != path]
        used = any(relative in text for text in others)
        if not used and stem:
            used = any(re.search(rf"\{{% \w+ [\"']{stem}[\"']", text) for text in others)
        if not used:
            unused.append(relative)
    assert unused == []


@each_component
def test_a_component_lists_its_attributes(path):
    first = path.read_text(encoding="utf-8").lstrip()
    assert re.match(r"\{#|\{% comment", first), "begin with a comment that lists the attributes"
    comment = COMMENT.match(first).group(0)
    body = COMMENT.sub("", first)
    if takes_the_page(path):
        return
    used = set(re.findall(r"\{\{ ?([a-z_]+)", body))
    used |= set(re.findall(r"\{% if (?:not )?([a-z_]+)", body))
    loops = re.findall(r"\{% for ([a-z_, ]+) in", body)
    made_here = {word.strip() for group in loops for word in group.split(",")}
    made_here |= set(re.findall(r"\bas ([a-z_]+)", body))
    for tag in re.findall(r"\{% (?:with|blocktranslate|include) .*?%\}", body, flags=re.DOTALL):
        made_here |= set(re.findall(r"\b([a-z_]+)=", tag))
    ambient = {"forloop", "request", "block", "csp_nonce", "csrf_token"}
    missing = {
        word for word in used - made_here - ambient if not re.search(rf"\b{word}\b", comment)
    }
    assert missing == set(), f"the comment does not name {sorted(missing)}"


@each_component
def test_a_component_is_in_the_gallery(path):
    gallery = [p for p in PAGES if "gallery" in p.as_posix() or p.name == "base.html"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in gallery)
    shown = f"components/{path.name}" in text or re.search(rf"\{{% \w+ [\"']{path.stem}[\"']", text)
    # A part of another component is shown by it.
    parents = [
        p for p in COMPONENTS if p != path and f"components/{path.name}" in p.read_text("utf-8")
    ]
    assert shown or parents, f"{name(path)} is not shown on the gallery page"


def test_scripts_and_styles_are_all_in_use():
    texts = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*templates(), *application_files(), *(ROOT / "static").rglob("*.css")]
    )
    unused = [
        name(path)
        for path in (ROOT / "static").rglob("*")
        if path.is_file() and path.name not in texts
    ]
    assert unused == []

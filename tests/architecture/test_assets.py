"""What comes from others is what it was when it was chosen; what is ours agrees with itself."""

import base64
import hashlib
import re

import pytest
from django.contrib.staticfiles import finders

from tests.architecture.tree import ROOT, STATIC

SHA384 = {  # as published by the projects themselves
    "bootstrap/css/bootstrap.min.css": (
        "sRIl4kxILFvY47J16cr9ZwB07vP4J8+LH7qKQnuqkuIAvNWLzeN8tE5YBujZqJLB"
    ),
    "bootstrap/js/bootstrap.bundle.min.js": (
        "FKyoEForCGlyvwx9Hj09JcYn3nv7wiPVlz7YYwJrWVcXK/BmnVDxM+D2scQbITxI"
    ),
    "django_htmx/htmx-2.min.js": "H5SrcfygHmAuTDZphMHqBJLc3FhssKjG7w/CeCpFReSfwBWDTKpkzPP8c+cLsK+V",
}


@pytest.mark.parametrize(("path", "expected"), SHA384.items(), ids=SHA384)
def test_a_file_from_a_wheel_is_the_one_that_was_reviewed(path, expected):
    found = finders.find(path)
    assert found, f"{path} is not among the static files"
    with open(found, "rb") as file:  # noqa: PTH123 - finders give a string
        digest = hashlib.sha384(file.read()).digest()
    assert base64.b64encode(digest).decode() == expected


def test_the_lock_has_hashes_and_no_host():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(
        r"^[a-z0-9][^\s=]*==\S+.*(?:\n .*)*", lock, flags=re.MULTILINE | re.IGNORECASE
    )
    assert len(packages) > 40
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in lock
    assert re.search(r"^--(extra-)?index-url|^--find-links", lock, flags=re.MULTILINE) is None


def test_dark_by_system_and_dark_by_choice_are_the_same():
    css = re.sub(
        r"/\*.*?\*/", "", (STATIC / "css/app.css").read_text(encoding="utf-8"), flags=re.DOTALL
    )
    system = re.search(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{\s*[^{]+\{([^{}]*)\}", css)
    choice = re.search(r"\[data-bs-theme=[\"']?dark[\"']?\][^{,]*\{([^{}]*)\}", css)
    assert system, "app.css has no dark by system"
    assert choice, "app.css has no dark by choice"
    tokens = [
        dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+);", block.group(1))) for block in (system, choice)
    ]
    assert tokens[0]
    assert tokens[0] == tokens[1]


def test_our_styles_and_scripts_ask_nobody_outside():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert not re.search(r"(url\(\s*[\"']?(data:|https?:|//)|@import|https?://)", text), (
            path.name
        )


def test_our_scripts_run_under_the_policy():
    for path in STATIC.rglob("*.js"):
        text = path.read_text(encoding="utf-8")
        for forbidden in (
            "eval(",
            "new Function",
            "innerHTML",
            "document.write",
            'setAttribute("style',
        ):
            assert forbidden not in text, f"{path.name} uses {forbidden}"

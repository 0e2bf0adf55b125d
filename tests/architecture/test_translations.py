"""Danish is whole: every text has its translation, and none is left in English."""

import ast
import re
import subprocess
import sys

import polib
import pytest

from tests.architecture.tree import ROOT, application_files, name

PO = ROOT / "locale/da/LC_MESSAGES/django.po"
# The same word in both languages; each was looked at.
SAME = re.compile(r"^[\W\d_]*$|^(%\(\w+\)\w|%[sd]|\W|\d)+$")
SAME_WORDS = ROOT / "tests/architecture/same_in_both.txt"


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(PO))


def test_nothing_is_untranslated_fuzzy_or_obsolete(catalogue):
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []


def test_no_danish_text_is_left_in_english(catalogue):
    allowed = set(SAME_WORDS.read_text(encoding="utf-8").splitlines())
    same = [
        entry.msgid
        for entry in catalogue
        if entry.msgid == entry.msgstr
        and not SAME.match(entry.msgid)
        and entry.msgid not in allowed
    ]
    assert same == []


def test_placeholders_are_the_same_in_both(catalogue):
    pattern = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    for entry in catalogue:
        if entry.msgid_plural:
            wanted = set(pattern.findall(entry.msgid_plural))
            assert set(pattern.findall(entry.msgstr_plural[1])) == wanted, entry.msgid
        else:
            assert set(pattern.findall(entry.msgstr)) == set(pattern.findall(entry.msgid)), (
                entry.msgid
            )


def test_the_catalogue_holds_exactly_the_texts_of_the_source():
    result = subprocess.run(
        [sys.executable, "scripts/check_messages.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("path", application_files(), ids=name)
def test_no_text_hides_inside_an_f_string(path):
    """The collector of texts does not look there, so it would stay English."""
    inside = [
        ast.unparse(call)
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
        and isinstance(call.args[0], ast.Constant)
    ]
    assert inside == []

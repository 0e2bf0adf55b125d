"""Which files there may be, and how large they and their functions may grow."""

import ast

import pytest

from tests.architecture.tree import (
    APPS,
    ROOT,
    application_files,
    functions,
    length,
    name,
    python_files,
    templates,
)

VOCABULARY = {
    "__init__", "enums", "rules", "models", "access", "actions", "forms", "filters", "documents",
    "views", "urls", "admin", "apps", "management", "migrations",
}  # fmt: skip
PACKAGES = {
    "rules", "models", "views", "forms", "filters", "actions", "documents", "management",
    "migrations",
}  # fmt: skip
FILE, FUNCTION, VIEW, TEMPLATE, BASE, SETTINGS = 400, 40, 20, 100, 80, 280


@pytest.mark.parametrize("app", APPS)
def test_an_app_holds_only_the_files_everybody_knows(app):
    for path in (ROOT / app).iterdir():
        if path.name == "__pycache__":
            continue
        assert path.stem in VOCABULARY, f"{name(path)} is not in the vocabulary"
        assert path.suffix == ".py" or path.name in PACKAGES, f"{name(path)} may not be a package"


def test_no_file_is_past_its_size():
    for path in [*application_files(), *python_files("tests", "scripts")]:
        limit = SETTINGS if path.name == "settings.py" else FILE
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= limit, f"{name(path)} has {lines} lines, {limit} are allowed"


def test_no_function_is_past_its_size():
    for path in application_files():
        for node in functions(path):
            assert length(node) <= FUNCTION, f"{name(path)}:{node.name} has {length(node)} lines"


def test_nine_functions_in_ten_have_at_most_twenty_lines():
    lengths = sorted(length(node) for path in application_files() for node in functions(path))
    assert lengths[int(len(lengths) * 0.9)] <= 20


def test_a_view_is_short():
    for path in [path for path in application_files() if "views" in name(path)]:
        for node in functions(path):
            if "HttpResponse" not in ast.unparse(node.returns or ast.Constant("")):
                continue  # a helper of views, held to the size of any function
            assert length(node) <= VIEW, f"{name(path)}:{node.name} has {length(node)} lines"


def test_no_template_is_past_its_size():
    for path in templates():
        limit = BASE if path.name == "base.html" else TEMPLATE
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= limit, f"{name(path)} has {lines} lines, {limit} are allowed"


def test_imports_stand_at_the_top():
    """But one: the PDF engine loads WeasyPrint when the first document is asked for."""
    for path in application_files():
        if name(path) == "cabi_crm/pdf/engine.py":
            continue
        for node in functions(path):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{name(path)}:{node.name} imports inside"


def test_no_signals_and_no_save_of_our_own():
    for path in application_files():
        text = path.read_text(encoding="utf-8")
        assert "django.db.models.signals" not in text, name(path)
        assert "django.dispatch" not in text, name(path)
        overrides = [
            node.name
            for owner in ast.walk(ast.parse(text))
            if isinstance(owner, ast.ClassDef)
            for node in owner.body
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}
        ]
        assert overrides == [], f"{name(path)} overrides {overrides}"


def test_every_module_says_what_belongs_in_it():
    for path in application_files():
        text = path.read_text(encoding="utf-8")
        assert not text.strip() or ast.get_docstring(ast.parse(text)), f"{name(path)} says nothing"

"""`.env.example` lists every variable the settings read, and no other."""

import ast
import re

from tests.architecture.tree import ROOT


def read_by_settings() -> set[str]:
    """The first argument of each `env.…(NAME)` and `required(NAME, …)` in the settings."""
    tree = ast.parse((ROOT / "cabi_crm/settings.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        function, first = ast.unparse(node.func), node.args[0]
        if (function.startswith("env") or function == "required") and isinstance(
            first, ast.Constant
        ):
            names.add(str(first.value))
    return names


def test_the_example_lists_every_variable():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", text, flags=re.MULTILINE))
    assert listed == read_by_settings()


def test_the_example_holds_no_secret():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^SECRET_KEY=$", text, flags=re.MULTILINE), "SECRET_KEY stands empty"


def test_the_guide_for_operators_names_every_variable():
    guide = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
    assert [name for name in sorted(read_by_settings()) if f"`{name}`" not in guide] == []

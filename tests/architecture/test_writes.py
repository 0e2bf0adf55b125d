"""Writing happens in actions: no view, form or template tag writes, said by the syntax tree."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import APPS, ROOT, application_files, functions, name

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "add_event", "set_password", "acreate", "asave", "adelete", "raw",
}  # fmt: skip
# Called like a write, but not on a database row.
HARMLESS_OWNERS = {"cache", "headers", "params", "query", "session", "context", "data", "copy"}
READERS = [
    path
    for path in application_files()
    if path.stem in {"views", "forms", "filters", "documents", "access", "urls", "enums", "rules"}
    or path.parent.name in {"views", "forms", "filters", "documents", "templatetags", "pages", "ui"}
]


# What a library calls saving although it writes nothing: the form that mails a password link.
EXCEPTIONS = {("accounts/views.py", "form.save(request)")}


def owner(call: ast.Attribute) -> str:
    """The last name before the method: `organisation` in `request.organisation.save()`."""
    value = call.value
    while isinstance(value, ast.Call):
        value = value.func
    return value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")


@pytest.mark.parametrize("path", READERS, ids=name)
def test_what_reads_does_not_write(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if (name(path), ast.unparse(node)) in EXCEPTIONS:
            continue
        if node.func.attr in WRITES and owner(node.func) not in HARMLESS_OWNERS:
            pytest.fail(f"{name(path)}:{node.lineno} calls .{node.func.attr}(): use an action")


def public_actions() -> list[tuple[Path, ast.FunctionDef]]:
    """The verbs of each app: public functions decorated with transaction.atomic."""
    files = [
        path
        for app in APPS
        for path in [ROOT / app / "actions.py", *(ROOT / app / "actions").glob("*.py")]
        if path.exists()
    ]
    return [
        (path, node)
        for path in files
        for node in functions(path)
        if isinstance(node, ast.FunctionDef)
        and any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
        and not node.name.startswith("_")
    ]


@pytest.mark.parametrize(
    ("path", "node"), [pytest.param(p, n, id=f"{name(p)}:{n.name}") for p, n in public_actions()]
)
def test_an_action_takes_keywords_only(path: Path, node: ast.FunctionDef):
    positional = [argument.arg for argument in node.args.args]
    if node.name in {"record", "record_account_use"}:  # the trail itself: its verb comes first
        positional = positional[1:]
    assert positional == [], f"{name(path)}:{node.name}({', '.join(positional)})"

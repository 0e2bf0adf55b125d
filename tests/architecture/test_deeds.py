"""What the audit trail is given to say can be said: each action in the source is a `Deed`."""

import ast
from collections.abc import Iterator

from accounts.enums import Deed
from tests.architecture.tree import application_files, name

# What writes an event: the trail itself, and those that pass their action on to it.
RECORDERS = {"record", "record_account_use", "finish", "turn"}


def texts(node: ast.expr) -> Iterator[str]:
    """The texts an expression can be: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        yield from texts(node.body)
        yield from texts(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Deed":
        yield str(Deed[node.attr])


def actions_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, action) of each action a file gives by name to what records."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in RECORDERS:
            named = [word.value for word in node.keywords if word.arg == "action"]
            given = named or node.args if node.func.id == "turn" else named or node.args[:1]
            yield from ((node.lineno, text) for each in given for text in texts(each))


def test_every_action_that_is_recorded_has_a_name_in_words():
    found = [
        (f"{name(path)}:{line}", action)
        for path in application_files()
        for line, action in actions_in(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert len(found) > 100  # the source is read
    assert [each for each in found if each[1] not in Deed.values] == []


def test_every_deed_can_happen():
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in application_files()
        if name(path) != "accounts/enums.py"
    )
    library = {"password_changed", "password_reset", "password_set"}
    library |= {"recovery_codes_generated", "totp_activated", "totp_deactivated"}
    unsaid = {
        deed.value
        for deed in Deed
        if f'"{deed.value}"' not in source and f"Deed.{deed.name}" not in source
    }
    assert unsaid <= library

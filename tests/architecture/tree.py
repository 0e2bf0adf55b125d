"""The source tree as the tests of the codebase see it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "companies", "partnerships", "insights", "toolbox")
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"


def python_files(*folders: str) -> list[Path]:
    """Our Python files under `folders`, migrations left out."""
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and "__pycache__" not in path.parts
    )


def application_files() -> list[Path]:
    """The product's own Python files."""
    return python_files(*APPS, "cabi_crm")


def name(path: Path) -> str:
    """A file's path as people say it."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Each function and method in a file, inner ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, its docstring left out; a long list of arguments is no sin."""
    first = node.body[0]
    documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or first.lineno) + 1 if documented else first.lineno
    return max((node.end_lineno or start) - start + 1, 1)


def templates() -> list[Path]:
    """Every template of ours."""
    return sorted(
        [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt"), *TEMPLATES.rglob("*.svg")]
    )

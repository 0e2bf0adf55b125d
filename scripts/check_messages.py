"""Says which texts of the source are not in locale/da, and which are there without being used.

Works on a copy of the tree's own files, so that two runs at once never meet.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PO = Path("locale/da/LC_MESSAGES/django.po")
SKIPPED = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", "data", "out", "tests", "docs", "*.mo"
)


def texts(path: Path) -> set[tuple[str | None, str, str]]:
    """Context, message and plural of each entry in use."""
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural)
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def collected() -> set[tuple[str | None, str, str]]:
    """The texts that makemessages finds in the source as it stands."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(ROOT, copy, ignore=SKIPPED)
        (copy / PO).unlink(missing_ok=True)
        subprocess.run(
            ["bash", "scripts/messages.sh"],
            cwd=copy,
            check=True,
            env={**os.environ, "CABI_MODE": "test", "MESSAGES_PYTHON": sys.executable},
        )
        return texts(copy / PO)


def main() -> int:
    """Print each difference; 1 when there is any."""
    source, danish = collected(), texts(ROOT / PO)
    incomplete = [
        entry.msgid
        for entry in polib.pofile(str(ROOT / PO))
        if not entry.translated() or entry.fuzzy or entry.obsolete
    ]
    for _context, message, _plural in sorted(source - danish, key=str):
        print(f"not in locale/da: {message!r}")
    for _context, message, _plural in sorted(danish - source, key=str):
        print(f"no longer used: {message!r}")
    for message in incomplete:
        print(f"not translated: {message!r}")
    return 1 if source != danish or incomplete else 0


if __name__ == "__main__":
    sys.exit(main())

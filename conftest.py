"""What every test needs before Django is loaded: the mode, the settings, compiled translations."""

import os

# Before anything reads the settings; a developer's own .env has no say in these.
os.environ["CABI_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "cabi_crm.settings"
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

import django

from scripts.compile_messages import compile_messages

compile_messages()
django.setup()


def pytest_terminal_summary(terminalreporter) -> None:
    """Print the figures that tests noted, such as the cells tried of the access matrix."""
    figures: dict[str, int] = {}
    for report in terminalreporter.getreports("passed"):
        if report.when == "call":
            for name, number in report.user_properties:
                figures[name] = figures.get(name, 0) + number
    for name, number in sorted(figures.items()):
        terminalreporter.write_line(f"{name}: {number}")

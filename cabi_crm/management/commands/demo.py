"""The demo municipality: set up, filled the first time, served."""

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from cabi_crm.demo.database import is_demo, is_unused, make_room, throw_away
from cabi_crm.demo.load import SIZES, load_demo
from cabi_crm.demo.people import PASSWORD
from cabi_crm.pages.middleware import is_ready
from scripts.compile_messages import compile_messages

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Run by anybody who wants to try the system; `make demo` calls it."""

    help = "Build the demo municipality where there is none, print its log-ins and serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Size and seed matter only when the demo is built."""
        parser.add_argument("--no-serve", action="store_true", help="stop when the data is there")
        parser.add_argument("--size", choices=sorted(SIZES), default="small")
        parser.add_argument("--seed", type=int, default=42, help="the same seed, the same rows")
        parser.add_argument("--reset", action="store_true", help="throw the demo away first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, load, print, serve."""
        port = free_port() if not options["no_serve"] else 0
        compile_messages()
        if not (is_unused() or is_demo()):
            raise CommandError("This database holds data that is not a demo. Nothing was done.")
        if options["reset"]:
            throw_away()
        make_room()
        if not is_ready():
            call_command("migrate", verbosity=0)
        if not is_demo():
            self.load(options["size"], options["seed"])
        self.stdout.write(log_ins(port))
        self.stdout.flush()
        if port:
            serve(port)

    def load(self, size: str, seed: int) -> None:
        """Fill the database and say what it holds."""
        started = timezone.now()
        loaded = load_demo(size=size, seed=seed, today=timezone.localdate(), say=self.stdout.write)
        seconds = (timezone.now() - started).total_seconds()
        self.stdout.write(
            f"  {loaded.workplaces} workplaces, {loaded.contact_persons} contact persons, "
            f"{loaded.activities} activities, {loaded.agreements} agreements in {seconds:.0f} s."
        )


def free_port() -> int:
    """The port to serve on, from PORT; refused in one sentence when it cannot be had."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise CommandError(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except OSError as error:
            raise CommandError(
                f"Port {text} cannot be used ({error.strerror}). Choose another: PORT=8001."
            ) from error
    return int(text)


def log_ins(port: int) -> str:
    """Address, users by role and the password they share."""
    users = User.objects.working().order_by("pk")
    line = "─" * 72
    rows = [f"  {user.get_role_display():<24}{user.email:<34}{user.name}" for user in users]
    address = [f"  Open http://{HOST}:{port}/   (Ctrl+C stops it)", ""] if port else []
    return "\n".join(
        ["", line, "  DEMO: all companies and people are invented", line, *address, *rows, "",
         f"  Password for all of them: {PASSWORD}", line, ""]
    )  # fmt: skip


def serve(port: int) -> None:
    """Start the worker and become the web server: signals and Ctrl+C reach it directly."""
    os.environ["CABI_MODE"] = "demo"
    os.environ.setdefault("BASE_URL", f"http://{HOST}:{port}")
    # Mail and reminders: prints what it sends, and ends with the server.
    worker = [str(settings.BASE_DIR / "manage.py"), "worker", "--beside", str(os.getpid())]
    subprocess.Popen([sys.executable, *worker])  # noqa: S603
    server = [sys.executable, "-m", "gunicorn", "cabi_crm.wsgi:application"]
    choices = [
        "--bind",
        f"{HOST}:{port}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--preload",
        "--no-control-socket",
    ]
    os.execv(sys.executable, [*server, *choices, "--log-level", "warning"])  # noqa: S606

"""Whose database this is, and how a demo is thrown away."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection

from accounts.models import Event, Organisation, User
from cabi_crm.db import is_postgresql

LOADED = "demo_loaded"


def is_demo() -> bool:
    """Whether the database was filled by the demo's loader; the audit trail knows."""
    return _has_tables() and Event.objects.filter(action=LOADED).exists()


def is_unused() -> bool:
    """Whether nobody has begun to use the database; one without tables counts."""
    tables = _tables()
    if not tables:
        return True
    return _has_tables() and not (User.objects.exists() or Organisation.objects.exists())


def throw_away() -> None:
    """Remove everything in the demo's database, and the files uploaded to it."""
    name = str(connection.settings_dict["NAME"])
    if is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT quote_ident(current_schema())")
            schema = cursor.fetchone()[0]
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")
            cursor.execute(f"CREATE SCHEMA {schema}")
        connection.close()
    else:
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "imports", ignore_errors=True)


def make_room() -> None:
    """The folder a SQLite file lies in."""
    if not is_postgresql():
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def _tables() -> list[str]:
    make_room()
    return connection.introspection.table_names()


def _has_tables() -> bool:
    return {model._meta.db_table for model in (Event, User, Organisation)} <= set(_tables())

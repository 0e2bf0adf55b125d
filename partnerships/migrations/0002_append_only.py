"""A paper that was sent for signature cannot be changed, not even by SQL."""

from typing import Any, ClassVar

from django.db import migrations

TABLES = ("partnerships_agreementdocument",)


def protect(apps: Any, schema_editor: Any) -> None:
    """Make the database itself refuse UPDATE and DELETE on these tables."""
    for table in TABLES:
        for statement in statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def statements(vendor: str, table: str) -> list[str]:
    """The trigger in the database's own language."""
    if vendor == "postgresql":
        return [
            f"""CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{table} is append-only'; END $$""",
            f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE
            ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()""",
        ]
    return [
        f"""CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
        for verb in ("UPDATE", "DELETE")
    ]


def release(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_refuse()")
        else:
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{verb}")


class Migration(migrations.Migration):
    """Triggers on the kept papers."""

    dependencies: ClassVar = [("partnerships", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(protect, release)]

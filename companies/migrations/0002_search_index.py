"""Search by any part of a name: a trigram index, where the database has one (PostgreSQL)."""

from typing import Any, ClassVar

from django.db import migrations


def build(apps: Any, schema_editor: Any) -> None:
    """Add the index; SQLite scans instead, which is fast enough at its sizes."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX workplace_search ON companies_workplace "
            "USING gin (search_text gin_trgm_ops)"
        )


def drop(apps: Any, schema_editor: Any) -> None:
    """Take the index away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX workplace_search")


class Migration(migrations.Migration):
    """The search index of workplaces."""

    dependencies: ClassVar = [("companies", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(build, drop)]

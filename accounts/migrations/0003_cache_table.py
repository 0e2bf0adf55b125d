"""The table that counts log-in attempts for all processes."""

from typing import Any, ClassVar

from django.core.management import call_command
from django.db import migrations


def create(apps: Any, schema_editor: Any) -> None:
    """Make the cache table unless it is there."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The cache table."""

    dependencies: ClassVar = [("accounts", "0002_append_only")]
    operations: ClassVar = [migrations.RunPython(create, migrations.RunPython.noop)]

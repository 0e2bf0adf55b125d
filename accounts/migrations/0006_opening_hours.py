"""Usual opening hours of a job centre, to begin with; an administrator changes them."""

from datetime import time
from typing import Any, ClassVar

from django.db import migrations

NINE = time(9)
USUAL = {1: time(15), 2: time(15), 3: time(15), 4: time(17), 5: time(13)}


def fill(apps: Any, schema_editor: Any) -> None:
    """Monday to Friday from nine, where there are none."""
    hours = apps.get_model("accounts", "OpeningHours")
    if not hours.objects.exists():
        for weekday, closes_at in USUAL.items():
            hours.objects.create(weekday=weekday, opens_at=NINE, closes_at=closes_at)


def empty(apps: Any, schema_editor: Any) -> None:
    """Take them away again; the table goes next."""
    apps.get_model("accounts", "OpeningHours").objects.all().delete()


class Migration(migrations.Migration):
    """Opening hours to begin with."""

    dependencies: ClassVar = [("accounts", "0005_the_day")]
    operations: ClassVar = [migrations.RunPython(fill, empty)]

"""Gives rows that were there before what new ones get: words to be found by, and owner since."""

from collections import defaultdict
from typing import Any, ClassVar

from django.db import migrations
from django.db.models.functions import TruncDate

BATCH = 1000
LETTERS = str.maketrans(
    {"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "u", "é": "e", "è": "e"}
)


def digits(phone: str) -> str:
    """The digits of a phone number without Denmark's 45 before it."""
    found = "".join(sign for sign in phone if sign.isdigit()).removeprefix("00")
    return found.removeprefix("45") if len(found) == 10 else found


def spell(apps: Any, schema_editor: Any) -> None:
    """Write each search text anew: folded letters, and the numbers of place and people."""
    workplaces = apps.get_model("companies", "Workplace").objects
    people = apps.get_model("companies", "ContactPerson").objects
    last = 0
    while rows := list(
        workplaces.filter(pk__gt=last).order_by("pk").only("search_text", "phone")[:BATCH]
    ):
        numbers = defaultdict(list)
        current = people.filter(workplace__in=rows, left_on=None)
        for place, phone in current.values_list("workplace_id", "phone"):
            numbers[place].append(digits(phone))
        for row in rows:
            more = [part for part in (digits(row.phone), *numbers[row.pk]) if part]
            row.search_text = " | ".join([row.search_text.translate(LETTERS), *more])
        workplaces.bulk_update(rows, ["search_text"], batch_size=200)
        last = rows[-1].pk


def date_owners(apps: Any, schema_editor: Any) -> None:
    """Owners of before are counted from the day we came to know the workplace."""
    owned = apps.get_model("companies", "Workplace").objects.exclude(owner=None)
    owned.filter(owner_since=None).update(owner_since=TruncDate("created_at"))


class Migration(migrations.Migration):
    """Data only; going back leaves texts that every save renews."""

    dependencies: ClassVar = [("companies", "0008_sources")]
    operations: ClassVar = [
        migrations.RunPython(spell, migrations.RunPython.noop),
        migrations.RunPython(date_owners, migrations.RunPython.noop),
    ]

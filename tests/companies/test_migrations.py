"""What migrations do to rows that are there already."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from companies.enums import ActivityKind
from companies.models import Workplace
from tests.factories import ActivityFactory, WorkplaceFactory

pytestmark = pytest.mark.django_db
FILL = "0004_fill_last_contact"


def dates() -> list[tuple[object, ...]]:
    rows = Workplace.objects.order_by("pk")
    return list(rows.values_list("last_contact_at", "next_step_at", "next_step_kind"))


def test_dates_are_filled_from_activities_that_were_there_before():
    place, now = WorkplaceFactory(), timezone.now()
    WorkplaceFactory()  # nothing happened here
    ActivityFactory(workplace=place, starts_at=now - timedelta(days=30))
    ActivityFactory(workplace=place, kind=ActivityKind.NOTE, outcome="")
    ActivityFactory(workplace=place, removed_at=now)
    ActivityFactory(workplace=place, planned=True, kind=ActivityKind.CALL)
    kept = dates()
    blank = {"last_contact_at": None, "next_step_at": None, "next_step_kind": ""}
    Workplace.objects.update(**blank)
    apps = MigrationExecutor(connection).loader.project_state(("companies", FILL)).apps
    import_module(f"companies.migrations.{FILL}").fill_dates(apps, connection.schema_editor())
    assert dates() == kept
    assert kept[0][0] == now - timedelta(days=30)
    assert kept[0][2] == "call"
    assert kept[1] == (None, None, "")

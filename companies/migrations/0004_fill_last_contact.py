"""Fills last contact and next step of workplaces from activities that were there before."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

NO_CONTACT = "note"
OPEN = ["planned", "agreed"]


def fill_dates(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What every change of an activity keeps up to date, once for all workplaces."""
    Activity = apps.get_model("companies", "Activity")
    Workplace = apps.get_model("companies", "Workplace")
    here = Activity.objects.filter(workplace=OuterRef("pk"), removed_at=None)
    contacts = here.filter(status="held").exclude(kind=NO_CONTACT).order_by("-starts_at", "-pk")
    coming = here.filter(status__in=OPEN).order_by("starts_at", "pk")
    Workplace.objects.order_by().update(
        last_contact_at=Subquery(contacts.values("starts_at")[:1]),
        next_step_at=Subquery(coming.values("starts_at")[:1]),
        next_step_kind=Coalesce(Subquery(coming.values("kind")[:1]), Value("")),
    )


class Migration(migrations.Migration):
    dependencies = [("companies", "0003_last_contact")]

    operations = [migrations.RunPython(fill_dates, migrations.RunPython.noop, elidable=True)]

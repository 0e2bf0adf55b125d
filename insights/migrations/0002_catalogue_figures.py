"""What the catalogue found and recommends: contact in the last year, ten agreements a year."""

from typing import Any

from django.db import migrations

BENCHMARKS = [
    (
        "contact-small",
        "Small private firms in contact with the job centre in the last year",
        48,
    ),
    (
        "contact-large",
        "Private firms with more than 50 employees in contact with the job centre in the last year",
        71,
    ),
]
SOURCE = "Årbog over virksomhedernes sociale engagement 2013, SFI"
CATALOGUE_YEAR = 2014
AGREEMENTS_A_YEAR = 10  # Ringsted, as told in the catalogue


def add(apps: Any, schema_editor: Any) -> None:
    for slug, label, percent in BENCHMARKS:
        apps.get_model("insights", "Benchmark").objects.update_or_create(
            slug=slug,
            defaults={"label": label, "percent": percent, "source": SOURCE, "year": 2013},
        )
    apps.get_model("insights", "Goal").objects.get_or_create(
        measure="new_agreements",
        year=CATALOGUE_YEAR,
        user=None,
        team=None,
        defaults={"number": AGREEMENTS_A_YEAR},
    )


def remove(apps: Any, schema_editor: Any) -> None:
    slugs = [slug for slug, _label, _percent in BENCHMARKS]
    apps.get_model("insights", "Benchmark").objects.filter(slug__in=slugs).delete()
    apps.get_model("insights", "Goal").objects.filter(
        measure="new_agreements", year=CATALOGUE_YEAR, user=None, team=None
    ).delete()


class Migration(migrations.Migration):
    dependencies = [("insights", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]

"""Where to look things up about an industry: the catalogue's kinds of sources, and three registers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROWS = [
    ("Statistikbanken", "https://www.statistikbanken.dk/", "Tal om branchen: beskæftigelse, omsætning, konkurser."),
    ("Virk: CVR", "https://datacvr.virk.dk/", "Regnskaber, ejere og antal ansatte."),
    ("Jobindsats", "https://www.jobindsats.dk/", "Pladser og ledige i kommunen."),
    ("Brancheforeningen", "", "Krav til kompetencer, omgangstone, hvad der optager branchen. Skriv foreningens adresse ind."),
    ("Lokal erhvervs- og handelstandsforening", "", "Hvem er nye, hvem udvider, hvem kender hvem."),
    ("Lokalpressen", "", "Søg på virksomhedens navn, før du ringer."),
    ("Erhvervsrådet", "", "Planer og vækst i området."),
    ("Netværk", "", "Virksomheder, der allerede samarbejder med os, kender ofte de andre."),
]  # fmt: skip


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For every industry; nobody has checked the addresses yet."""
    IndustrySource = apps.get_model("companies", "IndustrySource")
    IndustrySource.objects.bulk_create(
        IndustrySource(name=name, url=url, note=note) for name, url, note in ROWS
    )


def take_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take out those that came with this migration."""
    names = [row[0] for row in ROWS]
    apps.get_model("companies", "IndustrySource").objects.filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [("companies", "0007_the_day")]

    operations = [migrations.RunPython(fill, take_out)]

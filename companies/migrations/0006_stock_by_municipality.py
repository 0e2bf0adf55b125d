# The dashboard counts the stock of one municipality; the index alone must answer that.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("companies", "0005_import_running")]

    operations = [
        migrations.RemoveIndex(model_name="workplace", name="workplace_stock"),
        migrations.AddIndex(
            model_name="workplace",
            index=models.Index(
                fields=["size_band", "owner", "last_contact_at", "municipality_code"],
                condition=models.Q(("ceased_on", None)),
                name="workplace_stock",
            ),
        ),
    ]

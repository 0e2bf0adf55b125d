"""What notices may be about: firms in trouble, agreements to renegotiate."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """New kinds of notice."""

    dependencies: ClassVar = [("accounts", "0003_cache_table")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("workplace_ceased", "Workplace ceased"),
                    ("workplace_moved", "Workplace moved"),
                    ("company_in_trouble", "Company in trouble"),
                    ("renewal_open", "Agreement up for renewal"),
                    ("renewal_soon", "Agreement to be renegotiated within 30 days"),
                    ("renewal_due", "Agreement to be renegotiated now"),
                ],
                max_length=30,
            ),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import iceshop.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_consent_by_sms_and_calls")]

    operations = [
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=iceshop.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
            ],
            options={
                "db_table": "accounts_erasure_request",
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(done_at__isnull=True),
                        fields=("person",),
                        name="erasure_request_open_once",
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("windows", "0004_asks_know_what_a_benefit_costs")]

    operations = [
        migrations.CreateModel(
            name="RoundRecord",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="record",
                        serialize=False,
                        to="windows.round",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={"db_table": "windows_round_record"},
        ),
    ]

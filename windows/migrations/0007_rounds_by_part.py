from django.db import migrations, models

import iceshop.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("windows", "0006_notices_know_their_plan")]

    operations = [
        migrations.AddField(
            model_name="round",
            name="part_key",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="RoundPart",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("content", models.CharField(max_length=32)),
                ("decided_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
            ],
            options={
                "db_table": "windows_round_part",
                "indexes": [models.Index(fields=["decided_at"], name="round_part_by_time")],
            },
        ),
        migrations.CreateModel(
            name="RoundSeed",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("secret", models.CharField(max_length=64)),
                ("stored_at", models.DateTimeField()),
            ],
            options={"db_table": "windows_round_seed"},
        ),
        migrations.CreateModel(
            name="EngineMode",
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
                ("mode", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_key", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "windows_engine_mode",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["search", "rule"])),
                        name="engine_mode_known",
                    )
                ],
            },
        ),
    ]

"""Requests to be erased move from the lanes to a table of their own."""

from datetime import timedelta

from django.db import migrations


def move(apps, schema_editor):
    lanes = apps.get_model("whatsapp", "Lane").objects.filter(erasure_asked_at__isnull=False)
    apps.get_model("accounts", "ErasureRequest").objects.bulk_create(
        apps.get_model("accounts", "ErasureRequest")(
            person_id=lane.person_id,
            asked_at=lane.erasure_asked_at,
            due_at=lane.erasure_asked_at + timedelta(days=30),
        )
        for lane in lanes
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_erasure_requests"),
        ("whatsapp", "0004_sms"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveField(model_name="lane", name="erasure_asked_at"),
    ]

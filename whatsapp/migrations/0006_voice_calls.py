import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

import iceshop.kernel.ids

_STATES = ["planned", "queued", "ringing", "in-progress", "unknown", "ended", "refused"]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_erasure_requests"),
        ("windows", "0006_notices_know_their_plan"),
        ("whatsapp", "0005_erasure_requests_are_their_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="SimulatedCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("phone", models.CharField(max_length=15)),
                ("is_inbound", models.BooleanField()),
                ("first", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "whatsapp_simulated_call"},
        ),
        migrations.CreateModel(
            name="VoiceCall",
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
                ("vapi_id", models.CharField(blank=True, max_length=80)),
                ("is_inbound", models.BooleanField()),
                ("state", models.CharField(default="planned", max_length=11)),
                ("ended_reason", models.CharField(blank=True, max_length=80)),
                ("options", models.JSONField(default=list)),
                ("cost_micros", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.person",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="windows.notice",
                    ),
                ),
            ],
            options={
                "db_table": "whatsapp_voice_call",
                "constraints": [
                    models.UniqueConstraint(
                        condition=~Q(vapi_id=""), fields=("vapi_id",), name="voice_call_once"
                    ),
                    models.CheckConstraint(condition=Q(state__in=_STATES), name="voice_call_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VoiceTurn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("tool", models.CharField(max_length=40)),
                ("answer", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="whatsapp.voicecall",
                    ),
                ),
            ],
            options={
                "db_table": "whatsapp_voice_turn",
                "constraints": [
                    models.UniqueConstraint(fields=("call", "key"), name="voice_turn_once")
                ],
            },
        ),
    ]

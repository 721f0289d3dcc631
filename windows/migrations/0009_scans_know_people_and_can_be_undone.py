"""Scans know how many came, how and what they paid, can be undone and questioned; tills."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import iceshop.kernel.ids

_PEOPLE = """
UPDATE windows_pass_scan SET people = GREATEST(1, COALESCE((facts->>'people')::int, 1))
WHERE is_admitted
"""
_PEOPLE_IN = "UPDATE windows_seat SET people_in = party_size WHERE state = 'checked_in'"


class Migration(migrations.Migration):
    dependencies = [
        ("commerce", "0004_checks_refuse_missing_columns"),
        ("windows", "0008_twins_are_checked"),
    ]

    operations = [
        migrations.AddField("seat", "people_in", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("passscan", "means", models.CharField(default="code", max_length=5)),
        migrations.AddField("passscan", "people", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "passscan", "paid_minor", models.PositiveIntegerField(blank=True, null=True)
        ),
        migrations.AddField("passscan", "received_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "passscan",
            "undoes",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="windows.passscan",
            ),
        ),
        migrations.RunSQL(_PEOPLE, migrations.RunSQL.noop),
        migrations.RunSQL(_PEOPLE_IN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "seat",
            models.CheckConstraint(
                condition=Q(state="checked_in", people_in__gte=1, people_in__lte=F("party_size"))
                | (~Q(state="checked_in") & Q(people_in=0)),
                name="seat_people_in",
            ),
        ),
        migrations.AddConstraint(
            "passscan",
            models.UniqueConstraint(fields=("undoes",), name="pass_scan_undone_once"),
        ),
        migrations.AddConstraint(
            "passscan",
            models.CheckConstraint(
                condition=Q(is_admitted=True, people__gte=1) | Q(is_admitted=False, people=0),
                name="pass_scan_people",
            ),
        ),
        migrations.AddConstraint(
            "passscan",
            models.CheckConstraint(
                condition=Q(means__in=["qr", "code", "words", "name"]), name="pass_scan_means"
            ),
        ),
        migrations.AddIndex(
            "passscan", models.Index(fields=["seat", "at"], name="pass_scan_by_seat")
        ),
        migrations.CreateModel(
            name="ScanQuestion",
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
                ("kind", models.CharField(max_length=10)),
                ("opened_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=12)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("actor_kind", models.CharField(blank=True, max_length=10)),
                ("actor_key", models.CharField(blank=True, max_length=80)),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="windows.passscan",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="windows.passscan",
                    ),
                ),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commerce.store",
                    ),
                ),
            ],
            options={
                "db_table": "windows_scan_question",
                "indexes": [
                    models.Index(
                        condition=Q(answer=""),
                        fields=["store", "opened_at"],
                        name="scan_question_open",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("scan", "kind"), name="scan_question_once"),
                    models.CheckConstraint(
                        condition=Q(kind__in=["conflict", "gone", "dispute", "price"]),
                        name="scan_question_kind",
                    ),
                    models.CheckConstraint(
                        condition=Q(answer="", answered_at__isnull=True)
                        | Q(
                            answer__in=["same_people", "shop_pays", "guest_pays"],
                            answered_at__isnull=False,
                        ),
                        name="scan_question_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TillDevice",
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
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=40)),
                ("key", models.CharField(max_length=60)),
                ("is_linked", models.BooleanField(default=False)),
                ("pin_hash", models.CharField(blank=True, max_length=200)),
                ("pin_version", models.PositiveSmallIntegerField(default=0)),
                ("wrong_pins", models.PositiveSmallIntegerField(default=0)),
                ("wrong_since", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "store",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="commerce.store",
                    ),
                ),
            ],
            options={
                "db_table": "windows_till_device",
                "constraints": [
                    models.UniqueConstraint(fields=("store", "key"), name="till_device_key_once"),
                    models.UniqueConstraint(
                        fields=("store", "number"), name="till_device_number_once"
                    ),
                    models.CheckConstraint(
                        condition=(Q(is_linked=True, pin_version__gte=1) & ~Q(pin_hash=""))
                        | Q(is_linked=False, pin_version=0, pin_hash=""),
                        name="till_device_pin",
                    ),
                ],
            },
        ),
    ]

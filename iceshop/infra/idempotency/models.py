"""The table of kept answers."""

from django.db import models
from django.db.models import Q


class IdempotencyRecord(models.Model):
    """One request under a key: in progress under a lease, or finished with its answer.

    ``lease_until`` is measured by the system's clock, ``created_at`` by the product's.
    """

    principal = models.CharField(max_length=80)
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    content_type = models.CharField(max_length=60, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "infra_idempotency_record"
        constraints = [
            models.UniqueConstraint(
                fields=("principal", "route", "key"), name="idempotency_record_once"
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True, lease_until__isnull=False)
                | Q(status__isnull=False, lease_until__isnull=True),
                name="idempotency_record_finished",
            ),
        ]
        indexes = [
            # Old rows are swept by age.
            models.Index(fields=("created_at",), name="idempotency_record_by_age")
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.pk}"

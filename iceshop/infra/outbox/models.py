"""The outbox table."""

from django.db import models
from django.db.models import Q

from iceshop.kernel.ids import new_id


class OutboxState(models.TextChoices):
    """``due`` is the only state in which a row is worked on."""

    DUE = "due"
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    PARKED = "parked"


class OutboxMessage(models.Model):
    """One thing to be done outside. Rows of one ``lane`` keep the order of ``(planned_at, id)``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    topic = models.CharField(max_length=60)
    dedupe_key = models.CharField(max_length=200)
    payload = models.JSONField()
    lane = models.CharField(max_length=80, blank=True)
    priority = models.PositiveSmallIntegerField(default=5)
    planned_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=OutboxState, default=OutboxState.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=60, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "infra_outbox"
        constraints = [
            models.UniqueConstraint(fields=("dedupe_key",), name="outbox_once"),
            models.CheckConstraint(condition=Q(state__in=OutboxState.values), name="outbox_state"),
            models.CheckConstraint(
                condition=Q(state=OutboxState.DUE, finished_at__isnull=True)
                | (~Q(state=OutboxState.DUE) & Q(finished_at__isnull=False)),
                name="outbox_finished_when_not_due",
            ),
        ]
        indexes = [
            # The drain looks for due rows in this order.
            models.Index(
                fields=("priority", "not_before"),
                condition=Q(state=OutboxState.DUE),
                name="outbox_due",
            ),
            # The drain asks whether an earlier row of the lane is still due.
            models.Index(
                fields=("lane", "planned_at", "id"),
                condition=Q(state=OutboxState.DUE),
                name="outbox_lane",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"

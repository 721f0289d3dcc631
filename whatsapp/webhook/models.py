"""Deliveries, their items, and counts of refused posts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from whatsapp.gateway.items import Kind


class WebhookDelivery(models.Model):
    """One signed body, byte for byte as it came; the platform has no other copy to give."""

    body = models.BinaryField()
    body_sha256 = models.CharField(max_length=64)
    item_count = models.PositiveIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        db_table = "whatsapp_webhook_delivery"
        indexes = [
            models.Index(fields=("-received_at",), name="webhook_delivery_recent"),
            models.Index(fields=("body_sha256",), name="webhook_delivery_body"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class WebhookItemState(models.TextChoices):
    """``new`` is the only state in which an item is worked on."""

    NEW = "new"
    DONE = "done"
    QUARANTINED = "quarantined"
    IGNORED = "ignored"


class WebhookItem(models.Model):
    """One thing that arrived. Items of one ``lane_key`` are worked in the order of their time.

    ``payload`` is what ``gateway.codec`` wrote. ``lane_key`` is empty for what is of no person.
    """

    delivery = models.ForeignKey(WebhookDelivery, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=120)
    source = models.CharField(max_length=32)
    key = models.CharField(max_length=320)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    variant = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=15, blank=True)
    user_id = models.CharField(max_length=140, blank=True)
    lane_key = models.CharField(max_length=160, blank=True)
    event_at = models.DateTimeField()
    received_at = models.DateTimeField()
    payload = models.JSONField()
    flags = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    state = models.CharField(max_length=12, choices=WebhookItemState)
    reason = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "whatsapp_webhook_item"
        constraints = [
            models.UniqueConstraint(fields=("source", "key"), name="webhook_item_once"),
            models.CheckConstraint(
                condition=Q(state__in=WebhookItemState.values), name="webhook_item_state"
            ),
            models.CheckConstraint(
                condition=Q(state=WebhookItemState.NEW, processed_at__isnull=True)
                | (~Q(state=WebhookItemState.NEW) & Q(processed_at__isnull=False)),
                name="webhook_item_processed_when_not_new",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(WebhookItemState.NEW, WebhookItemState.DONE), reason="")
                | (
                    Q(state__in=(WebhookItemState.QUARANTINED, WebhookItemState.IGNORED))
                    & ~Q(reason="")
                ),
                name="webhook_item_reason_when_set_aside",
            ),
        ]
        indexes = [
            # A lane is claimed in this order.
            models.Index(
                fields=("lane_key", "event_at", "delivery", "position"),
                condition=Q(state=WebhookItemState.NEW),
                name="webhook_item_lane",
            ),
            # Everything else is claimed by kind.
            models.Index(
                fields=("kind", "event_at"),
                condition=Q(state=WebhookItemState.NEW),
                name="webhook_item_kind",
            ),
            # A sender without id is put into the lane of the id last seen with the phone.
            models.Index(
                fields=("phone", "-id"),
                condition=~Q(phone="") & ~Q(user_id=""),
                name="webhook_item_phone",
            ),
            # The operator looks for what was set aside.
            models.Index(
                fields=("state", "-received_at"),
                condition=Q(state=WebhookItemState.QUARANTINED),
                name="webhook_item_quarantined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class WebhookRefusal(models.Model):
    """How many posts were refused on a day, by reason; nothing else of them is kept."""

    refused_on = models.DateField()
    reason = models.CharField(max_length=32)
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "whatsapp_webhook_refusal"
        constraints = [
            models.UniqueConstraint(fields=("refused_on", "reason"), name="webhook_refusal_once"),
        ]

    def __str__(self) -> str:
        return f"{self.refused_on} {self.reason}"

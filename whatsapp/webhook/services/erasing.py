"""Taking out of what arrived whom it came from and what it said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, Q, Value
from django.db.models.functions import MD5, Concat

from iceshop.infra.db import step
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookItemState


@step
def erase_items(*, phones: Collection[str], user_ids: Collection[str]) -> int:
    """Empty everything that came from these numbers and ids; returns how many items.

    The bodies in which they came are emptied too, so that none is replayed. What had not been
    worked yet is ignored.
    """
    rows = WebhookItem.objects.filter(
        Q(phone__in=list(phones)) & ~Q(phone="") | Q(user_id__in=list(user_ids)) & ~Q(user_id="")
    )
    deliveries = list(rows.values_list("delivery_id", flat=True).distinct())
    WebhookDelivery.objects.filter(pk__in=deliveries).update(body=b"")
    rows.filter(state=WebhookItemState.NEW).update(
        state=WebhookItemState.IGNORED, reason="person.erased", processed_at=F("received_at")
    )
    # The platform's keys hold the number; a hash still tells a repetition.
    return rows.update(
        key=Concat(Value("erased:"), MD5("key")),
        phone="",
        user_id="",
        lane_key="",
        payload={},
    )


@step
def forget_deliveries(*, before: datetime, limit: int) -> int:
    """Empty what arrived before ``before`` and was worked; at most ``limit`` deliveries."""
    old = WebhookDelivery.objects.filter(received_at__lt=before).exclude(body=b"")
    keys = list(old.values_list("pk", flat=True)[:limit])
    items = WebhookItem.objects.filter(delivery__in=keys).exclude(state=WebhookItemState.NEW)
    items.update(payload={})
    return WebhookDelivery.objects.filter(pk__in=keys).update(body=b"")

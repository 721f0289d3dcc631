"""Reads: what an operator looks at, what is waiting, and an item as other slices see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Min, Sum

from iceshop.infra import clock
from whatsapp.gateway.codec import decode_content
from whatsapp.gateway.codes import ALARMING
from whatsapp.gateway.items import Content
from whatsapp.webhook.models import (
    WebhookDelivery,
    WebhookItem,
    WebhookItemState,
    WebhookRefusal,
)

# Works for a lane: time of the item, then arrival, then place in the body.
LANE_ORDER = ("event_at", "delivery_id", "position")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedItem:
    """An item that the holder works on until its lease ends.

    ``attempt`` counts from 1 and guards the result: it changes when somebody else takes over.
    """

    id: int
    attempt: int
    kind: str
    variant: str
    source: str
    key: str
    phone: str
    user_id: str
    lane_key: str
    event_at: datetime
    received_at: datetime
    flags: tuple[str, ...]
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFact:
    """A stored body in figures."""

    id: int
    received_at: datetime
    item_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An item that waits for a person."""

    id: int
    delivery_id: int
    path: str
    reason: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How often something was set aside or refused, and whether somebody should look."""

    reason: str
    count: int
    is_alarming: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What has not been worked on yet."""

    count: int
    oldest_at: datetime | None


def claimed(row: WebhookItem) -> ClaimedItem:
    """Return a row, as its claim left it, to its holder."""
    return ClaimedItem(
        id=row.pk,
        attempt=row.attempts,
        kind=row.kind,
        variant=row.variant,
        source=row.source,
        key=row.key,
        phone=row.phone,
        user_id=row.user_id,
        lane_key=row.lane_key,
        event_at=row.event_at,
        received_at=row.received_at,
        flags=tuple(row.flags),
        content=decode_content(row.payload),
    )


def item_of(item_id: int) -> ClaimedItem:
    """The item as it lies there, claimed or not. One query. Raises ``WebhookItem.DoesNotExist``."""
    return claimed(WebhookItem.objects.get(pk=item_id))


_WAITING_LANES = """
SELECT lane_key FROM whatsapp_webhook_item WHERE state = 'new' AND lane_key <> ''
GROUP BY lane_key HAVING count(*) FILTER (WHERE lease_until > %s) = 0
ORDER BY min(event_at), lane_key LIMIT %s
"""


def waiting_lanes(*, limit: int) -> tuple[str, ...]:
    """Return lanes with new items that nobody works on, longest waiting first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING_LANES, [clock.system_now(), limit])
        return tuple(lane_key for (lane_key,) in cursor.fetchall())


def user_ids_of_phones(*, phones: Sequence[str]) -> dict[str, str]:
    """Return the business-scoped id last seen with each phone, where there was one. One query."""
    rows = (
        WebhookItem.objects.filter(phone__in=phones)
        .exclude(phone="")
        .exclude(user_id="")
        .order_by("phone", "-id")
        .distinct("phone")
    )
    return dict(rows.values_list("phone", "user_id"))


def last_delivery() -> DeliveryFact | None:
    """Return the newest stored body, or None before the first. One query."""
    row = WebhookDelivery.objects.defer("body").order_by("-received_at", "-id").first()
    if row is None:
        return None
    return DeliveryFact(id=row.pk, received_at=row.received_at, item_count=row.item_count)


def quarantined(*, limit: int = 50) -> tuple[SetAside, ...]:
    """Return what waits for a person, newest first. One query."""
    rows = WebhookItem.objects.filter(state=WebhookItemState.QUARANTINED)
    return tuple(
        SetAside(
            id=row.pk,
            delivery_id=row.delivery_id,
            path=row.path,
            reason=row.reason,
            received_at=row.received_at,
        )
        for row in rows.order_by("-received_at", "-id")[:limit]
    )


def failures_by_reason(*, since: datetime) -> tuple[ReasonCount, ...]:
    """Return how many items were set aside since then, most frequent first. One query."""
    rows = (
        WebhookItem.objects.filter(received_at__gte=since)
        .exclude(reason="")
        .values("reason", "state")
        .annotate(count=Count("id"))
        .order_by("-count", "reason")
    )
    return tuple(
        ReasonCount(
            reason=row["reason"],
            count=row["count"],
            is_alarming=row["state"] == WebhookItemState.QUARANTINED or row["reason"] in ALARMING,
        )
        for row in rows
    )


def refusals(*, since_on: date) -> tuple[ReasonCount, ...]:
    """Return how many posts were refused since that day (UTC), by reason. One query."""
    rows = (
        WebhookRefusal.objects.filter(refused_on__gte=since_on)
        .values("reason")
        .annotate(total=Sum("count"))
        .order_by("-total", "reason")
    )
    return tuple(
        ReasonCount(reason=row["reason"], count=row["total"], is_alarming=True) for row in rows
    )


def backlog() -> Backlog:
    """Return how many items wait and since when. One query."""
    found = WebhookItem.objects.filter(state=WebhookItemState.NEW).aggregate(
        count=Count("id"), oldest_at=Min("received_at")
    )
    return Backlog(count=found["count"], oldest_at=found["oldest_at"])

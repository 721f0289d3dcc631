"""A post from the platform: verified, stored, acknowledged."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import F

from iceshop.infra.db import operation
from iceshop.infra.prepared import insert_one
from whatsapp.gateway.codes import ALARMING
from whatsapp.gateway.signature import Verdict, check
from whatsapp.webhook.models import (
    WebhookDelivery,
    WebhookItem,
    WebhookItemState,
    WebhookRefusal,
)
from whatsapp.webhook.services.storing import insert, items_of, kick_drains, rows_of

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of a post; ``delivery_id`` is None when the signature was not good."""

    verdict: Verdict
    delivery_id: int | None = None


@operation
def receive(*, body: bytes, signature: str | None, now: datetime) -> Receipt:
    """Verify a body and store it with one row an item, whatever it holds.

    Writes: delivery and items, or one count of a refusal. Items that are known stay as they are.
    """
    verdict = check(body, signature, settings.WHATSAPP["APP_SECRETS"])
    if verdict is not Verdict.VALID:
        _count(verdict.value, now)
        return Receipt(verdict=verdict)
    items = items_of(body, received_at=now)
    delivery = insert_one(
        WebhookDelivery(
            body=body,
            body_sha256=hashlib.sha256(body).hexdigest(),
            item_count=len(items),
            received_at=now,
        )
    )
    rows = rows_of(items, delivery=delivery, now=now)
    insert(rows)
    kick_drains(rows.values())
    _report(delivery, list(rows.values()))
    return Receipt(verdict=verdict, delivery_id=delivery.pk)


@operation
def count_refusal(*, reason: str, now: datetime) -> None:
    """Count a post that was refused before its signature was looked at."""
    _count(reason, now)


def _count(reason: str, now: datetime) -> None:
    log.warning("webhook.refused", reason=reason)
    today = WebhookRefusal.objects.filter(refused_on=now.date(), reason=reason)
    if today.update(count=F("count") + 1):
        return
    WebhookRefusal.objects.bulk_create(
        [WebhookRefusal(refused_on=now.date(), reason=reason, count=0)], ignore_conflicts=True
    )
    today.update(count=F("count") + 1)


def _report(delivery: WebhookDelivery, rows: list[WebhookItem]) -> None:
    log.info("webhook.stored", delivery_id=delivery.pk, items=len(rows))
    odd = Counter(
        row.reason
        for row in rows
        if row.state == WebhookItemState.QUARANTINED or row.reason in ALARMING
    )
    for reason, count in sorted(odd.items()):
        log.warning("webhook.set_aside", delivery_id=delivery.pk, reason=str(reason), count=count)

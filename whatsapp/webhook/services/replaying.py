"""Reading a stored body again, after the reader or the work on an item was repaired."""

from __future__ import annotations

from datetime import datetime

from iceshop.infra.db import operation
from iceshop.kernel.errors import NotFound
from whatsapp.gateway.codes import Reason
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookItemState
from whatsapp.webhook.services.storing import insert, items_of, kick_drains, rows_of

_READ_ANEW = (
    "position",
    "path",
    "kind",
    "variant",
    "phone",
    "user_id",
    "lane_key",
    "event_at",
    "payload",
    "flags",
    "state",
    "reason",
    "processed_at",
)


@operation
def replay_delivery(*, delivery_id: int, now: datetime) -> int:
    """Read a delivery again and make what it holds new work; returns how many items became new.

    Items that were done stay done. A quarantined item that can be read now is new again; one that
    reads as something else now is marked as superseded. Raises ``NotFound("webhook.no_delivery")``.
    """
    delivery = WebhookDelivery.objects.filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound("webhook.no_delivery")
    fresh = rows_of(
        items_of(bytes(delivery.body), received_at=delivery.received_at), delivery=delivery, now=now
    )
    stored = WebhookItem.objects.filter(delivery=delivery).order_by("pk").select_for_update()
    aside = (WebhookItemState.QUARANTINED, WebhookItemState.IGNORED)
    revived: list[WebhookItem] = []
    for row in stored:
        again = fresh.pop((row.source, row.key), None)
        if row.state not in aside:
            continue
        if again is None:
            _supersede(row, now)
        elif again.state == WebhookItemState.NEW:
            revived.append(_revive(row, again))
    before = WebhookItem.objects.filter(delivery=delivery).count()
    insert(fresh)
    added = WebhookItem.objects.filter(delivery=delivery).count() - before
    kick_drains([*revived, *fresh.values()])
    return len(revived) + added


def _supersede(row: WebhookItem, now: datetime) -> None:
    row.state, row.reason, row.processed_at = WebhookItemState.IGNORED, Reason.SUPERSEDED, now
    row.save(update_fields=["state", "reason", "processed_at"])


def _revive(row: WebhookItem, again: WebhookItem) -> WebhookItem:
    for name in _READ_ANEW:
        setattr(row, name, getattr(again, name))
    row.attempts, row.lease_until = 0, None
    row.save(update_fields=[*_READ_ANEW, "attempts", "lease_until"])
    return row

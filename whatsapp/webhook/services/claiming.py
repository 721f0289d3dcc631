"""Taking items to work on, and saying what became of them.

A lease is measured by the system clock. The result is written under the claim: it names the
attempt, so a worker that was too slow and was replaced writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from iceshop.infra import clock
from iceshop.infra.db import claim_where, outside, step
from iceshop.infra.prepared import PreparedUpdate, given, given_list
from iceshop.kernel.errors import Conflict
from whatsapp.gateway.items import Kind
from whatsapp.webhook.models import WebhookItem, WebhookItemState
from whatsapp.webhook.queries import LANE_ORDER, ClaimedItem, claimed

_CLAIM_LANE = """
WITH lane AS MATERIALIZED (
    SELECT id, lease_until, event_at, delivery_id, position FROM whatsapp_webhook_item
    WHERE state = 'new' AND lane_key = %s ORDER BY id FOR NO KEY UPDATE
), taken AS MATERIALIZED (
    SELECT id FROM lane WHERE NOT EXISTS (SELECT FROM lane held WHERE held.lease_until > %s)
    ORDER BY event_at, delivery_id, position LIMIT %s
)
UPDATE whatsapp_webhook_item item SET lease_until = %s, attempts = attempts + 1
FROM taken WHERE item.id = taken.id RETURNING item.*
"""


@outside
def claim_items(
    *, kinds: Collection[Kind], limit: int, lease_seconds: int
) -> tuple[ClaimedItem, ...]:
    """Take the oldest new items of these kinds that nobody holds, in no order between them."""
    rows = claim_where(
        WebhookItem,
        "state = 'new' AND kind = ANY(%s)",
        [[kind.value for kind in kinds]],
        order=", ".join(LANE_ORDER),
        limit=limit,
        lease_seconds=lease_seconds,
    )
    return tuple(claimed(row) for row in rows)


@outside
def claim_lane(*, lane_key: str, limit: int, lease_seconds: int) -> tuple[ClaimedItem, ...]:
    """Take the next items of a lane in its order; nothing when somebody works on the lane.

    Every new row of the lane is locked first: of two claims at the same moment, the second one
    waits and then sees the lease of the first. One statement.
    """
    real_now = clock.system_now()
    rows = WebhookItem.objects.raw(
        _CLAIM_LANE, [lane_key, real_now, limit, real_now + timedelta(seconds=lease_seconds)]
    )
    return tuple(
        claimed(row)
        for row in sorted(rows, key=lambda row: (row.event_at, row.delivery_id, row.position))
    )


@step
def mark_done(*, items: Sequence[ClaimedItem], now: datetime) -> None:
    """Record that the items were worked on, in the transaction of the work itself.

    Raises ``Conflict("webhook.lease_lost")`` when somebody else took one over in the meantime.
    """
    _settle(items, lambda held: _DONE(**held, now=now))


@step
def quarantine(*, items: Sequence[ClaimedItem], reason: str, now: datetime) -> None:
    """Keep the items aside for a person; ``reason`` is a code. Raises as ``mark_done``."""
    _settle(
        items,
        lambda held: _held(**held).update(
            state=WebhookItemState.QUARANTINED, reason=reason, processed_at=now, lease_until=None
        ),
    )


@step
def put_back(*, items: Sequence[ClaimedItem], wait_seconds: int) -> None:
    """Let the items be claimed again after a wait, in which their lane rests.

    Raises as ``mark_done``.
    """
    until = clock.system_now() + timedelta(seconds=wait_seconds)
    _settle(items, lambda held: _held(**held).update(lease_until=until))


@step
def wake_lane(*, lane_key: str) -> None:
    """Let a lane that was put back be claimed at once; whoever works in it loses its claim."""
    WebhookItem.objects.filter(state=WebhookItemState.NEW, lane_key=lane_key).update(
        lease_until=None
    )


def _held(*, ids: Collection[int], attempt: int) -> QuerySet[WebhookItem]:
    return WebhookItem.objects.filter(pk__in=ids, state=WebhookItemState.NEW, attempts=attempt)


_DONE = PreparedUpdate(
    lambda: _held(ids=given_list("ids", "bigint"), attempt=given("attempt")),
    state=WebhookItemState.DONE,
    processed_at=given("now"),
    lease_until=None,
)


def _settle(items: Iterable[ClaimedItem], write: Callable[[dict[str, Any]], int]) -> None:
    """Write to the rows that are still held as they were claimed; all of them, or none."""
    ordered = sorted(items, key=lambda item: item.attempt)
    for attempt, group in groupby(ordered, key=lambda item: item.attempt):
        ids = [item.id for item in group]
        if write({"ids": ids, "attempt": attempt}) != len(ids):
            raise Conflict("webhook.lease_lost")

"""Writing outbox rows and doing them."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db.models import F

from iceshop.infra.db import add_new, claim_where, nobody_holds, operation, outside, step
from iceshop.infra.kick import kick
from iceshop.infra.outbox.models import OutboxMessage, OutboxState
from iceshop.infra.outbox.registry import handler_of
from iceshop.infra.outbox.results import Later, Refused, Result, Retry, Sent, Unknown
from iceshop.infra.prepared import PreparedUpdate, given
from iceshop.kernel.errors import Conflict

log = structlog.get_logger(__name__)

DRAIN_TASK = "infra.outbox.drain"
_LEASE_SECONDS = 60
_MAX_ATTEMPTS = 8
_FIRST_BACKOFF_SECONDS = 2
_LAST_BACKOFF_SECONDS = 300
_BATCH = 20
# Due rows that no earlier row of their lane holds back.
_DUE = """
state = 'due' AND not_before <= %s AND (lane = '' OR NOT EXISTS (
    SELECT FROM infra_outbox earlier
    WHERE earlier.state = 'due' AND earlier.lane = infra_outbox.lane
    AND (earlier.planned_at, earlier.id) < (infra_outbox.planned_at, infra_outbox.id)))
"""


@step
def put(
    *,
    topic: str,
    dedupe_key: str,
    payload: dict[str, Any],
    now: datetime,
    lane: str = "",
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    priority: int = 5,
) -> bool:
    """Plan one thing to be done outside after the commit; ``False`` if ``dedupe_key`` is known.

    ``payload`` is JSON and holds ids and facts, no secrets. It is done at ``not_before`` (or at
    once), and dies unsent at ``expires_at``.
    """
    due_at = max(not_before or now, now)
    row = OutboxMessage(
        topic=topic,
        dedupe_key=dedupe_key,
        payload=payload,
        lane=lane,
        priority=priority,
        planned_at=due_at,
        not_before=due_at,
        expires_at=expires_at,
    )
    if not add_new([row]):
        return False
    if due_at <= now:
        kick(DRAIN_TASK)
    return True


@step
def renew(
    *,
    dedupe_key: str,
    code: str,
    not_before: datetime,
    expires_at: datetime | None,
    now: datetime,
) -> bool:
    """Make a row that was withdrawn with ``code`` due again at ``not_before``.

    ``False`` where there is no such row: what was sent, or died of age, stays as it is.
    """
    due_at = max(not_before, now)
    renewed = OutboxMessage.objects.filter(
        dedupe_key=dedupe_key, state=OutboxState.EXPIRED, code=code
    ).update(
        state=OutboxState.DUE,
        planned_at=due_at,
        not_before=due_at,
        expires_at=expires_at,
        attempts=0,
        lease_until=None,
        code="",
        finished_at=None,
    )
    if renewed and due_at <= now:
        kick(DRAIN_TASK)
    return bool(renewed)


@step
def withdraw(*, dedupe_prefix: str, code: str, now: datetime) -> int:
    """End the due rows whose key begins with ``dedupe_prefix``; returns how many.

    A row that a worker is at just now is left to it.
    """
    due = OutboxMessage.objects.filter(dedupe_key__startswith=dedupe_prefix, state=OutboxState.DUE)
    return due.filter(nobody_holds()).update(
        state=OutboxState.EXPIRED, code=code, finished_at=now, lease_until=None
    )


@outside
def drain(*, now: datetime, limit: int = 500, budget_seconds: float = 20) -> int:
    """Do due rows until none is left, ``limit`` is reached or the budget is spent; how many.

    ``budget_seconds`` is well below the lease: rows that were claimed but not begun by then go
    back, since another worker may take them once the lease ends.
    """
    ends = time.monotonic() + budget_seconds
    done = 0
    while done < limit and time.monotonic() < ends:
        messages = claim_where(
            OutboxMessage,
            _DUE,
            [now],
            order="priority, not_before, id",
            limit=min(_BATCH, limit - done),
            lease_seconds=_LEASE_SECONDS,
        )
        if not messages:
            break
        for place, message in enumerate(messages):
            if time.monotonic() >= ends:
                _hand_back(messages[place:])
                break
            _finish(message, _do(message, now), now)
            done += 1
    return done


@operation
def replay(*, message_id: UUID, now: datetime) -> None:
    """Make a parked or refused row due again. Raises ``Conflict("outbox.not_parked")``."""
    moved = OutboxMessage.objects.filter(
        pk=message_id, state__in=(OutboxState.PARKED, OutboxState.REFUSED)
    ).update(
        state=OutboxState.DUE,
        attempts=0,
        not_before=now,
        lease_until=None,
        finished_at=None,
        code="",
    )
    if not moved:
        raise Conflict("outbox.not_parked")
    kick(DRAIN_TASK)


@step
def settle_unknown(*, reference: str, state: str, code: str, now: datetime) -> bool:
    """Write what became of a row whose answer was lost, once the other side tells."""
    settled = OutboxState.SENT if state == "sent" else OutboxState.REFUSED
    return bool(
        OutboxMessage.objects.filter(reference=reference, state=OutboxState.UNKNOWN).update(
            state=settled, code=code, finished_at=now
        )
    )


@step
def forget_lane(*, lane: str) -> int:
    """Remove every row of a lane, due ones too; returns how many."""
    gone, _ = OutboxMessage.objects.filter(lane=lane).filter(nobody_holds()).delete()
    return gone


@step
def forget_done(*, before: datetime, limit: int) -> int:
    """Remove rows that ended before ``before``; at most ``limit``."""
    old = OutboxMessage.objects.filter(finished_at__lt=before).values("pk")[:limit]
    gone, _ = OutboxMessage.objects.filter(pk__in=old).delete()
    return gone


def _hand_back(messages: list[OutboxMessage]) -> None:
    """Give up the lease of rows that were not begun; the claim does not count as an attempt."""
    OutboxMessage.objects.filter(
        pk__in=[message.pk for message in messages], state=OutboxState.DUE
    ).update(lease_until=None, attempts=F("attempts") - 1)


def _do(message: OutboxMessage, now: datetime) -> Result | None:
    """Call the handler; ``None`` means that the row had outlived its use."""
    if message.expires_at is not None and message.expires_at <= now:
        return None
    handler = handler_of(message.topic)
    if handler is None:
        return Refused("outbox.no_handler")
    try:
        return handler(message)
    except Exception:
        log.exception("outbox.failed", topic=message.topic, id=str(message.pk))
        return Retry("outbox.exception")


_SENT = PreparedUpdate(
    lambda: OutboxMessage.objects.filter(pk=given("pk"), state=OutboxState.DUE),
    state=OutboxState.SENT,
    finished_at=given("now"),
    reference=given("reference"),
)


def _finish(message: OutboxMessage, result: Result | None, now: datetime) -> None:
    row = OutboxMessage.objects.filter(pk=message.pk, state=OutboxState.DUE)
    match result:
        case None:
            row.update(state=OutboxState.EXPIRED, finished_at=now, code="outbox.too_late")
            log.info("outbox.expired", topic=message.topic, id=str(message.pk))
        case Sent(reference):
            _SENT(pk=message.pk, now=now, reference=reference)
        case Refused(code):
            row.update(state=OutboxState.REFUSED, finished_at=now, code=code)
            log.warning("outbox.refused", topic=message.topic, id=str(message.pk), code=code)
        case Unknown(code, reference):
            row.update(state=OutboxState.UNKNOWN, finished_at=now, code=code, reference=reference)
        case Later(at):
            row.update(
                planned_at=at, not_before=at, lease_until=None, attempts=message.attempts - 1
            )
        case Retry(code, _) if message.attempts >= _MAX_ATTEMPTS:
            row.update(state=OutboxState.PARKED, finished_at=now, code=code)
            log.warning("outbox.parked", topic=message.topic, id=str(message.pk), code=code)
        case Retry(code, after):
            wait = after if after is not None else _backoff_seconds(message.attempts - 1)
            row.update(not_before=now + timedelta(seconds=wait), lease_until=None, code=code)


def _backoff_seconds(attempts: int) -> int:
    """Doubling with full jitter on its upper half, so that many rows do not return together."""
    ceiling = min(_FIRST_BACKOFF_SECONDS * 2**attempts, _LAST_BACKOFF_SECONDS)
    return random.randint(ceiling // 2, ceiling)  # noqa: S311  jitter guards no secret


def depth_and_age(*, now: datetime) -> tuple[int, int]:
    """Number of due rows and the age of the oldest, in seconds."""
    due = OutboxMessage.objects.filter(state=OutboxState.DUE, not_before__lte=now)
    oldest = due.order_by("not_before").values_list("not_before", flat=True).first()
    return due.count(), int((now - oldest).total_seconds()) if oldest else 0

"""The breaker: what the platform's refusals stop, and lifting it."""

from __future__ import annotations

from datetime import datetime

import structlog

from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation
from iceshop.infra.prepared import Prepared
from iceshop.kernel.actors import Actor
from whatsapp.gateway.errors import Breaker
from whatsapp.messaging.models import SendingStop

log = structlog.get_logger(__name__)


@operation
def stop(*, scope: Breaker, code: int | None, now: datetime) -> None:
    """Stop sending of ``scope`` until it is lifted; stopping again keeps the first reason."""
    _, created = SendingStop.objects.get_or_create(
        scope=scope.value, defaults={"code": code, "since": now}
    )
    if created:
        log.error("sending.stopped", scope=scope.value, code=code)


@operation
def lift_stop(*, scope: str, by: Actor, now: datetime) -> bool:
    """Allow sending of ``scope`` again; ``False`` when it was not stopped."""
    deleted, _ = SendingStop.objects.filter(scope=scope).delete()
    if deleted:
        audit.record(
            by=by, action="sending.resumed", object_kind="sending", object_key=scope, now=now
        )
    return bool(deleted)


_STOPS = Prepared(SendingStop.objects.all)


def stopped_scopes() -> frozenset[str]:
    """Scopes that are stopped now. One query."""
    return frozenset(row.scope for row in _STOPS())

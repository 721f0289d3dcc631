"""Writing audit facts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog

from iceshop.infra.audit.models import AuditFact
from iceshop.infra.db import step
from iceshop.kernel.actors import Actor


@step
def record(
    *,
    by: Actor,
    action: str,
    object_kind: str,
    object_key: object,
    now: datetime,
    facts: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Append one fact; ``facts`` names fields with their values before and after."""
    bound = structlog.contextvars.get_contextvars()
    AuditFact.objects.create(
        at=now,
        actor_kind=by.kind,
        actor_key=by.key,
        action=action,
        object_kind=object_kind,
        object_key=str(object_key),
        facts=facts or {},
        reason=reason,
        request_id=str(bound.get("request_id", "")),
    )

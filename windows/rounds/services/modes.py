"""Switching between search and the plain rule."""

from __future__ import annotations

from datetime import datetime

from iceshop.infra.audit import services as audit
from iceshop.infra.db import operation
from iceshop.kernel.actors import Actor
from windows.rounds.domain import Mode
from windows.rounds.models import EngineMode
from windows.rounds.sources import current_mode

# Reason that the product itself gives; everybody else writes one.
ENGINE_FAILED = "engine.failed"


@operation
def switch_mode(*, mode: Mode, reason: str, by: Actor, now: datetime) -> bool:
    """Let rounds be decided so from now on; ``False`` when they are already. Audited."""
    before = current_mode()
    if mode is before:
        return False
    EngineMode.objects.create(
        mode=mode, at=now, actor_kind=by.kind, actor_key=by.key, reason=reason[:200]
    )
    audit.record(
        by=by,
        action="engine.mode",
        object_kind="engine",
        object_key="rounds",
        facts={"mode": [before.value, mode.value]},
        reason=reason,
        now=now,
    )
    return True

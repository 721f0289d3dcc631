"""Asking the engine, whose failure nobody must wait for."""

from __future__ import annotations

from datetime import datetime

import structlog

from iceshop.infra.db import outside
from iceshop.kernel.actors import SYSTEM
from windows.engine.decide import decide
from windows.engine.types import Decision, Parameters, Snapshot
from windows.rounds import snapshot as snapshots
from windows.rounds.domain import Mode
from windows.rounds.services.modes import ENGINE_FAILED, switch_mode

log = structlog.get_logger(__name__)


@outside
def answer(
    *, snapshot: Snapshot, seed: int, by_rule: bool, now: datetime
) -> tuple[Parameters, tuple[Decision, ...]] | None:
    """Decide; when the search fails the plain rule takes over, until an administrator looks.

    ``None`` when the plain rule fails too: then nothing changes for those of the part.
    """
    parameters = snapshots.parameters(by_rule=by_rule, wishes=len(snapshot.intents))
    try:
        return parameters, decide(snapshot, parameters, seed)
    except Exception:
        # Whatever it is, buyers must not wait for its repair.
        log.exception("round.engine_failed", by_rule=by_rule, intents=len(snapshot.intents))
    if by_rule:
        return None
    switch_mode(mode=Mode.RULE, reason=ENGINE_FAILED, by=SYSTEM, now=now)
    return answer(snapshot=snapshot, seed=seed, by_rule=True, now=now)

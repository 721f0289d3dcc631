"""Running rounds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from iceshop.infra.db import outside
from windows.engine.decide import decide
from windows.rounds import snapshot as snapshots
from windows.rounds.services.applying import UNCHANGED, apply
from windows.rounds.services.keeping import keep

# Any constant will do; it names this lock in the database.
_LOCK_KEY = 0x1CE5_01


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round did; ``decided`` counts what was new."""

    intents: int
    decided: int


@outside
def run(*, now: datetime) -> RoundReport | None:
    """Run one round over everything; ``None`` when another worker is at it.

    The seed is the minute: it only breaks ties, and is stored.
    """
    with only_one() as is_mine:
        if not is_mine:
            return None
        started = time.monotonic()
        taken = snapshots.take(now=now)
        if not taken.snapshot.intents:
            return RoundReport(0, 0)
        parameters = snapshots.parameters()
        seed = int(now.timestamp()) // 60
        decisions = decide(taken.snapshot, parameters, seed)
        results = {one.key: apply(decision=one, taken=taken, now=now) for one in decisions}
        news = {key: result for key, result in results.items() if result != UNCHANGED}
        if news:
            keep(
                taken=taken,
                parameters=parameters,
                seed=seed,
                decisions=decisions,
                results=news,
                milliseconds=int((time.monotonic() - started) * 1000),
                now=now,
            )
        return RoundReport(len(taken.snapshot.intents), len(news))


@contextmanager
def only_one() -> Iterator[bool]:
    """Hold a session lock for the round; it goes with the connection if the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [_LOCK_KEY])
        (is_mine,) = cursor.fetchone()
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [_LOCK_KEY])

"""Running rounds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import randrange

import structlog
from django.conf import settings

from iceshop.infra.db import outside
from iceshop.infra.kick import kick
from windows.rounds.desk import Open, View, due_at, look
from windows.rounds.domain import seed_of
from windows.rounds.services.answering import answer
from windows.rounds.services.applying import APPLIED, UNCHANGED, WAITING, apply
from windows.rounds.services.claiming import claimed
from windows.rounds.services.keeping import Decided, keep
from windows.rounds.services.seeds import commit_seed

log = structlog.get_logger(__name__)

HELP = "windows.rounds.help"
_BUDGET_SECONDS = 25.0
# What could not be applied is looked at again then, if nothing else changes.
_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What a round did; ``decided`` counts what was new."""

    intents: int
    decided: int


@outside
def run(
    *, now: datetime, budget_seconds: float = _BUDGET_SECONDS, is_help: bool = False
) -> RoundReport | None:
    """Decide every part of the market in which something is new or due.

    ``None`` when other workers are at all of them. A round that runs out of time leaves the parts
    it did not come to for the next one; what it decided holds, and one it always decides. With
    several workers (``ROUND_WORKERS``) the others are called to help, and each takes parts that
    nobody holds.
    """
    deadline = time.monotonic() + budget_seconds
    view = look(now=now)
    if len(view.open) > 1 and not is_help:
        for _ in range(settings.ROUND_WORKERS - 1):
            kick(HELP)
    decided = held = done = 0
    for batch in _batches(view.open):
        with claimed(batch) as mine:
            held += len(mine)
            for one in mine:
                if done and time.monotonic() > deadline:
                    log.warning("round.out_of_time", parts=len(view.open), decided=done)
                    return RoundReport(len(view.sources.intents), decided)
                decided += _decided(one, view, now)
                done += 1
    if view.open and not held:
        return None
    return RoundReport(len(view.sources.intents), decided)


def _batches(todo: tuple[Open, ...]) -> Iterator[tuple[Open, ...]]:
    """All parts at once for a single worker; for several small ones, from different ends."""
    workers = settings.ROUND_WORKERS
    if workers <= 1 or len(todo) <= 1:
        yield from (todo,) if todo else ()
        return
    first = randrange(len(todo))  # noqa: S311 - only spreads the workers
    todo = todo[first:] + todo[:first]
    size = max(1, len(todo) // (2 * workers))
    for at in range(0, len(todo), size):
        yield todo[at : at + size]


def _decided(one: Open, view: View, now: datetime) -> int:
    """Decide one part, apply and keep it; how many decisions were new."""
    started = time.monotonic()
    taken = view.of_part(one.part, now=now)
    seed = seed_of(view.sources.secret or commit_seed(now=now), now, one.part.key)
    found = answer(snapshot=taken.snapshot, seed=seed, by_rule=view.by_rule, now=now)
    if found is None:
        return 0
    parameters, decisions = found
    results = {each.key: apply(decision=each, taken=taken, now=now) for each in decisions}
    news = {key: result for key, result in results.items() if result != UNCHANGED}
    next_at = due_at(one.part, view, now=now)
    if any(result not in (APPLIED, WAITING) for result in news.values()):
        next_at = min(next_at, now + _AGAIN)
    keep(
        decided=Decided(
            part=replace(one.part, snapshot=taken.snapshot),
            content=one.content,
            due_at=next_at,
            taken=taken,
            parameters=parameters,
            seed=seed,
            decisions=decisions,
            news=news,
            milliseconds=int((time.monotonic() - started) * 1000),
        ),
        now=now,
    )
    return len(news)

"""Keeping what a round knew and decided."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from iceshop.infra.db import operation
from windows.engine import record
from windows.engine.types import Decision, Parameters
from windows.rounds.models import DecisionRecord, Round, RoundPart, RoundRecord
from windows.rounds.parts import Part
from windows.rounds.snapshot import Taken

# A part that was not decided for so long is no part any more.
_PARTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A part with what was decided about it.

    ``news`` holds the code of what became of every decision that was new, by its key; ``content``
    and ``due_at`` say until when the part rests.
    """

    part: Part
    content: str
    due_at: datetime
    taken: Taken
    parameters: Parameters
    seed: int
    decisions: tuple[Decision, ...]
    news: dict[str, str]
    milliseconds: int


@operation
def keep(*, decided: Decided, now: datetime) -> None:
    """Note that a part is decided; where something was new, store all that it rests on."""
    RoundPart.objects.bulk_create(
        [RoundPart(decided.part.key, decided.content, now, decided.due_at)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["content", "decided_at", "due_at"],
    )
    if decided.news:
        _store(decided, now)


def _store(decided: Decided, now: datetime) -> None:
    taken = decided.taken
    kept = Round.objects.create(
        at=now,
        seed=decided.seed,
        parameters_version=decided.parameters.version,
        part_key=decided.part.key,
        intents=len(taken.snapshot.intents),
        offers=len(taken.snapshot.offers),
        milliseconds=decided.milliseconds,
    )
    DecisionRecord.objects.bulk_create(
        _row(kept, decision, decided.news[decision.key], taken)
        for decision in decided.decisions
        if decision.key in decided.news
    )
    text = record.dump(taken.snapshot, decided.parameters, decided.seed, decided.decisions)
    RoundRecord.objects.create(round=kept, content=gzip.compress(text.encode(), mtime=0))


@operation
def forget_old(*, now: datetime) -> int:
    """Delete what old rounds knew; their decisions and reasons stay. Returns how many."""
    before = now - timedelta(days=settings.ROUND_RECORD_DAYS)
    RoundPart.objects.filter(decided_at__lt=now - _PARTS_KEPT).delete()
    deleted, _ = RoundRecord.objects.filter(round__at__lt=before).delete()
    return deleted


def _row(kept: Round, decision: Decision, result: str, taken: Taken) -> DecisionRecord:
    start = decision.start
    return DecisionRecord(
        round=kept,
        decision_key=decision.key,
        action=decision.action,
        offering_id=decision.offer or None,
        starts_at=None if start is None else taken.snapshot.t0 + timedelta(minutes=start),
        price_minor=decision.price_minor,
        people=decision.people,
        score_permille=decision.score_permille,
        intents=list(decision.intents),
        reasons=[{"code": reason.code, **reason.facts()} for reason in decision.reasons],
        result=result,
    )

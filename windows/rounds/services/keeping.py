"""Keeping what a round knew and decided."""

from __future__ import annotations

import gzip
from datetime import datetime, timedelta

from django.conf import settings

from iceshop.infra.db import operation
from windows.engine import record
from windows.engine.types import Decision, Parameters
from windows.rounds.models import DecisionRecord, Round, RoundRecord
from windows.rounds.snapshot import Taken


@operation
def keep(
    *,
    taken: Taken,
    parameters: Parameters,
    seed: int,
    decisions: tuple[Decision, ...],
    results: dict[str, str],
    milliseconds: int,
    now: datetime,
) -> None:
    """Store a round: all that it knew and decided, and what became of its news.

    ``results`` holds a code for the key of every decision that was news.
    """
    kept = Round.objects.create(
        at=now,
        seed=seed,
        parameters_version=parameters.version,
        intents=len(taken.snapshot.intents),
        offers=len(taken.snapshot.offers),
        milliseconds=milliseconds,
    )
    DecisionRecord.objects.bulk_create(
        _row(kept, decision, results[decision.key], taken)
        for decision in decisions
        if decision.key in results
    )
    text = record.dump(taken.snapshot, parameters, seed, decisions)
    RoundRecord.objects.create(round=kept, content=gzip.compress(text.encode(), mtime=0))


@operation
def forget_old(*, now: datetime) -> int:
    """Delete what old rounds knew; their decisions and reasons stay. Returns how many."""
    before = now - timedelta(days=settings.ROUND_RECORD_DAYS)
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

"""What becomes of a model at night: when it is due, on what it is tested, how it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from django.db.models import Max

from iceshop.infra.db import operation
from windows.learning.domain.fitting import Candidate
from windows.learning.domain.judgement import TESTED_SHARE, Reason, Score
from windows.learning.domain.parameters import Kind, Model, SetState
from windows.learning.models import ParameterSet
from windows.outcomes.lessons import Lesson

log = structlog.get_logger(__name__)

_EVERY = timedelta(hours=20)
_PPM = 1_000_000


class Dated(Protocol):
    """Something that happened at a time."""

    @property
    def at(self) -> datetime:
        """When it happened."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a model this night."""

    reason: Reason
    candidate: Candidate | None = None
    scores: tuple[Score, Score] | None = None


def is_due(model: Model, *, through: datetime, now: datetime) -> bool:
    """Whether a model may learn now, up to ``through``: once for that, and once a night."""
    rows = ParameterSet.objects.filter(model=model)
    last = rows.aggregate(made=Max("made_at"))["made"]
    is_fresh = last is not None and now - last < _EVERY
    return not is_fresh and not rows.filter(trained_through=through).exists()


def champion_saw(model: Model) -> datetime | None:
    """Up to when what is in force has seen what happened."""
    row = ParameterSet.objects.filter(model=model, state=SetState.CHAMPION).first()
    return None if row is None else row.trained_through


def first_tested(lessons: Sequence[Dated], *, seen: datetime | None) -> int:
    """From where on the back-test runs: the last lessons, none that the champion has seen."""
    first = len(lessons) - round(TESTED_SHARE * len(lessons))
    while first < len(lessons) and seen is not None and lessons[first].at <= seen:
        first += 1
    return first


@operation
def store(
    model: Model,
    *,
    verdict: Verdict,
    lessons: Sequence[Lesson],
    through: datetime,
    now: datetime,
    count: int | None,
) -> bool:
    """Keep what was learned with the reason; the better one takes over at once."""
    rows = ParameterSet.objects.filter(model=model)
    made = verdict.candidate
    row, is_new = rows.get_or_create(
        model=model,
        trained_through=through,
        defaults={
            "version": 1 + (rows.aggregate(last=Max("version"))["last"] or 0),
            "kind": made.kind if made else Kind.RULE,
            "state": SetState.RETIRED,
            "reason": verdict.reason,
            "outcomes": len(lessons) if count is None else count,
            "self_caused_ppm": _self_caused_ppm(lessons),
            "payload": dict(made.payload) if made else {},
            "trees": made.trees if made else b"",
            "back_test": _shown(verdict.scores),
            "made_at": now,
        },
    )
    if not is_new or made is None:
        return False
    rows.filter(state=SetState.CHAMPION).update(state=SetState.RETIRED)
    rows.filter(pk=row.pk).update(state=SetState.CHAMPION)
    log.info("parameters.taken", model=model.value, version=row.version)
    return True


def _self_caused_ppm(lessons: Sequence[Lesson]) -> int:
    """The share of lessons whose chance a learned set had said."""
    learned = sum(one.version > 0 for one in lessons)
    return _PPM * learned // len(lessons) if lessons else 0


def _shown(scores: tuple[Score, Score] | None) -> Mapping[str, Any]:
    if scores is None:
        return {}
    return {"champion": asdict(scores[0]), "challenger": asdict(scores[1])}

"""Every night: learn anew how buyers and sellers answer to prices; the better set takes over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from commerce.forecast.numerics.price_acceptance import Acceptance
from commerce.forecast.numerics.price_limit import Limits
from iceshop.infra.db import outside
from windows.learning.domain import pricing
from windows.learning.domain.fitting import Candidate
from windows.learning.domain.judgement import LEAST_OUTCOMES, LEAST_TESTED, Reason, Score, judged
from windows.learning.domain.parameters import Model
from windows.learning.queries.prices import (
    DatedAnswer,
    DatedBound,
    buyers_answers,
    price_response,
    seller_limits,
    sellers_bounds,
)
from windows.learning.services.keeping import (
    Dated,
    Verdict,
    champion_saw,
    first_tested,
    is_due,
    store,
)

# Tastes and prices of half a year ago say little about today.
_MEMORY = timedelta(days=180)


R = TypeVar("R", bound=Dated)


@outside
def refit_prices(*, now: datetime) -> int:
    """Learn the response of buyers and the limits of sellers anew; returns how many were taken.

    Prices are set by sellers and are the same for everybody in a window: the model has no part in
    what it learns from.
    """
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    taken = 0
    if is_due(Model.PRICE, through=day, now=now):
        answers = [one for one in buyers_answers(since=day - _MEMORY, now=now) if one.at < day]
        taken += _refit(Model.PRICE, answers, _judge_response, day, now)
    if is_due(Model.LIMIT, through=day, now=now):
        bounds = [one for one in sellers_bounds(since=day - _MEMORY) if one.at < day]
        taken += _refit(Model.LIMIT, bounds, _judge_limits, day, now)
    return taken


def _refit(
    model: Model,
    rows: Sequence[R],
    judge: Callable[[Sequence[R], int], Verdict],
    day: datetime,
    now: datetime,
) -> bool:
    if not rows:
        return False
    first = first_tested(rows, seen=champion_saw(model))
    if len(rows) < LEAST_OUTCOMES:
        verdict = Verdict(Reason.TOO_FEW)
    elif len(rows) - first < LEAST_TESTED:
        verdict = Verdict(Reason.TOO_FEW_NEW)
    else:
        verdict = judge(rows, first)
    return store(model, verdict=verdict, lessons=(), through=day, now=now, count=len(rows))


def _judge_response(rows: Sequence[DatedAnswer], first: int) -> Verdict:
    answers = [row.answer for row in rows]
    early, late = answers[:first], answers[first:]
    made = Acceptance.from_json(pricing.acceptance(early).payload)
    return _verdict(
        pricing.acceptance_score(price_response(), late),
        pricing.acceptance_score(made, late),
        lambda: pricing.acceptance(answers),
    )


def _judge_limits(rows: Sequence[DatedBound], first: int) -> Verdict:
    bounds = [row.bound for row in rows]
    early, late = bounds[:first], bounds[first:]
    made = Limits.from_json(pricing.limits(early).payload)
    return _verdict(
        pricing.limits_score(seller_limits(), late),
        pricing.limits_score(made, late),
        lambda: pricing.limits(bounds),
    )


def _verdict(champion: Score, challenger: Score, learn: Callable[[], Candidate]) -> Verdict:
    reason = judged(champion, challenger)
    return Verdict(reason, learn() if reason is Reason.BETTER else None, (champion, challenger))

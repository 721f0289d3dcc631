"""Learned responses to prices, judged on later answers."""

from __future__ import annotations

import numpy as np

from commerce.forecast.numerics.price_acceptance import Acceptance, Answer
from commerce.forecast.numerics.price_limit import Bound, Limits
from windows.learning.domain import pricing
from windows.learning.domain.judgement import Reason, judged


def answers(count: int, seed: int) -> list[Answer]:
    """Of people offered between half and the full price, nearly all say yes below 80."""
    chance = np.random.default_rng(seed)
    prices = chance.integers(5_000, 10_000, count)
    return [
        Answer("food", "simit", int(price), 10_000, 200, bool(chance.random() < (price < 8_000)))
        for price in prices
    ]


def bounds(count: int, seed: int) -> list[Bound]:
    """Sellers who agree to anything up to 30 %."""
    chance = np.random.default_rng(seed)
    return [
        Bound("food", f"s{n % 6}", share, bool(share < 0.3))
        for n, share in enumerate(chance.uniform(0.05, 0.5, count))
    ]


def test_learned_response_takes_over_from_the_first_belief() -> None:
    late = answers(80, seed=2)
    learned = Acceptance.from_json(pricing.acceptance(answers(300, seed=1)).payload)
    first, then = (pricing.acceptance_score(one, late) for one in (Acceptance(), learned))
    assert judged(first, then) is Reason.BETTER
    assert judged(then, first) is Reason.NOT_BETTER
    assert then.tested == 80


def test_learned_limits_take_over_from_the_first_belief() -> None:
    late = bounds(60, seed=2)
    learned = Limits.from_json(pricing.limits(bounds(200, seed=1)).payload)
    first, then = (pricing.limits_score(one, late) for one in (Limits(), learned))
    assert judged(first, then) is Reason.BETTER
    assert then.loss < 0.7 * first.loss

"""How buyers and sellers answer to prices: learned, and judged on later answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from commerce.forecast.numerics import price_acceptance, price_limit
from commerce.forecast.numerics.chance import calibration_gap, log_loss
from commerce.forecast.numerics.price_acceptance import Acceptance, Answer, features_of
from commerce.forecast.numerics.price_limit import Bound, Limits
from windows.learning.domain.fitting import Candidate
from windows.learning.domain.judgement import Score
from windows.learning.domain.parameters import Kind

# Each bin of the calibration holds at least so many answers.
_IN_BIN = 20
_MOST_BINS = 15


def acceptance(answers: Sequence[Answer]) -> Candidate:
    """The response of buyers to prices, pooled from everything to kind to product."""
    return Candidate(Kind.POOLED, price_acceptance.learn(answers).as_json())


def acceptance_score(response: Acceptance, answers: Sequence[Answer]) -> Score:
    """How well a response says who says yes."""
    chances = [
        float(
            response.of(one.kind, one.product).chance(
                features_of(one.price_minor, one.reference_minor, one.distance_m)
            )[0]
        )
        for one in answers
    ]
    return _score(chances, [one.is_yes for one in answers])


def limits(bounds: Sequence[Bound]) -> Candidate:
    """The limits of sellers, pooled from everything to kind to seller."""
    return Candidate(Kind.POOLED, price_limit.learn(bounds).as_json())


def limits_score(found: Limits, bounds: Sequence[Bound]) -> Score:
    """How well limits say who agrees to which discount."""
    chances = [found.of(one.kind, one.seller).chance_of_yes(one.discount) for one in bounds]
    return _score(chances, [one.is_at_least for one in bounds])


def _score(chances: Sequence[float], came: Sequence[bool]) -> Score:
    said, was = np.array(chances, np.float64), np.array(came, np.float64)
    bins = max(1, min(_MOST_BINS, len(chances) // _IN_BIN))
    return Score(log_loss(was, said), calibration_gap(was, said, bins), len(chances))

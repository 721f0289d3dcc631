"""How many of a group come: a count whose people fail together.

Given a shock that the group shares (normal on the log-odds, mean 0), parties are independent; the
count is mixed over the shock by Gauss-Hermite quadrature. `windows/engine/expect.py` computes the
same distribution from whole numbers with the standard library alone; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss

from commerce.forecast.numerics.chance import Floats, chance_of, log_odds_of

NODES = 15
# The spread of the shock before anything is known, and how far off that may be (a factor e).
START_SHOCK = 0.4
_DOUBT = 1.0
# Spreads that are tried; beyond the last everybody comes or nobody does.
SHOCKS = np.arange(0.0, 1.625, 0.05)
_LEAST = 1e-12


def _nodes() -> tuple[Floats, Floats]:
    places, weights = hermegauss(NODES)
    return places, weights / weights.sum()


_PLACES, _WEIGHTS = _nodes()


def distribution(chances: Floats, shock: float, sizes: Sequence[int] | None = None) -> Floats:
    """Chances of 0, 1, 2... people, of parties of ``sizes`` (else 1) that come whole or not.

    The shock leaves the mean of each party as it is, to within a percent.
    """
    return np.asarray(_WEIGHTS @ _given_shock(chances, np.array([shock]), sizes)[0], np.float64)


def _given_shock(chances: Floats, shocks: Floats, sizes: Sequence[int] | None) -> Floats:
    """The distributions at each node of each shock, as ``(shocks, nodes, counts)``."""
    people = [1] * len(chances) if sizes is None else list(sizes)
    stretched = log_odds_of(chances)[None, :] * np.sqrt(1 + np.pi * shocks[:, None] ** 2 / 8)
    odds = stretched[:, None, :] + (shocks[:, None] * _PLACES)[:, :, None]
    shows = chance_of(odds)
    found = np.zeros((len(shocks), NODES, 1 + sum(people)))
    found[:, :, 0] = 1.0
    for party, size in enumerate(people):
        show = shows[:, :, party, None]
        come = found[:, :, : found.shape[2] - size] * show
        found *= 1 - show
        found[:, :, size:] += come
    return found


def log_likelihoods(
    chances: Floats, came: int, sizes: Sequence[int] | None = None, shocks: Floats = SHOCKS
) -> Floats:
    """How well each of ``shocks`` explains that ``came`` people of a group came, in nats."""
    found = _given_shock(chances, shocks, sizes)[:, :, came] @ _WEIGHTS
    return np.asarray(np.log(np.maximum(found, _LEAST)), np.float64)


def fit_shock(
    log_likelihoods_of_groups: Floats,
    weights: Floats,
    *,
    shocks: Floats = SHOCKS,
    start: float = START_SHOCK,
) -> float:
    """The mean of the belief about the spread of the shock, after past groups.

    One row of ``log_likelihoods`` for each group; ``weights`` let old groups count less. The belief
    before them is log-normal around ``start``; without groups ``start`` is the answer.
    """
    if not len(weights):
        return start
    tried = np.maximum(shocks, shocks[1] / 2)
    belief = weights @ log_likelihoods_of_groups - 0.5 * (np.log(tried / start) / _DOUBT) ** 2
    shares = np.exp(belief - belief.max())
    return float(shares @ shocks / shares.sum())


@dataclass(frozen=True, slots=True)
class CountRange:
    """A range of a count that holds with at least the level it was made for."""

    low: int
    high: int


def count_range(chances_of_counts: Floats, level: float) -> CountRange:
    """The equal-tailed range: at most ``(1 - level) / 2`` lies below it, and as much above."""
    below = np.round(np.cumsum(chances_of_counts), 12)
    tail = round((1 - level) / 2, 12)
    low = int(np.searchsorted(below, tail, side="right"))
    high = int(np.argmax(np.round(1 - below, 12) <= tail))
    return CountRange(low, high)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a count lies in its distribution: the chance of less, and of no more."""

    below: float
    up_to: float

    def at(self, share: float) -> float:
        """A point between both (``share`` 0...1): uniform when the distribution was right.

        With ``share`` drawn at random this is the randomised probability integral transform, which
        tells for small counts too whether ranges are as wide as they say.
        """
        return self.below + share * (self.up_to - self.below)


def place_of(chances_of_counts: Floats, came: int) -> Place:
    """Where ``came`` lies in the distribution."""
    up_to = np.minimum(1.0, np.cumsum(chances_of_counts))
    return Place(float(up_to[came - 1]) if came else 0.0, float(up_to[came]))


def needed_level(place: Place) -> float:
    """The smallest level whose equal-tailed range still holds the count."""
    return max(0.0, 1 - 2 * min(place.up_to, 1 - place.below))


def tuned_level(needed: Floats, weights: Floats, share: float) -> float:
    """The level at which the ranges of past groups would have held for ``share`` of them.

    A range of a small count holds more often than its level says, whatever the model; a shown
    range may be narrower. Between 0.6 and 0.98.
    """
    order = np.argsort(needed, kind="stable")
    held = np.cumsum(weights[order])
    place = min(int(np.searchsorted(held, share * held[-1])), len(needed) - 1)
    return float(np.clip(needed[order][place], 0.6, 0.98))

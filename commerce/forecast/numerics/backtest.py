"""Play the past again from weekly origins: how wide ranges must be, and who may forecast next week.

At each origin only what was known then is used. The champion is the pooled rate. The challenger,
trees on top of it, takes over where it was better in each of the last two weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from commerce.forecast.numerics import counts, stacked
from commerce.forecast.numerics.rate import WEEK, Floats, Ints
from commerce.forecast.numerics.stacked import History
from commerce.forecast.numerics.trees import CannotLearn, Forest

ORIGINS = 2
_SPREAD_ORIGINS = 4
HOURS_SUMMED = 3
Reason = Literal["better_twice", "not_better", "too_short", "too_few", "cannot_learn"]
# Events in the weeks compared, below which a difference is luck.
_LEAST_EVENTS = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who forecasts, why, and the deviances of the weeks compared: (rate, trees), newest first."""

    trees_serve: bool
    reason: Reason
    weeks: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """What serves from now on: trees where they were adopted, and the ranges' spread."""

    verdict: Verdict
    forest: Forest | None
    spread: counts.Spread
    pit: tuple[int, ...]


def fitted(history: History, *, seed: int = 0) -> Fit:
    """Compare champion and challenger on the last weeks, then fit the better one on everything."""
    verdict = compared(history, seed=seed)
    forest = stacked.learnt(history, seed=seed) if verdict.trees_serve else None
    spread, pit = judged(history)
    return Fit(verdict, forest, spread, pit)


def judged(history: History) -> tuple[counts.Spread, tuple[int, ...]]:
    """Return how wide ranges by place and three hours must be, and their PIT histogram.

    From the rate at the last origins: trees that are better are at most a little sharper.
    """
    came: list[Floats] = [np.zeros(0)]
    expected: list[Floats] = [np.zeros(0)]
    for origin in past_origins(history, _SPREAD_ORIGINS):
        forecast = stacked.week_ahead(history.until(origin))
        came.append(summed(history.counts[:, origin : origin + WEEK], history.place))
        expected.append(summed(forecast, history.place))
    held, means = np.concatenate(came), np.concatenate(expected)
    spread, kept = counts.tuned(held, means), means >= counts.LEAST_MEAN
    return spread, tuple(counts.pit_histogram(held[kept], means[kept], spread.dispersion))


def compared(history: History, *, seed: int = 0) -> Verdict:
    """Say who may forecast: trees where they were better at each of the last origins."""
    origins = past_origins(history)
    if len(origins) < ORIGINS or origins[-1] < stacked.LEAST_HOURS + WEEK:
        return Verdict(trees_serve=False, reason="too_short")
    if history.counts[:, origins[-1] :].sum() < _LEAST_EVENTS:
        return Verdict(trees_serve=False, reason="too_few")
    weeks = []
    for origin in origins:
        before, came = history.until(origin), history.counts[:, origin : origin + WEEK]
        try:
            forest = stacked.learnt(before, seed=seed)
        except CannotLearn:
            return Verdict(trees_serve=False, reason="cannot_learn")
        found = [stacked.week_ahead(before, one) for one in (None, forest)]
        weeks.append((counts.deviance(came, found[0]), counts.deviance(came, found[1])))
    better = all(trees < rate for rate, trees in weeks)
    return Verdict(better, "better_twice" if better else "not_better", tuple(weeks))


def past_origins(history: History, most: int = ORIGINS) -> list[int]:
    """Return the origins of the last whole weeks with a week before them, newest first."""
    return list(range(history.hours - WEEK, WEEK - 1, -WEEK))[:most]


def summed(values: Floats, place: Ints) -> Floats:
    """Return sums by place and three hours, flat: what ranges are judged on."""
    places = np.zeros((int(place.max()) + 1, values.shape[1]))
    np.add.at(places, place, values)
    found: Floats = places.reshape(len(places), -1, HOURS_SUMMED).sum(axis=2).ravel()
    return found

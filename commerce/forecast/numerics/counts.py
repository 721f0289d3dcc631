"""Counts as distributions: negative binomial around a mean, and whether its ranges held.

Variance ``mean + dispersion * mean^2`` (Hilbe, Negative Binomial Regression, NB2); dispersion 0 is
the Poisson distribution. The parameters come from forecasts of the past, never from their fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
SHOWN = 0.90
# Half a point above what is promised: the coming weeks are never quite like the past ones.
_ASKED_OF_THE_PAST = SHOWN + 0.005
# From which mean on a range of the sum is shown: below it "0 or 1" says more.
LEAST_MEAN = 1.0
_AT_ONCE = 512
# From fewer past counts than this no width can be told.
_LEAST_COUNTS = 200
_LEVELS = np.round(np.arange(0.70, 0.985, 0.01), 2)
_PIT_BINS = 20


@dataclass(frozen=True, slots=True)
class Spread:
    """How wide the ranges are.

    ``dispersion``: of the negative binomial. ``inner_level``: which central range of it held
    ``SHOWN`` of the past counts, so what is shown keeps its word although counts are whole.
    """

    dispersion: float
    inner_level: float


DAY_ONE = Spread(dispersion=0.25, inner_level=SHOWN)


def deviance(counts: npt.ArrayLike, mean: npt.ArrayLike, least: float = 1e-4) -> float:
    """Return the mean Poisson deviance ``2 (y log(y / m) - (y - m))``; proper for the mean."""
    held = np.asarray(counts, dtype=np.float64)
    forecast = np.maximum(np.asarray(mean, dtype=np.float64), least)
    ratio = np.where(held > 0, held, 1) / forecast
    return float(2 * np.mean(held * np.log(np.where(held > 0, ratio, 1)) - (held - forecast)))


def cumulative(counts: npt.ArrayLike, mean: npt.ArrayLike, dispersion: float) -> Floats:
    """Return P(Y <= count) of each; a count below 0 has none."""
    held = np.asarray(counts, dtype=np.int64)
    found = np.zeros(len(held))
    for rows, table in _tables(np.asarray(mean, dtype=np.float64), dispersion):
        at = np.clip(held[rows], 0, table.shape[1] - 1)
        found[rows] = np.where(held[rows] < 0, 0.0, table[np.arange(len(rows)), at])
    return found


def ranges(mean: npt.ArrayLike, spread: Spread) -> tuple[Counts, Counts]:
    """Return the lowest and highest count of the range that is shown for each mean."""
    return central(mean, spread.dispersion, spread.inner_level)


def central(mean: npt.ArrayLike, dispersion: float, level: float) -> tuple[Counts, Counts]:
    """Return the central range of each: the smallest counts that P(Y <= count) reaches."""
    means = np.asarray(mean, dtype=np.float64)
    tail = (1 - level) / 2
    low, high = np.zeros(len(means), np.int64), np.zeros(len(means), np.int64)
    for rows, table in _tables(means, dispersion):
        low[rows] = (table < tail).sum(axis=1)
        high[rows] = (table < 1 - tail).sum(axis=1)
    return low, high


def dispersion(counts: npt.ArrayLike, mean: npt.ArrayLike) -> float:
    """Return the dispersion by moments: what squares exceed the mean, over squared means."""
    held, forecast = np.asarray(counts, np.float64), np.asarray(mean, np.float64)
    squares = float((forecast**2).sum())
    excess = float(((held - forecast) ** 2 - forecast).sum())
    return max(0.0, excess / squares) if squares > 0 else 0.0


def tuned(counts: npt.ArrayLike, mean: npt.ArrayLike) -> Spread:
    """Return the spread that past counts ask for, from their forecasts of at least `LEAST_MEAN`.

    The inner level is the narrowest that held enough of them; `DAY_ONE` where they are too few.
    """
    held, forecast = np.asarray(counts, np.float64), np.asarray(mean, np.float64)
    kept = forecast >= LEAST_MEAN
    if kept.sum() < _LEAST_COUNTS:
        return DAY_ONE
    found = dispersion(held[kept], forecast[kept])
    whole, means = held[kept].astype(np.int64), forecast[kept]
    at = cumulative(whole, means, found)
    below = cumulative(whole - 1, means, found)
    # A count lies in the central range of a level when neither of its tails is all beyond it.
    tail = np.minimum(at, 1 - below)
    inside = [float(np.mean(tail >= (1 - level) / 2)) for level in _LEVELS]
    enough = [
        level for level, share in zip(_LEVELS, inside, strict=True) if share >= _ASKED_OF_THE_PAST
    ]
    return Spread(dispersion=found, inner_level=float(enough[0] if enough else _LEVELS[-1]))


def pit_histogram(
    counts: npt.ArrayLike, mean: npt.ArrayLike, dispersion: float, seed: int = 0
) -> list[int]:
    """Return how many counts fell into each twentieth of their distribution; even when it is right.

    The place inside a count's own probability is drawn (randomised PIT, Czado et al. 2009).
    """
    held = np.asarray(counts, dtype=np.int64)
    at, below = cumulative(held, mean, dispersion), cumulative(held - 1, mean, dispersion)
    drawn = below + np.random.default_rng(seed).random(len(held)) * (at - below)
    return [int(one) for one in np.histogram(drawn, _PIT_BINS, (0.0, 1.0))[0]]


def _tables(means: Floats, dispersion: float) -> list[tuple[npt.NDArray[np.intp], Floats]]:
    """Cumulative probabilities from 0 up, for rows of like means together.

    By the ratio of neighbours: ``p(k + 1) / p(k) = (1 + k d) m / ((k + 1) (1 + d m))``.
    """
    found = []
    order = np.argsort(means, kind="stable")
    for begin in range(0, len(order), _AT_ONCE):
        rows = order[begin : begin + _AT_ONCE]
        mean = np.maximum(means[rows], 1e-12)[:, None]
        most = float(mean[-1, 0])
        last = int(most + 12 * np.sqrt(most + dispersion * most**2) + 20)
        step = np.arange(last, dtype=np.float64)
        grown = np.log1p(step * dispersion) - np.log1p(step)
        first = -np.log1p(dispersion * mean) / dispersion if dispersion > 0 else -mean
        logs = np.log(mean) - np.log1p(dispersion * mean) + grown
        chances = np.exp(np.concatenate([first, first + np.cumsum(logs, axis=1)], axis=1))
        found.append((rows, np.cumsum(chances, axis=1)))
    return found

"""How quantity sold follows the price, week by week, over many series at once. NumPy only.

``log units = level + elasticity * log price + season + trend``: elasticity, season and trend are
learned by kind over all of its series, then moved a little towards each series' own; the level is
the series' own, of the last weeks. A series alone has too little to say: alone, one slope in
twenty-five has the wrong sign, so each is held below ``MOST_ELASTICITY``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

# A dearer thing never sells more: the least negative slope that any series can have.
MOST_ELASTICITY = -0.05
_HARMONICS = 2
_WEEKS_A_YEAR = 52.0
# Half-lives in weeks: what is learned by kind looks back for years, the level for a month.
_MEMORY_WEEKS = 104.0
_LEVEL_WEEKS = 3.0
# How hard a series is held to its kind, in weighted squares of the feature.
_HOLD_SEASON = 30.0
_HOLD_PRICE = 5.0
_HOLD_TREND = 1e9
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Panel:
    """Weeks of several series: ``log_price`` and ``log_units`` are series x weeks, NaN for a gap.

    ``kinds`` numbers the kind of each series, ``season`` is each week's place in the year, 0 to 1.
    """

    kinds: NDArray[np.intp]
    season: FloatArray
    log_price: FloatArray
    log_units: FloatArray


@dataclass(frozen=True, slots=True)
class Response:
    """A learned panel: a level and coefficients (season, trend, price) for each series."""

    level: FloatArray
    coefficients: FloatArray
    weeks: int

    @property
    def elasticity(self) -> FloatArray:
        """Percent more units for one percent more price, below zero, of each series."""
        return self.coefficients[:, -1]

    def log_units(self, season: FloatArray, log_price: FloatArray) -> FloatArray:
        """Forecast the weeks after the panel at their known prices, series x weeks."""
        ahead = np.arange(len(season)) + self.weeks
        features = _features(season, log_price, ahead - self.weeks)
        forecast: FloatArray = self.level[:, None] + np.einsum(
            "stk,sk->st", features, self.coefficients
        )
        return forecast


def learn(panel: Panel) -> Response:
    """Learn every series of the panel; each needs one week with both figures."""
    series, weeks = panel.log_units.shape
    ago = np.arange(weeks) - weeks
    features = _features(panel.season, panel.log_price, ago)
    known = ~np.isnan(panel.log_units) & ~np.isnan(panel.log_price)
    features = np.where(known[:, :, None], features, 0.0)
    units = np.where(known, panel.log_units, 0.0)
    weights = known * 0.5 ** (-(ago + 1) / _MEMORY_WEEKS)
    within = features - _mean(features, weights)[:, None, :]
    target = units - _mean(units[:, :, None], weights)
    coefficients = np.zeros((series, features.shape[2]))
    for kind in np.unique(panel.kinds):
        rows = panel.kinds == kind
        coefficients[rows] = _of_kind(within[rows], target[rows], weights[rows])
    rest = units - np.einsum("stk,sk->st", features, coefficients)
    lately = known * 0.5 ** (-(ago + 1) / _LEVEL_WEEKS)
    return Response(_mean(rest[:, :, None], lately)[:, 0], coefficients, weeks)


def _features(season: FloatArray, log_price: FloatArray, weeks: NDArray[np.intp]) -> FloatArray:
    """Series x weeks x (waves of the year, years since the end of the panel, log price)."""
    angles = 2 * np.pi * season[:, None] * np.arange(1, _HARMONICS + 1)
    common = np.hstack([np.cos(angles), np.sin(angles), weeks[:, None] / _WEEKS_A_YEAR])
    shape = (*log_price.shape, common.shape[1])
    return np.concatenate([np.broadcast_to(common, shape), log_price[:, :, None]], axis=2)


def _mean(values: FloatArray, weights: FloatArray) -> FloatArray:
    total: FloatArray = np.einsum("stk,st->sk", values, weights)
    mean: FloatArray = total / np.maximum(weights.sum(1), _TINY)[:, None]
    return mean


def _of_kind(within: FloatArray, target: FloatArray, weights: FloatArray) -> FloatArray:
    """Coefficients of each series of one kind: the kind's, moved towards the series' own."""
    size = within.shape[2]
    squares = np.einsum("stk,stl,st->skl", within, within, weights)
    products = np.einsum("stk,st,st->sk", within, target, weights)
    shared = np.linalg.solve(squares.sum(0) + _TINY * np.eye(size), products.sum(0))
    hold = np.diag([_HOLD_SEASON] * (size - 2) + [_HOLD_TREND, _HOLD_PRICE])
    own = np.linalg.solve(squares + hold, (products - squares @ shared)[:, :, None])[:, :, 0]
    found: FloatArray = shared + own
    return _falling(found, squares + hold, hold @ shared + products)


def _falling(found: FloatArray, squares: FloatArray, products: FloatArray) -> FloatArray:
    """Hold the slope of the price down, and fit the rest again where that changed it."""
    rising = found[:, -1] > MOST_ELASTICITY
    if rising.any():
        rest = products[rising, :-1] - squares[rising, :-1, -1] * MOST_ELASTICITY
        again = np.linalg.solve(squares[rising, :-1, :-1], rest[:, :, None])[:, :, 0]
        found[rising, :-1] = again
        found[rising, -1] = MOST_ELASTICITY
    return found

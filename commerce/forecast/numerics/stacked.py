"""Trees on top of the pooled rate: what the last weeks say that level and profile do not.

The trees learn the factor ``count / rate`` with the rate as weight. Its Poisson deviance is that of
the count itself, so the factor starts at 1 and only moves where enough events ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from commerce.forecast.numerics import rate
from commerce.forecast.numerics.rate import WEEK, Floats, Ints
from commerce.forecast.numerics.trees import Forest, train

# Before this many hours there is too little to learn from, and to see of a series.
LEAST_HOURS = 2 * WEEK
_RECENT_WEEKS = 4
# Weekly origins of the past that the trees learn from, at most.
_ORIGINS = 8


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Counts of series by consecutive hours up to an origin.

    ``first_hour``: hour of the week of the first column. ``group``, ``place``: see `rate`.
    """

    counts: Floats
    first_hour: int
    group: Ints
    place: Ints

    @property
    def hours(self) -> int:
        """How many hours were observed."""
        return int(self.counts.shape[1])

    def until(self, hours: int) -> History:
        """Return what was known after so many hours."""
        return History(self.counts[:, :hours], self.first_hour, self.group, self.place)

    def coming(self, hours: int = WEEK) -> npt.NDArray[np.int64]:
        """Return the hours of the week that follow the history."""
        return self.first_hour + self.hours + np.arange(hours)

    def rates(self, pooling: rate.Pooling = rate.DEFAULT) -> rate.Rates:
        """Return the pooled rates."""
        return rate.fitted(
            rate.gathered(
                self.counts,
                first_hour=self.first_hour,
                group=self.group,
                place=self.place,
                half_life_days=pooling.half_life_days,
            ),
            pooling,
        )


def week_ahead(history: History, forest: Forest | None = None) -> Floats:
    """Return the events expected in the 168 hours after the history, series by hours."""
    rates = history.rates()
    forecast = rates.at(history.coming())
    if forest is None:
        return forecast
    found: Floats = forecast * forest.score(columns(history, rates)).reshape(forecast.shape)
    return found


def learnt(history: History, *, seed: int = 0) -> Forest:
    """Learn the factor from the weeks before the end of the history, each as it was foreseen.

    Raises: ValueError when the history is shorter than `LEAST_HOURS` and a week; CannotLearn.
    """
    origins = range(history.hours - WEEK, LEAST_HOURS - 1, -WEEK)[:_ORIGINS]
    if not origins:
        raise ValueError("the history is too short to learn from")
    seen, factors, weights = [], [], []
    for origin in origins:
        before = history.until(origin)
        rates = before.rates()
        forecast = rates.at(before.coming())
        came = history.counts[:, origin : origin + WEEK]
        seen.append(columns(before, rates))
        factors.append((came / forecast).ravel())
        weights.append(forecast.ravel())
    return train(
        "poisson",
        np.concatenate(seen),
        np.concatenate(factors),
        weights=np.concatenate(weights),
        rounds=60,
        leaves=8,
        min_leaf=1_000,
        learning_rate=0.08,
        seed=seed,
    )


def columns(history: History, rates: rate.Rates) -> npt.NDArray[np.float32]:
    """Return what the trees see, (series x 168 coming hours) by features; past hours only.

    Raises: ValueError when the history is shorter than `LEAST_HOURS`.
    """
    if history.hours < LEAST_HOURS:
        raise ValueError("the history is too short to see a series by")
    weeks = min(_RECENT_WEEKS, history.hours // WEEK)
    hours = weeks * WEEK
    shape = (len(history.counts), weeks, WEEK)
    coming = history.coming()
    came = history.counts[:, -hours:].reshape(shape)
    expected = rates.at(coming[0] - hours + np.arange(hours)).reshape(shape)
    slot = coming % WEEK
    around = _around(came.sum(axis=1)), _around(expected.sum(axis=1))
    by_hour = _by_hour(came.sum(axis=1)), _by_hour(expected.sum(axis=1))
    of_place = _together(by_hour[0], history.place), _together(by_hour[1], history.place)
    clock = np.arange(WEEK) % 24
    given = [
        np.log(rates.at(coming)),
        np.log(rates.level)[:, None],
        slot % 24,
        slot // 24,
        np.arange(WEEK),
        _excess(came[:, -1].sum(axis=1), expected[:, -1].sum(axis=1), 1)[:, None],
        _excess(came.sum(axis=(1, 2)), expected.sum(axis=(1, 2)), 1)[:, None],
        _excess(*around, 1),
        _excess(*by_hour, 1)[:, clock],
        _excess(*of_place, 2)[history.place][:, clock],
    ]
    filled = [np.broadcast_to(one, (shape[0], WEEK)).astype(np.float32) for one in given]
    return np.stack([one.ravel() for one in filled], axis=1)


def _excess(came: Floats, expected: Floats, pseudo: float) -> Floats:
    found: Floats = np.log((came + pseudo) / (expected + pseudo))
    return found


def _around(weekly: Floats) -> Floats:
    """The sum of an hour and its neighbours, around the week."""
    found: Floats = weekly + np.roll(weekly, 1, axis=1) + np.roll(weekly, -1, axis=1)
    return found


def _by_hour(weekly: Floats) -> Floats:
    """Sums by the hours of a day, the first of them being the hour of the origin."""
    found: Floats = weekly.reshape(len(weekly), 7, 24).sum(axis=1)
    return found


def _together(values: Floats, number: Ints) -> Floats:
    """The rows summed by number."""
    summed = np.zeros((int(number.max()) + 1, values.shape[1]))
    np.add.at(summed, number, values)
    return summed

"""One busy series: what an hour of such a day usually brings, and trees for what is unusual.

The product has no series as busy and no source of weather yet; what is measured here is that its
trees make use of both. Only what was known at an origin is used, but for calendar and weather of
the hours that are forecast.
"""

from dataclasses import dataclass

import numpy as np

from commerce.forecast.numerics.rate import WEEK
from commerce.forecast.numerics.trees import train

HALF_LIFE_DAYS, DAYS_SEEN, FEWEST_DAYS = 12, 56, 60
# Origins of the past lie three days apart, so that the week begins on any day.
STEP = 72
# Hours of a kind of day that lean on working day or not.
PSEUDO_HOURS = 2


@dataclass(frozen=True)
class Series:
    """Hour by hour: counts, hour, weekday, whether it is a working day, weather by columns."""

    counts: np.ndarray
    hour: np.ndarray
    weekday: np.ndarray
    working: np.ndarray
    weather: np.ndarray

    @property
    def kind(self):
        """Monday to Thursday, Friday, Saturday, Sunday or a holiday."""
        free = np.where(self.weekday == 5, 2, 3)
        return np.where(self.working, np.where(self.weekday == 4, 1, 0), free)


def usual(series, origin, hours):
    """What the hours of such days brought in the last weeks before the origin."""
    seen = np.arange(max(0, origin - 24 * DAYS_SEEN), origin)
    weight = np.exp2((seen - origin) / (24 * HALF_LIFE_DAYS))
    kind, hour, free = series.kind, series.hour, ~series.working
    brought, held = np.zeros((4, 24)), np.zeros((4, 24))
    np.add.at(brought, (kind[seen], hour[seen]), series.counts[seen] * weight)
    np.add.at(held, (kind[seen], hour[seen]), weight)
    wide, wide_held = np.zeros((2, 24)), np.zeros((2, 24))
    np.add.at(wide, (free[seen].astype(int), hour[seen]), series.counts[seen] * weight)
    np.add.at(wide_held, (free[seen].astype(int), hour[seen]), weight)
    parent = (wide / np.maximum(wide_held, 1e-9))[[0, 0, 1, 1]]
    mean = (brought + PSEUDO_HOURS * parent) / (held + PSEUDO_HOURS)
    return np.maximum(mean[kind[hours], hour[hours]], 1)


def columns(series, origin, hours, weather):
    """What the trees see of the hours after an origin."""
    past, before = series.counts[:origin], np.arange(origin - WEEK, origin)
    forecast, usually = usual(series, origin, hours), usual(series, origin, before)
    last = past[hours - WEEK], usually[hours - origin]
    given = [
        series.hour[hours],
        series.weekday[hours],
        series.working[hours],
        np.log(forecast),
        np.log(past[before].sum() / usually.sum()),
        np.log((past[-24:].sum() + 1) / usually[-24:].sum()),
        np.log((last[0] + 5) / (last[1] + 5)),
        hours - origin,
    ]
    if weather:
        given += _weather(series, origin, hours)
    return np.stack([np.broadcast_to(one, len(hours)) for one in given], axis=1), forecast


def _weather(series, origin, hours):
    """The weather of the hours, of their day, and how it differs from that of the last weeks."""
    seen = np.arange(origin - 24 * 28, origin)
    sky, warm = series.weather[:, 0], series.weather[:, 1]
    day = (hours // 24 * 24)[:, None] + np.arange(24)
    day = np.minimum(day, len(sky) - 1)
    usually = np.stack(
        [series.weather[seen][series.hour[seen] == hour].mean(axis=0) for hour in range(24)]
    )[series.hour[hours]]
    return [
        *series.weather[hours].T,
        warm[hours] - usually[:, 1],
        series.weather[hours, 3] - usually[:, 3],
        (sky[seen] >= 2).mean(),
        sky[hours - 1],
        warm[day].mean(axis=1) - warm[seen].mean(),
        (sky[day] >= 2).mean(axis=1),
    ]


def learnt(series, origin, weather):
    """Trees for the factor by which the hours of past weeks differed from the usual."""
    seen, factors, weights = [], [], []
    for past in range(origin - WEEK, 24 * FEWEST_DAYS, -STEP):
        hours = np.arange(past, past + WEEK)
        found, forecast = columns(series, past, hours, weather)
        seen.append(found)
        factors.append(series.counts[hours] / forecast)
        weights.append(forecast)
    leaves = {"leaves": 8, "min_leaf": 300, "rounds": 200}
    if not weather:
        leaves = {"leaves": 6, "min_leaf": 500, "rounds": 60}
    return train(
        "poisson",
        np.concatenate(seen),
        np.concatenate(factors),
        weights=np.concatenate(weights),
        learning_rate=0.05,
        **leaves,
    )


def week_ahead(series, origin, forest, weather):
    """The forecast of the 168 hours after the origin, or of as many as there are."""
    hours = np.arange(origin, min(origin + WEEK, len(series.counts)))
    found, forecast = columns(series, origin, hours, weather)
    return forecast * forest.score(found)

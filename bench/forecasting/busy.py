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
    """What the hours of such days brought in the last weeks before the origin.

    Days that brought less than half or more than twice of that (a storm, a festival) hardly count.
    """
    seen = np.arange(max(0, origin - 24 * DAYS_SEEN), origin)
    weight = np.exp2((seen - origin) / (24 * HALF_LIFE_DAYS))
    mean = _mean(series, seen, weight)
    day = np.arange(len(seen)) // 24
    came = np.bincount(day, series.counts[seen])
    ratio = came / np.bincount(day, mean[series.kind[seen], series.hour[seen]])
    strange = (ratio < 0.5) | (ratio > 2)
    mean = _mean(series, seen, weight * np.where(strange[day], 0.05, 1))
    return mean[series.kind[hours], series.hour[hours]]


def _mean(series, seen, weight):
    """The weighted mean by kind of day and hour, leaning on working days or free days."""
    free = np.where(series.working, 0, 1)
    brought, held = np.zeros((2, 4, 24))
    np.add.at(brought, (series.kind[seen], series.hour[seen]), series.counts[seen] * weight)
    np.add.at(held, (series.kind[seen], series.hour[seen]), weight)
    wide, wide_held = np.zeros((2, 2, 24))
    np.add.at(wide, (free[seen], series.hour[seen]), series.counts[seen] * weight)
    np.add.at(wide_held, (free[seen], series.hour[seen]), weight)
    parent = (wide / np.maximum(wide_held, 1e-9))[[0, 0, 1, 1]]
    return np.maximum((brought + PSEUDO_HOURS * parent) / (held + PSEUDO_HOURS), 1)


def columns(series, origin, hours, weather):
    """What the trees see of the hours after an origin."""
    past, before = series.counts[:origin], np.arange(origin - WEEK, origin)
    forecast, usually = usual(series, origin, hours), usual(series, origin, before)
    last = past[hours - WEEK], usually[hours - origin]
    by_day = past[before].reshape(7, 24).sum(axis=1) + 1, usually.reshape(7, 24).sum(axis=1)
    days = np.log(by_day[0] / by_day[1])
    given = [
        series.hour[hours],
        series.weekday[hours],
        series.working[hours],
        np.log(forecast),
        np.median(days),
        np.clip(days[-1], -0.7, 0.7),
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
        leaves = {"leaves": 4, "min_leaf": 500, "rounds": 60}
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

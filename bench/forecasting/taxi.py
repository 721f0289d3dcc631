"""Sparse counts per place, kind and hour: `taxi_zone_hour`."""

import time

import numpy as np

from bench.forecasting import files, metrics
from bench.forecasting.row import SCIKIT_LEARN, Row
from commerce.forecast.numerics import backtest, counts, stacked
from commerce.forecast.numerics.rate import WEEK

SET = "taxi_zone_hour"
# Hours from which the series are chosen, and the origins of the two splits.
CHOSEN_UNTIL, LEAST_EVENTS = 1656, 20
DEVELOPMENT, UNSEEN = (1656,), (1824, 1992)
# 2023 began on a Sunday.
FIRST_HOUR = 6 * 24
DAYS = {1: 0.53, 7: 0.42, 14: 0.39, 28: 0.37}
OPEN = slice(8, 22)


def rows(data, final):
    """The figures of the set."""
    history, origins = loaded(data, final)
    unseen = final is not None
    parts = [one(history, origin) for origin in origins]
    yield from _alone(parts, unseen)
    yield from _stacked(parts, unseen)
    for days, goal in DAYS.items():
        found = _deviance([(came, _short(history, o, days)) for o, came, *_ in parts])
        name = f"taxi with {days} day{'s' * (days > 1)} of history: deviance"
        yield Row(name, found, "deviance", high=goal if unseen else None)
    yield from _ranges(history, parts, unseen)
    yield from _best_times(history.place, parts, unseen)


def loaded(data, final):
    """The chosen series with every hour that may be looked at, and the origins to score."""
    folder = files.folder(data, SET)
    found = files.table(folder / "counts_2023_public.csv.gz")
    zones = files.table(folder / "zones.csv")
    hour, zone, n = (found[one].astype(int) for one in ("hour", "zone", "n"))
    category, last = found["category"], max(DEVELOPMENT) + WEEK
    if final is not None:
        more = files.unseen(final, SET)
        fresh = more["hour"] >= last
        hour = np.concatenate([hour, more["hour"][fresh].astype(int)])
        zone = np.concatenate([zone, more["zone"][fresh].astype(int)])
        n = np.concatenate([n, more["n"][fresh].astype(int)])
        category = np.concatenate([category, more["category"][fresh]])
        last = max(UNSEEN) + WEEK
    borough = dict(zip(zones["zone"].astype(int), zones["borough"], strict=True))
    keys = np.array([f"{one}/{kind}" for one, kind in zip(zone, category, strict=True)])
    names, number = np.unique(keys, return_inverse=True)
    held = np.zeros((len(names), last))
    inside = hour < last
    np.add.at(held, (number[inside], hour[inside]), n[inside])
    chosen = held[:, :CHOSEN_UNTIL].sum(axis=1) >= LEAST_EVENTS
    pairs = [name.split("/") for name in names[chosen]]
    place = np.unique([int(one) for one, _ in pairs], return_inverse=True)[1]
    group = np.unique([f"{borough[int(one)]}/{kind}" for one, kind in pairs], return_inverse=True)
    origins = DEVELOPMENT if final is None else UNSEEN
    return stacked.History(held[chosen], FIRST_HOUR, group[1], place), origins


def one(history, origin):
    """What came after an origin, the two forecasts, the history before, and CPU seconds."""
    before, came = history.until(origin), history.counts[:, origin : origin + WEEK]
    begun = time.process_time()
    alone = stacked.week_ahead(before)
    spent = time.process_time() - begun
    trees = stacked.week_ahead(before, stacked.learnt(before))
    return origin, came, alone, trees, before, spent


def _alone(parts, unseen):
    pairs = [(came, alone) for _, came, alone, *_ in parts]
    yield Row(
        "taxi, NumPy alone: deviance", _deviance(pairs), "deviance",
        high=0.372 if unseen else 0.380, limit=_possible(pairs),
    )  # fmt: skip
    spent = max(part[-1] for part in parts)
    yield Row("taxi, NumPy alone: CPU per origin", spent, "s", high=0.1)


def _stacked(parts, unseen):
    pairs = [(came, trees) for _, came, _, trees, *_ in parts]
    errors = [metrics.rmsse(came, trees, before.counts) for _, came, _, trees, before, _ in parts]
    came, trees = (np.concatenate([pair[i] for pair in pairs]) for i in (0, 1))
    goal = {"allowed": SCIKIT_LEARN}
    yield Row(
        "taxi, stacked: deviance", _deviance(pairs), "deviance",
        high=0.357 if unseen else 0.363, limit=_possible(pairs), **goal,
    )  # fmt: skip
    high = 0.684 if unseen else 0.703
    yield Row("taxi, stacked: RMSSE", float(np.mean(errors)), "RMSSE", high=high, **goal)
    bias = abs(metrics.bias(came, trees))
    yield Row("taxi, stacked: bias without its sign", bias, "share", high=0.05, **goal)


def _short(history, origin, days):
    """The rate's forecast from the last days only."""
    first = origin - 24 * days
    kept = history.counts[:, first:origin]
    begun = (history.first_hour + first) % WEEK
    return stacked.week_ahead(stacked.History(kept, begun, history.group, history.place))


def _ranges(history, parts, unseen):
    came, low, high, at, below = [], [], [], [], []
    for _, week, alone, _, before, _ in parts:
        spread, _ = backtest.judged(before)
        mean = backtest.summed(alone, history.place)
        kept = mean >= counts.LEAST_MEAN
        mean, held = mean[kept], backtest.summed(week, history.place)[kept].astype(int)
        lowest, highest = counts.ranges(mean, spread)
        came.append(held)
        low.append(lowest)
        high.append(highest)
        at.append(counts.cumulative(held, mean, spread.dispersion))
        below.append(counts.cumulative(held - 1, mean, spread.dispersion))
    came, low, high, at, below = map(np.concatenate, (came, low, high, at, below))
    name = "taxi, 90 % ranges of zone x 3 h"
    covered = metrics.coverage(came, low, high)
    yield Row(f"{name}: coverage", covered, "share", low=0.88, high=0.92)
    pit = metrics.pit_coverage(metrics.randomized_pit(came, at, below))
    yield Row(f"{name}: PIT coverage", pit, "share", low=0.87, high=0.92)
    score = metrics.interval_score(came, low, high)
    yield Row(f"{name}: interval score", score, "events", high=12.5 if unseen else None)


def _best_times(place, parts, unseen):
    """The best start of one hour and of three, of zone-days with at least 10 and 30 events."""
    came = np.concatenate([_by_day(came, place) for _, came, *_ in parts])
    forecast = np.concatenate([_by_day(trees, place) for _, _, _, trees, *_ in parts])
    drawn = np.random.default_rng(0).poisson(forecast)
    for hours, least, goal, words in ((1, 10, 0.725, "hour"), (3, 30, 0.89, "three hours")):
        yield Row(
            f"taxi, best {words} captured", _captured(came, forecast, hours, least), "share",
            low=goal if unseen else None, allowed=SCIKIT_LEARN,
            limit=_captured(drawn, forecast, hours, least),
        )  # fmt: skip


def _captured(came, forecast, hours, least):
    """The share of the best slot's events that the chosen slot got, on days with enough events."""
    kept = came.sum(axis=1) >= least
    last = came.shape[1] - hours + 1
    slots = [sum(day[kept, i : i + last] for i in range(hours)) for day in (came, forecast)]
    group = np.repeat(np.arange(len(slots[0])), last)
    return float(metrics.best_slot_capture(slots[0].ravel(), slots[1].ravel(), group))


def _by_day(values, place):
    zones = np.zeros((place.max() + 1, WEEK))
    np.add.at(zones, place, values)
    # Weeks begin at midnight, as both origins do.
    return zones.reshape(-1, 24)[:, OPEN]


def _deviance(pairs):
    return float(np.mean([metrics.poisson_deviance(came, forecast) for came, forecast in pairs]))


def _possible(pairs):
    """The deviance if the forecast were the truth."""
    source = np.random.default_rng(0)
    return _deviance([(source.poisson(forecast), forecast) for _, forecast in pairs])

"""One busy hourly series with weather: `bike_hourly`."""

from datetime import datetime

import numpy as np

from bench.forecasting import busy, files, metrics
from bench.forecasting.row import SCIKIT_LEARN, Row
from commerce.forecast.numerics.rate import WEEK

SET = "bike_hourly"
BEGUN = datetime.fromisoformat("2011-01-01")
DEVELOPMENT = datetime.fromisoformat("2012-09-03")
UNSEEN = datetime.fromisoformat("2012-11-01")
ORIGINS = 8
WEATHER = {"clear": 0, "mist": 1, "rain": 2}


def rows(data, final):
    """The figures of the set: MASE without and with the weather of the target hours."""
    found = files.table(files.folder(data, SET) / "hourly_public.csv.gz")
    if final is not None:
        more = files.unseen(final, SET)
        fresh = np.array([at > found["date_time"][-1] for at in more["date_time"]])
        found = {name: np.concatenate([found[name], more[name][fresh]]) for name in found}
    series = loaded(found)
    first = hours_until(UNSEEN if final is not None else DEVELOPMENT)
    origins = range(first, first + WEEK * ORIGINS, WEEK)
    goals = (1.05, 0.86) if final is not None else (0.99, 0.73)
    for weather, goal, words in zip((False, True), goals, ("without", "with"), strict=True):
        errors = [error(series, origin, weather=weather) for origin in origins]
        name = f"bike, {words} weather: MASE(168)"
        yield Row(name, float(np.mean(errors)), "MASE", high=goal, allowed=SCIKIT_LEARN)


def error(series, origin, *, weather):
    """The MASE of one week, with everything before the origin to learn from."""
    forecast = busy.week_ahead(series, origin, busy.learnt(series, origin, weather), weather)
    came = series.counts[origin : origin + WEEK]
    return metrics.mase(came, forecast[: len(came)], series.counts[:origin], WEEK)


def loaded(found):
    """The series hour by hour since `BEGUN`."""
    at = np.array([hours_until(datetime.fromisoformat(one)) for one in found["date_time"]])
    if (np.diff(at) != 1).any() or at[0] != 0:
        raise ValueError("an hour is missing")
    numbers = np.array([WEATHER[one] for one in found["weather"]], dtype=float)
    names = ("temp", "atemp", "hum", "windspeed")
    return busy.Series(
        counts=found["users"],
        hour=at % 24,
        weekday=(at // 24 + BEGUN.weekday()) % 7,
        working=found["workingday"] > 0,
        weather=np.stack([numbers, *(found[name] for name in names)], axis=1),
    )


def hours_until(when):
    """Hours since the first row."""
    return int((when - BEGUN).total_seconds() // 3600)

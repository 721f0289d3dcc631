"""avocado_price: units of the next weeks at their known prices, and the sign of elasticities."""

from datetime import date

import numpy as np

from bench.forecasting.files import folder, table, unseen
from bench.forecasting.row import Row
from commerce.forecast.numerics.price_elasticity import Panel, learn

DEVELOPMENT = date(2017, 10, 1), date(2017, 12, 24)
# The goal of the root mean squared error: development rows, unseen rows.
GOALS = 0.255, 0.195


def rows(data, final):
    """Error of log units, the same without the price, and the share of positive elasticities."""
    public = table(folder(data, "avocado_price") / "weekly_public.csv.gz")
    if final is None:
        past, future = _parted(public)
    else:
        past, future = public, unseen(final, "avocado_price")
    series = sorted(set(_series(past)))
    weeks = sorted(set(past["week_ending"]))
    known, _ = _panel(past, series, weeks)
    ahead, seen = _panel(future, series, sorted(set(future["week_ending"])))
    response = learn(known)
    error = _error(response.log_units(ahead.season, ahead.log_price), ahead.log_units, seen)
    lately = np.nanmean(known.log_units[:, -4:], axis=1)[:, None]
    plain = _error(np.broadcast_to(lately, ahead.log_units.shape), ahead.log_units, seen)
    name = "avocado, RMSE of log units"
    return [
        Row(
            f"{name} (mean of 4 weeks {plain:.3f})",
            error,
            "log units",
            high=GOALS[final is not None],
        ),
        Row(
            "avocado, share of positive elasticities",
            float(np.mean(response.elasticity >= 0)),
            "share",
            high=0.0,
        ),
    ]


def _parted(public):
    first, last = (day.isoformat() for day in DEVELOPMENT)
    day = public["week_ending"]
    past, future = day < first, (day >= first) & (day <= last)
    return (
        {name: values[past] for name, values in public.items()},
        {name: values[future] for name, values in public.items()},
    )


def _series(columns):
    return list(zip(columns["type"].tolist(), columns["region"].tolist(), strict=True))


def _panel(columns, series, weeks):
    """The panel, and which of its cells have a row."""
    at = {key: index for index, key in enumerate(series)}
    week = {key: index for index, key in enumerate(weeks)}
    shape = len(series), len(weeks)
    price, units = np.full(shape, np.nan), np.full(shape, np.nan)
    cells = [at[key] for key in _series(columns)], [week[key] for key in columns["week_ending"]]
    price[cells] = np.log(columns["price_usd"])
    units[cells] = np.log(columns["units"])
    types = sorted({key[0] for key in series})
    kinds = np.array([types.index(key[0]) for key in series])
    season = np.array([(date.fromisoformat(key).timetuple().tm_yday - 1) / 365.25 for key in weeks])
    return Panel(kinds, season, price, units), ~np.isnan(units)


def _error(forecast, units, seen):
    return float(np.sqrt(np.mean((forecast[seen] - units[seen]) ** 2)))

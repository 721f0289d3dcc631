"""Will a confirmed customer appear, and how many of a day: `hotel_showup`.

Months are learnt one after another: trees and a logistic regression on all arrivals before the
month. Day by day an offset of each hotel follows the outcomes of earlier days, and so does the
spread of what people of a day or a group share. Nothing of a day is known when it is forecast.
"""

import numpy as np

from bench.forecasting import files, metrics
from bench.forecasting.row import SCIKIT_LEARN, Row
from commerce.forecast.numerics import attendance, trees
from commerce.forecast.numerics.chance import Offset, Prior, chance_of, fit

SET = "hotel_showup"
DEVELOPMENT, UNSEEN = "2017-01-01", "2017-05-01"
# Months before the scored ones in which offsets and spreads start to follow the outcomes.
WARM_UP_MONTHS = 4
# Half-lives in days and variances of the offsets; the first task sees 90 outcomes a day and drifts
# with the season, the second hardly moves.
OFFSET_A, OFFSET_B = (7.0, 1.0), (60.0, 0.1)
# The share of the regression in the log-odds of the second task.
REGRESSION_SHARE = 0.75
LEVEL, WINDOW = 0.90, 12
# Days after which a group counts half towards the shared spread, and towards the shown level. The
# ranges of the past are to have held for SHOWN of the groups: small counts cannot hold for exactly
# nine tenths.
SPREAD_HALF_LIFE, LEVEL_HALF_LIFE, SHOWN, LEAST_TUNED = 10.0, 28.0, 0.94, 40
NUMBERS = [
    *("lead_time", "stays_in_weekend_nights", "stays_in_week_nights", "adults", "children"),
    *("babies", "is_repeated_guest", "previous_cancellations", "previous_bookings_not_canceled"),
    "adr",
]
KINDS = [
    *("hotel", "meal", "market_segment", "distribution_channel", "reserved_room_type"),
    *("deposit_type", "agent", "company", "customer_type"),
]
MOST_KINDS = 250


def rows(data, final):
    """The figures of the set."""
    unseen = final is not None
    found, scored = loaded(data, final)
    b = (found["status"] != "Canceled") | (found["released_days_before"] <= 1)
    first = np.flatnonzero(scored)[0]
    start = _months(found)[first] - WARM_UP_MONTHS
    forest, regression = by_month(found, start, b)
    odds = following(forest[0], found, ~np.isnan(forest[0]), *OFFSET_A)
    yield from _task_a(odds, found, scored, unseen)
    mixed = REGRESSION_SHARE * regression + (1 - REGRESSION_SHARE) * forest[1]
    late = following(mixed, found, b & ~np.isnan(mixed), *OFFSET_B)
    yield from _task_b(late, found, scored & b, unseen)
    yield from _people(odds, found, scored, unseen)


def loaded(data, final):
    """All bookings in the order of their arrival, and which of them are scored."""
    public = files.folder(data, SET) / "bookings_public.csv.gz"
    found, _ = files.with_unseen(public, final, SET)
    order = np.argsort(found["arrival_date"], kind="stable")
    found = {name: values[order] for name, values in found.items()}
    return found, found["arrival_date"] >= (DEVELOPMENT if final is None else UNSEEN)


def by_month(found, start, late):
    """Log-odds of each booking from ``start`` on, learnt from the months before.

    Returns those of the trees (for all, and for the ``late`` ones) and of the regression.
    """
    months, came = _months(found), found["show"]
    features, categorical = figures(found)
    sparse = indicators(found)
    forest = [np.full(len(came), np.nan) for _ in range(2)]
    regression = np.full(len(came), np.nan)
    for month in range(start, months.max() + 1):
        here, before = months == month, months < month
        learnt = trees.train(
            "log_loss", features[before], came[before], categorical=categorical,
            rounds=300, min_leaf=50,
        )  # fmt: skip
        forest[0][here] = learnt.raw(features[here])
        before, here = before & late, here & late
        learnt = trees.train(
            "log_loss", features[before], came[before], categorical=categorical,
            rounds=120, leaves=15, min_leaf=100, learning_rate=0.03, shrink=10.0,
        )  # fmt: skip
        forest[1][here] = learnt.raw(features[here])
        believed = _prior(sparse.shape[1], came[before].mean())
        regression[here] = fit(sparse[before], came[before], believed).log_odds(sparse[here])
    return forest, regression


def following(odds, found, used, half_life, variance):
    """Log-odds with the offset of the hotel, which follows the outcomes of earlier days."""
    shifted, day = odds.copy(), _days(found)
    for hotel in np.unique(found["hotel"]):
        offset, last = Offset(0.0, 1 / variance, 1 / variance), None
        of_hotel = np.flatnonzero(used & (found["hotel"] == hotel))
        for today in np.unique(day[of_hotel]):
            here = of_hotel[day[of_hotel] == today]
            offset = offset.decayed(0.0 if last is None else today - last, half_life)
            shifted[here] = odds[here] + offset.mean
            offset, last = offset.updated(odds[here], found["show"][here]), today
    return shifted


def figures(found):
    """Rows by columns of what is known when a room is booked, and which columns are kinds."""
    columns = [_number(found[name]) for name in NUMBERS]
    columns += [group_sizes(found, "agent", "adr"), group_sizes(found)]
    kinds = [_ranked(found[name]) for name in KINDS]
    kinds += [_months(found) % 12, (_days(found) + 3) % 7]
    first = len(columns)
    return np.column_stack([*columns, *kinds]), list(range(first, first + len(kinds)))


def group_sizes(found, *also):
    """Bookings of the same day for the same arrival: who books together comes together."""
    names = ("hotel", "arrival_date", "lead_time", *also)
    keys = zip(*(found[name].tolist() for name in names), strict=True)
    _, number, count = np.unique(
        [hash_of(key) for key in keys], return_inverse=True, return_counts=True
    )
    return count[number].astype(float)


def hash_of(key):
    """A text that stands for a booking's group."""
    return "|".join(map(str, key))


def indicators(found):
    """What is known the day before, as columns of 0 and 1 for the regression."""
    lead = np.digitize(found["lead_time"], [1, 2, 4, 8, 15, 31, 61, 91, 181, 271])
    nights = found["stays_in_weekend_nights"] + found["stays_in_week_nights"]
    hotel = found["hotel"]
    kinds = [
        hotel, lead, _pairs(hotel, lead), found["meal"], found["market_segment"],
        _pairs(hotel, found["market_segment"]), found["distribution_channel"],
        found["reserved_room_type"], found["deposit_type"], found["customer_type"],
        found["agent"], found["company"], _months(found) % 12, (_days(found) + 3) % 7,
        np.digitize(found["adults"], [1, 2, 3]),
        np.digitize(found["adr"], [1, 40, 60, 80, 100, 130, 170]),
        np.digitize(nights, [1, 2, 3, 4, 7, 8]),
        np.digitize(group_sizes(found, "agent"), [2, 4, 10, 20]),
    ]  # fmt: skip
    names = ("children", "is_repeated_guest", "previous_cancellations")
    flags = [_number(found[name]) > 0 for name in (*names, "previous_bookings_not_canceled")]
    columns = [np.ones(len(hotel)), *flags]
    columns += [here for kind in kinds for here in _often(kind)]
    return np.column_stack(columns).astype(float)


def _task_a(odds, found, scored, unseen):
    came, chance = found["show"][scored], chance_of(odds[scored])
    name = "hotel A, when it is booked"
    yield _loss(name, came, chance, 0.500 if unseen else 0.447)
    yield Row(
        f"{name}: Brier", metrics.brier(came, chance), "squared",
        high=0.169 if unseen else 0.149, limit=float(np.mean(chance * (1 - chance))),
        allowed=SCIKIT_LEARN,
    )  # fmt: skip
    yield _gap(name, came, chance, 0.015 if unseen else None, 0.011)


def _task_b(odds, found, scored, unseen):
    came, chance = found["show"][scored], chance_of(odds[scored])
    name = "hotel B, the day before"
    yield _loss(name, came, chance, 0.118 if unseen else 0.146)
    yield _gap(name, came, chance, 0.008 if unseen else None, 0.008)


def _loss(name, came, chance, goal):
    limit = -np.mean(chance * np.log(chance) + (1 - chance) * np.log1p(-chance))
    return Row(
        f"{name}: log loss", metrics.log_loss(came, chance), "nats",
        high=goal, limit=float(limit), allowed=SCIKIT_LEARN,
    )  # fmt: skip


def _gap(name, came, chance, goal, above_floor):
    floor = metrics.ece_floor(chance)
    return Row(
        f"{name}: calibration error", metrics.ece(came, chance), "share",
        high=floor + above_floor if goal is None else goal, limit=floor, allowed=SCIKIT_LEARN,
    )  # fmt: skip


def _people(odds, found, scored, unseen):
    """How many come, per hotel and day and per group of twelve bookings."""
    known = ~np.isnan(odds)
    per_day = [(day, rows, scored[rows[0]]) for day, rows in _by_day(found, known)]
    windows = [
        (day, part, is_scored)
        for day, rows, is_scored in per_day
        for part in np.array_split(rows, np.arange(WINDOW, len(rows), WINDOW))
    ]
    for name, groups, score in (("day", per_day, 26.0), ("group of 12", windows, 6.4)):
        shown = ranges(odds, found["show"], groups)
        low, high, came, below, up_to = (np.array(one) for one in zip(*shown, strict=True))
        pit = metrics.randomized_pit(came, up_to, below)
        title = f"hotel, people per {name}, 90 %"
        held = metrics.coverage(came, low, high)
        yield Row(f"{title}: coverage", held, "share", 0.88, 0.95, 0.9)
        yield Row(f"{title}: PIT coverage", metrics.pit_coverage(pit), "share", 0.87, 0.92, 0.9)
        width = metrics.interval_score(came, low, high)
        yield Row(f"{title}: interval score", width, "people", high=score)


def ranges(odds, came, groups):
    """For each scored group: its range, how many came, the chance of fewer and of no more.

    The shared spread, and the level at which the range is shown, follow the groups of the days
    before; older ones count less.
    """
    past, found, last = _Past(), [], None
    for day, rows, is_scored in groups:
        if day != last:
            past.learn(day)
            last = day
        chance, number = chance_of(odds[rows]), int(came[rows].sum())
        counts = attendance.distribution(chance, past.spread)
        place = attendance.place_of(counts, number)
        past.add(day, attendance.log_likelihoods(chance, number), attendance.needed_level(place))
        if is_scored:
            held = attendance.count_range(counts, past.level)
            found.append((held.low, held.high, number, place.below, place.up_to))
    return found


class _Past:
    """What the groups of earlier days say of the spread and of the shown level."""

    def __init__(self):
        self.spread, self.level = attendance.START_SHOCK, LEVEL
        self._days, self._seen, self._needed = [], [], []

    def add(self, day, likelihoods, needed):
        """Note a group of a day."""
        self._days.append(day)
        self._seen.append(likelihoods)
        self._needed.append(needed)

    def learn(self, day):
        """Learn from all groups noted so far, which are of earlier days."""
        ages = day - np.array(self._days)
        self.spread = attendance.fit_shock(
            np.array(self._seen), 0.5 ** (ages / SPREAD_HALF_LIFE), start=attendance.START_SHOCK
        )
        if len(ages) >= LEAST_TUNED:
            weights = 0.5 ** (ages / LEVEL_HALF_LIFE)
            self.level = attendance.tuned_level(np.array(self._needed), weights, SHOWN)


def _by_day(found, known):
    """Day and rows of each hotel's days, in the order of days; rows stay in the order of file."""
    days = _days(found)
    for day in np.unique(days[known]):
        today = np.flatnonzero(known & (days == day))
        for hotel in np.unique(found["hotel"][today]):
            yield day, today[found["hotel"][today] == hotel]


def _months(found):
    return found["arrival_date"].astype("datetime64[M]").astype(int)


def _days(found):
    return found["arrival_date"].astype("datetime64[D]").astype(int)


def _number(values):
    if values.dtype.kind == "f":
        return values
    return np.array([float(one) if one not in ("", "NA", "NULL") else np.nan for one in values])


def _ranked(values):
    """Numbers of kinds, the most frequent first; rare ones are one kind."""
    _, number, count = np.unique(values, return_inverse=True, return_counts=True)
    rank = np.empty(len(count), int)
    rank[np.argsort(-count, kind="stable")] = np.arange(len(count))
    return np.minimum(rank[number], MOST_KINDS).astype(float)


def _pairs(one, other):
    return np.array([f"{a}|{b}" for a, b in zip(one, other, strict=True)])


def _often(kind, least=200):
    names, number, count = np.unique(kind, return_inverse=True, return_counts=True)
    return [number == place for place in range(len(names)) if count[place] >= least]


def _prior(width, rate):
    """Around the rate of all; each column is worth little until it has shown otherwise."""
    mean, precision = np.zeros(width), np.full(width, 20.0)
    mean[0], precision[0] = np.log(rate / (1 - rate)), 0.01
    return Prior(mean, precision)

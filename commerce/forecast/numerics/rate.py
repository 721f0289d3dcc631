"""The pooled gamma-Poisson rate: events an hour of each series, by its own and its kin's word.

The rate of series s (a kind at a place) at hour of the week w is ``level_s * profile_s(w)``. Both
are posterior means: a series with few events follows its kin, one with many itself.

Profiles have mean 1 over the hours observed and are made down a chain: everything, group (a kind in
a district), place (all kinds at it), series. A link multiplies its parent by two factors, each a
Dirichlet posterior mean (Gelman et al., Bayesian Data Analysis 3, section 3.4) with ``k``
pseudo-events spread as the parent expects them:

- by hour of the day, working days and weekends apart, smoothed (1/4, 1/2, 1/4) around the day:
  ``(C_b + k m_b) / ((C + k) m_b)``, ``m_b`` the parent's share of bin b;
- by hour of the week: ``(C_w + k p_parent(w) E_w / E) / ((C + k) E_w / E)`` with ``E_w`` the hours
  observed.

The level has a gamma prior with the mean of the group (section 2.6 there):
``(events + a) / (exposure + a / level of group)``, the exposure being the sum of the profile over
the hours observed. Counts and hours are decayed by their age.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.floating]
Ints = npt.NDArray[np.intp]
WEEK = 168
_WORKING_DAYS = 5
# Series whose rows are worked on at once: what stays in the cache of a processor.
_AT_ONCE = 1024


@dataclass(frozen=True, slots=True)
class Pooling:
    """How strongly a part leans on its parent, in pseudo-events; days for ``half_life_days``."""

    first: float = 24.0
    everything: float = 5_000.0
    group_day: float = 400.0
    group_week: float = 4_000.0
    place_day: float = 50.0
    series_day: float = 50.0
    series_week: float = 2_400.0
    level: float = 1.0
    half_life_days: float = 42.0


DEFAULT = Pooling()


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """What the rates are fitted from, decayed already.

    ``counts``: series by hour of the week (Monday 0 to Sunday 167, local clock). ``exposure``:
    hours observed at each hour of the week. ``group``, ``place``: each series' own, by number.
    """

    counts: Floats
    exposure: Floats
    group: Ints
    place: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Events an hour of each series on average, and the series' profile over the week, mean 1."""

    level: Floats
    profile: Floats

    def at(self, hours: npt.ArrayLike) -> Floats:
        """Return the events expected, series by hours; hours of the week may run on past 167."""
        found: Floats = self.level[:, None] * self.profile[:, np.asarray(hours) % WEEK]
        return found


def gathered(
    counts: npt.ArrayLike,
    *,
    first_hour: int,
    group: npt.ArrayLike,
    place: npt.ArrayLike,
    half_life_days: float = DEFAULT.half_life_days,
) -> Statistics:
    """Return the statistics of counts, series by consecutive hours; the last hour counts fully.

    ``first_hour``: hour of the week of the first column.
    """
    held = np.asarray(counts)
    hours = held.shape[1]
    weight = np.exp2(-np.arange(hours - 1, -1, -1) / (24 * half_life_days))
    slot = (first_hour + np.arange(hours)) % WEEK
    summed = np.zeros((len(held), WEEK))
    for begin in range(0, hours, WEEK):
        part = slice(begin, begin + WEEK)
        summed[:, slot[part]] += held[:, part] * weight[part]
    exposure = np.bincount(slot, weight, WEEK).astype(float)
    return Statistics(summed, exposure, np.asarray(group, np.intp), np.asarray(place, np.intp))


def fitted(statistics: Statistics, pooling: Pooling = DEFAULT) -> Rates:
    """Return level and profile of every series. Raises: ValueError when no hour was observed."""
    observed = float(statistics.exposure.sum())
    if observed <= 0:
        raise ValueError("no hour was observed")
    group, share = statistics.group, statistics.exposure / observed
    of_group = _summed(statistics.counts, group)
    groups = _group_profiles(of_group, share, pooling)
    factor = _factors(statistics, groups, share, pooling)
    profile = np.empty_like(statistics.counts)
    expected = np.empty(len(profile))
    for begin in range(0, len(profile), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        parent = groups[group[part]] * _spread(factor[part])
        own = _by_week(statistics.counts[part], _smooth(parent), pooling.series_week, share)
        profile[part] = own
        expected[part] = own @ statistics.exposure
    level = _levels(statistics, of_group, expected, pooling.level)
    return Rates(level=level.astype(profile.dtype), profile=profile)


def _group_profiles(of_group: Floats, share: Floats, pooling: Pooling) -> Floats:
    """The profiles of the groups, by way of the one of everything."""
    everything, flat = of_group.sum(axis=0, keepdims=True), np.ones((1, WEEK))
    by_day = _day_factor(
        _bins(everything).sum(1, keepdims=True), _bins(flat * share), pooling.first
    )
    parent = _smooth(_by_week(everything, flat * _spread(by_day), pooling.everything, share))
    parent = np.broadcast_to(parent, of_group.shape)
    by_day = _day_factor(_bins(of_group), _bins(parent * share), pooling.group_day)
    return _by_week(of_group, parent * _spread(by_day), pooling.group_week, share)


def _factors(statistics: Statistics, groups: Floats, share: Floats, pooling: Pooling) -> Floats:
    """What place and series make of their group's day: series by day type by hour."""
    own = _bins(statistics.counts)
    expected = _bins(groups * share)[statistics.group].astype(own.dtype)
    spread = expected * statistics.counts.sum(axis=1)[:, None, None]
    places = _day_factor(
        _summed(own, statistics.place), _summed(spread, statistics.place), pooling.place_day
    )
    by_place = places[statistics.place]
    expected *= by_place
    factor = _day_factor(own, expected, pooling.series_day)
    factor *= by_place
    return factor


def _day_factor(events: Floats, expected: Floats, pseudo: float) -> Floats:
    """By what the events of the bins exceed what the parent expects, shrunk towards 1; mean 1."""
    total = expected.sum(axis=(1, 2), keepdims=True)
    share = _smooth(expected / np.where(total > 0, total, 1))
    seen = events.sum(axis=(1, 2), keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        factor: Floats = (_smooth(events) + pseudo * share) / ((seen + pseudo) * share)
        factor[~np.isfinite(factor)] = 1
        factor /= (factor * expected).sum(axis=(1, 2), keepdims=True) / total
    factor[~np.isfinite(factor)] = 1
    return factor


def _by_week(events: Floats, parent: Floats, pseudo: float, share: Floats) -> Floats:
    """The Dirichlet posterior mean by hour of the week; hours never observed are the parent's."""
    total = events.sum(axis=1, keepdims=True) + pseudo
    seen = np.where(share > 0, share, 1).astype(events.dtype)
    own = events / seen
    own += parent * pseudo
    own /= total
    if (share <= 0).any():
        own[:, share <= 0] = parent[:, share <= 0]
    return own


def _levels(statistics: Statistics, of_group: Floats, expected: Floats, pseudo: float) -> Floats:
    """The gamma-Poisson levels; a group without events leans on the mean of everything."""
    events, observed = statistics.counts.sum(axis=1), statistics.exposure.sum()
    overall = (events.sum() + 1) / (len(events) * observed + 1)
    members = np.bincount(statistics.group, minlength=len(of_group))
    typical = (of_group.sum(axis=1) + 0.5) / (members * observed + 0.5 / overall)
    found: Floats = (events + pseudo) / (expected + pseudo / typical[statistics.group])
    return found


def _summed(values: Floats, number: Ints) -> Floats:
    """The rows of ``values`` summed by their number."""
    order = np.argsort(number, kind="stable")
    begins = np.searchsorted(number[order], np.arange(number.max() + 1 if len(number) else 0))
    summed: Floats = np.add.reduceat(values[order], begins, axis=0)
    summed[np.bincount(number, minlength=len(begins)) == 0] = 0
    return summed


def _bins(weekly: Floats) -> Floats:
    """Sums by hour of the day: rows by (working days, weekend) by 24."""
    days = weekly.reshape(len(weekly), 7, 24)
    return np.stack([days[:, :_WORKING_DAYS].sum(1), days[:, _WORKING_DAYS:].sum(1)], axis=1)


def _spread(binned: Floats) -> Floats:
    """The bins' values at every hour of the week; the inverse of `_bins` for factors."""
    binned = np.broadcast_to(binned, (len(binned), 2, 24))
    kinds = np.repeat([0, 1], [_WORKING_DAYS, 7 - _WORKING_DAYS])
    return binned[:, kinds].reshape(len(binned), WEEK)


def _smooth(values: Floats) -> Floats:
    """Weights 1/4, 1/2, 1/4 around the last axis, which is a circle."""
    smooth = values * 0.5
    smooth[..., 1:] += 0.25 * values[..., :-1]
    smooth[..., :-1] += 0.25 * values[..., 1:]
    smooth[..., 0] += 0.25 * values[..., -1]
    smooth[..., -1] += 0.25 * values[..., 0]
    return smooth

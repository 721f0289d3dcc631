"""Every night: fit the rate, let trees compete with it, store the coming week of every place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import structlog
from django.db.models import Max, Min

from commerce.forecast import cells
from commerce.forecast.domain import HOUR, WEEK_HOURS, Level, hour_of_week
from commerce.forecast.models import CountedHour, DemandCount, DemandFit, ForeseenWeek
from commerce.forecast.numerics import backtest, rate, stacked
from commerce.forecast.numerics.backtest import Fit
from commerce.forecast.numerics.rate import Floats
from commerce.forecast.numerics.stacked import History
from iceshop.infra.db import operation, outside

log = structlog.get_logger(__name__)

_EVERY = timedelta(hours=20)
_LEAST_HOURS = 24
# Trees learn from, and speak of, the busiest series of the last weeks: the others say too little.
_BUSIEST, _TREE_HOURS = 1_500, 13 * WEEK_HOURS
_BATCH = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """Counts of one time zone, sparse: wishes by number of series and of hour since the first."""

    zone: ZoneInfo
    first: datetime
    hours: int
    keys: tuple[tuple[str, str], ...]
    series: rate.Ints
    hour: rate.Ints
    wishes: Floats

    @property
    def group(self) -> rate.Ints:
        """For each series its kind in its city."""
        return _numbered([(kind, cells.parent(cell, Level.CITY)) for kind, cell in self.keys])

    @property
    def place(self) -> rate.Ints:
        """For each series its cell, whatever the kind."""
        return _numbered([cell for _, cell in self.keys])

    def slots(self) -> rate.Ints:
        """The hour of the week of each hour, by the clock of the place."""
        found = [hour_of_week(self.first + HOUR * at, self.zone) for at in range(self.hours)]
        return np.array(found, dtype=np.intp)

    def statistics(self) -> rate.Statistics:
        """The decayed sums that the rate is fitted from."""
        age = np.arange(self.hours - 1, -1, -1)
        weight = np.exp2(-age / (24 * rate.DEFAULT.half_life_days))
        slot = self.slots()
        counts = np.zeros((len(self.keys), WEEK_HOURS))
        np.add.at(counts, (self.series, slot[self.hour]), self.wishes * weight[self.hour])
        exposure = np.bincount(slot, weight, WEEK_HOURS).astype(float)
        return rate.Statistics(counts, exposure, self.group, self.place)

    def busiest(self) -> tuple[rate.Ints, History]:
        """The numbers of the busiest series, and their last weeks hour by hour."""
        total = np.bincount(self.series, self.wishes, len(self.keys))
        chosen = np.sort(np.argsort(-total, kind="stable")[:_BUSIEST])
        row = np.full(len(self.keys), -1)
        row[chosen] = np.arange(len(chosen))
        begin = max(0, self.hours - _TREE_HOURS)
        kept = (row[self.series] >= 0) & (self.hour >= begin)
        counts = np.zeros((len(chosen), self.hours - begin))
        np.add.at(counts, (row[self.series[kept]], self.hour[kept] - begin), self.wishes[kept])
        first = hour_of_week(self.first + HOUR * begin, self.zone)
        group, place = _numbered(self.group[chosen]), _numbered(self.place[chosen])
        return chosen, History(counts, first, group, place)


@outside
def fit_due(*, now: datetime) -> int:
    """Fit anew where the last fit is of yesterday, or the first day is full; returns how many."""
    fresh = set(
        DemandFit.objects.filter(made_at__gt=now - _EVERY).values_list("timezone", flat=True)
    )
    named = DemandCount.objects.order_by("timezone").values_list("timezone", flat=True).distinct()
    made = 0
    for timezone in named:
        observed = None if timezone in fresh else _observed(timezone)
        if observed is not None:
            made += _fit(timezone, observed, now)
    return made


def _fit(timezone: str, observed: Observed, now: datetime) -> bool:
    rates = rate.fitted(observed.statistics())
    chosen, history = observed.busiest()
    fit = backtest.fitted(history)
    weeks = rates.level[:, None] * rates.profile
    if fit.forest is not None:
        # What trees foresee of the coming 168 hours is each hour of the week once.
        slot = history.coming() % WEEK_HOURS
        weeks[chosen[:, None], slot] = stacked.week_ahead(history, fit.forest)
    _store(timezone=timezone, observed=observed, fit=fit, weeks=weeks, now=now)
    log.info(
        "demand.fitted", timezone=timezone, series=len(observed.keys), reason=fit.verdict.reason
    )
    return True


@operation
def _store(*, timezone: str, observed: Observed, fit: Fit, weeks: Floats, now: datetime) -> None:
    """Keep the fit as the next version; the weeks of the one before are not needed any more."""
    rows = DemandFit.objects.filter(timezone=timezone)
    last = rows.aggregate(last=Max("version"))["last"] or 0
    row = rows.create(
        timezone=timezone,
        version=last + 1,
        observed_from=observed.first,
        observed_until=observed.first + HOUR * observed.hours,
        hours=observed.hours,
        wishes=int(observed.wishes.sum()),
        series=len(observed.keys),
        trees_serve=fit.verdict.trees_serve,
        reason=fit.verdict.reason,
        weeks=[list(week) for week in fit.verdict.weeks],
        dispersion=fit.spread.dispersion,
        inner_level=fit.spread.inner_level,
        pit=list(fit.pit),
        made_at=now,
    )
    ForeseenWeek.objects.filter(fit__timezone=timezone).exclude(fit=row).delete()
    foreseen = (
        ForeseenWeek(fit=row, kind=kind, cell=cell, rates=rates.astype(np.float32).tobytes())
        for (kind, cell), rates in _at_every_level(observed.keys, weeks).items()
    )
    ForeseenWeek.objects.bulk_create(foreseen, batch_size=_BATCH)


def _at_every_level(
    keys: tuple[tuple[str, str], ...], weeks: Floats
) -> dict[tuple[str, str], Floats]:
    """The weeks of the cells, and their sums by every wider cell."""
    sums: dict[tuple[str, str], Floats] = defaultdict(lambda: np.zeros(WEEK_HOURS))
    for (kind, cell), week in zip(keys, weeks, strict=True):
        for level in Level:
            sums[kind, cells.parent(cell, level)] += week
    return sums


def _observed(timezone: str) -> Observed | None:
    """What was counted since the first wish of the zone; None before a day is full."""
    rows = DemandCount.objects.filter(timezone=timezone)
    first = rows.aggregate(first=Min("hour_id"))["first"]
    last = CountedHour.objects.aggregate(last=Max("at"))["last"]
    hours = int((last - first) / HOUR) + 1
    if hours < _LEAST_HOURS:
        return None
    held = sorted(rows.values_list("kind", "cell", "hour_id", "wishes"))
    keys = sorted({(kind, cell) for kind, cell, _, _ in held})
    number = {key: at for at, key in enumerate(keys)}
    return Observed(
        zone=ZoneInfo(timezone),
        first=first,
        hours=hours,
        keys=tuple(keys),
        series=np.array([number[kind, cell] for kind, cell, _, _ in held], dtype=np.intp),
        hour=np.array([int((at - first) / HOUR) for *_, at, _ in held], dtype=np.intp),
        wishes=np.array([n for *_, n in held], dtype=float),
    )


def _numbered(keys: object) -> rate.Ints:
    found: rate.Ints = np.unique(np.asarray(keys), axis=0, return_inverse=True)[1].reshape(-1)
    return found

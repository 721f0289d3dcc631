"""Reading forecasts: ranges with their level, the best time, and what nobody served."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from commerce.catalog import queries as catalog
from commerce.forecast import cells, domain
from commerce.forecast.domain import Expected, Level, Outlook
from commerce.forecast.models import CountedHour, DemandFit, ForeseenWeek, UnservedDemand
from commerce.forecast.numerics import counts
from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange

# A fit from less than two weeks knows a week's rhythm from hearsay.
_EARLY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnservedCard:
    """Wishes that nobody served in the last weeks, of so many different people."""

    kind: str
    level: Level
    wishes: int
    people: int


@dataclass(frozen=True, slots=True)
class BestTime:
    """A good span for a window, with the range of the hour around its middle."""

    span: TimeRange
    expected: Expected
    level: Level


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The weeks around a point by level, the finest first, as the newest fit says.

    ``weeks``: wishes at each hour of the week by the clock of ``zone``.
    """

    zone: ZoneInfo
    version: int
    made_at: datetime
    is_early: bool
    spread: counts.Spread
    weeks: dict[Level, tuple[float, ...]]

    def outlook(self, spans: Sequence[TimeRange]) -> Outlook:
        """Ranges of the spans at the finest level at which one of them expects a wish at all."""
        means: list[float] = []
        level = Level.CITY
        for level in Level:
            week = self.weeks[level]
            means = [domain.mean_within(week, span, self.zone) for span in spans]
            if max(means, default=0.0) >= domain.LEAST_EXPECTED:
                break
        low, high = counts.ranges(means, self.spread)
        found = zip(spans, low.tolist(), high.tolist(), means, strict=True)
        return Outlook(level, tuple(Expected(*one) for one in found), self.is_early)

    def best_times(
        self, opens: Iterable[TimeRange], *, minutes: int, most: int
    ) -> tuple[BestTime, ...]:
        """The best spans of ``minutes`` within the opening times, best first."""
        held = tuple(opens)
        level = self.outlook(held).level
        chosen = domain.best_starts(self.weeks[level], held, minutes, self.zone, most)
        found = []
        for span in chosen:
            middle = span.start + (span.end - span.start) / 2
            hour = TimeRange(middle - domain.HOUR / 2, middle + domain.HOUR / 2)
            outlook = replace(self, weeks=dict.fromkeys(Level, self.weeks[level])).outlook([hour])
            found.append(BestTime(span, outlook.ranges[0], level))
        return tuple(found)


def demand(kinds: Iterable[str], *, point: Point, timezone: str) -> Foreseen | None:
    """What is foreseen of wishes for any of ``kinds`` around a point; None before the first fit.

    Two queries.
    """
    fit = DemandFit.objects.filter(timezone=timezone).order_by("-version").first()
    if fit is None:
        return None
    ladder = cells.ladder(point)
    sums = {cell: np.zeros(domain.WEEK_HOURS) for cell in ladder.values()}
    rows = ForeseenWeek.objects.filter(fit=fit, kind__in=list(kinds), cell__in=list(sums))
    for cell, rates in rows.values_list("cell", "rates"):
        sums[cell] += np.frombuffer(rates, dtype=np.float32)
    return Foreseen(
        zone=ZoneInfo(timezone),
        version=fit.version,
        made_at=fit.made_at,
        is_early=fit.observed_until - fit.observed_from < _EARLY,
        spread=counts.Spread(fit.dispersion, fit.inner_level),
        weeks={level: tuple(sums[cell].tolist()) for level, cell in ladder.items()},
    )


def wishes_met_by(concept_keys: Iterable[str]) -> frozenset[str]:
    """The kinds of wishes that goods of these concepts satisfy: themselves and what is above them.

    One query.
    """
    concepts = catalog.concepts()
    found: set[str] = set()
    for key in concept_keys:
        above: str | None = key
        while above is not None and above not in found:
            found.add(above)
            card = concepts.get(above)
            above = card.parent_key if card else None
    return frozenset(found)


def unserved_demand(point: Point) -> tuple[UnservedCard, ...]:
    """Wishes around a point that nobody served lately, most people first; one query.

    Each line is of at least `LEAST_PEOPLE` different people, and no wish is in two lines.
    """
    near = {level: cells.around(point, level) for level in (Level.CELL, Level.QUARTER)}
    near[Level.DISTRICT] = frozenset({cells.cell_of(point, Level.DISTRICT)})
    rows = UnservedDemand.objects.filter(cell__in=frozenset().union(*near.values()))
    sums: dict[tuple[str, Level], tuple[int, int]] = {}
    for row in rows:
        key = row.kind, Level(row.level)
        wishes, people = sums.get(key, (0, 0))
        # People of several cells are not added: somebody may have asked in both.
        sums[key] = wishes + row.wishes, max(people, row.people)
    found = [UnservedCard(kind, level, *both) for (kind, level), both in sums.items()]
    return tuple(sorted(found, key=lambda one: (-one.people, -one.wishes, one.kind, one.level)))


def counted_until() -> datetime | None:
    """The end of the last hour that was counted. One query."""
    last = CountedHour.objects.order_by("-at").values_list("at", flat=True).first()
    return None if last is None else last + domain.HOUR

"""What is to be expected around a store: wishes by slot, the best times, what nobody served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.forecast import domain
from commerce.forecast import queries as forecast
from commerce.forecast.domain import Expected, Level
from commerce.forecast.queries import BestTime, Foreseen
from commerce.places.queries import StoreCard
from iceshop.kernel.time import TimeRange, day_range, local_day

DAYS = 7
_SLOT_HOURS = 3
_DRAWN_TO = 100


@dataclass(frozen=True, slots=True)
class SlotLine:
    """The range of a slot, and where its bar begins and how long it is, of 100."""

    expected: Expected
    most: int
    is_early: bool

    @property
    def begin(self) -> float:
        """Where the bar begins."""
        return _DRAWN_TO * self.expected.low / self.most

    @property
    def length(self) -> float:
        """How long the bar is; a range of one number is a thin line."""
        return max(_DRAWN_TO * (self.expected.high - self.expected.low) / self.most, 1.5)

    @property
    def mark(self) -> float | None:
        """Where the expectation lies; nothing while only ranges deserve to be shown."""
        return None if self.is_early else _DRAWN_TO * min(self.expected.mean / self.most, 1)


@dataclass(frozen=True, slots=True)
class DayOutlook:
    """The slots of a day that may bring a wish, and the best time for a window in it."""

    starts_at: datetime
    slots: tuple[SlotLine, ...]
    best: BestTime | None


@dataclass(frozen=True, slots=True)
class MissedLine:
    """Wishes near the store that nobody served."""

    name: str
    level: Level
    wishes: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandPage:
    """The page. ``level`` is None before the first forecast; then there are no days either."""

    store: StoreCard
    offerings: tuple[tuple[UUID, str], ...]
    chosen: UUID | None
    level: Level | None
    is_early: bool
    days: tuple[DayOutlook, ...]
    missed: tuple[MissedLine, ...]

    @property
    def best(self) -> BestTime | None:
        """The best of all days."""
        found = [day.best for day in self.days if day.best is not None]
        return max(
            found, key=lambda one: (one.expected.mean, -one.span.start.timestamp()), default=None
        )


def demand_page(
    store: StoreCard, *, offering_id: UUID | None, language: str, now: datetime
) -> DemandPage:
    """What the store may expect of the coming days, of one product or of all. Six queries."""
    offerings = tuple(one for one in catalog.offerings_of_stores([store.id]) if one.is_active)
    chosen = [one for one in offerings if one.id == offering_id] or offerings
    kinds = forecast.wishes_met_by(one.concept_key for one in chosen)
    foreseen = forecast.demand(kinds, point=store.point, timezone=store.timezone)
    level, days = (None, ()) if foreseen is None else _days(store, foreseen, now)
    return DemandPage(
        store=store,
        offerings=tuple((one.id, one.name(language)) for one in offerings),
        chosen=offering_id if len(chosen) < len(offerings) else None,
        level=level,
        is_early=foreseen is not None and foreseen.is_early,
        days=days,
        missed=_missed(store, language),
    )


def _days(
    store: StoreCard, foreseen: Foreseen, now: datetime
) -> tuple[Level, tuple[DayOutlook, ...]]:
    """The days of the week ahead in which the store is open, all at one level."""
    today = local_day(now, store.zone)
    opened: list[tuple[datetime, tuple[TimeRange, ...]]] = []
    for number in range(DAYS):
        day = day_range(today + timedelta(days=number), store.zone)
        ahead = TimeRange(max(day.start, now), day.end)
        opens = store.hours.open_ranges(ahead, store.zone)
        if opens:
            opened.append((day.start, opens))
    cut = [domain.slots(opens, _SLOT_HOURS, store.zone) for _, opens in opened]
    outlook = foreseen.outlook([slot for slots in cut for slot in slots])
    lines = iter(SlotLine(one, max(outlook.most, 1), outlook.is_early) for one in outlook.ranges)
    days = []
    for (start, opens), slots in zip(opened, cut, strict=True):
        best = foreseen.best_times(opens, minutes=store.window_minutes, most=1)
        kept = tuple(one for one in (next(lines) for _ in slots) if one.expected.high)
        days.append(DayOutlook(start, kept, next(iter(best), None) if kept else None))
    return outlook.level, tuple(days)


def _missed(store: StoreCard, language: str) -> tuple[MissedLine, ...]:
    concepts = catalog.concepts()
    return tuple(
        MissedLine(concepts[one.kind].name(language), one.level, one.wishes, one.people)
        for one in forecast.unserved_demand(store.point)
        if one.kind in concepts
    )

"""Levels of place, slots of time, and what a range says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange, at_local, ceil_to

HOUR = timedelta(hours=1)
WEEK_HOURS = 168
# Fewer people than this are never spoken of: somebody could tell who they are.
LEAST_PEOPLE = 5
# Below this expectation "0 or 1" says nothing: the next wider level speaks.
LEAST_EXPECTED = 1.0
UNSERVED_DAYS = 28
_STEP_MINUTES = 10
_APART = timedelta(hours=1)


class Level(StrEnum):
    """How far around a point a range speaks, the finest first."""

    CELL = "cell"
    QUARTER = "quarter"
    DISTRICT = "district"
    CITY = "city"


class Verdict(StrEnum):
    """Why the rate or the trees serve."""

    BETTER_TWICE = "better_twice"
    NOT_BETTER = "not_better"
    TOO_SHORT = "too_short"
    TOO_FEW = "too_few"
    CANNOT_LEARN = "cannot_learn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One wish as it is counted: what, around where, by which clock; of nobody."""

    kind: str
    point: Point
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """One wish that nobody served; ``person_id`` is counted and not kept."""

    kind: str
    point: Point
    person_id: UUID


@dataclass(frozen=True, slots=True)
class Expected:
    """How many wishes a span brings: nine times of ten between ``low`` and ``high``."""

    span: TimeRange
    low: int
    high: int
    mean: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """Ranges of some spans, all of one level. ``is_early``: only ranges deserve to be shown."""

    level: Level
    ranges: tuple[Expected, ...]
    is_early: bool

    @property
    def most(self) -> int:
        """The highest number of any range."""
        return max((one.high for one in self.ranges), default=0)


def floor_hour(instant: datetime) -> datetime:
    """The full hour that ``instant`` lies in."""
    return instant.replace(minute=0, second=0, microsecond=0)


def hour_of_week(instant: datetime, zone: ZoneInfo) -> int:
    """Hours since Monday's midnight by the clock of ``zone``."""
    local = instant.astimezone(zone)
    return local.weekday() * 24 + local.hour


def slots(opens: Iterable[TimeRange], hours: int, zone: ZoneInfo) -> tuple[TimeRange, ...]:
    """The opening times cut at every full ``hours`` of the local day."""
    found = []
    for span in opens:
        begin = span.start
        while begin < span.end:
            local = begin.astimezone(zone)
            minute = (local.hour // hours + 1) * hours * 60
            end = min(at_local(local.date(), minute, zone), span.end)
            found.append(TimeRange(begin, end))
            begin = end
    return tuple(found)


def mean_within(week: Sequence[float], span: TimeRange, zone: ZoneInfo) -> float:
    """What the week's hourly rates bring within ``span``."""
    total, hour = 0.0, floor_hour(span.start)
    while hour < span.end:
        part = span.intersection(TimeRange(hour, hour + HOUR))
        if part is not None:
            total += week[hour_of_week(hour, zone)] * part.seconds / HOUR.total_seconds()
        hour += HOUR
    return total


def rate_at(week: Sequence[float], instant: datetime, zone: ZoneInfo) -> float:
    """The hourly rate at an instant: each hour's in its middle, between them on a straight line."""
    middle = floor_hour(instant) + HOUR / 2
    other = middle + HOUR if instant >= middle else middle - HOUR
    share = abs(instant - middle) / HOUR
    near, far = (week[hour_of_week(one, zone)] for one in (middle, other))
    return near * (1 - share) + far * share


def smoothed(week: Sequence[float]) -> tuple[float, ...]:
    """Each hour a half its own and a quarter each of its neighbours, around the week."""
    last = len(week)
    return tuple(
        0.5 * week[at] + 0.25 * week[at - 1] + 0.25 * week[(at + 1) % last] for at in range(last)
    )


def best_starts(
    week: Sequence[float], opens: Iterable[TimeRange], minutes: int, zone: ZoneInfo, most: int
) -> tuple[TimeRange, ...]:
    """The spans of ``minutes`` with the highest rate, at least an hour apart, best first.

    Of equally good ones the earliest. Starts are full ten minutes.
    """
    length, smooth = timedelta(minutes=minutes), smoothed(week)
    found = []
    for span in opens:
        begin = ceil_to(span.start, _STEP_MINUTES)
        while begin + length <= span.end:
            found.append((-rate_at(smooth, begin + length / 2, zone), begin))
            begin += timedelta(minutes=_STEP_MINUTES)
    chosen: list[datetime] = []
    for _, begin in sorted(found):
        if len(chosen) < most and all(abs(begin - one) >= _APART for one in chosen):
            chosen.append(begin)
    return tuple(TimeRange(begin, begin + length) for begin in chosen)

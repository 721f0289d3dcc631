"""Instants, half-open ranges, and what a shop's wall clock makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from iceshop.kernel.errors import Invalid

__all__ = [
    "UTC",
    "OpeningHours",
    "TimeRange",
    "at_local",
    "ceil_to",
    "day_range",
    "ensure_aware",
    "join",
    "local_day",
    "show_clock",
    "show_range",
]

MINUTES_PER_DAY = 1440


def ensure_aware(instant: datetime) -> datetime:
    """Return ``instant`` in UTC. Raises ``Invalid("time.naive")`` when it has no offset."""
    if instant.tzinfo is None:
        raise Invalid("time.naive")
    return instant.astimezone(UTC)


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """Half-open ``[start, end)`` of aware instants. Raises ``Invalid("time.empty_range")``."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if ensure_aware(self.start) >= ensure_aware(self.end):
            raise Invalid("time.empty_range")

    @property
    def seconds(self) -> int:
        """Length in whole seconds."""
        return int((self.end - self.start).total_seconds())

    def contains(self, instant: datetime) -> bool:
        """Whether ``instant`` lies in the range; the end does not."""
        return self.start <= instant < self.end

    def covers(self, other: TimeRange) -> bool:
        """Whether all of ``other`` lies in the range."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: TimeRange) -> bool:
        """Whether the two share at least an instant."""
        return self.start < other.end and other.start < self.end

    def intersection(self, other: TimeRange) -> TimeRange | None:
        """What both share, or ``None``."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return TimeRange(start, end) if start < end else None


def join(ranges: Iterable[TimeRange]) -> tuple[TimeRange, ...]:
    """Sort ``ranges`` and unite those that touch or overlap."""
    joined: list[TimeRange] = []
    for current in sorted(ranges):
        if joined and current.start <= joined[-1].end:
            joined[-1] = TimeRange(joined[-1].start, max(joined[-1].end, current.end))
        else:
            joined.append(current)
    return tuple(joined)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar day that ``instant`` has in ``zone``."""
    return ensure_aware(instant).astimezone(zone).date()


def at_local(day: date, minute_of_day: int, zone: ZoneInfo) -> datetime:
    """The instant at which the wall clock of ``zone`` shows ``minute_of_day`` on ``day``.

    Minutes of 1440 and more lie on the days after. A wall time that a clock change skips is moved
    forward by the length of the gap; one that comes twice means its first occurrence.
    """
    days, minute = divmod(minute_of_day, MINUTES_PER_DAY)
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=days)
    wall = wall.replace(hour=minute // 60, minute=minute % 60, fold=0)
    return wall.astimezone(UTC)


def day_range(day: date, zone: ZoneInfo) -> TimeRange:
    """The whole of ``day`` in ``zone``: 23, 24 or 25 hours."""
    return TimeRange(at_local(day, 0, zone), at_local(day, MINUTES_PER_DAY, zone))


def ceil_to(instant: datetime, minutes: int) -> datetime:
    """The first instant at or after ``instant`` on the grid of ``minutes`` since the epoch."""
    step = minutes * 60
    seconds = -(-ensure_aware(instant).timestamp() // step) * step
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Weekly opening hours as wall times.

    ``weekly`` holds ``(isoweekday 1-7, open minute, close minute)``; a close beyond 1440 lies on
    the next day, ``(d, 0, 1440)`` is the whole day.
    """

    weekly: tuple[tuple[int, int, int], ...]

    def open_ranges(self, within: TimeRange, zone: ZoneInfo) -> tuple[TimeRange, ...]:
        """When the shop is open inside ``within``, joined and in order."""
        day = local_day(within.start, zone) - timedelta(days=1)
        last = local_day(within.end, zone)
        found: list[TimeRange] = []
        while day <= last:
            for weekday, opens, closes in self.weekly:
                if weekday == day.isoweekday():
                    start, end = at_local(day, opens, zone), at_local(day, closes, zone)
                    if start < end and (part := TimeRange(start, end).intersection(within)):
                        found.append(part)
            day += timedelta(days=1)
        return join(found)


def show_clock(instant: datetime, zone: ZoneInfo, language: str) -> str:
    """Write the wall time: ``14.00`` in Turkish, ``14:00`` in English."""
    separator = "." if language == "tr" else ":"
    return ensure_aware(instant).astimezone(zone).strftime(f"%H{separator}%M")


def show_range(span: TimeRange, zone: ZoneInfo, language: str) -> str:
    """Write a range of wall times with an en dash: ``14.00–14.20``."""
    start = show_clock(span.start, zone, language)
    return f"{start}\N{EN DASH}{show_clock(span.end, zone, language)}"

"""One time of the day as said, and one time expression of a message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from whatsapp.nlu.clock import DAY, HOUR, NOON, PARTS, SLACK, Clock
from whatsapp.nlu.days import Days
from whatsapp.nlu.marks import Marks


@dataclass(frozen=True, slots=True)
class Window:
    """A time of the day as said.

    ``kind`` is exact, around, after, before, range, lasting, across or part.
    """

    kind: str
    first: Clock | None = None
    last: Clock | None = None
    part: str = ""
    last_part: str = ""
    start: int = 0
    alternative: bool = False
    length: int = 0

    def within(self, part: str) -> Window:
        """This window with a part of the day where none was said."""
        return self if self.part else replace(self, part=part)

    def is_apart(self, part: str, at: int) -> bool:
        """Whether the part of the day at ``at`` is a time of its own beside this window."""
        clear = self.first is not None and self.first.is_clear
        if self.part or (clear and self.first is not None and not _holds(part, self.first)):
            return True
        return self.alternative and at < self.start

    def minutes(self, passed: int | None) -> tuple[int, int]:
        """Start and end in minutes of the day; ``passed`` is how much of today is over."""
        if self.first is None:
            return PARTS[self.part or "all day"]
        if self.kind == "range" and self.last is not None:
            return self._range(self.first, self.last, passed)
        at = self.first.minutes(self.part)
        if self._moves(at, at, passed):
            at += 12 * HOUR
        if self.kind == "lasting":
            return at, at + self.length
        if self.kind == "after":
            return at, DAY if at < DAY else at + 2 * HOUR
        if self.kind == "before":
            return 0, at
        end = at + SLACK
        if self.last is not None:
            end = _next_after(self.last, at) + SLACK
        return (max(at - SLACK, 0) if self.kind == "around" else at), end

    def _moves(self, start: int, end: int, passed: int | None) -> bool:
        """Whether an undecided morning hour means the evening, since it has passed today."""
        unclear = self.first is not None and not self.first.is_clear and not self.part
        return unclear and start < NOON and passed is not None and end < passed

    def _range(self, first: Clock, last: Clock, passed: int | None) -> tuple[int, int]:
        if last.half and not first.half and not first.is_clear and not self.part:
            end = last.minutes()
            start = replace(first, half=last.half).minutes()
            other = "am" if last.half == "pm" else "pm"
            return (start if start < end else replace(first, half=other).minutes()), end
        start = first.minutes(self.part)
        if (
            self.last_part
            and not self.part
            and not first.is_clear
            and start >= last.minutes(self.last_part)
        ):
            start = first.minutes(self.last_part)
        end = last.minutes(self.last_part) if self.last_part or last.half else -1
        if end <= start:
            end = _next_after(last, start)
        if self._moves(start, end - 1, passed):
            start, end = start + 12 * HOUR, end + 12 * HOUR
        return start, end


def _holds(part: str, clock: Clock) -> bool:
    first, last = PARTS.get(part, (0, DAY))
    return first <= clock.minutes() <= last


def _next_after(clock: Clock, start: int) -> int:
    """The first time after ``start`` at which the hands stand so."""
    step = DAY if clock.is_clear else 12 * HOUR
    at = (
        clock.hour % 24 * HOUR + clock.minute
        if clock.is_clear
        else clock.hour % 12 * HOUR + clock.minute
    )
    if clock.half:
        at = clock.minutes()
    while at <= start:
        at += step
    return at


@dataclass(frozen=True, slots=True)
class Atom:
    """One time expression.

    ``kind`` is days, part, window, same, now, within, in, by_day or across.
    """

    kind: str
    start: int
    days: Days = field(default_factory=lambda: Days(()))
    part: str = ""
    window: Window | None = None
    minutes: float = 0
    excluded: bool = False
    end: int = 0
    length: float = 0
    until: Days = field(default_factory=lambda: Days(()))


def taken(marks: Marks, found: re.Match[str], atom: Atom) -> Atom:
    """The atom, with its words taken out of the line."""
    marks.take(*found.span(), atom.kind)
    return replace(atom, end=found.end())

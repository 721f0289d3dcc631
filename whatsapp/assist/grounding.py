"""What a message really holds: its numbers, hours, days and words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from iceshop.kernel.text import fold
from iceshop.kernel.time import TimeRange, join
from whatsapp.assist.domain import Query
from whatsapp.nlu.parse import parse
from whatsapp.nlu.reading import Question, Reading
from whatsapp.nlu.scan import Scan

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d:])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_CURRENCY_WORDS = {
    "USD": ("$", "dolar", "dollar", "usd", "buck"),
    "EUR": ("€", "euro", "avro", "eur"),
    "GBP": ("£", "sterlin", "pound", "gbp", "quid"),
}
_WALK = ("yuru", "walk")
_WALK_M_A_MINUTE = 80
# A word is another form of a name when so many first letters agree, or all of the shorter name.
_STEM = 4
_DAY_MINUTES = 24 * 60
_SLACK = (-30, 0, 30)
_MOST_SPANS = 31
_FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Ground:
    """A message as evidence."""

    query: Query
    reading: Reading

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number in the message, also those in words."""
        return frozenset(float(found) for found in _NUMBER.findall(self._line))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The message's words, folded."""
        return tuple(_WORD.findall(fold(self.query.text)))

    @cached_property
    def spans(self) -> tuple[TimeRange, ...]:
        """The times that the rules find, whatever they take the message for."""
        return self.reading.intervals or self._read_as("ask_time", self.query.text).intervals

    def holds(self, number: float | None) -> bool:
        """Whether the message says ``number``."""
        return number is not None and float(number) in self.numbers

    def holds_distance(self, metres: int) -> bool:
        """Whether the message says so many metres, kilometres, or minutes on foot."""
        if self.holds(metres) or self.holds(metres / 1000):
            return True
        walks = any(word.startswith(_WALK) for word in self.words)
        return walks and (metres == 1000 or self.holds(metres / _WALK_M_A_MINUTE))

    def holds_currency(self, currency: str) -> bool:
        """Whether the message names ``currency``; lira need not be named."""
        text = fold(self.query.text) + self.query.text
        return currency == "TRY" or any(sign in text for sign in _CURRENCY_WORDS.get(currency, ()))

    def names(self, name: str) -> bool:
        """Whether every word of ``name`` stands in the message in some form."""
        wanted = _WORD.findall(fold(name))
        return bool(wanted) and all(
            any(_is_form(word, own) for own in self.words) for word in wanted
        )

    def resolve(self, name: str, ask: str) -> Reading:
        """What the rules take ``name`` for, as the answer to ``ask``."""
        return self._read_as(ask, name)

    def keep_spans(self, given: Iterable[tuple[datetime, datetime]]) -> tuple[TimeRange, ...]:
        """The times whose days and hours follow from the message, from now on, in order."""
        now = self.query.now.replace(second=0, microsecond=0)
        kept = [
            TimeRange(max(start, now), end)
            for start, end in given
            if max(start, now) < end and end - now < _FARTHEST and self._follows(start, end)
        ]
        return join(kept) if len(kept) <= _MOST_SPANS else ()

    @cached_property
    def _line(self) -> str:
        return Scan(self.query.text, self.query.language).whole

    def _read_as(self, ask: str, text: str) -> Reading:
        query = self.query
        return parse(
            text,
            now=query.now,
            zone=query.zone,
            language=query.language,
            lexicon=query.lexicon,
            role="buyer",
            question=Question(ask, "", query.language),
        )

    def _follows(self, start: datetime, end: datetime) -> bool:
        zone = self.query.zone
        minutes = [_minute(moment, zone) for moment in (start, end)]
        days = [start.astimezone(zone).date(), (end - timedelta(minutes=1)).astimezone(zone).date()]
        is_timed = bool(self.spans) or any(minute in self._said_minutes for minute in minutes)
        return (
            is_timed
            and all(minute in self._minutes for minute in minutes)
            and all(self._is_day(day) for day in days)
        )

    @cached_property
    def _said_minutes(self) -> frozenset[int]:
        """Minutes of the day that the message's numbers can mean, with the slack of "about"."""
        clocks = {int(h) * 60 + int(m) for h, m in _CLOCK.findall(self._line)}
        clocks |= {round(number * 60) for number in self.numbers if number <= 24}
        clocks |= {minute + 12 * 60 for minute in clocks if minute <= 12 * 60}
        return frozenset((minute + slack) % _DAY_MINUTES for minute in clocks for slack in _SLACK)

    @cached_property
    def _minutes(self) -> frozenset[int]:
        zone = self.query.zone
        edges = [edge for span in self.spans for edge in (span.start, span.end)]
        ruled = {_minute(edge, zone) for edge in (*edges, self.query.now)}
        return self._said_minutes | ruled | {0}

    def _is_day(self, day: date) -> bool:
        zone = self.query.zone
        today = self.query.now.astimezone(zone).date()
        ruled = {
            day
            for span in self.spans
            for day in (span.start.astimezone(zone).date(), span.end.astimezone(zone).date())
        }
        first_two = (today, today + timedelta(days=1))
        return day in ruled or float(day.day) in self.numbers or (not ruled and day in first_two)


def _minute(moment: datetime, zone: ZoneInfo) -> int:
    local = moment.astimezone(zone)
    return local.hour * 60 + local.minute


def _is_form(name: str, word: str) -> bool:
    stem = min(len(name), max(_STEM, len(name) - 2))
    return word.startswith(name[:stem])

"""A place that somebody holds, as the message about it was read, and when to go there. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from whatsapp.city.people.deeds import Seen
from whatsapp.city.wishes import ZONE

_CODE = re.compile(r"(?:Kodunuz|Your code): (\w{3}) ?(\w{3})")
_PERIOD = re.compile(r"(\d\d?)[.:](\d\d)\s?[–-]\s?(\d\d?)[.:](\d\d)")
_TOMORROW = re.compile(r"\b(yarın|tomorrow)\b", re.IGNORECASE)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Errand:
    """A code, the shop's name and the minutes in which it counts."""

    code: str
    store: str
    start: datetime
    end: datetime

    def inside(self, now: datetime, chance: Random) -> datetime:
        """A moment in the window, later than ``now``; after it where nothing is left of it."""
        first = max(self.start, now + _MINUTE)
        left = max(self.end - first, timedelta(seconds=1))
        return first + left * chance.betavariate(1.6, 2.2)

    def before(self, now: datetime, chance: Random) -> datetime:
        """A moment until the window begins."""
        return now + max(self.start - now, _MINUTE) * chance.random()

    def somewhen(self, now: datetime, chance: Random) -> datetime:
        """A moment until the window ends."""
        return now + max(self.end - now, _MINUTE) * chance.random()

    def missed(self, now: datetime, chance: Random, *, is_early: bool) -> datetime:
        """A moment shortly before or after the window."""
        apart = timedelta(minutes=chance.uniform(0, 6))
        return max(now + _MINUTE, self.start - apart) if is_early else self.end + apart


def errand_of(message: Seen, stores: Iterable[str], now: datetime) -> Errand | None:
    """What a message about a held place says; ``None`` where it is about something else."""
    code, period = _CODE.search(message.text), _PERIOD.search(message.text)
    # The longest name: one shop's name may begin like another's.
    named = [store for store in stores if store in message.text]
    if code is None or period is None or not named:
        return None
    start, end = _instants(period, is_tomorrow=bool(_TOMORROW.search(message.text)), now=now)
    return Errand(code.group(1) + code.group(2), max(named, key=len), start, end)


def _instants(
    period: re.Match[str], *, is_tomorrow: bool, now: datetime
) -> tuple[datetime, datetime]:
    """The instants that wall times mean to somebody who reads them now."""
    h1, m1, h2, m2 = (int(part) for part in period.groups())
    midnight = now.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    day = midnight + timedelta(days=int(is_tomorrow))
    start, end = day + timedelta(hours=h1, minutes=m1), day + timedelta(hours=h2, minutes=m2)
    if end <= start:
        end += timedelta(days=1)
    if end < now - timedelta(hours=6):
        start, end = start + timedelta(days=1), end + timedelta(days=1)
    return start, end

"""Lengths of time: "2 saat", "an hour and a half", "1 day and 5 hours", "four business days"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

from whatsapp.nlu.clock import DAY, HOUR
from whatsapp.nlu.days import later, months_later, working_days_later
from whatsapp.nlu.marks import ENDING, Marks, case_of

_MONTH_DAYS = 30
_WORDS = {"a": 1, "an": 1, "one": 1, "bir": 1, "birkac": 3, "few": 3, "couple": 2, "half": 0.5}
_COUNT = r"(?:\d+(?:\.\d+)?|an?|one|bir ?kac|bir|(?:a )?few|(?:a )?couple(?: of)?|half(?: an?)?)"
_TR_UNIT = r"(?:is gunu|saniye|dakika|saat|gun|hafta|ay|yil)"
_EN_UNIT = (
    r"(?:(?:business|working|work) ?days?|seconds?|secs?|minutes?|mins?|min|hours?|hrs?|hr|days?"
    r"|nights?|weeks?|fortnights?|months?|years?)"
    r"(?:'s|')?(?! (?:past|to|before|after) \d)"
)
_ONE = rf"{_COUNT} (?:{_TR_UNIT}{ENDING}(?! (?:sonu\w*|ici)(?= ))|{_EN_UNIT})"
_MORE = rf"(?:(?: (?:and|ve|,)(?= \d))?(?: {_COUNT} (?:{_TR_UNIT}{ENDING}|{_EN_UNIT})))"
LENGTH = rf"(?:{_ONE}{_MORE}{{0,3}}(?P<more> and (?:0\.5|half|a half))?)"


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as said; working days are counted by the calendar."""

    minutes: float = 0
    days: float = 0
    months: int = 0
    working_days: int = 0

    @property
    def is_of_days(self) -> bool:
        """Whether it ends with a day rather than with a minute."""
        return not self.minutes

    @property
    def total_minutes(self) -> int:
        """The whole in minutes, a month as 30 days; at least one."""
        days = self.days + self.months * _MONTH_DAYS + self.working_days
        return max(1, math.ceil(self.minutes + days * DAY))

    def after(self, day: date) -> date:
        """The day so much later."""
        if self.working_days:
            return working_days_later(day, self.working_days)[-1]
        return later(months_later(day, self.months), self.days)


def mark_lengths(marks: Marks) -> None:
    """Mark ``L``; nothing is taken yet."""
    for found in list(marks.find(LENGTH)):
        length = _read(found.group())
        if 0 < length.total_minutes <= 400 * DAY:
            last = found.group().rsplit(maxsplit=1)[-1]
            ending = re.sub(rf"^{_TR_UNIT}", "", last) or ""
            case = case_of(ending) if re.match(_TR_UNIT, last) else ""
            marks.mark("L", *found.span(), length, case)


def _read(words: str) -> Length:
    minutes = days = 0.0
    months = working = 0
    unit = ""
    for number, unit in re.findall(rf"({_COUNT}) ({_TR_UNIT}|{_EN_UNIT})", words):
        count = _count(number)
        kind = unit[:2]
        if re.match(r"is |business|work", unit):
            working += int(count)
        elif kind in ("sa", "se") and unit.startswith(("san", "sec")):
            minutes += count / 60
        elif kind in ("sa", "ho", "hr"):
            minutes += count * HOUR
        elif kind in ("da", "mi") and not unit.startswith("day"):
            minutes += count
        elif kind in ("ay", "mo"):
            months, days = months + int(count), days + (count % 1) * _MONTH_DAYS
        elif kind in ("yi", "ye"):
            months += int(count * 12)
        else:
            days += count * {"we": 7, "ha": 7, "fo": 14}.get(kind, 1)
    if re.search(r" and (?:0\.5|half|a half)$", words):
        minutes += HOUR / 2 if unit.startswith(("ho", "hr")) else 0
        days += 3.5 if unit.startswith("week") else 0.5 if unit.startswith("day") else 0
    return Length(minutes, days, months, working)


def _count(words: str) -> float:
    words = words.removeprefix("a ").removesuffix(" of").replace("bir kac", "birkac")
    words = re.sub(r"^half an?$", "half", words)
    return float(words) if words[0].isdigit() else _WORDS.get(words, 1)

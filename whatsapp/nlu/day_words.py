"""Words for days in both languages, marked as ``D`` in a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from whatsapp.nlu import days as calendar
from whatsapp.nlu.day_names import HOLIDAYS, mark_names
from whatsapp.nlu.days import Days, one, run
from whatsapp.nlu.lengths import Length, mark_lengths
from whatsapp.nlu.marks import DAYS, ENDING, LENGTH, Marks, Reader, Rule
from whatsapp.nlu.month_words import DATES, LONE_DATES, MONTHS, WHOLE_MONTHS
from whatsapp.nlu.week_words import (
    COMING_WEEKDAYS,
    WEEKDAYS,
    WEEKENDS,
    WEEKS,
    WHOLE_WEEKS,
    these,
    this_week,
)

_D, _L, _FROM = rf"(?P<d>{DAYS})", rf"(?P<l>{LENGTH})", r"(?P<d>Df~*)"
_GREETED = re.compile(r" (?:merry|happy|mutlu|iyi) $")
# "bu", "this", "next" name a day only before a part of it.
_PART = (
    r"(?= (?:sabah|aksam|gece|ogle|ikindi|morning|afternoon|evening|night|lunch|noon|midday|late"
    r"|early))"
)


def _after(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    """So much later than a day, or than today."""
    length: Length = marks.value(found, "l")
    if not length.is_of_days:
        return None
    from_day: Days | None = marks.value(found, "d")
    if from_day is not None and not from_day.days:
        return None
    return one(length.after(from_day.days[0] if from_day else today))


def _before(marks: Marks, found: re.Match[str], _today: date) -> Days | None:
    length: Length = marks.value(found, "l")
    days: Days = marks.value(found, "d")
    if not length.is_of_days or not days.days:
        return None
    return one(calendar.later(days.days[0], -length.days))


def _next_days(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    """Whole days: "the next 3 days" begin tomorrow."""
    length: Length = marks.value(found, "l")
    if not length.is_of_days:
        return None
    if length.working_days:
        return Days(calendar.working_days_later(today, length.working_days), repeats=True)
    count = (length.after(today) - today).days
    return Days(run(today + timedelta(days=1), count)) if 0 < count <= 62 else None


def _counted(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    length = marks.value(found, "l", "m")
    return one(length.after(today)) if length.is_of_days else None


def _in(days: int) -> Reader:
    return lambda _marks, _found, today: Days((today + timedelta(days=days),))


def _today(_marks: Marks, _found: re.Match[str], today: date) -> Days:
    return Days((today,), is_today=True)


def _rest_of_month(today: date) -> list[date]:
    return [d for d in calendar.month_days(calendar.first_of_month(today)) if d >= today]


def _rest_of_year(today: date) -> list[date]:
    count = (date(today.year, 12, 31) - today).days + 1
    return list(run(today, min(count, 62)))


def _holiday(find: Callable[[date], date | None]) -> Reader:
    def read(marks: Marks, found: re.Match[str], today: date) -> Days | None:
        if _GREETED.search(marks.line[: found.start()]):
            return None
        day = find(today)
        return Days((day,), is_date=True, is_feast=True) if day is not None else None

    return read


def _any_day(_marks: Marks, _found: re.Match[str], today: date) -> Days:
    return Days(run(today, 7), repeats=True, any_day=True)


def _week_from_today(today: date) -> tuple[date, ...]:
    return run(today, 7)


_NAMED: tuple[Rule, ...] = (
    ("D", rf"haftaya bugun(?P<case>{ENDING})|today next week|a week today", _in(7)),
    ("D", rf"haftaya yarin(?P<case>{ENDING})|tomorrow next week|a week tomorrow", _in(8)),
    ("D", r"(?:yarindan|yarin) sonra(?:ki gun)?(?! \d)|obur ?gun(?:e|u|ku|den|un)?"
     r"|(?:the )?day after tomorrow", _in(2)),
    ("D", rf"yarin(?P<case>{ENDING})|tomorrow(?:'s)?|(?:the )?(?:next|following) day"
     r"|ertesi gun(?:u|e)?", _in(1)),
    ("D", rf"(?:(?:the )?(?:next|following)|ertesi){_PART}", _in(1)),
    ("D", rf"(?:later |sometime )?today(?:'s)?|bugun(?P<case>{ENDING})|for the day", _today),
    ("D", rf"(?:bu|this){_PART}", _today),
    ("D", r"(?:the )?end of (?:the |this )?day|gun sonu\w*", _today),
    ("D", r"(?:the )?rest (?:of )?(?:the |this |my |current )*day|gun\w* (?:geri )?kalan\w*",
     _today),
    ("D", r"(?:the )?rest (?:of )?(?:the |this |my )?(?:week|K[a-z]?~*)"
     r"|(?:hafta(?:nin|min)?|K[a-z]?~*) (?:geri )?kalan\w*", these(this_week)),
    ("D", r"(?:the )?rest (?:of )?(?:the )?(?:month|Y[a-z]?~*)|for the month"
     r"|ayin (?:geri )?kalan\w*",
     these(_rest_of_month)),
    ("D", r"bu yil icinde|(?:the )?rest of (?:the|this) year|later this year",
     these(_rest_of_year)),
    ("D", rf"any day(?! (?:this|next|K))|herhangi (?:(?:bir|1) gun{ENDING}|{LENGTH})", _any_day),
    ("D", r"her gun\w*|every ?day|each day|daily|hergun|gunluk olarak",
     these(_week_from_today, repeats=True)),
    ("D", rf"(?:her|every|any|each){_PART}", these(_week_from_today, repeats=True)),
    *(("D", words, _holiday(find)) for words, find in HOLIDAYS),
)  # fmt: skip
_COUNTED: tuple[Rule, ...] = (
    ("D", rf"{_L} (?:from|after) {_D}", _after),
    ("D", rf"{_FROM} (?:itibaren )?{_L} sonra(?:ya|si|sina)?", _after),
    ("D", rf"{_L} before {_D}", _before),
    ("D", rf"{_FROM} {_L} once(?:si|sine)?", _before),
    ("D", rf"{_L} (?:sonra(?:ya|si|sina|ki)?|from now|from today|later|after today|hence)"
     rf"|in (?P<m>{LENGTH})(?: time)?", _counted),
    ("D", rf"(?:(?:for |in |over |during )?(?:the )?(?:next|coming) |onumuzdeki |gelecek ){_L}"
     r"(?! (?:icinde|icerisinde|zarfinda|within))", _next_days),
)  # fmt: skip
# Applied in order over the whole line: the marks of one rule are words of the next.
_RULES = (
    *MONTHS, *WEEKS, *DATES, *WEEKDAYS, *WEEKENDS, *_NAMED, *COMING_WEEKDAYS, *LONE_DATES,
    *_COUNTED, *WHOLE_WEEKS, *WHOLE_MONTHS,
)  # fmt: skip


def mark_days(marks: Marks, today: date) -> None:
    """Mark names, lengths (``L``) and every word for days (``D``); nothing is taken yet."""
    mark_lengths(marks)
    mark_names(marks)
    for sign, pattern, read in _RULES:
        marks.each(sign, pattern, read, today)

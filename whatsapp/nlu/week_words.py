"""Words for weekdays, weeks and weekends: one table, both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from whatsapp.nlu import days as calendar
from whatsapp.nlu.days import Days, monday, one, run
from whatsapp.nlu.marks import DAYS, ENDING, ORDINAL, WEEK, WEEKDAY, Marks, Reader, Rule

_HAFTA = rf"hafta{ENDING}"
_NEXT_EN = r"(?:next|following|coming|upcoming)"
_WEEKEND = rf"(?:hafta(?:nin)? ?sonu(?P<case>{ENDING})|hafta sonlari\w*|weekends?)"
_AND = r"(?:and|or|ve|veya|yada|ya da|,)"
_W, _K = rf"(?P<w>{WEEKDAY})", rf"(?P<k>{WEEK})"


def _week(weeks: int) -> Reader:
    return lambda _marks, _found, today: monday(today, weeks)


def _weekday_after(weeks: int) -> Reader:
    def read(marks: Marks, found: re.Match[str], today: date) -> Days:
        return Days((monday(today, weeks) + timedelta(days=marks.value(found, "w") - 1),))

    return read


def _coming(marks: Marks, found: re.Match[str], today: date) -> Days:
    not_today = bool(re.match(r"onumuzdeki|this coming|coming|upcoming|yaklasan", found.group()))
    day = calendar.coming_weekday(marks.value(found, "w"), today, not_today=not_today)
    return Days((day,), by_week=True)


def _numbered_weekday(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    day = marks.number(found, "d")
    return one(calendar.weekday_with_number(marks.value(found, "w"), day, today))


def _dated_weekday(marks: Marks, found: re.Match[str], _today: date) -> Days | None:
    """A weekday beside a date only names it."""
    days: Days = marks.value(found, "d")
    return days if days.is_date and len(days.days) == 1 else None


def _weekdays_later(marks: Marks, found: re.Match[str], today: date) -> Days:
    first = calendar.coming_weekday(marks.value(found, "w"), today, not_today=True)
    return Days((first + timedelta(weeks=int(found["c"]) - 1),), is_date=True)


def _weekdays_in_week(marks: Marks, found: re.Match[str], today: date) -> Days:
    first = marks.value(found, "k") or monday(today, 1)
    numbers = [marks.value(found, name) for name in ("w", "v", "u")]
    return Days(tuple(first + timedelta(days=n - 1) for n in numbers if n))


def _weekday_in_week(marks: Marks, found: re.Match[str], _today: date) -> Days:
    return Days((marks.value(found, "k", "l") + timedelta(days=marks.value(found, "w", "v") - 1),))


def _weekend(weeks: int) -> Reader:
    def read(_marks: Marks, _found: re.Match[str], today: date) -> Days:
        saturday = monday(today, weeks) + timedelta(days=5)
        return Days(tuple(day for day in run(saturday, 2) if day >= today))

    return read


def _numbered_week(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    number = int(found["n"] or 0) or marks.value(found, "d")
    if not 5 < number <= 52:
        return None
    first = date.fromisocalendar(today.year, number, 1)
    if first + timedelta(days=6) < today:
        first = date.fromisocalendar(today.year + 1, number, 1)
    return Days(run(first, 7))


def _week_holding(marks: Marks, found: re.Match[str], _today: date) -> Days | None:
    days: Days = marks.value(found, "d", "e")
    return Days(run(monday(days.days[0]), 7)) if days.days else None


def _whole_week(marks: Marks, found: re.Match[str], today: date) -> Days:
    week = run(marks.value(found, "k"), 7)
    return Days(tuple(day for day in week if day >= today) or week)


def _end_of_week(marks: Marks, found: re.Match[str], today: date) -> Days:
    friday = (marks.value(found, "k") or monday(today)) + timedelta(days=4)
    return Days(tuple(day for day in run(friday, 3) if day >= today))


def this_week(today: date) -> tuple[date, ...]:
    """From today to Sunday."""
    return run(today, 7 - today.weekday())


def _working_week(weeks: int) -> Callable[[date], tuple[date, ...]]:
    return lambda today: run(monday(today, weeks), 5)


def _working_days(today: date) -> list[date]:
    return [day for day in run(today, 7) if day.isoweekday() <= 5]


def _early_week(marks: Marks, found: re.Match[str], _today: date) -> Days:
    return Days(run(marks.value(found, "k", "l"), 2))


def _next_start(today: date) -> tuple[date, ...]:
    """Monday and Tuesday, of this week as long as they are not over."""
    return run(monday(today, 1 if today.isoweekday() > 2 else 0), 2)


def these(days: Callable[[date], Sequence[date]], *, repeats: bool = False) -> Reader:
    """A reader that gives the days counted from today."""
    return lambda _marks, _found, today: Days(tuple(days(today)), repeats=repeats)


WEEKS: tuple[Rule, ...] = (
    ("K", rf"(?:the )?week after (?:the )?next|gelecek haftadan sonraki {_HAFTA}"
     rf"|obur {_HAFTA}|2 hafta sonraki {_HAFTA}", _week(2)),
    ("K", rf"(?:gelecek|onumuzdeki|oteki|sonraki|(?:bir|1) dahaki) {_HAFTA}(?! (?:son|sonu)\b)"
     rf"|haftaya(?! sonu| kadar| bugun| yarin)|(?:the )?{_NEXT_EN} week(?! ?end)", _week(1)),
    ("K", rf"bu {_HAFTA}(?! ?sonu)(?: ici(?:nde)?| icerisinde)?|(?:later )?this week(?! ?end)"
     r"|during the week", _week(0)),
)  # fmt: skip
WEEKDAYS: tuple[Rule, ...] = (
    ("D", rf"(?:the )?week (?P<n>\d{{1,2}})|(?P<d>{ORDINAL}) hafta(?P<case>{ENDING})",
     _numbered_week),
    ("D", rf"(?:on )?{_K}(?: on)? {_W}(?: {_AND})+ (?P<v>{WEEKDAY})"
     rf"(?! aras)(?: {_AND}+ (?P<u>{WEEKDAY}))?",
     _weekdays_in_week),
    ("D", rf"(?:on )?(?:the )?(?:gelecek|next) {_W}(?: {_AND})+ (?P<v>{WEEKDAY})(?! aras)",
     _weekdays_in_week),
    ("D", rf"(?:on )?{_K}(?: on)? {_W}|(?:on )?(?P<v>{WEEKDAY}) (?:of |, )?(?P<l>{WEEK})",
     _weekday_in_week),
    ("D", rf"(?:the )?{_W} after (?:the )?next", _weekday_after(2)),
    ("D", rf"(?:on )?(?:the )?(?:gelecek|(?:bir|1) dahaki|next|following) {_W}", _weekday_after(1)),
    ("D", rf"(?P<c>\d{{1,2}}) {_W} (?:from now|later|sonra)", _weekdays_later),
    # a weekday beside a date names it
    ("D", rf"(?:on )?{WEEKDAY} (?:, )?(?:the )?(?P<d>{DAYS})(?! (?:to|-|and|ve|ile) {DAYS})",
     _dated_weekday),
    ("D", rf"(?P<d>{DAYS}) (?:, )?{WEEKDAY}(?! {DAYS}| \d)", _dated_weekday),
    ("D", rf"(?:on )?{_W}(?: ,)? (?:the )?(?P<d>{ORDINAL}|(?:2[5-9]|3[01])(?= (?:$|[!.?,]))"
     r"|\d{1,2}'s?[iu]n[dt][ae]n?|\d{1,2}'s?[iu]n[ae])", _numbered_weekday),
)  # fmt: skip
WEEKENDS: tuple[Rule, ...] = (
    ("D", r"(?:the )?weekend after (?:the )?next", _weekend(2)),
    ("D", rf"(?:haftaya|gelecek|(?:bir|1) dahaki|(?:the )?(?:next|following)|{WEEK}) {_WEEKEND}",
     _weekend(1)),
    ("D", rf"(?:(?:bu|onumuzdeki|this|the|this coming|the coming|on the|over the|my|at the|every"
     rf"|her|on|each) )?{_WEEKEND}", _weekend(0)),
    ("D", r"(?:gelecek hafta|K[a-z]?~*) ici(?:nde)?|next work ?week", these(_working_week(1))),
    ("D", r"(?:every |her |on )?(?:(?:bu )?hafta ?ici(?:nde|leri)?(?: her gun)?|week ?days?"
     r"|work(?:ing)? ?days|is gunleri\w*|hafta arasi)", these(_working_days, repeats=True)),
)  # fmt: skip
COMING_WEEKDAYS: tuple[Rule, ...] = (
    ("D", rf"(?:(?:bu yaklasan|bu|onumuzdeki|her|this coming|this|the coming|coming|upcoming"
     rf"|yaklasan|on|every|each) )?(?:on )?{_W}", _coming),
)  # fmt: skip
WHOLE_WEEKS: tuple[Rule, ...] = (
    ("D", rf"(?:the )?week (?:of|commencing|starting|beginning)(?: on)? (?P<d>{DAYS})"
     rf"|(?P<e>{DAYS}) haftasi\w*", _week_holding),
    ("D", r"hafta(?:nin)? bas(?:i|lari)(?:n(?:da|a))?|(?:the )?(?:start|beginning) of the week",
     these(_next_start)),
    ("D", r"hafta(?:nin)? ortasi(?:n(?:da|a))?|mid ?week|(?:the )?middle of the week",
     these(lambda today: (calendar.coming_weekday(3, today),))),
    ("D", rf"(?:at )?(?:the )?end of (?:the week|{_K})", _end_of_week),
    ("D", rf"(?:early |(?:at )?(?:the )?(?:start|beginning) of ){_K}"
     rf"|(?P<l>{WEEK}) bas(?:i|lari)(?:n(?:da|a))?", _early_week),
    ("D", rf"{_K}", _whole_week),
)  # fmt: skip

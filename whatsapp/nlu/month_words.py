"""Words for dates, months and what lies in them: one table, both languages."""

from __future__ import annotations

import re
from datetime import date

from whatsapp.nlu import days as calendar
from whatsapp.nlu.day_names import DAY_WORD
from whatsapp.nlu.days import Days, one
from whatsapp.nlu.marks import ENDING, MONTH, ORDINAL, PERIOD, WEEKDAY, Marks, Reader, Rule

# A day of the month; what counts things or hours behind it is none.
DOM = rf"(?:\d{{1,2}}(?:'\w+)?|{ORDINAL})"
# "23 nisanda 10 ile 12 arası" holds hours, not days.
_DATED = re.compile(r" (?:\d{1,2}(?:'\w+)?|O[a-z]?~*) $")
_AFTER_DATE = re.compile(
    r" (?:$|[,.;!?#DPB]|(?:at|in|for|around|after|before|between|from|or|and|works)\b)"
)
_COUNTED = r"tl|usd|eur|gbp|kisi\w*|people|tane|adet|:"
_YEAR = r"20\d\d(?:'\w+)?"
_TO = r"(?:-|to|till|until|through|thru|ile|ila|uyle|iyle)"
_AND = r"(?:and|ve|or|veya|ya da|,)"
_OF = r"(?:of |in )?(?:the )?"
_THE = r"(?:on )?(?:the )?"
_TILL = r"(?: (?:kadar|dek|aras\w*))?"
_NEXT_TR = r"(?:gelecek|onumuzdeki|(?:bir|1) dahaki|obur|oteki|sonraki)"
_NEXT_EN = r"(?:next|following|coming|upcoming)"
_AY = rf"ay{ENDING}"
_HAFTA = rf"hafta{ENDING}"
_AT = r"(?:n(?:da|dan|a))?"
# A month of the calendar, of this or that year.
_M, _Y = rf"(?P<m>{MONTH})", rf"(?P<y>{PERIOD})"
_ANY = rf"(?P<m>{MONTH}|{PERIOD})"
_IN = rf"(?:{_Y}|{_M})"
_NTH, _W = rf"(?P<d>{ORDINAL})", rf"(?P<w>{WEEKDAY})"
_FIRST, _LAST = rf"(?P<d>{DOM})", rf"(?P<e>{DOM})"
_FIRST_FROM = r"(?P<d>\d{1,2}'(?:s?[iu]n)?[dt][ae]n)"
_LAST_TO = r"(?P<e>\d{1,2}'(?:s?[iu]n|[yn])?[ae])"
_NAMED_YEAR = rf"(?: (?:of |, )?(?P<y>{_YEAR}))?"


def _year(found: re.Match[str]) -> int:
    words = found.groupdict().get("y")
    return int(words[:4]) if words else 0


def _date(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    day = marks.number(found, "d")
    return one(calendar.coming_date(day, marks.value(found, "m"), _year(found), today))


def _dates(marks: Marks, found: re.Match[str], today: date, *, whole: bool) -> Days | None:
    """Two or more days of one month: all between them, or only those named."""
    if found.start("m") < found.start("d") and _DATED.search(marks.line[: found.start()]):
        return None
    first, last = marks.number(found, "d"), marks.number(found, "e")
    month = marks.value(found, "m")
    if isinstance(month, date):
        pair = [calendar.exact_date(day, month.month, month.year) for day in (first, last)]
    else:
        end = calendar.coming_date(last, month, _year(found), today)
        start = calendar.exact_date(first, month, end.year) if end is not None else None
        pair = [start, end]
    if pair[0] is None or pair[1] is None or pair[1] <= pair[0]:
        return None
    if whole:
        return calendar.between(one(pair[0]), one(pair[1]))
    return Days((pair[0], pair[1]), is_date=True)


def _run(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    return _dates(marks, found, today, whole=True)


def _next_such_days(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    names = ("d", "e") if found["d"] else ("f", "g")
    last = calendar.coming_day_of_month(marks.number(found, names[1]), today)
    if last is None:
        return None
    day = marks.number(found, names[0])
    first = calendar.exact_date(day, last.month, last.year)
    if first is not None and first > last:
        first = calendar.months_later(first, -1)
    return calendar.between(one(first), one(last))


def _both(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    return _dates(marks, found, today, whole=False)


def _numeric(_marks: Marks, found: re.Match[str], today: date) -> Days | None:
    numbers = [int(n) for n in re.findall(r"\d+", found.group())][:3]
    if numbers[0] > 1900:
        return one(calendar.exact_date(numbers[2], numbers[1], numbers[0]))
    day, month = numbers[:2]
    if month > 12 >= day:
        day, month = month, day
    year = numbers[2] + (2000 if numbers[2] < 100 else 0) if len(numbers) > 2 else 0
    return one(calendar.coming_date(day, month, year, today)) if 0 < month <= 12 else None


def _pointed(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    """Read "on 22.04": with a point a date, with a colon a time."""
    typed = marks.scan.surface(*found.span())
    return _numeric(marks, found, today) if "." in typed or "-" in typed else None


def _month_with_year(marks: Marks, found: re.Match[str], _today: date) -> date | None:
    return calendar.exact_date(1, marks.value(found, "m"), _year(found))


def _month_next_year(marks: Marks, found: re.Match[str], today: date) -> date:
    return date(today.year + 1, marks.value(found, "m", "n"), 1)


def _year_and_month(_marks: Marks, found: re.Match[str], _today: date) -> date | None:
    numbers = sorted(int(n) for n in re.findall(r"\d+", found.group()))
    return date(numbers[1], numbers[0], 1) if 0 < numbers[0] <= 12 else None


def _month_ahead(ahead: int) -> Reader:
    return lambda _marks, _found, today: calendar.first_of_month(today, ahead)


def _first(marks: Marks, found: re.Match[str], today: date) -> date:
    """The first day of the month of a ``Y`` or an ``M`` mark, else of this month."""
    if (period := marks.value(found, "y")) is not None:
        return date(period.year, period.month, 1)
    number = marks.value(found, "m", "n")
    return calendar.coming_month(number or today.month, today)


def _again(marks: Marks, found: re.Match[str]) -> int:
    """Months until the period comes again when it has passed; 0 when it was fixed."""
    if marks.value(found, "y") is not None:
        return 0
    return 12 if marks.value(found, "m") is not None else 1


def _day_of_month(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    first = _first(marks, found, today)
    return one(calendar.exact_date(marks.number(found, "d"), first.month, first.year))


def _next_such_day(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    group = next(name for name, words in found.groupdict().items() if words and name != "case")
    return one(calendar.coming_day_of_month(marks.number(found, group), today))


def _named_alone(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    """A day by its number: "the 20th", but not the first of some things."""
    counts = marks.scan.surface(*found.span("d")).isalpha()
    if counts and not _AFTER_DATE.match(marks.line, found.end()):
        return None
    return _next_such_day(marks, found, today)


def _nth_weekday(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    first = _first(marks, found, today)
    nth, number = marks.value(found, "d"), marks.value(found, "w")
    day = calendar.weekday_of_month(nth, number, first)
    if (day is None or day < today) and (months := _again(marks, found)):
        day = calendar.weekday_of_month(nth, number, calendar.months_later(first, months))
    return one(day)


def _nth_week(marks: Marks, found: re.Match[str], today: date) -> Days | None:
    first, nth = _first(marks, found, today), marks.value(found, "d")
    week = calendar.week_of_month(nth, first)
    if week and week[-1] < today and (months := _again(marks, found)):
        week = calendar.week_of_month(nth, calendar.months_later(first, months))
    return Days(week) if week else None


def _end_of_month(first_day: int, last_day: int) -> Reader:
    def read(marks: Marks, found: re.Match[str], today: date) -> Days:
        kept = slice(first_day, last_day or None)
        first = _first(marks, found, today)
        days = calendar.month_days(first)[kept]
        if days[-1] < today and (months := _again(marks, found)):
            days = calendar.month_days(calendar.months_later(first, months))[kept]
        return Days(days)

    return read


def _whole_month(marks: Marks, found: re.Match[str], today: date) -> Days:
    whole = calendar.month_days(_first(marks, found, today))
    return Days(tuple(day for day in whole if day >= today) or whole)


MONTHS: tuple[Rule, ...] = (
    ("Y", rf"(?:the )?month after (?:the )?next|{_NEXT_TR} aydan sonraki {_AY}", _month_ahead(2)),
    ("Y", rf"{_NEXT_TR} {_AY}|(?:the )?{_NEXT_EN} month(?:'s)?", _month_ahead(1)),
    ("Y", rf"bu {_AY}(?: icinde| icerisinde)?"
     r"|(?:later |earlier )?(?:this|the current) month(?:'s)?", _month_ahead(0)),
    ("Y", rf"(?:gelecek|onumuzdeki) yil\w* (?P<m>{MONTH})|(?P<n>{MONTH}) (?:of )?next year",
     _month_next_year),
    ("Y", r"(?:gelecek|onumuzdeki) yil\w*|next year(?:'s)?",
     lambda _marks, _found, today: date(today.year + 1, 1, 1)),
)  # fmt: skip
_PARTS_OF_MONTHS: tuple[Rule, ...] = (
    ("D", rf"{_THE}{_NTH} {_W}(?: day)? (?:of |in )?{_IN}", _nth_weekday),
    ("D", rf"(?:{_IN}|ayin) {_NTH} {_W}", _nth_weekday),
    ("D", rf"{_THE}{_NTH} {_W} of (?:the|each|every) month", _nth_weekday),
    ("D", rf"(?:in |on )?(?:the )?{_NTH} week (?:of |in )?{_IN}", _nth_week),
    ("D", rf"(?:{_IN}|ayin) {_NTH} {_HAFTA}", _nth_week),
    ("D", rf"(?:in |on )?(?:the )?{_NTH} week of the month", _nth_week),
)
_NUMERIC: tuple[Rule, ...] = (
    (
        "D",
        r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?:'\w+)?"
        r"|\d{1,2} - \d{1,2} - \d{4}(?:'\w+)?|20\d\d - \d{1,2} - \d{1,2}",
        _numeric,
    ),
    (
        "D",
        r"(?!7/24 |24/7 )\d{1,2}/\d{1,2}(?: '? ?(?P<case>[dt][ae]n?|[ytn]?[aei]|[iu]n?))?",
        _numeric,
    ),
    ("D", r"on (?:\d{1,2}:\d{2}|\d{1,2} - \d{2})(?! (?:-|to|am|pm))", _pointed),
)
# Days of one month from one to another, or both.
_RUNS: tuple[Rule, ...] = (
    ("D", rf"(?:from |between )(?:the )?{_FIRST} (?:{_TO}|and) (?:the )?{_LAST}(?: day)?"
     rf" {_OF}{_ANY}", _run),
    ("D", rf"{_FIRST} {_TO} (?:the )?{_LAST}(?: \.)? {_OF}{_ANY}(?: {_YEAR})?(?: aras\w*)?", _run),
    ("D", rf"{_FIRST} (?:ve|and) {_LAST} {_M} aras\w*", _run),
    ("D", rf"{_FIRST_FROM} {_LAST} {_M}{_TILL}", _run),
    ("D", rf"{_FIRST} {_AND} (?:the )?{_LAST} {_OF}{_M}", _both),
    ("D", rf"{_ANY} (?:from |between )?(?:the )?{_FIRST} {_TO} (?:the )?{_LAST}"
     rf"(?! (?:{_COUNTED}|am|pm)){_TILL}", _run),
    ("D", rf"{_ANY} between (?:the )?{_FIRST} and (?:the )?{_LAST}", _run),
    ("D", rf"{_ANY} {_FIRST} ve {_LAST} aras\w*", _run),
    ("D", rf"{_ANY} {_FIRST_FROM} {_LAST_TO}{_TILL}", _run),
    ("D", rf"ayin {_FIRST} {_TO} (?:ayin )?{_LAST}(?: aras\w*)?|ayin (?P<f>\d{{1,2}}'(?:s?[iu]n)?"
     r"[dt][ae]n) (?P<g>\d{1,2}'(?:s?[iu]n|[yn])?[ae])(?: kadar)?", _next_such_days),
    ("D", rf"{_M} (?:the )?{_FIRST} {_AND} (?:the )?(?P<e>{ORDINAL})", _both),
)  # fmt: skip
_SINGLE: tuple[Rule, ...] = (
    ("D", rf"{_THE}{_FIRST}(?: \.)? {_OF}{_M}(?: \.)?{_NAMED_YEAR}(?:{DAY_WORD})?", _date),
    ("D", rf"{_THE}{_FIRST} day of {_M}", _date),
    (
        "D",
        rf"(?:on )?{_M}(?: [/-])? (?:the )?(?P<d>(?:20|30) one|{DOM})(?! (?:{_COUNTED}))"
        rf"{_NAMED_YEAR}",
        _date,
    ),
)
_OF_YEARS: tuple[Rule, ...] = (
    ("Y", rf"(?:(?:month )?{_OF})?{_M} (?:[-/,] |of )?(?P<y>{_YEAR})(?: ayi{ENDING})?",
     _month_with_year),
    ("Y", rf"(?P<y>{_YEAR}) {_M}", _month_with_year),
    ("Y", r"20\d\d [-/] \d{1,2}|\d{1,2} [-/] 20\d\d", _year_and_month),
    ("Y", rf"(?P<y>20\d\d)'? ?n?[iu]n (?P<m>{ORDINAL}) {_AY}", _month_with_year),
)  # fmt: skip
_INSIDE: tuple[Rule, ...] = (
    ("D", rf"{_THE}{_NTH} (?:day )?of {_Y}", _day_of_month),
    ("D", rf"{_Y} (?P<d>\d{{1,2}}'\w+|{ORDINAL}(?! {WEEKDAY}| hafta))(?:{DAY_WORD})?",
     _day_of_month),
    ("D", rf"(?:at |on )?(?:the )?(?:end|last days) of (?:{_IN}|the month)", _end_of_month(-7, 0)),
    ("D", rf"(?:{_IN}|ay(?:in)?) sonu(?P<case>{_AT})", _end_of_month(-7, 0)),
    ("D", rf"(?:{_IN}|ay(?:in)?) bas(?:i|lari)(?P<case>{_AT})", _end_of_month(0, 7)),
    ("D", rf"(?:early|(?:at |in )?the (?:start|beginning) of) {_IN}", _end_of_month(0, 7)),
    ("D", rf"(?:{_IN}|ay(?:in)?) orta(?:si|lari)(?P<case>{_AT})", _end_of_month(10, 20)),
    ("D", rf"(?:in )?(?:the middle of |mid(?: -)? ){_IN}", _end_of_month(10, 20)),
)  # fmt: skip
DATES = (*_PARTS_OF_MONTHS, *_NUMERIC, *_RUNS, *_SINGLE, *_OF_YEARS, *_INSIDE)
# A day of the month without a month.
LONE_DATES: tuple[Rule, ...] = (
    ("D", rf"ayin (?P<d>\d{{1,2}}(?:'\w+)?|{ORDINAL})(?! (?:tl|kisi|hafta))(?:{DAY_WORD})?",
     _next_such_day),
    ("D", r"(?P<d>\d{1,2}'(?:s?[iu]nd[ae]n?|s?[iu]n[ae]|nd[ae]|s?[iu]nd[ae]ki))", _next_such_day),
    ("D", r"on (?:the )?(?P<d>\d{1,2})(?= (?:$|[,.;!?]|at|in|around|after|before|between|from))",
     _next_such_day),
    ("D", rf"(?:on |for )the (?P<d>{ORDINAL})|the (?P<d2>\d{{1,2}}(?= (?:$|[.!?])))"
     rf"|on (?P<e>{ORDINAL})", _next_such_day),
    ("D", rf"the (?P<d>{ORDINAL})", _named_alone),
    ("D", r"(?P<d>Oe~*)(?= (?:$|[,.;!?]|at|in|on|around|after|before|between|from|\d|[a-z]+(?:ing"
     r"|noon)))", _named_alone),
)  # fmt: skip
WHOLE_MONTHS: tuple[Rule, ...] = (
    ("D", rf"(?:in |during |throughout |for )?{_Y}", _whole_month),
    ("D", rf"(?:in |during |throughout ){_M}|(?P<n>M[lfn]~*|Mt~*(?= (?:kadar|dek)))", _whole_month),
)

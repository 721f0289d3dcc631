"""Days, weeks and dates: from their words to calendar days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_TR_DAYS = ("pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar")
_EN_DAYS: tuple[str, ...] = (
    "monday|mon",
    "tuesday|tue",
    "wednesday|wed",
    "thursday|thu",
    "friday|fri",
)
_EN_DAYS += ("saturday|sat", "sunday|sun")
_MONTHS = (
    "ocak|january|jan", "subat|february|feb", "mart|march|mar", "nisan|april|apr", "mayis|may",
    "haziran|june|jun", "temmuz|july|jul", "agustos|august|aug", "eylul|september|sept|sep",
    "ekim|october|oct", "kasim|november|nov", "aralik|december|dec",
)  # fmt: skip
_ENDING = (
    r"(?:'?(?:[yn]?[aeiu]|[dt][ae]n?|s[iu]n?[ae]?|s[iu]nd[ae]n?|[iu]nd[ae]n?|[iu]n[ae]?|ki"
    r"|l[ae]r[iu]?|[dt][ae]ki|in|un))?"
)
_TR_DAY = (
    rf"(?:cumartesi|pazartesi|sali|carsamba|persembe|cuma|pazar){_ENDING}(?: gun(?:u|leri|ler"
    r"|une|unde|lerinde)?)?"
)
_EN_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|fri|sat|sun)"
_MONTH = rf"(?:(?:{'|'.join(_MONTHS)}){_ENDING})"
# "bu", "this", "every" name a day only before a part of it.
_BEFORE_PART = (
    r"(?= (?:sabah|aksam|gece|ogle|ikindi|morning|afternoon|evening|night|lunch|noon|late|early))"
)


@dataclass(frozen=True, slots=True)
class Days:
    """Days as said. ``span`` is one run of time rather than single days that repeat.

    ``by_week`` marks a weekday that may move on a week when its time has passed, ``is_today``
    the current day, ``part`` a part of the day that the words themselves name.
    """

    days: tuple[date, ...]
    by_week: bool = False
    is_today: bool = False
    part: str = ""
    repeats: bool = False


def _weekday(words: str) -> int:
    for number, name in enumerate(_TR_DAYS, 1):
        if number in (5, 7) and re.search(r"cumartesi|pazartesi", words):
            continue
        if name in words:
            return number
    for number, names in enumerate(_EN_DAYS, 1):
        if re.search(rf"\b(?:{names})", words):
            return number
    return 0


def _month(words: str) -> int:
    return next((n for n, names in enumerate(_MONTHS, 1) if re.search(rf"\b(?:{names})", words)), 0)


def _monday(today: date, weeks: int = 0) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def _run(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=n) for n in range(count))


def _next_week_day(words: str, today: date) -> Days:
    return Days((_monday(today, 1) + timedelta(days=_weekday(words) - 1),))


def _coming_day(words: str, today: date) -> Days:
    ahead = (_weekday(words) - today.isoweekday()) % 7
    if re.search(r"onumuzdeki|coming", words) and ahead == 0:
        ahead = 7
    return Days((today + timedelta(days=ahead),), by_week=True)


def _date(day: int, month: int, year: int, today: date) -> Days:
    """The day of that date; without a year the next one. No days when there is no such date."""
    years = (year,) if year else range(today.year, today.year + 5)
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today or year:
            return Days((found,))
    return Days(())


def _day_and_month(words: str, today: date) -> Days:
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    year = next((n for n in numbers if n > 1900), 0)
    return _date(numbers[0] if numbers[0] < 1900 else numbers[1], _month(words), year, today)


def _numeric_date(words: str, today: date) -> Days:
    numbers = [int(n) for n in re.findall(r"\d+", words)]
    if numbers[0] > 1900:
        return _date(numbers[2], numbers[1], numbers[0], today)
    year = numbers[2] + (2000 if numbers[2] < 100 else 0) if len(numbers) > 2 else 0
    return _date(numbers[0], numbers[1], year, today) if numbers[1] <= 12 else Days(())


def _day_of_month(words: str, today: date) -> Days:
    found = re.search(r"\d+", words)
    day = int(found.group()) if found else 0
    for ahead in range(13):
        month = (today.month - 1 + ahead) % 12 + 1
        year = today.year + (today.month - 1 + ahead) // 12
        candidate = _date(day, month, year, today).days
        if candidate and candidate[0] >= today:
            return Days(candidate)
    return Days(())


def _day_of_next_month(words: str, today: date) -> Days:
    first = _next_month(words, today).days[0]
    found = re.search(r"\d+", words)
    return _date(int(found.group()) if found else 0, first.month, first.year, today)


def _weekend(words: str, today: date) -> Days:
    weeks = 1 if re.search(r"haftaya|gelecek|next", words) else 0
    saturday = _monday(today, weeks) + timedelta(days=5)
    return Days(tuple(d for d in _run(saturday, 2) if d >= today))


def _working_days(_words: str, today: date) -> Days:
    return Days(tuple(d for d in _run(today, 7) if d.isoweekday() <= 5), repeats=True)


def _this_week(_words: str, today: date) -> Days:
    return Days(_run(today, 7 - today.weekday()))


def _after_days(words: str, today: date) -> Days:
    found = re.search(r"\d+", words)
    count = int(found.group()) if found else 1
    unit = 7 if re.search(r"hafta|week", words) else 1
    return Days((today + timedelta(days=min(count * unit, 3660)),))


def _first_week(words: str, today: date) -> Days:
    month = _month(words)
    year = today.year if (today.month, today.day) <= (month, 7) else today.year + 1
    return Days(_run(date(year, month, 1), 7))


def _this_month(_words: str, today: date) -> Days:
    following = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    return Days(_run(today, (following - today).days))


def _whole_month(words: str, today: date) -> Days:
    month = _month(words)
    year = today.year if month >= today.month else today.year + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    first = max(today, date(year, month, 1))
    return Days(_run(first, (following - first).days))


def _next_month(_words: str, today: date) -> Days:
    first = date(today.year + today.month // 12, today.month % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Days(_run(first, (following - first).days))


def _every_day(_words: str, today: date) -> Days:
    return Days(_run(today, 7), repeats=True)


def _next_week(_words: str, today: date) -> Days:
    return Days(_run(_monday(today, 1), 7))


def _fixed(month: int, day: int) -> Callable[[str, date], Days]:
    return lambda _words, today: _date(day, month, 0, today)


def _today(_words: str, today: date) -> Days:
    return Days((today,), is_today=True)


def _in(days: int) -> Callable[[str, date], Days]:
    return lambda _words, today: Days((today + timedelta(days=days),))


# Tried in order at each place of the line; longer wordings first.
DAY_WORDS: tuple[tuple[str, Callable[[str, date], Days]], ...] = (
    (
        r"(?:yarindan|yarin) sonra(?:ki gun)?|obur gun(?:e|u)?|ertesi gun"
        r"|(?:the )?day after tomorrow",
        _in(2),
    ),
    (
        r"\d+ (?:gun|hafta) sonra(?:ya|si|sina)?|in (?:\d+|a) (?:days?|weeks?)(?: time)?"
        r"|(?:\d+|a) (?:days?|weeks?) (?:from (?:now|today)|later)|haftaya bugun"
        r"|(?:today|this day) next week",
        _after_days,
    ),
    (r"yarin(?:'?[aei]|'?dan|'?ki|'?a)?|tomorrow(?:'s)?", _in(1)),
    (
        rf"(?:haftaya|gelecek hafta|onumuzdeki hafta|gelecek) {_TR_DAY}|(?:next) {_EN_DAY}"
        rf"|(?:on )?{_EN_DAY} (?:of )?next week|next week (?:on )?{_EN_DAY}",
        _next_week_day,
    ),
    (
        r"(?:(?:bu|haftaya|gelecek|onumuzdeki|this|next|the"
        r"|this coming) )?(?:hafta sonu\w*|weekends?)",
        _weekend,
    ),
    (
        r"(?:every |her )?(?:hafta ?ici(?:nde|leri)?(?: her gun)?|week ?days?|hafta arasi)",
        _working_days,
    ),
    (rf"(?:bu hafta|this week) (?:on )?(?:{_TR_DAY}|{_EN_DAY})", _coming_day),
    (
        r"(?:bu|this) hafta(?: icinde| icerisinde| ici)?|this week|during the week|bu hafta icinde",
        _this_week,
    ),
    (
        r"(?:gelecek|onumuzdeki|oteki) hafta(?:ya|da|nin)?|haftaya|next week",
        _next_week,
    ),
    (rf"(?:the )?(?:first|ilk|1'?st) week of {_MONTH}|{_MONTH} ilk haftasi\w*", _first_week),
    (
        (
            r"her gun\w*|every ?day|each day|any day|daily|hergun|herhangi (?:bir|1) gun\w*"
            r"|gunluk olarak"
        ),
        _every_day,
    ),
    (r"(?:yilbasi(?:nda|na)?|new year'?s eve)(?: gunu)?", _fixed(12, 31)),
    (r"new year'?s day", _fixed(1, 1)),
    (r"sevgililer gunu(?:nde|ne)?|valentine'?s day", _fixed(2, 14)),
    (r"christmas eve", _fixed(12, 24)),
    (
        rf"\d{{1,2}}(?:th)? (?:of )?{_MONTH}(?: \d{{4}})?"
        rf"|{_MONTH} (?:the )?\d{{1,2}}(?:th)?(?! (?:tl|kisi))(?: \d{{4}})?",
        _day_and_month,
    ),
    (r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}/\d{1,2}(?:'\w+)?", _numeric_date),
    (
        r"(?:gelecek|onumuzdeki) ayin \d{1,2}(?:'\w+)?"
        r"|(?:on )?(?:the )?\d{1,2}th(?: day)? of next month",
        _day_of_next_month,
    ),
    (
        r"ayin \d{1,2}(?:'\w+)?(?: gunu)?|\d{1,2}'(?:s?[iu]nd[ae]n?|s?[iu]n[ae]|nd[ae])"
        r"|on the \d{1,2}(?! (?:am|pm|\w*people|kisi))|(?:on )?the \d{1,2}th"
        r"|on \d{1,2}th|\d{1,2}th(?! (?:hand|floor|street))",
        _day_of_month,
    ),
    (
        rf"(?:(?:bu|onumuzdeki|her|this coming|this|coming|on|every|each) )?(?:{_TR_DAY}"
        rf"|{_EN_DAY})",
        _coming_day,
    ),
    (r"bugun(?:'?[ue]n?|'?den|ku|lerde)?|today(?:'s)?", _today),
    (rf"(?:bu|this){_BEFORE_PART}", _today),
    (rf"(?:her|every|any|each){_BEFORE_PART}", _every_day),
    (r"(?:bu ay(?: icinde| icerisinde)?|this month)", _this_month),
    (r"(?:gelecek|onumuzdeki) ay|next month", _next_month),
    (
        r"(?:in )?(?:january|february|april|june|july|august|september|october|november|december)"
        r"|(?:ocak|subat|nisan|mayis|haziran|temmuz|agustos|eylul|kasim"
        r"|aralik)(?:'?[dt]a|'?[dt]e| ayi\w*)",
        _whole_month,
    ),
)
# Runs of dates that share a month: "3-5 ekim", "november 18 to 19".
DATE_RUN = (
    rf"(?:(?P<f>\d{{1,2}})(?:th)? (?:-|to|ile|ve|through) (?P<l>\d{{1,2}})(?:th)? "
    rf"(?P<m>{_MONTH})|(?P<n>{_MONTH}) (?P<g>\d{{1,2}})(?:th)? (?:-|to"
    rf"|through) (?P<k>\d{{1,2}})(?:th)?)"
)
_LONGEST_RUN = 62


def run_of(first: Days, last: Days) -> Days:
    """All days from one to another, both included; none when they are too far apart."""
    if not first.days or not last.days:
        return Days(())
    start, end = first.days[0], last.days[-1]
    if end < start and last.by_week:
        end += timedelta(weeks=1)
    count = (end - start).days + 1
    return Days(_run(start, count)) if 1 < count <= _LONGEST_RUN else Days(())


def read_date_run(found: re.Match[str], today: date) -> Days:
    """The days of what ``DATE_RUN`` matched."""
    month = found["m"] or found["n"]
    first, last = found["f"] or found["g"], found["l"] or found["k"]
    return run_of(
        _day_and_month(f"{first} {month}", today), _day_and_month(f"{last} {month}", today)
    )


# Day words that need the part of the day behind them: "bu akşam", "every evening".
OF_A_PART = rf"(?:bu|this|her|every|any|each){_BEFORE_PART}"
ANY_DAY = "|".join(words for words, _ in DAY_WORDS)
_READERS = [(re.compile(words.replace(_BEFORE_PART, "")), read) for words, read in DAY_WORDS]


def read_days(words: str, today: date) -> Days:
    """The days that ``words`` name; they were matched by ``ANY_DAY``. Empty for no such date."""
    for pattern, reader in _READERS:
        if pattern.fullmatch(words.strip()):
            return reader(words.strip(), today)
    return Days(())

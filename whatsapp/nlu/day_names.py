"""Names of weekdays, months, ordinals and holidays in both languages, as marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from whatsapp.nlu.days import coming_date, easter, weekday_of_month
from whatsapp.nlu.marks import ENDING, Marks, case_of

_WEEKDAYS = (
    ("pazartesi", "monday|mon"),
    ("sali", "tuesday|tue"),
    ("carsamba", "wednesday|wed"),
    ("persembe", "thursday|thu"),
    ("cuma", "friday|fri"),
    ("cumartesi", "saturday|sat"),
    ("pazar", "sunday|sun"),
)
_MONTHS = (
    ("ocak|ocag", "january", "jan"), ("subat|sub", "february", "feb"), ("mart", "march", "mar"),
    ("nisan|nis", "april", "apr"), ("mayis", "may", "may"), ("haziran|haz", "june", "jun"),
    ("temmuz|tem", "july", "jul"), ("agustos|agu", "august", "aug"),
    ("eylul|eyl", "september", "sept|sep"), ("ekim|eki", "october", "oct"),
    ("kasim|kas", "november", "nov"), ("aralik|aralig", "december", "dec"),
)  # fmt: skip
_ORDINALS = (
    "first|ilk|birinci", "second|ikinci", "third|ucuncu", "fourth|dorduncu", "fifth|besinci",
    "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_PLACE = re.compile(
    r" (?:semt|mah|pazari|koyu|cadde|sokag|sokak|yeri|tezgah|arabasi|cantasi|filesi|times)"
)
DAY_WORD = rf" gun(?:u|ler|leri)?{ENDING}"


# English months that are nothing else; they may stand alone.
_SURE_MONTHS = frozenset(
    "january february april june july august september october november december".split()
)


def _numbers(names: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {
        word: number
        for number, forms in enumerate(names, 1)
        for form in forms
        for word in form.split("|")
    }


_WEEKDAY_NUMBER = _numbers(_WEEKDAYS)
_MONTH_NUMBER = _numbers(_MONTHS)
_ORDINAL_NUMBER = _numbers(tuple((form,) for form in _ORDINALS)) | {"thirtieth": 30, "last": -1}
_ORDINAL_NUMBER |= {"son": -1, "final": -1}


def _any(names: tuple[tuple[str, ...], ...], *, turkish: bool) -> str:
    kept = [forms[0] if turkish else "|".join(forms[1:]) for forms in names]
    return "|".join(sorted("|".join(kept).split("|"), key=len, reverse=True))


_TR_WEEKDAY = rf"(?P<n>{_any(_WEEKDAYS, turkish=True)})(?P<case>(?:{ENDING}{DAY_WORD}|{ENDING}))"
_EN_WEEKDAY = rf"(?P<n>{_any(_WEEKDAYS, turkish=False)})(?P<case>(?:'?s)?)"
_TR_MONTH = rf"(?P<n>{_any(_MONTHS, turkish=True)})(?P<case>{ENDING}(?: ayi?{ENDING})?)"
_EN_MONTH = rf"(?P<n>{_any(_MONTHS, turkish=False)})(?P<case>(?:'s)?)(?: \.)?"


def mark_names(marks: Marks) -> None:
    """Mark ``W`` weekdays, ``M`` months and ``O`` ordinals; nothing is taken yet."""
    for pattern in (_TR_WEEKDAY, _EN_WEEKDAY):
        _mark(marks, "W", pattern, _WEEKDAY_NUMBER)
    for pattern in (_TR_MONTH, _EN_MONTH):
        _mark(marks, "M", pattern, _MONTH_NUMBER)
    words = "|".join(sorted(_ORDINAL_NUMBER, key=len, reverse=True))
    _mark(marks, "O", rf"(?P<n>{words})(?P<case>'?(?:s[iu])?)", _ORDINAL_NUMBER)
    for found in list(marks.find(r"(?P<n>\d{1,2})(?:th|'?[iu]?nc[iu]\w*)")):
        marks.mark("O", *found.span(), int(found["n"]), "e" if found.group().endswith("th") else "")


def _mark(marks: Marks, sign: str, pattern: str, numbers: dict[str, int]) -> None:
    for found in list(marks.find(pattern)):
        ending = found["case"].rsplit(maxsplit=1)[-1] if found["case"].strip() else ""
        if _names_no_day(marks.line[: found.start()], found["n"], marks.line[found.end() :]):
            continue
        case = case_of(re.sub(r"^(?:gun(?:u|ler|leri)?|ayi?)", "", ending))
        if sign == "M" and not case and (found["n"] in _SURE_MONTHS or ending.startswith("ay")):
            case = "n"
        marks.mark(sign, *found.span(), numbers[found["n"]], case)


def _names_no_day(before: str, name: str, after: str) -> bool:
    """Whether a weekday is the sun or part of a place's name: "Çarşamba semti"."""
    named = (name == "sun" and before.endswith(" the ")) or before.endswith(" black ")
    return named or _PLACE.match(after) is not None


def _fixed(month: int, day: int) -> Callable[[date], date | None]:
    return lambda today: coming_date(day, month, 0, today)


def _nth(month: int, nth: int, weekday: int) -> Callable[[date], date | None]:
    def find(today: date) -> date | None:
        days = (weekday_of_month(nth, weekday, date(today.year + n, month, 1)) for n in (0, 1))
        return next((day for day in days if day is not None and day >= today), None)

    return find


def _easter(today: date) -> date | None:
    return next(day for n in (0, 1) if (day := easter(today.year + n)) >= today)


def _listed(*days: str) -> Callable[[date], date | None]:
    """Feasts of the lunar calendar, first days as announced for Turkey."""
    dates = [date.fromisoformat(day) for day in days]
    return lambda today: next((day for day in dates if day >= today), None)


_RAMADAN_FEAST = _listed(
    "2023-04-21",
    "2024-04-10",
    "2025-03-30",
    "2026-03-20",
    "2027-03-09",
    "2028-02-26",
    "2029-02-14",
    "2030-02-04",
)
_SACRIFICE_FEAST = _listed(
    "2023-06-28",
    "2024-06-16",
    "2025-06-06",
    "2026-05-27",
    "2027-05-16",
    "2028-05-05",
    "2029-04-24",
    "2030-04-13",
)
HOLIDAYS: tuple[tuple[str, Callable[[date], date | None]], ...] = (
    (rf"yilbasi(?P<case>{ENDING})|new year'?s eve", _fixed(12, 31)),
    (r"(?:the )?(?:next )?new year'?s? day", _fixed(1, 1)),
    (rf"sevgililer gunu(?P<case>{ENDING})|valentine'?s(?: day)?", _fixed(2, 14)),
    (r"christmas eve", _fixed(12, 24)),
    (rf"christmas(?: day)?|noel(?P<case>{ENDING})", _fixed(12, 25)),
    (r"boxing day", _fixed(12, 26)),
    (r"halloween|cadilar bayrami\w*", _fixed(10, 31)),
    (rf"cumhuriyet bayrami(?P<case>{ENDING})", _fixed(10, 29)),
    (rf"zafer bayrami(?P<case>{ENDING})", _fixed(8, 30)),
    (rf"(?:kadinlar gunu|women'?s day)(?P<case>{ENDING})", _fixed(3, 8)),
    (rf"(?:anneler gunu|mother'?s day)(?P<case>{ENDING})", _nth(5, 2, 7)),
    (rf"(?:babalar gunu|father'?s day)(?P<case>{ENDING})", _nth(6, 3, 7)),
    (r"thanksgiving(?: day)?", _nth(11, 4, 4)),
    (r"(?:the )?(?:following |next )?easter(?: sunday)?", _easter),
    (rf"(?:ramazan|seker) bayrami(?P<case>{ENDING})|eid al fitr", _RAMADAN_FEAST),
    (rf"kurban bayrami(?P<case>{ENDING})|eid al adha", _SACRIFICE_FEAST),
)

"""Spans of days: from one to another, until one, from one on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from whatsapp.nlu import days as calendar
from whatsapp.nlu.clock import CLOCK, DAY
from whatsapp.nlu.days import Days
from whatsapp.nlu.marks import DAYS, Marks
from whatsapp.nlu.month_words import DOM
from whatsapp.nlu.window import Atom, taken
from whatsapp.nlu.window_words import clock_at

_WEEK = 7
_A, _B = rf"(?P<a>{DAYS})", rf"(?P<b>{DAYS})"
_DAY_RUNS = (
    rf"(?:from |between )?{_A} (?:-|to|through|thru|until|till|ile|ila) {_B}(?: aras\w*)?",
    rf"between {_A} and {_B}",
    rf"{_A} (?:ve )?{_B} aras\w*",
    rf"(?P<a>Dw~*) {_B}(?: aras\w*)?",
    rf"(?P<a>Df~*) (?:itibaren )?{_B}(?: kadar| dek)?",
)
_OPEN_RUNS = (
    r"(?P<a>Df~*) (?P<e>\d{1,2}'(?:s?[iu]n|[yn])?[ae])(?: kadar| dek)?",
    rf"(?:from )?{_A} (?:-|to|through|thru|until|till) (?:the )?(?P<e>{DOM})(?! (?:am|pm|:))",
)
_HALF_RUN = rf"from (?P<e>{DOM}) (?:to|-|until|till) {_B}"


def find_day_runs(marks: Marks) -> list[Atom]:
    """Days from one to another: "cumadan pazara kadar", "monday to friday"."""
    atoms: list[Atom] = []
    for pattern in _DAY_RUNS:
        atoms += _runs(marks, pattern, lambda found: marks.value(found, "b"))
    joined = [
        found
        for found in marks.find(rf"{_A} {_B}")
        if re.fullmatch(r"\S+-\S+", marks.scan.surface(*found.span()))
    ]
    atoms += _read_runs(marks, joined, lambda found: marks.value(found, "b"))
    for pattern in _OPEN_RUNS:
        atoms += _runs(marks, pattern, lambda found: _same_month(marks, found, "a"))
    for found in list(marks.find(_HALF_RUN)):
        first = _same_month(marks, found, "b")
        days = calendar.between(first, marks.value(found, "b"))
        if days is not None:
            atoms.append(taken(marks, found, Atom("days", found.start(), days=days)))
    return atoms


def _runs(marks: Marks, pattern: str, last: Callable[[re.Match[str]], Days | None]) -> list[Atom]:
    return _read_runs(marks, list(marks.find(pattern)), last)


def _read_runs(
    marks: Marks, matches: list[re.Match[str]], last: Callable[[re.Match[str]], Days | None]
) -> list[Atom]:
    atoms = []
    for found in matches:
        if marks.value(found, "a") is None:
            continue
        days = calendar.between(marks.value(found, "a"), last(found))
        if days is not None:
            atoms.append(taken(marks, found, Atom("days", found.start(), days=days)))
    return atoms


def _same_month(marks: Marks, found: re.Match[str], group: str) -> Days | None:
    """The day of the month named alone, in the month of the date beside it."""
    beside: Days | None = marks.value(found, group)
    if beside is None or not beside.is_date or not beside.days:
        return None
    number = marks.value(found, "e")
    if number is None:
        digits = re.match(r"\d+", found["e"])
        number = int(digits.group()) if digits else 0
    day = beside.days[0]
    return calendar.one(calendar.exact_date(number, day.month, day.year))


_PART = r"(?P<p>[PB][a-z]?~*)"
_BY = r"(?:until|till?|by|within|up to|no later than|latest|at the latest|en gec)(?: on| the)?"


def find_by_days(marks: Marks) -> list[Atom]:
    """Spans from now to a day: its end, a time of it, or its start with "before"."""
    atoms: list[Atom] = []
    patterns = (
        (rf"{_BY} {_A} (?:[PB][a-z]?~* )?(?:at |saat )?(?P<c>{CLOCK})(?! [PB])", DAY),
        (rf"{_BY} {_A}(?: {_PART})?(?! \d)|(?:between now and|from now (?:to|until|till))"
         rf" (?P<b>{DAYS})(?: (?P<q>[PB][a-z]?~*))?", DAY),
        (rf"{_A} (?:kadar|dek|en gec|at the latest)", DAY),
        (rf"before {_A}|(?P<b>Df~*) once", 0),
    )  # fmt: skip
    for pattern, minutes in patterns:
        for found in list(marks.find(pattern)):
            days: Days = marks.value(found, "a") or marks.value(found, "b")
            end = _end_minute(marks, found, minutes)
            atom = Atom("by_day", found.start(), days=days, minutes=end)
            if days.days:
                atoms.append(taken(marks, found, atom))
    return atoms


def _end_minute(marks: Marks, found: re.Match[str], minutes: int) -> int:
    groups = found.groupdict()
    for name in ("p", "q", "c"):
        if groups.get(name) and (clock := clock_at(marks, found, name)) is not None:
            return clock.minutes()
    return minutes


def find_from_days(marks: Marks) -> list[Atom]:
    """A week from a day on: "yarından itibaren", "starting friday", "after friday"."""
    atoms = []
    later = r"(?! (?:\d|[PB]|saat|at |to |until|till|-))"
    patterns = (
        (rf"(?P<a>Df~*) (?:itibaren|beri)|(?:starting|beginning)(?: from| on)? (?P<b>{DAYS}){later}"
         rf"|(?:from|since|as of) (?P<c>{DAYS}) (?:on|onwards?)"
         rf"|(?<!apart )(?:from|since) (?P<e>{DAYS}){later}", 0),
        (rf"(?P<a>Df~*) sonra(?:si|sinda)?(?! \d)|after (?P<b>{DAYS}){later}", 1),
    )  # fmt: skip
    for pattern, ahead in patterns:
        for found in list(marks.find(pattern)):
            group = next(name for name, words in found.groupdict().items() if words)
            said: Days = marks.value(found, group)
            if not said.days:
                continue
            first = said.days[-1] + timedelta(days=1) if ahead else said.days[0]
            days = Days(calendar.run(first, _WEEK), repeats=True)
            if len(said.days) > 1 and not ahead:
                days = said
            atoms.append(taken(marks, found, Atom("days", found.start(), days=days)))
    return atoms

"""The time words of a canonical line: found, taken out, and what each says alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whatsapp.nlu import days as calendar
from whatsapp.nlu.clock import CLOCK, DAY, HOUR, read_clock
from whatsapp.nlu.day_words import mark_days
from whatsapp.nlu.days import Days
from whatsapp.nlu.lengths import Length
from whatsapp.nlu.marks import Marks
from whatsapp.nlu.month_words import DOM
from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.window import Atom, Window
from whatsapp.nlu.window_words import (
    clock_at,
    find_across,
    find_exact,
    find_parts,
    find_windows,
    mark_parts,
)

_D, _L = r"D[a-z]?~*", r"L[a-z]?~*"
_WITHIN = (
    rf"(?:(?P<d>Df~*) (?:itibaren )?)?(?:onumuzdeki |gelecek )?(?:en gec )?"
    rf"(?P<l>{_L}) (?:icinde|icerisinde|zarfinda|icine)"
    rf"|(?P<k>Lt~*) kadar"
    rf"|(?:within|in under|in less than|inside|(?:in|over|during|within)? ?(?:the )?next)"
    rf" (?:the next |about )?(?P<m>{_L})|less than (?P<n>{_L})"
    rf"|(?:onumuzdeki|gelecek) (?P<o>{_L})"
)
_NEXT_HOUR = r"(?:in |within )?(?:the )?(?:next )(?P<half>half )?hour|in the hour"
_WITHIN_HOURS = r"(?:within|in the next) (?P<h>\d{1,2}):00"
_IN = (
    rf"(?P<l>{_L}) (?:sonra(?:ya|si|sina)?|from now|later)|(?P<k>L[tl]~*)(?! kadar)"
    rf"|in (?:like |about |around )?(?P<m>{_L})(?: time)?|(?P<n>{_L})(?= (?:$|,))"
)
_NOW = (
    r"(?:hemen )?simdi(?:k)?|hemen|acil|ivedi|birazdan|(?:bir|1) ?azdan|az sonra"
    r"|su an(?:da|lik|daki)?|derhal"
    r"|(?:right )?now|asap|immediately|urgent(?:ly)?|soon|straight away|right away|at once"
    r"|at the moment"
)
_ANY_TIME = (
    r"ne zaman (?:olursa|olsa|istersen(?:iz)?|isterseniz|uygunsa)(?: olsun| olur"
    r"| gelirim| uyar)?|her zaman(?: olur)?"
    r"|(?:zaman|saat)(?:i)? (?:fark etmez|farketmez|onemli degil)|her saat(?: olur)?"
    r"|istedigin(?:iz)? zaman"
    r"|any ?time(?: works| is fine| will do)?|whenever|at any time"
    r"|time (?:doesn'?t matter|is flexible)"
    r"|i'?m flexible|all the time"
)
_ANY_WHEN_ASKED = (
    r"fark ?etmez|farketmez|hepsi olur|hepsi uyar|any|i don'?t mind|don'?t care"
    r"|doesn'?t matter|flexible"
)
_SAME = r"ayni saat(?:te|ler|lerde|e)?|(?:at )?(?:the )?same time|same hour"
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Context:
    """Day and time that the question itself states."""

    days: Days | None = None
    window: Window | None = None


def context_atoms(question: Question | None, today: date) -> Context:
    """What an offer or a reminder says about its own day and time."""
    if question is None or question.ask not in ("offer", "reminder"):
        return Context()
    marks = Marks(Scan(question.text, question.language))
    clock = re.search(r"(?<= )\d{1,2}:\d\d(?=[ '])", marks.line)
    window = Window("exact", read_clock(clock.group())) if clock is not None else None
    if today == date.min:
        return Context(None, window)
    mark_days(marks, today)
    day = rule(f"(?P<d>{_D})").search(marks.line)
    days: Days | None = marks.value(day, "d") if day is not None else None
    return Context(days if days and days.days else None, window)


def says_any_time(scan: Scan, question: Question | None) -> bool:
    """Take out that any time will do, and tell whether it was said."""
    said = bool(scan.take_all(_ANY_TIME, "intervals"))
    if not said and question is not None and question.ask == "ask_time":
        said = scan.take(_ANY_WHEN_ASKED, "intervals") is not None
    return said


def find_atoms(scan: Scan, today: date, question: Question | None) -> list[Atom]:
    """Take all time expressions out of ``scan``, in the order of the message."""
    scan.take_all(rf"(?:saat )?{CLOCK} degil(?: de)?", "rejected")
    marks = Marks(scan)
    mark_days(marks, today)
    mark_parts(marks)
    _reject(marks)
    atoms = [*_within(marks), *find_across(marks)]
    atoms += _day_runs(marks, today)
    atoms += find_windows(marks)
    atoms += [*_by_days(marks), *_from_days(marks)]
    atoms += _in(marks)
    atoms += _named(marks)
    atoms += find_exact(marks, question)
    atoms += [_taken(marks, found, Atom("same", found.start())) for found in marks.find(_SAME)]
    atoms += find_parts(marks)
    atoms += [_taken(marks, found, Atom("now", found.start())) for found in marks.find(_NOW)]
    return sorted(atoms, key=lambda atom: atom.start)


def _taken(marks: Marks, found: re.Match[str], atom: Atom) -> Atom:
    marks.take(*found.span(), atom.kind)
    return atom


def _reject(marks: Marks) -> None:
    for found in list(marks.find(rf"{_D} (?:gecti|degil(?: de)?)|not {_D}")):
        marks.take(*found.span(), "rejected")


def _within(marks: Marks) -> list[Atom]:
    atoms = []
    for found in list(marks.find(_NEXT_HOUR)):
        minutes = HOUR / 2 if found["half"] else HOUR
        atoms.append(_taken(marks, found, Atom("within", found.start(), minutes=minutes)))
    for found in list(marks.find(_WITHIN_HOURS)):
        minutes = int(found["h"]) * HOUR
        atoms.append(_taken(marks, found, Atom("within", found.start(), minutes=minutes)))
    for found in list(marks.find(_WITHIN)):
        length = _length(marks, found, "lkmno")
        atom = Atom("within", found.start(), minutes=length.total_minutes)
        since: Days | None = marks.value(found, "d")
        if since is not None and since.days and not since.is_today:
            days = Days(calendar.run(since.days[0], max(1, length.total_minutes // DAY)))
            atom = Atom("days", found.start(), days=days)
        atoms.append(_taken(marks, found, atom))
    return atoms


def _in(marks: Marks) -> list[Atom]:
    atoms = []
    for found in list(marks.find(_IN)):
        length = _length(marks, found, "lkmn")
        if length.is_of_days:
            continue
        atom = Atom("in", found.start(), minutes=length.total_minutes)
        atoms.append(_taken(marks, found, atom))
    return atoms


def _length(marks: Marks, found: re.Match[str], groups: str) -> Length:
    length: Length = marks.value(found, next(name for name in groups if found[name]))
    return length


_A, _B = rf"(?P<a>{_D})", rf"(?P<b>{_D})"
_DAY_RUNS = (
    rf"(?:from |between )?{_A} (?:-|to|through|thru|until|till|ile|ila) {_B}(?: aras\w*)?",
    rf"between {_A} and {_B}",
    rf"{_A} ve {_B} aras\w*",
    rf"(?P<a>Dw~*) {_B}(?: aras\w*)?",
    rf"(?P<a>Df~*) (?:itibaren )?{_B}(?: kadar| dek)?",
)
_OPEN_RUNS = (
    r"(?P<a>Df~*) (?P<e>\d{1,2}'(?:s?[iu]n|[yn])?[ae])(?: kadar| dek)?",
    rf"(?:from )?{_A} (?:-|to|through|thru|until|till) (?:the )?(?P<e>{DOM})(?! (?:am|pm|:))",
)
_HALF_RUN = rf"from (?P<e>{DOM}) (?:to|-|until|till) {_B}"


def _day_runs(marks: Marks, today: date) -> list[Atom]:
    """Days from one to another: "cumadan pazara kadar", "monday to friday"."""
    atoms: list[Atom] = []
    for pattern in _DAY_RUNS:
        atoms += _runs(marks, pattern, lambda found: marks.value(found, "b"))
    for pattern in _OPEN_RUNS:
        atoms += _runs(marks, pattern, lambda found: _same_month(marks, found, "a"))
    for found in list(marks.find(_HALF_RUN)):
        first = _same_month(marks, found, "b")
        days = calendar.between(first, marks.value(found, "b"))
        if days is not None:
            atoms.append(_taken(marks, found, Atom("days", found.start(), days=days)))
    return atoms


def _runs(marks: Marks, pattern: str, last: Callable[[re.Match[str]], Days | None]) -> list[Atom]:
    atoms = []
    for found in list(marks.find(pattern)):
        if marks.value(found, "a") is None:
            continue
        days = calendar.between(marks.value(found, "a"), last(found))
        if days is not None:
            atoms.append(_taken(marks, found, Atom("days", found.start(), days=days)))
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


def _by_days(marks: Marks) -> list[Atom]:
    """Spans from now to a day: its end, a time of it, or its start with "before"."""
    atoms: list[Atom] = []
    patterns = (
        (rf"{_BY} {_A} (?:at |saat )?(?P<c>{CLOCK})(?! [PB])", DAY),
        (rf"{_BY} {_A}(?: {_PART})?(?! \d)|(?:between now and|from now (?:to|until|till))"
         rf" (?P<b>{_D})(?: (?P<q>[PB][a-z]?~*))?", DAY),
        (rf"{_A} (?:kadar|dek|en gec|at the latest)", DAY),
        (rf"before {_A}|(?P<b>Df~*) once", 0),
    )  # fmt: skip
    for pattern, minutes in patterns:
        for found in list(marks.find(pattern)):
            days: Days = marks.value(found, "a") or marks.value(found, "b")
            end = _end_minute(marks, found, minutes)
            atom = Atom("by_day", found.start(), days=days, minutes=end)
            if days.days:
                atoms.append(_taken(marks, found, atom))
    return atoms


def _end_minute(marks: Marks, found: re.Match[str], minutes: int) -> int:
    groups = found.groupdict()
    for name in ("p", "q", "c"):
        if groups.get(name) and (clock := clock_at(marks, found, name)) is not None:
            return clock.minutes()
    return minutes


def _from_days(marks: Marks) -> list[Atom]:
    """A week from a day on: "yarından itibaren", "starting friday", "after friday"."""
    atoms = []
    later = r"(?! (?:\d|[PB]|saat|at |to |until|till|-))"
    patterns = (
        (rf"(?P<a>Df~*) (?:itibaren|beri)|(?:starting|beginning)(?: from| on)? (?P<b>{_D}){later}"
         rf"|(?:from|since|as of) (?P<c>{_D}) (?:on|onwards?)"
         rf"|(?:from|since) (?P<e>{_D}){later}", 0),
        (rf"(?P<a>Df~*) sonra(?:si|sinda)?(?! \d)|after (?P<b>{_D}){later}", 1),
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
            atoms.append(_taken(marks, found, Atom("days", found.start(), days=days)))
    return atoms


def _named(marks: Marks) -> list[Atom]:
    """Days that stand alone; those behind "except" are left out."""
    found_days = [(found, marks.value(found, "d")) for found in marks.find(rf"(?P<d>{_D})")]
    repeats = any(days.repeats for _, days in found_days)
    whole = marks.line
    atoms: list[Atom] = []
    for found, days in found_days:
        if not days.days:
            continue
        before, after = whole[: found.start()], whole[found.end() :]
        but = "but|" if repeats else ""
        out = re.match(r" (?:haric|disinda|olmasin|olmaz)\b", after) or re.search(
            rf" (?:except|{but}but not|apart from|excluding)(?: on| the| for)? $", before
        )
        atom = Atom("days", found.start(), days=days, excluded=out is not None)
        atoms.append(_taken(marks, found, atom))
    if all(atom.excluded for atom in atoms):
        return [replace(atom, excluded=False) for atom in atoms]
    return atoms

"""The time words of a canonical line: found, taken out, and what each says alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from whatsapp.nlu import days as calendar
from whatsapp.nlu.clock import DAY, HOUR, Clock, read_clock
from whatsapp.nlu.day_spans import find_by_days, find_day_runs, find_from_days
from whatsapp.nlu.day_words import mark_days
from whatsapp.nlu.days import Days
from whatsapp.nlu.lengths import Length
from whatsapp.nlu.marks import Marks
from whatsapp.nlu.reading import Question
from whatsapp.nlu.refusals import reject
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.window import Atom, Window, taken
from whatsapp.nlu.window_words import (
    find_across,
    find_corrected,
    find_exact,
    find_parts,
    find_windows,
    mark_parts,
)

_D, _L = r"D[a-z]?~*", r"L[a-z]?~*"
_WITHIN = (
    rf"(?:(?P<d>Df~*) (?:itibaren )?)?(?:onumuzdeki |gelecek )?(?:en gec )?"
    rf"(?P<l>{_L}) (?:icinde|icerisinde|zarfinda|icine)"
    rf"|(?P<k>Lt~*) (?:kadar|kalmadan|varmadan)"
    rf"|(?:within|in under|in less than|inside|(?:in|over|during|within)? ?(?:the )?next)"
    rf" (?:the next |about )?(?P<m>{_L})|less than (?P<n>{_L})"
    rf"|(?:onumuzdeki|gelecek) (?P<o>{_L})"
)
_NEXT_HOUR = r"(?:in |within )?(?:the )?(?:next )(?P<half>half )?hour|(?:with)?in the hour"
_WITHIN_HOURS = r"(?:within|in the next) (?P<h>\d{1,2}):00"
_IN = (
    rf"(?P<l>{_L}) (?:sonra(?:ya|si|sina)?|from now|later)|(?P<k>L[tl]~*)(?! kadar)"
    r"|(?P<o>L~*) y?[ae](?= )"
    rf"|in (?:like |about |around )?(?P<m>{_L})(?: time)?|(?P<n>{_L})(?= (?:$|,))"
)
_IN_ONE_OR_TWO = (
    rf"(?P<c>\d{{1,2}}) (?:- |ile |veya |or |to )?(?P<l>{_L}) (?:sonra(?:ya|si|sina)?)"
    rf"|(?P<d>\d{{1,2}}) (?:- |ile |veya )?(?P<m>Lt~*|L~*(?= y?[ae] ))"
    rf"|in (?P<e>\d{{1,2}}) (?:-|or|to) (?P<n>{_L})"
)
_NOW = (
    r"(?:hemen )?simdi(?:k)?|hemen|acil|ivedi|birazdan|(?:bir|1) ?azdan|az sonra"
    r"|su an(?:da|lik|daki)?(?! bulun)|derhal"
    r"|(?:right )?now(?! (?:not|#{3}) )|asap|immediately|urgent(?:ly)?|soon|straight away"
    r"|right away|at once|at the moment"
    r"|en kisa (?:zaman|sure)d[ae]|bir an once"
)
_ANY_TIME = (
    r"ne zaman \w+s[ae]\w*|(?:saat )?kacta olursa(?: olsun)?|(?:vakit|zaman|saat|gun)i? onemsiz"
    r"|ne zaman (?:olursa|olsa|istersen(?:iz)?|isterseniz|uygunsa)(?: olsun| olur"
    r"| gelirim| uyar)?|her zaman(?: olur)?"
    r"|(?:vakit|zaman|saat|gun)(?:i)? (?:fark etmez|farketmez|onemli degil)|her saat(?: olur)?"
    r"|istedigin(?:iz)? zaman|her an(?: olur| gelebilirim)?|hep musait\w*|daima musait\w*"
    r"|(?:vakit|zaman|saat)\w* (?:sorun|problem|onemli|mesele|dert) (?:degil|yok)"
    r"|any ?time(?: works| is fine| will do)?|whenever|at any time"
    r"|time (?:doesn'?t matter|is flexible)"
    r"|i'?m flexible|all the time"
)
_ANY_WHEN_ASKED = (
    r"fark ?etmez|farketmez|hepsi olur|hepsi uyar|any(?= (?:$|[.,!?]|works|is|will))"
    r"|i don'?t mind|don'?t care"
    r"|doesn'?t matter|flexible"
)
_WEEK = 7
# What is asked together with the time that is already known, or after it was summed up.
_STATES_TIME = frozenset(
    ("", "offer", "reminder", "confirm_intent", "ask_product", "ask_place", "ask_pin", "ask_budget")
)
_SAME = r"ayni saat(?:te|ler|lerde|e)?|(?:at )?(?:the )?same time|same hour"
# A stretch of time as the product writes it.
_SPAN = re.compile(r"(?<= )(\d{1,2}:\d\d) ?- ?(\d{1,2}:\d\d)(?= )")


@dataclass(frozen=True, slots=True)
class Context:
    """Day and time that the question itself states."""

    days: Days | None = None
    window: Window | None = None


def context_atoms(question: Question | None, today: date) -> Context:
    """What an offer, a reminder or the summary of a wish says about its own day and time."""
    if question is None or question.ask not in _STATES_TIME:
        return Context()
    marks = Marks(Scan(question.text, question.language))
    if question.ask in ("offer", "reminder"):
        clock = re.search(r"(?<= )\d{1,2}:\d\d(?=[ '])", marks.line)
        window = Window("exact", read_clock(clock.group())) if clock is not None else None
    else:
        spans = _SPAN.findall(marks.line)
        if len(spans) > 1:
            return Context()
        first, last = (_stated(read_clock(said)) for said in spans[0]) if spans else (None, None)
        window = Window("range", first, last) if first and last else None
    if today == date.min:
        return Context(None, window)
    mark_days(marks, today)
    day = rule(f"(?P<d>{_D})").search(marks.line)
    days: Days | None = marks.value(day, "d") if day is not None else None
    return Context(days if days and days.days else None, window)


def _stated(clock: Clock | None) -> Clock | None:
    """A time as the product writes it, of 24 hours: its half of the day is beyond doubt."""
    if clock is None or clock.hour > 12:
        return clock
    return replace(clock, half="pm" if clock.hour == 12 else "am")


def says_any_time(scan: Scan, question: Question | None) -> bool:
    """Take out that any time will do, and tell whether it was said."""
    said = bool(scan.take_all(_ANY_TIME, "intervals"))
    if not said and question is not None and question.ask == "ask_time":
        said = scan.take(_ANY_WHEN_ASKED, "intervals") is not None
    return said


def find_atoms(scan: Scan, today: date, question: Question | None) -> list[Atom]:
    """Take all time expressions out of ``scan``, in the order of the message."""
    marks = Marks(scan)
    mark_days(marks, today)
    mark_parts(marks)
    corrected = find_corrected(marks, question)
    reject(marks)
    atoms = [*corrected, *_within(marks), *find_across(marks)]
    atoms += find_day_runs(marks)
    atoms += find_windows(marks)
    atoms += [*find_by_days(marks), *find_from_days(marks)]
    atoms += _in(marks)
    atoms += _named(marks)
    atoms += find_exact(marks, question)
    atoms += [taken(marks, found, Atom("same", found.start())) for found in marks.find(_SAME)]
    atoms += find_parts(marks)
    atoms += [taken(marks, found, Atom("now", found.start())) for found in marks.find(_NOW)]
    atoms = sorted(atoms, key=lambda atom: atom.start)
    return _repeated(_narrowed(atoms, scan), scan, today)


# "akşamları", "mornings": one a day where no day is named.
_PLURAL = re.compile(
    r" (?:(?:sabah|aksam|gece|oglen?|ikindi|sonra)l[ae]r[iu]\w*|(?:morn|even)ings"
    r"|afternoons|nights) "
)


def _narrowed(atoms: list[Atom], scan: Scan) -> list[Atom]:
    """Drop days that others make exact: "hafta sonu cumartesi", "salıdan perşembeye her akşam"."""
    kept = []
    named = [atom for atom in atoms if atom.kind == "days" and not atom.excluded]
    for atom in atoms:
        others = [other for other in named if other is not atom]
        daily = atom.days.repeats and len(atom.days.days) == _WEEK
        inside = (
            set(other.days.days) < set(atom.days.days)
            and not scan.whole[atom.end : other.start].strip(" ,")
            for other in others
            if other.start >= atom.end > 0
        )
        if atom in named and (
            (daily and any(len(other.days.days) > 1 for other in others)) or any(inside)
        ):
            continue
        kept.append(atom)
    return kept


def _repeated(atoms: list[Atom], scan: Scan, today: date) -> list[Atom]:
    """Add the seven days from today to parts of the day in the plural."""
    alone = all(atom.kind in ("part", "window") for atom in atoms)
    if atoms and alone and _PLURAL.search(scan.whole):
        days = Days(calendar.run(today, _WEEK), repeats=True)
        return [Atom("days", atoms[0].start, days=days), *atoms]
    return atoms


def _within(marks: Marks) -> list[Atom]:
    atoms = []
    for found in list(marks.find(_NEXT_HOUR)):
        minutes = HOUR / 2 if found["half"] else HOUR
        atoms.append(taken(marks, found, Atom("within", found.start(), minutes=minutes)))
    for found in list(marks.find(_WITHIN_HOURS)):
        minutes = int(found["h"]) * HOUR
        atoms.append(taken(marks, found, Atom("within", found.start(), minutes=minutes)))
    for found in list(marks.find(_WITHIN)):
        length = _length(marks, found, "lkmno")
        atom = Atom("within", found.start(), minutes=length.total_minutes)
        since: Days | None = marks.value(found, "d")
        if since is not None and since.days and not since.is_today:
            days = Days(calendar.run(since.days[0], max(1, length.total_minutes // DAY)))
            atom = Atom("days", found.start(), days=days)
        atoms.append(taken(marks, found, atom))
    return atoms


def _in(marks: Marks) -> list[Atom]:
    atoms = []
    for found in list(marks.find(_IN_ONE_OR_TWO)):
        length = _length(marks, found, "lmn")
        least, most = float(found["c"] or found["d"] or found["e"]), length.total_minutes
        unit = 1 if length.minutes < HOUR or length.minutes % HOUR else HOUR
        if length.is_of_days or least * unit >= most:
            continue
        first = Atom("in", found.start(), minutes=least * unit, length=most - least * unit)
        atoms.append(taken(marks, found, first))
    for found in list(marks.find(_IN)):
        length = _length(marks, found, "lkmno")
        if length.is_of_days:
            continue
        atom = Atom("in", found.start(), minutes=length.total_minutes)
        atoms.append(taken(marks, found, atom))
    return atoms


def _length(marks: Marks, found: re.Match[str], groups: str) -> Length:
    length: Length = marks.value(found, next(name for name in groups if found[name]))
    return length


_EXCEPT_TR = r" (?:haric\w*|disinda|olmasin|olmaz)(?= )(?! m[iu])"


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
        out = re.match(rf"(?: (?:ve|,|ile|and))*(?: {_D})*{_EXCEPT_TR}", after) or re.search(
            rf" (?:except|{but}but not|apart from|excluding|other than)(?: on| the| for)*"
            rf"(?: {_D}| and| or| ,)* $",
            before,
        )
        atom = Atom("days", found.start(), days=days, excluded=out is not None)
        atoms.append(taken(marks, found, atom))
    if all(atom.excluded for atom in atoms):
        return [replace(atom, excluded=False) for atom in atoms]
    return atoms

"""The time words of a canonical line: found, taken out, and what each says alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from whatsapp.nlu.clock import BOUNDS, CLOCK, DAY, HOUR, read_clock
from whatsapp.nlu.days import ANY_DAY, DATE_RUN, OF_A_PART, Days, read_date_run, read_days, run_of
from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.window import Atom, Window
from whatsapp.nlu.window_words import find_exact, find_parts, find_windows

_UNITS = {
    "sa": HOUR,
    "ho": HOUR,
    "hr": HOUR,
    "da": 1,
    "mi": 1,
    "gu": DAY,
    "we": 7 * DAY,
    "ha": 7 * DAY,
}
_UNITS |= {"ay": 30 * DAY, "mo": 30 * DAY}
_TR_UNIT = r"(?:saat|dakika|gun|hafta|ay)"
_EN_UNIT = r"(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?)"
_COUNT = r"(?:\d+(?:\.\d+)?|an?|the|bir)"

_WITHIN = (
    rf"(?:onumuzdeki |gelecek )?(?:en gec )?\d+(?:\.\d+)? {_TR_UNIT} (?:icinde|icerisinde"
    r"|zarfinda|icine)"
    rf"|onumuzdeki \d+(?:\.\d+)? {_TR_UNIT}(?:de|da|te|ta)?"
    rf"|\d+(?:\.\d+)? (?:saate|dakikaya|gune) kadar"
    rf"|(?:within|in under|in less than|inside|in the next|over the next|during the next)"
    rf" (?:the next |about )?{_COUNT} ?{_EN_UNIT}|(?:in )?(?:the )?next (?:hour"
    r"|half hour)|(?:for )?(?:the )?next \d+ (?:hours?|days?|weeks?)|(?:onumuzdeki"
    r"|gelecek) \d+ (?:gun|hafta|saat)|in the hour"
    rf"|less than {_COUNT} {_EN_UNIT}"
)
_IN = (
    r"\d+(?:\.\d+)? (?:saat|dakika) (?:sonra(?:ya|si|sina)?|icinde sonra)"
    r"|\d+(?:\.\d+)? (?:saate|dakikaya|saatte)"
    rf"|in (?:like |about |around )?{_COUNT} (?:hours?|hrs?|minutes?|mins?)(?: time)?"
    rf"|{_COUNT} (?:hours?|hrs?|minutes?|mins?) (?:from now|later)"
    rf"|{_COUNT} (?:hours?|hrs?|minutes?|mins?|saat|dakika)(?= (?:$|,))"
)
_NOW = (
    r"(?:hemen )?simdi(?:k)?|hemen|acil|ivedi|birazdan|(?:bir|1) ?azdan|az sonra|su an(?:da|lik)?"
    r"|derhal"
    r"|(?:right )?now|asap|immediately|urgent(?:ly)?|soon|straight away|right away|at once"
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


@dataclass(frozen=True, slots=True)
class Context:
    """Day and time that the question itself states."""

    days: Days | None = None
    window: Window | None = None


def context_atoms(question: Question | None, today: date) -> Context:
    """What an offer or a reminder says about its own day and time."""
    if question is None or question.ask not in ("offer", "reminder"):
        return Context()
    line = Scan(question.text, question.language).text
    clock = re.search(r"(?<= )\d{1,2}:\d\d(?=[ '])", line)
    day = rule(ANY_DAY).search(line)
    window = None
    if clock is not None:
        window = Window("exact", read_clock(clock.group()))
    days = read_days(day.group(), today) if day is not None and today > date.min else None
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
    atoms = [*_durations(scan), *_day_runs(scan, today), *_by_days(scan, today)]
    named = _days(scan, today, OF_A_PART)
    atoms += find_windows(scan)
    named += _days(scan, today, ANY_DAY, repeats=any(atom.days.repeats for atom in named))
    if all(atom.excluded for atom in named):
        named = [replace(atom, excluded=False) for atom in named]
    atoms += named
    atoms += find_exact(scan, question)
    atoms += [Atom("same", m.start()) for m in scan.take_all(_SAME, "intervals")]
    atoms += find_parts(scan)
    atoms += [Atom("now", m.start()) for m in scan.take_all(_NOW, "intervals")]
    return sorted(atoms, key=lambda atom: atom.start)


_SAME = r"ayni saat(?:te|ler|lerde|e)?|(?:at )?(?:the )?same time|same hour"


def _durations(scan: Scan) -> list[Atom]:
    atoms = [
        Atom("within", m.start(), minutes=_length(m.group()))
        for m in scan.take_all(_WITHIN, "intervals")
    ]
    atoms += [
        Atom("in", m.start(), minutes=_length(m.group())) for m in scan.take_all(_IN, "intervals")
    ]
    return [atom for atom in atoms if 0 < atom.minutes <= 366 * DAY]


def _length(words: str) -> float:
    """Minutes of a length of time in words; at least one."""
    count = re.search(r"\d+(?:\.\d+)?", words)
    number = float(count.group()) if count else 0.5 if "half" in words else 1.0
    units = re.search(rf"(?<=\b)(?:{_TR_UNIT}|{_EN_UNIT})", words)
    return number * _UNITS[units.group()[:2]] if units else 0


def _day_runs(scan: Scan, today: date) -> list[Atom]:
    """Days from one to another: "cumadan pazara kadar", "monday to friday", "3-5 ekim"."""
    atoms = []
    for found in rule(DATE_RUN).finditer(scan.text):
        if (days := read_date_run(found, today)).days:
            scan.cover(*found.span(), "intervals", "date run")
            atoms.append(Atom("days", found.start(), days=days))
    for pattern in _DAY_RUNS:
        for found in rule(pattern).finditer(scan.text):
            days = run_of(read_days(found["a"], today), read_days(found["b"], today))
            if days.days:
                scan.cover(*found.span(), "intervals", "day run")
                atoms.append(Atom("days", found.start(), days=days))
    return atoms


_DAY_RUNS = (
    rf"(?:from )?(?P<a>{ANY_DAY}) (?:-|to|through|thru|until|till|ile"
    rf"|ila) (?P<b>{ANY_DAY})(?: aras\w*)?",
    rf"between (?P<a>{ANY_DAY}) and (?P<b>{ANY_DAY})",
    rf"(?P<a>{ANY_DAY}) ve (?P<b>{ANY_DAY}) aras\w*",
    rf"(?P<a>{ANY_DAY})(?<=[dt][ae]n) (?P<b>{ANY_DAY})(?: kadar| dek)?",
)


def _by_days(scan: Scan, today: date) -> list[Atom]:
    """Spans from now to a day: its end, or its start with "before"."""
    atoms: list[Atom] = []
    patterns = (
        (
            r"(?:until|till|by|up to|no later than|latest|en gec)(?: on"
            rf"| the end of)? ({ANY_DAY})(?: {_PART_END})?(?! \d)",
            DAY,
        ),
        (rf"({ANY_DAY}) (?:gunune )?(?:kadar|dek|en gec)", DAY),
        (rf"before ({ANY_DAY})|({ANY_DAY}) once", 0),
    )
    for pattern, minutes in patterns:
        for found in scan.take_all(pattern, "intervals"):
            words = next(group for group in found.groups()[:2] if group)
            if (days := read_days(words, today)).days:
                end = _part_end(found.group(), minutes)
                atoms.append(Atom("by_day", found.start(), days=days, minutes=end))
    for pattern, span in _END_OF:
        atoms += [
            Atom("by_day", found.start(), days=read_days(span, today), minutes=DAY)
            for found in scan.take_all(pattern, "intervals")
        ]
    return atoms


_END_OF = (
    (r"ay sonuna kadar|(?:by|until|before) the end of (?:the|this) month", "bu ay"),
    (r"hafta sonuna kadar|(?:by|until) the end of (?:the|this) week", "bu hafta"),
)


_PART_END = r"(?:morning|noon|afternoon|evening|night)"


def _part_end(words: str, minutes: int) -> int:
    part = re.search(rf" ({_PART_END})$", words)
    return BOUNDS.get(part.group(1), minutes) if part else minutes


def _days(scan: Scan, today: date, pattern: str, *, repeats: bool = False) -> list[Atom]:
    atoms: list[Atom] = []
    scan.take_all(rf"(?:{ANY_DAY}) (?:gecti|degil(?: de)?)|not (?:{ANY_DAY})", "rejected")
    for found in rule(pattern).finditer(scan.text):
        days = read_days(found.group(), today)
        if not days.days:
            continue
        scan.cover(*found.span(), "intervals", "days")
        before, after = scan.whole[: found.start()], scan.whole[found.end() :]
        but = "but|" if repeats or any(atom.days.repeats for atom in atoms) else ""
        out = re.match(r" (?:haric|disinda|olmasin|olmaz)\b", after) or re.search(
            rf" (?:except|{but}but not|apart from|excluding)(?: on| the| for)? $", before
        )
        atoms.append(Atom("days", found.start(), days=days, excluded=out is not None))
    return atoms

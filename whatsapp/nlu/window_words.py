"""Words for times of the day: ranges, rough and open ones, exact ones, parts of the day."""

from __future__ import annotations

import re

from whatsapp.nlu.clock import ANY_PART, BOUNDS, CLOCK, HOUR, Clock, part_of, read_clock
from whatsapp.nlu.days import Days
from whatsapp.nlu.lengths import Length
from whatsapp.nlu.marks import Marks, case_of
from whatsapp.nlu.reading import Question
from whatsapp.nlu.window import Atom, Window

_MEETING = ("offer", "reminder", "ask_time", "s_confirm")
# "B" marks noon and midnight, which are times; "P" the other parts of the day.
_PART, _B, _D, _L = r"[PB][a-z]?~*", r"B[a-z]?~*", r"D[a-z]?~*", r"L[a-z]?~*"
_END = rf"(?:{CLOCK}|{_B})"
_WIDE_END = rf"(?:{CLOCK}|{_PART})"
_FROM = r"\d{1,2}(?::[0-5]\d|\.5)?'[dt][ae]n"
_TO = r"\d{1,2}(?::[0-5]\d|\.5)?'[yn]?[ae]"
_SAAT = r"(?:saat(?:ler\w*|i|leri)? )?"
_P = rf"(?:(?P<p>{_PART}) )?{_SAAT}"
_Q = rf"(?:(?P<q>{_PART}) )?(?:saat )?"
_R = rf"(?: (?:in the |at )?(?P<r>{_PART}))?"
# "6'dan erken olmasın", "4'ten önce gelemem" turn before into after.
_NOT = r"(?:olmasin|olmaz(?! m[iu])|kalmasin|\w+[ae]m[ae]m|\w+[ae]m[ae]y\w*|\w+[ae]m[iu]yor\w*)"
_NO_COUNT = r"(?! (?:kisi\w*|people|tane\w*|adet|tl|usd|eur|gbp|kg|kilo))"
# "Friday night" is the evening until midnight, unlike a night alone.
_AFTER_DAY = re.compile(r"(?:day|mon|tue|wed|thu|fri|sat|sun|tomorrow|next) $")

# "7'yi çeyrek geçe" holds no night ("gece").
# "gece lambası", "night cream": things named after their time.
_THING = re.compile(
    r" (?:lamba|elbise|krem|kiyafet|kulub|maske|serum|bakim|lamp|light|cream|dress|gown|stand|club"
    r"|vision|bag|shift|after)"
)
_PAST_THE_HOUR = re.compile(r"\d'[iuy]{1,2} (?:ceyrek|\d{1,2}) $")


def mark_parts(marks: Marks) -> None:
    """Mark parts of the day, ``B`` where they are also a time; nothing is taken yet."""
    for found in list(marks.find(rf"{ANY_PART}|(?<=~ )[ap]m")):
        if _PAST_THE_HOUR.search(marks.line[: found.start()]) or _THING.match(
            marks.scan.whole, found.end()
        ):
            continue
        name = {"am": "morning", "pm": "afternoon"}.get(found.group()) or part_of(found.group())
        last = found.group().rsplit(maxsplit=1)[-1]
        case = _part_case(last)
        marks.mark("B" if name in ("noon", "midnight") else "P", *found.span(), name, case)


def _part_case(word: str) -> str:
    """The Turkish case of a word for a part of the day: from "akşamdan", to "sabaha"."""
    stem = re.match(r"(?:aksamustu|aksam|sabah|oglen|ogle|ikindi|gece|yarisi|sonra)", word)
    return case_of(word[stem.end() :]) if stem is not None else ""


def find_windows(marks: Marks) -> list[Atom]:
    """Take ranges, rough times and open ends out of the line."""
    return [*_lasting(marks), *_ranges(marks), *_rough(marks), *_bounded(marks)]


def clock_at(marks: Marks, found: re.Match[str], group: str) -> Clock | None:
    """The time that a group names: a clock time, or where a part of the day begins."""
    words = found[group]
    if words[:1] not in ("P", "B"):
        return read_clock(words.strip())
    minute = BOUNDS.get(str(marks.value(found, group)))
    if minute is None:
        return None
    half = "am" if minute < 12 * HOUR else "pm" if minute == 12 * HOUR else ""
    return Clock(minute // HOUR, 0, half)


def _atom(
    marks: Marks, found: re.Match[str], kind: str, clocks: tuple[str, ...], minutes: int = 0
) -> Atom | None:
    """Take the match and make its window, unless a number in it is no time."""
    groups = found.groupdict()
    read = [clock_at(marks, found, name) for name in clocks if groups.get(name)]
    if any(clock is None for clock in read):
        return None
    parts = [
        str(next((marks.value(found, name) for name in names if groups.get(name)), ""))
        for names in ("pr", "q")
    ]
    before = marks.scan.whole[: found.start()].rsplit(maxsplit=1)[-1:]
    window = Window(
        kind, read[0], read[1] if len(read) > 1 else None, parts[0], parts[1], found.start(),
        bool({"or", "veya", "ya", "yada", "ve", "and"} & set(before)), minutes,
    )  # fmt: skip
    marks.take(*found.span(), kind)
    return Atom("window", found.start(), window=window)


def _each(marks: Marks, pattern: str, kind: str, clocks: tuple[str, ...]) -> list[Atom]:
    """Atoms of one pattern; ``clocks`` names its clock groups, ``p q r`` are parts of the day."""
    read = [_atom(marks, found, kind, clocks) for found in list(marks.find(pattern))]
    return [atom for atom in read if atom is not None]


def find_corrected(marks: Marks, question: Question | None) -> list[Atom]:
    """Take one time instead of another: "6 değil 7", "5 rather than 6", "ten to six"."""
    patterns = (
        rf"{_P}(?:saat )?(?:{CLOCK} (?:degil(?: de)?|yerine)|#{{1,2}} #{{5}}) {_Q}(?P<a>{CLOCK})",
        rf"{_P}(?P<a>{CLOCK}){_R} (?:rather than|instead of|not) (?:at )?{CLOCK}",
    )
    meeting = question is not None and question.ask in _MEETING
    atoms = []
    for pattern in patterns:
        for found in list(marks.find(pattern)):
            beside = f"{marks.line[: found.start()]}{found.group()} "
            if meeting or re.search(r"D[a-z]?~* |[PB][a-z]?~* |saat|\d:\d", beside):
                atoms += [atom for atom in [_atom(marks, found, "exact", ("a",))] if atom]
    for found in list(marks.find(r"(?<!from )(?<!between )(?P<n>10|20|25) to (?P<h>\d{1,2})")):
        typed = marks.scan.surface(*found.span("n"))
        clock = read_clock(f"{found['n']} minutes to {found['h']}")
        if typed.isalpha() and clock is not None:
            marks.take(*found.span(), "exact")
            window = Window("exact", clock, start=found.start())
            atoms.append(Atom("window", found.start(), window=window))
    return atoms


def _lasting(marks: Marks) -> list[Atom]:
    """A time with how long from it: "from 9 for 2.5 hours", "5'ten itibaren 2 saat"."""
    patterns = (
        rf"{_P}(?:(?:from|at|starting at|starting from) )?(?P<a>{CLOCK}) for (?P<l>{_L})",
        rf"{_P}(?P<a>{_FROM}) (?:itibaren|sonra) (?P<l>{_L})(?! sonra)",
    )
    atoms = []
    for pattern in patterns:
        for found in list(marks.find(pattern)):
            length: Length = marks.value(found, "l")
            atom = _atom(marks, found, "lasting", ("a",), length.total_minutes)
            if atom is not None:
                atoms.append(atom)
    return atoms


def _ranges(marks: Marks) -> list[Atom]:
    a, b = rf"(?P<a>{_END})", rf"(?P<b>{_END})"
    patterns = (
        rf"{_P}(?:between|from) (?:at )?(?P<a>{_WIDE_END})(?: (?:in the )?{_PART})?"
        rf" (?:and|&|to|till?|until|-) (?:at )?{_Q}(?P<b>{_WIDE_END}){_R}",
        rf"{_P}(?P<a>{_FROM}|[PB]f~*) (?:itibaren )?{_Q}(?P<b>{_TO}|[PB]t~*)(?: kadar| dek)?",
        rf"{_P}(?P<a>{_FROM}) sonra (?:ama |ve )?{_Q}(?P<b>{_FROM}) (?:once|evvel)\w*",
        rf"(?:after|from) {a}{_R} (?:but |and |, )?(?:before|until|till) {b}",
        rf"{_P}{a} (?:-|ile|ila|ve|[iu]?y?l[ae]) {_Q}{b} (?:aras\w*|aralig\w*)",
        rf"{_P}{a} {_Q}{b} (?:aras\w*|aralig\w*)",
        rf"{_P}{a}(?:(?: in the)? {_PART})? (?:-|to|till?|until|ile|ila|thru) {_Q}{b}{_R}"
        rf"{_NO_COUNT}",
        rf"(?P<a>{_PART}) (?:-|to|till?|until) (?P<b>{_PART})",
    )
    return [atom for pattern in patterns for atom in _each(marks, pattern, "range", ("a", "b"))]


def _rough(marks: Marks) -> list[Atom]:
    a, b = rf"(?P<a>{CLOCK})", rf"(?P<b>{CLOCK})"
    patterns = (
        rf"{_P}{a} {b} (?:gibi|civar\w*|sular\w*|falan|filan)(?: gibi)?",
        rf"{_P}(?:(?:around|about|at|like|say) )?{a} or {b}(?: ish)?{_R}",
        rf"{_P}{a} (?:gibi\w*|civar\w*|sular\w*|falan|filan|dogru|ish)(?: gibi)?{_R}",
        rf"{_P}(?:around|about|approximately|approx|roughly|circa|like"
        rf"|towards|yaklasik) (?:at )?{a}(?: ish)?{_R}",
    )
    atoms = [atom for pattern in patterns for atom in _each(marks, pattern, "around", ("a", "b"))]
    for found in list(marks.find(r"(?P<a>\d{1,2}(?::[0-5]\d)?) ish (?P<h>am|pm)")):
        clock = read_clock(f"{found['a']} {found['h']}")
        if clock is not None:
            marks.take(*found.span(), "around")
            atoms.append(Atom("window", found.start(), window=Window("around", clock)))
    return atoms


def _bounded(marks: Marks) -> list[Atom]:
    clock = rf"(?P<a>{_END})"
    after = (
        rf"{_P}(?P<a>{_FROM}) (?:once|evvel|erken) {_NOT}",
        rf"{_P}(?:en erken|no earlier than|not earlier than) (?:at )?(?:saat )?"
        rf"(?P<a>{_END})(?:'\w+)?",
        rf"{_P}(?P<a>{_FROM}) (?:sonra(?:si|ya|sinda)?|itibaren|beri)(?! {_NOT})",
        r"(?P<a>[PB]f~*) (?:sonra(?:si|ya|sinda)?|itibaren|beri)",
        rf"{_P}(?:any ?time )?(?:after|from|since|not before|as early as) (?:about |at )?{clock}"
        rf"(?: (?:on|onwards?))?{_R}",
        rf"{_P}{clock} (?:onwards?|or later|sonrasi\w*)",
    )
    before = (
        rf"{_P}(?P<a>{_FROM}) (?:sonra|gec)(?:ye)? {_NOT}",
        rf"{_P}en gec (?:(?P<r>{_PART}) )?(?:saat )?(?P<a>{_END})(?:'\w+)?",
        rf"{_P}(?P<a>{_TO}) (?:kadar|dek|degin)(?: olan)?",
        rf"{_P}(?P<a>{_FROM}) once",
        rf"(?P<a>{_B}) (?:kadar|dek)",
        rf"{_P}{clock} (?:kadar gec|at the latest|oncesi\w*)",
        rf"{_P}(?:between now and|from now (?:to|till?|until)|until|till?|before|by(?! at)"
        r"|no later than|not later than|latest|as late as|en gec)"
        rf" (?:about |at )?{clock}{_R}",
        r"(?P<a>Pt?~*) (?:kadar|dek)|(?:until|till?|by) (?:the |this )?(?P<b>P~*)",
    )
    atoms = [atom for pattern in after for atom in _each(marks, pattern, "after", ("a",))]
    return atoms + [
        atom for pattern in before for atom in _each(marks, pattern, "before", ("a", "b"))
    ]


def find_across(marks: Marks) -> list[Atom]:
    """Take spans from a time of one day to a time of another out of the line."""
    atoms = []
    a, b = rf"(?P<a>{_WIDE_END})", rf"(?P<b>{_WIDE_END})"
    day, last = rf"(?P<d>{_D})", rf"(?P<e>{_D})"
    to = r"(?:to|till|until|through|-|ile)"
    patterns = (
        rf"(?:from |between )?{day} (?:at |saat )?{a} (?:{to}|and) {last} (?:at |saat )?{b}",
        rf"(?:from )?{day} (?:saat )?{a} {last} (?:saat )?{b} (?:kadar|dek)",
        rf"(?:from )?(?:saat )?{a} (?:on )?{day} {to} (?:at )?{b} (?:on )?{last}",
        rf"(?:from )?(?:saat )?{a}(?: {day})? {to} {last} (?:at |saat )?{b}",
        rf"(?:saat )?(?P<a>{_FROM}) {last} (?:saat )?(?P<b>{_WIDE_END}) (?:kadar|dek)",
    )
    for pattern in patterns:
        for found in list(marks.find(pattern)):
            first, end = clock_at(marks, found, "a"), clock_at(marks, found, "b")
            days: Days | None = marks.value(found, "d")
            until: Days = marks.value(found, "e")
            if first is None or end is None or not until.days:
                continue
            part = str(marks.value(found, "b") or "")
            window = Window("across", first, end, last_part=part, start=found.start())
            marks.take(*found.span(), "across")
            atoms.append(
                Atom("across", found.start(), days or Days(()), window=window, until=until)
            )
    return atoms + _day_inside(marks)


def _day_inside(marks: Marks) -> list[Atom]:
    """Ranges with the day inside: "between 2:00 tomorrow and 4:00"."""
    atoms = []
    pattern = (
        rf"(?:between|from) (?P<a>{_END}) (?:on )?(?P<d>{_D}) (?:and|to|until|till) (?P<b>{_END})"
    )
    for found in list(marks.find(pattern)):
        days: Days = marks.value(found, "d")
        atom = _atom(marks, found, "range", ("a", "b"))
        if atom is not None:
            atoms += [Atom("days", found.start(), days=days), atom]
    return atoms


def find_exact(marks: Marks, question: Question | None) -> list[Atom]:
    """Take exact times out of the line; a bare number is one when a time was asked."""
    hour = r"\d{1,2}(?::[0-5]\d|\.5)?"
    ends = (
        r"(?= (?:$|[,.;!?#)]|(?:olur|olsun|uygun|iyi|musait|icin|da|de|ya|veya|or|and|then"
        r"|please|would|works)(?: |$)))"
    )
    patterns = [
        rf"{_P}(?:saat(?:i|te)?|at|@) (?P<a>{CLOCK}){_R}",
        rf"(?P<a>12) (?P<r>{_B})|(?P<q>{_B}) (?:saat )?(?P<b>12(?:'[dt][ae])?)",
        rf"{_P}(?P<a>{hour} (?:am|pm|a m|p m|o'?clock)|\d{{1,2}}:[0-5]\d(?:'[a-z]+)?){_R}",
        rf"{_P}(?P<a>{hour}'[dt][ae]){_R}",
        rf"{_P}(?P<a>(?:half past|quarter (?:past|to|of|before|after)|half|(?:5|10|20"
        rf"|25) past|\d{{1,2}} min(?:ute)?s? (?:past|to|before|after)) \d{{1,2}}(?: [ap]m)?){_R}",
        rf"{_P}(?P<a>\d{{1,2}}'[iuyae]{{1,2}} (?:ceyrek|\d{{1,2}}) (?:gece\w*|geciyor"
        rf"|kala|var\w*)){_R}",
        rf"(?P<p>{_PART}) (?:saat )?(?P<a>{hour}){ends}",
        rf"(?P<a>{hour}) (?:in the |at )(?P<p>[PB]~*)",
        rf"say (?P<a>{hour})",
        rf"(?<=[~#] )(?P<a>{hour}'y?[ae])(?= (?:cek|al|kaydir|ertele|koy|tasi|yap|ayarla))",
    ]
    atoms = [atom for pattern in patterns for atom in _each(marks, pattern, "exact", ("a", "b"))]
    return atoms + _said_bare(marks, question)


def _said_bare(marks: Marks, question: Question | None) -> list[Atom]:
    """Numbers that are times since a time was asked, or "9 da" at the head of a wish."""
    patterns = [rf"(?<=^ )(?:(?:{_D} )?)(?P<a>\d{{1,2}}(?::[0-5]\d|\.5)?) d[ae](?= \w)"]
    if question is not None and question.ask in _MEETING:
        patterns = [
            r"(?P<a>\d{1,2}(?::[0-5]\d|\.5)?(?:'[a-z]+)?)(?! (?:kisi|people|tl|tane|adet"
            r"|saat|dakika|hour|min))"
        ]
    atoms = []
    for pattern in patterns:
        for found in list(marks.find(pattern)):
            if marks.scan.surface(*found.span("a")).lower() not in ("bi", "bir", "a", "one"):
                atoms += [atom for atom in [_atom(marks, found, "exact", ("a",))] if atom]
    return atoms


def find_parts(marks: Marks) -> list[Atom]:
    """Take parts of the day out of the line."""
    atoms = []
    for found in list(marks.find(rf"(?:in the |at |during the )?(?P<p>{_PART})")):
        name = str(marks.value(found, "p"))
        if name == "night" and _AFTER_DAY.search(marks.scan.whole[: found.start("p")]):
            name = "tonight"
        marks.take(*found.span(), "part")
        if name == "midnight":
            window = Window("exact", Clock(24), start=found.start())
            atoms.append(Atom("window", found.start(), window=window))
        elif name:
            atoms.append(Atom("part", found.start(), part=name))
    return atoms

"""Words for times of the day: ranges, rough and open ones, exact ones, parts of the day."""

from __future__ import annotations

import re

from whatsapp.nlu.clock import ANY_PART, CLOCK, Clock, part_of, read_clock
from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan, rule
from whatsapp.nlu.window import Atom, Window

_MEETING = ("offer", "reminder", "ask_time", "s_confirm")
_BOUND = r"(?:noon|midday|midnight|gece yarisi\w*|ogle(?:n|nden|den)?)"
_END = rf"(?:{CLOCK}|{_BOUND})"
_FROM = r"\d{1,2}(?::[0-5]\d|\.5)?'[dt][ae]n"
_TO = r"\d{1,2}(?::[0-5]\d|\.5)?'[yn]?[ae]"
_P = rf"(?:(?P<p>{ANY_PART}) )?(?:saat(?:ler\w*|i|leri)? )?"
_Q = rf"(?:(?P<q>{ANY_PART}) )?(?:saat )?"
_R = rf"(?: (?:in the |at )?(?P<r>{ANY_PART}))?"
# "Friday night" is the evening until midnight, unlike a night alone.
_AFTER_DAY = re.compile(r"(?:day|mon|tue|wed|thu|fri|sat|sun|tomorrow) $")


def find_windows(scan: Scan) -> list[Atom]:
    """Take ranges, rough times and open ends out of ``scan``."""
    return [*_ranges(scan), *_rough(scan), *_bounded(scan)]


def _atom(
    scan: Scan, found: re.Match[str], kind: str, clocks: list[str], parts: list[str]
) -> Atom | None:
    """Cover the match and make its window, unless a number in it is no time."""
    read = [_clock(words) for words in clocks]
    if any(clock is None for clock in read):
        return None
    names = [part_of(part or "") for part in parts] + ["", ""]
    scan.cover(*found.span(), "intervals", kind)
    before = scan.whole[: found.start()].rsplit(maxsplit=2)[-2:]
    window = Window(
        kind, read[0], read[1] if len(read) > 1 else None, names[0], names[1], found.start(),
        bool({"or", "veya", "ya", "yada", "ve", "and"} & set(before[-1:])),
    )  # fmt: skip
    return Atom("window", found.start(), window=window)


def _clock(words: str) -> Clock | None:
    words = words.strip()
    if re.match(r"noon|midday|ogle", words):
        return Clock(12, 0, "pm")
    if re.match(r"midnight|gece yarisi", words):
        return Clock(24)
    return read_clock(words)


def _each(scan: Scan, pattern: str, kind: str, clocks: tuple[str, ...]) -> list[Atom]:
    """Atoms of one pattern; ``clocks`` names its clock groups, ``p q r`` are parts of the day."""
    atoms = []
    for found in rule(pattern).finditer(scan.text):
        groups = found.groupdict()
        words = [groups[name] for name in clocks if groups.get(name)]
        parts = [(groups.get("p") or "") or (groups.get("r") or ""), groups.get("q") or ""]
        if (atom := _atom(scan, found, kind, words, parts)) is not None:
            atoms.append(atom)
    return atoms


def _ranges(scan: Scan) -> list[Atom]:
    a, b = rf"(?P<a>{_END})", rf"(?P<b>{_END})"
    patterns = (
        rf"{_P}(?:between|from) (?:at )?{a} (?:and|to|till?|until|-) {b}{_R}",
        rf"{_P}(?P<a>{_FROM}) (?:itibaren )?{_Q}(?P<b>{_TO})(?: kadar| dek)?",
        rf"{_P}{a} (?:-|ile|ila|ve) {_Q}{b} (?:aras\w*|aralig\w*)",
        rf"{_P}{a} {_Q}{b} (?:aras\w*|aralig\w*)",
        rf"{_P}{a} (?:-|to|till?|until|ile|ila) {_Q}{b}{_R}(?! (?:kisi|people|tane|adet|tl))",
    )
    return [atom for pattern in patterns for atom in _each(scan, pattern, "range", ("a", "b"))]


def _rough(scan: Scan) -> list[Atom]:
    a, b = rf"(?P<a>{CLOCK})", rf"(?P<b>{CLOCK})"
    patterns = (
        rf"{_P}{a} {b} (?:gibi|civar\w*|sular\w*|falan)(?: gibi)?",
        rf"{_P}(?:(?:around|about|at|like|say) )?{a} or {b}(?: ish)?{_R}",
        rf"{_P}{a} (?:gibi|civar\w*|sular\w*|falan|dogru|ish)(?: gibi)?{_R}",
        rf"{_P}(?:around|about|approximately|approx|roughly|circa|like"
        rf"|towards) (?:at )?{a}(?: ish)?{_R}",
    )
    atoms = [atom for pattern in patterns for atom in _each(scan, pattern, "around", ("a", "b"))]
    half = r"(?P<a>\d{1,2}(?::[0-5]\d)?) ish (?P<h>am|pm)"
    read = [
        _atom(scan, found, "around", [f"{found['a']} {found['h']}"], [])
        for found in rule(half).finditer(scan.text)
    ]
    return atoms + [atom for atom in read if atom is not None]


def _bounded(scan: Scan) -> list[Atom]:
    clock = rf"(?P<a>{_END})"
    after = (
        rf"{_P}(?P<a>{_FROM}) (?:sonra(?:si|ya|sinda)?|itibaren|beri|gec)",
        rf"{_P}(?:any ?time )?(?:after|from|since|not before) (?:about )?{clock}(?: (?:on"
        rf"|onwards?))?{_R}",
        rf"{_P}{clock} (?:onwards?|or later|sonrasi)",
    )
    before = (
        rf"en gec (?:(?P<r>{ANY_PART}) )?(?:saat )?{clock}",
        rf"{_P}(?P<a>{_TO}) (?:kadar|dek|degin)(?: olan)?",
        rf"{_P}(?P<a>{_FROM}) once",
        rf"{_P}(?P<a>ogle(?:n|ne|ye)?|gece yarisina) kadar",
        rf"{_P}(?:between now and|from now (?:to|till?|until)|until|till?|before(?! noon"
        r"| midday)|by|no later than|not later than|latest|en gec)"
        rf" (?:about |at )?{clock}{_R}",
    )
    atoms = [atom for pattern in after for atom in _each(scan, pattern, "after", ("a",))]
    atoms += [atom for pattern in before for atom in _each(scan, pattern, "before", ("a",))]
    for found in scan.take_all(
        r"(?:aksama|sabaha) kadar|(?:until|till?|by) (?:the |this )?(?:evening|tonight)",
        "intervals",
    ):
        hour = 6 if "sabah" in found.group() else 18
        atoms.append(
            Atom(
                "window",
                found.start(),
                window=Window("before", Clock(hour, 0, "am" if hour == 6 else "")),
            )
        )
    return atoms


def find_exact(scan: Scan, question: Question | None) -> list[Atom]:
    """Take exact times out of ``scan``; a bare number is one when a time was asked."""
    hour = r"\d{1,2}(?::[0-5]\d|\.5)?"
    ends = (
        r"(?= (?:$|[,.;!?#)]|olur|olsun|uygun|iyi|musait|icin|da|de|ya|veya|or|and|then"
        r"|please|would|works))"
    )
    patterns = [
        rf"{_P}(?:saat(?:i|te)?|at|@) (?P<a>{CLOCK}){_R}",
        rf"{_P}(?P<a>{hour} (?:am|pm|a m|p m|o'?clock)|\d{{1,2}}:[0-5]\d(?:'[a-z]+)?){_R}",
        rf"{_P}(?P<a>{hour}'[dt][ae]){_R}",
        rf"{_P}(?P<a>(?:half past|quarter (?:past|to)|half|(?:5|10|20"
        rf"|25) (?:minutes )?past) \d{{1,2}}(?: [ap]m)?){_R}",
        rf"{_P}(?P<a>\d{{1,2}}'[iuyae]{{1,2}} (?:ceyrek|\d{{1,2}}) (?:gece\w*|geciyor"
        rf"|kala|var\w*)){_R}",
        rf"(?P<p>{ANY_PART}) (?:saat )?(?P<a>{hour}){ends}",
        rf"(?P<a>{hour}) (?:in the |at )(?P<p>morning|afternoon|evening|night)",
        rf"say (?P<a>{hour})",
    ]
    if question is not None and question.ask in _MEETING:
        patterns.append(
            r"(?P<a>\d{1,2}(?::[0-5]\d|\.5)?(?:'[a-z]+)?)(?! (?:kisi|people|tl|tane|adet"
            r"|saat|dakika|hour|min))"
        )
    return [atom for pattern in patterns for atom in _each(scan, pattern, "exact", ("a",))]


def find_parts(scan: Scan) -> list[Atom]:
    """Take parts of the day out of ``scan``."""
    atoms = []
    for found in scan.take_all(ANY_PART, "intervals"):
        name = part_of(found.group())
        if name == "night" and _AFTER_DAY.search(scan.whole[: found.start()]):
            name = "tonight"
        if name == "midnight":
            atoms.append(
                Atom(
                    "window", found.start(), window=Window("exact", Clock(24), start=found.start())
                )
            )
        elif name:
            atoms.append(Atom("part", found.start(), part=name))
    return atoms

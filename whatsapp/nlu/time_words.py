"""The time words of a canonical line: found, taken out, and what each says alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from whatsapp.nlu.clock import (
    ANY_PART,
    BOUNDS,
    CLOCK,
    DAY,
    HOUR,
    NOON,
    PARTS,
    SLACK,
    Clock,
    part_of,
    read_clock,
)
from whatsapp.nlu.days import ANY_DAY, DATE_RUN, OF_A_PART, Days, read_date_run, read_days, run_of
from whatsapp.nlu.reading import Question
from whatsapp.nlu.scan import Scan, rule

_MEETING = ("offer", "reminder", "ask_time", "s_confirm")
_SAID = r"(?:saat(?:i|leri|ler)? |at |@ )?"
_PART = rf"(?:(?:{ANY_PART}) )?{_SAID}"
_BOUND = r"(?:noon|midday|midnight|gece yarisi\w*|ogle(?:n|nden|den)?)"
_END = rf"(?:{CLOCK}|{_BOUND})"
_FROM = r"\d{1,2}(?::[0-5]\d|\.5)?'[dt][ae]n"
_TO = r"\d{1,2}(?::[0-5]\d|\.5)?'[yn]?[ae]"
_OF_DAY = rf"(?: (?:in the |at )?(?:{ANY_PART}))?"
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
    rf"(?:onumuzdeki |gelecek )?(?:en gec )?\d+(?:\.\d+)? {_TR_UNIT} (?:icinde|icerisinde|zarfinda|icine)"
    rf"|onumuzdeki \d+(?:\.\d+)? {_TR_UNIT}(?:de|da|te|ta)?"
    rf"|\d+(?:\.\d+)? (?:saate|dakikaya|gune) kadar"
    rf"|(?:within|in under|in less than|inside|in the next|over the next|during the next)"
    rf" (?:the next |about )?{_COUNT} ?{_EN_UNIT}|(?:in )?(?:the )?next (?:hour|half hour)|(?:for )?(?:the )?next \d+ (?:hours?|days?|weeks?)|(?:onumuzdeki|gelecek) \d+ (?:gun|hafta|saat)|in the hour"
    rf"|less than {_COUNT} {_EN_UNIT}"
)
_IN = (
    r"\d+(?:\.\d+)? (?:saat|dakika) (?:sonra(?:ya|si|sina)?|icinde sonra)|\d+(?:\.\d+)? (?:saate|dakikaya|saatte)"
    rf"|in (?:like |about |around )?{_COUNT} (?:hours?|hrs?|minutes?|mins?)(?: time)?"
    rf"|{_COUNT} (?:hours?|hrs?|minutes?|mins?) (?:from now|later)"
)
_NOW = (
    r"(?:hemen )?simdi(?:k)?|hemen|acil|ivedi|birazdan|bir ?azdan|az sonra|su an(?:da|lik)?|derhal"
    r"|(?:right )?now|asap|immediately|urgent(?:ly)?|soon|straight away|right away|at once"
)
_ANY_TIME = (
    r"ne zaman (?:olursa|olsa|istersen(?:iz)?|isterseniz|uygunsa)(?: olsun| olur| gelirim| uyar)?|her zaman(?: olur)?"
    r"|(?:zaman|saat)(?:i)? (?:fark etmez|farketmez|onemli degil)|her saat(?: olur)?|istedigin(?:iz)? zaman"
    r"|any ?time(?: works| is fine| will do)?|whenever|at any time|time (?:doesn'?t matter|is flexible)"
    r"|i'?m flexible|all the time"
)
_ANY_WHEN_ASKED = r"fark ?etmez|farketmez|hepsi olur|hepsi uyar|any|i don'?t mind|don'?t care|doesn'?t matter|flexible"


@dataclass(frozen=True, slots=True)
class Window:
    """A time of the day as said; ``kind`` is exact, around, after, before, range or part."""

    kind: str
    first: Clock | None = None
    last: Clock | None = None
    part: str = ""
    last_part: str = ""
    start: int = 0
    alternative: bool = False

    def within(self, part: str) -> Window:
        """This window with a part of the day where none was said."""
        return self if self.part else replace(self, part=part)

    def is_apart(self, part: str, at: int) -> bool:
        """Whether the part of the day at ``at`` is a time of its own beside this window."""
        clear = self.first is not None and self.first.is_clear
        if self.part or (clear and self.first is not None and not _holds(part, self.first)):
            return True
        return self.alternative and at < self.start

    def minutes(self, passed: int | None) -> tuple[int, int]:
        """Start and end in minutes of the day; ``passed`` is how much of today is over."""
        if self.first is None:
            return PARTS[self.part or "all day"]
        if self.kind == "range" and self.last is not None:
            return self._range(self.first, self.last, passed)
        at = self.first.minutes(self.part)
        if self._moves(at, at, passed):
            at += 12 * HOUR
        if self.kind == "after":
            return at, DAY if at < DAY else at + 2 * HOUR
        if self.kind == "before":
            return 0, at
        end = at + SLACK
        if self.last is not None:
            end = _next_after(self.last, at) + SLACK
        return (max(at - SLACK, 0) if self.kind == "around" else at), end

    def _moves(self, start: int, end: int, passed: int | None) -> bool:
        """Whether an undecided morning hour means the evening, since it has passed today."""
        unclear = self.first is not None and not self.first.is_clear and not self.part
        return unclear and start < NOON and passed is not None and end < passed

    def _range(self, first: Clock, last: Clock, passed: int | None) -> tuple[int, int]:
        if last.half and not first.half and not first.is_clear and not self.part:
            end = last.minutes()
            start = replace(first, half=last.half).minutes()
            other = "am" if last.half == "pm" else "pm"
            return (start if start < end else replace(first, half=other).minutes()), end
        start = first.minutes(self.part)
        end = last.minutes(self.last_part) if self.last_part or last.half else -1
        if end <= start:
            end = _next_after(last, start)
        if self._moves(start, end - 1, passed):
            start, end = start + 12 * HOUR, end + 12 * HOUR
        return start, end


def _holds(part: str, clock: Clock) -> bool:
    first, last = PARTS.get(part, (0, DAY))
    return first <= clock.minutes() <= last


def _next_after(clock: Clock, start: int) -> int:
    """The first time after ``start`` at which the hands stand so."""
    step = DAY if clock.is_clear else 12 * HOUR
    at = (
        clock.hour % 24 * HOUR + clock.minute
        if clock.is_clear
        else clock.hour % 12 * HOUR + clock.minute
    )
    if clock.half:
        at = clock.minutes()
    while at <= start:
        at += step
    return at


@dataclass(frozen=True, slots=True)
class Atom:
    """One time expression: ``kind`` days, part, window, same, now, within, in or by_day."""

    kind: str
    start: int
    days: Days = Days(())
    part: str = ""
    window: Window | None = None
    minutes: float = 0
    excluded: bool = False


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
    atoms += _windows(scan)
    named += _days(scan, today, ANY_DAY, repeats=any(atom.days.repeats for atom in named))
    if all(atom.excluded for atom in named):
        named = [replace(atom, excluded=False) for atom in named]
    atoms += named
    atoms += _exact(scan, question)
    atoms += [Atom("same", m.start()) for m in scan.take_all(_SAME, "intervals")]
    atoms += _parts(scan)
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
    rf"(?:from )?(?P<a>{ANY_DAY}) (?:-|to|through|thru|until|till|ile|ila) (?P<b>{ANY_DAY})(?: aras\w*)?",
    rf"between (?P<a>{ANY_DAY}) and (?P<b>{ANY_DAY})",
    rf"(?P<a>{ANY_DAY}) ve (?P<b>{ANY_DAY}) aras\w*",
    rf"(?P<a>{ANY_DAY})(?<=[dt][ae]n) (?P<b>{ANY_DAY})(?: kadar| dek)?",
)


def _by_days(scan: Scan, today: date) -> list[Atom]:
    """Spans from now to a day: its end, or its start with "before"."""
    atoms = []
    patterns = (
        (
            rf"(?:until|till|by|up to|no later than|latest|en gec)(?: on| the end of)? ({ANY_DAY})(?: {_PART_END})?(?! \d)",
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
    for found in scan.take_all(
        r"ay sonuna kadar|(?:by|until|before) the end of (?:the|this) month", "intervals"
    ):
        atoms.append(Atom("by_day", found.start(), days=read_days("bu ay", today), minutes=DAY))
    for found in scan.take_all(
        r"hafta sonuna kadar|(?:by|until) the end of (?:the|this) week", "intervals"
    ):
        atoms.append(Atom("by_day", found.start(), days=read_days("bu hafta", today), minutes=DAY))
    return atoms


_PART_END = r"(?:morning|noon|afternoon|evening|night)"


def _part_end(words: str, minutes: int) -> int:
    part = re.search(rf" ({_PART_END})$", words)
    return BOUNDS.get(part.group(1), minutes) if part else minutes


def _windows(scan: Scan) -> list[Atom]:
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
    """Atoms of one pattern whose clock groups are named in ``clocks``; parts are ``p`` and ``q``."""
    atoms = []
    for found in rule(pattern).finditer(scan.text):
        groups = found.groupdict()
        words = [groups[name] for name in clocks if groups.get(name)]
        parts = [(groups.get("p") or "") or (groups.get("r") or ""), groups.get("q") or ""]
        if (atom := _atom(scan, found, kind, words, parts)) is not None:
            atoms.append(atom)
    return atoms


_P = rf"(?:(?P<p>{ANY_PART}) )?(?:saat(?:ler\w*|i|leri)? )?"
_Q = rf"(?:(?P<q>{ANY_PART}) )?(?:saat )?"
_R = rf"(?: (?:in the |at )?(?P<r>{ANY_PART}))?"


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
        rf"{_P}(?:around|about|approximately|approx|roughly|circa|like|towards) (?:at )?{a}(?: ish)?{_R}",
    )
    atoms = [atom for pattern in patterns for atom in _each(scan, pattern, "around", ("a", "b"))]
    half = r"(?P<a>\d{1,2}(?::[0-5]\d)?) ish (?P<h>am|pm)"
    return atoms + _half_after(scan, half) if scan.has(half) else atoms


def _half_after(scan: Scan, pattern: str) -> list[Atom]:
    atoms = []
    for found in rule(pattern).finditer(scan.text):
        if (atom := _atom(scan, found, "around", [f"{found['a']} {found['h']}"], [])) is not None:
            atoms.append(atom)
    return atoms


def _bounded(scan: Scan) -> list[Atom]:
    clock = rf"(?P<a>{_END})"
    after = (
        rf"{_P}(?P<a>{_FROM}) (?:sonra(?:si|ya|sinda)?|itibaren|beri|gec)",
        rf"{_P}(?:any ?time )?(?:after|from|since|not before) (?:about )?{clock}(?: (?:on|onwards?))?{_R}",
        rf"{_P}{clock} (?:onwards?|or later|sonrasi)",
    )
    before = (
        rf"{_P}(?P<a>{_TO}) (?:kadar|dek|degin)(?: olan)?",
        rf"{_P}(?P<a>{_FROM}) once",
        rf"{_P}(?P<a>ogle(?:n|ne|ye)?|gece yarisina) kadar",
        rf"{_P}(?:between now and|from now (?:to|till?|until)|until|till?|before(?! noon| midday)|by|no later than|not later than|latest|en gec)"
        rf" (?:about |at )?{clock}{_R}",
    )
    atoms = [atom for pattern in after for atom in _each(scan, pattern, "after", ("a",))]
    atoms += [atom for pattern in before for atom in _each(scan, pattern, "before", ("a",))]
    for found in scan.take_all(
        rf"(?:aksama|sabaha) kadar|(?:until|till?|by) (?:the |this )?(?:evening|tonight)",
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


def _days(scan: Scan, today: date, pattern: str, *, repeats: bool = False) -> list[Atom]:
    atoms = []
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


def _exact(scan: Scan, question: Question | None) -> list[Atom]:
    hour = r"\d{1,2}(?::[0-5]\d|\.5)?"
    ends = r"(?= (?:$|[,.;!?#)]|olur|olsun|uygun|iyi|musait|icin|da|de|ya|veya|or|and|then|please|would|works))"
    patterns = [
        rf"{_P}(?:saat(?:i|te)?|at|@) (?P<a>{CLOCK}){_R}",
        rf"{_P}(?P<a>{hour} (?:am|pm|a m|p m|o'?clock)|\d{{1,2}}:[0-5]\d(?:'[a-z]+)?){_R}",
        rf"{_P}(?P<a>{hour}'[dt][ae]){_R}",
        rf"{_P}(?P<a>(?:half past|quarter (?:past|to)|half|(?:5|10|20|25) (?:minutes )?past) \d{{1,2}}(?: [ap]m)?){_R}",
        rf"{_P}(?P<a>\d{{1,2}}'[iuyae]{{1,2}} (?:ceyrek|\d{{1,2}}) (?:gece\w*|geciyor|kala|var\w*)){_R}",
        rf"(?P<p>{ANY_PART}) (?:saat )?(?P<a>{hour}){ends}",
        rf"(?P<a>{hour}) (?:in the |at )(?P<p>morning|afternoon|evening|night)",
        rf"say (?P<a>{hour})",
    ]
    if question is not None and question.ask in _MEETING:
        patterns.append(
            r"(?P<a>\d{1,2}(?::[0-5]\d|\.5)?(?:'[a-z]+)?)(?! (?:kisi|people|tl|tane|adet|saat|dakika|hour|min))"
        )
    return [atom for pattern in patterns for atom in _each(scan, pattern, "exact", ("a",))]


# "Friday night" is the evening until midnight, unlike a night alone.
_AFTER_DAY = re.compile(r"(?:day|mon|tue|wed|thu|fri|sat|sun|tomorrow) $")


def _parts(scan: Scan) -> list[Atom]:
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

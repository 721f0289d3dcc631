"""Opening hours as a seller says them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from whatsapp.nlu.clock import CLOCK, DAY, HOUR, Clock, read_clock
from whatsapp.nlu.day_names import mark_names
from whatsapp.nlu.marks import WEEKDAY, Marks
from whatsapp.nlu.reading import Hours
from whatsapp.nlu.scan import Scan
from whatsapp.nlu.window_words import mark_parts

_ALL = (1, 2, 3, 4, 5, 6, 7)
# Whoever opens at 8 and closes at 10 does so in the evening.
_SHORT = 4 * HOUR
_ALWAYS = (
    r"7/24|24/7|(?:7 gun )?24 saat(?: 7 gun)?|24 hours(?: a day)?|(?:a)?round the clock|non ?stop"
    r"|all day every day"
)
_W = rf"{WEEKDAY}"
_AND = r"(?:,|ve|and|&|or|veya)"
# Sets of days become ``S``, hours ``T``; "closed" and "except" are words between them.
_RUN = (
    rf"(?P<a>{_W}) (?:-|ile|ila|to|through|thru|till|until|den|dan) (?P<b>{_W})"
    rf"|(?:from )?(?P<c>Wf~*) (?P<d>{_W})(?: kadar)?|(?P<e>{_W}) (?P<f>{_W}) aras\w*"
)
_LIST = rf"(?P<l>{_W}(?:(?: {_AND})* {_W})*)"
_NAMED = (
    (r"(?:on )?(?:hafta ?ici\w*|week ?days?|is gunleri\w*)(?: her gun)?", _ALL[:5]),
    (r"(?:on |at )?(?:the )?(?:hafta ?son\w*|weekends?)", _ALL[5:]),
    (r"(?:haftanin )?her ?gun\w*|hergun|every ?day|daily|all week|(?:haftanin )?7 gun(?:u)?"
     r"|7 days(?: a week)?|tum hafta|butun hafta|haftanin tum gunleri", _ALL),
)  # fmt: skip
_REST = (
    r"(?:diger|kalan|geri kalan|oteki|obur) (?:tum )?gunler\w*|otherwise"
    r"|(?:all )?(?:the )?other days|(?:the )?rest(?: of the week)?"
    r"|haftanin (?:geri )?kalan\w*|normalde"
)
_PART, _SAAT = r"[PB][a-z]?~*", r"(?:saat(?:ler\w*|i)? )?"
_END = rf"(?:{CLOCK}|B[a-z]?~*)"
_TO = r"(?:-|to|till?|until|ile|ila|and|ve) (?:at )?"
_IN_THE = rf"(?: (?:in the )?(?P<r>{_PART})(?= (?:till?|to|until|-|,|and) ))?"
_AT_THE = rf"(?: (?:in the |at )?(?P<s>{_PART}))?"
_OPENS = r"(?P<o> (?:ac\w*|open\w*))?"
_SHUTS = r"(?: (?:kapa\w*|aras\w*|kadar|close\w*))*"
_SPANS = (
    rf"(?:we )?(?P<o>open\w*) (?:at |from )?(?P<x>{_END}){_IN_THE} (?:,|and|then|-)?"
    rf" ?(?:we )?(?:close|shut)\w* (?:at |by )?(?P<y>{_END}){_AT_THE}",
    rf"(?:from |between )?(?:(?P<p>{_PART}) )?{_SAAT}(?P<x>{_END}){_IN_THE}"
    rf"{_OPENS} (?:{_TO})?(?:(?P<q>{_PART}) )?{_SAAT}(?P<y>{_END}){_AT_THE}"
    rf"{_SHUTS}",
)
_UNTIL = (
    rf"(?:(?P<q>{_PART}) )?{_SAAT}(?P<y>\d{{1,2}}(?::[0-5]\d|\.5)?'[yn]?[ae]|Bt~*) kadar"
    rf"|(?:until|till) (?P<z>{_END}){_AT_THE}"
)
_CLOSED = r"(?:kapali\w*|kapatiyoruz|calismiyoruz|acik degil\w*|acmiyoruz|tatil\w*)"
_SHUT = r"(?:we'?re |we are )?(?:closed|not open|shut)(?: all day)?(?: on)?(?: the)?"
_EXCEPT = (
    r"(?P<s>S~*)(?: gun\w*)? (?:haric\w*|disinda\w*)|(?:except|but|apart from|excluding|other than)"
    r"(?: for)?(?: on)? (?P<t>S~*)"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement: days (``None`` for those that nothing else names) and their hours."""

    days: tuple[int, ...] | None
    hours: Hours


def read_hours(scan: Scan) -> tuple[Hours, ...]:
    """Take opening hours out of ``scan``; days that are not named are all days or the rest."""
    always = scan.take(_ALWAYS, "hours")
    marks = Marks(scan)
    _mark_days(marks)
    closed = _closed(marks)
    if always is not None:
        return _whole([_Said(None, Hours((), 0, DAY)), *closed])
    mark_parts(marks)
    _mark_spans(marks)
    spans = _with_days(marks)
    if not spans and not closed:
        return ()
    return _whole([*spans, *closed])


def _mark_days(marks: Marks) -> None:
    mark_names(marks)
    for found in list(marks.find(_RUN)):
        first = marks.value(found, "a", "c", "e")
        last = marks.value(found, "b", "d", "f")
        marks.mark("S", *found.span(), _from_to(first, last))
    for found in list(marks.find(_LIST)):
        starts = [found.start() + at.start() for at in re.finditer(_W, found.group())]
        numbers = [int(marks.at(start)) for start in starts]
        # The hyphen of "mon-fri" is no piece of the line.
        run = len(numbers) == 2 and "-" in marks.scan.surface(*found.span())
        marks.mark("S", *found.span(), _from_to(*numbers) if run else tuple(sorted({*numbers})))
    for words, days in _NAMED:
        for found in list(marks.find(words)):
            marks.mark("S", *found.span(), days)
    for found in list(marks.find(_REST)):
        marks.mark("S", *found.span(), None)


def _from_to(first: int, last: int) -> tuple[int, ...]:
    days = range(first, last + 1) if first <= last else (*range(first, 8), *range(1, last + 1))
    return tuple(sorted(days))


def _closed(marks: Marks) -> list[_Said]:
    """Days on which nothing is open, taken with the words for that."""
    patterns = (
        _EXCEPT,
        rf"{_SHUT} (?P<s>S~*)",
        rf"(?P<s>S~*)(?: gun\w*)? (?:(?:is|are|we'?re|biz|de|da|ise) )?(?:{_CLOSED}|closed|shut)",
    )
    said = []
    for pattern in patterns:
        for found in list(marks.find(pattern)):
            days = marks.value(found, "s", "t")
            marks.take(*found.span(), "closed", slot="hours")
            said.append(_Said(days, Hours(())))
    return said


def _mark_spans(marks: Marks) -> None:
    for pattern in _SPANS:
        for found in list(marks.find(pattern)):
            if (hours := _span(marks, found)) is not None:
                marks.mark("T", *found.span(), hours)
    for found in list(marks.find(_UNTIL)):
        closes = _end(marks, found, "y" if found["y"] else "z")
        if closes is not None:
            part = str(marks.value(found, "q", "s") or "")
            marks.mark("T", *found.span(), Hours((), None, _closing(closes, part, 9 * HOUR)))


def _with_days(marks: Marks) -> list[_Said]:
    """Pair hours with the days beside them: before them, or behind in "9 to 5 on weekdays"."""
    found = list(re.finditer(r"(?<= )(?:S~*|T~*|[,.;])(?= )", marks.line))
    kinds = "".join(match.group()[0] for match in found)
    plain = re.sub(r"[,.;]", "", kinds)
    behind = plain.startswith("T") and plain.endswith("S") and plain.count("T") == plain.count("S")
    said: list[_Said] = []
    days: tuple[int, ...] | None = None
    named = waiting = False
    for at, match in enumerate(found):
        kind = kinds[at]
        if kind == "T":
            marks.scan.cover(*match.span(), "hours")
            said.append(_Said(days, marks.at(match.start())))
            waiting, days, named = not named, None, False
        elif kind == "S":
            marks.scan.cover(*match.span(), "hours")
            value = marks.at(match.start())
            if waiting and (behind or kinds[at + 1 : at + 2] != "T"):
                said[-1] = replace(said[-1], days=value)
                waiting = False
            else:
                together = named and days is not None and value is not None
                days = tuple(sorted({*(days or ()), *value})) if together else value
                named = True
    return said


def _whole(said: list[_Said]) -> tuple[Hours, ...]:
    """All statements with their days; what is left open by one is taken from another."""
    named = {day for entry in said for day in entry.days or ()}
    shut = {day for entry in said if entry.hours.closes is None for day in entry.days or ()}
    opens = next((e.hours.opens for e in said if e.hours.opens is not None), None)
    whole = []
    for entry in said:
        hours = entry.hours
        if hours.closes is not None and hours.opens is None:
            if opens is None:
                continue
            hours = replace(hours, opens=opens)
        days = entry.days if entry.days is not None else [d for d in _ALL if d not in named]
        kept = tuple(day for day in days if hours.closes is None or day not in shut)
        if entry.days is not None and set(entry.days) == set(_ALL) and len(named) == len(_ALL):
            others = {d for e in said if e is not entry for d in e.days or ()}
            kept = tuple(day for day in kept if day not in others)
        if kept:
            whole.append(replace(hours, days=kept))
    return tuple(whole)


def _span(marks: Marks, found: re.Match[str]) -> Hours | None:
    first, last = _end(marks, found, "x"), _end(marks, found, "y")
    if first is None or last is None:
        return None
    groups = found.groupdict()
    before = str(marks.value(found, "p", "r") if groups.get("p") or groups.get("r") else "")
    behind = str(marks.value(found, "q", "s") if groups.get("q") or groups.get("s") else "")
    # Hardly a shop opens between one and five at night.
    early = not before and not first.is_clear and first.hour <= 5
    opens = first.minutes(before or ("" if first.half or early else "morning")) % DAY
    closes = _closing(last, behind, opens)
    if groups["o"] and not behind and not last.is_clear and 0 < closes - opens < _SHORT:
        closes += 12 * HOUR
    return Hours((), opens, closes)


def _closing(clock: Clock, part: str, opens: int) -> int:
    """The close as its own wall time: one after midnight is that of the next day."""
    if part or clock.half:
        closes = clock.minutes(part)
    else:
        closes = clock.hour * HOUR + clock.minute
        if not clock.is_clear and closes <= opens < closes + 12 * HOUR:
            closes += 12 * HOUR
    return closes if closes <= DAY else closes - DAY


def _end(marks: Marks, found: re.Match[str], group: str) -> Clock | None:
    words = found[group]
    if words.startswith("B"):
        return Clock(24) if marks.value(found, group) == "midnight" else Clock(12, 0, "pm")
    return read_clock(words)

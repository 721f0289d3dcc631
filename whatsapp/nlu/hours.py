"""Opening hours as a seller says them."""

from __future__ import annotations

import re

from whatsapp.nlu.clock import ANY_PART, CLOCK, DAY, Clock, part_of, read_clock
from whatsapp.nlu.reading import Hours
from whatsapp.nlu.scan import Scan, rule

_ALL = (1, 2, 3, 4, 5, 6, 7)
_NAMES = (
    ("pazartesi|mondays?|mon", 1),
    ("sali|tuesdays?|tue", 2),
    ("carsamba|wednesdays?|wed", 3),
    ("persembe|thursdays?|thu", 4),
    ("cumartesi|saturdays?|sat", 6),
    ("cuma|fridays?|fri", 5),
    ("pazar|sundays?|sun", 7),
)
_END = r"(?:leri|lari|ler|lar|si|yi|i)?(?: gun(?:u|leri|ler))?"
_DAY_NAME = rf"(?:{'|'.join(names for names, _ in _NAMES)})"
_DAY = rf"(?:{'|'.join(names for names, _ in _NAMES)}){_END}"
_DAYS = (
    rf"(?P<c>{_DAY_NAME}'?[dt][ae]n) (?P<d>{_DAY_NAME}'?[y]?[ae])(?: kadar)?"
    rf"|(?P<a>{_DAY}) (?:-|ile|ila|to|through|till|den|dan) (?P<b>{_DAY})"
    rf"|(?P<l>{_DAY}(?: (?:,|ve|and|&) {_DAY})*)"
    r"|(?P<w>hafta ?ici|week ?days?)|(?P<e>hafta ?sonu\w*|weekends?)"
    r"|(?P<o>diger gunler|kalan gunler|otherwise|other days|the rest"
    r"|haftanin geri kalani)|(?P<all>her gun|every ?day|daily|hergun|all week|7 gun)"
)
_END_CLOCK = r"(?:noon|midnight|gece yarisi\w*|ogle\w*)"
_SPAN = (
    rf"(?:(?P<p>{ANY_PART}) )?(?:saat )?(?P<x>{CLOCK}|{_END_CLOCK}) (?:(?:-|to|till?"
    rf"|until|ile|ila) )?(?:(?P<q>{ANY_PART}) )?(?P<y>{CLOCK}|{_END_CLOCK})"
)
_ALWAYS = r"7/24|24/7|24 saat|24 hours|round the clock"
_CLOSED = r"kapali\w*|closed"


def read_hours(scan: Scan) -> tuple[Hours, ...]:
    """Take opening hours out of ``scan``; days that are not named are all days or the rest."""
    if scan.take(_ALWAYS, "hours"):
        return (Hours(_ALL, 0, DAY),)
    found = sorted(
        [("days", m) for m in rule(_DAYS).finditer(scan.text)]
        + [("span", m) for m in rule(_SPAN).finditer(_hide_days(scan.text))]
        + [("closed", m) for m in rule(_CLOSED).finditer(scan.text)],
        key=lambda item: item[1].start(),
    )
    if not any(kind == "span" for kind, _ in found):
        closed = [m for kind, m in found if kind == "closed"]
        named = [m for kind, m in found if kind == "days"]
        return (Hours(_days(named[0], ())),) if closed and named else ()
    for _, match in found:
        scan.cover(*match.span(), "hours")
    return _assigned(found)


def _hide_days(text: str) -> str:
    return rule(r"7 gun").sub("#####", text)


def _assigned(found: list[tuple[str, re.Match[str]]]) -> tuple[Hours, ...]:
    """Pair days with what is said beside them, before or behind."""
    hours: list[Hours] = []
    waiting: tuple[int, ...] | None = None
    pending: Hours | None = None
    for kind, match in found:
        if kind == "days":
            taken = tuple(day for entry in hours for day in entry.days)
            days = _days(match, taken)
            if pending is not None and not _follows(found, match):
                hours.append(Hours(days, pending.opens, pending.closes))
                pending = None
            else:
                waiting = days if waiting is None else tuple(sorted({*waiting, *days}))
            continue
        said = Hours((), *_span(match)) if kind == "span" else Hours(())
        if said.opens is None and kind == "span":
            continue
        if waiting is not None:
            hours.append(Hours(waiting, said.opens, said.closes))
            waiting = None
        else:
            pending = said
    if pending is not None:
        taken = tuple(day for entry in hours for day in entry.days)
        hours.append(
            Hours(tuple(day for day in _ALL if day not in taken), pending.opens, pending.closes)
        )
    return tuple(entry for entry in hours if entry.days)


def _follows(found: list[tuple[str, re.Match[str]]], match: re.Match[str]) -> bool:
    """Whether another statement comes after these days."""
    at = next(i for i, (_, other) in enumerate(found) if other is match)
    return at + 1 < len(found) and found[at + 1][0] != "days" and found[at - 1][0] != "closed"


def _days(match: re.Match[str], taken: tuple[int, ...]) -> tuple[int, ...]:
    groups = match.groupdict()
    if groups["a"] or groups["c"]:
        first, last = _number(groups["a"] or groups["c"]), _number(groups["b"] or groups["d"])
        span = range(first, last + 1) if first <= last else (*range(first, 8), *range(1, last + 1))
        return tuple(sorted(span))
    if groups["l"]:
        return tuple(sorted({_number(word) for word in re.findall(_DAY, groups["l"])}))
    if groups["w"]:
        return _ALL[:5]
    if groups["e"]:
        return _ALL[5:]
    return tuple(day for day in _ALL if day not in taken) if groups["o"] else _ALL


def _number(words: str) -> int:
    return next(number for names, number in _NAMES if re.match(names, words))


def _span(match: re.Match[str]) -> tuple[int | None, int | None]:
    groups = match.groupdict()
    first, last = _clock(groups["x"]), _clock(groups["y"])
    if first is None or last is None:
        return None, None
    opens = first.minutes(part_of(groups["p"] or "") or ("" if first.half else "morning"))
    if groups["q"] or last.half:
        closes = last.minutes(part_of(groups["q"] or ""))
    else:
        closes = last.hour * 60 + last.minute
        if not last.is_clear and closes <= opens < closes + 12 * 60:
            closes += 12 * 60
    # A close at or before the opening is that of the next day, written as its own wall time.
    return opens % DAY, closes if closes <= DAY else closes - DAY


def _clock(text: str) -> Clock | None:
    if text.startswith(("noon", "ogle")):
        return Clock(12, 0, "pm")
    if text.startswith(("midnight", "gece")):
        return Clock(24)
    return read_clock(text)

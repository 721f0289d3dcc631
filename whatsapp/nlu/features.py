"""What the trained act classifier sees of a message: signs by name, each with a weight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whatsapp.nlu import act_words as words
from whatsapp.nlu.concepts import concepts
from whatsapp.nlu.reading import Act
from whatsapp.nlu.scan import Scan

# Weights of the groups of signs; what rules found says more than letters do.
_FOUND, _WORD, _LETTERS = 1.0, 0.6, 0.25
_LONGEST_WORD = 18
_PATTERNS = {
    name: getattr(words, name)
    for name in (
        "YES NO CANCEL NO_CANCEL MOVE LATE COMPLAINT STATUS HELP GREETING OUT_OF_SCOPE WISH"
        " CORRECTION UNDECIDED ABOUT_THE_DEAL"
    ).split()
}
_GROUPS = {
    "confirm_intent": "summary",
    "s_confirm": "summary",
    "offer": "deal",
    "reminder": "deal",
    "consent": "rights",
    "ask_cancel": "rights",
    "ask_delete": "rights",
    "s_discount": "terms",
    "": "nothing",
}
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules made of a message: their act and how sure, and the names of slots found."""

    role: str
    asked: str
    rule: Act
    rule_confidence: float
    slots: tuple[str, ...]


def signs(scan: Scan, seen: Seen) -> dict[str, float]:
    """All signs of the message with their weights."""
    named: dict[str, float] = {}
    group = _GROUPS.get(seen.asked, "slot")
    for sign in _of_rules(seen, group):
        named[sign] = _FOUND
    for name, pattern in _PATTERNS.items():
        if pattern.search(scan.whole) is not None:
            named[f"p:{name}"] = named[f"p:{name}/{group}"] = _FOUND
    line = outline(scan)
    _add_words(named, line, group)
    _add_concepts(named, scan, seen, group)
    _add_letters(named, scan)
    length = min(len(line), 12) // 2
    named[f"n:{length}"] = named[f"n:{length}/{group}"] = _WORD
    return named


def _of_rules(seen: Seen, group: str) -> Iterator[str]:
    yield from ("bias", f"q:{seen.asked}", f"r:{seen.role}/{group}")
    yield from (f"a:{seen.rule}", f"a:{seen.rule}/{seen.asked}")
    yield f"a:{seen.rule}/{seen.rule_confidence:.1f}"
    slots = seen.slots or ("none",)
    for slot in slots:
        yield from (f"s:{slot}", f"s:{slot}/{group}", f"s:{slot}/{seen.role}")
    yield from (f"ss:{'+'.join(slots)}", f"ss:{'+'.join(slots)}/{seen.asked}")
    yield f"sn:{min(len(seen.slots), 4)}/{group}"


def outline(scan: Scan) -> list[str]:
    """The line in words, with the name of the slot for what a rule explained."""
    spans = [(find.start, find.end, find.slot) for find in scan.finds]
    line: list[str] = []
    for piece in scan.pieces:
        slot = next((name for start, end, name in spans if start <= piece.start < end), None)
        token = f"<{slot}>" if slot is not None else re.sub(r"\d+", "0", piece.canon)
        if slot is None or not line or line[-1] != token:
            line.append(token)
    return line


def _add_words(named: dict[str, float], line: list[str], group: str) -> None:
    for word in line:
        named[f"w:{word}"] = named[f"w:{word}/{group}"] = _WORD
    for first, second in zip(["^", *line], [*line, "$"], strict=True):
        named[f"b:{first} {second}"] = _WORD
    if len(line) <= 4:
        named[f"whole:{' '.join(line)}/{group}"] = _WORD


def _add_concepts(named: dict[str, float], scan: Scan, seen: Seen, group: str) -> None:
    meant: list[str] = []
    for piece in scan.pieces:
        for name in concepts(piece.canon):
            if name not in meant:
                meant.append(name)
    if scan.pieces and scan.pieces[-1].canon == "?":
        meant.append("question")
    for name in meant:
        named[f"k:{name}"] = named[f"k:{name}/{group}"] = _FOUND
        named[f"k:{name}/{seen.role}"] = _WORD
    for at, first in enumerate(meant):
        for second in meant[at + 1 :]:
            named[f"kk:{'+'.join(sorted((first, second)))}"] = _WORD


def _add_letters(named: dict[str, float], scan: Scan) -> None:
    for piece in scan.pieces:
        if _LETTER.match(piece.canon) is None:
            continue
        named[f"x:{piece.canon}"] = _LETTERS
        word = f" {piece.canon[:_LONGEST_WORD]} "
        for size in (3, 4, 5):
            for at in range(len(word) - size + 1):
                named[f"c:{word[at : at + size]}"] = _LETTERS

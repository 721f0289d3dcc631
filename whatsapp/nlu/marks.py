"""A second line beside a scan's text, in which what is understood stands as one sign.

A weekday becomes ``W~~~~``, a date ``D~~~~~~``: a capital, for inflected words a small letter for
the Turkish case, and tildes up to the old length, so that places stay comparable with the scan.
Rules over marks combine what simpler rules found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from whatsapp.nlu.scan import COVER, Scan, rule

# Case of a Turkish word: from -den, to -e, at -de, of -in, with -le, its -i, each -ler.
_CASES = (
    ("f", r"(?:s?[iu]n|n|l[ae]r[iu]?n?)?[dt][ae]n"),
    ("l", r"(?:s?[iu]n|n|l[ae]r[iu]?n?)?[dt][ae](?:ki)?|k[iu]"),
    ("t", r"(?:s?[iu]n|[yn]|l[ae]r[iu]?n?)?[ae]"),
    ("g", r"(?:s[iu])?n?[iu]n|m[iu]n"),
    ("w", r"(?:s?[iu])?y?l[ae]"),
    ("p", r"[sy]?[iu]"),
    ("r", r"l[ae]r[iu]?|s"),
)
_CASE_RULES = [(letter, re.compile(words)) for letter, words in _CASES]
ENDING = rf"(?:'?(?:{'|'.join(words for _, words in _CASES)}))?"


def case_of(ending: str) -> str:
    """The letter of the case that ``ending`` shows; empty when there is none."""
    plain = ending.strip().lstrip("'")
    if not plain:
        return ""
    return next((letter for letter, words in _CASE_RULES if words.fullmatch(plain)), "")


class Marks:
    """The marked line of a scan and the values of its marks."""

    def __init__(self, scan: Scan) -> None:
        self.scan = scan
        self.line = scan.text
        self._values: dict[int, Any] = {}

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        """Matches of whole words and marks, in order."""
        return rule(pattern).finditer(self.line)

    def mark(self, sign: str, start: int, end: int, value: Any, case: str = "") -> None:
        """Write ``sign`` over ``[start, end)`` and keep its value."""
        width = end - start
        written = (sign + case)[:width].ljust(width, "~")
        self.line = self.line[:start] + written + self.line[end:]
        self._values[start] = value

    def each(self, sign: str, pattern: str, read: Reader, today: date) -> None:
        """Mark what ``pattern`` matches with what ``read`` makes of it, unless that is ``None``.

        The case is that of the group named ``case``, else that of the last mark or word inside.
        """
        for found in list(self.find(pattern)):
            value = read(self, found, today)
            if value is not None:
                self.mark(sign, *found.span(), value, _last_case(found))

    def value(self, found: re.Match[str], *names: str) -> Any:
        """The value of the mark at which the first of these groups begins, or ``None``."""
        groups = found.groupdict()
        name = next((name for name in names if groups.get(name)), None)
        return self._values.get(found.start(name)) if name is not None else None

    def number(self, found: re.Match[str], group: str) -> int:
        """The number in the group, a mark or digits; 0 when there is none."""
        words = found[group] or ""
        if words[:1].isupper():
            return int(self.value(found, group))
        digits = re.match(r"\d+", words)
        return int(digits.group()) + words.endswith(" one") if digits else 0

    def at(self, start: int) -> Any:
        """The value of the mark that begins at ``start``."""
        return self._values.get(start)

    def take(self, start: int, end: int, by: str, slot: str = "intervals") -> None:
        """Cover ``[start, end)`` here and in the scan."""
        self.scan.cover(start, end, slot, by)
        span = "".join(sign if sign == " " else COVER for sign in self.line[start:end])
        self.line = self.line[:start] + span + self.line[end:]


# What a rule over marks is: the sign it writes, the words, and what they mean today.
Reader = Callable[[Marks, re.Match[str], date], Any]
Rule = tuple[str, str, Reader]
# The marks, with or without a case.
LENGTH, DAYS, WEEKDAY, MONTH, PERIOD, WEEK, ORDINAL = (rf"{sign}[a-z]?~*" for sign in "LDWMYKO")


def _last_case(found: re.Match[str]) -> str:
    if found.groupdict().get("case"):
        return case_of(found["case"])
    last = found.group().rsplit(maxsplit=1)[-1]
    if (mark := re.match(r"[A-Z]([a-z])~*$", last)) is not None:
        return mark.group(1)
    ending = last.partition("'")[2]
    return case_of(ending) if ending else ""

"""The canonical line that rules read: folded, numbers as digits, what is explained covered up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from whatsapp.nlu import number_words, numbers
from whatsapp.nlu.money_words import mend
from whatsapp.nlu.tokens import Piece, prepare, split

COVER = "#"
# Words and signs that are read; no wish is longer, and rules take quadratic time.
MOST_PIECES = 240
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
_ENDING = re.compile(number_words.ENDING)
_DIGITS = re.compile(r"[0-9]+(?:[.,:][0-9]+)*")
_LOOSE_ENDINGS = frozenset("a e ya ye yi i u yu ta te tan ten dan den".split())
_CURRENCIES = ("tl", "usd", "eur", "gbp")
_MEASURES = ("kg", "kilo", "g", "gr", "gram", "l", "lt", "litre", "km", "m", *_CURRENCIES)
_THOUSANDS = 1000


@dataclass(frozen=True, slots=True)
class Find:
    """What a rule explained: slot, rule and place in the cleaned text."""

    slot: str
    rule: str
    start: int
    end: int


@cache
def rule(pattern: str) -> re.Pattern[str]:
    """Compile ``pattern`` so that it matches whole canonical words only."""
    return re.compile(rf"(?<= )(?:{pattern})(?= )")


class Scan:
    """A canonical line with a space at both ends; rules take what they explain out of it.

    ``text`` shrinks in meaning but not in length: covered signs become ``#``. ``whole`` keeps
    the line as it was before anything was covered. Only the first ``MOST_PIECES`` are read.
    """

    def __init__(self, text: str, language: str, *, money_asked: bool = False) -> None:
        self.source = prepare(text)
        pieces = split(self.source)[:MOST_PIECES]
        self.pieces = canonical(pieces, language, money_asked=money_asked)
        self._starts: list[int] = []
        line = " "
        for piece in self.pieces:
            self._starts.append(len(line))
            line += _canon(piece) + " "
        self.whole = self.text = line
        self.finds: list[Find] = []

    def cover(self, start: int, end: int, slot: str, by: str = "") -> None:
        """Take ``[start, end)`` of the line out of later rules' sight and note who explained it."""
        span = "".join(sign if sign == " " else COVER for sign in self.text[start:end])
        self.text = self.text[:start] + span + self.text[end:]
        pieces = self.pieces_between(start, end)
        if pieces:
            first, last = _extent(pieces)
            self.finds.append(Find(slot, by or slot, first, last))

    def uncover(self, start: int, end: int) -> None:
        """Give ``[start, end)`` back to later rules: it explained nothing after all."""
        self.text = self.text[:start] + self.whole[start:end] + self.text[end:]

    def take(self, pattern: str, slot: str) -> re.Match[str] | None:
        """The first match of ``pattern`` in what is left, covered; or ``None``."""
        found = rule(pattern).search(self.text)
        if found is not None:
            self.cover(*found.span(), slot)
        return found

    def take_all(self, pattern: str, slot: str) -> list[re.Match[str]]:
        """All matches of ``pattern`` in what is left, covered."""
        found = list(rule(pattern).finditer(self.text))
        for match in found:
            self.cover(*match.span(), slot)
        return found

    def has(self, pattern: str, *, whole: bool = False) -> bool:
        """Whether ``pattern`` stands in what is left, or in the whole line."""
        return rule(pattern).search(self.whole if whole else self.text) is not None

    def pieces_between(self, start: int, end: int) -> list[Piece]:
        """The pieces whose canonical form begins in ``[start, end)`` of the line."""
        return [p for p, at in zip(self.pieces, self._starts, strict=True) if start <= at < end]

    def surface(self, start: int, end: int) -> str:
        """The person's own words for ``[start, end)`` of the line."""
        pieces = self.pieces_between(start, end)
        return self.source[slice(*_extent(pieces))] if pieces else ""

    def words(self) -> Iterator[tuple[int, str]]:
        """Position and canonical form of each word, covered ones included as ``#``."""
        for found in re.finditer(r"\S+", self.text):
            yield found.start(), found.group()


def _extent(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where the pieces stand in the source; a sign before its number comes after it in the line."""
    return min(piece.start for piece in pieces), max(piece.end for piece in pieces)


def _canon(piece: Piece) -> str:
    if piece.ending and piece.value is not None:
        ordinal = piece.ending == "th"
        return piece.canon + ("th" if ordinal else f"'{piece.ending}")
    return piece.canon


def canonical(pieces: Sequence[Piece], language: str, *, money_asked: bool) -> list[Piece]:
    """Give every number its value, and money and percentages one order."""
    read = _digits(list(pieces), language, money_asked=money_asked)
    read = mend(numbers.merge(read, language))
    return _order_signs(_group_thousands(read))


def _digits(pieces: list[Piece], language: str, *, money_asked: bool) -> list[Piece]:
    done: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if not _DIGITS.fullmatch(piece.canon) or piece.clock:
            done.append(piece)
            continue
        if not numbers.within_reach(piece.canon):
            done.append(replace(piece, canon="telephone"))
            continue
        following = pieces[at].canon if at < len(pieces) else ""
        number = _number(piece, is_amount=money_asked or following in _MEASURES)
        number, used = _with_ending(number, pieces[at : at + 3], language)
        done.append(number)
        at += used
    return done


def _number(piece: Piece, *, is_amount: bool) -> Piece:
    clock = _CLOCK.fullmatch(piece.canon)
    if clock is not None and (":" in piece.canon or not is_amount):
        return replace(
            piece,
            canon=f"{clock.group(1)}:{clock.group(2)}",
            value=float(clock.group(1)),
            clock=True,
        )
    value = value_of(piece.canon)
    return replace(piece, canon=numbers.show(value), value=value)


def value_of(digits: str) -> float:
    """Read digits with points and commas in either notation.

    >>> value_of("1.250,00"), value_of("1,250.00"), value_of("1,5"), value_of("1.250")
    (1250.0, 1250.0, 1.5, 1250.0)
    """
    digits = digits.replace(":", ".")
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return float(digits)
    head, tail = re.sub(r"\D", "", digits[:last]), digits[last + 1 :]
    grouped = len(tail) == 3 and head != "0"
    return float(head + tail) if grouped else float(f"{head}.{tail}")


def _with_ending(number: Piece, rest: list[Piece], language: str) -> tuple[Piece, int]:
    """Join a number with what was typed to it; also how many pieces that took."""
    if not rest or number.value is None:
        return number, 0
    first = rest[0]
    apart = first.start > number.end
    if first.canon == "'" and len(rest) > 1 and not apart:
        return _joined(number, rest[1], 2)
    if apart:
        after = rest[1].canon if len(rest) > 1 else ""
        loose = language == "tr" and first.canon in _LOOSE_ENDINGS
        return _joined(number, first, 1) if loose and after != "'" else (number, 0)
    if first.canon == "k" and not number.clock:
        value = number.value * _THOUSANDS
        return replace(number, value=value, canon=numbers.show(value), end=first.end), 1
    if first.canon in ("h", "hrs") and number.value <= 24 and not number.clock:
        return replace(number, canon=f"{int(number.value)}:00", clock=True, end=first.end), 1
    if first.canon in ("th", "st", "nd", "rd"):
        return replace(number, ending="th", end=first.end), 1
    return _joined(number, first, 1)


def _joined(number: Piece, ending: Piece, used: int) -> tuple[Piece, int]:
    if _ENDING.fullmatch(ending.canon) and ending.canon not in ("l", "a.m"):
        return replace(number, ending=ending.canon, end=ending.end), used
    return number, used - 1


def _group_thousands(pieces: list[Piece]) -> list[Piece]:
    """Join "3 500 ₺": one or two digits, a space, three digits, a currency."""
    done: list[Piece] = []
    for at, piece in enumerate(pieces):
        before = done[-1] if done else None
        following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
        whole = piece.value is not None and not piece.clock and piece.end - piece.start >= 3
        if (
            before is not None and whole and following.startswith(_CURRENCIES)
            and before.value is not None and 0 < before.value < 100 and not before.ending
            and before.canon.isdigit() and len(piece.canon) == 3 and not before.clock
            and (at < 2 or pieces[at - 2].canon not in ("saat", "at", "aksam", "sabah"))
        ):  # fmt: skip
            value = before.value * _THOUSANDS + (piece.value or 0)
            joined = replace(piece, start=before.start, value=value, canon=numbers.show(value))
            done[-1] = joined
        else:
            done.append(piece)
    return done


def _order_signs(pieces: list[Piece]) -> list[Piece]:
    """Write the currency after its number and the percent sign before it, as one piece."""
    done: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        number = following is not None and following.value is not None and not following.clock
        if piece.canon in _CURRENCIES and number and following is not None:
            close = following.start == piece.end or not (done and done[-1].value is not None)
            done += [following, piece] if close else [piece, following]
            at += 2
        elif piece.canon == "%" and number and following is not None:
            done.append(replace(following, start=piece.start, canon=f"%{following.canon}"))
            at += 2
        elif (
            piece.value is not None and not piece.clock
            and following is not None and following.canon == "%"
        ):  # fmt: skip
            done.append(replace(piece, end=following.end, canon=f"%{piece.canon}"))
            at += 2
        else:
            done.append(piece)
            at += 1
    return done

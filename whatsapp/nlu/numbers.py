"""Numbers in words and digits, Turkish and English, merged into pieces that hold a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from whatsapp.nlu.tokens import Piece

_TR = {"sifir": 0, "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7}
_TR |= {"sekiz": 8, "dokuz": 9, "on": 10, "yirmi": 20, "otuz": 30, "kirk": 40, "elli": 50}
_TR |= {"altmis": 60, "yetmis": 70, "seksen": 80, "doksan": 90, "yuz": 100, "bin": 1000}
_TR |= {"milyon": 1_000_000, "dord": 4}
_TR_BACK = {6, 9, 10, 30, 40, 60, 90}  # take endings with a; the rest with e
_EN = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_EN |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13}
_EN |= {"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18}
_EN |= {"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_EN |= {"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000}
_EN |= {"million": 1_000_000}
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_ORDINAL |= {"eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12}
_ORDINAL |= {"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16}
_ORDINAL |= {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}
_ORDINAL |= {"thirtieth": 30}

# Endings that a Turkish number carries; vowels a and e must fit the number.
ENDING = (
    r"(?:[yns]?[aei]|[yns]?u|[dt][ae]n?|[yns]?i?n[dt]?[ae]n?|s?inin|inci|uncu|nci|ncu|s?[ae]r"
    r"|s?[ae]rli|l[iu]k?|l[iu]g[iu]|s?[iu]nd[ae]n?|s?[iu]n[ae]|[dt][ae]ki|imiz|umuz|miz)"
)
_ENDING = re.compile(ENDING)
# Words of other meaning that look like a number with an ending.
_NOT_TR = frozenset(
    "ona onu onun onlar onlari ondan one ondaki oner onlu onda onsa altin altina altinda altindan"
    " altini altinci birin birer birlik birli birde birden biri bini binin uzun binmek"
    " yuzu yuzunden"
    " yuzde ucuz ucu binde bira".split()
)
_TR_CLOCK_BEFORE = frozenset(("saat", "sabah", "aksam", "gece", "gunu", "yarin", "ogleden"))
# After these, "two thirty" is a time of the day and not a sum.
_CLOCK_BEFORE = frozenset("at around by from to until till after before between and about".split())
_MOST_DIGITS = 9


@dataclass(slots=True)
class _Count:
    """A number being read; ``last`` is the scale of its last word (0 before the first)."""

    total: float = 0
    part: float = 0
    last: float = 0
    words: int = 0
    hundreds: bool = False

    @property
    def value(self) -> float:
        return self.total + self.part


def turkish_word(word: str, before: str = "") -> tuple[float, str] | None:
    """Read one folded Turkish number word with its ending.

    >>> turkish_word("sekizde"), turkish_word("bina")
    ((8, 'de'), None)
    """
    stem, apostrophe, ending = word.partition("'")
    if apostrophe:
        return (_TR[stem], ending) if stem in _TR and _ENDING.fullmatch(ending) else None
    if word in _TR and word != "dord":
        return _TR[word], ""
    if word == "onda" and before in _TR_CLOCK_BEFORE:
        return 10, "da"
    if word == "yuzu" and before in _TR:
        return 100, "u"
    if word in _NOT_TR and not (word.startswith("bir") and _TR.get(before, 0) >= 10):
        return None
    for name, value in _TR.items():
        ending = word[len(name) :]
        if word.startswith(name) and _ENDING.fullmatch(ending) and _fits(value, ending):
            return value, ending
    return None


def _fits(value: int, ending: str) -> bool:
    wrong = "e" if value in _TR_BACK else "a"
    return wrong not in ending and not (value == 1 and ending[0] not in "ed")


def _add(count: _Count, value: float) -> bool:
    """Take one more number word; false when it starts another number."""
    if value >= 1000:
        if count.last >= 1000:
            return False
        count.total = (count.part or 1) * value
        count.part = 0
    elif value == 100:
        if 0 < count.last < 100 and 1 <= count.part < 10:
            count.part *= 100
        elif count.last in (0, 1000):
            count.part = 100
        else:
            return False
    elif count.last and (count.last <= _scale(value) or count.last == 0.5):
        return False
    else:
        count.part += value
    count.last = _scale(value)
    count.words += 1
    return True


def _scale(value: float) -> float:
    if value >= 1000:
        return 1000
    if value >= 100:
        return 100
    return 10 if value >= 10 else 1


def merge(pieces: Sequence[Piece], language: str) -> list[Piece]:
    """Replace runs of number words and digits by one piece each."""
    read = _read_turkish if language == "tr" else _read_english
    merged: list[Piece] = []
    at = 0
    while at < len(pieces):
        before = merged[-1].canon if merged else ""
        found = read(pieces, at, before)
        if found is None:
            merged.append(pieces[at])
            at += 1
            continue
        value, ending, count = found
        if ending == ":":
            canon = f"{int(value) // 100}:{int(value) % 100:02d}"
            last = pieces[at + count - 1].end
            merged.append(
                replace(pieces[at], end=last, value=value // 100, canon=canon, clock=True)
            )
            at += count
            continue
        whole = replace(pieces[at], end=pieces[at + count - 1].end, value=value, ending=ending)
        merged.append(replace(whole, canon=show(value)))
        at += count
    return merged


def show(value: float) -> str:
    """Write a value with a point and no needless zeros.

    >>> show(250.0), show(1.5)
    ('250', '1.5')
    """
    return str(int(value)) if value == int(value) else f"{value:.4f}".rstrip("0")


def _plain(piece: Piece) -> float | None:
    return piece.value if piece.value is not None and not piece.clock else None


def _read_turkish(pieces: Sequence[Piece], at: int, before: str) -> tuple[float, str, int] | None:
    count, ending, taken = _Count(), "", 0
    if pieces[at].canon == "yarim":
        return _half(pieces, at)
    if (
        pieces[at].canon == "bir"
        and at + 1 < len(pieces)
        and pieces[at + 1].canon in ("de", "daha")
    ):
        return None
    if pieces[at].canon == "alti" and before[-1:].isdigit():
        return None
    while at + taken < len(pieces) and not ending:
        piece = pieces[at + taken]
        if (value := _plain(piece)) is not None:
            if (taken and not (count.last == 1000 and value < 1000)) or piece.value is None:
                break
            count.part += value
            count.last = _scale(value) if value >= 10 else 1
            count.words += 1
            ending = piece.ending
        elif piece.canon.startswith("bucu") and taken and count.last != 0.5:
            ending = piece.canon[5:]
            count.part, count.last = count.part + 0.5, 0.5
        else:
            word = turkish_word(piece.canon, pieces[at + taken - 1].canon if taken else before)
            if word is None or not _take_turkish(count, word[0]):
                break
            ending = word[1]
        taken += 1
    taken, ending, dozen = _dozen(pieces, at, taken, ending)
    return (count.value * dozen, ending, taken) if taken else None


def _take_turkish(count: _Count, value: float) -> bool:
    if count.last == 0.5:
        if value < 1000:
            return False
        count.last = 1
    return _add(count, value)


def _half(pieces: Sequence[Piece], at: int) -> tuple[float, str, int]:
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    if following.startswith("duzine"):
        return 6, "", 2
    word = turkish_word(following)
    if word is not None and word[0] == 1000:
        return 500, word[1], 2
    return 0.5, "", 1


def _dozen(pieces: Sequence[Piece], at: int, taken: int, ending: str) -> tuple[int, str, int]:
    following = pieces[at + taken].canon if at + taken < len(pieces) else ""
    if taken and following in ("duzine", "dozen", "dozens"):
        return taken + 1, "", 12
    return taken, ending, 1


def _read_english(pieces: Sequence[Piece], at: int, before: str) -> tuple[float, str, int] | None:
    fixed = _fixed_english([piece.canon for piece in pieces[at : at + 4]])
    if fixed is not None:
        return fixed
    count, taken = _Count(), 0
    if (value := _plain(pieces[at])) is not None:
        count.part, count.last, count.words, taken = value, _scale(value), 1, 1
    while not (taken and pieces[at].ending) and at + taken < len(pieces):
        word = pieces[at + taken].canon
        if taken and count.last == 10 and 0 < _ORDINAL.get(word, 0) < 10:
            return count.value + _ORDINAL[word], "th", taken + 1
        if not _take_english(count, pieces, at + taken, before):
            break
        taken += 1
    if not taken:
        return _ordinal(pieces, at, before)
    if count.hundreds and before in _CLOCK_BEFORE and count.value < 1260 and count.value % 100 < 60:
        return count.value, ":", taken
    taken, ending, dozen = _dozen(pieces, at, taken, "")
    return count.value * dozen, ending or (pieces[at].ending if taken == 1 else ""), taken


def _take_english(count: _Count, pieces: Sequence[Piece], at: int, before: str) -> bool:
    """Take the word at ``at`` into the number; false when it does not belong to it."""
    word = pieces[at].canon
    if word == "and":
        return count.last >= 100 and _number_at(pieces, at + 1)
    if word not in _EN or (word == "one" and not _counts(pieces, at, before)):
        return False
    return _add(count, _EN[word]) or _hundreds(count, _EN[word])


def _hundreds(count: _Count, value: float) -> bool:
    """Read "three fifty" and "twelve fifty" as hundreds."""
    if count.words == 1 and 0 < count.part < 20 and 10 <= value < 100 and count.total == 0:
        count.part, count.last, count.words = count.part * 100 + value, _scale(value), 2
        count.hundreds = True
        return True
    return False


def _fixed_english(words: list[str]) -> tuple[float, str, int] | None:
    words = words + [""] * 4
    if words[:3] in (["half", "a", "dozen"], ["half", "a", "thousand"], ["half", "a", "hundred"]):
        return {"dozen": 6, "thousand": 500, "hundred": 50}[words[2]], "", 3
    if words[:2] == ["half", "an"] or words[:2] == ["half", "a"]:
        return 0.5, "", 2
    if words[0] == "a" and words[1] in ("dozen", "couple", "thousand", "million"):
        value = {"dozen": 12, "couple": 2, "thousand": 1000, "million": 1_000_000}[words[1]]
        return value, "", 3 if words[2] == "of" else 2
    if words[0] == "a" and words[1] == "hundred" and words[2] not in ("and", *_EN):
        return 100, "", 2
    return (12, "", 1) if words[0] == "dozen" else None


def _number_at(pieces: Sequence[Piece], at: int) -> bool:
    return at < len(pieces) and pieces[at].canon in _EN


def _counts(pieces: Sequence[Piece], at: int, before: str) -> bool:
    """Whether "one" is a number here and not a pronoun."""
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    return following.isalpha() and before not in ("this", "that", "the", "which", "no", "any")


def _ordinal(pieces: Sequence[Piece], at: int, before: str) -> tuple[float, str, int] | None:
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    if pieces[at].canon in _ORDINAL and before == "the" and following not in ("week", "time"):
        return _ORDINAL[pieces[at].canon], "th", 1
    return None


def within_reach(digits: str) -> bool:
    """Whether a run of digits can be a count or a price, not a telephone number."""
    return sum(sign.isdigit() for sign in digits) <= _MOST_DIGITS

"""Numbers in words and digits, Turkish and English, merged into pieces that hold a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whatsapp.nlu.number_words import (
    ENGLISH,
    ORDINAL,
    TURKISH,
    Count,
    add,
    joined_words,
    scale,
    turkish_word,
)
from whatsapp.nlu.tokens import Piece

# After these, "two thirty" is a time of the day and not a sum.
_CLOCK_BEFORE = frozenset("at around by from to until till after before between and about".split())
_MOST_DIGITS = 9


def merge(pieces: Sequence[Piece], language: str) -> list[Piece]:
    """Replace runs of number words and digits by one piece each."""
    own, other = _read_turkish, _read_english
    if language != "tr":
        own, other = other, own
    merged: list[Piece] = []
    at = 0
    while at < len(pieces):
        before = merged[-1].canon if merged else ""
        found = own(pieces, at, before)
        if found is None and _is_foreign_number(pieces, at, language):
            found = other(pieces, at, before)
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


def _is_foreign_number(pieces: Sequence[Piece], at: int, language: str) -> bool:
    """Whether a number word of the other language stands here: "at most bin lira"."""
    word = pieces[at].canon
    known = ENGLISH if language == "tr" else TURKISH
    if word not in known and not (language != "tr" and joined_words(word)):
        return False
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    sure = following in known or following.startswith(("tl", "usd", "eur", "gbp"))
    return sure or (len(word) > 2 and word not in _TWO_TONGUED)


def show(value: float) -> str:
    """Write a value with a point and no needless zeros.

    >>> show(250.0), show(1.5)
    ('250', '1.5')
    """
    return str(int(value)) if value == int(value) else f"{value:.4f}".rstrip("0")


# What may follow "altı" when it is six and not "under".
_COUNTED = ("bin", "yuz", "kisi", "tane", "adet", "kilo", "arkadas", "porsiyon", "kutu", "paket")
# What "yüz" stands before when it is a face and no hundred.
_FACE = ("boya", "baki", "mask", "krem", "havlu", "temizl", "yika", "serum", "losyon", "nemlendir")
# Words that mean something else in the other language.
_TWO_TONGUED = frozenset("ten one nine bin bir on alti yuz bes".split())
# What may stand behind "a grand" when it is a sum and no grand hotel.
_AFTER_GRAND = frozenset("max tops total for at or in and each a per altogether budget is".split())


def _plain(piece: Piece) -> float | None:
    return piece.value if piece.value is not None and not piece.clock else None


def _read_turkish(pieces: Sequence[Piece], at: int, before: str) -> tuple[float, str, int] | None:
    count, ending, taken, unit = Count(), "", 0, 0.0
    if pieces[at].canon == "yarim":
        return _half(pieces, at)
    if _is_other_word(pieces, at, before):
        return None
    while at + taken < len(pieces) and not ending:
        piece = pieces[at + taken]
        if (value := _plain(piece)) is not None:
            if (taken and not (count.last == 1000 and 50 <= value < 1000)) or piece.value is None:
                break
            count.part += value
            count.last = scale(value) if value >= 10 else 1
            count.words += 1
            ending = piece.ending
        elif piece.canon.startswith("bucu") and taken and count.last != 0.5:
            ending = piece.canon[5:]
            count.part, count.last = count.part + 0.5, 0.5
        else:
            word = turkish_word(piece.canon, pieces[at + taken - 1].canon if taken else before)
            word = word or (None if taken else joined_words(piece.canon))
            if word is None or not _take_turkish(count, word[0]):
                if word is not None and word[0] == 100 and count.last == 1 and count.words > 1:
                    # "yüz elli iki yüz": the two belongs to the next number.
                    return count.value - unit, "", taken - 1
                break
            unit = word[0]
            ending = word[1]
        taken += 1
    taken, ending, dozen = _dozen(pieces, at, taken, ending)
    return (count.value * dozen, ending, taken) if taken else None


def _is_other_word(pieces: Sequence[Piece], at: int, before: str) -> bool:
    """Whether a word is no number here: "bir de", "200 altı", "yüz bakımı" (the face)."""
    word = pieces[at].canon
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    if word == "bir":
        return following in ("de", "daha")
    if word == "alti":
        return before[-1:].isdigit() and not following.startswith(_COUNTED)
    return word == "yuz" and following.startswith(_FACE)


def _take_turkish(count: Count, value: float) -> bool:
    if count.last == 0.5:
        if value < 1000:
            return False
        count.last = 1
    return add(count, value)


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
    count, taken = Count(), 0
    if (value := _plain(pieces[at])) is not None:
        count.part, count.last, count.words, taken = value, scale(value), 1, 1
    while not (taken and pieces[at].ending) and at + taken < len(pieces):
        word = pieces[at + taken].canon
        if taken and count.last == 10 and 0 < ORDINAL.get(word, 0) < 10:
            return count.value + ORDINAL[word], "th", taken + 1
        if not _take_english(count, pieces, at + taken, before):
            break
        taken += 1
    if not taken:
        return _ordinal(pieces, at, before)
    grown = _grown(count, pieces, at + taken, before)
    if grown is not None:
        return grown[0], grown[1], taken + grown[2]
    taken, ending, dozen = _dozen(pieces, at, taken, "")
    return count.value * dozen, ending or (pieces[at].ending if taken == 1 else ""), taken


def _grown(
    count: Count, pieces: Sequence[Piece], at: int, before: str
) -> tuple[float, str, int] | None:
    """Read on behind a number: "and a half", "grand", or "two thirty" as a time."""
    after = [piece.canon for piece in pieces[at : at + 4]] + [""] * 4
    if after[:3] == ["and", "a", "half"] and not pieces[at - 1].ending:
        more = ENGLISH[after[3]] if after[3] in ("hundred", "thousand") else 1
        return (count.value + 0.5) * more, "", 3 + (more > 1)
    if after[0] == "grand" and _ends_sum(after[1]) and count.value < 1000:
        return count.value * 1000, "", 1
    is_money = after[0].startswith(("tl", "usd", "eur", "gbp"))
    is_clock = count.hundreds and before in _CLOCK_BEFORE and not is_money
    if is_clock and count.value < 1260 and count.value % 100 < 60:
        return count.value, ":", 0
    return None


def _take_english(count: Count, pieces: Sequence[Piece], at: int, before: str) -> bool:
    """Take the word at ``at`` into the number; false when it does not belong to it."""
    word = pieces[at].canon
    if word == "and":
        return count.last >= 100 and _number_at(pieces, at + 1)
    if word not in ENGLISH or (word == "one" and not _counts(pieces, at, before)):
        return False
    if ENGLISH[word] == 100 and count.total == 0 and 10 < count.part < 100 and count.part % 10:
        count.part, count.last = count.part * 100, 100  # "seventeen hundred"
        return True
    return add(count, ENGLISH[word]) or _hundreds(count, ENGLISH[word])


def _hundreds(count: Count, value: float) -> bool:
    """Read "three fifty" and "twelve fifty" as hundreds."""
    if count.words == 1 and 0 < count.part < 20 and 10 <= value < 100 and count.total == 0:
        count.part, count.last, count.words = count.part * 100 + value, scale(value), 2
        count.hundreds = True
        return True
    return False


def _fixed_english(words: list[str]) -> tuple[float, str, int] | None:
    words = words + [""] * 4
    if words[:3] in (["half", "a", "dozen"], ["half", "a", "thousand"], ["half", "a", "hundred"]):
        return {"dozen": 6, "thousand": 500, "hundred": 50}[words[2]], "", 3
    if words[:2] == ["half", "an"] or words[:2] == ["half", "a"]:
        return 0.5, "", 2
    if words[0] == "a" and words[1] == "grand" and _ends_sum(words[2]):
        return 1000, "", 2
    many = words[1:] if words[0] == "a" else words
    if many[0] in ("couple", "few") and many[1] in ("hundred", "thousand"):
        return ENGLISH[many[1]] * (2 if many[0] == "couple" else 3), "", 2 + (many is not words)
    if words[0] == "a" and words[1] in ("dozen", "couple", "thousand", "million"):
        value = {"dozen": 12, "couple": 2, "thousand": 1000, "million": 1_000_000}[words[1]]
        return value, "", 3 if words[2] == "of" else 2
    if words[:2] == ["couple", "of"] and words[2] != "us":
        return 2, "", 2
    if words[0] == "a" and words[1] == "hundred" and words[2] not in ("and", *ENGLISH):
        return 100, "", 2
    return (12, "", 1) if words[0] == "dozen" else None


def _ends_sum(word: str) -> bool:
    return not word.isalpha() or word in _AFTER_GRAND


def _number_at(pieces: Sequence[Piece], at: int) -> bool:
    return at < len(pieces) and pieces[at].canon in ENGLISH


def _counts(pieces: Sequence[Piece], at: int, before: str) -> bool:
    """Whether "one" is a number here and not a pronoun."""
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    return following.isalpha() and before not in ("this", "that", "the", "which", "no", "any")


def _ordinal(pieces: Sequence[Piece], at: int, before: str) -> tuple[float, str, int] | None:
    following = pieces[at + 1].canon if at + 1 < len(pieces) else ""
    if pieces[at].canon in ORDINAL and before == "the" and following not in ("week", "time"):
        return ORDINAL[pieces[at].canon], "th", 1
    return None


def within_reach(digits: str) -> bool:
    """Whether a run of digits can be a count or a price, not a telephone number."""
    return sum(sign.isdigit() for sign in digits) <= _MOST_DIGITS

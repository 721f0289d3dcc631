"""Number words of Turkish and English, and how they add up."""

from __future__ import annotations

import re
from dataclasses import dataclass

TURKISH = {"sifir": 0, "bir": 1, "iki": 2, "uc": 3, "dort": 4, "bes": 5, "alti": 6, "yedi": 7}
TURKISH |= {"sekiz": 8, "dokuz": 9, "on": 10, "yirmi": 20, "otuz": 30, "kirk": 40, "elli": 50}
TURKISH |= {"altmis": 60, "yetmis": 70, "seksen": 80, "doksan": 90, "yuz": 100, "bin": 1000}
TURKISH |= {"milyon": 1_000_000, "dord": 4}
_BACK = {6, 9, 10, 30, 40, 60, 90}  # take endings with a; the rest with e
ENGLISH = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
ENGLISH |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13}
ENGLISH |= {"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18}
ENGLISH |= {"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
ENGLISH |= {"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000}
ENGLISH |= {"million": 1_000_000}
ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
ORDINAL |= {"eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12}
ORDINAL |= {"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16}
ORDINAL |= {"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20}
ORDINAL |= {"thirtieth": 30}

# Endings that a Turkish number carries; vowels a and e must fit the number.
ENDING = (
    r"(?:[yns]?[aei]|[yns]?u|[dt][ae]n?|[yns]?i?n[dt]?[ae]n?|s?inin|inci|uncu|nci|ncu|s?[ae]r"
    r"|s?[ae]rli|l[iu]k?|l[iu]g[iu]|s?[iu]nd[ae]n?|s?[iu]n[ae]|[dt][ae]ki|y?l[ae]|imiz|umuz|miz"
    r"|yiz|[iu]z|n?[iu]n|y?[dt][iu])"
)
_ENDING = re.compile(ENDING)
# Words of other meaning that look like a number with an ending.
_NOT_A_NUMBER = frozenset(
    "ona onla onu onun onlar onlari ondan one ondaki oner onlu onda onsa altin altina altinda"
    " altindan"
    " altini altinci birin birer birlik birli birde birden biri bini binin uzun binmek"
    " yuzu yuzunden"
    " bindi uctu yuzdu bindik besti yuzde besin yuzun ucuz ucu binde bira".split()
)
_CLOCK_BEFORE = frozenset(("saat", "sabah", "aksam", "gece", "gunu", "yarin", "ogleden"))


@dataclass(slots=True)
class Count:
    """A number being read; ``last`` is the scale of its last word (0 before the first)."""

    total: float = 0
    part: float = 0
    last: float = 0
    words: int = 0
    hundreds: bool = False

    @property
    def value(self) -> float:
        """What was read so far."""
        return self.total + self.part


def turkish_word(word: str, before: str = "") -> tuple[float, str] | None:
    """Read one folded Turkish number word with its ending.

    >>> turkish_word("sekizde"), turkish_word("bina")
    ((8, 'de'), None)
    """
    stem, apostrophe, ending = word.partition("'")
    if apostrophe:
        return (TURKISH[stem], ending) if stem in TURKISH and _ENDING.fullmatch(ending) else None
    if word in TURKISH and word != "dord":
        return TURKISH[word], ""
    if word in ("onda", "birde") and before in _CLOCK_BEFORE:
        return (10, "da") if word == "onda" else (1, "de")
    if word == "yuzu" and before in TURKISH:
        return 100, "u"
    if word in _NOT_A_NUMBER and not (
        word.startswith(("bir", "ucu")) and TURKISH.get(before, 0) >= 10
    ):
        return None
    for name, value in TURKISH.items():
        ending = word[len(name) :]
        if word.startswith(name) and _ENDING.fullmatch(ending) and _fits(value, ending):
            return value, ending
    return None


def joined_words(word: str) -> tuple[float, str] | None:
    """Read number words that were typed as one, with their ending.

    >>> joined_words("yuzelliye"), joined_words("ikibinbesyuz"), joined_words("sekiz")
    ((150, 'ye'), (2500, ''), None)
    """
    count, at, before = Count(), 0, ""
    while (name := _longest(word[at:])) is not None:
        last = turkish_word(word[at:], before) if count.words else None
        if last is not None and add(count, last[0]):
            return count.value, last[1]
        if not add(count, TURKISH[name]):
            return None
        at, before = at + len(name), name
    return None


def _longest(text: str) -> str | None:
    fits = [name for name in TURKISH if text.startswith(name) and name != "dord"]
    return max(fits, key=len, default=None)


def _fits(value: int, ending: str) -> bool:
    wrong = "e" if value in _BACK else "a"
    return wrong not in ending and not (value == 1 and ending[0] not in "ed")


def add(count: Count, value: float) -> bool:
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
    elif count.last and (count.last <= scale(value) or count.last == 0.5):
        return False
    else:
        count.part += value
    count.last = scale(value)
    count.words += 1
    return True


def scale(value: float) -> float:
    """Return 1, 10, 100 or 1000: the size of the word that names ``value``."""
    if value >= 1000:
        return 1000
    if value >= 100:
        return 100
    return 10 if value >= 10 else 1

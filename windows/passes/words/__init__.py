"""A pass's code as four everyday words, for when nothing can be scanned. Pure.

Each word stands for one of 256 places of its list; four of them hold the code and a check, so that
most wrong words are noticed.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from iceshop.kernel.ids import CODE_ALPHABET
from iceshop.kernel.text import fold

LANGUAGES = ("tr", "en")
WORDS_IN_A_CODE = 4
_LIST_LENGTH = 256
_CODE_LENGTH = 6
_CODES = len(CODE_ALPHABET) ** _CODE_LENGTH
_CHECKS = 5
_NUMBERS = _LIST_LENGTH**WORDS_IN_A_CODE
# Any odd number is undone modulo a power of two; this one (of Knuth) spreads neighbours well.
_SPREAD = 2_654_435_761
_UNSPREAD = pow(_SPREAD, -1, _NUMBERS)


def words_of(code: str, language: str) -> str:
    """The four words of a pass's code.

    >>> words_of("7F3K92", "en")
    'camel umbrella trolley autumn'
    """
    spread = _numbered(code) * _SPREAD % _NUMBERS
    places = spread.to_bytes(WORDS_IN_A_CODE, "big")
    return " ".join(_words(language)[place] for place in places)


def code_of_words(text: str) -> str | None:
    """The code that four words of one language stand for, or ``None``.

    Words may be written without marks and with one wrong letter each.
    """
    heard = re.findall(r"[a-z]+", fold(text))
    if len(heard) != WORDS_IN_A_CODE:
        return None
    codes = (_code(heard, language) for language in LANGUAGES)
    return next((code for code in codes if code), None)


@cache
def _words(language: str) -> tuple[str, ...]:
    text = (files(__name__) / f"{language}.txt").read_text(encoding="utf-8")
    return tuple(text.split())


@cache
def _folded(language: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in _words(language))


def _code(heard: list[str], language: str) -> str | None:
    places = [_place(word, language) for word in heard]
    if None in places:
        return None
    spread = int.from_bytes(bytes(place for place in places if place is not None), "big")
    number, check = divmod(spread * _UNSPREAD % _NUMBERS, _CHECKS)
    return _spelled(number) if number < _CODES and check == _check(number) else None


def _place(word: str, language: str) -> int | None:
    known = _folded(language)
    if word in known:
        return known.index(word)
    return next((place for place, own in enumerate(known) if _is_one_letter_off(word, own)), None)


def _is_one_letter_off(heard: str, word: str) -> bool:
    """Whether one letter is wrong, missing or too many."""
    if abs(len(heard) - len(word)) > 1:
        return False
    same = next((n for n, (a, b) in enumerate(zip(heard, word, strict=False)) if a != b), None)
    if same is None:
        return True
    rests = {(heard[same + 1 :], word[same + 1 :]), (heard[same:], word[same + 1 :])}
    return any(a == b for a, b in rests | {(heard[same + 1 :], word[same:])})


def _numbered(code: str) -> int:
    number = 0
    for sign in code:
        number = number * len(CODE_ALPHABET) + CODE_ALPHABET.index(sign)
    return number * _CHECKS + _check(number)


def _check(number: int) -> int:
    return sum(map(int, str(number))) % _CHECKS


def _spelled(number: int) -> str:
    signs = ""
    for _ in range(_CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        signs = CODE_ALPHABET[place] + signs
    return signs

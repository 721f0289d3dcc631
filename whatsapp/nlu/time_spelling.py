"""Time words recognised in spite of a slip of the finger, Turkish endings included."""

from __future__ import annotations

import re
from functools import cache

_WORDS = (
    " pazartesi sali carsamba persembe cuma cumartesi pazar ocak subat nisan mayis haziran"
    " temmuz agustos eylul ekim kasim aralik yarin bugun sabah aksam aksamustu ogle oglen"
    " ogleden gece hafta haftaya saat dakika arasi kadar sonra itibaren civar civari"
    " onumuzdeki gelecek haric icinde monday tuesday wednesday thursday friday saturday"
    " sunday january february april june july august september october november december"
    " tomorrow today tonight morning afternoon evening weekend weekday within between before"
    " after until around hour hours minutes minute o'clock noon midnight except"
).split()  # fmt: skip
# Other words that are one slip away from a time word.
_OTHERS = frozenset(
    "icine aksa aras arsa arsi asam haftada haftalik hata hazira harci hour kaim kasi mais monda"
    " nisa olen ogen paza saba sona sonar sora suba sunda toady toda yari gelecem gelecen gelecez"
    " evenings expect hors".split()
)
_SHORTEST = 4
_LONG = 7
_LETTERS = "abcdefghijklmnoprstuvwxyz"


def _slips(word: str) -> set[str]:
    """Spellings of ``word`` with one letter left out, doubled, replaced or swapped."""
    made = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
    made |= {word[:at] + word[at] + word[at:] for at in range(len(word))}
    made |= {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}
    if len(word) >= _LONG:
        made |= {
            word[:at] + letter + word[at + 1 :] for at in range(1, len(word)) for letter in _LETTERS
        }
    return {slip for slip in made if len(slip) >= _SHORTEST}


@cache
def _by_slip() -> dict[str, str]:
    """Misspelling to word; where two words claim one, neither has it."""
    claims: dict[str, set[str]] = {}
    for word in _WORDS:
        if len(word) > _SHORTEST:
            for slip in _slips(word):
                claims.setdefault(slip, set()).add(word)
    taken = _OTHERS.union(_WORDS)
    return {
        slip: next(iter(words))
        for slip, words in claims.items()
        if len(words) == 1 and slip not in taken
    }


_CASE = re.compile(
    r"(?:[sn]?[iu]n?)?[dt][ae]n?|[yn]?[aeiu]|s?[iu]n?[ae]?|[iu]n|l[ae]r[iu]?|ki|l[ae]"
)


@cache
def _stems() -> frozenset[str]:
    return frozenset(_WORDS)


def respelled(word: str) -> str:
    """``word`` as it should be spelled when it is a time word with a slip, else as it is.

    >>> respelled("perşmbe".replace("ş", "s")), respelled("cumartsiye"), respelled("pazarci")
    ('persembe', 'cumartesiye', 'pazarci')
    """
    if len(word) < _SHORTEST or word in _OTHERS or word in _stems():
        return word
    found = _by_slip().get(word)
    if found is not None:
        return found
    for at in range(len(word) - 1, _SHORTEST, -1):
        stem, ending = word[:at], word[at:]
        if stem in _stems():
            return word
        if (right := _by_slip().get(stem)) is not None and _CASE.fullmatch(ending):
            return right + ending
    return word

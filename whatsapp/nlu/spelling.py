"""Words recognised in spite of a slip: a letter left out, put in, replaced, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

# Shorter words must be spelled rightly; from ``_LONG`` on, two slips are let by. Below
# ``_SURE`` no letter may be replaced ("couch" is not "coach"), below ``_LONG`` only vowels.
_SHORTEST = 5
_SURE = 7
_LONG = 8
_VOWELS = frozenset("aeiou")


class Spellings:
    """A vocabulary of folded words, found by what is left of them when letters are dropped."""

    def __init__(self, words: Iterable[str]) -> None:
        self._left: dict[str, list[str]] = {}
        for word in words:
            if len(word) >= _SHORTEST:
                for left in _dropped(word, slips(word)):
                    self._left.setdefault(left, []).append(word)

    def closest(self, typed: str) -> tuple[int, str] | None:
        """The nearest word within the slips that both lengths allow, and how many they are.

        The first letter must be right: people seldom miss it, and most false friends do.

        >>> Spellings(["lahmacun", "kahvalti"]).closest("lahmcun")
        (1, 'lahmacun')
        """
        if len(typed) < _SHORTEST - 1:
            return None
        best: tuple[int, str] | None = None
        tried: set[str] = set()
        for left in _dropped(typed, slips(typed)):
            for word in self._left.get(left, ()):
                if word in tried or word[0] != typed[0]:
                    continue
                tried.add(word)
                if len(typed) == len(word) and not _is_slip(typed, word):
                    continue
                found = (distance(typed, word), word)
                if found[0] <= min(slips(word), slips(typed)) and (best is None or found < best):
                    best = found
        return best


def _is_slip(typed: str, word: str) -> bool:
    """Whether the letters of two words of one length differ as a slip makes them differ."""
    if len(word) >= _LONG or sorted(typed) == sorted(word):
        return True
    other = [pair for pair in zip(typed, word, strict=True) if pair[0] != pair[1]]
    return len(word) >= _SURE and all(_VOWELS.issuperset(pair) for pair in other)


def slips(word: str) -> int:
    """How many slips ``word`` may hold.

    >>> slips("kek"), slips("pizza"), slips("kruvasan")
    (0, 1, 2)
    """
    return 0 if len(word) < _SHORTEST - 1 else 1 if len(word) < _LONG else 2


def _dropped(word: str, most: int) -> Iterator[str]:
    """``word`` without up to ``most`` of its letters."""
    for count in range(most + 1):
        for kept in combinations(word, len(word) - count):
            yield "".join(kept)


def distance(one: str, other: str) -> int:
    """Letters to put in, drop, replace or swap with their neighbour to get ``other``.

    >>> distance("tosit", "tost"), distance("pizaz", "pizza")
    (1, 1)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one):
        above, row = row, [at + 1]
        for to, wanted in enumerate(other):
            cost = min(above[to + 1] + 1, row[to] + 1, above[to] + (sign != wanted))
            if at and to and sign == other[to - 1] and one[at - 1] == wanted:
                cost = min(cost, before[to - 1] + 1)
            row.append(cost)
        before = above
    return row[-1]

"""How many people will come: the exact distribution of a sum of independent parties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

from windows.engine.types import Expected, Intent


def distribution(parties: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], int]:
    """Convolve parties of ``(people, show_permille)``; each comes whole or not at all.

    Returns integer weights for 0, 1, 2... people and their sum (a power of 1000), so that nothing
    is rounded.

    >>> distribution([(1, 500), (2, 100)])
    ((450000, 450000, 50000, 50000), 1000000)
    """
    weights = [1]
    total = 1
    for people, show_permille in parties:
        grown = [weight * (1000 - show_permille) for weight in weights] + [0] * people
        for count, weight in enumerate(weights):
            grown[count + people] += weight * show_permille
        weights = grown
        total *= 1000
    return tuple(weights), total


def expected(parties: Sequence[tuple[int, int]], range_permille: int = 800) -> Expected:
    """Return the mean and the equal-tailed range that holds with at least ``range_permille``.

    With tail ``a = (1000 - range) / 2``: fewer than ``low`` come with at most ``a`` permille, more
    than ``high`` with at most ``a`` permille. ``range_permille`` is 1...999.

    >>> expected([(1, 900)] * 10)
    Expected(mean_milli=9000, low=8, high=10, range_permille=800)
    """
    weights, total = distribution(parties)
    tail = total * (1000 - range_permille)  # both sides of the comparisons are times 2000
    below = list(accumulate(weights))
    low = next(count for count, weight in enumerate(below) if 2000 * weight > tail)
    high = next(count for count, weight in enumerate(below) if 2000 * (total - weight) <= tail)
    return Expected(
        mean_milli=sum(people * show for people, show in parties),
        low=low,
        high=high,
        range_permille=range_permille,
    )


def expected_of(intents: Iterable[Intent], range_permille: int = 800) -> Expected:
    """Return what to expect of a group of intents."""
    return expected([(one.quantity, one.show_permille) for one in intents], range_permille)

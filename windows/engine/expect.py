"""How many people will come: people fail together, so their chances are never simply added up.

Rain, traffic or a bad message moves everybody of a window in the same direction. The count is a sum
of parties that are independent only given a shock shared by the window: normal on the log-odds of
each party, its spread ``SHOCK_MILLI``. Summing calibrated chances as if people were independent
gives 90 % ranges that hold 73 % of the time; one shared shock of 0.4 gave 91 % (hotel arrivals by
day, Antonio et al. 2019, CC BY 4.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import exp, log, pi, sqrt

from windows.engine.types import Expected, Intent

# Standard deviation of the shared shock on the log-odds, in thousandths: the value for a place
# whose own outcomes are not counted yet.
SHOCK_MILLI = 400
# Gauss-Hermite nodes and weights of the standard normal, of order 15.
_NODES = (
    (0.0, 0.31825951825952),
    *((sign * 0.799129068325, 0.23246229360973) for sign in (-1, 1)),
    *((sign * 1.606710069029, 0.08941779539984) for sign in (-1, 1)),
    *((sign * 2.43243682701, 0.01736577449214) for sign in (-1, 1)),
    *((sign * 3.289082424399, 0.00156735750355) for sign in (-1, 1)),
    *((sign * 4.196207711269, 0.00005642146405) for sign in (-1, 1)),
    *((sign * 5.190093591305, 0.00000059754196) for sign in (-1, 1)),
    *((sign * 6.36394788883, 0.00000000085896) for sign in (-1, 1)),
)
# A tail is compared after rounding: sums of floats are not exact.
_EXACT_TO = 12


def distribution(
    parties: Sequence[tuple[int, int]], shock_milli: int = SHOCK_MILLI
) -> tuple[float, ...]:
    """Chances of 0, 1, 2... people, of parties ``(people, show_permille)`` that come whole or not.

    The shock leaves the mean of each party as it is, to within a percent.

    >>> [round(chance, 3) for chance in distribution([(1, 500), (2, 100)], shock_milli=0)]
    [0.45, 0.45, 0.05, 0.05]
    """
    if not shock_milli:
        return tuple(_independent([(people, show / 1000) for people, show in parties]))
    spread = shock_milli / 1000
    mixed = [0.0] * (1 + sum(people for people, _ in parties))
    for node, weight in _NODES:
        shifted = [(people, _shifted(show, spread, node)) for people, show in parties]
        for count, chance in enumerate(_independent(shifted)):
            mixed[count] += weight * chance
    return tuple(mixed)


def _independent(parties: Iterable[tuple[int, float]]) -> list[float]:
    chances = [1.0]
    for people, show in parties:
        grown = [chance * (1 - show) for chance in chances] + [0.0] * people
        for count, chance in enumerate(chances):
            grown[count + people] += chance * show
        chances = grown
    return chances


def _shifted(show_permille: int, spread: float, node: float) -> float:
    """The chance under a shock of ``node`` standard deviations.

    The log-odds are stretched first, so that the mean over all shocks stays where it was (normal
    approximation of the logistic: MacKay 1992).
    """
    if show_permille in (0, 1000):
        return show_permille / 1000
    odds = log(show_permille / (1000 - show_permille)) * sqrt(1 + pi * spread * spread / 8)
    return 1 / (1 + exp(-(odds + spread * node)))


def expected(
    parties: Sequence[tuple[int, int]],
    range_permille: int = 800,
    shock_milli: int = SHOCK_MILLI,
) -> Expected:
    """Return the mean and the equal-tailed range that holds with at least ``range_permille``.

    With tail ``a = (1000 - range) / 2``: fewer than ``low`` come with at most ``a`` permille, more
    than ``high`` with at most ``a`` permille. ``range_permille`` is 1...999.

    >>> expected([(1, 800)] * 10)
    Expected(mean_milli=8000, low=6, high=10, range_permille=800)
    """
    tail = (1000 - range_permille) / 2000
    below = [round(chance, _EXACT_TO) for chance in accumulate(distribution(parties, shock_milli))]
    low = next(count for count, chance in enumerate(below) if chance > tail)
    high = next(count for count, chance in enumerate(below) if round(1 - chance, _EXACT_TO) <= tail)
    return Expected(
        mean_milli=sum(people * show for people, show in parties),
        low=low,
        high=high,
        range_permille=range_permille,
    )


def expected_of(intents: Iterable[Intent], range_permille: int = 800) -> Expected:
    """Return what to expect of a group of intents."""
    return expected([(one.quantity, one.show_permille) for one in intents], range_permille)

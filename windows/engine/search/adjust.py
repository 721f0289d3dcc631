"""Adjust prices to the demand for each thing, round by round.

Every price moves by a step in units of its own scale; steps shrink geometrically and keep some of
their direction. Nothing here is random.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from windows.engine.search.arrays import Floats, Ints, Problem
from windows.engine.search.crew import Crew
from windows.engine.search.duals import LARGE, Duals, Limits, constant, no_duals, use_prices
from windows.engine.search.exact import Slate

FIRST_STEP, LAST_STEP = 0.1, 0.003
MOMENTUM = 0.4
LEAST_EXCESS, MOST_EXCESS = -0.5, 3.0


class Adjusted:
    """The prices of the lowest bound so far.

    ``bound``: milli; ``reduced`` (places,): what each place was worth beyond those prices.
    """

    def __init__(self, problem: Problem) -> None:
        """Begin without prices and without a bound."""
        self.duals = no_duals(problem)
        self.reduced = np.zeros(len(problem.places), np.int64)
        self.bound = 1 << 62


def adjust(
    problem: Problem,
    limit: Limits,
    slates: Sequence[Slate],
    crew: Crew,
    *,
    rounds: int,
    go_on: Callable[[], bool],
    stride: int = 1,
    whole: int = 1,
) -> Adjusted:
    """Run so many rounds, or fewer when ``go_on`` says so.

    With a ``stride`` above 1 all rounds but the last ``whole`` look at every so many places only:
    enough to come near, but only whole rounds give a bound.
    """
    best, prices = Adjusted(problem), _Prices(problem, limit)
    reduced = np.zeros(len(problem.places), np.int64)
    uses = [no_duals(problem) for _ in slates]
    shrink = (LAST_STEP / FIRST_STEP) ** (1 / max(1, rounds - 1))
    for number in range(rounds):
        is_whole = stride == 1 or number >= rounds - whole
        duals = prices.rounded()
        step = 1 if is_whole else stride
        total = sum(
            crew.together(
                _used,
                [
                    (problem, duals, slate, reduced, use, span)
                    for slate, use, span in zip(
                        slates, uses, _spans(problem, len(slates), step), strict=True
                    )
                ],
            )
        )
        bound = total + constant(problem, limit, duals)
        if is_whole and bound < best.bound:
            best.bound, best.duals, best.reduced = bound, duals, reduced.copy()
        if not go_on():
            break
        prices.follow(_summed(uses), FIRST_STEP * shrink**number)
    return best


def _spans(problem: Problem, parts: int, step: int) -> list[Ints]:
    """Part the places by their entries, each part at whole steps."""
    ends = problem.places["last"]
    shares = [len(problem.entries) * part // parts for part in range(1, parts)]
    cuts = [int(cut) // step * step for cut in np.searchsorted(ends, shares)]
    edges = [0, *cuts, len(problem.places)]
    return [np.array([since, until, step], np.int64) for since, until in pairwise(edges)]


def _used(
    problem: Problem, duals: Duals, slate: Slate, reduced: Ints, use: Duals, span: Ints
) -> int:
    return use_prices(
        problem,
        duals,
        slate,
        reduced,
        use.people,
        use.room,
        use.parallel,
        use.stock,
        use.windows,
        span,
    )


def _summed(uses: Sequence[Duals]) -> Duals:
    first = uses[0]
    for other in uses[1:]:
        for mine, more in zip(first, other, strict=True):
            np.add(mine, more, out=mine)
    return first


class _Prices:
    """Prices as they are adjusted, with what there is of each thing and their scales."""

    def __init__(self, problem: Problem, limit: Limits) -> None:
        gains = _largest_gains(problem)
        mean = max(1.0, float(gains[gains > 0].mean()) if (gains > 0).any() else 1.0)
        self._bonus_most = problem.bonus
        self._store_of = problem.offers["store"]
        ones = np.ones(len(gains), np.int64)
        self._there = (ones, problem.room, limit.parallel, problem.stock, limit.windows)
        self._scales = (gains, *(mean / np.maximum(one, 1) for one in self._there[1:]))
        self._most = (gains, mean, mean, mean, mean)
        self._prices: list[Floats] = [np.zeros(one.shape) for one in self._there]
        self._prices[0] += 0.5 * gains
        self._moves = [np.zeros(one.shape) for one in self._there]
        self._bonus = problem.bonus.astype(np.float64)

    def rounded(self) -> Duals:
        """Return the prices as whole numbers."""
        people, room, parallel, stock, windows = (_whole(one) for one in self._prices)
        large = np.zeros((len(stock), LARGE), np.int64)
        return Duals(people, room, parallel, stock, windows, _whole(self._bonus), large)

    def follow(self, use: Duals, step: float) -> None:
        """Raise what is wanted more often than it is there, lower the rest."""
        wanted = (use.people, use.room, use.parallel, use.stock, use.windows)
        for price, move, want, there, scale, most in zip(
            self._prices, self._moves, wanted, self._there, self._scales, self._most, strict=True
        ):
            excess = np.clip((want - there) * scale, LEAST_EXCESS * most, MOST_EXCESS * most)
            np.add(MOMENTUM * move, excess, out=move)
            np.maximum(price + step * move, 0, out=price)
        opened = np.zeros(len(self._bonus))
        np.add.at(opened, self._store_of, use.windows)
        fall = step * self._bonus_most * np.clip(opened - 1, LEAST_EXCESS, MOST_EXCESS)
        np.clip(self._bonus - fall, 0, self._bonus_most, out=self._bonus)


def _largest_gains(problem: Problem) -> Floats:
    """Return the largest gain that each intent could be anywhere, in milli."""
    largest = np.zeros(len(problem.intents))
    if not len(problem.entries):
        return largest
    values = np.array(
        [problem.tiers["value"][one["first"] : one["last"]].max() for one in problem.offers]
    )
    sizes = problem.places["last"] - problem.places["first"]
    value = np.repeat(values[problem.places["offer"]], sizes)
    rows = problem.entries["intent"]
    gains = problem.entries["base"] + problem.intents["worth"][rows] * value
    np.maximum.at(largest, rows, gains)
    return largest


def _whole(prices: Floats) -> Ints:
    return np.rint(prices).astype(np.int64)

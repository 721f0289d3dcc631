"""The whole search: prices, a greedy start, annealing; stoppable at any time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from windows.engine.search import adjust, anneal, arrays
from windows.engine.search.arrays import Floats, Ints, Problem
from windows.engine.search.desk import Desk, new_desk
from windows.engine.search.duals import limits
from windows.engine.search.effort import BLOCK, Effort, cooling_within, level_within
from windows.engine.search.exact import new_slate

HOT, WARM, COLD = 0.3, 0.1, 0.006
"""Temperatures in mean values of a window: of the first cooling, of later ones, at the end."""
SHARES = (0.0, 0.6, 0.8, 0.95)
"""Parts of a person's price that the greedy starts take off; the first is plain greedy."""
PRICE_TIME = 0.2
SECONDS_AN_ENTRY = 2e-7
"""What one round of prices takes for each entry, on a machine of 2020."""
FEW_ENTRIES = 200_000
PROBE_MOVES = 300
Clock = Callable[[], float]
"""Returns the seconds left."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best groups: for each intent its entry or -1, their worth, and the work done."""

    entries: Ints
    total_milli: int
    effort: Effort


def endless() -> float:
    """Leave all the time in the world."""
    return 1e9


def solve(
    problem: Problem,
    *,
    seed: int,
    effort: Effort | None = None,
    left: Clock = endless,
) -> Found:
    """Search until the effort is made or no time is left.

    Without an effort the time decides how much of it to make; the result names it. The same seed
    and effort give the same groups everywhere.
    """
    nothing = np.full(len(problem.intents), -1, np.int64)
    if not len(problem.places) or left() <= 0:
        return Found(nothing, 0, effort or Effort(0, 1, 1))
    plan = effort or Effort(1 << 40, 1, 1)
    start = _Start(problem)
    start.greedy(np.zeros(len(problem.intents)), SHARES[:1])
    if effort is None:
        plan = replace(plan, level=_level(problem, left))
    prices, lure = _prices(problem, plan, left)
    if left() > 0:
        start.greedy(prices, SHARES[1:2] if plan.level == 1 else SHARES[1:])
    runner = _Runner(problem, start, prices, lure, seed)
    if effort is None:
        plan = replace(plan, cooling=cooling_within(runner.blocks_within(left())))
    blocks = runner.run(plan, left)
    return Found(runner.best, int(runner.best_total[0]), replace(plan, blocks=blocks))


def _level(problem: Problem, left: Clock) -> int:
    """Return the level of prices whose rounds take about their share of the time."""
    seconds = SECONDS_AN_ENTRY * (len(problem.entries) / _stride(problem) + 1)
    return level_within(PRICE_TIME * left() / seconds)


def _stride(problem: Problem) -> int:
    return 1 if len(problem.entries) <= FEW_ENTRIES else 4


def _prices(problem: Problem, plan: Effort, left: Clock) -> tuple[Floats, Ints]:
    """Return what each person is worth elsewhere, and the places, the most promising first."""
    limit, slate = limits(problem), new_slate(problem)
    found = adjust.adjust(
        problem,
        limit,
        slate,
        rounds=plan.rounds,
        go_on=lambda: left() > 0,
        stride=_stride(problem),
    )
    lure = np.argsort(-found.reduced, kind="stable")
    return found.duals.people.astype(np.float64), lure


class _Start:
    """The best of several greedy solutions."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.desk = new_desk(problem)
        self.best = np.full(len(problem.intents), -1, np.int64)
        self.total = np.zeros(1, np.int64)

    def greedy(self, prices: Floats, shares: tuple[float, ...]) -> None:
        """Build one solution for each share of the prices, and keep the best."""
        worth = np.zeros(len(self.problem.places), np.int64)
        for share in shares:
            state = arrays.empty(self.problem)
            anneal.bounds(self.problem, worth, prices, share)
            anneal.greedy(self.problem, state, self.desk, prices, share, 1, worth)
            if state.total[0] > self.total[0]:
                anneal.keep(state, self.best, self.total)


class _Runner:
    """One state that is annealed, and the best that it has been."""

    def __init__(
        self, problem: Problem, start: _Start, prices: Floats, lure: Ints, seed: int
    ) -> None:
        self._problem, self._prices, self._lure = problem, prices, lure
        self._desk: Desk = start.desk
        self._state = arrays.empty(problem)
        self._random = np.array([seeded(seed)], np.uint64)
        self.best, self.best_total = start.best.copy(), start.total.copy()
        windows = len(np.unique(_places_of(problem, self.best)))
        self._mean = max(1.0, float(self.best_total[0]) / max(1, windows))

    def run(self, plan: Effort, left: Clock) -> int:
        """Cool again and again, each time from the best; return the blocks made."""
        made = 0
        for number, length in enumerate(plan.cycles()):
            anneal.restore(self._problem, self._state, self.best)
            hot = HOT if number == 0 or plan.cooling == 0 else WARM
            for block in range(length):
                if made >= plan.blocks or left() <= 0:
                    return made
                self._moves(block * BLOCK, (block + 1) * BLOCK, length * BLOCK, hot)
                made += 1
        return made

    def blocks_within(self, seconds: float) -> float:
        """Measure how many blocks fit into a time; leaves no trace."""
        kept, random = (self.best.copy(), self.best_total.copy()), self._random.copy()
        anneal.restore(self._problem, self._state, self.best)
        self._moves(0, 20, 1 << 40, HOT)
        before = perf_counter()
        self._moves(0, PROBE_MOVES, 1 << 40, HOT)
        spent = perf_counter() - before
        (self.best, self.best_total), self._random = kept, random
        return 0.92 * (seconds - spent) / max(1e-6, spent) * PROBE_MOVES / BLOCK

    def _moves(self, since: int, until: int, length: int, hot: float) -> None:
        anneal.anneal(
            self._problem,
            self._state,
            self._desk,
            self._prices,
            self._lure,
            self._random,
            np.array([hot * self._mean, COLD * self._mean]),
            np.array([since, until, length], np.int64),
            self.best,
            self.best_total,
        )


def _places_of(problem: Problem, entries: Ints) -> Ints:
    used = entries[entries >= 0]
    return np.searchsorted(problem.places["last"], used, side="right")


def groups(problem: Problem, entries: Ints) -> list[tuple[int, tuple[int, ...]]]:
    """Return (place, intents) for every window of a solution, in the order of the places."""
    by_place: dict[int, list[int]] = {}
    intents = np.nonzero(entries >= 0)[0]
    for intent, place in zip(intents, _places_of(problem, entries), strict=True):
        by_place.setdefault(int(place), []).append(int(intent))
    return [(place, tuple(by_place[place])) for place in sorted(by_place)]


def seeded(seed: int) -> int:
    """Return a generator's first value, far apart for seeds that are near (splitmix64)."""
    value = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % (1 << 64)
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) % (1 << 64)
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) % (1 << 64)
    return (value ^ (value >> 31)) or 1

"""Two lanes of annealing side by side, and the best that they find together.

A small problem is searched twice with different luck; a large one is cut in two, elsewhere
every while, and each half is searched apart. Both end the same however many threads there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

import numpy as np

from windows.engine.search import anneal, arrays
from windows.engine.search.arrays import Floats, Ints, Problem
from windows.engine.search.carve import Halver, Part, whole
from windows.engine.search.crew import Crew
from windows.engine.search.desk import new_desk
from windows.engine.search.effort import BLOCK

LANES = 2
LARGE_ENTRIES = 150_000
"""From here a problem is cut in two."""
LEAST_EPOCH, EPOCHS = 5, 100
"""Blocks before a large problem is cut anew, at least; and how often in one cooling, at most."""


class Lane:
    """One state that is annealed, and the best that it has been since it was set."""

    def __init__(self, part: Part, prices: Floats, lure: Ints, seed: int) -> None:
        """Lay out a part; ``prices`` and ``lure`` are the whole's."""
        self.part = part
        self._prices = prices[part.intents]
        place_at = np.full(len(lure), -1, np.int64)
        place_at[part.places] = np.arange(len(part.places))
        own = place_at[lure]
        self._lure = own[own >= 0]
        self._state, self._desk = arrays.empty(part.problem), new_desk(part.problem)
        self._random = np.array([seeded(seed)], np.uint64)
        self.best = np.full(len(part.intents), -1, np.int64)
        self.best_total = np.zeros(1, np.int64)

    def set(self, solution: Ints) -> None:
        """Go on from a solution of the whole."""
        own = self.part.inside(solution)
        anneal.restore(self.part.problem, self._state, own)
        self.best, self.best_total = own, self._state.total.copy()

    def current(self) -> Ints:
        """Return each intent's entry as it is."""
        return np.array(self._state.seats["entry"], np.int64)

    def moves(self, heat: Floats, span: Ints) -> None:
        """Make the steps of a span of one cooling."""
        if not len(self._lure):
            return
        anneal.anneal(
            self.part.problem,
            self._state,
            self._desk,
            self._prices,
            self._lure,
            self._random,
            heat,
            span,
            self.best,
            self.best_total,
        )


class Lanes:
    """The search of one problem: lanes, and the best solution."""

    def __init__(
        self,
        problem: Problem,
        start: tuple[Ints, int],
        prices: Floats,
        lure: Ints,
        seed: int,
        crew: Crew,
    ) -> None:
        """Begin with a solution and its worth."""
        self._problem, self._prices, self._lure = problem, prices, lure
        self._seed, self._crew, self._turn = seed, crew, 0
        self.best, self.best_total = start[0].copy(), start[1]
        alone = (problem.intents["sibling"] == np.arange(len(problem.intents))).all()
        self._is_large = len(problem.entries) > LARGE_ENTRIES and bool(alone)
        self._lanes: list[Lane] = []
        self._halver: Halver | None = None
        self._epoch = 1 << 40
        windows = len(np.unique(places_of(problem, self.best)))
        self._mean = max(1.0, self.best_total / max(1, windows))

    def begin(self, length: int) -> None:
        """Begin a cooling of so many blocks from the best solution."""
        if self._is_large:
            self._epoch = max(LEAST_EPOCH, length // EPOCHS)
            self._cut(self.best)
            return
        if not self._lanes:
            part = whole(self._problem)
            self._lanes = [
                Lane(part, self._prices, self._lure, LANES * self._seed + lane)
                for lane in range(LANES)
            ]
        for lane in self._lanes:
            lane.set(self.best)

    def block(self, number: int, length: int, heat: tuple[float, float]) -> None:
        """Make block ``number`` of a cooling of ``length`` blocks in every lane."""
        if number and number % self._epoch == 0:
            self._cut(self._joined([lane.current() for lane in self._lanes]))
        span = np.array([number * BLOCK, (number + 1) * BLOCK, length * BLOCK])
        self._move(self._lanes, span, heat)
        if self._is_large:
            total = sum(int(lane.best_total[0]) for lane in self._lanes)
            if total > self.best_total:
                self.best = self._joined([lane.best for lane in self._lanes])
                self.best_total = total
            return
        for lane in self._lanes:
            if lane.best_total[0] > self.best_total:
                self.best, self.best_total = lane.best.copy(), int(lane.best_total[0])

    def probe(self, heat: tuple[float, float], moves: int) -> float:
        """Return the seconds that some moves in every lane take; leaves no trace."""
        part = whole(self._problem)
        lanes = [Lane(part, self._prices, self._lure, lane) for lane in range(LANES)]
        for lane in lanes:
            lane.set(self.best)
        self._move(lanes, np.array([0, moves // 10, 1 << 40]), heat)
        before = perf_counter()
        self._move(lanes, np.array([0, moves, 1 << 40]), heat)
        return perf_counter() - before

    def _move(self, lanes: Sequence[Lane], span: Ints, heat: tuple[float, float]) -> None:
        hot = np.array([heat[0] * self._mean, heat[1] * self._mean])
        self._crew.together(lambda lane: lane.moves(hot, span), [(one,) for one in lanes])

    def _cut(self, solution: Ints) -> None:
        self._turn += 1
        if self._halver is None:
            self._halver = Halver(self._problem, self._seed)
        parts = self._halver.halves(solution)
        self._lanes = self._crew.together(
            self._lane, [(part, solution, lane) for lane, part in enumerate(parts)]
        )

    def _lane(self, part: Part, solution: Ints, lane: int) -> Lane:
        made = Lane(part, self._prices, self._lure, (self._seed << 20) + LANES * self._turn + lane)
        made.set(solution)
        return made

    def _joined(self, own: Sequence[Ints]) -> Ints:
        solution = np.full(len(self._problem.intents), -1, np.int64)
        for lane, entries in zip(self._lanes, own, strict=True):
            placed = entries >= 0
            solution[lane.part.intents[placed]] = lane.part.entries[entries[placed]]
        return solution


def places_of(problem: Problem, entries: Ints) -> Ints:
    """Return the places of those entries that are not -1."""
    used = entries[entries >= 0]
    return np.searchsorted(problem.places["last"], used, side="right")


def seeded(seed: int) -> int:
    """Return a generator's first value, far apart for seeds that are near (splitmix64)."""
    value = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % (1 << 64)
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) % (1 << 64)
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) % (1 << 64)
    return (value ^ (value >> 31)) or 1

"""The whole search: components, prices, a greedy start, annealing, proofs; it can stop any time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from windows.engine.search import adjust, anneal, arrays, close
from windows.engine.search.arrays import Floats, Ints, Problem
from windows.engine.search.carve import Part, carve, components, whole
from windows.engine.search.crew import HANDS, Crew
from windows.engine.search.desk import new_desk
from windows.engine.search.duals import limits
from windows.engine.search.effort import BLOCK, Effort, cooling_within, level_within
from windows.engine.search.exact import new_slate
from windows.engine.search.lanes import LANES, Lanes, places_of

HOT, WARM, COLD = 0.3, 0.1, 0.006
"""Temperatures in mean values of a window: of the first cooling, of later ones, at the end."""
SHARES = (0.0, 0.6, 0.8, 0.95)
"""Parts of a person's price that the greedy starts take off; the first is plain greedy."""
PRICE_TIME = 0.25, 1.0, 0.06
"""Prices take at most this part of the time, and at most so many seconds and this part."""
SECONDS_AN_ENTRY = 1.6e-7
"""What one round of prices takes for each entry, on one core of 2020."""
FEW_ENTRIES = 200_000
PROBE_MOVES = 300
MOST_PARTS = 8
"""Components that are searched apart; the smaller ones are searched together."""
CLOSE_AT_ONCE = 60
"""Intents up to which a component is proven before anything is moved."""
CLOSE_AFTER = 8
"""Blocks after which larger ones are."""
CLOSING_TIME = 0.6
LAST_SHARE = 0.9
"""Part of the time that is planned for; the rest is for what cannot be foreseen."""
Clock = Callable[[], float]
"""Returns the seconds left."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best groups: for each intent its entry or -1, their worth, and the work done.

    ``proven``: components whose groups are proven to be the best of all, of ``parts``.
    """

    entries: Ints
    total_milli: int
    effort: Effort
    proven: int = 0
    parts: int = 0


def endless() -> float:
    """Leave all the time in the world."""
    return 1e9


def solve(
    problem: Problem,
    *,
    seed: int,
    effort: Effort | None = None,
    left: Clock = endless,
    hands: int = HANDS,
) -> Found:
    """Search until the effort is made, everything is proven or no time is left.

    Without an effort the time decides how much of it to make; the result names it. The same seed
    and effort give the same groups everywhere, with any number of threads (``hands``). A small
    problem is given the plain greedy groups even when the time is over from the start.
    """
    nothing = np.full(len(problem.intents), -1, np.int64)
    is_late = left() <= 0 and len(problem.entries) > FEW_ENTRIES
    if not len(problem.places) or is_late:
        return Found(nothing, 0, effort or Effort(0, 1, 1))
    with Crew(hands) as crew:
        try:
            return _Search(problem, seed, effort, left, crew).run()
        except close.OutOfTime:
            unproven = replace(effort or Effort(1 << 40, 1, 1), level=Effort.UNPROVEN)
            return _Search(problem, seed, unproven, left, crew).run()


class _Search:
    """One call of ``solve``."""

    def __init__(
        self, problem: Problem, seed: int, effort: Effort | None, left: Clock, crew: Crew
    ) -> None:
        self._problem, self._seed, self._left, self._crew = problem, seed, left, crew
        self._plan = effort or Effort(1 << 40, 1, 1)
        self._is_timed = effort is None or effort.blocks == 1 << 40
        self._may_close = self._plan.level != Effort.UNPROVEN
        self.best = np.full(len(problem.intents), -1, np.int64)
        self._closed: set[int] = set()

    def run(self) -> Found:
        """Search; see ``solve``."""
        start = _Start(self._problem)
        start.greedy(np.zeros(len(self._problem.intents)), SHARES[:1])
        if self._is_timed and self._may_close:
            self._plan = replace(
                self._plan, level=_level(self._problem, self._left(), self._crew.hands)
            )
        prices, lure = self._prices()
        if self._left() > 0:
            is_large = len(self._problem.entries) > FEW_ENTRIES
            start.greedy(prices, SHARES[2:3] if is_large else SHARES[1:])
        self.best = start.best
        self._parts = _parts(self._problem)
        self._lanes = [self._lanes_of(part, prices, lure) for part in self._parts]
        blocks = self._moved()
        return Found(
            self.best,
            sum(lanes.best_total for lanes in self._lanes),
            replace(self._plan, blocks=blocks),
            len(self._closed),
            len(self._parts),
        )

    def _prices(self) -> tuple[Floats, Ints]:
        """Return what each person is worth elsewhere, and the places, the most promising first."""
        problem = self._problem
        slates = [new_slate(problem) for _ in range(LANES)]
        found = adjust.adjust(
            problem,
            limits(problem),
            slates,
            self._crew,
            rounds=self._plan.rounds,
            go_on=lambda: self._left() > 0,
            stride=_stride(problem),
        )
        lure = np.argsort(-found.reduced, kind="stable")
        return found.duals.people.astype(np.float64), lure

    def _lanes_of(self, part: Part, prices: Floats, lure: Ints) -> Lanes:
        own = part.inside(self.best)
        at = np.full(len(lure), -1, np.int64)
        at[part.places] = np.arange(len(part.places))
        here = at[lure]
        start = own, close.worth_of(part.problem, own)
        return Lanes(
            part.problem, start, prices[part.intents], here[here >= 0], self._seed, self._crew
        )

    def _moved(self) -> int:
        """Close what is small, then cool again and again, each time from the best."""
        made, after = 0, [0] * len(self._parts)
        for row, part in enumerate(self._parts):
            if len(part.intents) <= CLOSE_AT_ONCE:
                self._close(row)
        if self._is_timed and self._open() and self._left() > 0:
            blocks = self._blocks_within(self._left())
            self._plan = replace(self._plan, cooling=cooling_within(blocks))
        for number, length in enumerate(self._plan.cycles()):
            if not self._open():
                return made
            shares = {row: self._share(row, length) for row in self._open()}
            for row, share in shares.items():
                self._lanes[row].begin(share)
            hot = HOT if number == 0 or self._plan.cooling == 0 else WARM
            for row, block in _woven(shares):
                if made >= self._plan.blocks or self._left() <= 0:
                    return made
                if row in self._closed:
                    continue
                self._lanes[row].block(block, shares[row], (hot, COLD))
                made, after[row] = made + 1, after[row] + 1
                self._keep(row)
                if after[row] == CLOSE_AFTER:
                    self._close(row)
        return made

    def _open(self) -> list[int]:
        return [row for row in range(len(self._parts)) if row not in self._closed]

    def _share(self, row: int, length: int) -> int:
        open_entries = sum(len(self._parts[one].entries) for one in self._open())
        return max(1, round(length * len(self._parts[row].entries) / max(1, open_entries)))

    def _keep(self, row: int) -> None:
        part, own = self._parts[row], self._lanes[row].best
        self.best[part.intents] = np.where(own >= 0, part.entries[own], -1)

    def _close(self, row: int) -> None:
        """Solve a part to its optimum if it is small enough; a better start if it is not."""
        part, lanes = self._parts[row], self._lanes[row]
        if not self._may_close or self._left() <= 0 or not close.is_closable(part.problem):
            return
        until = self._left() * (1 - CLOSING_TIME)
        closed = close.close(
            part.problem, lanes.best, lanes.best_total, lambda: self._left() - until
        )
        lanes.best, lanes.best_total = closed.entries, closed.total_milli
        self._keep(row)
        if closed.is_proven:
            self._closed.add(row)

    def _blocks_within(self, seconds: float) -> float:
        """Measure how many blocks fit into a time; leaves no trace."""
        lanes = self._lanes[self._open()[0]]
        before = perf_counter()
        spent = lanes.probe((HOT, COLD), PROBE_MOVES)
        seconds -= perf_counter() - before
        return LAST_SHARE * seconds / max(1e-6, spent) * PROBE_MOVES / BLOCK


def _woven(lengths: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Yield (part, block) so that all parts of a cooling come to their end together."""
    if len(lengths) == 1:
        ((only, most),) = lengths.items()
        return ((only, block) for block in range(most))
    order = sorted(
        ((block + 1) / length, row, block)
        for row, length in lengths.items()
        for block in range(length)
    )
    return ((row, block) for _, row, block in order)


def _parts(problem: Problem) -> list[Part]:
    """Return the components that are searched apart, the largest first."""
    found = components(problem)
    if len(found) == 1:
        return [whole(problem)]
    sides = np.zeros(len(problem.intents), np.int64)
    large = list(found[:MOST_PARTS])
    small = found[MOST_PARTS:]
    if small:
        large.append(np.sort(np.concatenate(small)))
    return [carve(problem, np.sort(rows), sides) for rows in large]


def _level(problem: Problem, seconds: float, hands: int) -> int:
    """Return the level of prices whose rounds take about their share of the time."""
    a_round = SECONDS_AN_ENTRY * (len(problem.entries) / _stride(problem) + 1) / hands
    part, some, more = PRICE_TIME
    return level_within(min(part * seconds, some + more * seconds) / a_round)


def _stride(problem: Problem) -> int:
    return 1 if len(problem.entries) <= FEW_ENTRIES else 4


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


def groups(problem: Problem, entries: Ints) -> list[tuple[int, tuple[int, ...]]]:
    """Return (place, intents) for every window of a solution, in the order of the places."""
    by_place: dict[int, list[int]] = {}
    intents = np.nonzero(entries >= 0)[0]
    for intent, place in zip(intents, places_of(problem, entries), strict=True):
        by_place.setdefault(int(place), []).append(int(intent))
    return [(place, tuple(by_place[place])) for place in sorted(by_place)]

"""Solve a small problem to its proven optimum.

Prices from the linear programme over groups prove a bound. A group worth less beyond those prices
than the gap between bound and solution is in no better solution; the others are listed, and an
integer programme chooses among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from windows.engine.search import adjust
from windows.engine.search.arrays import Ints, Problem
from windows.engine.search.catalogue import catalogue
from windows.engine.search.crew import Crew
from windows.engine.search.duals import Duals, limits
from windows.engine.search.exact import new_slate
from windows.engine.search.master import SCALE, generate, value_of

MOST_INTENTS, MOST_ENTRIES = 200, 20_000
MOST_GROUPS = 8000
MOST_NODES = 20_000
PRICE_ROUNDS = 60
FEW_GROUPS = 600
"""Groups among which a better solution is looked for first: it narrows the gap."""
Clock = Callable[[], float]


class OutOfTime(Exception):
    """The time was over before the answer depended on steps alone."""


@dataclass(frozen=True, slots=True)
class Closed:
    """The best solution, its worth, and whether it is proven to be the best of all."""

    entries: Ints
    total_milli: int
    bound_milli: int

    @property
    def is_proven(self) -> bool:
        """Tell whether nothing can be better."""
        return self.total_milli >= self.bound_milli


def is_closable(problem: Problem) -> bool:
    """Tell whether a problem is small enough, and nobody has several intents."""
    alone = problem.intents["sibling"] == np.arange(len(problem.intents))
    is_small = len(problem.intents) <= MOST_INTENTS and len(problem.entries) <= MOST_ENTRIES
    return is_small and bool(alone.all())


def close(problem: Problem, entries: Ints, total: int, left: Clock) -> Closed:
    """Improve a solution until it is proven best or the listing grows too long.

    Raises ``OutOfTime`` rather than return what depends on the clock.
    """
    limit, slate = limits(problem), new_slate(problem)
    prices = adjust.adjust(
        problem, limit, [slate], Crew(1), rounds=PRICE_ROUNDS, go_on=lambda: left() > 0
    )
    duals, bound = generate(problem, limit, slate, prices.duals, prices.bound, left)
    _check(left)
    best = Closed(entries, total, bound)
    for most in (FEW_GROUPS, MOST_GROUPS):
        gap = best.bound_milli - best.total_milli
        if gap <= 0:
            break
        found, slack = listed(problem, duals, gap, most)
        _check(left)
        answer = _Choice(problem, found).best(left)
        if answer.total_milli > best.total_milli:
            best = Closed(answer.entries, answer.total_milli, bound)
        if slack == gap and answer.is_proven:
            return Closed(best.entries, best.total_milli, best.total_milli)
    return best


def _check(left: Clock) -> None:
    if left() <= 0:
        raise OutOfTime


@dataclass(frozen=True, slots=True)
class _Group:
    place: int
    entries: Ints


def listed(problem: Problem, duals: Duals, gap: int, most: int) -> tuple[list[_Group], int]:
    """Return the groups within the largest slack that does not list too many, and that slack."""
    places, ends = np.zeros(most, np.int64), np.zeros(most, np.int64)
    entries = np.zeros(32 * most, np.int64)
    slate, slack = new_slate(problem), gap
    while True:
        found = catalogue(problem, duals, slate, slack, places, ends, entries)
        if found >= 0:
            starts = np.concatenate([[0], ends[:found]])
            return [
                _Group(int(places[row]), entries[starts[row] : starts[row + 1]].copy())
                for row in range(found)
            ], slack
        slack //= 2


class _Choice:
    """The integer programme over listed groups."""

    def __init__(self, problem: Problem, groups: list[_Group]) -> None:
        self._problem, self._groups = problem, groups
        self._rows: dict[Any, dict[int, float]] = defaultdict(dict)
        self._most: dict[Any, float] = {}
        self._worth: list[int] = []
        for column, group in enumerate(groups):
            self._add(column, group)
        stores = sorted({self._offer(group)["store"] for group in groups})
        self._bonus = {store: len(groups) + row for row, store in enumerate(stores)}

    def _offer(self, group: _Group) -> Any:
        return self._problem.offers[self._problem.places["offer"][group.place]]

    def _add(self, column: int, group: _Group) -> None:
        problem, place = self._problem, self._problem.places[group.place]
        row, offer = int(place["offer"]), self._offer(group)
        members = problem.entries[group.entries]
        people = problem.intents[members["intent"]]
        self._worth.append(value_of(problem, members, row))
        for intent in members["intent"].tolist():
            self._put(("intent", intent), column, 1, 1)
        self._put(("stock", row), column, int(people["units"].sum()), int(problem.stock[row]))
        self._put(("place", group.place), column, 1, 1)
        store = int(offer["store"])
        for slot in range(place["slot"], place["slot"] + offer["slots"]):
            room, windows = problem.room[store, slot], problem.parallel[store, slot]
            self._put(("room", store, slot), column, int(people["load"].sum()), int(room))
            self._put(("parallel", store, slot), column, 1, int(windows))
            if len(problem.apart) > 1:
                self._put(("apart", row, slot), column, 1, int(problem.apart[row, slot]))

    def _put(self, row: Any, column: int, weight: float, most: float) -> None:
        self._rows[row][column] = weight
        self._most[row] = most

    def best(self, left: Clock) -> Closed:
        """Return the best choice; proven when its bound is its worth."""
        nothing = np.full(len(self._problem.intents), -1, np.int64)
        if not self._groups:
            return Closed(nothing, 0, 0)
        model = self._model(left())
        model.run()
        if model.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime
        solution = model.getSolution()
        if not solution.value_valid:
            return Closed(nothing, 0, 1)
        values = np.array(solution.col_value[: len(self._groups)])
        for column in np.nonzero(values > 0.5)[0]:
            entries = self._groups[column].entries
            nothing[self._problem.entries["intent"][entries]] = entries
        total = worth_of(self._problem, nothing)
        is_best = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Closed(nothing, total, total if is_best else total + 1)

    def _model(self, seconds: float) -> Any:
        model = highspy.Highs()
        model.setOptionValue("output_flag", False)  # noqa: FBT003
        for name, value in (
            ("threads", 1),
            ("time_limit", max(0.0, seconds)),
            ("mip_max_nodes", MOST_NODES),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5 / SCALE),
        ):
            model.setOptionValue(name, value)
        empty: Any = np.array([])
        costs = [-worth / SCALE for worth in self._worth]
        costs += [-float(self._problem.bonus[store]) / SCALE for store in self._bonus]
        for cost in costs:
            model.addCol(cost, 0.0, 1.0, 0, empty, empty)
        columns = np.arange(len(costs), dtype=np.int32)
        kinds = np.full(len(costs), int(highspy.HighsVarType.kInteger), np.uint8)
        model.changeColsIntegrality(len(costs), columns, kinds)
        for row, weights in self._rows.items():
            if sum(weights.values()) > self._most[row]:
                self._row(model, weights, self._most[row])
        stores = [int(self._offer(group)["store"]) for group in self._groups]
        for store, column in self._bonus.items():
            own = {at: -1.0 for at, one in enumerate(stores) if one == store}
            self._row(model, {**own, column: 1.0}, 0.0)
        return model

    def _row(self, model: Any, weights: dict[int, float], most: float) -> None:
        columns = np.array(list(weights), np.int32)
        values = np.array(list(weights.values()), np.float64)
        model.addRow(-highspy.kHighsInf, float(most), len(weights), columns, values)


def worth_of(problem: Problem, entries: Ints) -> int:
    """Return what a solution is worth."""
    total, stores = 0, set()
    used = entries[entries >= 0]
    places = np.searchsorted(problem.places["last"], used, side="right")
    for place in np.unique(places):
        row = int(problem.places["offer"][place])
        total += value_of(problem, problem.entries[used[places == place]], row)
        stores.add(int(problem.offers["store"][row]))
    return total + sum(int(problem.bonus[store]) for store in stores)

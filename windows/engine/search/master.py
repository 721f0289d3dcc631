"""Column generation: the linear programme over groups, whose prices give the best bounds.

Its rows are those of ``matching/README.md`` 7 but for triples; rows for room and parallel windows
come in when they are violated. Objective and prices are scaled to thousands of minor units inside.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

import highspy
import numpy as np

from windows.engine.search.arrays import Floats, Ints, Problem, Records
from windows.engine.search.duals import LARGE, Duals, Limits, collect, constant, no_duals
from windows.engine.search.exact import Slate

SCALE = 1e6
SMOOTHING = 0.3
"""Weight of the best prices so far in those that groups are looked for with."""
MOST_ROUNDS = 200
MOST_COLUMNS = 6000
CLOSE = 1e-5
"""Share of the bound that is not worth another round."""
Cell = tuple[str, int, int]
"""Kind of row (room or parallel), store, slot."""


class Master:
    """The linear programme with the groups found so far."""

    def __init__(self, problem: Problem, limit: Limits) -> None:
        """Begin with a column for every store's bonus and no group."""
        self._problem, self._limit = problem, limit
        self._intents, self._offers = len(problem.intents), len(problem.stock)
        self._stores = len(problem.bonus)
        self._cells: dict[Cell, int] = {}
        self._spans = np.zeros((0, 4), np.int64)  # store, first slot, last slot, people
        self._lp = highspy.Highs()
        self._lp.setOptionValue("output_flag", False)  # noqa: FBT003
        self._lp.setOptionValue("threads", 1)
        for most in self._capacities():
            self._lp.addRow(-highspy.kHighsInf, float(most), 0, np.array([]), np.array([]))
        first = self._rows_before_bonus()
        for store in range(self._stores):
            row = np.array([first + store], np.int32)
            bonus = -float(problem.bonus[store]) / SCALE
            self._lp.addCol(bonus, 0.0, 1.0, 1, row, np.array([1.0]))

    def _capacities(self) -> Floats:
        large = np.tile(np.arange(1, LARGE + 1), self._offers)
        parts = [
            np.ones(self._intents),
            self._problem.stock,
            self._limit.windows,
            large,
            np.zeros(self._stores),
        ]
        return np.concatenate(parts).astype(np.float64)

    def _rows_before_bonus(self) -> int:
        return self._intents + (2 + LARGE) * self._offers

    def add(self, places: Ints, ends: Ints, entries: Ints) -> None:
        """Add groups as columns."""
        problem, since, spans = self._problem, 0, []
        for place, end in zip(places.tolist(), ends.tolist(), strict=True):
            members = problem.entries[entries[since:end]]
            since = end
            row = int(problem.places["offer"][place])
            store, slots = (int(problem.offers[name][row]) for name in ("store", "slots"))
            slot = int(problem.places["slot"][place])
            rows, weights = self._column(members, row, store)
            load = int(problem.intents["load"][members["intent"]].sum())
            for kind, amount in (("room", load), ("parallel", 1)):
                for at in range(slot, slot + slots):
                    cell = self._cells.get((kind, store, at))
                    if cell is not None:
                        rows.append(cell)
                        weights.append(amount)
            cost = -value_of(problem, members, row) / SCALE
            column = np.array(rows, np.int32), np.array(weights, np.float64)
            self._lp.addCol(cost, 0.0, highspy.kHighsInf, len(rows), *column)
            spans.append((store, slot, slot + slots, load))
        if spans:
            self._spans = np.vstack([self._spans, np.array(spans, np.int64)])

    def _column(self, members: Records, row: int, store: int) -> tuple[list[int], list[float]]:
        units = int(self._problem.intents["units"][members["intent"]].sum())
        rows = [int(one) for one in members["intent"]]
        weights = [1.0] * len(rows)
        rows += [self._intents + row, self._intents + self._offers + row]
        weights += [float(units), 1.0]
        stock = int(self._problem.stock[row])
        for k in range(1, LARGE + 1):
            counted = units * (k + 1) // (stock + 1)
            if counted:
                rows.append(self._intents + 2 * self._offers + LARGE * row + k - 1)
                weights.append(float(counted))
        return [*rows, self._rows_before_bonus() + store], [*weights, -1.0]

    def solve(self, seconds: float) -> tuple[Duals, int]:
        """Solve, add what room is violated until none is; return the prices and the value.

        Past ``seconds`` the prices are those of the moment, which prove a bound all the same.
        """
        until = monotonic() + seconds
        while True:
            self._lp.setOptionValue("time_limit", self._lp.getRunTime() + until - monotonic())
            self._lp.run()
            solution = self._lp.getSolution()
            if monotonic() > until or not self._cut(np.array(solution.col_value)[self._stores :]):
                value = -SCALE * self._lp.getObjectiveValue()
                return self._duals(-SCALE * np.array(solution.row_dual)), int(value)

    def _cut(self, used: Floats) -> bool:
        """Add the rows of room and parallel windows that a solution violates."""
        shape = self._problem.room.shape
        people, windows = np.zeros(shape), np.zeros(shape)
        for column in np.nonzero(used > 1e-9)[0]:
            store, first, last, count = self._spans[column]
            people[store, first:last] += count * used[column]
            windows[store, first:last] += used[column]
        added = False
        for kind, usage, most in (
            ("room", people, self._problem.room),
            ("parallel", windows, self._limit.parallel),
        ):
            for store, slot in np.argwhere(usage > most + 1e-6).tolist():
                if (kind, store, slot) not in self._cells:
                    self._add_cell((kind, store, slot), float(most[store, slot]))
                    added = True
        return added

    def _add_cell(self, cell: Cell, most: float) -> None:
        kind, store, slot = cell
        spans = self._spans
        covers = (spans[:, 0] == store) & (spans[:, 1] <= slot) & (slot < spans[:, 2])
        columns = np.nonzero(covers)[0]
        weights = spans[columns, 3] if kind == "room" else np.ones(len(columns))
        self._cells[cell] = self._lp.getNumRow()
        self._lp.addRow(
            -highspy.kHighsInf,
            most,
            len(columns),
            (columns + self._stores).astype(np.int32),
            weights.astype(np.float64),
        )

    def _duals(self, prices: Floats) -> Duals:
        """Return the prices of the rows as whole numbers."""
        whole = np.maximum(0, np.rint(prices)).astype(np.int64)
        n, m = self._intents, self._offers
        room, parallel = np.zeros_like(self._problem.room), np.zeros_like(self._problem.room)
        for (kind, store, slot), row in self._cells.items():
            (room if kind == "room" else parallel)[store, slot] = whole[row]
        first = self._rows_before_bonus()
        bonus = np.minimum(whole[first : first + self._stores], self._problem.bonus)
        return Duals(
            people=whole[:n],
            room=room,
            parallel=parallel,
            stock=whole[n : n + m],
            windows=whole[n + m : n + 2 * m],
            bonus=bonus,
            large=whole[n + 2 * m : first].reshape(m, LARGE),
        )


def value_of(problem: Problem, members: Records, row: int) -> int:
    """Return what a window of an offer is worth with the entries of its members."""
    offer = problem.offers[row]
    intents = problem.intents[members["intent"]]
    tiers = problem.tiers[offer["first"] : offer["last"]]
    reached = tiers["value"][tiers["least"] <= intents["strength"].sum()][-1]
    return int((members["base"] + intents["worth"] * reached).sum() - offer["cost"])


def generate(
    problem: Problem,
    limit: Limits,
    slate: Slate,
    best: Duals,
    bound: int,
    left: Callable[[], float],
    *,
    rounds: int = MOST_ROUNDS,
) -> tuple[Duals, int]:
    """Lower a bound round by round from prices that are good already; return both."""
    master = Master(problem, limit)
    places, ends = np.zeros(MOST_COLUMNS, np.int64), np.zeros(MOST_COLUMNS, np.int64)
    entries = np.zeros(64 * MOST_COLUMNS, np.int64)
    duals, value = _blend(no_duals(problem), best, 0.9), 0
    for _ in range(rounds):
        found, total = collect(problem, duals, slate, places, ends, entries)
        reached = total + constant(problem, limit, duals)
        if reached < bound:
            best, bound = duals, reached
        if bound - value < CLOSE * bound or left() <= 0:
            break
        master.add(places[:found], ends[:found], entries)
        exact, value = master.solve(left())
        duals = _blend(exact, best, SMOOTHING)
    return best, bound


def _blend(new: Duals, old: Duals, weight: float) -> Duals:
    """Return prices between two, ``weight`` of the old ones."""
    return Duals(
        *(
            np.rint((1 - weight) * one + weight * two).astype(np.int64)
            for one, two in zip(new, old, strict=True)
        )
    )

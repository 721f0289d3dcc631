"""A proven upper bound with a certificate (``fpw-bound/1``) that anybody can check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from windows.engine.search import adjust
from windows.engine.search.arrays import Ints, Problem
from windows.engine.search.build import Board
from windows.engine.search.crew import Crew
from windows.engine.search.duals import Duals, limits
from windows.engine.search.exact import new_slate

FEW_ENTRIES = 200_000
"""Up to here the linear programme is quick."""
SMALL_ROUNDS, LARGE_ROUNDS = 100, 400
STRIDE, WHOLE = 3, 0.35
"""In large problems: places passed over in early rounds, and the part of rounds that are whole."""
ADJUST_TIME = 0.85
"""Most of the time that adjusting prices may take."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A bound in milli and the prices that prove it."""

    bound_milli: int
    duals: Duals


def prove(problem: Problem, left: Callable[[], float]) -> Proof:
    """Lower the bound with the time that is left.

    First adjust prices, which is quick, then solve linear programmes over the groups that they
    lead to. A round over the prices is never cut short.
    """
    from windows.engine.search.master import generate

    limit, slate, alone = limits(problem), new_slate(problem), Crew(1)
    before = perf_counter()
    adjust.adjust(problem, limit, [slate], alone, rounds=2, go_on=lambda: True)
    seconds = max(1e-5, (perf_counter() - before) / 2)
    is_small = len(problem.entries) <= FEW_ENTRIES
    stride = 1 if is_small else STRIDE
    cost = seconds * (1 if is_small else WHOLE + (1 - WHOLE) / STRIDE)
    most = SMALL_ROUNDS if is_small else LARGE_ROUNDS
    rounds = max(2, min(most, int(ADJUST_TIME * left() / cost)))

    def rest() -> float:
        return left() - 2 * seconds

    found = adjust.adjust(
        problem,
        limit,
        [slate],
        alone,
        rounds=rounds,
        go_on=lambda: rest() > 0,
        stride=stride,
        whole=rounds if is_small else int(WHOLE * rounds) + 1,
    )
    duals, bound = generate(problem, limit, slate, found.duals, found.bound, rest)
    return Proof(bound, duals)


def certificate(name: str, board: Board, proof: Proof, intents: Sequence[str]) -> dict[str, Any]:
    """Return ``fpw-bound/1``; ``intents`` are all keys of the instance in order."""
    duals = proof.duals
    price = {one.key: int(duals.people[row]) for row, one in enumerate(board.intents)}
    offers = [int(one.key[1:]) for one in board.offers]
    return {
        "format": "fpw-bound/1",
        "instance": name,
        "bound": proof.bound_milli,
        "lambda": [price.get(key, 0) for key in intents],
        "room": _cells(duals.room),
        "parallel": _cells(duals.parallel),
        "stock": _rows(duals.stock, offers),
        "windows": _rows(duals.windows, offers),
        "large": _large(duals.large, offers),
        "bonus": _rows(duals.bonus, list(range(len(duals.bonus)))),
        "triples": [],
    }


def _cells(prices: Ints) -> list[list[int]]:
    rows, columns = np.nonzero(prices)
    return [
        [int(row), int(column), int(prices[row, column])]
        for row, column in zip(rows, columns, strict=True)
    ]


def _rows(prices: Ints, names: Sequence[int]) -> list[list[int]]:
    return [[names[row], int(prices[row])] for row in np.nonzero(prices)[0].tolist()]


def _large(prices: Ints, names: Sequence[int]) -> list[list[int]]:
    return [[names[row], k + 1, price] for row, k, price in _cells(prices)]

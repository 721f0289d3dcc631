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
from windows.engine.search.duals import limits
from windows.engine.search.exact import new_slate

MOST_ROUNDS = 600


@dataclass(frozen=True, slots=True)
class Proof:
    """A bound in milli and the prices that prove it."""

    bound_milli: int
    adjusted: adjust.Adjusted


def prove(problem: Problem, left: Callable[[], float]) -> Proof:
    """Lower the bound with the time that is left; a round over the prices is never cut short."""
    limit, slate = limits(problem), new_slate(problem)
    before = perf_counter()
    adjust.adjust(problem, limit, slate, rounds=2, go_on=lambda: True)
    seconds = max(1e-5, (perf_counter() - before) / 2)
    rounds = max(2, min(MOST_ROUNDS, int(0.75 * left() / seconds)))
    found = adjust.adjust(problem, limit, slate, rounds=rounds, go_on=lambda: left() > 2 * seconds)
    return Proof(found.bound, found)


def certificate(name: str, board: Board, proof: Proof, intents: Sequence[str]) -> dict[str, Any]:
    """Return ``fpw-bound/1``; ``intents`` are all keys of the instance in order."""
    duals = proof.adjusted.duals
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
        "large": [],
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

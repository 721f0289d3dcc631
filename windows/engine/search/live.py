"""A market that stays in memory, where a newcomer is placed with compiled kernels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from windows.engine.market import Market
from windows.engine.search import anneal, arrays
from windows.engine.search.attempt import appraise, attempt, members_at
from windows.engine.search.build import counted, entries_at, numbered
from windows.engine.search.desk import Desk, new_desk
from windows.engine.search.lanes import seeded
from windows.engine.search.ledger import Ledger
from windows.engine.search.pool import Pool
from windows.engine.search.solve import groups
from windows.engine.search.vicinity import Seat, Stand, Vicinity, around, everybody
from windows.engine.types import Intent, Interval, LiveAsk, LiveWindow

PROMISING = 40
"""Places where a newcomer's group is tried against the plan."""
SHARES = np.array([[0.0, -1.0], [0.3, 0.9], [0.6, 0.6]])
"""Prices of free and of seated people at each try; seated people are out of reach below 0."""
SEATED_PRICE = 0.8
"""What a planned seat is held to be worth, of the member's part of its window."""
Group = tuple[str, int, tuple[str, ...]]
"""Offer, first minute and intents of a window."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What placing a newcomer changed in the plan: windows that closed, and those there now."""

    closed: tuple[Group, ...]
    opened: tuple[Group, ...]
    gain_milli: int


class Resident:
    """Open intents, promises and a plan, ready for newcomers."""

    def __init__(
        self,
        market: Market,
        intents: Sequence[Intent],
        busy: Mapping[str, Sequence[Interval]],
        plan: Iterable[Group] = (),
    ) -> None:
        """Lay out the market; ``plan``: windows that nobody was told of, which may change."""
        pool = Pool(market, intents, busy)
        self._stand = Stand(pool, Ledger(market, pool.offers))
        self._first, self._slot_min = int(pool.grid[0]), int(pool.grid[1])
        for offer, start, keys in plan:
            seat = pool.at[offer], (start - self._first) // self._slot_min
            self._stand.open(seat, tuple(pool.rows[key] for key in keys))

    def add(self, intent: Intent, busy: Sequence[Interval]) -> None:
        """Let an intent be open, in place of one of the same key."""
        self.remove(intent.key)
        self._stand.pool.add(intent, busy)

    def remove(self, key: str) -> None:
        """Take an intent out; a planned window that loses it closes."""
        row = self._stand.pool.rows.get(key)
        if row in self._stand.seats:
            self._stand.close(self._stand.seats[row])
        self._stand.pool.remove(key)

    def hold(self, person: str, busy: Sequence[Interval]) -> None:
        """Say anew which stretches a person holds."""
        self._stand.pool.hold(person, busy)

    def promise(self, held: LiveWindow | LiveAsk) -> None:
        """Take a promise's room, units and time."""
        self._stand.ledger.promise(held)

    def release(self, held: LiveWindow | LiveAsk) -> None:
        """Give a promise's room, units and time back."""
        self._stand.ledger.release(held)

    def plan(self) -> list[Group]:
        """Return the planned windows."""
        return [self._group(seat, rows) for seat, rows in sorted(self._stand.plan.items())]

    def group_of(self, key: str, at_min: int = 0) -> Group | None:
        """Return the most valuable new window with an open intent in it, of people without a seat.

        None when there is none that is worth opening.
        """
        row = self._stand.pool.rows[key]
        found = around(self._stand, row, at_min)
        if found is None:
            return None
        problem = found.problem
        desk, state = new_desk(problem), arrays.empty(problem)
        self._restore(found, state, desk)
        quiet = np.zeros(len(problem.intents))
        worth, is_in = _appraised(found, state, desk, quiet, np.array([0.0, -1.0]))
        worth = np.where(is_in > 0, worth, 0)
        place = int(np.argmax(worth)) if len(worth) else -1
        if place < 0 or worth[place] < self._stand.pool.market.parameters.min_value_milli:
            return None
        rows = np.zeros(len(problem.intents), np.int64)
        count = members_at(problem, state, desk, place, quiet, rows)
        members = tuple(int(found.intents[one]) for one in rows[:count])
        return self._group(found.seat(place), members)

    def nearest_of(self, key: str, at_min: int = 0) -> tuple[str, tuple[str, ...]] | None:
        """Return the offer whose first tier lacks least at a start that suits an intent.

        With it everybody without a seat who could come then. None when it fits no start.
        """
        pool = self._stand.pool
        found = everybody(self._stand, pool.rows[key], at_min)
        if found is None or not found.fits.any():
            return None
        strength = counted(found.meeting, found.marks)[0]
        lack = np.maximum(0, found.meeting.terms["least"][:, None] - strength)
        lack = np.where(found.fits, lack, 1 << 40)
        slot, offer = divmod(int(np.argmin(lack.T)), len(found.offers))
        marks = np.zeros_like(found.marks)
        marks[offer, slot] = 1
        people = np.unique(entries_at(found.meeting, numbered(marks > 0))[1]["intent"])
        keys = tuple(sorted(pool.intents[row].key for row in people))
        return pool.offers[found.offers[offer]].key, keys

    def place(self, key: str, at_min: int = 0) -> Changed:
        """Join, open or exchange in the plan, whatever gains most; change nothing for no gain."""
        row = self._stand.pool.rows[key]
        found = around(self._stand, row, at_min)
        if found is None:
            return Changed((), (), 0)
        problem = found.problem
        desk, state = new_desk(problem), arrays.empty(problem)
        best, before = self._restore(found, state, desk)
        prices = self._prices(found, state)
        places = _promising(found, state, desk, prices)
        total = np.array([before], np.int64)
        random = np.array([seeded(row)], np.uint64)
        attempt(problem, state, desk, prices, places, found.newcomer, SHARES, random, best, total)
        return self._adopt(found, best, int(total[0]) - before)

    def _restore(self, found: Vicinity, state: arrays.State, desk: Desk) -> tuple[arrays.Ints, int]:
        """Open the planned windows of a vicinity; return each intent's entry, and their worth."""
        problem, at = found.problem, {int(row): place for place, row in enumerate(found.intents)}
        best = np.full(len(problem.intents), -1, np.int64)
        place_at = {found.seat(place): place for place in range(len(problem.places))}
        for seat in found.planned:
            place = problem.places[place_at[seat]]
            entries = problem.entries["intent"][place["first"] : place["last"]]
            entry_of = {int(one): int(place["first"]) + row for row, one in enumerate(entries)}
            for member in self._stand.plan[seat]:
                best[at[member]] = entry_of[at[member]]
        anneal.restore(problem, state, best)
        return best, int(state.total[0])

    def _prices(self, found: Vicinity, state: arrays.State) -> arrays.Floats:
        """Return what planned seats are worth: a part of what their windows gain."""
        prices = np.zeros(len(found.intents))
        for row, seat in enumerate(state.seats["place"]):
            if seat >= 0:
                gain = state.held["gain"][seat] / max(1, state.members[seat])
                prices[row] = SEATED_PRICE * max(0.0, gain)
        return prices

    def _adopt(self, found: Vicinity, best: arrays.Ints, gain: int) -> Changed:
        if gain <= 0:
            return Changed((), (), 0)
        after = {
            found.seat(place): tuple(int(found.intents[row]) for row in rows)
            for place, rows in groups(found.problem, best)
        }
        before = {seat: self._stand.plan[seat] for seat in found.planned}
        closing = {s: rows for s, rows in before.items() if set(after.get(s, ())) != set(rows)}
        opening = {s: rows for s, rows in after.items() if set(before.get(s, ())) != set(rows)}
        for seat in closing:
            self._stand.close(seat)
        for seat, rows in opening.items():
            self._stand.open(seat, rows)
        return Changed(
            tuple(self._group(seat, rows) for seat, rows in sorted(closing.items())),
            tuple(self._group(seat, rows) for seat, rows in sorted(opening.items())),
            gain,
        )

    def _group(self, seat: Seat, rows: Sequence[int]) -> Group:
        pool = self._stand.pool
        start = self._first + seat[1] * self._slot_min
        return pool.offers[seat[0]].key, start, tuple(sorted(pool.intents[row].key for row in rows))


def _appraised(
    found: Vicinity,
    state: arrays.State,
    desk: Desk,
    prices: arrays.Floats,
    shares: arrays.Floats,
) -> tuple[arrays.Ints, arrays.Ints]:
    places = len(found.problem.places)
    worth, is_in = np.zeros(places, np.int64), np.zeros(places, np.int64)
    appraise(found.problem, state, desk, prices, shares, found.newcomer, worth, is_in)
    return worth, is_in


def _promising(
    found: Vicinity, state: arrays.State, desk: Desk, prices: arrays.Floats
) -> arrays.Ints:
    """Return the places that are worth most with people out of other windows, at their prices."""
    worth, is_in = _appraised(found, state, desk, prices, np.array([0.3, 0.9]))
    worth = np.where(is_in > 0, worth, 0)[found.places]
    order = np.argsort(-worth, kind="stable")[:PROMISING]
    return found.places[order[worth[order] > 0]]

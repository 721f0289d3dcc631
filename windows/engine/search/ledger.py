"""What is left of room, stock and starts while promises come and go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from windows.engine.intervals import merged
from windows.engine.market import Market
from windows.engine.search import tables
from windows.engine.search.arrays import Ints
from windows.engine.types import CountBy, Interval, LiveAsk, LiveWindow, Offer


class Ledger:
    """Room and windows left (stores, slots), units left and starts allowed (offers, slots)."""

    def __init__(self, market: Market, offers: Sequence[Offer]) -> None:
        """Begin with what the market's live windows and asks leave."""
        self._market, self._offers = market, offers
        self._rows = {one.key: row for row, one in enumerate(offers)}
        self._stores = {key: row for row, key in enumerate(market.stores)}
        self.store_of = np.array([self._stores[one.store] for one in offers], np.int64)
        self.room, self.parallel, _ = tables.rooms(market)
        self.marks = tables.allowed(market, offers)
        units = market.units()
        self.stock = np.array([max(0, units[one.key]) for one in offers], np.int64)
        self.held = np.zeros(len(self._stores), np.int64)
        self._stretches: dict[str, list[Interval]] = defaultdict(list)
        for one in market.held:
            self._stretches[one.offer].append((one.start, one.end))
            if one.offer in market.offers:
                self.held[self._stores[market.offers[one.offer].store]] += 1
        self._grid = tables.grid(market.snapshot, market.parameters)

    def promise(self, held: LiveWindow | LiveAsk) -> None:
        """Take a promise's room, units and time."""
        self._stretches[held.offer].append((held.start, held.end))
        self._change(held, 1)

    def release(self, held: LiveWindow | LiveAsk) -> None:
        """Give back what ``promise`` took."""
        self._stretches[held.offer].remove((held.start, held.end))
        self._change(held, -1)

    def _change(self, held: LiveWindow | LiveAsk, sign: int) -> None:
        offer = self._market.offers.get(held.offer)
        if offer is None:
            return
        since, until = held.start - self._grid[0], held.end - self._grid[0]
        first, last = max(0, since // self._grid[1]), max(0, -(-until // self._grid[1]))
        store = self._stores[offer.store]
        self.take(store, (first, last), sign * self._load(held), sign)
        self.held[store] += sign
        row = self._rows.get(held.offer)
        if row is None:
            return
        units = held.seats_max if isinstance(held, LiveWindow) else held.people
        self.stock[row] -= sign * units
        stretches = self._stretches[held.offer]
        taken = () if self._market.parameters.overlap_allowed else merged(stretches)
        starts = [start for start, _ in stretches]
        tables.mark(self._market, offer, self.marks[row], taken, starts, ())

    def take(self, store: int, slots: Interval, load: int, windows: int) -> None:
        """Take room and windows in the slots ``[first, last)`` of a store; give when negative."""
        self.room[store, slots[0] : slots[1]] -= load
        self.parallel[store, slots[0] : slots[1]] -= windows

    def _load(self, held: LiveWindow | LiveAsk) -> int:
        if isinstance(held, LiveWindow):
            return held.seats_max
        if self._market.parameters.room_by is CountBy.INTENTS:
            return len(held.intents)
        return held.people

    def room_left(self, stores: Ints) -> tuple[Ints, Ints]:
        """Return copies of room and windows left in some stores, never below nothing."""
        return np.maximum(0, self.room[stores]), np.maximum(0, self.parallel[stores])

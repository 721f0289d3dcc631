"""Who is open, kept as tables that grow: an intent is added or taken out without the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from windows.engine.market import Market
from windows.engine.search import fit, tables
from windows.engine.search.arrays import Ints, Records
from windows.engine.search.build import Meeting
from windows.engine.types import Intent, Interval, Offer

_LOOSE = 24
"""Parts of an offer's pairs that are kept apart before they are joined."""


class Grown:
    """Rows that grow at the end, in an array that doubles."""

    def __init__(self, rows: Records) -> None:
        """Begin with some rows."""
        self._rows, self._size = rows, len(rows)

    @property
    def rows(self) -> Records:
        """Return the rows so far."""
        return self._rows[: self._size]

    def append(self, more: Records) -> int:
        """Add rows at the end; return the number of the first of them."""
        first, last = self._size, self._size + len(more)
        if last > len(self._rows):
            wider = np.zeros((2 * last, *self._rows.shape[1:]), self._rows.dtype)
            wider[:first] = self._rows[:first]
            self._rows = wider
        self._rows[first:last] = more
        self._size = last
        return first


class Pool:
    """The open intents as rows, and who fits which offer but for the time.

    A row stays until the pool is made anew; ``is_open`` tells whether its intent is still there.
    """

    def __init__(
        self, market: Market, intents: Sequence[Intent], busy: Mapping[str, Sequence[Interval]]
    ) -> None:
        """Lay out everybody; ``busy`` are the stretches that persons hold."""
        self.market = market
        self.offers: tuple[Offer, ...] = tables.askable(market)
        self.at = {one.key: row for row, one in enumerate(self.offers)}
        self.grid = tables.grid(market.snapshot, market.parameters)
        people, free, held = tables.people(market, intents, busy)
        self.seller = tables.terms(market, self.offers)
        found = tables.pairs(market, intents, self.at, people, self.seller)
        ends = np.searchsorted(found["offer"], np.arange(len(self.offers) + 1))
        self._pairs: list[list[Records]] = [
            [found[first:last]] for first, last in pairwise(ends.tolist())
        ]
        self._people, self._free, self._held = Grown(people), Grown(free), Grown(held)
        self._is_open = Grown(np.ones(len(intents), np.bool_))
        self._is_seated = Grown(np.zeros(len(intents), np.bool_))
        stores = {key: row for row, key in enumerate(market.stores)}
        self.offer_rows = tables.offer_rows(market, self.offers, stores)
        self.tiers = tables.tiers(market, self.offers)
        bonuses = [1000 * one.first_window_bonus_minor for one in market.stores.values()]
        self.bonus = np.array(bonuses, np.int64)
        self.intents: list[Intent] = list(intents)
        self.rows = {one.key: row for row, one in enumerate(intents)}
        self._rows_of: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(intents):
            self._rows_of[one.person].append(row)

    @property
    def is_open(self) -> npt.NDArray[np.bool_]:
        """Return for each row whether its intent is there."""
        return self._is_open.rows

    @property
    def is_seated(self) -> npt.NDArray[np.bool_]:
        """Return for each row whether its intent sits in a planned window."""
        return self._is_seated.rows

    @property
    def people(self) -> Records:
        """Return the intents as rows of ``fit.PERSON``."""
        return self._people.rows

    def add(self, intent: Intent, busy: Sequence[Interval]) -> int:
        """Add one intent; return its row."""
        row, records = self._laid(intent, busy)
        found = tables.pairs(self.market, (intent,), self.at, records, self.seller)
        found["intent"] = row
        for one in found:
            parts = self._pairs[one["offer"]]
            parts.append(np.array([one], fit.PAIR))
            if len(parts) > _LOOSE:
                parts[:] = [np.concatenate(parts)]
        self.intents.append(intent)
        self.rows[intent.key] = row
        self._rows_of[intent.person].append(row)
        return row

    def _laid(self, intent: Intent, busy: Sequence[Interval]) -> tuple[int, Records]:
        free = self._free.append(tables.table(intent.available))
        held = self._held.append(tables.table(busy))
        record = np.zeros(1, fit.PERSON)
        record[0] = tables.person_row(
            intent,
            self.market.parameters.tier_by,
            (free, free + len(intent.available)),
            (held, held + len(busy)),
        )
        self._is_open.append(np.ones(1, np.bool_))
        self._is_seated.append(np.zeros(1, np.bool_))
        return self._people.append(record), record

    def own_pairs(self, row: int) -> Records:
        """Return the offers that one intent fits but for the time."""
        record = self._people.rows[row : row + 1].copy()
        found = tables.pairs(self.market, (self.intents[row],), self.at, record, self.seller)
        found["intent"] = row
        return found

    def remove(self, key: str) -> None:
        """Take an intent out, if it is there."""
        row = self.rows.pop(key, None)
        if row is not None:
            self.is_open[row] = False
            self._rows_of[self.intents[row].person].remove(row)

    def hold(self, person: str, busy: Sequence[Interval]) -> None:
        """Say anew which stretches a person holds."""
        for row in self._rows_of.get(person, ()):
            first = self._held.append(tables.table(busy))
            self._people.rows["busy_first"][row] = first
            self._people.rows["busy_last"][row] = first + len(busy)

    def pairs_of(self, offers: Iterable[int]) -> Records:
        """Return the pairs of some offers with whoever is there; ``offer`` counts from 0 here."""
        found = []
        for place, row in enumerate(offers):
            parts = self._pairs[row]
            own = np.concatenate(parts) if len(parts) > 1 else parts[0].copy()
            own["offer"] = place
            found.append(own)
        joined = np.concatenate(found) if found else np.empty(0, fit.PAIR)
        return joined[self.is_open[joined["intent"]]]

    def meeting(self, found: Records, offers: Ints) -> Meeting:
        """Return pairs of some offers with everything that decides about the time."""
        return Meeting(
            found=found,
            people=self._people.rows,
            terms=self.seller[0][offers],
            free=self._free.rows,
            held=self._held.rows,
            grid=self.grid,
        )

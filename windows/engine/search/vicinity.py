"""The part of a market that one newcomer can touch, as a problem of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from windows.engine import schedule
from windows.engine.search import arrays, fit, tables
from windows.engine.search.arrays import Ints, Marks, Problem, Records
from windows.engine.search.build import Meeting, counted, entries_at, numbered
from windows.engine.search.ledger import Ledger
from windows.engine.search.pool import Pool
from windows.engine.types import CountBy

MOST_PLACES = 400
"""Places of a newcomer that are looked at; of more the fullest."""
MOST_WINDOWS = 64
"""Planned windows that one newcomer may change; of more those that most could leave."""
Seat = tuple[int, int]
"""Offer's row and slot of a planned window."""
Flags = npt.NDArray[np.bool_]


@dataclass(slots=True)
class Stand:
    """Where everything stands: who is open, what is left, and the plan that nobody knows yet.

    ``ledger`` has the plan's room and units taken off. ``seats``: where rows of the pool sit.
    """

    pool: Pool
    ledger: Ledger
    plan: dict[Seat, tuple[int, ...]] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)
    by_offer: dict[int, set[Seat]] = field(default_factory=lambda: defaultdict(set))

    def slots(self, seat: Seat) -> tuple[int, int]:
        """Return the slots that a planned window covers."""
        return seat[1], seat[1] + self.pool.offers[seat[0]].window_slots

    def load(self, rows: tuple[int, ...]) -> tuple[int, int]:
        """Return the room and the units that intents take."""
        units = sum(self.pool.intents[row].quantity for row in rows)
        by_intents = self.pool.market.parameters.room_by is CountBy.INTENTS
        return (len(rows) if by_intents else units), units

    def open(self, seat: Seat, rows: tuple[int, ...]) -> None:
        """Plan a window."""
        self.plan[seat] = rows
        self.by_offer[seat[0]].add(seat)
        self.seats.update(dict.fromkeys(rows, seat))
        self.pool.is_seated[list(rows)] = True
        self._take(seat, rows, 1)

    def close(self, seat: Seat) -> None:
        """Drop a planned window."""
        rows = self.plan.pop(seat)
        self.by_offer[seat[0]].discard(seat)
        for row in rows:
            del self.seats[row]
        self.pool.is_seated[list(rows)] = False
        self._take(seat, rows, -1)

    def _take(self, seat: Seat, rows: tuple[int, ...], sign: int) -> None:
        load, units = self.load(rows)
        store = int(self.ledger.store_of[seat[0]])
        self.ledger.take(store, self.slots(seat), sign * load, sign)
        self.ledger.stock[seat[0]] -= sign * units
        self.ledger.held[store] += sign


@dataclass(frozen=True, slots=True)
class Vicinity:
    """A small problem, and what its numbers mean in the pool.

    ``offers[o]`` and ``intents[i]`` are rows of the pool; ``newcomer`` is an intent of the problem,
    ``places`` those it could open, ``planned`` the planned windows that are in it.
    """

    problem: Problem
    offers: Ints
    intents: Ints
    newcomer: int
    places: Ints
    planned: tuple[Seat, ...]

    def seat(self, place: int) -> Seat:
        """Return a place as the pool names it."""
        one = self.problem.places[place]
        return int(self.offers[one["offer"]]), int(one["slot"])


@dataclass(frozen=True, slots=True)
class Everybody:
    """Who fits the offers that one newcomer fits, at the starts ``marks`` that suit it."""

    offers: Ints
    meeting: Meeting
    marks: Marks
    fits: Flags


def everybody(stand: Stand, row: int, at_min: int, *, seated: bool = False) -> Everybody | None:
    """Return the newcomer's offers with all who are free, or ``seated`` in the plan as well."""
    own = stand.pool.own_pairs(row)
    offers = np.unique(own["offer"]).astype(np.int64)
    if not len(offers):
        return None
    own["offer"] = np.searchsorted(offers, own["offer"])
    marks = _marks(stand, offers, at_min)
    fits = counted(stand.pool.meeting(own, offers), marks)[0] > 0
    found = stand.pool.pairs_of(offers.tolist())
    if not seated:
        found = found[~stand.pool.is_seated[found["intent"]]]
    meeting = stand.pool.meeting(found, offers)
    return Everybody(offers, meeting, np.where(fits, marks, 0).astype(np.int8), fits)


def around(stand: Stand, row: int, at_min: int = 0) -> Vicinity | None:
    """Cut out what a newcomer can touch; None when it fits no place that enough people fit.

    New windows start no earlier than the leads of their offers after ``at_min``.
    """
    found = everybody(stand, row, at_min, seated=True)
    if found is None:
        return None
    possible = _possible(found.meeting, found.marks)
    if not possible.any():
        return None
    people = np.unique(entries_at(found.meeting, numbered(possible))[1]["intent"])
    windows = _windows(stand, people.tolist())
    return _laid(stand, row, found.offers, possible, windows)


def _marks(stand: Stand, offers: Ints, at_min: int) -> Marks:
    marks = stand.ledger.marks[offers]
    market, grid = stand.pool.market, stand.pool.grid
    for place, row in enumerate(offers):
        lead = schedule.earliest_start(stand.pool.offers[row], market.parameters)
        marks[place, : max(0, -(-(lead + at_min - grid[0]) // grid[1]))] = 0
    return marks


def _possible(meeting: Meeting, marks: Marks) -> Flags:
    """Return the places that enough people fit; of too many the fullest where somebody begins."""
    strength, fresh = counted(meeting, marks)
    possible = (strength >= meeting.terms["least"][:, None]) & (marks > 0)
    if possible.sum() > MOST_PLACES:
        possible &= fresh > 0
    if possible.sum() > MOST_PLACES:
        fullness = np.where(possible, strength, 0)
        least = np.partition(fullness.ravel(), -MOST_PLACES)[-MOST_PLACES]
        possible &= fullness >= max(1, least)
    return possible


def _windows(stand: Stand, people: list[int]) -> list[Seat]:
    """Return the planned windows that people could leave."""
    if not stand.plan:
        return []
    counts = Counter(stand.seats[row] for row in people if row in stand.seats)
    order = sorted(counts, key=lambda seat: (-counts[seat], seat))[:MOST_WINDOWS]
    return sorted(order)


def _laid(
    stand: Stand, row: int, own: Ints, possible: Flags, windows: list[Seat]
) -> Vicinity | None:
    pool = stand.pool
    more = sorted({seat[0] for seat in windows} - set(own.tolist()))
    offers = np.concatenate([own, np.array(more, np.int64)])
    at = {int(one): place for place, one in enumerate(offers)}
    staying = {seat for one in own for seat in stand.by_offer[int(one)]} - set(windows)
    for seat in staying:
        possible[at[seat[0]], seat[1]] = False
    places = np.zeros((len(offers), possible.shape[1]), np.bool_)
    places[: len(own)] = possible
    for seat in windows:
        places[at[seat[0]], seat[1]] = True
    found = pool.pairs_of(offers.tolist())
    inside = {member for seat in windows for member in stand.plan[seat]}
    is_elsewhere = pool.is_seated.copy()
    is_elsewhere[list(inside)] = False
    found = found[~is_elsewhere[found["intent"]]]
    place_at = numbered(places)
    rows, entries = entries_at(pool.meeting(found, offers), place_at)
    intents, entries["intent"] = np.unique(entries["intent"], return_inverse=True)
    newcomer = int(np.searchsorted(intents, row))
    if newcomer == len(intents) or intents[newcomer] != row:
        return None
    problem = _problem(stand, offers, intents, rows, entries, windows)
    return Vicinity(
        problem=problem,
        offers=offers,
        intents=intents,
        newcomer=newcomer,
        places=place_at[: len(own)][possible],
        planned=tuple(windows),
    )


def _problem(
    stand: Stand,
    offers: Ints,
    intents: Ints,
    places: Records,
    entries: Records,
    windows: list[Seat],
) -> Problem:
    pool, ledger = stand.pool, stand.ledger
    parameters = pool.market.parameters
    rows = tables.intent_rows(
        pool.people[intents], [pool.intents[one].person for one in intents], parameters
    )
    back = np.empty(len(entries), arrays.BACK)
    fit.link_back(entries, places, rows, back)
    stores = np.unique(ledger.store_of[offers])
    store_at = {int(one): place for place, one in enumerate(stores)}
    own = pool.offer_rows[offers]
    own["store"] = np.searchsorted(stores, ledger.store_of[offers])
    room, parallel = ledger.room_left(stores)
    stock, held = ledger.stock[offers].copy(), ledger.held[stores].copy()
    at = {int(one): place for place, one in enumerate(offers)}
    for seat in windows:
        load, units = stand.load(stand.plan[seat])
        first, last = stand.slots(seat)
        store = store_at[int(ledger.store_of[seat[0]])]
        room[store, first:last] += load
        parallel[store, first:last] += 1
        stock[at[seat[0]]] += units
        held[store] -= 1
    return Problem(
        intents=rows,
        offers=own,
        tiers=pool.tiers,
        places=places,
        entries=entries,
        back=back,
        bonus=np.where(held > 0, 0, pool.bonus[stores]),
        room=room,
        parallel=parallel,
        stock=np.maximum(0, stock),
        apart=_apart(stand, offers, windows),
        reach=tables.reach(rows),
    )


def _apart(stand: Stand, offers: Ints, windows: list[Seat]) -> Ints:
    """Return where windows of one offer may be beside the planned ones that stay."""
    if stand.pool.market.parameters.overlap_allowed:
        return np.ones((1, 1), np.int64)
    apart = np.ones((len(offers), stand.ledger.room.shape[1]), np.int64)
    for place, row in enumerate(offers):
        for seat in stand.by_offer[int(row)] - set(windows):
            first, last = stand.slots(seat)
            apart[place, first:last] = 0
    return apart

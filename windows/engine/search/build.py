"""From a market to the flat problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from windows.engine.market import Market
from windows.engine.search import arrays, fit, tables
from windows.engine.search.arrays import Ints, Marks, Problem, Records
from windows.engine.types import Intent, Interval, Offer

MOST_ENTRIES = 24_000_000


@dataclass(frozen=True, slots=True)
class Board:
    """A problem and what its numbers mean: ``intents[i]``, ``offers[o]``, slot to minute."""

    problem: Problem
    intents: tuple[Intent, ...]
    offers: tuple[Offer, ...]
    first_min: int
    slot_min: int

    def start(self, place: int) -> int:
        """Return the first minute of a window at a place."""
        return self.first_min + int(self.problem.places["slot"][place]) * self.slot_min


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who fits which offer but for the time, with the tables that decide about the time."""

    found: Records
    people: Records
    terms: Records
    free: Ints
    held: Ints
    grid: Ints


def build(
    market: Market,
    intents: Sequence[Intent],
    busy: Mapping[str, Sequence[Interval]],
    *,
    entries_max: int = MOST_ENTRIES,
) -> Board:
    """Lay out who could meet where; ``busy`` are the stretches that persons hold already.

    Places are thinned out until about ``entries_max`` entries are left.
    """
    snapshot, parameters = market.snapshot, market.parameters
    offers = tables.askable(market)
    people, free, held = tables.people(market, intents, busy)
    seller = tables.terms(market, offers)
    at = {one.key: row for row, one in enumerate(offers)}
    found = tables.pairs(market, intents, at, people, seller)
    grid = tables.grid(snapshot, parameters)
    meeting = Meeting(found, people, seller[0], free, held, grid)
    allowed = tables.allowed(market, offers)
    place_at = chosen_places(meeting, allowed, entries_max)
    places, entries = entries_at(meeting, place_at)
    rows = tables.intent_rows(people, [one.person for one in intents], parameters)
    back = np.empty(len(entries), arrays.BACK)
    fit.link_back(entries, places, rows, back)
    stores = {key: row for row, key in enumerate(market.stores)}
    room, parallel, bonus = tables.rooms(market)
    units = market.units()
    problem = Problem(
        intents=rows,
        offers=tables.offer_rows(market, offers, stores),
        tiers=tables.tiers(market, offers),
        places=places,
        entries=entries,
        back=back,
        bonus=bonus,
        room=room,
        parallel=parallel,
        stock=np.array([max(0, units[one.key]) for one in offers], np.int64),
        apart=np.ones((1, 1) if parameters.overlap_allowed else allowed.shape, np.int64),
        reach=tables.reach(rows),
    )
    return Board(problem, tuple(intents), offers, int(grid[0]), snapshot.slot_min)


def chosen_places(meeting: Meeting, allowed: Marks, entries_max: int) -> Ints:
    """Number the places that enough people fit, (offers, slots); thinned out when too many."""
    strength, fresh = counted(meeting, allowed)
    is_possible = (strength >= meeting.terms["least"][:, None]) & (allowed > 0)
    mean = float(meeting.people["strength"].mean()) if len(meeting.people) else 1.0
    a_head = max(1.0, mean)
    if strength[is_possible].sum() / a_head > entries_max:
        is_possible &= (fresh > 0) | (allowed > 1)
        entries = strength[is_possible].sum() / a_head
        places_max = int(is_possible.sum() * min(1.0, entries_max / max(1.0, entries)))
        is_possible = _thinned(is_possible, strength, meeting, places_max)
    return numbered(is_possible)


def counted(meeting: Meeting, allowed: Marks) -> tuple[Ints, Ints]:
    """Return the strength that fits each offer at each slot, and 1 where somebody fits anew."""
    strength = np.zeros(allowed.shape, np.int64)
    fresh = np.zeros_like(strength)
    fit.count_fits(
        meeting.found,
        meeting.people,
        meeting.terms,
        meeting.free,
        meeting.held,
        allowed,
        meeting.grid,
        strength,
        fresh,
    )
    return strength, fresh


def numbered(is_possible: np.ndarray) -> Ints:
    """Number the places of a table, -1 where there is none."""
    place_at = np.full(is_possible.shape, -1, np.int64)
    place_at[is_possible] = np.arange(int(is_possible.sum()))
    return place_at


def _thinned(
    is_possible: np.ndarray, strength: Ints, meeting: Meeting, places_max: int
) -> np.ndarray:
    """Keep ``places_max`` places: first the fullest of each window length, then the fullest."""
    offers, slots = np.nonzero(is_possible)
    if len(offers) <= places_max:
        return is_possible
    bucket = slots // np.maximum(1, meeting.terms["minutes"][offers] // meeting.grid[1])
    fullness = strength[offers, slots]
    order = np.lexsort((slots, -fullness, bucket, offers))
    firsts = np.ones(len(order), bool)
    firsts[1:] = (np.diff(offers[order]) != 0) | (np.diff(bucket[order]) != 0)
    rank = np.lexsort((slots[order], -fullness[order], ~firsts))[:places_max]
    kept = order[rank]
    thinned = np.zeros_like(is_possible)
    thinned[offers[kept], slots[kept]] = True
    return thinned


def entries_at(meeting: Meeting, place_at: Ints) -> tuple[Records, Records]:
    """Return the numbered places and who fits them."""
    offers, slots = np.nonzero(place_at >= 0)
    places = np.zeros(len(offers), arrays.PLACE)
    places["offer"], places["slot"] = offers, slots
    sizes = np.zeros(len(offers), np.int64)
    count = _fill(meeting, place_at, sizes, np.empty(0, arrays.ENTRY))
    places["last"] = np.cumsum(sizes)
    places["first"] = places["last"] - sizes
    entries = np.empty(count, arrays.ENTRY)
    if count:
        _fill(meeting, place_at, places["first"].copy(), entries)
    return places, entries


def _fill(meeting: Meeting, place_at: Ints, cursor: Ints, entries: Records) -> int:
    return int(
        fit.fill_entries(
            meeting.found,
            meeting.people,
            meeting.terms,
            meeting.free,
            meeting.held,
            place_at,
            meeting.grid,
            cursor,
            entries,
        )
    )

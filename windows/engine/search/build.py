"""From a market to the flat problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from windows.engine import eligible, schedule
from windows.engine.features import ready_min
from windows.engine.intervals import merged
from windows.engine.market import Market
from windows.engine.price import strength_permille
from windows.engine.search import arrays, fit
from windows.engine.search.arrays import Ints, Problem, Records
from windows.engine.types import CountBy, Intent, Interval, Offer, Reason

MOST_ENTRIES = 24_000_000
_NO_LIMIT = -1


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
    snapshot = market.snapshot
    first = schedule.to_grid(0, snapshot)
    slots = max(0, -(-(snapshot.horizon_min - first) // snapshot.slot_min))
    grid = np.array([first, snapshot.slot_min, market.parameters.join_min_left_min], np.int64)
    offers = tuple(one for one in market.offers.values() if _is_askable(market, one))
    people, free, held = _people(market, intents, busy)
    terms, prices = _terms(market, offers)
    found = _pairs(market, intents, offers, people, terms, prices)
    allowed = _allowed(market, offers, first, slots)
    place_at = _chosen_places(found, people, terms, free, held, allowed, grid, entries_max)
    places, entries = _entries(found, people, terms, free, held, place_at, grid)
    rows = _intents(market, intents, people)
    back = np.empty(len(entries), arrays.BACK)
    fit.link_back(entries, places, rows, back)
    stores = {key: row for row, key in enumerate(market.stores)}
    room, parallel, bonus = _rooms(market, first, slots)
    units = market.units()
    problem = Problem(
        intents=rows,
        offers=_offers(market, offers, stores),
        tiers=_tiers(market, offers),
        places=places,
        entries=entries,
        back=back,
        bonus=bonus,
        room=room,
        parallel=parallel,
        stock=np.array([max(0, units[one.key]) for one in offers], np.int64),
        apart=np.ones((1, 1), np.int64)
        if market.parameters.overlap_allowed
        else np.ones((len(offers), slots), np.int64),
        reach=_reach(rows),
    )
    return Board(problem, tuple(intents), offers, first, snapshot.slot_min)


def _is_askable(market: Market, offer: Offer) -> bool:
    return bool(market.ladders[offer.key]) and not isinstance(market.starts[offer.key], Reason)


def _people(
    market: Market, intents: Sequence[Intent], busy: Mapping[str, Sequence[Interval]]
) -> tuple[Records, Ints, Ints]:
    people = np.zeros(len(intents), fit.PERSON)
    free: list[Interval] = []
    held: list[Interval] = []
    tier_by = market.parameters.tier_by
    rows = []
    for one in intents:
        free_first, busy_first = len(free), len(held)
        free.extend(one.available)
        held.extend(busy.get(one.person, ()))
        rows.append(
            (
                one.latitude_udeg,
                one.longitude_udeg,
                one.max_distance_m,
                one.travel_cost_minor_per_km,
                one.wait_cost_minor_per_hour,
                one.aging_minor,
                ready_min(one),
                one.min_notice_min,
                one.show_permille,
                one.quantity,
                strength_permille(one, tier_by),
                free_first,
                len(free),
                busy_first,
                len(held),
            )
        )
    people[:] = rows
    return people, _table(free), _table(held)


def _table(rows: Sequence[Sequence[int]]) -> Ints:
    return np.array(rows, np.int64) if rows else np.zeros((0, 2), np.int64)


def _terms(market: Market, offers: Sequence[Offer]) -> tuple[Records, Ints]:
    products = {key: row for row, key in enumerate(market.products)}
    terms = np.zeros(len(offers), fit.TERMS)
    units = market.units()
    prices: list[int] = []
    for row, one in enumerate(offers):
        store, ladder = market.stores[one.store], market.ladders[one.key]
        first = len(prices)
        prices.extend(rung.tier.price_minor for rung in ladder)
        terms[row] = (
            products[one.product],
            store.latitude_udeg,
            store.longitude_udeg,
            market.duration(one),
            min(one.max_group, max(0, units[one.key])),
            one.no_show_cost_minor,
            ladder[0].size_permille,
            first,
            len(prices),
        )
    return terms, np.array(prices, np.int64)


def _pairs(
    market: Market,
    intents: Sequence[Intent],
    offers: Sequence[Offer],
    people: Records,
    terms: Records,
    prices: Ints,
) -> Records:
    wants, want_first = _wishes(market, intents)
    at = {one.key: row for row, one in enumerate(offers)}
    declined = sorted(
        at[key] * len(intents) + row
        for row, one in enumerate(intents)
        for key in one.declined_offers
        if key in at
    )
    snapshot = market.snapshot
    geo = np.array([snapshot.geo.kx_um, snapshot.geo.ky_um, snapshot.geo.detour_permille], np.int64)
    pace = market.parameters.walk_m_per_min or 0
    found = np.empty(16 * len(intents) + 64, fit.PAIR)
    while True:
        size = fit.pairs(
            people,
            terms,
            prices,
            wants,
            want_first,
            np.array(declined, np.int64),
            geo,
            pace,
            found,
        )
        if size <= len(found):
            return found[:size]
        found = np.empty(size, fit.PAIR)


def _wishes(market: Market, intents: Sequence[Intent]) -> tuple[Ints, Ints]:
    """Return (intent, limit) sorted by product, and where each product begins."""
    by_product: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, one in enumerate(intents):
        for product in {want.product for want in one.wants}:
            limit = eligible.limit_minor(one, product)
            by_product[product].append((row, _NO_LIMIT if limit is None else limit))
    wishes: list[tuple[int, int]] = []
    first = [0]
    for product in market.products:
        wishes.extend(by_product.get(product, ()))
        first.append(len(wishes))
    return _table(wishes), np.array(first, np.int64)


def _allowed(market: Market, offers: Sequence[Offer], first: int, slots: int) -> Ints:
    """Return (offers, slots): 1 where the seller's side allows a start, 2 where room may grow."""
    slot_min = market.snapshot.slot_min
    allowed = np.zeros((len(offers), slots), np.int64)
    rooms, rows = market.rooms(), {one.key: row for row, one in enumerate(offers)}
    for row, one in enumerate(offers):
        starts = market.starts[one.key]
        if isinstance(starts, Reason):
            continue
        minutes = market.duration(one)
        for since, until in starts:
            allowed[
                row, max(0, -(-(since - first) // slot_min)) : _slots(until - first, slot_min)
            ] = 1
        for since, until in schedule.starts_touching(market.taken[one.key], minutes):
            lowest = max(0, -(-(since - first) // slot_min))
            allowed[row, lowest : _slots(until - first, slot_min)] = 0
        for minute in rooms[one.store].releases():
            slot = -(-(minute - first) // slot_min)
            if 0 <= slot < slots and allowed[row, slot]:
                allowed[row, slot] = 2
    for window in market.held:
        slot, rest = divmod(window.start - first, slot_min)
        if window.offer in rows and not rest and 0 <= slot < slots:
            allowed[rows[window.offer], slot] = 0
    return allowed


def _slots(minutes: int, slot_min: int) -> int:
    return max(0, -(-minutes // slot_min))


def _chosen_places(
    found: Records,
    people: Records,
    terms: Records,
    free: Ints,
    held: Ints,
    allowed: Ints,
    grid: Ints,
    entries_max: int,
) -> Ints:
    """Number the places that enough people fit, (offers, slots); thinned out when too many."""
    strength, fresh = np.zeros_like(allowed), np.zeros_like(allowed)
    fit.count_fits(found, people, terms, free, held, allowed, grid, strength, fresh)
    is_possible = (strength >= terms["least"][:, None]) & (allowed > 0)
    a_head = max(1.0, float(people["strength"].mean())) if len(people) else 1.0
    if strength[is_possible].sum() / a_head > entries_max:
        is_possible &= (fresh > 0) | (allowed > 1)
        entries = strength[is_possible].sum() / a_head
        places_max = int(is_possible.sum() * min(1.0, entries_max / max(1.0, entries)))
        is_possible = _thinned(is_possible, strength, terms, grid, places_max)
    place_at = np.full(allowed.shape, -1, np.int64)
    place_at[is_possible] = np.arange(int(is_possible.sum()))
    return place_at


def _thinned(
    is_possible: np.ndarray, strength: Ints, terms: Records, grid: Ints, places_max: int
) -> np.ndarray:
    """Keep ``places_max`` places: first the fullest of each window length, then the fullest."""
    offers, slots = np.nonzero(is_possible)
    if len(offers) <= places_max:
        return is_possible
    bucket = slots // np.maximum(1, terms["minutes"][offers] // grid[1])
    fullness = strength[offers, slots]
    order = np.lexsort((slots, -fullness, bucket, offers))
    firsts = np.ones(len(order), bool)
    firsts[1:] = (np.diff(offers[order]) != 0) | (np.diff(bucket[order]) != 0)
    rank = np.lexsort((slots[order], -fullness[order], ~firsts))[:places_max]
    kept = order[rank]
    thinned = np.zeros_like(is_possible)
    thinned[offers[kept], slots[kept]] = True
    return thinned


def _entries(
    found: Records,
    people: Records,
    terms: Records,
    free: Ints,
    held: Ints,
    place_at: Ints,
    grid: Ints,
) -> tuple[Records, Records]:
    offers, slots = np.nonzero(place_at >= 0)
    places = np.zeros(len(offers), arrays.PLACE)
    places["offer"], places["slot"] = offers, slots
    sizes = np.zeros(len(offers), np.int64)
    nothing = np.empty(0, arrays.ENTRY)
    count = fit.fill_entries(found, people, terms, free, held, place_at, grid, sizes, nothing)
    places["last"] = np.cumsum(sizes)
    places["first"] = places["last"] - sizes
    entries = np.empty(count, arrays.ENTRY)
    if count:
        cursor = places["first"].copy()
        fit.fill_entries(found, people, terms, free, held, place_at, grid, cursor, entries)
    return places, entries


def _intents(market: Market, intents: Sequence[Intent], people: Records) -> Records:
    rows = np.zeros(len(intents), arrays.INTENT)
    rows["strength"] = people["strength"]
    rows["units"] = people["quantity"]
    by_intents = market.parameters.room_by is CountBy.INTENTS
    rows["load"] = 1 if by_intents else people["quantity"]
    rows["worth"] = people["show"] * people["quantity"]
    rings: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(intents):
        rings[one.person].append(row)
    for ring in rings.values():
        for row, after in zip(ring, ring[1:] + ring[:1], strict=True):
            rows["sibling"][row] = after
    return rows


def _reach(rows: Records) -> Ints:
    if not len(rows):
        return np.array([1, 1, 0], np.int64)
    is_alike = (rows["strength"] == 1000 * rows["units"]) & (rows["load"] == rows["units"])
    most = [int((-(-rows["strength"] // rows[of])).max()) for of in ("units", "load")]
    return np.array([max(1, most[0]), max(1, most[1]), int(is_alike.all())], np.int64)


def _offers(market: Market, offers: Sequence[Offer], stores: Mapping[str, int]) -> Records:
    rows = np.zeros(len(offers), arrays.OFFER)
    first = 0
    for row, one in enumerate(offers):
        last = first + len(market.ladders[one.key])
        cost = 1000 * one.window_cost_minor
        rows[row] = (cost, one.max_group, first, last, stores[one.store], one.window_slots)
        first = last
    return rows


def _tiers(market: Market, offers: Sequence[Offer]) -> Records:
    rungs = [rung for one in offers for rung in market.ladders[one.key]]
    rows = np.zeros(len(rungs), arrays.TIER)
    rows["least"] = [rung.size_permille for rung in rungs]
    rows["value"] = [rung.unit_value_minor for rung in rungs]
    return rows


def _rooms(market: Market, first: int, slots: int) -> tuple[Ints, Ints, Ints]:
    """Return free room and windows (stores, slots) and the bonus of stores that hold nothing."""
    snapshot = market.snapshot
    shape = (len(market.stores), slots)
    room, parallel = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    bonus = np.zeros(len(market.stores), np.int64)
    rooms = market.rooms()
    for row, (key, store) in enumerate(market.stores.items()):
        room[row], parallel[row] = store.capacity_per_slot, store.max_parallel
        edges = merged(
            [(since, until) for since, until, _ in store.capacity_overrides]
            + [(since, until) for since, until, _ in rooms[key].held]
        )
        for since, until in edges:
            lowest = max(0, (since - first) // snapshot.slot_min)
            for slot in range(lowest, min(slots, _slots(until - first, snapshot.slot_min))):
                start = first + slot * snapshot.slot_min
                left = rooms[key].left(start, start + snapshot.slot_min)
                room[row, slot], parallel[row, slot] = left
        if not rooms[key].is_used:
            bonus[row] = 1000 * store.first_window_bonus_minor
    return room, parallel, bonus

"""From the engine's values to the tables that the kernels read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from windows.engine import eligible, schedule
from windows.engine.features import ready_min
from windows.engine.intervals import Intervals, merged
from windows.engine.market import Market
from windows.engine.price import strength_permille
from windows.engine.room import Room
from windows.engine.search import arrays, fit
from windows.engine.search.arrays import Ints, Marks, Records
from windows.engine.types import CountBy, Intent, Interval, Offer, Parameters, Reason, Snapshot

NO_LIMIT = -1


def askable(market: Market) -> tuple[Offer, ...]:
    """Return the offers that can have new windows, in canonical order."""
    return tuple(
        one
        for one in market.offers.values()
        if market.ladders[one.key] and not isinstance(market.starts[one.key], Reason)
    )


def table(rows: Sequence[Sequence[int]]) -> Ints:
    """Return pairs of numbers as an array, (0, 2) when there are none."""
    return np.array(rows, np.int64) if rows else np.zeros((0, 2), np.int64)


def grid(snapshot: Snapshot, parameters: Parameters) -> Ints:
    """Return the first minute on the grid, the minutes of a slot and those left after arrival."""
    first = schedule.to_grid(0, snapshot)
    return np.array([first, snapshot.slot_min, parameters.join_min_left_min], np.int64)


def slots_of(snapshot: Snapshot) -> int:
    """Return how many slots of the grid begin before the horizon."""
    first = schedule.to_grid(0, snapshot)
    return max(0, -(-(snapshot.horizon_min - first) // snapshot.slot_min))


def person_row(one: Intent, tier_by: CountBy, free: Interval, held: Interval) -> tuple[int, ...]:
    """Return an intent as a row of ``fit.PERSON``; its stretches lie at those rows."""
    return (
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
        *free,
        *held,
    )


def people(
    market: Market, intents: Sequence[Intent], busy: Mapping[str, Sequence[Interval]]
) -> tuple[Records, Ints, Ints]:
    """Return the intents, their availability and what their persons hold already."""
    rows = np.zeros(len(intents), fit.PERSON)
    free: list[Interval] = []
    held: list[Interval] = []
    tier_by = market.parameters.tier_by
    found = []
    for one in intents:
        free_first, held_first = len(free), len(held)
        free.extend(one.available)
        held.extend(busy.get(one.person, ()))
        found.append(
            person_row(one, tier_by, (free_first, len(free)), (held_first, len(held))),
        )
    rows[:] = found
    return rows, table(free), table(held)


def terms(market: Market, offers: Sequence[Offer]) -> tuple[Records, Ints]:
    """Return the offers as the pairing kernel reads them, and the prices of their tiers."""
    products = {key: row for row, key in enumerate(market.products)}
    rows = np.zeros(len(offers), fit.TERMS)
    units = market.units()
    prices: list[int] = []
    for row, one in enumerate(offers):
        store, ladder = market.stores[one.store], market.ladders[one.key]
        first = len(prices)
        prices.extend(rung.tier.price_minor for rung in ladder)
        rows[row] = (
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
    return rows, np.array(prices, np.int64)


def pairs(
    market: Market,
    intents: Sequence[Intent],
    at: Mapping[str, int],
    rows: Records,
    seller: tuple[Records, Ints],
) -> Records:
    """Return who fits which offer but for the time, in the order of the offers.

    ``at``: rows of the offers by key; ``rows`` the intents as a table; ``seller`` from ``terms``.
    """
    wants, want_first = _wishes(market, intents)
    declined = sorted(
        at[key] * len(intents) + row
        for row, one in enumerate(intents)
        for key in one.declined_offers
        if key in at
    )
    geo = market.snapshot.geo
    flat = np.array([geo.kx_um, geo.ky_um, geo.detour_permille], np.int64)
    pace = market.parameters.walk_m_per_min or 0
    found = np.empty(16 * len(intents) + 64, fit.PAIR)
    while True:
        size = fit.pairs(
            rows, *seller, wants, want_first, np.array(declined, np.int64), flat, pace, found
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
            by_product[product].append((row, NO_LIMIT if limit is None else limit))
    wishes: list[tuple[int, int]] = []
    first = [0]
    for product in market.products:
        wishes.extend(by_product.get(product, ()))
        first.append(len(wishes))
    return table(wishes), np.array(first, np.int64)


def allowed(market: Market, offers: Sequence[Offer]) -> Marks:
    """Return (offers, slots): 1 where the seller's side allows a start, 2 where room may grow."""
    marks = np.zeros((len(offers), slots_of(market.snapshot)), np.int8)
    rooms = market.rooms()
    held: dict[str, list[int]] = defaultdict(list)
    for window in market.held:
        held[window.offer].append(window.start)
    for row, one in enumerate(offers):
        starts = market.starts[one.key]
        if not isinstance(starts, Reason):
            releases = rooms[one.store].releases()
            mark(market, one, marks[row], market.taken[one.key], held[one.key], releases)
    return marks


def mark(
    market: Market,
    offer: Offer,
    marks: Marks,
    taken: Intervals,
    held: Iterable[int],
    releases: Iterable[int],
) -> None:
    """Fill one row of ``allowed``; ``taken`` are stretches, ``held`` starts of the offer's own."""
    snapshot, starts = market.snapshot, market.starts[offer.key]
    first, slot_min = schedule.to_grid(0, snapshot), snapshot.slot_min
    marks[:] = 0
    if isinstance(starts, Reason):
        return
    for since, until in starts:
        marks[_up(since - first, slot_min) : _up(until - first, slot_min)] = 1
    for since, until in schedule.starts_touching(taken, market.duration(offer)):
        marks[_up(since - first, slot_min) : _up(until - first, slot_min)] = 0
    for minute in releases:
        slot = -(-(minute - first) // slot_min)
        if 0 <= slot < len(marks) and marks[slot]:
            marks[slot] = 2
    for start in held:
        slot, rest = divmod(start - first, slot_min)
        if not rest and 0 <= slot < len(marks):
            marks[slot] = 0


def _up(minutes: int, slot_min: int) -> int:
    return max(0, -(-minutes // slot_min))


def intent_rows(rows: Records, persons: Sequence[str], parameters: Parameters) -> Records:
    """Return the problem's intents without their entries; ``persons`` name whose each is."""
    found = np.zeros(len(rows), arrays.INTENT)
    found["strength"] = rows["strength"]
    found["units"] = rows["quantity"]
    by_intents = parameters.room_by is CountBy.INTENTS
    found["load"] = 1 if by_intents else rows["quantity"]
    found["worth"] = rows["show"] * rows["quantity"]
    rings: dict[str, list[int]] = defaultdict(list)
    for row, person in enumerate(persons):
        rings[person].append(row)
    for ring in rings.values():
        for row, after in zip(ring, ring[1:] + ring[:1], strict=True):
            found["sibling"][row] = after
    return found


def reach(rows: Records) -> Ints:
    """Return most strength per unit and per place in a room, and whether people are all alike."""
    if not len(rows):
        return np.array([1, 1, 0], np.int64)
    is_alike = (rows["strength"] == 1000 * rows["units"]) & (rows["load"] == rows["units"])
    most = [int((-(-rows["strength"] // rows[of])).max()) for of in ("units", "load")]
    return np.array([max(1, most[0]), max(1, most[1]), int(is_alike.all())], np.int64)


def offer_rows(market: Market, offers: Sequence[Offer], stores: Mapping[str, int]) -> Records:
    """Return the problem's offers."""
    rows = np.zeros(len(offers), arrays.OFFER)
    first = 0
    for row, one in enumerate(offers):
        last = first + len(market.ladders[one.key])
        cost = 1000 * one.window_cost_minor
        rows[row] = (cost, one.max_group, first, last, stores[one.store], one.window_slots)
        first = last
    return rows


def tiers(market: Market, offers: Sequence[Offer]) -> Records:
    """Return the tiers of the offers, one offer after the other."""
    rungs = [rung for one in offers for rung in market.ladders[one.key]]
    rows = np.zeros(len(rungs), arrays.TIER)
    rows["least"] = [rung.size_permille for rung in rungs]
    rows["value"] = [rung.unit_value_minor for rung in rungs]
    return rows


def rooms(market: Market) -> tuple[Ints, Ints, Ints]:
    """Return free room and windows (stores, slots) and the bonus of stores that hold nothing."""
    shape = (len(market.stores), slots_of(market.snapshot))
    room, parallel = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    bonus = np.zeros(len(market.stores), np.int64)
    held = market.rooms()
    for row, (key, store) in enumerate(market.stores.items()):
        room[row], parallel[row] = store.capacity_per_slot, store.max_parallel
        _take_held(market.snapshot, store, held[key], room[row], parallel[row])
        if not held[key].is_used:
            bonus[row] = 1000 * store.first_window_bonus_minor
    return room, parallel, bonus


def _take_held(snapshot: Snapshot, store: Any, held: Room, room: Ints, parallel: Ints) -> None:
    first, slot_min = schedule.to_grid(0, snapshot), snapshot.slot_min
    edges = merged(
        [(since, until) for since, until, _ in store.capacity_overrides]
        + [(since, until) for since, until, _ in held.held]
    )
    for since, until in edges:
        lowest = max(0, (since - first) // slot_min)
        for slot in range(lowest, min(len(room), _up(until - first, slot_min))):
            start = first + slot * slot_min
            room[slot], parallel[slot] = held.left(start, start + slot_min)

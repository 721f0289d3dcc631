"""Prices for people, room, stock and windows: what each is worth to the rest of the market.

Any prices that are not negative prove an upper bound (``matching/README.md`` 7).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from windows.engine.search.arrays import Ints, Problem
from windows.engine.search.exact import ENTRY_ROW, C, P, Q, Slate, exact
from windows.engine.search.jit import kernel

LARGE = 3


class Duals(NamedTuple):
    """Prices in milli.

    ``people`` (intents,), ``room`` and ``parallel`` (stores, slots), ``stock`` and ``windows``
    (offers,), ``bonus`` (stores,) between 0 and the store's bonus; ``large`` (offers, ``LARGE``):
    column k - 1 for each of the ``units (k + 1) // (stock + 1)`` that a window counts, at most k in
    all windows of the offer.
    """

    people: Ints
    room: Ints
    parallel: Ints
    stock: Ints
    windows: Ints
    bonus: Ints
    large: Ints


class Limits(NamedTuple):
    """What a bound may take for granted.

    ``parallel`` (stores, slots): most windows at once, ``windows`` (offers,): most in all, ``open``
    (stores,): whether a window is possible at all.
    """

    parallel: Ints
    windows: Ints
    open: Ints


def no_duals(problem: Problem) -> Duals:
    """Return prices of nothing; the bonus goes to every window."""
    return Duals(
        people=np.zeros(len(problem.intents), np.int64),
        room=np.zeros_like(problem.room),
        parallel=np.zeros_like(problem.parallel),
        stock=np.zeros_like(problem.stock),
        windows=np.zeros_like(problem.stock),
        bonus=problem.bonus.copy(),
        large=np.zeros((len(problem.stock), LARGE), np.int64),
    )


def limits(problem: Problem) -> Limits:
    """Work out what the smallest groups say about the number of windows."""
    offers, stores = problem.offers, problem.room.shape[0]
    fewest = np.zeros(len(offers), np.int64)
    windows = np.zeros(len(offers), np.int64)
    smallest_groups(problem, fewest, windows)
    store_fewest = np.full(stores, 1 << 40, np.int64)
    has = fewest > 0
    np.minimum.at(store_fewest, offers["store"][has], fewest[has])
    parallel = np.minimum(problem.parallel, problem.room // store_fewest[:, None])
    return Limits(parallel, windows, (store_fewest < 1 << 40).astype(np.int64))


@kernel
def smallest_groups(problem: Problem, fewest: Ints, windows: Ints) -> None:
    """Find the fewest people who reach each first tier, and how often the stock holds them."""
    seen = np.full(problem.intents.shape[0], -1)
    place = 0
    while place < problem.places.shape[0]:
        row, size = problem.places[place].offer, 0
        strengths, units = [0], [0]
        while place < problem.places.shape[0] and problem.places[place].offer == row:
            for entry in range(problem.places[place].first, problem.places[place].last):
                intent = problem.entries[entry].intent
                if seen[intent] != row:
                    seen[intent] = row
                    strengths.append(problem.intents[intent].strength)
                    units.append(problem.intents[intent].units)
                    size += 1
            place += 1
        strengths.sort()
        units.sort()
        total = count = needed = 0
        least = problem.tiers[problem.offers[row].first].least
        while total < least and count < size:
            count += 1
            total += strengths[size + 1 - count]
            needed += units[count]
        fewest[row] = count
        windows[row] = problem.stock[row] // max(1, needed)


@kernel
def fixed_value(problem: Problem, duals: Duals, place: int) -> tuple[int, int, int]:
    """Return a window's value without members, the price of a head, and the heads that fit."""
    row = problem.places[place].offer
    offer = problem.offers[row]
    value = duals.bonus[offer.store] - offer.cost - duals.windows[row]
    head, heads = 0, 1 << 40
    for slot in range(problem.places[place].slot, problem.places[place].slot + offer.slots):
        value -= duals.parallel[offer.store, slot]
        head += duals.room[offer.store, slot]
        heads = min(heads, problem.room[offer.store, slot])
    return value, head, heads


@kernel
def large_charge(problem: Problem, duals: Duals, row: int, units: int) -> int:
    """Return what a window of so many units is charged for being large."""
    charge = 0
    for k in range(1, LARGE + 1):
        charge += duals.large[row, k - 1] * (units * (k + 1) // (problem.stock[row] + 1))
    return charge


@kernel
def collect(
    problem: Problem, duals: Duals, slate: Slate, places: Ints, ends: Ints, entries: Ints
) -> tuple[int, int]:
    """Write down the best group of every place that is worth something beyond the prices.

    ``places`` and ``ends`` hold a place and the end of its group in ``entries``; those that do not
    fit are left out. Returns how many, and the sum of what all of them are worth.
    """
    found = total = size = 0
    for place in range(problem.places.shape[0]):
        value = best_reduced(problem, duals, slate, place, 0)
        total += value
        count = slate.found_size[0]
        if value <= 0 or found == places.shape[0] or size + count > entries.shape[0]:
            continue
        for at in range(count):
            entries[size] = slate.group[at]
            size += 1
        places[found], ends[found] = place, size
        found += 1
    return found, total


@kernel
def trim(slate: Slate, size: int, units: int) -> int:
    """Keep the items that can matter where people count: of each party size only the best."""
    items = slate.items[:size].copy()
    order = np.argsort(-items[:, C], kind="mergesort")
    used = np.zeros(units + 1, np.int64)
    count = 0
    for row in order:
        party = items[row, Q]
        if party <= units and used[party] + party <= units:
            used[party] += party
            slate.items[count] = items[row]
            count += 1
    return count


@kernel
def best_reduced(problem: Problem, duals: Duals, slate: Slate, place: int, floor: int) -> int:
    """Return the greatest value above ``floor`` of a window under prices, or ``floor``.

    ``slate.group[:size]`` holds the entries and ``slate.found_size`` the size when one was found.
    """
    row = problem.places[place].offer
    offer = problem.offers[row]
    fixed, head, heads = fixed_value(problem, duals, place)
    units = min(problem.stock[row], offer.most)
    if problem.reach[2]:
        units = heads = min(units, heads)
    has_large = False
    for k in range(LARGE):
        if duals.large[row, k] > 0:
            has_large = True
    best, size = floor, 0
    for tier in range(offer.last - 1, offer.first - 1, -1):
        least = problem.tiers[tier].least
        if least > heads * problem.reach[1]:
            continue
        bit, value = 1 << (tier - offer.first), problem.tiers[tier].value
        count, gainful = 0, fixed
        for entry in range(problem.places[place].first, problem.places[place].last):
            if problem.entries[entry].tiers & bit == 0:
                continue
            intent = problem.entries[entry].intent
            one = problem.intents[intent]
            worth = problem.entries[entry].base + one.worth * value - head * one.load
            worth -= duals.people[intent] + duals.stock[row] * one.units
            item = slate.items[count]
            item[C], item[P], item[Q], item[ENTRY_ROW] = worth, one.strength, one.units, entry
            count += 1
            gainful += max(0, worth)
        if gainful <= best:
            continue
        if problem.reach[2] and count > 2 * units:
            count = trim(slate, count, units)
        charge, most, after = 0, 0, 0
        if not has_large:
            most = units - 1
        while most < units:
            most += 1
            if has_large:
                after = large_charge(problem, duals, row, most + 1)
            if most < units and after == charge:
                continue
            found = exact(slate, count, least, heads, most, best - fixed + charge)
            found += fixed - charge
            if found > best:
                best, size = found, slate.found_size[0]
                for at in range(size):
                    slate.group[at] = slate.items[slate.found[at], ENTRY_ROW]
            charge = after
    slate.found_size[0] = size
    return best


@kernel
def use_prices(
    problem: Problem,
    duals: Duals,
    slate: Slate,
    reduced: Ints,
    people: Ints,
    room: Ints,
    parallel: Ints,
    stock: Ints,
    windows: Ints,
    span: Ints,
) -> int:
    """Let every place choose its best group; return the sum of what they are worth beyond 0.

    ``span`` (3,): first place, end, and step; with a step above 1 only so many have a choice.
    ``reduced`` (places,): each place's value or 0. The other arrays, shaped as the prices,
    count what the chosen groups use.
    """
    total = 0
    people[:] = 0
    room[:] = 0
    parallel[:] = 0
    stock[:] = 0
    windows[:] = 0
    for place in range(span[0], span[1], span[2]):
        value = best_reduced(problem, duals, slate, place, 0)
        reduced[place] = value
        if value <= 0:
            continue
        total += value
        row = problem.places[place].offer
        offer, size = problem.offers[row], slate.found_size[0]
        windows[row] += 1
        load = 0
        for at in range(size):
            intent = problem.entries[slate.group[at]].intent
            people[intent] += 1
            stock[row] += problem.intents[intent].units
            load += problem.intents[intent].load
        for slot in range(problem.places[place].slot, problem.places[place].slot + offer.slots):
            room[offer.store, slot] += load
            parallel[offer.store, slot] += 1
    return total


def constant(problem: Problem, limit: Limits, duals: Duals) -> int:
    """Return the part of the bound that does not depend on windows."""
    total = int(duals.people.sum())
    total += int((duals.room * problem.room).sum())
    total += int((duals.parallel * limit.parallel * limit.open[:, None]).sum())
    total += int((duals.stock * problem.stock).sum())
    total += int((duals.windows * limit.windows).sum())
    total += int((duals.large * np.arange(1, LARGE + 1)).sum())
    return total + int(np.maximum(0, problem.bonus - duals.bonus)[limit.open > 0].sum())

"""Kernel that lists every group of a problem that could still be part of a better solution."""

from __future__ import annotations

import numpy as np

from windows.engine.search.arrays import Ints, Problem
from windows.engine.search.duals import Duals, best_reduced, fixed_value, large_charge
from windows.engine.search.exact import ENTRY_ROW, C, P, Q, Slate, sort_items
from windows.engine.search.jit import kernel

MOST_STEPS = 4_000_000


@kernel
def price_of_strength(slate: Slate, size: int, least: int) -> int:
    """Return the price of a thousandth of a person that makes the bound on a group smallest."""
    low, high = 0, 1
    for row in range(size):
        high = max(high, abs(slate.items[row, C]) // max(1, slate.items[row, P]) + 1)
    while high - low > 1:
        price = (low + high) // 2
        strength = 0
        for row in range(size):
            if slate.items[row, C] + price * slate.items[row, P] > 0:
                strength += slate.items[row, P]
        if strength >= least:
            high = price
        else:
            low = price
    strength = 0
    for row in range(size):
        if slate.items[row, C] > 0:
            strength += slate.items[row, P]
    return 0 if strength >= least else high


@kernel
def catalogue(
    problem: Problem,
    duals: Duals,
    slate: Slate,
    slack: int,
    places: Ints,
    ends: Ints,
    entries: Ints,
) -> int:
    """List the groups whose value beyond the prices is within ``slack`` of their place's best.

    A group of ``places[g]`` is ``entries[ends[g - 1]:ends[g]]``. Returns how many there are, or -1
    when they are too many for the arrays, or too many steps.
    """
    found = used = steps = 0
    for place in range(problem.places.shape[0]):
        row = problem.places[place].offer
        offer = problem.offers[row]
        fixed, head, heads = fixed_value(problem, duals, place)
        floor = best_reduced(problem, duals, slate, place, 0) - slack
        most = min(problem.stock[row], offer.most)
        for tier in range(offer.first, offer.last):
            least = problem.tiers[tier].least
            below = np.int64(1 << 60)
            if tier + 1 < offer.last:
                below = problem.tiers[tier + 1].least
            bit, value, size = 1 << (tier - offer.first), problem.tiers[tier].value, 0
            for entry in range(problem.places[place].first, problem.places[place].last):
                if problem.entries[entry].tiers & bit == 0:
                    continue
                intent = problem.entries[entry].intent
                one = problem.intents[intent]
                item = slate.items[size]
                worth = problem.entries[entry].base + one.worth * value - head * one.load
                worth -= duals.people[intent] + duals.stock[row] * one.units
                item[C], item[P], item[Q], item[ENTRY_ROW] = worth, one.strength, one.units, entry
                size += 1
            price = price_of_strength(slate, size, least)
            for at in range(size):  # sorted by what an item adds to the bound
                slate.items[at, C] += price * slate.items[at, P]
            sort_items(slate, size)
            slate.prefix[size] = slate.strongest[size] = 0
            for at in range(size - 1, -1, -1):
                slate.prefix[at] = slate.prefix[at + 1] + max(0, slate.items[at, C])
                slate.strongest[at] = slate.strongest[at + 1] + slate.items[at, P]
            depth, at, bound, strength, units, load = 0, 0, fixed - price * least, 0, 0, 0
            while True:
                steps += 1
                if steps > MOST_STEPS:
                    return -1
                goes_on = (
                    at < size
                    and bound + slate.prefix[at] >= floor
                    and strength + slate.strongest[at] >= least
                )
                if goes_on:
                    intent = problem.entries[slate.items[at, ENTRY_ROW]].intent
                    more = problem.intents[intent].load
                    fits = units + slate.items[at, Q] <= most and load + more <= heads
                    if fits and strength + slate.items[at, P] < below:
                        slate.path[depth] = at
                        depth += 1
                        bound += slate.items[at, C]
                        strength += slate.items[at, P]
                        units += slate.items[at, Q]
                        load += more
                    at += 1
                    continue
                if at >= size and strength >= least and depth > 0:
                    charge = large_charge(problem, duals, row, units)
                    if bound - price * (strength - least) - charge >= floor:
                        if found == places.shape[0] or used + depth > entries.shape[0]:
                            return -1
                        for step in range(depth):
                            entries[used] = slate.items[slate.path[step], ENTRY_ROW]
                            used += 1
                        places[found], ends[found] = place, used
                        found += 1
                if depth == 0:
                    break
                depth -= 1
                at = slate.path[depth]
                intent = problem.entries[slate.items[at, ENTRY_ROW]].intent
                bound -= slate.items[at, C]
                strength -= slate.items[at, P]
                units -= slate.items[at, Q]
                load -= problem.intents[intent].load
                at += 1
    return found

"""The exact best group of one window under prices, by head counts.

For every head count a Lagrangian bound (a price for strength, one for units) over the best so many
items decides whether a depth-first search is needed; there an item is never taken without the items
that are at least as good in everything. Each intent is one head.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from windows.engine.search.arrays import Ints, Problem
from windows.engine.search.jit import kernel

MOST_NODES = 100_000
MASK_ITEMS = 62
C, P, Q, ENTRY_ROW = 0, 1, 2, 3


class Slate(NamedTuple):
    """Scratch paper: ``items`` (most, 4) are value, strength, units, entry; rows over them.

    ``found``: rows of the best group, ``found_size`` (1,); ``stack`` (2 * most + 2, 6).
    """

    items: Ints
    order: Ints
    scores: Ints
    prefix: Ints
    strongest: Ints
    lightest: Ints
    masks: Ints
    counts: Ints
    path: Ints
    found: Ints
    found_size: Ints
    stack: Ints
    group: Ints
    values: Ints


def new_slate(problem: Problem) -> Slate:
    """Return paper large enough for a problem."""
    sizes = problem.places["last"] - problem.places["first"]
    most = int(sizes.max()) + 2 if len(sizes) else 2

    def row() -> Ints:
        return np.zeros(most, np.int64)

    return Slate(
        items=np.zeros((most, 4), np.int64),
        order=row(),
        scores=row(),
        prefix=row(),
        strongest=row(),
        lightest=row(),
        masks=row(),
        counts=row(),
        path=row(),
        found=row(),
        found_size=np.zeros(1, np.int64),
        stack=np.zeros((2 * most + 2, 6), np.int64),
        group=row(),
        values=row(),
    )


@kernel
def sort_rows(scores: Ints, order: Ints, size: int) -> None:
    """Sort ``order[:size]`` by falling score, equal ones by row; quick when nearly sorted."""
    for at in range(1, size):
        row, spot = order[at], at
        while spot > 0:
            other = order[spot - 1]
            if scores[other] > scores[row] or (scores[other] == scores[row] and other < row):
                break
            order[spot] = other
            spot -= 1
        order[spot] = row


@kernel
def sort_items(slate: Slate, size: int) -> None:
    """Sort the items by falling value."""
    items = slate.items
    for at in range(1, size):
        c, p, q, e = items[at, C], items[at, P], items[at, Q], items[at, ENTRY_ROW]
        spot = at
        while spot > 0 and items[spot - 1, C] < c:
            for column in range(4):
                items[spot, column] = items[spot - 1, column]
            spot -= 1
        items[spot, C], items[spot, P], items[spot, Q], items[spot, ENTRY_ROW] = c, p, q, e


@kernel
def relaxed(
    slate: Slate, size: int, heads: int, least: int, units: int, theta: int, phi: int
) -> tuple[int, int, int]:
    """Return the Lagrangian value of ``heads`` items, and their strength and units to spare."""
    items, order, scores = slate.items, slate.order, slate.scores
    for row in range(size):
        scores[row] = items[row, C] + theta * items[row, P] - phi * items[row, Q]
    sort_rows(scores, order, size)
    value, strength, rest = phi * units - theta * least, -least, units
    for at in range(heads):
        row = order[at]
        value += scores[row]
        strength += items[row, P]
        rest -= items[row, Q]
    return value, strength, rest


@kernel
def root(
    slate: Slate, size: int, heads: int, least: int, units: int, floor: int
) -> tuple[int, int, int]:
    """Return the least Lagrangian value found, and its two prices."""
    best, strength, rest = relaxed(slate, size, heads, least, units, 0, 0)
    theta = phi = best_theta = best_phi = 0
    if strength >= 0 and rest >= 0:
        return best, 0, 0
    high_theta = high_phi = 1
    for row in range(size):
        c = abs(slate.items[row, C])
        high_theta = max(high_theta, c // slate.items[row, P] + 1)
        high_phi = max(high_phi, c // slate.items[row, Q] + 1)
    need_theta, need_phi = strength < 0, rest < 0
    for turn in range(4):
        before = best
        if need_theta:
            low, high = 0, 2 * high_theta + 1
            while high - low > max(1, high_theta >> 15) and best > floor:
                theta = (low + high) // 2
                value, strength, rest = relaxed(slate, size, heads, least, units, theta, best_phi)
                if value < best:
                    best, best_theta = value, theta
                if strength >= 0:
                    high = theta
                else:
                    low = theta
            value, strength, rest = relaxed(slate, size, heads, least, units, best_theta, best_phi)
            need_phi = need_phi or rest < 0
        if best <= floor:
            break
        if need_phi:
            low, high = 0, 2 * high_phi + 1 + best_theta * 1000
            while high - low > max(1, high_phi >> 13) and best > floor:
                phi = (low + high) // 2
                value, strength, rest = relaxed(slate, size, heads, least, units, best_theta, phi)
                if value < best:
                    best, best_phi = value, phi
                if rest >= 0:
                    high = phi
                else:
                    low = phi
            value, strength, rest = relaxed(slate, size, heads, least, units, best_theta, best_phi)
            need_theta = need_theta or strength < 0
        if best <= floor or not (need_theta and need_phi):
            break
        if turn > 0 and before - best < abs(before) // 100000 + 1:
            break
    return best, best_theta, best_phi


@kernel
def search(
    slate: Slate,
    size: int,
    heads: int,
    least: int,
    units: int,
    theta: int,
    phi: int,
    bound: int,
    floor: int,
) -> int:
    """Return the best value of exactly ``heads`` items above ``floor``, or ``floor``.

    Past ``MOST_NODES`` the bound is returned, which no group exceeds.
    """
    relaxed(slate, size, heads, least, units, theta, phi)
    items, order, scores, stack = slate.items, slate.order, slate.scores, slate.stack
    prefix, strongest, lightest = slate.prefix, slate.strongest, slate.lightest
    prefix[0] = 0
    for at in range(size):
        prefix[at + 1] = prefix[at] + scores[order[at]]
    strongest[size], lightest[size] = 0, 1 << 40
    for at in range(size - 1, -1, -1):
        strongest[at] = max(strongest[at + 1], items[order[at], P])
        lightest[at] = min(lightest[at + 1], items[order[at], Q])
    best, nodes, top = floor, 0, 1
    for column in range(6):
        stack[0, column] = 0
    while top > 0:
        top -= 1
        at, c, p, k, q, out = (
            stack[top, 0],
            stack[top, 1],
            stack[top, 2],
            stack[top, 3],
            stack[top, 4],
            stack[top, 5],
        )
        if k < 0:  # the item before `at` was taken: note it on the path
            k = -k
            slate.path[k - 1] = order[at - 1]
        nodes += 1
        if nodes > MOST_NODES:
            return max(best, bound)
        if k == heads:
            if p >= least and c > best:
                best = c
                slate.found_size[0] = k
                for depth in range(k):
                    slate.found[depth] = slate.path[depth]
            continue
        rest = heads - k
        if at + rest > size:
            continue
        slack = theta * (p - least) + phi * (units - q)
        if c + slack + prefix[at + rest] - prefix[at] <= best:
            continue
        if p + strongest[at] * rest < least or q + lightest[at] * rest > units:
            continue
        row = order[at]
        bit = 0
        if row < MASK_ITEMS:
            bit = 1 << row
        stack[top, 0], stack[top, 1], stack[top, 2] = at + 1, c, p
        stack[top, 3], stack[top, 4], stack[top, 5] = k, q, out | bit
        top += 1
        if q + items[row, Q] <= units and slate.masks[row] & out == 0:
            stack[top, 0], stack[top, 1] = at + 1, c + items[row, C]
            stack[top, 2], stack[top, 3] = p + items[row, P], -(k + 1)
            stack[top, 4], stack[top, 5] = q + items[row, Q], out
            top += 1
    return best


@kernel
def exact(slate: Slate, size: int, least: int, heads: int, units: int, floor: int) -> int:
    """Return the greatest value above ``floor`` of a group that reaches ``least``, or ``floor``.

    ``slate.items[:size]`` hold the choice and are sorted here; ``slate.found`` holds the rows of
    the group when ``found_size`` is not 0.
    """
    items, order, counts = slate.items, slate.order, slate.counts
    slate.found_size[0] = 0
    total = 0
    for row in range(size):
        order[row] = row
        slate.scores[row] = items[row, P]
        total += items[row, P]
    if total < least:
        return floor
    sort_rows(slate.scores, order, size)
    fewest = strength = 0
    while fewest < min(heads, size) and strength < least:
        strength += items[order[fewest], P]
        fewest += 1
    if strength < least:
        return floor
    sort_items(slate, size)
    found, cumulated = 0, 0
    for head in range(1, min(heads, size) + 1):
        cumulated += items[head - 1, C]
        if head >= fewest and cumulated > floor:
            slate.prefix[found] = cumulated
            counts[found] = head
            found += 1
    for at in range(1, found):
        value, head, spot = slate.prefix[at], counts[at], at
        while spot > 0 and slate.prefix[spot - 1] < value:
            slate.prefix[spot], counts[spot] = slate.prefix[spot - 1], counts[spot - 1]
            spot -= 1
        slate.prefix[spot], counts[spot] = value, head
    for at in range(found):
        slate.values[at] = slate.prefix[at]
    dominate(slate, size)
    best = floor
    for at in range(found):
        if slate.values[at] <= best:
            break
        for row in range(size):
            order[row] = row
        bound, theta, phi = root(slate, size, counts[at], least, units, best)
        if bound > best:
            best = search(slate, size, counts[at], least, units, theta, phi, bound, best)
    return best


@kernel
def dominate(slate: Slate, size: int) -> None:
    """Note for each item the items before it that are at least as good in everything."""
    items = slate.items
    for row in range(size):
        mask = 0
        for other in range(min(row, MASK_ITEMS)):
            if items[other, P] >= items[row, P] and items[other, Q] <= items[row, Q]:
                mask |= 1 << other
        slate.masks[row] = mask

"""Kernels that choose the best group of one window.

Items are columns of a table: what somebody is worth here, strength, units, load, entry.
"""

from __future__ import annotations

import numpy as np

from windows.engine.search.arrays import Floats, Ints
from windows.engine.search.jit import kernel

MOST_EXCHANGES = 8
NEVER = -(1 << 60)
WORTH, STRENGTH, UNITS, LOAD, ENTRY_ROW = 0, 1, 2, 3, 4


@kernel
def sort_down(scores: Floats, order: Ints, size: int) -> None:
    """Sort ``order[:size]`` by falling score; quick when it is nearly sorted."""
    gap = 1
    while gap < size // 9:
        gap = 3 * gap + 1
    while gap > 0:
        for at in range(gap, size):
            row, spot = order[at], at
            while spot >= gap and scores[order[spot - gap]] < scores[row]:
                order[spot] = order[spot - gap]
                spot -= gap
            order[spot] = row
        gap //= 3


@kernel
def take(
    items: Ints, order: Ints, size: int, units: int, load: int, chosen: Ints, scores: Floats
) -> tuple[int, int]:
    """Take rows in order while they fit and score above nothing; return count and strength."""
    count = strength = 0
    for at in range(size):
        row = order[at]
        if scores[row] <= 0.0:
            break
        if items[row, UNITS] <= units and items[row, LOAD] <= load:
            units -= items[row, UNITS]
            load -= items[row, LOAD]
            strength += items[row, STRENGTH]
            chosen[count] = row
            count += 1
            if load == 0 or units == 0:
                break
    return count, strength


@kernel
def choose(
    items: Ints,
    size: int,
    least: int,
    units: int,
    load: int,
    order: Ints,
    scores: Floats,
    chosen: Ints,
    kept: Ints,
) -> tuple[int, int]:
    """Choose rows of high worth whose strength reaches ``least``.

    Returns how many (0: none found) and their worth; ``kept`` holds the rows. The price of a
    thousandth of a person is found by halving, then single rows are exchanged.
    """
    strength = 0
    largest = 1.0
    for row in range(size):
        order[row] = row
        scores[row] = items[row, WORTH]
        strength += items[row, STRENGTH]
        largest = max(largest, abs(scores[row]) / items[row, STRENGTH])
    if strength < least:
        return 0, 0
    sort_down(scores, order, size)
    count, strength = take(items, order, size, units, load, chosen, scores)
    if strength < least:
        low, high = 0.0, 2.0 * largest
        found = 0
        for _ in range(9):
            price = high if found == 0 else 0.5 * (low + high)
            for row in range(size):
                scores[row] = items[row, WORTH] + price * items[row, STRENGTH]
            sort_down(scores, order, size)
            count, strength = take(items, order, size, units, load, chosen, scores)
            if strength >= least:
                high, found = price, count
                for at in range(count):
                    kept[at] = chosen[at]
            elif found == 0:
                return 0, 0
            else:
                low = price
        count = found
    else:
        for at in range(count):
            kept[at] = chosen[at]
    return exchange(items, size, least, units, load, kept, count, chosen)


@kernel
def choose_people(
    items: Ints, size: int, least: int, most: int, order: Ints, scores: Floats, kept: Ints
) -> tuple[int, int]:
    """Choose the best group when every person is one in strength, stock and room alike.

    Exact: of each party size only the best can matter, and a table over people chooses among them.
    ``least`` is in thousandths of a person, ``most`` in people. Returns count and worth.
    """
    need = max(1, -(-least // 1000))
    if most < need:
        return 0, 0
    for row in range(size):
        order[row] = row
        scores[row] = items[row, WORTH]
    sort_down(scores, order, size)
    used = np.zeros(most + 1, np.int64)
    count = 0
    for at in range(size):
        units = items[order[at], UNITS]
        if units <= most and used[units] + units <= most:
            used[units] += units
            order[count] = order[at]
            count += 1
    table = np.full(most + 1, NEVER)
    table[0] = 0
    taken = np.zeros((count, most + 1), np.uint8)
    for at in range(count):
        worth, units = items[order[at], WORTH], items[order[at], UNITS]
        for people in range(most, units - 1, -1):
            if table[people - units] > NEVER and table[people - units] + worth > table[people]:
                table[people] = table[people - units] + worth
                taken[at, people] = 1
    best = need + int(np.argmax(table[need:]))
    if table[best] == NEVER:
        return 0, 0
    found, people = 0, best
    for at in range(count - 1, -1, -1):
        if taken[at, people]:
            kept[found] = order[at]
            found += 1
            people -= items[order[at], UNITS]
    return found, table[best]


@kernel
def exchange(
    items: Ints,
    size: int,
    least: int,
    units: int,
    load: int,
    kept: Ints,
    count: int,
    is_in: Ints,
) -> tuple[int, int]:
    """Improve a group by leaving out, adding and exchanging single rows; return count and worth."""
    strength = worth = 0
    for row in range(size):
        is_in[row] = 0
    for at in range(count):
        row = kept[at]
        is_in[row] = 1
        strength += items[row, STRENGTH]
        worth += items[row, WORTH]
        units -= items[row, UNITS]
        load -= items[row, LOAD]
    for _ in range(MOST_EXCHANGES):
        best, best_at, best_row = 0, -1, -1
        for at in range(count):
            out = kept[at]
            spare = strength - items[out, STRENGTH] - least
            if spare >= 0 and -items[out, WORTH] > best:
                best, best_at, best_row = -items[out, WORTH], at, -1
            for row in range(size):
                if is_in[row] == 0 and items[row, WORTH] - items[out, WORTH] > best:
                    fits = items[row, UNITS] <= units + items[out, UNITS]
                    fits = fits and items[row, LOAD] <= load + items[out, LOAD]
                    if fits and spare + items[row, STRENGTH] >= 0:
                        best, best_at, best_row = items[row, WORTH] - items[out, WORTH], at, row
        for row in range(size):
            if is_in[row] == 0 and items[row, WORTH] > best:
                if items[row, UNITS] <= units and items[row, LOAD] <= load:
                    best, best_at, best_row = items[row, WORTH], count, row
        if best <= 0:
            break
        if best_at < count:
            out = kept[best_at]
            is_in[out] = 0
            strength -= items[out, STRENGTH]
            units += items[out, UNITS]
            load += items[out, LOAD]
            if best_row < 0:
                count -= 1
                kept[best_at] = kept[count]
        else:
            count += 1
        if best_row >= 0:
            kept[best_at] = best_row
            is_in[best_row] = 1
            strength += items[best_row, STRENGTH]
            units -= items[best_row, UNITS]
            load -= items[best_row, LOAD]
        worth += best
    return count, worth

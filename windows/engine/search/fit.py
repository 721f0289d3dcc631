"""Kernels that find who fits which offer and when."""

from __future__ import annotations

import numpy as np

from windows.engine.search.arrays import Ints, Marks, Records
from windows.engine.search.jit import kernel

PERSON = np.dtype(
    [
        ("latitude", "i8"),
        ("longitude", "i8"),
        ("distance", "i8"),  # most metres
        ("travel", "i8"),  # minor units a kilometre
        ("wait", "i8"),  # minor units an hour
        ("credit", "i8"),  # minor units
        ("ready", "i8"),
        ("notice", "i8"),
        ("show", "i8"),
        ("quantity", "i8"),
        ("strength", "i8"),
        ("free_first", "i8"),  # its availability: `free[free_first:free_last]`
        ("free_last", "i8"),
        ("busy_first", "i8"),
        ("busy_last", "i8"),
    ]
)
TERMS = np.dtype(
    [
        ("product", "i8"),
        ("latitude", "i8"),
        ("longitude", "i8"),
        ("minutes", "i8"),
        ("most", "i8"),
        ("no_show", "i8"),
        ("least", "i8"),  # strength of the first tier
        ("first", "i8"),  # its tier prices: `prices[first:last]`
        ("last", "i8"),
    ]
)
PAIR = np.dtype(
    [("base", "i8"), ("offer", "i4"), ("intent", "i4"), ("tiers", "i4"), ("arrival", "i4")],
    align=True,
)


@kernel
def distance_m(geo: Ints, north: int, east: int) -> int:
    """Return walking metres for differences in microdegrees; ``geo``: kx, ky, detour."""
    x = abs(east) * geo[0] // 1000
    y = abs(north) * geo[1] // 1000
    square = x * x + y * y
    root = np.int64(np.sqrt(np.float64(square)))
    while root * root > square:
        root -= 1
    while (root + 1) * (root + 1) <= square:
        root += 1
    return root * geo[2] // 1000000


@kernel
def pairs(
    people: Records,
    terms: Records,
    prices: Ints,
    wants: Ints,
    want_first: Ints,
    declined: Ints,
    geo: Ints,
    pace: int,
    out: Records,
) -> int:
    """Fill ``out`` with who fits which offer but for the time; return how many there are.

    ``wants`` (wishes, 2): intent and highest price (negative: none), sorted by product;
    ``want_first`` (products + 1,). ``declined``: sorted codes offer * people + intent.
    ``pace``: metres a minute, 0 when travel takes no time. Counts on when ``out`` is full.
    """
    found = 0
    for offer in range(terms.shape[0]):
        term = terms[offer]
        for row in range(want_first[term.product], want_first[term.product + 1]):
            intent, limit = wants[row, 0], wants[row, 1]
            one = people[intent]
            if one.quantity > term.most:
                continue
            mask = 0
            for tier in range(term.first, term.last):
                if limit < 0 or prices[tier] <= limit:
                    mask |= 1 << (tier - term.first)
            if mask == 0:
                continue
            north = abs(one.latitude - term.latitude) * geo[1] // 1000
            if north * geo[2] // 1000000 > one.distance:
                continue
            away = distance_m(geo, one.latitude - term.latitude, one.longitude - term.longitude)
            if away > one.distance:
                continue
            code = offer * people.shape[0] + intent
            spot = np.searchsorted(declined, code)
            if spot < declined.shape[0] and declined[spot] == code:
                continue
            if found < out.shape[0]:
                kept = out[found]
                kept.offer = offer
                kept.intent = intent
                kept.tiers = mask
                kept.arrival = 0 if pace == 0 else -(-away // pace)
                travel = away * one.travel // 1000
                no_show = (1000 - one.show) * one.quantity * term.no_show
                kept.base = one.show * (one.credit - travel) - no_show
            found += 1
    return found


@kernel
def first_minute(pair: Records, one: Records, minutes: int, join_left: int) -> int:
    """Return the first minute at which notice and arrival let a window start."""
    since = one.notice
    if pair.arrival > 0:
        since = max(since, pair.arrival + min(join_left, minutes) - minutes)
    return since


@kernel
def is_busy(one: Records, busy: Ints, start: int, end: int) -> bool:
    """Tell whether the person holds something else in ``[start, end)``."""
    for row in range(one.busy_first, one.busy_last):
        if start < busy[row, 1] and busy[row, 0] < end:
            return True
    return False


@kernel
def is_new(free: Ints, first: int, span: int, start: int, end: int) -> bool:
    """Tell whether no earlier stretch of availability holds ``[start, end)`` too."""
    for row in range(first, span):
        if free[row, 0] <= start and end <= free[row, 1]:
            return False
    return True


@kernel
def count_fits(
    found: Records,
    people: Records,
    terms: Records,
    free: Ints,
    busy: Ints,
    allowed: Marks,
    grid: Ints,
    strength: Ints,
    fresh: Ints,
) -> None:
    """Add up who fits each offer at each slot.

    ``allowed`` (offers, slots) is 1 where the seller allows a start, 2 where starts are worth
    trying for other reasons than a buyer's; ``grid``: first minute, minutes of a slot, least
    minutes after arrival. ``strength`` grows by everybody who fits; ``fresh`` becomes 1 where
    somebody fits who did not fit a slot earlier.
    """
    slots = allowed.shape[1]
    for row in range(found.shape[0]):
        pair = found[row]
        one, minutes = people[pair.intent], terms[pair.offer].minutes
        earliest = first_minute(pair, one, minutes, grid[2])
        for span in range(one.free_first, one.free_last):
            since, until = max(free[span, 0], earliest), free[span, 1] - minutes
            slot = max(0, -(-(since - grid[0]) // grid[1]))
            was_in = False
            while slot < slots and grid[0] + slot * grid[1] <= until:
                start = grid[0] + slot * grid[1]
                end = start + minutes
                fits = allowed[pair.offer, slot] > 0 and not is_busy(one, busy, start, end)
                if fits and is_new(free, one.free_first, span, start, end):
                    strength[pair.offer, slot] += one.strength
                    if not was_in:
                        fresh[pair.offer, slot] = 1
                    was_in = True
                else:
                    was_in = False
                slot += 1


@kernel
def fill_entries(
    found: Records,
    people: Records,
    terms: Records,
    free: Ints,
    busy: Ints,
    place_at: Ints,
    grid: Ints,
    cursor: Ints,
    entries: Records,
) -> int:
    """Write an entry for everybody at every place; return how many there are.

    ``place_at`` (offers, slots): the place, or -1. ``cursor`` (places,): where the next entry of a
    place goes. With an empty ``entries`` it only counts, into ``cursor``.
    """
    slots, count = place_at.shape[1], 0
    for row in range(found.shape[0]):
        pair = found[row]
        one, minutes = people[pair.intent], terms[pair.offer].minutes
        earliest = first_minute(pair, one, minutes, grid[2])
        for span in range(one.free_first, one.free_last):
            since, until = max(free[span, 0], earliest), free[span, 1] - minutes
            slot = max(0, -(-(since - grid[0]) // grid[1]))
            while slot < slots and grid[0] + slot * grid[1] <= until:
                start = grid[0] + slot * grid[1]
                place = place_at[pair.offer, slot]
                end = start + minutes
                fits = place >= 0 and not is_busy(one, busy, start, end)
                if fits and is_new(free, one.free_first, span, start, end):
                    if entries.shape[0] > 0:
                        entry = entries[cursor[place]]
                        entry.intent = pair.intent
                        entry.tiers = pair.tiers
                        wait = one.wait * (start - one.ready) // 60
                        entry.base = pair.base - one.show * wait
                    cursor[place] += 1
                    count += 1
                slot += 1
    return count


@kernel
def link_back(entries: Records, places: Records, intents: Records, back: Records) -> None:
    """Index the entries by intent: counts into ``first``/``last``, then the list ``back``."""
    for entry in range(entries.shape[0]):
        intents[entries[entry].intent].last += 1
    total = 0
    for row in range(intents.shape[0]):
        size = intents[row].last
        intents[row].first = total
        intents[row].last = total
        total += size
    for place in range(places.shape[0]):
        for entry in range(places[place].first, places[place].last):
            row = entries[entry].intent
            at = intents[row].last
            back[at].place = place
            back[at].entry = entry
            intents[row].last = at + 1

"""Kernels that change a state step by step, and take steps back.

Members of a window are a chain through the seats, windows of a store a chain through ``held``.
"""

from __future__ import annotations

import numpy as np

from windows.engine.search.arrays import CLOSED, Problem, Random, State
from windows.engine.search.jit import kernel

UNSETTLED = -1  # in place of a tier


@kernel
def draw(random: Random, below: int) -> int:
    """Return a number in ``[0, below)`` and move the generator on (xorshift, 64 bits).

    ``random`` (1,) is unsigned and not zero.
    """
    value = random[0]
    value ^= value << np.uint64(13)
    value ^= value >> np.uint64(7)
    value ^= value << np.uint64(17)
    random[0] = value
    return int((value >> np.uint64(11)) % np.uint64(below))


@kernel
def space(problem: Problem, state: State, place: int) -> tuple[int, int, int]:
    """Return units, load and windows that a place could still take."""
    offer = problem.offers[problem.places[place].offer]
    first = problem.places[place].slot
    load = state.room[offer.store, first]
    windows = state.parallel[offer.store, first]
    for slot in range(first + 1, first + offer.slots):
        load = min(load, state.room[offer.store, slot])
        windows = min(windows, state.parallel[offer.store, slot])
    if state.apart.shape[0] > 1:
        row = problem.places[place].offer
        for slot in range(first, first + offer.slots):
            windows = min(windows, state.apart[row, slot])
    units = min(offer.most, state.stock[problem.places[place].offer])
    return units, load, windows


@kernel
def is_elsewhere(problem: Problem, state: State, intent: int, place: int) -> bool:
    """Tell whether another intent of the same person is placed at the time of a place."""
    other = problem.intents[intent].sibling
    first = problem.places[place].slot
    last = first + problem.offers[problem.places[place].offer].slots
    while other != intent:
        there = state.seats[other].place
        if there >= 0:
            begin = problem.places[there].slot
            if begin < last and first < begin + problem.offers[problem.places[there].offer].slots:
                return True
        other = problem.intents[other].sibling
    return False


@kernel
def open_window(problem: Problem, state: State, place: int) -> None:
    """Open an empty window; it costs its price and brings the store's bonus if it is the first."""
    row = problem.places[place].offer
    offer = problem.offers[row]
    for slot in range(problem.places[place].slot, problem.places[place].slot + offer.slots):
        state.parallel[offer.store, slot] -= 1
        if state.apart.shape[0] > 1:
            state.apart[row, slot] -= 1
    held = state.held[place]
    held.strength = held.units = held.load = held.worth = held.base = held.gain = 0
    held.head = held.before = -1
    held.tier = UNSETTLED
    held.next = state.heads[offer.store]
    if held.next >= 0:
        state.held[held.next].before = place
    state.heads[offer.store] = place
    state.total[0] -= offer.cost
    if state.open[offer.store] == 0:
        state.total[0] += problem.bonus[offer.store]
    state.open[offer.store] += 1


@kernel
def add(problem: Problem, state: State, place: int, entry: int) -> None:
    """Seat the intent of an entry at an open place; ``settle`` comes after."""
    intent = problem.entries[entry].intent
    one, offer = problem.intents[intent], problem.offers[problem.places[place].offer]
    held, seat = state.held[place], state.seats[intent]
    seat.place, seat.entry, seat.before, seat.next = place, entry, -1, held.head
    if held.head >= 0:
        state.seats[held.head].before = intent
    held.head = intent
    held.strength += one.strength
    held.units += one.units
    held.load += one.load
    held.worth += one.worth
    held.base += problem.entries[entry].base
    state.members[place] += 1
    state.stock[problem.places[place].offer] -= one.units
    for slot in range(problem.places[place].slot, problem.places[place].slot + offer.slots):
        state.room[offer.store, slot] -= one.load


@kernel
def drop(problem: Problem, state: State, intent: int) -> None:
    """Take an intent out of its window; ``settle`` or ``close_window`` comes after."""
    seat = state.seats[intent]
    place = seat.place
    one, offer = problem.intents[intent], problem.offers[problem.places[place].offer]
    held = state.held[place]
    if seat.before >= 0:
        state.seats[seat.before].next = seat.next
    else:
        held.head = seat.next
    if seat.next >= 0:
        state.seats[seat.next].before = seat.before
    held.strength -= one.strength
    held.units -= one.units
    held.load -= one.load
    held.worth -= one.worth
    held.base -= problem.entries[seat.entry].base
    state.members[place] -= 1
    state.stock[problem.places[place].offer] += one.units
    for slot in range(problem.places[place].slot, problem.places[place].slot + offer.slots):
        state.room[offer.store, slot] += one.load
    seat.place = seat.entry = seat.next = seat.before = -1


@kernel
def close_window(problem: Problem, state: State, place: int) -> None:
    """Send everybody home and close a window."""
    held = state.held[place]
    while held.head >= 0:
        drop(problem, state, held.head)
    row = problem.places[place].offer
    offer = problem.offers[row]
    for slot in range(problem.places[place].slot, problem.places[place].slot + offer.slots):
        state.parallel[offer.store, slot] += 1
        if state.apart.shape[0] > 1:
            state.apart[row, slot] += 1
    if held.before >= 0:
        state.held[held.before].next = held.next
    else:
        state.heads[offer.store] = held.next
    if held.next >= 0:
        state.held[held.next].before = held.before
    state.total[0] += offer.cost - held.gain
    held.gain = 0
    held.next = held.before = -1
    held.tier = CLOSED
    state.open[offer.store] -= 1
    if state.open[offer.store] == 0:
        state.total[0] -= problem.bonus[offer.store]


@kernel
def tier_reached(problem: Problem, place: int, strength: int) -> int:
    """Return the tier (a row of ``tiers``) that a strength reaches, -1 below the first."""
    offer = problem.offers[problem.places[place].offer]
    reached = -1
    for tier in range(offer.first, offer.last):
        if problem.tiers[tier].least <= strength:
            reached = tier
    return reached


@kernel
def settle(problem: Problem, state: State, place: int) -> bool:
    """Give a window the tier that it reaches; False when it has none or a member refuses it."""
    held = state.held[place]
    tier = tier_reached(problem, place, held.strength)
    if tier < 0:
        return False
    if tier != held.tier:
        bit = 1 << (tier - problem.offers[problem.places[place].offer].first)
        member = held.head
        while member >= 0:
            if problem.entries[state.seats[member].entry].tiers & bit == 0:
                return False
            member = state.seats[member].next
    gain = held.worth * problem.tiers[tier].value + held.base
    state.total[0] += gain - held.gain
    held.gain, held.tier = gain, tier
    return True

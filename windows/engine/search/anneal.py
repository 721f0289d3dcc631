"""The kernels that build a first solution and improve it by annealing."""

from __future__ import annotations

import math

import numpy as np

from windows.engine.search.arrays import CLOSED, Floats, Ints, Problem, Random, State
from windows.engine.search.desk import Desk
from windows.engine.search.jit import kernel
from windows.engine.search.moves import add, close_window, draw, open_window, settle
from windows.engine.search.step import begin, best_group, force, take_back

BUNCH = 256
"""Places whose best is kept at hand, so that the best of all is found quickly."""


@kernel
def greedy(
    problem: Problem,
    state: State,
    desk: Desk,
    prices: Floats,
    share: float,
    least: int,
    worth: Ints,
) -> None:
    """Open windows, always the one worth most beyond its members' prices, until none is left.

    ``worth`` (places,): bounds on what the places are worth; they fall as they are worked out. A
    place is opened when it is still worth as much as it was when it was worked out.
    """
    if worth.shape[0] == 0:
        return
    tops = np.zeros(-(-worth.shape[0] // BUNCH), np.int64)
    for bunch in range(tops.shape[0]):
        tops[bunch] = worth[bunch * BUNCH : (bunch + 1) * BUNCH].max()
    while True:
        bunch = int(np.argmax(tops))
        some = worth[bunch * BUNCH : (bunch + 1) * BUNCH]
        place = bunch * BUNCH + int(np.argmax(some))
        if worth[place] < least:
            return
        offer = problem.offers[problem.places[place].offer]
        count, value = 0, 0
        if state.members[place] == 0:
            count, value = best_group(problem, state, desk, place, prices, share, -1.0, desk.quiet)
        if count == 0:
            worth[place] = least - 1
            tops[bunch] = some.max()
            continue
        value -= offer.cost
        if state.open[offer.store] == 0:
            value += problem.bonus[offer.store]
        if value < worth[place]:
            worth[place] = value
            tops[bunch] = some.max()
            continue
        open_window(problem, state, place)
        for at in range(count):
            add(problem, state, place, desk.best[at])
        settle(problem, state, place)
        worth[place] = least - 1
        tops[bunch] = some.max()


@kernel
def bounds(problem: Problem, worth: Ints, prices: Floats, share: float) -> None:
    """Fill ``worth`` with what a place could be worth if everybody who gains came."""
    for place in range(problem.places.shape[0]):
        offer = problem.offers[problem.places[place].offer]
        best = np.int64(-(2**62))
        for tier in range(offer.first, offer.last):
            total = problem.bonus[offer.store] - offer.cost
            bit = 1 << (tier - offer.first)
            for entry in range(problem.places[place].first, problem.places[place].last):
                intent = problem.entries[entry].intent
                if problem.entries[entry].tiers & bit:
                    gain = problem.entries[entry].base
                    gain += problem.intents[intent].worth * problem.tiers[tier].value
                    total += max(0, gain - int(share * prices[intent]))
            best = max(best, total)
        worth[place] = best


@kernel
def keep(state: State, best: Ints, best_total: Ints) -> None:
    """Write down the state as the best so far: the entry of each intent, or -1."""
    best_total[0] = state.total[0]
    for intent in range(best.shape[0]):
        best[intent] = state.seats[intent].entry


@kernel
def restore(problem: Problem, state: State, best: Ints) -> None:
    """Bring the state back to a written solution."""
    for store in range(state.heads.shape[0]):
        while state.heads[store] >= 0:
            close_window(problem, state, state.heads[store])
    for at in range(best.shape[0]):
        intent = best.shape[0] - 1 - at
        entry = best[intent]
        if entry < 0:
            continue
        place = place_of(problem, intent, entry)
        if state.held[place].tier == CLOSED:
            open_window(problem, state, place)
        add(problem, state, place, entry)
    for store in range(state.heads.shape[0]):
        place = state.heads[store]
        while place >= 0:
            settle(problem, state, place)
            place = state.held[place].next


@kernel
def place_of(problem: Problem, intent: int, entry: int) -> int:
    """Return the place of an entry."""
    one = problem.intents[intent]
    for at in range(one.first, one.last):
        if problem.back[at].entry == entry:
            return problem.back[at].place
    return -1


@kernel
def target(problem: Problem, state: State, lure: Ints, random: Random) -> int:
    """Choose a place to try: half the time for somebody who is free, else a promising one.

    ``lure`` (places,): places, the most promising first.
    """
    if draw(random, 2) == 0:
        for _ in range(8):
            one = problem.intents[draw(random, problem.intents.shape[0])]
            if one.last > one.first:
                at = one.first + draw(random, one.last - one.first)
                if state.seats[problem.entries[problem.back[at].entry].intent].place < 0:
                    return problem.back[at].place
    share = draw(random, 1 << 20) / (1 << 20)
    return lure[int(share * share * lure.shape[0])]


@kernel
def anneal(
    problem: Problem,
    state: State,
    desk: Desk,
    prices: Floats,
    lure: Ints,
    random: Random,
    heat: Floats,
    span: Ints,
    best: Ints,
    best_total: Ints,
) -> None:
    """Make the steps ``span[0]`` to ``span[1]`` of ``span[2]`` of one cooling.

    ``heat`` (2,): first and last temperature in milli, falling geometrically.
    """
    shares = np.zeros(2)
    for step in range(span[0], span[1]):
        cold = min(1.0, step / max(1, span[2]))
        temperature = heat[0] * math.pow(heat[1] / heat[0], cold)
        place = target(problem, state, lure, random)
        shares[0] = 0.9 * draw(random, 1000) / 1000.0
        shares[1] = 0.6 + 0.6 * draw(random, 1000) / 1000.0
        before = state.total[0]
        begin(desk)
        done = force(problem, state, desk, place, prices, shares, random)
        change = state.total[0] - before
        if done and change < 0:
            chance = draw(random, 1 << 30) / (1 << 30)
            done = chance < math.exp(change / temperature)
        if not done:
            take_back(problem, state, desk)
        elif state.total[0] > best_total[0]:
            keep(state, best, best_total)

"""Kernels that place one newcomer: join, open, or exchange, whatever is worth most together."""

from __future__ import annotations

from windows.engine.search.anneal import keep
from windows.engine.search.arrays import Floats, Ints, Problem, Random, State
from windows.engine.search.desk import Desk
from windows.engine.search.jit import kernel
from windows.engine.search.step import begin, best_group, force, seat_anywhere, take_back


@kernel
def attempt(
    problem: Problem,
    state: State,
    desk: Desk,
    prices: Floats,
    places: Ints,
    newcomer: int,
    shares: Floats,
    random: Random,
    best: Ints,
    best_total: Ints,
) -> None:
    """Seat the newcomer in an open window, or force a window in at each of some places.

    ``shares`` (attempts, 2): parts of the price of free and of seated people at each attempt.
    ``best`` and ``best_total`` keep the best state; the state itself stays as it was.
    """
    begin(desk)
    seat_anywhere(problem, state, desk, newcomer)
    if state.total[0] > best_total[0]:
        keep(state, best, best_total)
    take_back(problem, state, desk)
    for at in range(places.shape[0]):
        for row in range(shares.shape[0]):
            begin(desk)
            done = force(problem, state, desk, places[at], prices, shares[row], random)
            if done and state.total[0] > best_total[0]:
                keep(state, best, best_total)
            take_back(problem, state, desk)


@kernel
def appraise(
    problem: Problem,
    state: State,
    desk: Desk,
    prices: Floats,
    shares: Floats,
    newcomer: int,
    worth: Ints,
    is_in: Ints,
) -> None:
    """Work out what the best new window at each place is worth, and whether the newcomer is in."""
    for place in range(problem.places.shape[0]):
        worth[place] = is_in[place] = 0
        if state.members[place] > 0:
            continue
        count, value = best_group(
            problem, state, desk, place, prices, shares[0], shares[1], desk.quiet
        )
        if count == 0:
            continue
        offer = problem.offers[problem.places[place].offer]
        value -= offer.cost
        if state.open[offer.store] == 0:
            value += problem.bonus[offer.store]
        worth[place] = value
        for at in range(count):
            if problem.entries[desk.best[at]].intent == newcomer:
                is_in[place] = 1


@kernel
def members_at(
    problem: Problem, state: State, desk: Desk, place: int, prices: Floats, found: Ints
) -> int:
    """Write down the intents of the best new window of free people at a place; return how many."""
    count, _ = best_group(problem, state, desk, place, prices, 0.0, -1.0, desk.quiet)
    for at in range(count):
        found[at] = problem.entries[desk.best[at]].intent
    return count

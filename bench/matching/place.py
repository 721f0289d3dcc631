"""Place newcomers among many open intents, one by one."""

from dataclasses import replace
from time import process_time

from windows.engine import instance
from windows.engine.live import LiveMarket
from windows.engine.market import Market
from windows.engine.search.build import build
from windows.engine.search.effort import Effort
from windows.engine.search.live import Resident
from windows.engine.search.solve import groups, solve
from windows.engine.types import Parameters

PLAN = Effort(20, 1, 0)
"""Blocks of moves for the plan that the newcomers find: any will do."""


def milliseconds(raw, newcomers):
    """Return the CPU time of each newcomer, ascending; the rest of the market has a plan.

    Each is indexed, and joins, opens or exchanges whatever gains most.
    """
    snapshot = instance.snapshot(raw)
    coming = snapshot.intents[-newcomers:]
    market = Market(
        replace(snapshot, intents=snapshot.intents[:-newcomers]), instance.EXPECTATION, 1
    )
    resident = Resident(market, market.intents, {}, _plan(market))
    spent = []
    for one in coming:
        before = process_time()
        resident.add(one, ())
        resident.place(one.key)
        spent.append(1000 * (process_time() - before))
    return sorted(spent)


def answered(raw, newcomers):
    """Return the CPU time of each newcomer, ascending, as the product asks between rounds.

    It takes a free seat, completes a group of people who wait, or learns what is missing.
    """
    snapshot = instance.snapshot(raw)
    coming = snapshot.intents[-newcomers:]
    waiting = replace(snapshot, intents=snapshot.intents[:-newcomers])
    live = LiveMarket(waiting, Parameters(), 1)
    spent = []
    for one in coming:
        before = process_time()
        live.place(one)
        spent.append(1000 * (process_time() - before))
    return sorted(spent)


def _plan(market):
    board = build(market, market.intents, {})
    problem = board.problem
    found = solve(problem, seed=1, effort=PLAN)
    offers = problem.places["offer"]
    return [
        (board.offers[int(offers[place])].key, board.start(place), _keys(board, rows))
        for place, rows in groups(problem, found.entries)
    ]


def _keys(board, rows):
    return tuple(board.intents[row].key for row in rows)

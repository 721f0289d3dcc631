"""The search inside a round: from the market to new windows."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from windows.engine.assign import Assignment
from windows.engine.group import Group
from windows.engine.market import Market
from windows.engine.price import reached_tier
from windows.engine.search.build import build
from windows.engine.search.effort import BLOCK, Effort, level_within
from windows.engine.search.lanes import LANES
from windows.engine.search.solve import Clock, endless, groups, solve
from windows.engine.types import Intent, Interval, Offer

MOST_ENTRIES = 500_000
COMPARED_INTENTS = 400
_WEIGHED_PEOPLE = 4_000_000
"""People that all moves together may weigh."""
_PRICED_ENTRIES = 4_000_000
"""Entries that all rounds of prices together may look at."""


def searched(assignment: Assignment, waiting: Sequence[Intent]) -> Assignment:
    """Return the round with the better of searched and plain greedy windows.

    In a large market, where plain greedy takes seconds, the search stands alone; it starts
    from a greedy choice of its own.
    """
    plain = assignment.copy() if len(waiting) <= COMPARED_INTENTS else None
    improve(assignment, waiting)
    assignment.let_go()
    assignment.run()
    if plain is None:
        return assignment
    plain.run()
    return plain if plain.value_milli > assignment.value_milli else assignment


def improve(assignment: Assignment, waiting: Sequence[Intent]) -> None:
    """Search groups among those who wait and open their windows, the most gainful first."""
    market = assignment.market
    busy: dict[str, list[Interval]] = {}
    for held in (market.busy, assignment.busy):
        for person, parts in held.items():
            busy.setdefault(person, []).extend(parts)
    left = _clock(market)
    board = build(market, waiting, busy, entries_max=MOST_ENTRIES)
    wished = market.parameters.search_moves * len(waiting) // (LANES * BLOCK)
    crowd = len(board.problem.entries) / max(1, len(board.problem.places))
    most = int(_WEIGHED_PEOPLE / (LANES * BLOCK * max(1.0, crowd)))
    blocks = max(1, min(wished, most))
    level = level_within(_PRICED_ENTRIES / max(1, len(board.problem.entries)))
    effort = Effort(blocks, level, 0)
    found = solve(board.problem, seed=market.seed, effort=effort, left=left)
    windows = []
    for place, rows in groups(board.problem, found.entries):
        offer = board.offers[int(board.problem.places["offer"][place])]
        keys = {board.intents[row].key for row in rows}
        group = _group(assignment, offer, board.start(place), keys)
        if group is not None:
            windows.append((-group.gain_milli, board.start(place), offer.key, offer, group))
    for _, start, _, offer, group in sorted(windows, key=lambda one: one[:3]):
        assignment.adopt(offer, start, group)


def _clock(market: Market) -> Clock:
    seconds = market.parameters.search_seconds
    if seconds is None:
        return endless
    until = monotonic() + seconds
    return lambda: until - monotonic()


def _group(assignment: Assignment, offer: Offer, start: int, keys: set[str]) -> Group | None:
    """Return the members as a group of the engine; None when one of them does not fit after all."""
    pairs = tuple(one for one in assignment.pairs[offer.key] if one.intent.key in keys)
    tier = reached_tier(offer, sum(pair.strength_permille for pair in pairs))
    ladder = assignment.market.ladders[offer.key]
    rung = next((one for one in ladder if one.index == tier), None)
    if rung is None or len(pairs) < len(keys):
        return None
    if not all(pair.accepts(rung.tier) for pair in pairs):
        return None
    value = rung.unit_value_minor
    return Group(rung, pairs, sum(pair.gain.at(value, start) for pair in pairs))

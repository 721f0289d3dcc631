"""The flat problem says the same as the market."""

from __future__ import annotations

from hypothesis import given, settings

from windows.engine.eligible import still_open
from windows.engine.market import Market, Pair
from windows.engine.search.build import Board, build
from windows.engine.tests import strategies
from windows.engine.types import Parameters, Snapshot


@settings(max_examples=120, deadline=None)
@given(strategies.snapshots(), strategies.parameters())
def test_places_hold_exactly_who_fits_them(snapshot: Snapshot, par: Parameters) -> None:
    market = Market(snapshot, par, 0)
    rest = [
        one for one in market.intents if one.key not in market.placed and still_open(one) is None
    ]
    board = build(market, rest, market.busy)
    pairs = market.pairs(rest)[0]
    found = _found(board)
    assert all(found[place] == _expected(pairs[place[0]], place, board) for place in found)
    for key, own in pairs.items():
        for pair in own:
            for since, until in pair.starts:
                for start in range(since, until, snapshot.slot_min):
                    if _is_served(own, start, market, key, par):
                        assert (key, start) in found


def _found(board: Board) -> dict[tuple[str, int], set[tuple[str, int]]]:
    """Return for each place its (intent, gain at the last tier)."""
    problem = board.problem
    result = {}
    for row, place in enumerate(problem.places):
        offer = problem.offers[place["offer"]]
        value = problem.tiers["value"][offer["last"] - 1]
        members = problem.entries[place["first"] : place["last"]]
        result[board.offers[place["offer"]].key, board.start(row)] = {
            (
                board.intents[one["intent"]].key,
                int(one["base"] + problem.intents["worth"][one["intent"]] * value),
            )
            for one in members
        }
    return result


def _expected(pairs: list[Pair], place: tuple[str, int], board: Board) -> set[tuple[str, int]]:
    offer = next(row for row, one in enumerate(board.offers) if one.key == place[0])
    value = int(board.problem.tiers["value"][board.problem.offers["last"][offer] - 1])
    return {
        (pair.intent.key, pair.gain.at(value, place[1]))
        for pair in pairs
        if pair.is_free_at(place[1])
        if pair.intent.quantity <= pair.offer.stock
    }


def _is_served(pairs: list[Pair], start: int, market: Market, key: str, par: Parameters) -> bool:
    """Whether enough people fit a start, none of them with more than the stock left."""
    there = [one for one in pairs if one.is_free_at(start)]
    there = [one for one in there if one.intent.quantity <= market.units()[key]]
    is_held = par.overlap_allowed and any(
        one.offer == key and one.start == start for one in market.held
    )
    strength = sum(one.strength_permille for one in there)
    return not is_held and strength >= market.ladders[key][0].size_permille

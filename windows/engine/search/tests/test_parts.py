"""Components, proofs and lanes: what is solved apart is solved the same."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from windows.engine import instance
from windows.engine import tests as engine_tests
from windows.engine.market import Market
from windows.engine.search import lanes
from windows.engine.search.arrays import Problem
from windows.engine.search.build import build
from windows.engine.search.carve import components
from windows.engine.search.close import worth_of
from windows.engine.search.effort import Effort
from windows.engine.search.solve import Found, groups, solve
from windows.engine.tests import strategies
from windows.engine.types import Parameters, Snapshot

pytestmark = pytest.mark.slow

INSTANCES = Path(engine_tests.__file__).parent / "instances"
BOUNDS = {
    one["id"]: one for one in json.loads((INSTANCES / "bounds.json").read_text())["instances"]
}
TINY, SMALL, LISBON = "p1-tiny-16", "p2-kadikoy-120", "p5-lisbon-springforward-600"


def snapshot_of(name: str) -> Snapshot:
    path = next(INSTANCES.glob(f"{name}.json*"))
    return instance.read(path.read_bytes()).snapshot


def problem_of(snapshot: Snapshot, par: Parameters = instance.EXPECTATION) -> Problem:
    market = Market(snapshot, par, 1)
    waiting = [one for one in market.intents if one.key not in market.placed]
    return build(market, waiting, market.busy).problem


def solved(snapshot: Snapshot, blocks: int) -> Found:
    return solve(problem_of(snapshot), seed=1, effort=Effort(blocks))


@pytest.mark.parametrize("name", [TINY, SMALL])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_small_instances_are_solved_to_their_proven_optimum(name: str, seed: int) -> None:
    found = solve(problem_of(snapshot_of(name)), seed=seed, effort=Effort(12))
    assert found.total_milli == BOUNDS[name]["bound"]
    assert found.proven == found.parts


def test_removing_who_is_not_chosen_leaves_a_proven_objective() -> None:
    whole = snapshot_of(TINY)
    market = Market(whole, instance.EXPECTATION, 1)
    board = build(market, market.intents, {})
    found = solve(board.problem, seed=1, effort=Effort(12))
    chosen = {
        board.intents[row].key for _, rows in groups(board.problem, found.entries) for row in rows
    }
    spare = [one.key for one in whole.intents if one.key not in chosen]
    assert spare
    for key in spare:
        rest = replace(whole, intents=tuple(one for one in whole.intents if one.key != key))
        again = solved(rest, 12)
        assert again.proven == again.parts
        assert again.total_milli == found.total_milli


def test_order_of_an_instance_changes_nothing() -> None:
    market, mixed = snapshot_of(SMALL), Random(5)
    shuffled = replace(
        market,
        intents=tuple(mixed.sample(market.intents, len(market.intents))),
        offers=tuple(mixed.sample(market.offers, len(market.offers))),
    )
    found = [solve(problem_of(one), seed=4, effort=Effort(5)) for one in (market, shuffled)]
    assert found[0].total_milli == found[1].total_milli
    assert (found[0].entries == found[1].entries).all()


@settings(max_examples=40, deadline=None)
@given(strategies.snapshots(), strategies.parameters(), st.integers(0, 3))
def test_proven_is_never_less_than_searched(snapshot: Snapshot, par: Parameters, seed: int) -> None:
    problem = problem_of(snapshot, par)
    proven = solve(problem, seed=seed, effort=Effort(9))
    searched = solve(problem, seed=seed + 1, effort=Effort(9, Effort.UNPROVEN))
    assert proven.total_milli >= searched.total_milli or proven.proven < proven.parts
    assert worth_of(problem, proven.entries) == proven.total_milli


@pytest.mark.parametrize("large_entries", [150_000, 1_000])
def test_threads_change_nothing(large_entries: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with two lanes of different luck, once with halves that are cut anew."""
    monkeypatch.setattr(lanes, "LARGE_ENTRIES", large_entries)
    problem = problem_of(snapshot_of(LISBON))
    one, two = (solve(problem, seed=2, effort=Effort(24), hands=hands) for hands in (1, 2))
    assert (one.entries == two.entries).all()
    assert worth_of(problem, one.entries) == one.total_milli
    assert one.total_milli > BOUNDS[LISBON]["greedy"]


@settings(max_examples=40, deadline=None)
@given(strategies.snapshots(), strategies.parameters())
def test_components_share_neither_store_nor_person(snapshot: Snapshot, par: Parameters) -> None:
    problem = problem_of(snapshot, par)
    found = components(problem)
    assert sorted(int(row) for rows in found for row in rows) == list(range(len(problem.places)))
    stores = [
        set(problem.offers["store"][problem.places["offer"][rows]].tolist()) for rows in found
    ]
    people = [_leaders(problem, rows) for rows in found]
    for sets in (stores, people):
        assert sum(len(one) for one in sets) == len(set().union(*sets))


def _leaders(problem: Problem, rows: np.ndarray) -> set[int]:
    """Return the first intent of each person who fits one of some places."""
    found = set()
    for place in problem.places[rows]:
        for intent in problem.entries["intent"][place["first"] : place["last"]].tolist():
            ring, other = [intent], int(problem.intents["sibling"][intent])
            while other != intent:
                ring.append(other)
                other = int(problem.intents["sibling"][other])
            found.add(min(ring))
    return found

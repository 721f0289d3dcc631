"""The search on small markets and public instances."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from windows.engine import instance, record
from windows.engine import tests as engine_tests
from windows.engine.decide import decide
from windows.engine.market import Market
from windows.engine.search.bound import certificate, prove
from windows.engine.search.build import Board, build
from windows.engine.search.duals import limits, trim
from windows.engine.search.effort import Effort
from windows.engine.search.exact import exact, new_slate
from windows.engine.search.solve import solve
from windows.engine.tests import strategies
from windows.engine.tests.feasible import violations
from windows.engine.types import Action, Parameters, Snapshot

# The first of them waits while the kernels are compiled.
pytestmark = pytest.mark.slow

INSTANCES = Path(engine_tests.__file__).parent / "instances"
BOUNDS = {
    one["id"]: one for one in json.loads((INSTANCES / "bounds.json").read_text())["instances"]
}
TINY, SMALL, LISBON = "p1-tiny-16", "p2-kadikoy-120", "p5-lisbon-springforward-600"
FEW = settings(max_examples=40, deadline=None)


def board_of(name: str) -> Board:
    path = next(INSTANCES.glob(f"{name}.json*"))
    market = Market(instance.read(path.read_bytes()).snapshot, instance.EXPECTATION, 1)
    return build(market, market.intents, {})


@FEW
@given(strategies.snapshots(), strategies.parameters(), st.integers(0, 3))
def test_searched_round_keeps_every_rule_and_loses_nothing(
    snapshot: Snapshot, par: Parameters, seed: int
) -> None:
    searching = replace(par, search_moves=80)
    decisions = decide(snapshot, searching, seed)
    assert violations(snapshot, par, decisions) == []
    assert _worth(decisions) >= _worth(decide(snapshot, par, seed))


@FEW
@given(strategies.snapshots(), st.integers(0, 3))
def test_order_of_the_input_changes_nothing_in_a_search(snapshot: Snapshot, seed: int) -> None:
    par = Parameters(search_moves=80)
    mixed = Random(seed)
    shuffled = replace(
        snapshot,
        stores=tuple(mixed.sample(snapshot.stores, len(snapshot.stores))),
        offers=tuple(mixed.sample(snapshot.offers, len(snapshot.offers))),
        intents=tuple(mixed.sample(snapshot.intents, len(snapshot.intents))),
    )
    assert decide(shuffled, par, seed) == decide(snapshot, par, seed)


def _worth(decisions: tuple[Any, ...]) -> int:
    new = (Action.ASK_SELLER, Action.CREATE_WINDOW)
    return sum(one.value_milli for one in decisions if one.action in new)


def test_proven_optimum_of_the_smallest_instance_is_found() -> None:
    found = solve(board_of(TINY).problem, seed=1, effort=Effort(60))
    assert found.total_milli == BOUNDS[TINY]["bound"]


@pytest.mark.parametrize(("name", "least"), [(SMALL, 0.98), (LISBON, 0.97)])
def test_small_instances_stay_above_their_floors(name: str, least: float) -> None:
    problem = board_of(name).problem
    found = [solve(problem, seed=seed, effort=Effort(60)) for seed in (1, 2, 3)]
    shares = sorted(one.total_milli / BOUNDS[name]["bound"] for one in found)
    assert least <= shares[1]
    assert shares[2] <= 1


def test_same_steps_give_the_same_groups() -> None:
    problem = board_of(LISBON).problem
    named = Effort.of(9_214)
    first, second = (solve(problem, seed=3, effort=named) for _ in range(2))
    assert (first.entries == second.entries).all()
    assert first.effort.steps == 9_214


def test_steps_that_the_time_made_can_be_made_again() -> None:
    problem = board_of(LISBON).problem
    rest = iter([0.4] * 90 + [0.0] * 1000)
    first = solve(problem, seed=3, left=lambda: next(rest))
    second = solve(problem, seed=3, effort=Effort.of(first.effort.steps))
    assert first.effort.blocks > 0
    assert (first.entries == second.entries).all()


def test_more_steps_never_lower_the_result() -> None:
    problem = board_of(SMALL).problem
    totals = [
        solve(problem, seed=2, effort=Effort(blocks)).total_milli for blocks in (0, 1, 5, 20, 40)
    ]
    assert totals == sorted(totals)
    assert totals[0] >= BOUNDS[SMALL]["greedy"] * 0.98


def test_no_time_gives_the_plain_greedy_answer() -> None:
    problem = board_of(TINY).problem
    assert solve(problem, seed=1, left=lambda: 0.0).total_milli == BOUNDS[TINY]["greedy"]


def test_stored_round_is_decided_the_same_again() -> None:
    tiny = instance.read((INSTANCES / "p1-tiny-16.json").read_bytes()).snapshot
    par = replace(instance.EXPECTATION, search_moves=100)
    kept = record.dump(tiny, par, 5, decide(tiny, par, 5))
    assert record.difference(record.load(kept)) == ""
    assert record.difference(record.load(kept.replace("i000003", "i999999", 1)))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-900, 3000), st.integers(1, 1000), st.integers(1, 3)),
        min_size=1,
        max_size=9,
    ),
    st.integers(1, 4000),
    st.integers(1, 9),
    st.integers(1, 14),
)
def test_exact_group_is_the_best_of_all_subsets(
    people: list[tuple[int, int, int]], least: int, heads: int, units: int
) -> None:
    slate = new_slate(board_of(TINY).problem)
    assert len(people) < len(slate.items)
    for row, (worth, strength, quantity) in enumerate(people):
        slate.items[row] = (worth, strength, quantity, row)
    values = [
        sum(one[0] for one in chosen)
        for count in range(1, min(heads, len(people)) + 1)
        for chosen in combinations(people, count)
        if sum(one[1] for one in chosen) >= least and sum(one[2] for one in chosen) <= units
    ]
    assert exact(slate, len(people), least, heads, units, -10_000) == max(values, default=-10_000)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-900, 3000), st.integers(1, 4)), min_size=1, max_size=9),
    st.integers(1, 6),
    st.integers(1, 9),
)
def test_who_is_trimmed_is_in_no_best_group_of_people(
    parties: list[tuple[int, int]], least: int, units: int
) -> None:
    slate = new_slate(board_of(TINY).problem)
    found = []
    for trims in (False, True):
        for row, (worth, people) in enumerate(parties):
            slate.items[row] = (worth, 1000 * people, people, row)
        size = trim(slate, len(parties), units) if trims else len(parties)
        found.append(exact(slate, size, 1000 * least, units, units, -10_000))
    assert found[0] == found[1]


def test_certificate_proves_its_bound_by_enumeration() -> None:
    board = board_of(TINY)
    proof = prove(board.problem, lambda: 2.0)
    keys = [f"i{row:06}" for row in range(16)]
    stated = certificate(TINY, board, proof, keys)
    assert _enumerated(board, stated) <= stated["bound"]
    assert BOUNDS[TINY]["bound"] <= stated["bound"] <= 1.06 * BOUNDS[TINY]["bound"]


def _enumerated(board: Board, stated: dict[str, Any]) -> int:
    """Work out the bound from the prices alone, trying every subset at every place."""
    problem = board.problem
    limit = limits(problem)
    total = sum(stated["lambda"])
    room = {(store, slot): price for store, slot, price in stated["room"]}
    parallel = {(store, slot): price for store, slot, price in stated["parallel"]}
    stock, windows, bonus = (dict(stated[name]) for name in ("stock", "windows", "bonus"))
    total += sum(price * problem.room[at] for at, price in room.items())
    total += sum(limit.parallel[at] * price for at, price in parallel.items())
    total += sum(price * problem.stock[row] for row, price in stock.items())
    total += sum(price * limit.windows[row] for row, price in windows.items())
    total += sum(max(0, most - bonus.get(row, 0)) for row, most in enumerate(problem.bonus))
    for place in problem.places:
        offer = problem.offers[place["offer"]]
        cells = [
            (int(offer["store"]), slot)
            for slot in range(place["slot"], place["slot"] + offer["slots"])
        ]
        heads = min(problem.room[cell] for cell in cells)
        fixed = bonus.get(offer["store"], 0) - offer["cost"] - windows.get(place["offer"], 0)
        fixed -= sum(parallel.get(cell, 0) for cell in cells)
        head = sum(room.get(cell, 0) for cell in cells)
        members = problem.entries[place["first"] : place["last"]]
        best = 0
        for tier in range(offer["first"], offer["last"]):
            for count in range(1, min(heads, len(members)) + 1):
                for group in combinations(members, count):
                    rows = problem.intents[[one["intent"] for one in group]]
                    units = rows["units"].sum()
                    accept = all(one["tiers"] >> (tier - offer["first"]) & 1 for one in group)
                    if not accept or units > problem.stock[place["offer"]]:
                        continue
                    if rows["strength"].sum() < problem.tiers["least"][tier]:
                        continue
                    worth = fixed + sum(one["base"] for one in group)
                    worth += rows["worth"].sum() * problem.tiers["value"][tier]
                    worth -= count * head + units * stock.get(place["offer"], 0)
                    worth -= sum(stated["lambda"][_number(board, one["intent"])] for one in group)
                    best = max(best, int(worth))
        total += best
    return int(total)


def _number(board: Board, row: int) -> int:
    return int(board.intents[row].key[1:])

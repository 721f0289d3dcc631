"""The formulas against a published instance whose optimum is proven."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from windows.engine import instance
from windows.engine.decide import decide
from windows.engine.eligible import limit_minor
from windows.engine.instance import EXPECTATION
from windows.engine.market import Market, Pair
from windows.engine.price import reached_tier
from windows.engine.tests.feasible import violations
from windows.engine.types import Action, Snapshot

OPTIMUM_MILLI = 18_023_235
GREEDY_MILLI = 14_548_345  # what plain greedy reaches by the benchmark's own table
HERE = Path(__file__).parent / "instances"
TINY = instance.read((HERE / "p1-tiny-16.json").read_bytes()).snapshot


def _objective(snapshot: Snapshot, windows: list[dict[str, Any]]) -> int:
    """Add up gains, window costs and first-window bonuses with the engine's own formulas."""
    market = Market(snapshot, EXPECTATION, 0)
    total, used = 0, set()
    for window in windows:
        offer = market.offers[f"o{window['offer']:06}"]
        members = [one for one in market.intents if int(one.key[1:]) in window["intents"]]
        tier = reached_tier(offer, sum(member.show_permille for member in members))
        rung = next(rung for rung in market.ladders[offer.key] if rung.index == tier)
        for member in members:
            pair = market.pair(member, offer, limit_minor(member, offer.product), 0)
            assert isinstance(pair, Pair)
            assert pair.is_free_at(window["start"])
            assert pair.accepts(rung.tier)
            total += pair.gain.at(rung.unit_value_minor, window["start"])
        total -= 1000 * offer.window_cost_minor
        used.add(offer.store)
    return total + sum(1000 * market.stores[store].first_window_bonus_minor for store in used)


def test_proven_optimum_has_its_published_value() -> None:
    solution = json.loads((HERE / "p1-tiny-16.solution.json").read_text())
    assert _objective(TINY, solution["windows"]) == OPTIMUM_MILLI


def test_round_over_the_instance_is_feasible_and_as_good_as_greedy() -> None:
    decisions = decide(TINY, EXPECTATION, seed=1)
    windows = [one for one in decisions if one.action is Action.CREATE_WINDOW]
    assert violations(TINY, EXPECTATION, decisions) == []
    assert sum(one.value_milli for one in windows) == GREEDY_MILLI
    stated = [
        {
            "offer": int(one.offer[1:]),
            "start": one.start,
            "intents": [int(key[1:]) for key in one.intents],
        }
        for one in windows
    ]
    assert _objective(TINY, stated) == GREEDY_MILLI


def test_thinning_the_places_costs_little() -> None:
    few = replace(EXPECTATION, places_max=5)
    decisions = decide(TINY, few, seed=1)
    assert violations(TINY, few, decisions) == []
    assert sum(one.value_milli for one in decisions) >= GREEDY_MILLI // 2

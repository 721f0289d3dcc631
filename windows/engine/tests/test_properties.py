"""What holds for every market."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from windows.engine.assign import Assignment
from windows.engine.decide import decide
from windows.engine.eligible import limit_minor, still_open
from windows.engine.explain import counterfactuals, why_not
from windows.engine.group import Shelf, Space, best_group
from windows.engine.market import Market, Pair
from windows.engine.tests import strategies
from windows.engine.tests.builders import at_noon, buyer
from windows.engine.tests.feasible import violations
from windows.engine.types import Action, Intent, Parameters, Reason, Snapshot, Tier, Want

MARKETS = settings(max_examples=150, deadline=None)
CASES = settings(max_examples=80, deadline=None)


@MARKETS
@given(strategies.snapshots(), strategies.parameters(), st.integers(0, 3))
def test_every_round_keeps_every_rule(snapshot: Snapshot, par: Parameters, seed: int) -> None:
    assert violations(snapshot, par, decide(snapshot, par, seed)) == []


@CASES
@given(strategies.snapshots(), strategies.parameters(), st.integers(0, 3))
def test_order_of_the_input_changes_nothing(snapshot: Snapshot, par: Parameters, seed: int) -> None:
    mixed = Random(seed)
    shuffled = replace(
        snapshot,
        products=tuple(mixed.sample(snapshot.products, len(snapshot.products))),
        stores=tuple(mixed.sample(snapshot.stores, len(snapshot.stores))),
        offers=tuple(mixed.sample(snapshot.offers, len(snapshot.offers))),
        intents=tuple(mixed.sample(snapshot.intents, len(snapshot.intents))),
    )
    assert decide(shuffled, par, seed) == decide(snapshot, par, seed)


@CASES
@given(strategies.snapshots(), strategies.parameters())
def test_keys_of_a_round_are_unique(snapshot: Snapshot, par: Parameters) -> None:
    keys = [one.key for one in decide(snapshot, par, 0)]
    assert len(keys) == len(set(keys))


@CASES
@given(strategies.snapshots(), strategies.parameters())
def test_new_windows_are_worth_it(snapshot: Snapshot, par: Parameters) -> None:
    for one in decide(snapshot, par, 0):
        if one.action in (Action.ASK_SELLER, Action.CREATE_WINDOW):
            assert one.value_milli >= par.min_value_milli
        assert 0 <= one.score <= 1
        assert one.expected.low <= one.expected.high <= one.people


@CASES
@given(strategies.snapshots(), strategies.intents("newcomer"))
def test_newcomer_never_breaks_a_possible_group(snapshot: Snapshot, newcomer: Intent) -> None:
    stranger = replace(newcomer, person="stranger")
    larger = replace(snapshot, intents=(*snapshot.intents, stranger))
    before, after = _possible(snapshot), _possible(larger)
    assert all(key in after and after[key] >= gain for key, gain in before.items())


def _possible(snapshot: Snapshot) -> dict[tuple[str, int], int]:
    """Return the gain of the best group at each offer and start before anything is chosen."""
    market = Market(snapshot, Parameters(), 0)
    rest = [
        one for one in market.intents if one.key not in market.placed and still_open(one) is None
    ]
    state = Assignment(market, market.pairs(rest)[0], market.placed)
    found = {
        (key, start): state.group_at(offer, start)
        for key, offer in market.offers.items()
        for start in range(120)
    }
    return {place: group.gain_milli for place, group in found.items() if group}


@CASES
@given(strategies.snapshots(), strategies.parameters())
def test_nobody_waits_beside_a_group_worth_opening(snapshot: Snapshot, par: Parameters) -> None:
    market = Market(snapshot, par, 0)
    rest = [
        one for one in market.intents if one.key not in market.placed and still_open(one) is None
    ]
    state = Assignment(market, market.pairs(rest)[0], market.placed)
    state.run()
    for offer in market.offers.values():
        for pair in state.pairs[offer.key]:
            for start in {since for since, _ in pair.starts}:
                group = state.group_at(offer, start)
                value = group.gain_milli + state.fixed_milli(offer) if group else 0
                assert value < par.min_value_milli


PARTY = st.tuples(st.integers(1, 4), st.integers(100, 1000), st.integers(0, 30_000))
LATER = 40  # after everybody is ready, so that waiting changes who is best


@CASES
@given(
    st.lists(PARTY, min_size=1, max_size=8),
    st.sets(st.integers(1, 8), min_size=1, max_size=3),
    st.integers(1, 9),
    st.sampled_from([-500, 500]),
)
def test_group_of_people_is_the_best_of_all_subsets(
    parties: list[tuple[int, int, int]], sizes: set[int], most: int, step_minor: int
) -> None:
    market, pairs = _one_offer(parties, sizes, step_minor)
    ladder = market.ladders["deal"]
    space = Space(most, most, most)
    found = best_group(Shelf(pairs, ladder), LATER, lambda pair: True, space, Parameters())
    values = [
        sum(pair.gain.at(rung.unit_value_minor, LATER) for pair in chosen)
        for count in range(1, len(pairs) + 1)
        for chosen in combinations(pairs, count)
        for rung in [r for r in ladder if 1000 * _people(chosen) >= r.size_permille][-1:]
        if _people(chosen) <= most
    ]
    assert (found.gain_milli if found else None) == (max(values) if values else None)


def test_promise_of_an_early_start_does_not_decide_a_later_one() -> None:
    market, pairs = _one_offer([(1, 900, 30_000), (1, 600, 0)], {1}, 0)
    shelf = Shelf(pairs, market.ladders["deal"])
    for start, chosen in ((3, "b0"), (LATER, "b1")):
        found = best_group(shelf, start, lambda pair: True, Space(1, 1, 1), Parameters())
        assert found is not None
        assert [pair.intent.key for pair in found.pairs] == [chosen]


def _people(chosen: tuple[Pair, ...]) -> int:
    return sum(pair.intent.quantity for pair in chosen)


def _one_offer(
    parties: list[tuple[int, int, int]], sizes: set[int], step_minor: int
) -> tuple[Market, list[Pair]]:
    """Return parties of (quantity, show, wait cost an hour) and one offer.

    Its prices fall or rise with the size of the group.
    """
    snapshot = at_noon(
        tuple(
            buyer(
                f"b{number}",
                quantity=quantity,
                show_permille=show,
                wait_cost_minor_per_hour=cost,
                wants=(Want("coffee", None),),
            )
            for number, (quantity, show, cost) in enumerate(parties)
        )
    )
    tiers = tuple(
        Tier(size, 12_000 + step_minor * place) for place, size in enumerate(sorted(sizes))
    )
    deal = replace(snapshot.offers[0], tiers=tiers, floor_price_minor=0)
    market = Market(replace(snapshot, offers=(deal,)), Parameters(), 0)
    return market, market.pairs(market.intents)[0]["deal"]


@CASES
@given(strategies.snapshots(), strategies.parameters())
def test_what_explain_promises_is_true(snapshot: Snapshot, par: Parameters) -> None:
    for intent in snapshot.intents:
        for change in counterfactuals(snapshot, par, intent.key):
            offer = str(change.facts()["offer"])
            assert why_not(snapshot, par, intent.key, offer)
            if change.code != "change.people":
                rest = tuple(one for one in snapshot.intents if one.key != intent.key)
                better = replace(snapshot, intents=(*rest, _changed(intent, change, snapshot)))
                assert why_not(better, par, intent.key, offer) == ()


def _changed(intent: Intent, change: Reason, snapshot: Snapshot) -> Intent:
    facts = change.facts()
    if change.code == "change.distance":
        return replace(intent, max_distance_m=intent.max_distance_m + int(facts["missing_m"]))
    product = next(one.product for one in snapshot.offers if one.key == facts["offer"])
    limit = limit_minor(intent, product)
    assert limit is not None
    return replace(intent, wants=(Want(product, limit + int(facts["missing_minor"])),))

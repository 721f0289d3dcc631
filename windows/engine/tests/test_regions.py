"""Markets that cannot meet are told apart."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from windows.engine.decide import decide
from windows.engine.regions import regions
from windows.engine.tests.builders import (
    CAFE,
    DEAL,
    LATITUDE,
    at_noon,
    buyer,
    buyers,
    by_action,
    live_window,
)
from windows.engine.types import Action, Parameters, Snapshot

NORTH = LATITUDE + 1_500_000


def two_cities() -> Snapshot:
    far = replace(CAFE, key="far", latitude_udeg=NORTH)
    away = [buyer(f"n{number}", latitude_udeg=NORTH) for number in range(4)]
    lost = buyer("lost", latitude_udeg=0)
    return at_noon(
        (*buyers(3), *away, lost),
        stores=(CAFE, far),
        offers=(DEAL, replace(DEAL, key="north", store="far")),
        windows=(live_window(offer="north", start=30, end=40, persons=("person-b0",)),),
    )


def test_cities_are_regions_of_their_own() -> None:
    north, south = regions(two_cities())
    assert [one.key for one in north.intents] == ["n0", "n1", "n2", "n3"]
    assert [one.key for one in south.intents] == ["b0", "b1", "b2"]
    assert [one.key for one in north.stores] == ["far"]
    assert [one.key for one in south.offers] == ["deal"]


def test_promise_is_known_wherever_its_people_want_something() -> None:
    assert [len(one.windows) for one in regions(two_cities())] == [1, 1]


def test_regions_decide_apart_what_they_decide_together() -> None:
    together = by_action(decide(two_cities(), Parameters(), 1), Action.ASK_SELLER)
    apart = [one for part in regions(two_cities()) for one in decide(part, Parameters(), 1)]
    assert together
    assert sorted(by_action(tuple(apart), Action.ASK_SELLER), key=lambda one: one.key) == sorted(
        together, key=lambda one: one.key
    )


def test_order_of_the_input_changes_no_region() -> None:
    market, mixed = two_cities(), Random(1)
    shuffled = replace(market, intents=tuple(mixed.sample(market.intents, len(market.intents))))
    keys = [{one.key for one in part.intents} for part in regions(shuffled)]
    assert keys == [{one.key for one in part.intents} for part in regions(market)]


def test_buyer_who_goes_anywhere_joins_all_regions() -> None:
    anywhere = buyer("any", max_distance_m=40_000_000)
    market = two_cities()
    (only,) = regions(replace(market, intents=(*market.intents, anywhere)))
    assert len(only.intents) == 8


def test_person_with_two_intents_joins_their_regions() -> None:
    market = two_cities()
    twice = buyer("twice", person="person-n0")
    (only,) = regions(replace(market, intents=(*market.intents, twice)))
    assert {one.key for one in only.stores} == {"cafe", "far"}

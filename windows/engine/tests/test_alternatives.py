from __future__ import annotations

from dataclasses import replace

from windows.engine.alternatives import alternatives
from windows.engine.decide import decide
from windows.engine.tests.builders import CAFE, DEAL, at_noon, buyers, live_window
from windows.engine.types import Parameters, Snapshot

PAR = Parameters()


def facts(market: Snapshot, code: str) -> dict[str, int | str]:
    decision = decide(market, PAR, 1)[0]
    (found,) = (one for one in alternatives(market, PAR, decision) if one.code == code)
    return found.facts()


def test_another_shop_is_named_with_what_it_is_worth_less() -> None:
    dear = replace(DEAL, key="dear", store="bar", base_price_minor=15_000, window_cost_minor=9_000)
    bar = replace(CAFE, key="bar")
    market = at_noon(buyers(3), stores=(CAFE, bar), offers=(DEAL, dear))

    told = facts(market, "chosen.offer")

    # The same three at the same price; the window costs 80.00 more to open.
    assert (told["offer"], told["people"], told["price_minor"]) == ("dear", 3, 12_000)
    assert told["less_milli"] == 8_000_000


def test_a_later_start_is_worth_what_waiting_costs() -> None:
    people = buyers(3, wait_cost_minor_per_hour=600)
    late = replace(people[0], available=((20, 60),), key="late", person="late")
    market = at_noon((*people, late))

    told = facts(market, "chosen.start")

    assert told["offer"] == "deal"
    assert int(told["less_milli"]) != 0


def test_two_more_people_would_lower_the_price_or_not() -> None:
    assert facts(at_noon(buyers(4)), "more.people") == {"people": 2, "price_minor": 11_000}
    assert facts(at_noon(buyers(3)), "more.nothing") == {"people": 2}
    full = at_noon(buyers(3), offers=(replace(DEAL, stock=4),))
    assert facts(full, "more.no_room") == {"people": 2}


def test_only_new_windows_are_compared() -> None:
    market = at_noon(buyers(2), windows=(live_window(),))
    for decision in decide(market, PAR, 1):
        assert alternatives(market, PAR, decision) == ()

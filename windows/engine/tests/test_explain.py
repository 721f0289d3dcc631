"""Why not, and what would help."""

from __future__ import annotations

from dataclasses import replace

import pytest

from windows.engine.explain import counterfactuals, why_not
from windows.engine.tests.builders import CAFE, DEAL, at_noon, buyer, buyers, live_ask
from windows.engine.types import Intent, Offer, Parameters, Reason, Store, Want

PRODUCT = Parameters()


def codes(intent: Intent, offer: Offer = DEAL, store: Store = CAFE) -> list[str]:
    market = at_noon((intent, *buyers(2)), offers=(offer,), stores=(store,))
    return [reason.code for reason in why_not(market, PRODUCT, intent.key, "deal")]


def test_nothing_stands_between_a_buyer_and_a_possible_group() -> None:
    assert codes(buyer("me")) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wants": (Want("tea", None),)}, "product.not_wanted"),
        ({"wants": (Want("coffee", 10_999),)}, "price.too_high"),
        ({"latitude_udeg": CAFE.latitude_udeg + 7_000}, "distance.too_far"),
        ({"declined_offers": ("deal",)}, "offer.declined"),
        ({"available": ((0, 9),)}, "time.no_overlap"),
        ({"min_notice_min": 51}, "notice.too_short"),
        ({"available": ((-9, 0),)}, "time.passed"),
        ({"quantity": 11}, "party.too_large"),
    ],
)
def test_each_rule_of_the_buyer_names_itself(changes: dict[str, object], code: str) -> None:
    assert code in codes(buyer("me", **changes))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"stock": 2}, "stock.short"),
        ({"max_group": 2}, "store.full"),
        ({"floor_price_minor": 12_001}, "price.below_floor"),
        ({"blocked_until": 1}, "offer.blocked"),
        ({"min_lead_min": 591}, "lead.too_short"),
        ({"window_slots": 601}, "store.closed"),
        ({"tiers": (replace(DEAL.tiers[0], size=4),)}, "group.too_small"),
    ],
)
def test_each_rule_of_the_seller_names_itself(changes: dict[str, object], code: str) -> None:
    offer = replace(DEAL, **changes)  # type: ignore[arg-type]  # names of the table above
    assert codes(buyer("me"), offer) == [code]


def test_placed_intent_is_said_to_be_placed() -> None:
    market = at_noon(buyers(3), asks=(live_ask(intents=("b0",)),))
    assert why_not(market, PRODUCT, "b0", "deal") == (Reason.of("intent.placed"),)
    assert counterfactuals(market, PRODUCT, "b0") == ()


def test_two_more_people_would_do() -> None:
    changes = counterfactuals(at_noon(buyers(1)), PRODUCT, "b0")
    assert changes == (Reason.of("change.people", missing=2, offer="deal"),)


def test_a_little_more_money_would_do() -> None:
    short = buyer("me", wants=(Want("coffee", 10_000),))
    changes = counterfactuals(at_noon((short, *buyers(2))), PRODUCT, "me")
    assert changes == (Reason.of("change.price", missing_minor=2_000, offer="deal"),)


def test_a_larger_group_makes_the_needed_raise_smaller() -> None:
    short = buyer("me", wants=(Want("coffee", 10_000),))
    changes = counterfactuals(at_noon((short, *buyers(5))), PRODUCT, "me")
    assert changes == (Reason.of("change.price", missing_minor=1_000, offer="deal"),)


def test_a_longer_way_would_do() -> None:
    away = buyer("me", latitude_udeg=CAFE.latitude_udeg + 9_000)  # 1300 m on foot
    changes = counterfactuals(at_noon((away, *buyers(2))), PRODUCT, "me")
    assert changes == (Reason.of("change.distance", missing_m=300, offer="deal"),)


def test_nothing_helps_with_a_single_change_when_two_are_needed() -> None:
    both = buyer("me", latitude_udeg=CAFE.latitude_udeg + 9_000, wants=(Want("coffee", 10_000),))
    assert counterfactuals(at_noon((both, *buyers(2))), PRODUCT, "me") == ()


def test_unknown_keys_are_refused() -> None:
    with pytest.raises(KeyError):
        why_not(at_noon(buyers(1)), PRODUCT, "b9", "deal")
    with pytest.raises(KeyError):
        counterfactuals(at_noon(buyers(1)), PRODUCT, "b9")

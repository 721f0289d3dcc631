"""Examples of whole rounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from windows.engine.decide import decide
from windows.engine.tests.builders import (
    CAFE,
    COFFEE,
    DEAL,
    at_noon,
    buyer,
    buyers,
    by_action,
    live_ask,
    live_window,
)
from windows.engine.tests.feasible import violations
from windows.engine.types import Action, Decision, Intent, Parameters, Reason, Snapshot, Tier, Want

PRODUCT = Parameters()
NOTIFY = Action.NOTIFY_WAITLIST


def round_of(snapshot: Snapshot, parameters: Parameters = PRODUCT) -> tuple[Decision, ...]:
    decisions = decide(snapshot, parameters, seed=1)
    assert violations(snapshot, parameters, decisions) == []
    return decisions


def test_three_buyers_reach_the_first_tier_and_the_seller_is_asked() -> None:
    (ask,) = round_of(at_noon(buyers(3)))
    assert ask.action is Action.ASK_SELLER
    assert (ask.offer, ask.start, ask.end) == ("deal", 3, 13)
    assert (sorted(ask.intents), ask.people) == (["b0", "b1", "b2"], 3)
    assert (ask.tier, ask.price_minor, ask.answer_by_min) == (0, 12_000, 2)
    assert ask.expected.mean_milli == 2_700
    assert ask.reasons[0] == Reason.of("group.reached", have=3, need=3)


def test_standing_rule_opens_the_window_without_asking() -> None:
    (window,) = round_of(at_noon(buyers(3), offers=(replace(DEAL, mandate=True),)))
    assert (window.action, window.start) == (Action.CREATE_WINDOW, 2)
    assert window.answer_by_min is None


def test_two_buyers_wait_and_learn_how_many_are_missing() -> None:
    decisions = round_of(at_noon(buyers(2)))
    assert [one.action for one in decisions] == [Action.WAIT_FOR_BUYERS] * 2
    assert decisions[0].reasons == (Reason.of("group.too_small", have=2, need=3, missing=1),)
    assert (decisions[0].offer, decisions[0].start, decisions[0].price_minor) == (
        "deal",
        3,
        12_000,
    )


def test_companions_count_as_people() -> None:
    (ask,) = round_of(at_noon((buyer("a", quantity=2), buyer("b"))))
    assert (ask.action, ask.people, ask.tier) == (Action.ASK_SELLER, 3, 0)


def test_deeper_tier_is_reached_by_a_larger_group() -> None:
    (ask,) = round_of(at_noon(buyers(6)))
    assert (ask.tier, ask.price_minor, ask.people) == (1, 11_000, 6)


def test_buyer_whose_budget_needs_the_deeper_tier_joins_only_there() -> None:
    tight = replace(buyer("tight"), wants=(Want("coffee", 11_000),))
    assert len(by_action(round_of(at_noon((*buyers(3), tight))), Action.WAIT_FOR_BUYERS)) == 1
    (ask,) = round_of(at_noon((*buyers(5), tight)))
    assert (ask.tier, "tight" in ask.intents) == (1, True)


def test_group_of_one_is_asked_when_the_seller_allows_it() -> None:
    alone = replace(DEAL, tiers=(Tier(1, 12_000),))
    (ask,) = round_of(at_noon(buyers(1), offers=(alone,)))
    assert (ask.action, ask.people) == (Action.ASK_SELLER, 1)


def test_benefit_in_words_keeps_the_base_price() -> None:
    tea = replace(DEAL, tiers=(Tier(3, 14_000, benefit_key="tea", cost_minor=1_500),))
    (ask,) = round_of(at_noon(buyers(3), offers=(tea,)))
    assert (ask.price_minor, ask.tier) == (14_000, 0)


def test_tier_below_the_floor_is_never_used() -> None:
    dear = replace(DEAL, floor_price_minor=11_500)
    (ask,) = round_of(at_noon(buyers(7), offers=(dear,)))
    assert (ask.tier, ask.price_minor, ask.people) == (0, 12_000, 7)


def test_group_beyond_the_largest_is_split_in_time() -> None:
    asks = by_action(round_of(at_noon(buyers(14))), Action.ASK_SELLER)
    assert [(one.people, one.start) for one in asks] == [(10, 3), (4, 13)]


def test_stock_limits_the_people() -> None:
    decisions = round_of(at_noon(buyers(8), offers=(replace(DEAL, stock=5),)))
    assert [one.people for one in by_action(decisions, Action.ASK_SELLER)] == [5]
    waits = by_action(decisions, Action.WAIT_FOR_BUYERS)
    assert {one.reasons[0] for one in waits} == {
        Reason.of("stock.short", free=0, need=3, missing=3)
    }


def test_units_of_a_live_ask_are_taken() -> None:
    ask = live_ask(start=300, end=310, people=28)
    decisions = round_of(at_noon(buyers(3), asks=(ask,)))
    assert {one.action for one in decisions} == {Action.WAIT_FOR_BUYERS}
    assert decisions[0].reasons[0].code == "stock.short"


def test_room_of_the_store_limits_the_people() -> None:
    small = replace(CAFE, capacity_per_slot=4, max_parallel=1)
    asks = by_action(round_of(at_noon(buyers(8), stores=(small,))), Action.ASK_SELLER)
    assert [(one.people, one.start) for one in asks] == [(4, 3), (4, 13)]


def test_offer_with_a_live_ask_is_not_asked_again_for_overlapping_time() -> None:
    ask = live_ask(start=3, end=60)
    decisions = round_of(at_noon(buyers(3), asks=(ask,)))
    assert {one.action for one in decisions} == {Action.WAIT_FOR_BUYERS}
    assert decisions[0].reasons == (Reason.of("offer.taken"),)


def test_intents_of_a_live_ask_get_no_decision() -> None:
    ask = live_ask(intents=("b0", "b1", "b2"), persons=tuple(b.person for b in buyers(3)))
    assert round_of(at_noon(buyers(3), asks=(ask,))) == ()


def test_refused_offer_is_left_alone_until_its_time() -> None:
    resting = replace(DEAL, blocked_until=30)
    decisions = round_of(at_noon(buyers(3), offers=(resting,)))
    assert decisions[0].reasons == (Reason.of("offer.blocked", until=30),)
    assert len(round_of(at_noon(buyers(3), offers=(replace(DEAL, blocked_until=0),)))) == 1


def test_next_seller_is_asked_after_a_refusal() -> None:
    other = replace(DEAL, key="other", store="bakery")
    stores = (CAFE, replace(CAFE, key="bakery"))
    resting = replace(DEAL, blocked_until=30)
    (ask,) = round_of(at_noon(buyers(3), offers=(resting, other), stores=stores))
    assert ask.offer == "other"


def test_free_seats_of_a_live_window_come_first() -> None:
    (invite,) = round_of(at_noon(buyers(3), windows=(live_window(),)))
    assert (invite.action, invite.window) == (Action.NOTIFY_WAITLIST, "w1")
    assert (invite.people, invite.price_minor) == (3, 12_000)


def test_free_seats_are_not_oversold() -> None:
    window = live_window(seats_held=4)
    decisions = round_of(at_noon(buyers(3), windows=(window,)))
    assert [one.people for one in by_action(decisions, Action.NOTIFY_WAITLIST)] == [2]
    assert len(by_action(decisions, Action.WAIT_FOR_BUYERS)) == 1


@pytest.mark.parametrize(
    "late",
    [
        buyer("b", wants=(Want("coffee", 11_999),)),
        buyer("b", available=((15, 60),)),
        buyer("b", max_distance_m=-1),
        buyer("b", declined_offers=("deal",)),
        buyer("b", quantity=7),
        buyer("b", min_notice_min=16),
    ],
    ids=["budget", "time", "distance", "declined", "party", "notice"],
)
def test_buyer_who_does_not_fit_is_not_invited(late: Intent) -> None:
    decisions = round_of(at_noon((late,), windows=(live_window(),)))
    assert by_action(decisions, Action.NOTIFY_WAITLIST) == []


def test_running_window_takes_a_buyer_while_enough_is_left() -> None:
    running = live_window(start=-5, end=5)
    assert len(by_action(round_of(at_noon(buyers(1), windows=(running,))), NOTIFY)) == 1
    ending = live_window(start=-6, end=4)
    assert by_action(round_of(at_noon(buyers(1), windows=(ending,))), NOTIFY) == []


def test_person_with_a_seat_is_not_placed_at_the_same_time() -> None:
    window = live_window(start=0, end=60, seats_max=4, persons=("person-b0",))
    other = replace(DEAL, key="other", tiers=(Tier(1, 12_000),))
    decisions = round_of(at_noon(buyers(1), windows=(window,), offers=(DEAL, other)))
    assert decisions[0].reasons == (Reason.of("person.busy"),)


def test_two_intents_of_one_person_never_overlap() -> None:
    tea = replace(COFFEE, key="tea")
    leaf = replace(DEAL, key="leaf", product="tea", tiers=(Tier(1, 12_000),))
    bean = replace(DEAL, tiers=(Tier(1, 12_000),))
    both = (
        buyer("a", person="ada", available=((0, 14),)),
        buyer("b", person="ada", available=((0, 14),), wants=(Want("tea", None),)),
    )
    decisions = round_of(at_noon(both, products=(COFFEE, tea), offers=(bean, leaf)))
    assert sorted(one.action for one in decisions) == [Action.ASK_SELLER, Action.WAIT_FOR_BUYERS]
    assert decisions[1].reasons == (Reason.of("person.busy", start=3),)


@pytest.mark.parametrize(
    ("changes", "what"),
    [({"available": ((-60, 0),)}, "available"), ({"answer_by_min": 0}, "answer_by")],
)
def test_intent_whose_time_has_passed_is_dropped(changes: dict[str, object], what: str) -> None:
    decisions = round_of(at_noon((buyer("late", **changes), *buyers(2))))
    assert decisions[0].action is Action.DROP
    assert (decisions[0].intents, decisions[0].reasons) == (
        ("late",),
        (Reason.of("time.passed", what=what),),
    )
    assert len(by_action(decisions, Action.WAIT_FOR_BUYERS)) == 2


def test_product_that_nobody_sells_is_said() -> None:
    (wait,) = round_of(at_noon((buyer("b", wants=(Want("boza", None),)),)))
    assert wait.reasons == (Reason.of("product.not_offered"),)


def test_nearest_of_several_obstacles_is_told() -> None:
    far = replace(CAFE, key="far", latitude_udeg=CAFE.latitude_udeg + 90_000)
    distant = replace(DEAL, key="distant", store="far")
    cheap = buyer("b", wants=(Want("coffee", 10_000),))
    (wait,) = round_of(at_noon((cheap,), stores=(CAFE, far), offers=(DEAL, distant)))
    assert wait.reasons == (
        Reason.of("price.too_high", price_minor=11_000, limit_minor=10_000, missing_minor=1_000),
    )


def test_earliest_start_that_keeps_the_group_is_chosen() -> None:
    early, late = buyers(2), (buyer("c", available=((25, 60),)),)
    (ask,) = round_of(at_noon((*early, *late)))
    assert (ask.start, ask.people) == (25, 3)


def test_starts_lie_on_the_epoch_grid() -> None:
    five = replace(DEAL, window_slots=2)
    odd = at_noon(buyers(3), slot_min=5, offers=(five,))
    (ask,) = round_of(replace(odd, t0=odd.t0.replace(minute=3)))
    assert (ask.start, ask.end) == (7, 17)  # 12:03 + 7 min = 12:10


def test_store_that_closes_takes_no_window() -> None:
    shut = replace(CAFE, open=((0, 12), (200, 300)))
    (wait, *_) = round_of(at_noon(buyers(3), stores=(shut,)))
    assert (wait.action, wait.reasons[0].code) == (Action.WAIT_FOR_BUYERS, "time.no_overlap")


def test_worthless_group_is_not_proposed() -> None:
    dear = replace(COFFEE, reference_price_minor=5_000)
    (wait, *_) = round_of(at_noon(buyers(3), products=(dear,)))
    assert wait.reasons[0].code == "value.too_low"


def test_better_offer_wins() -> None:
    cheaper = replace(DEAL, key="cheaper", store="next", tiers=(Tier(3, 10_000),))
    stores = (CAFE, replace(CAFE, key="next"))
    (ask,) = round_of(at_noon(buyers(3), offers=(DEAL, cheaper), stores=stores))
    assert ask.offer == "cheaper"


def test_keys_are_the_same_for_the_same_content_only() -> None:
    first, again = round_of(at_noon(buyers(3))), round_of(at_noon(buyers(3)))
    assert [one.key for one in first] == [one.key for one in again]
    assert round_of(at_noon(buyers(4)))[0].key != first[0].key


def test_seed_decides_only_between_equals() -> None:
    twin = replace(DEAL, key="twin", store="next")
    market = at_noon(buyers(3), offers=(DEAL, twin), stores=(CAFE, replace(CAFE, key="next")))
    chosen = {decide(market, PRODUCT, seed)[0].offer for seed in range(20)}
    values = {decide(market, PRODUCT, seed)[0].value_milli for seed in range(20)}
    assert chosen == {"deal", "twin"}
    assert len(values) == 1


def test_pace_keeps_people_out_who_cannot_arrive() -> None:
    away = buyers(3, latitude_udeg=CAFE.latitude_udeg + 9_000, max_distance_m=2_000)  # 1301 m
    decisions = round_of(at_noon(away), replace(PRODUCT, walk_m_per_min=80))
    assert decisions[0].start == 12  # 17 minutes on foot, 5 minutes left of a window of 10


def test_moment_of_the_round_must_be_a_whole_utc_minute() -> None:
    with pytest.raises(ValueError, match="whole minute"):
        at_noon((), t0=at_noon(()).t0.replace(second=1))
    with pytest.raises(ValueError, match="UTC"):
        at_noon((), t0=at_noon(()).t0.replace(tzinfo=None))


def test_younger_intent_counts_where_the_elder_one_has_left() -> None:
    """At the second café nobody gains while the elder intent of the same person is free."""
    single = replace(DEAL, tiers=(Tier(1, 12_000),), window_slots=1, window_cost_minor=0)
    stores = replace(CAFE, capacity_per_slot=1), replace(CAFE, key="late", open=((300, 400),))
    deals = (
        replace(single, no_show_cost_minor=0),
        replace(single, key="other", store="late", no_show_cost_minor=300),
    )
    free = ((0, 600),)
    elder = buyer("elder", person="ada", show_permille=1, available=free, waiting_since_min=-9)
    younger = buyer("younger", person="ada", show_permille=500, available=free, quantity=2)
    market = at_noon((elder, younger), stores=stores, offers=deals)
    asks = by_action(round_of(market), Action.ASK_SELLER)
    assert {(one.offer, *one.intents) for one in asks} == {("deal", "elder"), ("other", "younger")}

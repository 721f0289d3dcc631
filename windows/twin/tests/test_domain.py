"""Pictures of a window: who fits, who says yes, who comes, what is left, how long the queue is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.forecast.numerics.price_acceptance import Belief
from windows.engine.features import geo_at
from windows.engine.types import (
    Expected,
    Intent,
    LiveWindow,
    Offer,
    Parameters,
    Product,
    Snapshot,
    Store,
    Tier,
    Want,
    Weights,
)
from windows.twin.domain import (
    Candidate,
    Larger,
    Scenario,
    candidates,
    capped,
    error_milli,
    picture,
    queue,
    till_minutes,
)

NOON = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)
HALF = (0.5, 0.5)
PRIOR = Belief.prior()
# A belief that is sure of itself: half say yes at any price.
SURE = Belief(np.array([0.0, -1e-9, 0.0]), np.diag([1e-12] * 3))
SCENARIO = Scenario(
    offer="deal",
    start=30,
    end=50,
    price_minor=12_000,
    base_minor=14_000,
    cost_minor=5_000,
    seats_max=20,
    people_per_five_minutes=10,
)


def wish(key: str, limit: int | None = 13_000, **fields: object) -> Intent:
    base = Intent(
        key,
        person=key,
        wants=(Want("coffee", limit),),
        latitude_udeg=40_990_300,
        longitude_udeg=29_027_500,
        max_distance_m=500,
        available=((0, 120),),
        show_permille=900,
    )
    return replace(base, **fields)  # type: ignore[arg-type]


def market(*wishes: Intent, windows: tuple[LiveWindow, ...] = ()) -> Snapshot:
    return Snapshot(
        t0=NOON,
        currency="TRY",
        slot_min=1,
        horizon_min=600,
        geo=geo_at(40_990_300),
        weights=Weights(),
        products=(Product("coffee", "drinks", 14_000),),
        stores=(
            Store(
                "cafe",
                40_990_300,
                29_027_500,
                open=((0, 600),),
                capacity_per_slot=40,
                max_parallel=1,
            ),
        ),
        offers=(Offer("deal", "cafe", "coffee", 0, 14_000, 5_000, 0, (Tier(1, 12_000),), 1, 1),),
        intents=wishes,
        windows=windows,
    )


def keys(found: tuple[Candidate, ...]) -> set[str]:
    return {one.intent.key for one in found}


def test_who_fits_is_what_the_engine_would_invite() -> None:
    held = LiveWindow(
        "held", "deal", 60, 80, 5, 1, 12_000, invited=("seated",), persons=("seated",)
    )
    snapshot = market(
        wish("near"),
        wish("any price", None),
        wish("poor", 11_000),
        wish("far", latitude_udeg=41_010_000),
        wish("late", available=((60, 120),)),
        wish("seated"),
        windows=(held,),
    )
    assert keys(candidates(snapshot, Parameters(), SCENARIO)) == {"near", "any price"}
    cheap = replace(SCENARIO, price_minor=11_000)
    later = replace(SCENARIO, start=90, end=110)
    assert keys(candidates(snapshot, Parameters(), cheap)) == {"near", "any price", "poor"}
    assert keys(candidates(snapshot, Parameters(), later)) == {"near", "any price", "late"}


def test_picture_adds_up() -> None:
    found = candidates(market(*(wish(f"w{i}") for i in range(10))), Parameters(), SCENARIO)
    shown = picture(SCENARIO, found, SURE, HALF)
    assert shown.fit == 10
    assert (shown.yes.mean_milli, shown.come.mean_milli) == pytest.approx((5000, 4500), abs=60)
    assert shown.come.low < 4 < shown.come.high
    assert shown.revenue_minor == shown.come.mean_milli * 12_000 // 1000
    assert shown.left_minor == shown.come.mean_milli * 7_000 // 1000
    assert shown.till_minutes == -(-((shown.come.mean_milli + 500) // 1000) * 5 // 10)
    # Nobody of them would pay the list price.
    assert (shown.anyway_milli, shown.lost_minor) == (0, 0)


def test_who_would_pay_the_full_price_is_counted_as_lost() -> None:
    found = candidates(market(wish("rich", None), wish("poor")), Parameters(), SCENARIO)
    shown = picture(SCENARIO, found, SURE, HALF)
    assert shown.anyway_milli == pytest.approx(450, abs=10)
    assert shown.lost_minor == shown.anyway_milli * 2_000 // 1000
    assert picture(replace(SCENARIO, cost_minor=None), found, SURE, HALF).left_minor is None


def test_nobody_fits() -> None:
    shown = picture(SCENARIO, (), PRIOR, HALF)
    assert (shown.fit, shown.come.mean_milli, shown.revenue_minor, shown.queue) == (0, 0, 0, 0)
    assert shown.come == Expected(0, 0, 0, 800)


def test_seats_cap_the_people_and_not_the_wishes() -> None:
    found = candidates(market(*(wish(f"w{i}") for i in range(30))), Parameters(), SCENARIO)
    shown = picture(replace(SCENARIO, seats_max=4), found, PRIOR, HALF)
    assert shown.fit == 30
    assert shown.come.high == 4
    assert shown.come.mean_milli <= 4000


def test_unsure_response_makes_the_range_wider() -> None:
    found = candidates(market(*(wish(f"w{i}") for i in range(20))), Parameters(), SCENARIO)
    sure = replace_covariance(PRIOR, 0.01)
    wide, narrow = (picture(SCENARIO, found, belief, HALF).come for belief in (PRIOR, sure))
    assert wide.high - wide.low > narrow.high - narrow.low


def replace_covariance(belief: Belief, share: float) -> Belief:
    return Belief(belief.mean, belief.covariance * share)


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 1000)), max_size=12),
    st.integers(0, 30),
    st.integers(0, 900),
)
def test_cap_keeps_mean_and_range_in_order(
    parties: list[tuple[int, int]], most: int, shock: int
) -> None:
    found = capped(parties, most, shock)
    assert 0 <= found.low <= found.high <= min(most, sum(people for people, _ in parties))
    assert 0 <= found.mean_milli <= 1000 * most
    assert found.mean_milli <= sum(people * show for people, show in parties) * 1.02 + 1


def test_cheaper_never_brings_fewer() -> None:
    snapshot = market(*(wish(f"w{i}", 10_000 + 500 * i) for i in range(12)))
    means = []
    for price in range(14_000, 8_000, -1_000):
        scenario = replace(SCENARIO, price_minor=price)
        found = candidates(snapshot, Parameters(), scenario)
        means.append(picture(scenario, found, PRIOR, HALF).come.mean_milli)
    assert means == sorted(means)


def test_queue_is_what_the_till_cannot_serve() -> None:
    assert queue(40, (1.0, 0.0, 0.0, 0.0), minutes=20, people_per_five_minutes=4) == 36
    assert queue(10, (0.25,) * 4, minutes=20, people_per_five_minutes=4) == 0
    assert till_minutes(9, 4) == 12


def test_larger_discount_is_told_when_wishes_or_answers_show_it() -> None:
    none = Expected(4000, 2, 6, 800)
    more = Expected(5200, 3, 8, 800)
    same = Larger(3, 11_000, 8, 8, none, more, is_learned=False)
    assert not same.is_worth_saying
    assert replace(same, is_learned=True).is_worth_saying
    assert replace(same, fit_then=14).is_worth_saying
    assert not replace(same, is_learned=True, yes_then=none).is_worth_saying


def test_error_of_no_windows_is_none() -> None:
    assert error_milli([]) == 0
    assert error_milli([(2000, 2), (2000, 4)]) == 1000

"""Hypothesis strategies: small awkward markets of two stores, three offers, a few people."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from windows.engine.features import geo_at
from windows.engine.tests.builders import LATITUDE, LONGITUDE, NOON
from windows.engine.types import (
    CountBy,
    Intent,
    Interval,
    LiveAsk,
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

PRODUCTS = (Product("bread", "food", 6_000), Product("coffee", "drinks", 14_000))


def spans(first: int = -20, last: int = 120) -> st.SearchStrategy[tuple[Interval, ...]]:
    """Return one or two disjoint stretches that may touch."""
    points = st.lists(st.integers(first, last), min_size=4, max_size=4, unique=True).map(sorted)
    return st.one_of(
        points.map(lambda p: ((p[0], p[3]),)),
        points.map(lambda p: ((p[0], p[1]), (p[2], p[3]))),
        points.map(lambda p: ((p[0], p[1]), (p[1], p[3]))),
    )


@st.composite
def stores(draw: st.DrawFn, key: str) -> Store:
    """Return a store within two kilometres of the middle."""
    closing = draw(st.integers(60, 200))
    return Store(
        key=key,
        latitude_udeg=LATITUDE + draw(st.integers(-9_000, 9_000)),
        longitude_udeg=LONGITUDE + draw(st.integers(-9_000, 9_000)),
        open=((0, closing // 2), (closing // 2 + draw(st.integers(0, 9)), closing + 9)),
        blocked=draw(st.sampled_from([(), ((20, 23),)])),
        capacity_per_slot=draw(st.sampled_from([1, 4, 8, 20])),
        capacity_overrides=draw(st.sampled_from([(), ((20, 40, 0),), ((0, 30, 9),)])),
        max_parallel=draw(st.integers(1, 2)),
        first_window_bonus_minor=draw(st.sampled_from([0, 5_000])),
    )


@st.composite
def offers(draw: st.DrawFn, key: str, store: str, product: str) -> Offer:
    """Return an offer with one to three tiers, some of them perhaps below the floor."""
    sizes = sorted(draw(st.sets(st.integers(1, 6), min_size=1, max_size=3)))
    base = draw(st.sampled_from([6_000, 14_000]))
    drops = sorted(draw(st.lists(st.integers(0, 500), min_size=len(sizes), max_size=len(sizes))))
    return Offer(
        key=key,
        store=store,
        product=product,
        stock=draw(st.sampled_from([0, 3, 8, 30])),
        base_price_minor=base,
        unit_cost_minor=draw(st.sampled_from([None, 2_000])),
        floor_price_minor=draw(st.sampled_from([0, 0, base * 8 // 10])),
        tiers=tuple(
            Tier(size, base * (1000 - drop) // 1000)
            for size, drop in zip(sizes, drops, strict=True)
        ),
        max_group=draw(st.sampled_from([2, 5, 9])),
        window_slots=draw(st.integers(1, 3)),
        min_lead_min=draw(st.integers(0, 20)),
        window_cost_minor=draw(st.sampled_from([0, 1_000])),
        no_show_cost_minor=draw(st.sampled_from([0, 300])),
        mandate=draw(st.booleans()),
        blocked_until=draw(st.sampled_from([None, None, None, 0, 5])),
    )


@st.composite
def intents(draw: st.DrawFn, key: str) -> Intent:
    """Return an intent; persons repeat so that one may have several."""
    limit = st.sampled_from([None, None, 5_000, 10_000, 12_000])
    products = draw(st.sets(st.sampled_from(["bread", "coffee"]), min_size=1))
    return Intent(
        key=key,
        person=draw(st.sampled_from(["ada", key, key, key])),
        wants=tuple(Want(product, draw(limit)) for product in sorted(products)),
        latitude_udeg=LATITUDE + draw(st.integers(-9_000, 9_000)),
        longitude_udeg=LONGITUDE + draw(st.integers(-9_000, 9_000)),
        max_distance_m=draw(st.sampled_from([800, 2_000, 5_000])),
        available=draw(st.one_of(st.just(((0, 180),)), spans())),
        quantity=draw(st.sampled_from([1, 1, 1, 2, 4])),
        show_permille=draw(st.sampled_from([1, 500, 900, 1000])),
        travel_cost_minor_per_km=draw(st.sampled_from([0, 400])),
        wait_cost_minor_per_hour=draw(st.sampled_from([0, 600])),
        aging_minor=draw(st.sampled_from([0, 500])),
        min_notice_min=draw(st.sampled_from([0, 0, 15])),
        waiting_since_min=draw(st.integers(-30, 0)),
        answer_by_min=draw(st.sampled_from([None, None, None, None, 10, 0])),
        declined_offers=draw(st.sampled_from([(), ("o0",)])),
    )


@st.composite
def live_windows(draw: st.DrawFn, people: list[Intent]) -> tuple[LiveWindow, ...]:
    """Return one promised window with three free seats, perhaps with a known guest."""
    start = draw(st.integers(-5, 20))
    window = LiveWindow("w", "o0", start, start + 10, 6, 2, 5_000, seats_held=1)
    if people and draw(st.sampled_from([True, False])):
        window = replace(window, invited=(people[0].key,), persons=(people[0].person,))
    return (window,)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Return a market that keeps its own live promises."""
    people = [draw(intents(f"i{number}")) for number in range(draw(st.integers(0, 12)))]
    windows = draw(live_windows(people)) if draw(st.booleans()) else ()
    asks: tuple[LiveAsk, ...] = ()
    if draw(st.booleans()):
        start = draw(st.integers(0, 40))
        asks = (LiveAsk("a", "o1", start, start + 10, ("x",), 2, 2, persons=("ada",)),)
    return Snapshot(
        t0=NOON.replace(minute=draw(st.integers(0, 59))),
        currency="TRY",
        slot_min=draw(st.sampled_from([1, 5, 7])),
        horizon_min=180,
        geo=geo_at(LATITUDE),
        weights=Weights(),
        products=PRODUCTS,
        stores=(draw(stores("s0")), draw(stores("s1"))),
        offers=(
            draw(offers("o0", "s0", "coffee")),
            draw(offers("o1", "s1", "coffee")),
            draw(offers("o2", "s1", "bread")),
        ),
        intents=tuple(people),
        windows=windows,
        asks=asks,
    )


def parameters() -> st.SearchStrategy[Parameters]:
    """Return the product's way of counting, the benchmark's, and a mixture."""
    return st.sampled_from(
        [
            Parameters(),
            Parameters(tier_by=CountBy.EXPECTED, room_by=CountBy.INTENTS, overlap_allowed=True),
            Parameters(tier_by=CountBy.PEOPLE, room_by=CountBy.INTENTS, max_start_ahead_min=30),
        ]
    )

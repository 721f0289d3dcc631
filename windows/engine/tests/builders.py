"""Small builders with defaults: a café in Kadıköy at noon and people who want coffee."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from windows.engine.features import geo_at
from windows.engine.types import (
    Action,
    Decision,
    Intent,
    LiveAsk,
    LiveWindow,
    Offer,
    Product,
    Snapshot,
    Store,
    Tier,
    Want,
    Weights,
)

NOON = datetime(2026, 5, 14, 9, 0, tzinfo=UTC)  # 12:00 in Istanbul
LATITUDE, LONGITUDE = 40_990_300, 29_027_500

COFFEE = Product(key="coffee", category="drinks", reference_price_minor=14_000)
CAFE = Store(
    key="cafe",
    latitude_udeg=LATITUDE,
    longitude_udeg=LONGITUDE,
    open=((0, 600),),
    capacity_per_slot=20,
    max_parallel=2,
)
DEAL = Offer(
    key="deal",
    store="cafe",
    product="coffee",
    stock=30,
    base_price_minor=14_000,
    unit_cost_minor=5_000,
    floor_price_minor=9_000,
    tiers=(Tier(3, 12_000), Tier(6, 11_000)),
    max_group=10,
    window_slots=10,
    min_lead_min=2,
    window_cost_minor=1_000,
    no_show_cost_minor=200,
)


def buyer(name: str, **changes: Any) -> Intent:
    """Return an intent of one person beside the café, free for the next hour."""
    intent = Intent(
        key=name,
        person=f"person-{name}",
        wants=(Want("coffee", 20_000),),
        latitude_udeg=LATITUDE,
        longitude_udeg=LONGITUDE,
        max_distance_m=1_000,
        available=((0, 60),),
        show_permille=900,
    )
    return replace(intent, **changes)


def buyers(count: int, **changes: Any) -> tuple[Intent, ...]:
    """Return intents ``b0``, ``b1``..."""
    return tuple(buyer(f"b{number}", **changes) for number in range(count))


def at_noon(intents: tuple[Intent, ...], **changes: Any) -> Snapshot:
    """Return a snapshot with one café, one deal and these intents."""
    base = Snapshot(
        t0=NOON,
        currency="TRY",
        slot_min=1,
        horizon_min=600,
        geo=geo_at(LATITUDE),
        weights=Weights(),
        products=(COFFEE,),
        stores=(CAFE,),
        offers=(DEAL,),
        intents=intents,
    )
    return replace(base, **changes)


def live_window(**changes: Any) -> LiveWindow:
    """Return a promised window of the deal with room for ten, four seats taken."""
    window = LiveWindow("w1", "deal", 10, 20, seats_max=10, seats_taken=4, price_minor=12_000)
    return replace(window, **changes)


def live_ask(**changes: Any) -> LiveAsk:
    """Return an ask of the deal for three people."""
    ask = LiveAsk("a1", "deal", 10, 20, ("x", "y", "z"), people=3, answer_by=2)
    return replace(ask, **changes)


def by_action(decisions: tuple[Decision, ...], action: Action) -> list[Decision]:
    """Return the decisions of one action, in order."""
    return [one for one in decisions if one.action is action]

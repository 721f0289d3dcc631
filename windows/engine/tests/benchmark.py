"""Read benchmark instances (``fpw-matching/1``) as snapshots, for tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from windows.engine.intervals import merged
from windows.engine.types import (
    CountBy,
    Geo,
    Intent,
    Offer,
    Parameters,
    Product,
    Snapshot,
    Store,
    Tier,
    Want,
    Weights,
)

HERE = Path(__file__).parent / "instances"
EXPECTATION = Parameters(
    tier_by=CountBy.EXPECTED, room_by=CountBy.INTENTS, overlap_allowed=True, version="benchmark"
)


def load(name: str) -> Any:
    """Return the parsed JSON of a file beside the tests."""
    return json.loads((HERE / name).read_text())


def open_minutes(raw: dict[str, Any], store: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    """Expand weekly local hours minute by minute, by the letter of README 3.1."""
    minutes = []
    for minute in range(raw["horizon_min"]):
        offset = [shift for since, shift in raw["utc_offsets"] if since <= minute][-1]
        day, clock = divmod(raw["t0_epoch_min"] + minute + offset, 1440)
        weekday = (day + 3) % 7
        if any(
            (d == weekday and a <= clock < b) or (d == (weekday + 6) % 7 and a <= clock + 1440 < b)
            for d, a, b in store["hours"]
        ):
            minutes.append((minute, minute + 1))
    return merged(minutes)


def snapshot(raw: dict[str, Any]) -> Snapshot:
    """Translate a parsed instance; numbers become keys with leading zeros so that order stays."""
    return Snapshot(
        t0=datetime.fromtimestamp(raw["t0_epoch_min"] * 60, UTC),
        currency=raw["currency"],
        slot_min=raw["slot_min"],
        horizon_min=raw["horizon_min"],
        geo=Geo(**raw["geo"]),
        weights=Weights(raw["weights"]["savings"], raw["weights"]["margin"]),
        products=tuple(
            Product(f"p{one['id']:05}", one["category"], one["ref_price"])
            for one in raw["products"]
        ),
        stores=tuple(_store(raw, one) for one in raw["stores"]),
        offers=tuple(_offer(one) for one in raw["offers"]),
        intents=tuple(_intent(one) for one in raw["intents"]),
    )


def _store(raw: dict[str, Any], one: dict[str, Any]) -> Store:
    return Store(
        key=f"s{one['id']:05}",
        latitude_udeg=one["lat"],
        longitude_udeg=one["lon"],
        open=open_minutes(raw, one),
        blocked=tuple(map(tuple, one["blocked"])),
        capacity_per_slot=one["capacity"],
        capacity_overrides=tuple(map(tuple, one["capacity_overrides"])),
        max_parallel=one["max_parallel"],
        first_window_bonus_minor=one["first_window_bonus"],
    )


def _offer(one: dict[str, Any]) -> Offer:
    base = one["base_price"]
    return Offer(
        key=f"o{one['id']:05}",
        store=f"s{one['store']:05}",
        product=f"p{one['product']:05}",
        stock=one["stock"],
        base_price_minor=base,
        unit_cost_minor=one["unit_cost"],
        floor_price_minor=0,
        tiers=tuple(
            Tier(size, base * (1000 - discount) // 1000) for size, discount in one["tiers"]
        ),
        max_group=one["stock"],
        window_slots=one["window_slots"],
        min_lead_min=one["min_lead"],
        window_cost_minor=one["window_cost"],
        no_show_cost_minor=one["no_show_cost"],
        mandate=True,
    )


def _intent(one: dict[str, Any]) -> Intent:
    return Intent(
        key=f"i{one['id']:05}",
        person=f"b{one['id']:05}",
        wants=tuple(Want(f"p{product:05}", limit) for product, limit in one["wants"]),
        latitude_udeg=one["lat"],
        longitude_udeg=one["lon"],
        max_distance_m=one["max_dist"],
        available=tuple(map(tuple, one["avail"])),
        quantity=one["qty"],
        show_permille=one["show"],
        travel_cost_minor_per_km=one["travel_cost"],
        wait_cost_minor_per_hour=one["wait_cost"],
        aging_minor=one["aging"],
        min_notice_min=one["min_notice"],
    )

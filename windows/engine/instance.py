"""Read benchmark instances (``fpw-matching/1``) as snapshots, and write solutions.

The format and its rules: ``matching/README.md`` of the benchmark, sections 2, 3 and 6. Numbers
become keys with leading zeros, so that the order of keys is the order of numbers.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from windows.engine.intervals import Intervals, common, merged
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

FORMAT = "fpw-matching/1"
EXPECTATION = Parameters(
    tier_by=CountBy.EXPECTED,
    room_by=CountBy.INTENTS,
    overlap_allowed=True,
    places_max=10_000_000,
    version="benchmark",
)
_DAY = 1440


class UnreadableInstance(ValueError):
    """An instance that cannot be used; says where and why."""


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance by name, as the engine's snapshot."""

    name: str
    snapshot: Snapshot


def read(content: bytes) -> Instance:
    """Read the bytes of a file, packed with gzip or not; raises ``UnreadableInstance``."""
    try:
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        raw = json.loads(content.decode())
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableInstance(f"not JSON: {error}") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise UnreadableInstance(f"format is not {FORMAT}")
    try:
        _check(raw)
        return Instance(str(raw["id"]), snapshot(raw))
    except UnreadableInstance:
        raise
    except (KeyError, TypeError, ValueError, IndexError, OverflowError, ArithmeticError) as error:
        raise UnreadableInstance(f"{type(error).__name__}: {error}") from error


def snapshot(raw: dict[str, Any]) -> Snapshot:
    """Translate a parsed instance."""
    return Snapshot(
        t0=datetime.fromtimestamp(raw["t0_epoch_min"] * 60, UTC),
        currency=raw["currency"],
        slot_min=raw["slot_min"],
        horizon_min=raw["horizon_min"],
        geo=Geo(**raw["geo"]),
        weights=Weights(raw["weights"]["savings"], raw["weights"]["margin"]),
        products=tuple(
            Product(f"p{one['id']:06}", one["category"], one["ref_price"])
            for one in raw["products"]
        ),
        stores=tuple(_store(raw, one) for one in raw["stores"]),
        offers=tuple(_offer(one) for one in raw["offers"]),
        intents=tuple(_intent(one) for one in raw["intents"]),
    )


def open_minutes(raw: dict[str, Any], hours: Iterable[list[int]]) -> Intervals:
    """Expand weekly local hours to absolute minutes (3.1)."""
    horizon, epoch = raw["horizon_min"], raw["t0_epoch_min"]
    offsets = raw["utc_offsets"]
    ends = [since for since, _ in offsets[1:]] + [horizon]
    found: list[tuple[int, int]] = []
    for place, ((since, shift), until) in enumerate(zip(offsets, ends, strict=True)):
        first = 0 if place == 0 else max(0, since)
        inside = ((first, min(until, horizon)),)
        midnight = (epoch + inside[0][0] + shift) // _DAY - 1
        last = (epoch + inside[0][1] + shift) // _DAY
        stretches = merged(
            (day * _DAY - epoch - shift + a, day * _DAY - epoch - shift + min(b, 2 * _DAY))
            for day in range(midnight, last + 1)
            for weekday, a, b in hours
            if (day + 3) % 7 == weekday
        )
        found.extend(common(stretches, inside))
    return merged(found)


def solution(name: str, windows: Iterable[tuple[str, int, tuple[str, ...]]]) -> dict[str, Any]:
    """Return ``fpw-solution/1`` for windows of (offer key, start, intent keys)."""
    return {
        "format": "fpw-solution/1",
        "instance": name,
        "windows": [
            {"offer": int(offer[1:]), "start": start, "intents": [int(key[1:]) for key in intents]}
            for offer, start, intents in sorted(windows)
        ],
    }


def _store(raw: dict[str, Any], one: dict[str, Any]) -> Store:
    return Store(
        key=f"s{one['id']:06}",
        latitude_udeg=one["lat"],
        longitude_udeg=one["lon"],
        open=open_minutes(raw, one["hours"]),
        blocked=tuple((since, until) for since, until in one["blocked"]),
        capacity_per_slot=one["capacity"],
        capacity_overrides=tuple((a, b, room) for a, b, room in one["capacity_overrides"]),
        max_parallel=one["max_parallel"],
        first_window_bonus_minor=one["first_window_bonus"],
    )


def _offer(one: dict[str, Any]) -> Offer:
    base = one["base_price"]
    return Offer(
        key=f"o{one['id']:06}",
        store=f"s{one['store']:06}",
        product=f"p{one['product']:06}",
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
        key=f"i{one['id']:06}",
        person=f"b{one['id']:06}",
        wants=tuple(Want(f"p{product:06}", limit) for product, limit in one["wants"]),
        latitude_udeg=one["lat"],
        longitude_udeg=one["lon"],
        max_distance_m=one["max_dist"],
        available=tuple((since, until) for since, until in one["avail"]),
        quantity=one["qty"],
        show_permille=one["show"],
        travel_cost_minor_per_km=one["travel_cost"],
        wait_cost_minor_per_hour=one["wait_cost"],
        aging_minor=one["aging"],
        min_notice_min=one["min_notice"],
    )


def _check(raw: dict[str, Any]) -> None:
    """Refuse what would be misread: numbers out of place and references to nothing."""
    if raw["slot_min"] < 1 or raw["horizon_min"] < 0 or not raw["utc_offsets"]:
        raise UnreadableInstance("slot_min, horizon_min or utc_offsets")
    for name in ("products", "stores", "offers", "intents"):
        for place, one in enumerate(raw[name]):
            if one["id"] != place:
                raise UnreadableInstance(f"{name}[{place}].id is {one['id']!r}, not {place}")
    for one in raw["offers"]:
        _require(one["store"] in range(len(raw["stores"])), "offers", one, "store")
        _require(one["product"] in range(len(raw["products"])), "offers", one, "product")
        sizes = [size for size, _ in one["tiers"]]
        _require(bool(sizes) and sizes == sorted(set(sizes)), "offers", one, "tiers")
        _require(one["window_slots"] >= 1, "offers", one, "window_slots")
    for one in raw["intents"]:
        _require(1 <= one["show"] <= 1000, "intents", one, "show")
        _require(one["qty"] >= 1, "intents", one, "qty")
        _require(bool(one["avail"]), "intents", one, "avail")


def _require(is_right: bool, name: str, one: dict[str, Any], field: str) -> None:  # noqa: FBT001
    if not is_right:
        raise UnreadableInstance(f"{name}[{one['id']}].{field} is {one[field]!r}")

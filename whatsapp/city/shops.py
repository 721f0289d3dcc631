"""Shops of the demo city, read from their file. Pure but for reading it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commerce.places.domain import StorePlan, Tile
from commerce.pricing.domain import TermsPlan, Tier
from iceshop.kernel.geo import Point

_DATA = Path(__file__).with_name("data")
_HOURS = re.compile(r"(\d)-(\d) (\d\d):(\d\d)-(\d\d):(\d\d)")
LIRA = 100


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """What a shop sells: names, kind, price history (days ago, minor), terms, ladder, stock."""

    name_tr: str
    name_en: str
    kind: str
    history: tuple[tuple[int, int], ...]
    terms: TermsPlan
    tiers: tuple[Tier, ...]
    stock: int


@dataclass(frozen=True, slots=True)
class DemoShop:
    """A shop with the person who answers for it."""

    key: str
    plan: StorePlan
    weekly: tuple[tuple[int, int, int], ...]
    phone: str
    person: str
    products: tuple[DemoProduct, ...]


@dataclass(frozen=True, slots=True)
class DemoBuyer:
    """Somebody with a phone."""

    phone: str
    name: str
    language: str


def shops() -> tuple[DemoShop, ...]:
    """All shops of the file."""
    with (_DATA / "shops.toml").open("rb") as file:
        return tuple(_shop(entry) for entry in tomllib.load(file)["shop"])


def buyers() -> tuple[DemoBuyer, ...]:
    """All buyers of the file."""
    with (_DATA / "buyers.toml").open("rb") as file:
        return tuple(DemoBuyer(*entry) for entry in tomllib.load(file)["buyer"])


def _shop(entry: dict[str, Any]) -> DemoShop:
    plan = StorePlan(
        name=entry["name"],
        point=Point(*entry["point"]),
        timezone="Europe/Istanbul",
        people_per_five_minutes=entry["till"],
        address=entry["address"],
        neighbourhood=entry["neighbourhood"],
        window_minutes=entry["window"],
        lead_minutes=entry["lead"],
        tile=Tile(entry["tile"]),
    )
    weekly = parse_hours(entry["hours"])
    phone, person = entry["person"]
    products = tuple(_product(product) for product in entry["product"])
    return DemoShop(entry["key"], plan, weekly, phone, person, products)


def parse_hours(texts: Iterable[str]) -> tuple[tuple[int, int, int], ...]:
    """Weekly rows of texts such as ``1-5 07:30-22:00``; a close beyond 24:00 is the next day's."""
    return tuple(row for text in texts for row in _weekly(text))


def _weekly(text: str) -> list[tuple[int, int, int]]:
    found = _HOURS.fullmatch(text)
    if found is None:
        raise ValueError(f"opening hours {text!r} cannot be read")
    first, last, h1, m1, h2, m2 = (int(part) for part in found.groups())
    return [(day, h1 * 60 + m1, h2 * 60 + m2) for day in range(first, last + 1)]


def _product(entry: dict[str, Any]) -> DemoProduct:
    least, most = entry["people"]
    percents = [Tier.percent(people, percent * 100) for people, percent in entry.get("ladder", [])]
    words = [
        Tier.words(people, tr, en, cost * LIRA) for people, tr, en, cost in entry.get("words", [])
    ]
    return DemoProduct(
        name_tr=entry["tr"],
        name_en=entry["en"],
        kind=entry["kind"],
        history=tuple((days, price * LIRA) for days, price in entry["history"]),
        terms=TermsPlan(
            min_people=least,
            max_people=most,
            unit_cost_minor=entry["cost"] * LIRA,
            floor_price_minor=entry["floor"] * LIRA,
        ),
        tiers=tuple(percents + words),
        stock=entry["stock"],
    )

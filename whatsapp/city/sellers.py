"""Shops that nobody invented by hand: made from a seed, in real neighbourhoods. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from commerce.places.domain import StorePlan, Tile
from commerce.pricing.domain import TermsPlan, Tier
from iceshop.kernel.geo import Point
from whatsapp.city.shops import LIRA, DemoProduct, DemoShop, parse_hours, shops
from whatsapp.nlu.lexicon import PlaceEntry, bundled

_TRADES = Path(__file__).with_name("data") / "trades.toml"
# About 400 m to each side: the shops of a neighbourhood are not in one spot.
_SPREAD_DEGREES = 0.0035
_FIRST_PHONE = 905_552_000_000
_OWNERS = (
    *("Selin", "Hakan", "Ayşe", "Burak", "Emine", "Murat", "Deniz", "Zehra", "Cem", "Derya"),
    *("Kerem", "Nur", "Tolga", "Pınar", "Serkan", "Leyla", "Umut", "Gül", "Ozan", "Sibel"),
)
_FAMILIES = ("Acar", "Demir", "Kurt", "Şen", "Kaya", "Aydın", "Öztürk", "Yıldız", "Çelik", "Koç")
# Steps as (people beyond the smallest group, percent off).
_LADDERS = (((0, 10), (3, 15), (8, 20)), ((0, 8), (4, 12)), ((0, 12), (5, 18)), ((0, 10), (6, 16)))


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of shop as the file describes it."""

    names: tuple[str, ...]
    tile: Tile
    hours: tuple[str, ...]
    till: tuple[int, int]
    products: tuple[tuple[Any, ...], ...]


@cache
def trades() -> tuple[Trade, ...]:
    """All kinds of shops of the file."""
    return tuple(
        Trade(
            tuple(entry["name"]),
            Tile(entry["tile"]),
            tuple(entry["hours"]),
            (entry["till"][0], entry["till"][1]),
            tuple(tuple(product) for product in entry["products"]),
        )
        for entry in _file()["trade"]
    )


@cache
def areas() -> tuple[PlaceEntry, ...]:
    """Neighbourhoods in which shops lie."""
    places = (bundled().place(name) for name in _file()["areas"])
    return tuple(place for place in places if place is not None)


@cache
def _file() -> dict[str, Any]:
    with _TRADES.open("rb") as file:
        return tomllib.load(file)


def city_shops(count: int, seed: int) -> tuple[DemoShop, ...]:
    """The first ``count`` shops of a city: those of the demo, then generated ones."""
    known = shops()
    chance = Random(f"{seed}:shops")  # noqa: S311 - a played city has no secrets
    taken = {shop.plan.name for shop in known}
    made = (_made(index, chance, taken) for index in range(max(0, count - len(known))))
    return (*known[:count], *made)


def _made(index: int, chance: Random, taken: set[str]) -> DemoShop:
    # Round by round: each neighbourhood gets one shop of a trade before the next trade comes.
    area = areas()[index % len(areas())]
    trade = trades()[(index // len(areas()) + index) % len(trades())]
    name = _name(chance.choice(trade.names).format(place=area.name), taken)
    till = chance.randint(*trade.till)
    lead, window = chance.choice(((5, 20), (10, 20), (15, 20), (20, 30)))
    plan = StorePlan(
        name=name,
        point=_near(area.point, chance),
        timezone="Europe/Istanbul",
        people_per_five_minutes=till,
        neighbourhood=area.name,
        window_minutes=window,
        lead_minutes=lead,
        tile=trade.tile,
    )
    count = chance.randint(1, len(trade.products))
    return DemoShop(
        key=f"city-{index + 1:03d}",
        plan=plan,
        weekly=parse_hours((chance.choice(trade.hours),)),
        phone=str(_FIRST_PHONE + index),
        person=f"{chance.choice(_OWNERS)} {chance.choice(_FAMILIES)}",
        products=tuple(_product(entry, chance) for entry in trade.products[:count]),
    )


def _name(name: str, taken: set[str]) -> str:
    """``name``, numbered where another shop has it; noted as taken."""
    others = (f"{name} {number}" for number in range(2, len(taken) + 3))
    free = next(one for one in (name, *others) if one not in taken)
    taken.add(free)
    return free


def _near(point: Point, chance: Random) -> Point:
    def shift() -> float:
        return chance.uniform(-_SPREAD_DEGREES, _SPREAD_DEGREES)

    return Point(round(point.latitude + shift(), 5), round(point.longitude + shift(), 5))


def _product(entry: tuple[Any, ...], chance: Random) -> DemoProduct:
    name_tr, name_en, kind, least, most, cost_share, group, stock = entry
    price = chance.randrange(least, most + 1, 5) if most - least >= 10 else least
    before = price + chance.choice((0, 0, 5)) if price >= 50 else price
    ladder = chance.choice(_LADDERS)
    # The floor is what the ladder gives at most, or leaves room for a counter.
    floor = price * (100 - ladder[-1][1] - chance.choice((0, 3, 6))) // 100
    return DemoProduct(
        name_tr=name_tr,
        name_en=name_en,
        kind=kind,
        history=((60, before * LIRA), (35, price * LIRA)),
        terms=TermsPlan(
            min_people=group,
            max_people=chance.choice((12, 16, 20)),
            unit_cost_minor=price * cost_share * LIRA // 100,
            floor_price_minor=floor * LIRA,
            answers_by_rule=chance.random() < 0.1,
        ),
        tiers=tuple(Tier.percent(group + more, percent * 100) for more, percent in ladder),
        stock=chance.randint(stock // 3, stock),
    )

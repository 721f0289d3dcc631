"""Readings and facts in the few words of a story file."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from iceshop.kernel.money import Money
from iceshop.kernel.time import TimeRange, at_local, local_day
from whatsapp.dialogue.events import Attached, Event, Pressed, Said, Shared, Unreadable
from whatsapp.dialogue.facts import (
    ActiveWindowFacts,
    AskFacts,
    Facts,
    LookupFacts,
    NearPlace,
    OpenIntentFacts,
    StoreFacts,
)
from whatsapp.nlu.reading import (
    Act,
    Budget,
    DiscountTier,
    Hours,
    Place,
    Reading,
    StockItem,
    Wanted,
)

_PLAIN = (
    *("product", "quantity", "unit", "radius_m", "any_time", "any_budget"),
    *("abuse", "minor", "distress"),
)
ZONE = ZoneInfo("Europe/Istanbul")
NOW = datetime(2026, 3, 11, 10, 20, tzinfo=ZONE)


def clock(text: str, now: datetime = NOW) -> datetime:
    """``14:00`` today, ``+1 14:00`` tomorrow."""
    days, _, time = text.rpartition(" ")
    hour, minute = map(int, time.split(":"))
    day = local_day(now, ZONE) + timedelta(days=int(days or 0))
    return at_local(day, hour * 60 + minute, ZONE)


def lira(amount: float | None) -> Money | None:
    return None if amount is None else Money(round(amount * 100), "TRY")


def event(turn: dict[str, Any], language: str, now: datetime) -> Event:
    """The event of one turn of a story."""
    if "pressed" in turn:
        return Pressed(turn["pressed"])
    if "pin" in turn:
        return Shared(Point(*turn["pin"]))
    if "attached" in turn:
        return Attached(turn["attached"])
    if "unreadable" in turn:
        return Unreadable(turn["unreadable"])
    said = reading(turn["said"], language, now)
    return Said(said, turn.get("spoken", False), turn.get("text", ""))


def reading(said: dict[str, Any], language: str, now: datetime) -> Reading:
    """``{act, product, time = ["13:00", "16:00"], place, budget, people...}``."""
    plain = {name: said[name] for name in _PLAIN if name in said}
    full = Reading(Act(said["act"]), said.get("language", language), 1.0, **plain)
    full = replace(full, group_size=said.get("people"), variant=tuple(said.get("variant", ())))
    full = replace(full, unknown_words=tuple(said.get("unknown", ())))
    if "time" in said:
        ends = [clock(text, now) for text in said["time"]]
        full = replace(full, intervals=(TimeRange(*ends),))
    if "place" in said:
        full = replace(full, place=place(said["place"]))
    if "budget" in said:
        full = replace(full, budget=Budget(said["budget"] * 100, per=said.get("per", "total")))
    also = tuple(Wanted(name) for name in said.get("also", ()))
    items = tuple(item(entry) for entry in said.get("items", ()))
    hours = tuple(
        Hours(tuple(e["days"]), e.get("opens"), e.get("closes")) for e in said.get("hours", ())
    )
    tiers = tuple(DiscountTier(**tier) for tier in said.get("discounts", ()))
    return replace(full, also=also, items=items, hours=hours, discounts=tiers)


def place(text: str) -> Place:
    """A name, or ``@here`` and its kin."""
    return Place(special=text[1:]) if text.startswith("@") else Place((text,))


def item(entry: dict[str, Any]) -> StockItem:
    price = Budget(entry["price"] * 100, per="each") if "price" in entry else None
    return StockItem(entry.get("product"), (), entry.get("stock"), entry.get("unit"), price)


def facts(given: dict[str, Any], now: datetime) -> Facts:
    """Facts from a story's table; ``intent``, ``window``, ``ask``, ``store`` are tables of it."""
    plain = ("language", "is_first_contact", "consent", "opted_out", "role", "taken_over")
    full = Facts(now=now, zone=ZONE, **{name: given[name] for name in plain if name in given})
    if given.get("intent"):
        full = replace(full, open_intent=_intent(given["intent"]))
    if given.get("window"):
        full = replace(full, active=_window(given["window"]))
    if given.get("ask"):
        full = replace(full, live_ask=_ask(given["ask"]))
    if given.get("store"):
        store = {"key": "s1", "name": "Moda Fırın", **given["store"]}
        store["products"] = tuple(store.get("products", ()))
        full = replace(full, store=StoreFacts(**store))
    if given.get("lookup"):
        full = replace(full, lookup=_lookup(given["lookup"]))
    return full


def _lookup(given: dict[str, Any]) -> LookupFacts:
    """What is known of product and place; near places as ``[name, latitude, longitude]``."""
    values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in given.items()}
    if "nearest_places" in values:
        values["nearest_places"] = tuple(
            NearPlace(name, Point(*point)) for name, *point in values["nearest_places"]
        )
    return LookupFacts(**values)


def _timed(values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**values, **{name: clock(values[name]) for name in names if name in values}}


def _intent(given: dict[str, Any]) -> OpenIntentFacts:
    return OpenIntentFacts(**_timed({"key": "i1", "product": "kahve", **given}, "answer_by"))


def _window(given: dict[str, Any]) -> ActiveWindowFacts:
    values = {
        "key": "w1",
        "status": "invited",
        "product": "kahve",
        "store": "Moda Fırın",
        "starts_at": "14:00",
        "ends_at": "14:20",
        "price": 118,
        "answer_by": "13:40",
        "panel_link": "https://iceshop.example/w/abc",
        "code": "K7M2XQ",
        **given,
    }
    values |= {"price": lira(values["price"]), "before": lira(values.get("before"))}
    instants = ("starts_at", "ends_at", "answer_by", "cancel_free_until", "told_at")
    return ActiveWindowFacts(**_timed(values, *instants))


def _ask(given: dict[str, Any]) -> AskFacts:
    values = {
        "key": "a1",
        "product": "kruvasan",
        "people": 12,
        "most_people": 12,
        "starts_at": "+1 15:00",
        "ends_at": "+1 15:20",
        "price": 100,
        "asked": 90,
        "answer_by": "13:10",
        **given,
    }
    values |= {name: lira(values.get(name)) for name in ("price", "asked", "cost", "floor")}
    return AskFacts(**_timed(values, "starts_at", "ends_at", "answer_by", "told_at"))

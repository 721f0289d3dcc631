"""Readings and questions in the shape of the development corpora."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from iceshop.kernel.geo import Point
from iceshop.kernel.money import exponent
from whatsapp.nlu.reading import (
    Act,
    Budget,
    DiscountTier,
    Hours,
    Place,
    Question,
    Reading,
    StockItem,
    Wanted,
)

ZONE = ZoneInfo("Europe/Istanbul")


def question_of(context: Mapping[str, Any] | None) -> Question | None:
    """The question of a corpus line's ``context``."""
    if not context:
        return None
    return Question(
        str(context["ask"]), str(context.get("text", "")), str(context.get("lang", "tr"))
    )


def pin_of(pin: Mapping[str, Any] | None) -> Point | None:
    """The shared location of a corpus line."""
    return Point(float(pin["lat"]), float(pin["lon"])) if pin else None


def instant_of(stamp: str) -> datetime:
    """An ISO stamp as an aware instant; without an offset it is Istanbul's wall time."""
    instant = datetime.fromisoformat(stamp)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=ZONE)


def expect(reading: Reading) -> dict[str, Any]:
    """``reading`` as the corpora's ``expect``; slots that were not said are left out."""
    slots: dict[str, Any] = {
        "lang": reading.language,
        "act": reading.act.value,
        "product": reading.product,
        "variant": list(reading.variant),
        "quantity": _number(reading.quantity),
        "unit": reading.unit,
        "also": [_wanted(more) for more in reading.also],
        "group_size": None if reading.act is Act.CONFIRM else reading.group_size,
        "intervals": "any" if reading.any_time else intervals(reading),
        "place": _place(reading.place),
        "radius_m": reading.radius_m,
        "budget": "any" if reading.any_budget else _budget(reading.budget),
        "items": [_item(item) for item in reading.items],
        "discounts": [_tier(tier) for tier in reading.discounts if not tier.gift],
        "hours": [_hours(hours) for hours in reading.hours],
    }
    return {name: value for name, value in slots.items() if value not in (None, [], {})}


def intervals(reading: Reading) -> list[dict[str, str]]:
    """The intervals as Istanbul's wall times with their offset."""
    return [
        {
            "start": span.start.astimezone(ZONE).isoformat(),
            "end": span.end.astimezone(ZONE).isoformat(),
        }
        for span in reading.intervals
    ]


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _said(**slots: Any) -> dict[str, Any]:
    return {name: value for name, value in slots.items() if value not in (None, [])}


def _wanted(more: Wanted) -> dict[str, Any]:
    return _said(product=more.product, quantity=_number(more.quantity), unit=more.unit)


def _amount(minor: int | None, currency: str) -> float | int | None:
    return None if minor is None else _number(minor / 10 ** exponent(currency))


def _budget(budget: Budget | None) -> dict[str, Any] | None:
    if budget is None:
        return None
    most = _amount(budget.amount_minor, budget.currency)
    least = _amount(budget.min_minor, budget.currency)
    return _said(amount=most, currency=budget.currency, per=budget.per, min=least)


def _place(place: Place | None) -> str | list[str] | None:
    if place is None:
        return None
    if place.special is not None:
        return {"pin": "@pin", "here": "@here"}.get(place.special, place.special)
    return place.names[0] if len(place.names) == 1 else list(place.names)


def _item(item: StockItem) -> dict[str, Any]:
    return _said(
        product=item.product,
        variant=list(item.variant),
        stock=_number(item.stock),
        unit=item.unit,
        price=_budget(item.price),
    )


def _tier(tier: DiscountTier) -> dict[str, Any]:
    return _said(
        percent=None if tier.percent_bp is None else _number(tier.percent_bp / 100),
        amount_off=_amount(tier.amount_off_minor, "TRY"),
        unit_price=_amount(tier.unit_price_minor, "TRY"),
        min_people=tier.min_people,
        min_quantity=tier.min_quantity,
    )


def _hours(hours: Hours) -> dict[str, Any]:
    if hours.opens is None or hours.closes is None:
        return {"days": list(hours.days), "closed": True}
    return {"days": list(hours.days), "open": _clock(hours.opens), "close": _clock(hours.closes)}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

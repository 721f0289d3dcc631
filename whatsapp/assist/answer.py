"""From a model's answer to a reading: the form checked, then every value against the message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from iceshop.kernel.money import exponent
from iceshop.kernel.text import clean
from whatsapp.assist.domain import SUGGESTED_ACTS, Query
from whatsapp.assist.grounding import Ground
from whatsapp.nlu.reading import Act, Budget, Place, Reading, Wanted

_NAME_LENGTH = 80
_MOST_LIST = 10
_MOST_PEOPLE = 500
_MOST_AMOUNT = 10_000_000
_UNITS = frozenset("kg g l portion box pack crate glass bowl scoop pair m2".split())
_PERS = frozenset(("total", "each", "person", "kg", "pair", "m2"))
_SLOTTED = frozenset({Act.DECLARE, Act.INFORM})
_PRODUCT_ONLY = frozenset({Act.ASK_STATUS, Act.COMPLAINT})


class Malformed(Exception):
    """The answer does not fit the form."""


def suggestion(given: object, query: Query, reading: Reading) -> Reading | None:
    """The reading that an answer suggests in place of ``reading``; ``None`` when there is none.

    What the message does not hold is dropped; slots that the rules found stay where the answer has
    nothing better.
    """
    try:
        answer = _Answer(given if isinstance(given, Mapping) else {})
        act = _act(answer)
        bare = Reading(act, reading.language, reading.confidence)
        bare = replace(bare, unknown_words=reading.unknown_words, acts=reading.acts)
        if act in _SLOTTED:
            return _with_slots(answer, Ground(query, reading), bare, reading)
        if act in _PRODUCT_ONLY:
            return replace(bare, product=_product(answer, Ground(query, reading)))
    except Malformed:
        return None
    return bare


@dataclass(frozen=True, slots=True)
class _Answer:
    """A JSON object whose values are read with their type."""

    given: Mapping[str, Any]

    def text(self, name: str) -> str | None:
        value = self.given.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise Malformed(name)
        return clean(value, _NAME_LENGTH).strip() or None

    def number(self, name: str, most: float) -> float | None:
        value = self.given.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
            raise Malformed(name)
        return float(value)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.items(name)
        if not all(isinstance(value, str) for value in values):
            raise Malformed(name)
        cleaned = (clean(value, _NAME_LENGTH).strip() for value in values)
        return tuple(value for value in cleaned if value)

    def objects(self, name: str) -> tuple[_Answer, ...]:
        values = self.items(name)
        if not all(isinstance(value, Mapping) for value in values):
            raise Malformed(name)
        return tuple(_Answer(value) for value in values)

    def items(self, name: str) -> list[Any]:
        value = self.given.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > 4 * _MOST_LIST:
            raise Malformed(name)
        return value


def _act(answer: _Answer) -> Act:
    name = answer.text("act")
    if name not in set(Act) or Act(name) not in SUGGESTED_ACTS:
        raise Malformed("act")
    return Act(name)


def _with_slots(answer: _Answer, ground: Ground, bare: Reading, reading: Reading) -> Reading:
    product = _product(answer, ground) or reading.product
    quantity = answer.number("quantity", _MOST_AMOUNT)
    has_quantity = ground.holds(quantity)
    people = answer.number("group_size", _MOST_PEOPLE)
    radius = answer.number("radius_m", 100_000)
    return replace(
        bare,
        product=product,
        variant=_named(answer.texts("variant"), ground) or reading.variant,
        quantity=quantity if has_quantity else reading.quantity,
        unit=_unit(answer) if has_quantity else reading.unit,
        also=_also(answer, ground, product) or reading.also,
        group_size=int(people) if people and ground.holds(people) else reading.group_size,
        intervals=() if reading.any_time else _intervals(answer, ground) or ground.spans,
        any_time=reading.any_time,
        place=reading.place or _place(answer, ground),
        radius_m=int(radius) if radius and ground.holds_distance(int(radius)) else reading.radius_m,
        budget=reading.budget or _budget(answer, ground),
        any_budget=reading.any_budget,
    )


def _product(answer: _Answer, ground: Ground) -> str | None:
    name = answer.text("product")
    if name is None or not ground.names(name):
        return None
    return ground.resolve(name, "ask_product").product or name


def _named(values: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    return tuple(value for value in values[:_MOST_LIST] if ground.names(value))


def _unit(answer: _Answer) -> str | None:
    unit = answer.text("unit")
    return unit if unit in _UNITS else None


def _also(answer: _Answer, ground: Ground, main: str | None) -> tuple[Wanted, ...]:
    found = []
    for part in answer.objects("also")[:_MOST_LIST]:
        product, quantity = _product(part, ground), part.number("quantity", _MOST_AMOUNT)
        if product and product != main:
            is_said = ground.holds(quantity)
            unit = _unit(part) if is_said else None
            found.append(Wanted(product, quantity if is_said else None, unit))
    return tuple(found)


def _intervals(answer: _Answer, ground: Ground) -> tuple[Any, ...]:
    spans = []
    for part in answer.objects("intervals"):
        try:
            ends = [datetime.fromisoformat(part.text(name) or "") for name in ("start", "end")]
        except ValueError:
            raise Malformed("intervals") from None
        if any(moment.tzinfo is None for moment in ends):
            ends = [moment.replace(tzinfo=ground.query.zone) for moment in ends]
        spans.append((ends[0], ends[1]))
    return ground.keep_spans(spans)


def _place(answer: _Answer, ground: Ground) -> Place | None:
    names = _named(answer.texts("place"), ground)
    if len(names) == 1:
        return ground.resolve(names[0], "ask_place").place or Place(names)
    return Place(names) if names else None


def _budget(answer: _Answer, ground: Ground) -> Budget | None:
    given = answer.given.get("budget")
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise Malformed("budget")
    said = _Answer(given)
    amount, least = said.number("amount", _MOST_AMOUNT), said.number("min", _MOST_AMOUNT)
    currency, per = said.text("currency") or "TRY", said.text("per") or "total"
    if amount is None or currency not in ("TRY", "USD", "EUR", "GBP") or per not in _PERS:
        raise Malformed("budget")
    if not ground.holds(amount) or not ground.holds_currency(currency):
        return None
    scale = 10 ** exponent(currency)
    has_least = least is not None and least < amount and ground.holds(least)
    return Budget(
        round(amount * scale), currency, per, round((least or 0) * scale) if has_least else None
    )

"""What the style page shows: one afternoon at one bakery, fixed for pictures and tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from iceshop.infra.draw.groups import STATES, states_from_counts
from iceshop.kernel.geo import Point
from iceshop.kernel.money import Money, show

STARTS_AT = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
ENDS_AT = STARTS_AT + timedelta(minutes=20)
NOW = ENDS_AT - timedelta(minutes=12, seconds=40)
SHOP = Point(40.98437, 29.02568)
BUYER = Point(40.98210, 29.02905)

COLOURS = (
    *("bg", "surface", "sunken", "text", "text-2", "line", "edge", "lake", "on-lake", "lake-soft"),
    *("link", "ice-1", "ice-2", "ice-3", "now", "on-now", "now-soft", "now-text", "ok", "on-ok"),
    *("ok-soft", "ok-text", "warn", "warn-soft", "warn-text", "bad", "on-bad", "bad-soft"),
    *("bad-text", "focus"),
)


@dataclass(frozen=True, slots=True)
class ArrivalSlot:
    """A stack of cubes at a time."""

    at: datetime
    states: tuple[str, ...]
    current: bool


def steps(language: str) -> list[tuple[int, str]]:
    """Three price steps of a group of 18."""
    prices = ((6, 12500), (10, 11800), (18, 11000))
    return [(people, show(Money(minor, "TRY"), language)) for people, minor in prices]


def group() -> tuple[str, ...]:
    """Sixteen people in the middle of a window."""
    return states_from_counts(redeemed=3, arrived=2, coming=4, confirmed=6, unanswered=1)


def arrivals() -> list[ArrivalSlot]:
    """Six slots of five minutes, the third being now."""
    stacks = (
        ("redeemed",),
        ("redeemed", "redeemed", "arrived", "arrived"),
        ("coming",) * 4,
        ("confirmed",) * 3,
        ("confirmed",) * 2,
        ("confirmed", "unanswered"),
    )
    first = STARTS_AT - timedelta(minutes=5)
    return [
        ArrivalSlot(first + timedelta(minutes=5 * index), states, index == 2)
        for index, states in enumerate(stacks)
    ]


def all_states() -> tuple[str, ...]:
    """Every state that a cube has."""
    return STATES

"""Bars of a histogram as rectangles. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 320, 120
_GAP = 4
# The tallest bar fills the height; equal bars reach half of it.
_LEVEL = HEIGHT / 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar that stands on the ground, in units of the picture."""

    x: float
    y: float
    width: float
    height: float


def bars(values: Sequence[float]) -> tuple[Bar, ...]:
    """Bars side by side; where all are equal, each reaches the level in the middle."""
    total = sum(values)
    width = WIDTH / max(1, len(values)) - _GAP
    found = []
    for place, value in enumerate(values):
        height = min(HEIGHT, _LEVEL * value * len(values) / total) if total else 0.0
        left = place * (width + _GAP) + _GAP / 2
        found.append(
            Bar(round(left, 1), round(HEIGHT - height, 1), round(width, 1), round(height, 1))
        )
    return tuple(found)

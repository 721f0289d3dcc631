"""Sparkline: a short history as a polyline that ends in a cube."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 96, 28
_MARGIN = 4


@dataclass(frozen=True, slots=True)
class Spark:
    """``points`` of the polyline, and the middle of the cube at its end."""

    points: str
    end_x: float
    end_y: float


def spark(values: Sequence[float]) -> Spark | None:
    """Scale ``values`` into 96 by 28; ``None`` for fewer than two."""
    if len(values) < 2:
        return None
    low, high = min(values), max(values)
    spread = (high - low) or 1
    step = (WIDTH - 2 * _MARGIN) / (len(values) - 1)
    points = [
        (
            round(_MARGIN + index * step, 1),
            round(HEIGHT - _MARGIN - (value - low) / spread * (HEIGHT - 2 * _MARGIN), 1),
        )
        for index, value in enumerate(values)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in points), *points[-1])

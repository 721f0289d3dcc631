"""The shape of a webhook body: which keys hold which kinds of value."""

from __future__ import annotations

import json
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "webhook" / "tests" / "payloads"


def shape(value: object, path: str = "") -> set[tuple[str, str]]:
    """Every path in ``value`` with the kind of value that stands there."""
    if isinstance(value, dict):
        found = {(path, "object")}
        for key, inner in value.items():
            found |= shape(inner, f"{path}.{key}")
        return found
    if isinstance(value, list):
        return {(path, "list")}.union(*(shape(item, f"{path}[]") for item in value))
    return {(path, "number" if isinstance(value, float) else type(value).__name__)}


def sample_shape(name: str) -> set[tuple[str, str]]:
    """The shape of a recorded sample."""
    return shape(json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")))

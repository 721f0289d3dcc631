"""A round as JSON: what was known, with which parameters and seed, and what was decided.

``{"format": "iceshop-round/1", "seed", "parameters", "snapshot", "decisions"}``; the members of a
value are its fields, instants are ISO 8601, lists stand for tuples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from windows.engine.decide import decide
from windows.engine.types import Decision, Parameters, Snapshot

FORMAT = "iceshop-round/1"
T = TypeVar("T")


class UnreadableRound(ValueError):
    """A stored round that cannot be used; says why."""


def dump(
    snapshot: Snapshot, parameters: Parameters, seed: int, decisions: Iterable[Decision]
) -> str:
    """Return a round as JSON."""
    kept = {
        "format": FORMAT,
        "seed": seed,
        "parameters": asdict(parameters),
        "snapshot": asdict(snapshot),
        "decisions": [asdict(one) for one in decisions],
    }
    return json.dumps(kept, default=_plain)


def difference(text: str) -> str:
    """Decide a stored round again; return the first difference, empty when there is none.

    Raises ``UnreadableRound``.
    """
    try:
        raw = json.loads(text)
        if raw["format"] != FORMAT:
            raise UnreadableRound(f"format is not {FORMAT}")
        snapshot = _value(Snapshot, raw["snapshot"])
        parameters = _value(Parameters, raw["parameters"])
        stored = raw["decisions"]
        seed = int(raw["seed"])
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableRound(f"{type(error).__name__}: {error}") from error
    again = json.loads(json.dumps([asdict(one) for one in decide(snapshot, parameters, seed)]))
    for place, (old, new) in enumerate(zip(stored, again, strict=False)):
        if old != new:
            return f"decision {place}: stored {json.dumps(old)}, now {json.dumps(new)}"
    if len(stored) != len(again):
        return f"{len(stored)} decisions stored, now {len(again)}"
    return ""


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _value(kind: type[T], raw: Any) -> T:
    """Build a dataclass from its fields; a field that is missing takes its default."""
    hints = get_type_hints(kind)
    known = {one.name for one in fields(kind) if one.name in raw}  # type: ignore[arg-type]
    return kind(**{name: _part(hints[name], raw[name]) for name in known})


def _part(kind: Any, raw: Any) -> Any:
    if raw is None:
        return None
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_part(inner[0], one) for one in raw)
        return tuple(_part(part, one) for part, one in zip(inner, raw, strict=True))
    if is_dataclass(kind):
        return _value(kind, raw)  # type: ignore[arg-type]
    if kind is datetime:
        return datetime.fromisoformat(raw)
    return kind(raw) if isinstance(kind, type) and issubclass(kind, StrEnum) else raw

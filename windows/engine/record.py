"""A round as JSON: what was known, with which parameters and seed, and what was decided.

``{"format": "iceshop-round/1", "seed", "parameters", "snapshot", "decisions"}``; the members of a
value are its fields, instants are ISO 8601, lists stand for tuples.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from windows.engine.decide import decide
from windows.engine.types import Decision, Parameters, Snapshot

FORMAT = "iceshop-round/1"
SOLUTION = "iceshop-round-solution/1"
T = TypeVar("T")


class UnreadableRound(ValueError):
    """A stored round that cannot be used; says where and why."""


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round as it was stored; ``decisions`` are as JSON has them."""

    snapshot: Snapshot
    parameters: Parameters
    seed: int
    decisions: list[Any]


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


def is_round(text: str) -> bool:
    """Tell whether this is a stored round, readable or not, and not an instance."""
    return f'"{FORMAT.partition("/")[0]}/' in text[:200]


def load(text: str) -> StoredRound:
    """Read a stored round. Raises ``UnreadableRound``."""
    try:
        raw = json.loads(text)
    except ValueError as error:
        raise UnreadableRound(f"not JSON: {error}") from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise UnreadableRound(f"format is not {FORMAT}")
    try:
        return StoredRound(
            snapshot=_value(Snapshot, raw["snapshot"], "snapshot"),
            parameters=_value(Parameters, raw["parameters"], "parameters"),
            seed=_part(int, raw["seed"], "seed"),
            decisions=_listed(raw["decisions"], "decisions"),
        )
    except KeyError as error:
        raise UnreadableRound(f"{error.args[0]} is missing") from error


def difference(stored: StoredRound) -> str:
    """Decide a stored round again; return the first difference, empty when there is none."""
    decided = decide(stored.snapshot, stored.parameters, stored.seed)
    again = json.loads(json.dumps([asdict(one) for one in decided]))
    for place, (old, new) in enumerate(zip(stored.decisions, again, strict=False)):
        if old != new:
            return f"decision {place}: stored {json.dumps(old)}, now {json.dumps(new)}"
    if len(stored.decisions) != len(again):
        return f"{len(stored.decisions)} decisions stored, now {len(again)}"
    return ""


def solution(name: str, windows: Iterable[tuple[str, int, tuple[str, ...]]]) -> dict[str, Any]:
    """Return the new windows of a round: (offer key, start, intent keys)."""
    return {
        "format": SOLUTION,
        "round": name,
        "windows": [
            {"offer": offer, "start": start, "intents": sorted(intents)}
            for offer, start, intents in sorted(windows)
        ],
    }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _listed(raw: Any, place: str) -> list[Any]:
    if not isinstance(raw, list):
        raise UnreadableRound(f"{place} is not a list")
    return raw


def _value(kind: type[T], raw: Any, place: str) -> T:
    """Build a dataclass from its fields; a field that is missing takes its default."""
    if not isinstance(raw, dict):
        raise UnreadableRound(f"{place} is {raw!r}")
    hints = get_type_hints(kind)
    known = {one.name for one in fields(kind) if one.name in raw}  # type: ignore[arg-type]
    parts = {name: _part(hints[name], raw[name], f"{place}.{name}") for name in known}
    try:
        return kind(**parts)
    except (TypeError, ValueError) as error:
        raise UnreadableRound(f"{place}: {error}") from error


def _part(kind: Any, raw: Any, place: str) -> Any:
    if get_origin(kind) is UnionType:
        if raw is None:
            return None
        kind = next(one for one in get_args(kind) if one is not type(None))
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), _listed(raw, place), place)
    if is_dataclass(kind):
        return _value(kind, raw, place)  # type: ignore[arg-type]
    try:
        if kind is datetime:
            return datetime.fromisoformat(raw)
        if issubclass(kind, StrEnum):
            return kind(raw)
    except (TypeError, ValueError) as error:
        raise UnreadableRound(f"{place} is {raw!r}") from error
    if type(raw) is kind or (kind is float and type(raw) is int):
        return raw
    raise UnreadableRound(f"{place} is {raw!r}")


def _tuple(inner: tuple[Any, ...], raw: list[Any], place: str) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_part(inner[0], one, f"{place}[{row}]") for row, one in enumerate(raw))
    if len(inner) != len(raw):
        raise UnreadableRound(f"{place} is {raw!r}")
    return tuple(
        _part(part, one, f"{place}[{row}]")
        for row, (part, one) in enumerate(zip(inner, raw, strict=True))
    )

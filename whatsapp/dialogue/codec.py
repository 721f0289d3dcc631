"""Frozen dataclasses to JSON values and back, by their annotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def encode(value: Any) -> Any:
    """Return ``value`` as JSON values; fields that hold their default are left out."""
    if is_dataclass(value):
        return {
            field.name: encode(getattr(value, field.name))
            for field in fields(value)
            if getattr(value, field.name) != field.default
        }
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return value


def decode(kind: type[T], stored: Mapping[str, Any]) -> T:
    """Rebuild the dataclass ``kind``; unknown keys are ignored, absent ones take their default."""
    hints: dict[str, Any] = _hints(cast("Any", kind))
    given = {name: hint for name, hint in hints.items() if name in stored}
    return kind(**{name: _value(hint, stored[name]) for name, hint in given.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, stored: Any) -> Any:
    if stored is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(option for option in get_args(hint) if option is not type(None))
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], item) for item in stored)
    if isinstance(hint, type) and is_dataclass(hint):
        return decode(hint, stored)
    if hint is datetime:
        return datetime.fromisoformat(stored)
    return stored

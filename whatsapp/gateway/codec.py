"""Items as JSON and back, so that a row can hold what the parser understood."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

from whatsapp.gateway import items
from whatsapp.gateway.items import Content

_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *typing.get_args(items.Body),
        *typing.get_args(items.Content),
        items.Sender,
        items.Referral,
        items.Pricing,
    )
}


def encode(content: Content) -> dict[str, object]:
    """Return the content as plain JSON; ``type`` names the class of each object."""
    encoded = _encode(content)
    assert isinstance(encoded, dict)
    return encoded


def decode(value: Mapping[str, object]) -> Content:
    """Return the content that ``encode`` wrote."""
    return typing.cast(Content, _decode(value))


def _encode(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        members = {part.name: _encode(getattr(value, part.name)) for part in fields(value)}
        return {"type": type(value).__name__, "value": members}
    if isinstance(value, datetime):
        return {"type": "instant", "value": value.isoformat()}
    if isinstance(value, Mapping):
        return {"type": "json", "value": dict(value)}
    if isinstance(value, tuple):
        return [_encode(part) for part in value]
    return value


def _decode(value: object) -> object:
    if isinstance(value, list):
        return tuple(_decode(part) for part in value)
    if not isinstance(value, Mapping):
        return value
    kind, inner = value["type"], value["value"]
    if kind == "instant":
        return datetime.fromisoformat(inner)
    if kind == "json":
        return inner
    return _TYPES[kind](**{name: _decode(part) for name, part in inner.items()})

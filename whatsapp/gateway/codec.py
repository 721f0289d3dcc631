"""Items and outgoing bodies as JSON and back, so that a row can hold them."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime

from whatsapp.gateway import content, items, messages
from whatsapp.gateway.items import Content
from whatsapp.gateway.messages import OutboundBody

_TYPES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        *typing.get_args(content.Body),
        *typing.get_args(items.Content),
        items.Sender,
        items.Referral,
        items.Pricing,
        *typing.get_args(messages.OutboundBody),
        messages.Button,
        messages.Row,
        messages.Section,
        messages.Parameter,
        messages.UrlButton,
        messages.QuickReply,
    )
}


def encode(value: Content | OutboundBody) -> dict[str, object]:
    """Return the value as plain JSON; ``type`` names the class of each object."""
    return typing.cast(dict[str, object], _encode(value))


def decode_content(value: Mapping[str, object]) -> Content:
    """Return the content of an item that ``encode`` wrote."""
    return typing.cast(Content, _decode(value))


def decode_body(value: Mapping[str, object]) -> OutboundBody:
    """Return the outgoing body that ``encode`` wrote."""
    return typing.cast(OutboundBody, _decode(value))


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


def _decode(value: typing.Any) -> typing.Any:
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

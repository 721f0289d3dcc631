"""States of a call, groups of how it ended, and Vapi's messages as we read them. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

_MOST_WORDS = 1000
_SKEW = timedelta(minutes=5)


class CallState(StrEnum):
    """``planned`` has not been placed; ``ended`` and ``refused`` are ends."""

    PLANNED = "planned"
    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    UNKNOWN = "unknown"
    ENDED = "ended"
    REFUSED = "refused"


class EndedGroup(StrEnum):
    """Vapi has hundreds of reasons; these decide."""

    TALKED = "talked"
    NOT_ANSWERED = "not_answered"
    FAILED = "failed"


RANK = {
    CallState.PLANNED: 0,
    CallState.UNKNOWN: 1,
    CallState.QUEUED: 1,
    CallState.RINGING: 2,
    CallState.IN_PROGRESS: 3,
    CallState.REFUSED: 4,
    CallState.ENDED: 4,
}
_NOT_ANSWERED = ("customer-did-not-answer", "customer-busy", "voicemail", "twilio-failed")


def ended_group(reason: str) -> EndedGroup:
    """What an ``endedReason`` means.

    >>> [ended_group(r).value for r in ("customer-ended-call", "customer-busy", "pipeline-error-x")]
    ['talked', 'not_answered', 'failed']
    """
    if any(reason.startswith(start) for start in _NOT_ANSWERED):
        return EndedGroup.NOT_ANSWERED
    if "error" in reason or "fail" in reason:
        return EndedGroup.FAILED
    return EndedGroup.TALKED


@dataclass(frozen=True, slots=True)
class ToolCall:
    """One thing that the assistant wants done; ``id`` names it once and for all."""

    id: str
    name: str
    arguments: Mapping[str, Any]

    def text(self, name: str) -> str:
        """An argument as a text, empty when it is none."""
        value = self.arguments.get(name)
        return value[:_MOST_WORDS] if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class ServerMessage:
    """One of Vapi's messages; what is missing is empty."""

    type: str
    call_id: str
    number: str
    is_inbound: bool
    status: str
    ended_reason: str
    cost_micros: int
    tools: tuple[ToolCall, ...]


def read_message(body: bytes) -> ServerMessage | None:
    """Read a message; ``None`` for what is none."""
    try:
        content = json.loads(body)
    except ValueError:
        return None
    message = content.get("message") if isinstance(content, dict) else None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return None
    call = _object(message.get("call"))
    customer = _object(call.get("customer")) or _object(message.get("customer"))
    cost = message.get("cost")
    return ServerMessage(
        type=message["type"],
        call_id=_text(call, "id")[:80],
        number="".join(filter(str.isdigit, _text(customer, "number")))[:15],
        is_inbound=_text(call, "type") != "outboundPhoneCall",
        status=_text(message, "status"),
        ended_reason=_text(message, "endedReason")[:80],
        cost_micros=round(cost * 1_000_000) if isinstance(cost, (int, float)) and cost > 0 else 0,
        tools=tuple(filter(None, map(_tool, _list(message.get("toolCallList"))))),
    )


def _tool(value: object) -> ToolCall | None:
    """A tool call in either of the shapes that Vapi sends."""
    found = _object(value)
    inner = _object(found.get("function")) or found
    arguments: object = next((inner[n] for n in ("parameters", "arguments") if n in inner), {})
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except ValueError:
            arguments = {}
    key, name = _text(found, "id"), _text(inner, "name")
    return ToolCall(key[:80], name[:40], _object(arguments)) if key and name else None


def is_signed(
    body: bytes, headers: Mapping[str, str], secrets: Sequence[str], now: datetime
) -> bool:
    """Whether Vapi sent ``body``: HMAC over ``<timestamp>.<body>``, or the plain secret.

    A timestamp more than five minutes away does not count. Without a secret nothing does.
    """
    plain = headers.get("X-Vapi-Secret", "")
    signature = headers.get("X-Signature", "").removeprefix("sha256=")
    stamp = headers.get("X-Timestamp", "")
    is_fresh = _is_fresh(stamp, now)
    matches = [
        hmac.compare_digest(plain.encode(), secret.encode())
        or (is_fresh and hmac.compare_digest(signature.encode(), _signature(body, stamp, secret)))
        for secret in secrets
        if secret
    ]
    return any(matches)


def signed_headers(body: bytes, *, secret: str, now: datetime) -> dict[str, str]:
    """The headers that vouch for ``body``."""
    stamp = str(int(now.timestamp()))
    return {"X-Timestamp": stamp, "X-Signature": _signature(body, stamp, secret).decode()}


def _signature(body: bytes, stamp: str, secret: str) -> bytes:
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256)
    return made.hexdigest().encode()


def _is_fresh(stamp: str, now: datetime) -> bool:
    if not stamp.isascii() or not stamp.isdigit():
        return False
    seconds = int(stamp)
    if seconds > 10**11:  # milliseconds
        seconds //= 1000
    return abs(seconds - now.timestamp()) <= _SKEW.total_seconds()


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _text(content: Mapping[str, Any], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""

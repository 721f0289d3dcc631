"""The service that this process calls with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from django.conf import settings

from whatsapp.calls.client import Vapi, VoiceCaller


@dataclass
class _Held:
    caller: VoiceCaller | None = None


_held = _Held()


def vapi(transport: httpx.BaseTransport | None = None) -> Vapi:
    """A client for the configured account."""
    wanted = settings.VOICE
    return Vapi(
        root=wanted["URL"],
        key=wanted["KEY"],
        number_id=wanted["NUMBER_ID"],
        transport=transport,
    )


def caller() -> VoiceCaller:
    """The process's client; it keeps its connections."""
    if _held.caller is None:
        _held.caller = vapi()
    return _held.caller


@contextmanager
def use(other: VoiceCaller) -> Iterator[None]:
    """Call with ``other``: for a town in one process."""
    before, _held.caller = _held.caller, other
    try:
        yield
    finally:
        _held.caller = before

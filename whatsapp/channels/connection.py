"""The gateway that this process sends SMS with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from django.conf import settings

from whatsapp.channels.gateway import HttpSmsGateway, SmsGateway


@dataclass
class _Held:
    gateway: SmsGateway | None = None


_held = _Held()


def is_set_up() -> bool:
    """Whether SMS can be sent here at all."""
    return bool(settings.SMS["URL"])


def sms_gateway(transport: httpx.BaseTransport | None = None) -> HttpSmsGateway:
    """A client for the configured gateway."""
    wanted = settings.SMS
    return HttpSmsGateway(
        root=wanted["URL"],
        key=wanted["KEY"],
        sender=wanted["SENDER"],
        callback=f"{settings.PUBLIC_URL}/webhooks/sms",
        transport=transport,
    )


def gateway() -> SmsGateway:
    """The process's gateway; it keeps its connections."""
    if _held.gateway is None:
        _held.gateway = sms_gateway()
    return _held.gateway


@contextmanager
def use(other: SmsGateway) -> Iterator[None]:
    """Send with ``other``: for a town in one process."""
    before, _held.gateway = _held.gateway, other
    try:
        yield
    finally:
        _held.gateway = before

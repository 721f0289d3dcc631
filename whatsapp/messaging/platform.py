"""The client that this process sends with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from whatsapp.gateway.client import CloudApi
from whatsapp.gateway.connection import cloud_api


@dataclass
class _Held:
    client: CloudApi | None = None


_held = _Held()


def platform() -> CloudApi:
    """The process's client; it keeps its connections."""
    if _held.client is None:
        _held.client = cloud_api()
    return _held.client


@contextmanager
def use(client: CloudApi) -> Iterator[None]:
    """Send with ``client``: for a city in one process."""
    before, _held.client = _held.client, client
    try:
        yield
    finally:
        _held.client = before

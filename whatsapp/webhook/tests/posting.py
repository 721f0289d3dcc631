"""Posting to the webhook as the platform does: exact bytes, signed, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.test import Client

from iceshop.infra import clock
from whatsapp.gateway.signature import sign

PAYLOADS = Path(__file__).parent / "payloads"
SECRET = "iceshop-test-app-secret"
PATH = "/webhooks/whatsapp"


def post(
    body: bytes, *, now: datetime, signature: str | None = "right", secret: str = SECRET
) -> Any:
    """Post ``body``; the signature is the right one, the given one, or none."""
    header = sign(body, secret) if signature == "right" else signature
    headers = {"X-Hub-Signature-256": header} if header is not None else {}
    with clock.use(lambda: now):
        return Client().post(PATH, data=body, content_type="application/json", headers=headers)


@contextmanager
def at(now: datetime) -> Iterator[None]:
    """Let the product's clock stand at ``now``."""
    with clock.use(lambda: now):
        yield

"""People with phones, a product that only takes down what it is sent, a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from iceshop.infra import clock
from iceshop.infra.clock import source
from whatsapp.simulator import services
from whatsapp.simulator.domain.inbound import Written

# 20 November 2026, 13.30 in Istanbul.
NOON = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
AYSE = "905550000101"


@dataclass
class StandingClock:
    """The product's clock; it moves only when told."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


@dataclass
class Inbox:
    """Stands where the product's webhook is: takes down bodies and answers as told."""

    answers: list[int] = field(default_factory=list)
    taken: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.taken.append((body, headers))
        return self.answers.pop(0) if self.answers else 200


@pytest.fixture
def ticking() -> Iterator[StandingClock]:
    standing = StandingClock()
    with clock.use(standing):
        yield standing


@pytest.fixture
def own_clock(db: None) -> Iterator[None]:
    """The clock that all processes share, as it was before and after."""
    source.forget()
    yield
    source.forget()
    source._cache.shift = None


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@dataclass
class Platform:
    """The Cloud API as a program calls it."""

    client: Client

    def call(self, method: str, path: str, **options: Any) -> Any:
        token = settings.WHATSAPP["ACCESS_TOKEN"]
        options.setdefault("headers", {"Authorization": f"Bearer {token}"})
        return getattr(self.client, method)(f"/sim/graph/v25.0/{path}", **options)

    def send(self, body: dict[str, Any]) -> Any:
        path = f"{settings.WHATSAPP['PHONE_NUMBER_ID']}/messages"
        full = {"messaging_product": "whatsapp"} | body
        return self.call("post", path, data=full, content_type="application/json")

    def make_template(self, definition: dict[str, Any]) -> Any:
        path = f"{settings.WHATSAPP['ACCOUNT_ID']}/message_templates"
        return self.call("post", path, data=definition, content_type="application/json")


@pytest.fixture
def platform(db: None, client: Client, ticking: StandingClock) -> Platform:
    return Platform(client)


@pytest.fixture
def ayse(db: None, ticking: StandingClock) -> str:
    """Ayşe has written once; what she wrote is delivered."""
    services.add_person(
        phone=AYSE,
        name="Ayşe Yılmaz",
        role="buyer",
        language="tr",
        user_id="TR.10000000000000000101",
        now=ticking.now,
    )
    services.write_as_person(address=AYSE, written=Written(text="Merhaba"), now=ticking.now)
    services.drain_deliveries(now=ticking.now, post=lambda *_: 200, parallel=1)
    return AYSE


def text_to(phone: str, body: str = "Buyurun") -> dict[str, Any]:
    return {"to": phone, "type": "text", "text": {"body": body}}


def buttons_to(phone: str, *ids: str) -> dict[str, Any]:
    buttons = [
        {"type": "reply", "reply": {"id": one, "title": f"Seçenek {place}"}}
        for place, one in enumerate(ids)
    ]
    inner = {"type": "button", "body": {"text": "Hangisi?"}, "action": {"buttons": buttons}}
    return {"to": phone, "type": "interactive", "interactive": inner}

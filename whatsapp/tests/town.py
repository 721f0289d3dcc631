"""A small town for tests: phones, a shop, a clock that moves when told, and the whole product.

What people write goes through the simulator's signed webhook into the product's public address;
what the product sends goes through its own client to the simulator's platform and is read on the
phones. Periodic work is done by ``settle`` (what is due) and ``pass_time`` (as time goes on).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accounts.credentials.domain import StaffRole
from accounts.credentials.services import create_staff_user
from accounts.identity import queries as identity
from accounts.identity.domain import IdentifierKind
from accounts.identity.queries import PersonCard
from accounts.orgs import services as orgs
from accounts.orgs.domain import MemberRole
from commerce.catalog import services as catalog
from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan, Tier
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.infra.outbox import services as outbox
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.geo import Point
from whatsapp.calls import connection as calls
from whatsapp.channels import connection as channels
from whatsapp.conversation import lexicon
from whatsapp.conversation import services as conversation
from whatsapp.gateway.client import CloudApi
from whatsapp.gateway.connection import cloud_api
from whatsapp.gateway.signature import sign
from whatsapp.messaging import platform
from whatsapp.messaging import services as messaging
from whatsapp.simulator import connection
from whatsapp.simulator import queries as simulator
from whatsapp.simulator import services as simulated
from whatsapp.simulator.domain import wire
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.queries import MessageFacts
from whatsapp.simulator.services import Telephone
from whatsapp.voice import services as voice
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.queries import WindowCard
from windows.intents import queries as intents
from windows.intents import services as intent_services
from windows.negotiation import queries as negotiation
from windows.negotiation import services as asks
from windows.negotiation.queries import AskCard
from windows.outcomes import services as outcomes
from windows.rounds import services as rounds
from windows.tests.stories import Shop, new_shop

# A Wednesday, 13.00 in Istanbul.
NOON = datetime(2026, 11, 18, 10, 0, tzinfo=UTC)
ROUND_SECONDS = 10
LADDER = (Tier.percent(2, 1000), Tier.percent(5, 1500))

_numbers = count(1)


class StandingClock:
    """The product's clock; it moves only when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class GraphTransport(httpx.BaseTransport):
    """Hands the product's requests to the simulator's addresses in this process."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the simulated platform does."""
        answer = Client().generic(
            request.method,
            request.url.raw_path.decode(),
            request.read(),
            content_type=request.headers.get("Content-Type", "application/json"),
            headers={"Authorization": request.headers.get("Authorization", "")},
        )
        return httpx.Response(answer.status_code, content=answer.content)


def post_here(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post a webhook to the product in this process."""
    sent = {name: value for name, value in headers.items() if name != "Content-Type"}
    path = httpx.URL(url).raw_path.decode()
    return Client().post(path, body, content_type="application/json", headers=sent).status_code


def say_here(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Post one of the telephone's messages to the product in this process."""
    path = httpx.URL(url).raw_path.decode()
    answer = Client().post(path, body, content_type="application/json", headers=headers)
    return answer.status_code, answer.json() if answer.status_code == 200 else {}


@dataclass
class Phone:
    """Somebody's phone; ``read`` remembers how far it was read."""

    town: Town
    number: str
    user_id: str
    name: str
    language: str = "tr"
    read_n: int = 0

    def writes(self, text: str) -> list[MessageFacts]:
        """Write, let the product work, and return what it answered to this."""
        self.news()
        self.sends(text)
        self.town.settle()
        return self.news()

    def sends(self, text: str) -> None:
        """Write, without waiting for anything."""
        self._write(Written(text=text, name=self.name, language=self.language))

    def pins(self, point: Point) -> list[MessageFacts]:
        """Share a position."""
        self.news()
        self._write(Written(place=point))
        self.town.settle()
        return self.news()

    def speaks(self, recording: bytes = b"OggS" + bytes(60)) -> list[MessageFacts]:
        """Send a voice note."""
        self.news()
        self.records(recording)
        self.town.settle()
        return self.news()

    def records(self, recording: bytes) -> None:
        """Send a voice note, without waiting for anything."""
        self._write(Written(audio=recording, name=self.name, language=self.language))

    def presses(self, start: str) -> list[MessageFacts]:
        """Press the newest button whose id begins with ``start``."""
        self.news()
        self.taps(self.button(start))
        self.town.settle()
        return self.news()

    def taps(self, button_id: str) -> None:
        """Press exactly this button, without waiting."""
        self._write(Written(button=button_id))

    def button(self, start: str) -> str:
        """Id of the newest button that begins with ``start``."""
        for shown in reversed(self.shown()):
            for button in shown.buttons:
                if button["id"].startswith(start):
                    return button["id"]
        raise AssertionError(f"no button {start} on the phone of {self.name}")

    def shown(self) -> list[MessageFacts]:
        """Everything that the product has sent to this phone."""
        return [m for m in simulator.messages(user_id=self.user_id) if m.direction == "out"]

    def news(self) -> list[MessageFacts]:
        """What the product has sent since the last look."""
        found = simulator.messages(user_id=self.user_id, after=self.read_n)
        self.read_n = found[-1].n if found else self.read_n
        return [message for message in found if message.direction == "out"]

    def sms(self) -> tuple[str, ...]:
        """Texts of the SMS that came to this phone, oldest first."""
        return simulator.sms_texts(phone=self.number)

    def replies_by_sms(self, text: str) -> None:
        """Answer by SMS, and let the product work."""
        simulated.reply_by_sms(phone=self.number, text=text, now=self.town.now)
        self.town.settle()

    def dials(self) -> Telephone:
        """Call the business by telephone."""
        call_id = simulated.dial(phone=self.number, now=self.town.now)
        return Telephone(call_id, self.number, True, say_here, self.town.now)

    def said(self) -> str:
        """The texts since the last look, joined."""
        return "\n".join(message.text for message in self.news())

    def person(self) -> PersonCard:
        """Whom the product takes the owner for."""
        found = identity.person_by_identifier(IdentifierKind.PHONE, self.number)
        assert found is not None, f"{self.name} is unknown"
        return found

    def letter(self, text: str, *, at: datetime | None = None, key: str = "") -> bytes:
        """The body of a webhook with a text of this phone, to be posted as a test likes."""
        return self.body({"type": "text", "text": {"body": text}}, at=at, key=key)

    def body(self, content: dict[str, Any], *, at: datetime | None = None, key: str = "") -> bytes:
        """The body of a webhook with a message of this phone."""
        party = wire.Party(phone=self.number, user_id=self.user_id, name=self.name)
        body = wire.message_body(
            connection.number(),
            party,
            wamid=key or f"wamid.TOWN{next(_numbers):08d}",
            at=at or self.town.now,
            content=content,
        )
        return wire.compact(body).encode()

    def _write(self, written: Written) -> None:
        simulated.write_as_person(address=self.number, written=written, now=self.town.now)


@dataclass(frozen=True)
class TownShop:
    """A shop of the town and its seller's phone."""

    shop: Shop
    phone: Phone


@dataclass
class Town:
    """Everything in one process."""

    clock: StandingClock
    phones: list[Phone] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The product's time."""
        return self.clock.now

    def phone(
        self,
        name: str = "Elif Kaya",
        *,
        language: str = "tr",
        number: str = "",
        role: str = "buyer",
    ) -> Phone:
        """A phone for somebody whom the product does not know yet."""
        number = number or f"90555{9_000_000 + next(_numbers)}"
        user_id = simulated.add_person(
            phone=number, name=name, role=role, language=language, now=self.now
        )
        phone = Phone(self, number, user_id, name, language)
        self.phones.append(phone)
        return phone

    def shop(self, *, floor_minor: int = 10_000, **options: Any) -> TownShop:
        """A coffee shop in Moda with a ladder from two people on; the seller wrote days ago."""
        before = self.now - timedelta(days=3)
        shop = new_shop(now=before, floor_minor=None, **options)
        _put_coffee()
        run_operation(
            pricing.set_deal,
            offering_id=shop.offering_id,
            terms=TermsPlan(
                min_people=2, max_people=10, floor_price_minor=floor_minor, unit_cost_minor=6_000
            ),
            tiers=LADDER,
            by=SYSTEM,
            now=before,
        )
        seller = identity.person_card(shop.seller_id)
        assert seller.phone is not None
        return TownShop(shop, self.phone("Selin Acar", number=seller.phone, role="seller"))

    def add_kind(self, name_tr: str, name_en: str, *, is_restricted: bool = False) -> None:
        """Something else that can be wanted."""
        run_operation(
            catalog.put_concept, name_tr=name_tr, name_en=name_en, is_restricted=is_restricted
        )
        lexicon.forget()

    def receive(self, *bodies: bytes) -> None:
        """Post signed bodies to the product's webhook, one after the other."""
        for body in bodies:
            headers = {"X-Hub-Signature-256": sign(body, connection.app_secret())}
            assert post_here(connection.webhook_url(), body, headers) == 200

    def settle(self) -> None:
        """Do what is due at this moment until nothing moves any more."""
        for _ in range(50):
            if not self._do_due():
                return
        raise AssertionError("the product does not come to rest")

    def settle_deliveries(self) -> int:
        """Let what people sent arrive, and no more; how many deliveries."""
        reported = simulated.drain_sms(now=self.now, post=post_here)
        return reported + simulated.drain_deliveries(
            now=self.now, post=post_here, parallel=1, limit=1000
        )

    def _do_due(self) -> int:
        done = self.settle_deliveries()
        done += conversation.drain(now=self.now)
        done += voice.drain(now=self.now)
        done += outbox.drain(now=self.now)
        return done + messaging.drain_events(now=self.now)

    def pass_time(
        self,
        seconds: int = 0,
        *,
        minutes: int = 0,
        step: int = ROUND_SECONDS,
        until: Callable[[], object] | None = None,
    ) -> None:
        """Let time go by in steps of a round, with all periodic work, at most until ``until``."""
        ends = self.now + timedelta(seconds=seconds, minutes=minutes)
        while self.now < ends and not (until and until()):
            self.clock.now = min(self.now + timedelta(seconds=step), ends)
            self.tick()
        if until is not None:
            assert until(), "what was waited for did not come"

    def tick(self) -> None:
        """All periodic work once, at this moment."""
        rounds.run(now=self.now)
        asks.expire_due(now=self.now)
        windows.move_due(now=self.now)
        intent_services.expire_due(now=self.now)
        outcomes.record_due(now=self.now)
        self.settle()

    def jump_to(self, moment: datetime) -> None:
        """Set the clock forward and do what is due then."""
        assert moment >= self.now
        self.clock.now = moment
        self.tick()

    def windows(self) -> tuple[WindowCard, ...]:
        """Windows of the last hours, newest first."""
        return flash.recent_windows(now=self.now)

    def live_asks(self) -> tuple[AskCard, ...]:
        """Questions to sellers that wait for an answer."""
        return negotiation.live_asks(now=self.now)

    def intents_of(self, phone: Phone) -> tuple[Any, ...]:
        """Live wishes of a person."""
        return intents.live_intents(phone.person().id)


def known(town: Town, name: str = "Elif Kaya", *, language: str = "tr") -> Phone:
    """Somebody who has been welcomed and was asked for consent."""
    phone = town.phone(name, language=language)
    phone.writes("merhaba" if language == "tr" else "hello")
    return phone


def wanting(town: Town, name: str = "Elif Kaya", *, language: str = "tr", text: str = "") -> Phone:
    """A buyer whose wish for coffee counts."""
    phone = town.phone(name, language=language)
    phone.writes(text or WISH[language])
    phone.presses("reading.confirm")
    return phone


WISH = {
    "tr": "bir saat içinde Kadıköy'de kahve, en fazla 200 TL",
    "en": "coffee in Kadıköy within an hour, at most 200 TL",
}


def asked(town: Town, place: TownShop, *buyers: Phone) -> AskCard:
    """Wait until the shop is asked about ``buyers``."""
    town.pass_time(minutes=3, until=town.live_asks)
    (ask,) = town.live_asks()
    assert ask.store_id == place.shop.store_id
    assert ask.people == len(buyers)
    return ask


def agreed(town: Town, place: TownShop, *buyers: Phone) -> WindowCard:
    """Wait until the shop is asked, let it accept, and return the window."""
    ask = asked(town, place, *buyers)
    place.phone.presses(f"ask.accept:{ask.id}")
    (window,) = town.windows()
    return window


def seated(town: Town, phone: Phone) -> UUID:
    """Let an invited buyer say yes; returns the seat."""
    phone.presses("invite.accept")
    active = flash.active_window(phone.person().id, now=town.now)
    assert active is not None
    assert active.seat is not None
    return active.seat.id


@contextmanager
def open_town(now: datetime, client: CloudApi | None = None) -> Iterator[Town]:
    """A town at ``now``; the product sends with ``client``, or with its own to the simulator."""
    standing = StandingClock(now)
    lexicon.forget()
    with (
        clock.use(standing),
        client or cloud_api(GraphTransport()) as api,
        platform.use(api),
        channels.use(channels.sms_gateway(GraphTransport())),
        calls.use(calls.vapi(GraphTransport())),
    ):
        _put_coffee()
        yield Town(standing)
    lexicon.forget()


def _put_coffee() -> None:
    """The kind that everybody in the town wants."""
    run_operation(
        catalog.put_concept, key="coffee", name_tr="kahve", name_en="coffee", category="food"
    )
    lexicon.forget()


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    """A town on a Wednesday at noon in which nothing fails unseen."""
    with open_town(NOON) as made:
        yield made
        broken = OutboxMessage.objects.filter(code="outbox.exception")
        assert [row.topic for row in broken] == []


def staff_client(place: TownShop, *, now: datetime) -> Client:
    """A browser in which somebody of the shop is logged in at the board."""
    user = create_staff_user(
        username=f"till{next(_numbers)}", password="kiraz-ağacı-42", role=StaffRole.SELLER, now=now
    )
    run_operation(
        orgs.add_member,
        organisation_id=place.shop.organisation_id,
        role=MemberRole.MANAGER,
        staff_user_id=user.id,
        by=SYSTEM,
        now=now,
    )
    browser = Client()
    browser.force_login(get_user_model().objects.get(pk=user.id))
    return browser


def check_in(browser: Client, place: TownShop, code: str) -> str:
    """Type a code at the till of the board; returns the page that answers."""
    address = reverse("board:check_in", args=[place.shop.store_id])
    scan = {"nonce": f"town-scan-{next(_numbers):08d}", "code": code}
    answer = browser.post(address, scan, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()

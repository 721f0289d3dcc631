"""The loop: whoever is due next acts, and the product does what is due by then."""

from __future__ import annotations

import gc
import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from django.test import Client

from iceshop.infra import clock as product_clock
from iceshop.kernel.ids import repeatable
from whatsapp.channels import connection as channels
from whatsapp.city.people.deeds import Deed, Plan, Press, Say, Seen, Share, Speak
from whatsapp.city.play import town
from whatsapp.city.play.faults import orders
from whatsapp.city.play.network import Platform, webhook_into
from whatsapp.city.play.pages import Pages
from whatsapp.city.play.plan import FIRST_MORNING, CityPlan
from whatsapp.city.play.product import Product
from whatsapp.city.play.rules import STANDING, Broken, broken
from whatsapp.city.play.time import Clock
from whatsapp.conversation import lexicon
from whatsapp.gateway.connection import cloud_api
from whatsapp.messaging import platform
from whatsapp.messaging import services as messaging
from whatsapp.simulator import queries as phones
from whatsapp.simulator import services as simulator
from whatsapp.simulator.domain.faults import FaultOrder
from whatsapp.simulator.domain.inbound import Written

_LOOK_EVERY = timedelta(minutes=10)


@dataclass(order=True)
class _Entry:
    at: datetime
    number: int
    act: Callable[[], None] = field(compare=False)


class City:
    """A city at a moment; ``play`` lets its days pass.

    ``seen`` holds what broke the rules that a later moment may hide.
    """

    def __init__(self, plan: CityPlan, clock: Clock) -> None:
        self.plan = plan
        self.clock = clock
        self.seen: Broken = {}
        browser = Client(raise_request_exception=False)
        self.platform = Platform(clock=clock, pages=browser, tell=self._note_message)
        self.product = Product(clock=clock, post=webhook_into(browser), read=self._read_phones)
        self.town = town.build(
            buyers=plan.buyers, sellers=plan.sellers, seed=plan.seed, now=clock.now()
        )
        self.pages = Pages(self.town, browser, clock)
        self._agenda: list[_Entry] = []
        self._numbers = itertools.count()
        # Addresses in the order in which they were written to.
        self._news: dict[str, None] = {}
        self._read: dict[str, int] = {}
        self._user_ids: dict[str, str] = {}
        self._looks_at = clock.now()

    def play(self, progress: Callable[[float], None]) -> None:
        """Let all days pass; ``progress`` is called with the share that has passed."""
        self._plan_days()
        start, end = self.clock.now(), self.plan.end
        while (at := min([self.product.work(), *(one.at for one in self._agenda[:1])])) <= end:
            self.clock.move_to(at)
            self._act()
            self._look(at)
            progress((self.clock.now() - start) / (end - start))
        progress(1)

    def _plan_days(self) -> None:
        for midnight in self.plan.mornings():
            for address, person in self.town.people.items():
                self._schedule(address, person.begins(midnight))
        for at, order in orders(
            self.plan.faults,
            start=self.clock.now(),
            end=self.plan.end,
            seed=self.plan.seed,
            addresses=[one for one in self.town.people if one.isdigit()],
        ):
            self._put(at, partial(self._go_wrong, order))

    def _schedule(self, address: str, plans: list[Plan]) -> None:
        for plan in plans:
            self._put(plan.at, partial(self._choose, address, plan))

    def _put(self, at: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, _Entry(at, next(self._numbers), act))

    def _act(self) -> None:
        now = self.clock.now()
        while self._agenda and self._agenda[0].at <= now:
            heapq.heappop(self._agenda).act()

    def _look(self, at: datetime) -> None:
        """Look now and then at the rules that a later moment may hide."""
        if at < self._looks_at:
            return
        self._looks_at = at + _LOOK_EVERY
        for name, rows in broken(STANDING, at).items():
            if rows:
                self.seen.setdefault(name, rows)

    def _go_wrong(self, order: FaultOrder) -> None:
        simulator.order_fault(order=order, now=self.clock.now())

    def _choose(self, address: str, plan: Plan) -> None:
        deed = plan.choose(self.clock.now())
        if deed is not None:
            self._do(address, deed)

    def _do(self, address: str, deed: Deed) -> None:
        match deed:
            case Say(text):
                self._write(address, Written(text=text))
            case Share(point):
                self._write(address, Written(place=point))
            case Speak(audio):
                self._write(address, Written(audio=audio))
            case Press(button, twice):
                for _ in range(1 + twice):
                    self._write(address, Written(button=button))
            case _:
                plans = self.pages.do(self.town.people[address], deed)
                self.product.look_again()
                self._schedule(address, plans)

    def _write(self, address: str, written: Written) -> None:
        person = self.town.people[address]
        signed = replace(written, name=person.name, language=person.language)
        simulator.write_as_person(address=address, written=signed, now=self.clock.now())
        self.product.note_mail()

    def _note_message(self, address: str) -> None:
        self._news[address] = None

    def _read_phones(self) -> None:
        """Let everybody who was written to read it."""
        addresses, self._news = list(self._news), {}
        for address in addresses:
            person = self.town.people[address]
            for message in self._new_messages(address):
                buttons = tuple(button["id"] for button in message.buttons)
                seen = Seen(message.text, message.kind, buttons, tuple(message.links))
                self._schedule(address, person.sees(seen, self.clock.now()))

    def _new_messages(self, address: str) -> list[phones.MessageFacts]:
        if address not in self._user_ids:
            self._user_ids[address] = phones.person(address).user_id
        after = self._read.get(address, 0)
        new = phones.messages(user_id=self._user_ids[address], after=after)
        if new:
            self._read[address] = new[-1].n
        return [one for one in new if one.direction == "out" and one.status != "failed"]


@contextmanager
def city(plan: CityPlan) -> Iterator[City]:
    """A city on the current database, which is empty, with clock, keys and network of its own."""
    clock = Clock(FIRST_MORNING)
    with ExitStack() as stack:
        stack.enter_context(product_clock.use(clock.now, is_whole=True))
        stack.enter_context(repeatable(plan.seed))
        lexicon.forget()
        stack.callback(lexicon.forget)
        played = City(plan, clock)
        client = stack.enter_context(cloud_api(played.platform))
        stack.enter_context(platform.use(client))
        stack.enter_context(channels.use(simulator.PhonesGateway(clock.now)))
        messaging.sync_templates(now=clock.now())
        # What is there now stays to the end: the collector need not look at it again.
        gc.freeze()
        stack.callback(gc.unfreeze)
        yield played

"""The loop: whoever is due next acts, and the product does what is due by then."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from django.test import Client

from iceshop.infra import clock as product_clock
from iceshop.infra.outbox import services as outbox
from iceshop.kernel.ids import repeatable
from whatsapp.city.people.deeds import Deed, Plan, Press, Say, Seen, Share, Speak
from whatsapp.city.play import town
from whatsapp.city.play.faults import FaultLevel, orders
from whatsapp.city.play.network import Platform, webhook_into
from whatsapp.city.play.pages import Pages
from whatsapp.city.play.rules import STANDING, broken
from whatsapp.city.play.time import DELIVER, ROUND, Clock, Due, Standing, due
from whatsapp.city.wishes import ZONE
from whatsapp.conversation import lexicon
from whatsapp.conversation import services as conversation
from whatsapp.gateway.connection import cloud_api
from whatsapp.messaging import platform
from whatsapp.messaging import services as messaging
from whatsapp.simulator import queries as phones
from whatsapp.simulator import services as simulator
from whatsapp.simulator.domain.faults import FaultOrder
from whatsapp.simulator.domain.inbound import Written
from windows.flash import services as flash
from windows.intents import services as intents
from windows.negotiation import services as negotiation
from windows.outcomes import services as outcomes
from windows.rounds import services as rounds

# A Monday morning; the first people write soon after.
FIRST_MORNING = datetime(2026, 11, 16, 6, 0, tzinfo=ZONE)
# After the last day the city runs on until the next noon: who did not come is asked at ten.
AFTERMATH = timedelta(hours=6, minutes=15)
_ROUND_EVERY = timedelta(seconds=10)
_BEAT_SHIFT = timedelta(seconds=1)
# A round that sees nothing new still counts how long people wait, so often at least.
_ROUNDS_AT_LEAST = timedelta(minutes=5)
# Reports of delivery wait for each other; people's messages do not.
_REPORTS_WAIT = timedelta(seconds=20)
_LOOK_EVERY = timedelta(minutes=10)
_NEVER = datetime.max.replace(tzinfo=UTC)
# Real seconds: no drain stops early because the machine is slow.
_ENDLESS = 3600.0


@dataclass(frozen=True, kw_only=True)
class CityPlan:
    """How large a city, for how long, and how much goes wrong."""

    buyers: int
    sellers: int
    days: int
    seed: int
    faults: FaultLevel = FaultLevel.NONE

    @property
    def end(self) -> datetime:
        """When the last day ends."""
        return FIRST_MORNING + timedelta(days=self.days)


@dataclass(order=True)
class _Entry:
    at: datetime
    number: int
    act: Callable[[], None] = field(compare=False)


class City:
    """A city at a moment; ``play`` lets its days pass."""

    def __init__(self, plan: CityPlan, clock: Clock) -> None:
        self.plan = plan
        self.clock = clock
        browser = Client(raise_request_exception=False)
        self.platform = Platform(clock=clock, pages=browser, tell=self._note_message)
        self._post = webhook_into(browser)
        self._agenda: list[_Entry] = []
        self._numbers = itertools.count()
        self._news: dict[str, None] = {}
        self._read: dict[str, int] = {}
        self._user_ids: dict[str, str] = {}
        self.seen: dict[str, list[tuple[str, str]]] = {}
        self._looks_at = clock.now()
        self._is_mail = False
        self._standing: Standing | None = None
        self._round_at, self._changed_at = clock.now(), _NEVER
        self.town = town.build(
            buyers=plan.buyers, sellers=plan.sellers, seed=plan.seed, now=clock.now()
        )
        self.pages = Pages(self.town, browser, clock)

    def play(self, progress: Callable[[float], None]) -> None:
        """Let all days pass; ``progress`` is called with the share that has passed."""
        self._plan_days()
        start, end = self.clock.now(), self.plan.end + AFTERMATH
        while (at := self._next_moment(self._work())) <= end:
            self.clock.move_to(at)
            self._act()
            self._look(at)
            progress((self.clock.now() - start) / (end - start))

    def _look(self, at: datetime) -> None:
        """Look now and then at the rules that a later moment may hide."""
        if at < self._looks_at:
            return
        self._looks_at = at + _LOOK_EVERY
        for name, rows in broken(STANDING, at).items():
            if rows and name not in self.seen:
                self.seen[name] = rows

    # What the product does

    def _work(self) -> Due:
        """Run what is due, in the order of the drains, until nothing is; returns what is next."""
        while True:
            now = self.clock.now()
            found = self._due(now)
            ready = [task for task in _DRAINS if found.instants.get(task, _NEVER) <= now]
            if not ready:
                return found
            for task in ready:
                self._run(task, now)
            self._read_phones()

    def _due(self, now: datetime) -> Due:
        found = due(now)
        if DELIVER in found.instants and not self._is_mail:
            found.instants[DELIVER] += _REPORTS_WAIT
        if found.standing.waiting:
            found.instants[ROUND] = self._next_round(found.standing, now)
        return found

    def _next_round(self, standing: Standing, now: datetime) -> datetime:
        """The first beat of rounds at which one can decide something new."""
        if standing.offers_more_than(self._standing):
            self._changed_at = min(self._changed_at, now)
            return _beat_after(max(self._round_at, self._changed_at))
        at = self._round_at + _ROUNDS_AT_LEAST
        if standing.next_at is not None:
            at = min(at, max(standing.next_at, self._round_at + timedelta(minutes=1)))
        return _beat_after(at)

    def _run(self, task: str, now: datetime) -> None:
        if task == DELIVER:
            self._deliver(now)
        elif task == ROUND:
            rounds.run(now=now)
            self._round_at, self._changed_at = now, _NEVER
            self._standing = due(now).standing
        else:
            _DRAINS[task](now)

    def _deliver(self, now: datetime) -> None:
        """Post what is due; what people wrote is worked and answered at once."""
        is_mail, self._is_mail = self._is_mail, False
        simulator.drain_deliveries(now=now, post=self._post, parallel=1)
        if is_mail:
            conversation.drain(now=now, budget_seconds=_ENDLESS)
            outbox.drain(now=now, limit=10_000, budget_seconds=_ENDLESS)
        else:
            messaging.drain_events(now=now, budget_seconds=_ENDLESS)

    def _next_moment(self, found: Due) -> datetime:
        """When anybody or anything is due next."""
        moments = [*found.instants.values(), *(entry.at for entry in self._agenda[:1])]
        return min(moments, default=_NEVER)

    # What people do

    def _plan_days(self) -> None:
        for day in range(self.plan.days):
            midnight = (FIRST_MORNING + timedelta(days=day)).replace(hour=0)
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

    def _go_wrong(self, order: FaultOrder) -> None:
        simulator.order_fault(order=order, now=self.clock.now())

    def _act(self) -> None:
        now = self.clock.now()
        while self._agenda and self._agenda[0].at <= now:
            heapq.heappop(self._agenda).act()

    def _choose(self, address: str, plan: Plan) -> None:
        deed = plan.choose(self.clock.now())
        if deed is not None:
            self._do(address, deed)

    def _do(self, address: str, deed: Deed) -> None:
        person = self.town.people[address]
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
                self._schedule(address, self.pages.do(person, deed))

    def _write(self, address: str, written: Written) -> None:
        self._is_mail = True
        person = self.town.people[address]
        simulator.write_as_person(
            address=address,
            written=Written(
                text=written.text,
                button=written.button,
                place=written.place,
                audio=written.audio,
                name=person.name,
                language=person.language,
            ),
            now=self.clock.now(),
        )

    def _note_message(self, address: str) -> None:
        self._news[address] = None

    def _read_phones(self) -> None:
        """Let everybody who was written to read it."""
        addresses, self._news = list(self._news), {}
        for address in addresses:
            person = self.town.people[address]
            for message in self._new_messages(address):
                seen = Seen(
                    message.text,
                    message.kind,
                    tuple(button["id"] for button in message.buttons),
                    tuple(message.links),
                )
                self._schedule(address, person.sees(seen, self.clock.now()))

    def _new_messages(self, address: str) -> list[phones.MessageFacts]:
        if address not in self._user_ids:
            self._user_ids[address] = phones.person(address).user_id
        new = phones.messages(user_id=self._user_ids[address], after=self._read.get(address, 0))
        if new:
            self._read[address] = new[-1].n
        return [one for one in new if one.direction == "out" and one.status != "failed"]


# The first one that is due runs first: what came in is worked before what is due by the clock.
_DRAINS: dict[str, Callable[[datetime], object]] = {
    DELIVER: lambda now: None,
    "whatsapp.conversation.drain": lambda now: conversation.drain(now=now, budget_seconds=_ENDLESS),
    "whatsapp.messaging.drain": lambda now: messaging.drain_events(
        now=now, budget_seconds=_ENDLESS
    ),
    "infra.outbox.drain": lambda now: outbox.drain(now=now, limit=10_000, budget_seconds=_ENDLESS),
    "windows.flash.move_due": lambda now: flash.move_due(now=now),
    "windows.negotiation.expire_due": lambda now: negotiation.expire_due(now=now),
    "windows.intents.expire_due": lambda now: intents.expire_due(now=now),
    "windows.outcomes.record_due": lambda now: outcomes.record_due(now=now),
    ROUND: lambda now: None,
}


def _beat_after(at: datetime) -> datetime:
    """The next beat of rounds after ``at``; never on a whole minute, which would belong to two."""
    whole = at.replace(second=0, microsecond=0)
    beats = (at - whole - _BEAT_SHIFT) // _ROUND_EVERY + 1
    return whole + _BEAT_SHIFT + beats * _ROUND_EVERY


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
        messaging.sync_templates(now=clock.now())
        yield played

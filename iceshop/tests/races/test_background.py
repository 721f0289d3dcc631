"""Outbox, leases, rounds and the clock under several workers."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connections
from pytest_django import Settings

from commerce.pricing import services as pricing
from commerce.pricing.domain import Tier
from iceshop.infra.clock import services as clock_services
from iceshop.infra.clock import source
from iceshop.infra.clock.models import ClockShift
from iceshop.infra.db import claim, run_operation
from iceshop.infra.outbox import registry, services
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.infra.outbox.results import Result, Retry, Sent, Unknown
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.races.together import together
from windows.negotiation.models import Ask
from windows.rounds import services as rounds
from windows.rounds.models import DecisionRecord, Round
from windows.rounds.services import RoundReport
from windows.tests.stories import NOON as STORY_NOON
from windows.tests.stories import new_person, new_shop, wish

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2025, 11, 19, 10, 0, tzinfo=UTC)
TOPIC = "test.race"


class Mouth:
    """Notes what it is given, by lane; every seventh first try fails, every ninth is lost."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.said: dict[str, list[int]] = defaultdict(list)
        self.tries: Counter[str] = Counter()

    def __call__(self, message: OutboxMessage) -> Result:
        number = message.payload["number"]
        with self.lock:
            self.tries[message.dedupe_key] += 1
            if number % 7 == 3 and self.tries[message.dedupe_key] == 1:
                return Retry("busy", 0)
            self.said[message.lane].append(number)
        return Unknown("lost", message.dedupe_key) if number % 9 == 5 else Sent()


@pytest.fixture
def mouth() -> Iterator[Mouth]:
    handler = Mouth()
    registry.register(TOPIC, handler)
    yield handler
    del registry._handlers[TOPIC]


def put(number: int, lane: str) -> bool:
    return run_operation(
        services.put,
        topic=TOPIC,
        dedupe_key=f"{lane}:{number}",
        payload={"number": number},
        lane=lane,
        now=NOON,
    )


def test_drains_at_once_send_each_row_once_and_keep_every_lane_in_order(mouth: Mouth) -> None:
    for number in range(20):
        for lane in ("a", "b", "c", "d"):
            put(number, lane)

    together([partial(services.drain, now=NOON)] * 6)
    services.drain(now=NOON)

    assert mouth.said == {lane: list(range(20)) for lane in ("a", "b", "c", "d")}
    retried = {key for key, tries in mouth.tries.items() if tries == 2}
    assert retried == {f"{lane}:{number}" for lane in "abcd" for number in (3, 10, 17)}
    assert max(mouth.tries.values()) == 2
    states = Counter(OutboxMessage.objects.values_list("state", flat=True))
    assert states == {"sent": 72, "unknown": 8}


def test_same_key_put_many_times_at_once_is_one_row(mouth: Mouth) -> None:
    answers = together([partial(put, 1, "a")] * 8)

    assert Counter(answers) == {True: 1, False: 7}
    assert OutboxMessage.objects.count() == 1


def test_many_workers_claim_each_row_once() -> None:
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            topic=TOPIC, dedupe_key=f"row:{number}", payload={}, planned_at=NOON, not_before=NOON
        )
        for number in range(100)
    )

    def take() -> list[str]:
        mine: list[str] = []
        while rows := claim(
            OutboxMessage.objects.filter(state="due").order_by("pk"), limit=7, lease_seconds=60
        ):
            mine += [row.dedupe_key for row in rows]
        return mine

    taken = [key for keys in together([take] * 8) for key in keys]

    assert sorted(taken) == sorted(f"row:{number}" for number in range(100))
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}


def group_of_two(name: str = "Moda", concept: str = "coffee") -> str:
    """Two buyers whom a shop would serve; the shop's id."""
    shop = new_shop(name=name, concept=concept)
    run_operation(
        pricing.set_ladder,
        offering_id=shop.offering_id,
        tiers=[Tier.fixed(2, 12_000)],
        by=SYSTEM,
        now=STORY_NOON,
    )
    for _ in range(2):
        wish(new_person(), concept=concept)
    return str(shop.store_id)


@contextmanager
def another_worker_at(store_id: str) -> Iterator[None]:
    """Another connection holds the part of the market with this shop."""
    is_held, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with rounds.holding([store_id]) as mine:
                assert mine == {store_id}
                is_held.set()
                assert may_go.wait(timeout=60)
        finally:
            connections.close_all()

    other = threading.Thread(target=hold)
    other.start()
    assert is_held.wait(timeout=60)
    try:
        yield
    finally:
        may_go.set()
        other.join()


def test_round_does_not_run_beside_another() -> None:
    with another_worker_at(group_of_two()):
        assert rounds.run(now=STORY_NOON) is None
        assert not Ask.objects.exists()

    assert rounds.run(now=STORY_NOON) is not None
    assert Ask.objects.count() == 1


def test_round_decides_the_parts_that_nobody_is_at() -> None:
    held = group_of_two()
    free = group_of_two("Çaycı", "tea")

    with another_worker_at(held):
        assert rounds.run(now=STORY_NOON) == RoundReport(intents=4, decided=1)
        assert [str(ask.store_id) for ask in Ask.objects.all()] == [free]

    assert rounds.run(now=STORY_NOON) == RoundReport(intents=4, decided=1)
    assert {str(ask.store_id) for ask in Ask.objects.all()} == {held, free}


def test_workers_at_once_decide_each_part_once(settings: Settings) -> None:
    settings.ROUND_WORKERS = 3
    stores = {group_of_two(), group_of_two("Çaycı", "tea"), group_of_two("Fırın", "simit")}

    reports = together([partial(rounds.run, now=STORY_NOON)] * 3)
    rounds.run(now=STORY_NOON)

    assert {str(ask.store_id) for ask in Ask.objects.all()} == stores
    assert Ask.objects.count() == 3
    decided = [row.round.part_key for row in DecisionRecord.objects.select_related("round")]
    assert sorted(decided) == sorted(f"store:{store}" for store in stores)
    assert sum(report.decided for report in reports if report is not None) <= 3


def test_rounds_at_once_ask_once() -> None:
    group_of_two()

    reports = together([partial(rounds.run, now=STORY_NOON)] * 4)

    decided = [report.decided for report in reports if report is not None]
    assert sum(decided) == 1
    assert (Ask.objects.count(), Round.objects.count()) == (1, 1)
    assert DecisionRecord.objects.count() == 1


def test_steps_of_the_clock_at_once_all_count() -> None:
    try:
        together([partial(clock_services.set_forward, advance_seconds=60)] * 8)

        shift = ClockShift.objects.get()
        ahead = shift.shown_at - shift.real_at
        assert ahead == timedelta(seconds=480)
    finally:
        source.forget()

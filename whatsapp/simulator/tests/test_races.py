"""Several workers drain at once, several people write at once; real commits."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from django.db import connection

from whatsapp.simulator import queries, services
from whatsapp.simulator.domain.inbound import Written
from whatsapp.simulator.tests.conftest import AYSE, NOON

WRITERS = 8
PHONES = [f"90555000{n:04}" for n in range(12)]


def at_once(work: Callable[[int], object], times: int) -> None:
    """Run ``work`` in as many threads, each with a database connection of its own."""

    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=times) as threads:
        list(threads.map(run, range(times)))


@pytest.mark.django_db(transaction=True)
def test_a_new_person_who_writes_at_once_is_one_person_with_numbers_without_gaps() -> None:
    at_once(
        lambda number: services.write_as_person(
            address=AYSE, written=Written(text=str(number)), now=NOON
        ),
        WRITERS,
    )
    (person,) = queries.people()
    numbers = [message.n for message in queries.messages(user_id=person.user_id)]
    assert numbers == list(range(1, WRITERS + 1))


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_post_each_webhook_once_and_in_order() -> None:
    for text in ("1", "2", "3"):
        for phone in PHONES:
            services.write_as_person(address=phone, written=Written(text=text), now=NOON)
    heard: dict[str, list[str]] = {}
    lock = Lock()

    def post(url: str, body: bytes, headers: dict[str, str]) -> int:
        message = json.loads(body)["entry"][0]["changes"][0]["value"]["messages"][0]
        with lock:
            heard.setdefault(message["from"], []).append(message["text"]["body"])
        return 200

    def drain(_: int) -> None:
        while services.drain_deliveries(now=NOON, post=post, limit=3, parallel=2):
            pass

    at_once(drain, 4)
    assert heard == {phone: ["1", "2", "3"] for phone in PHONES}
    numbers = [posting.n for posting in queries.postings()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 3 * len(PHONES)

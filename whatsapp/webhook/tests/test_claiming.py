"""Claims: who works on what, and whose result counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from iceshop.infra import clock
from iceshop.infra.db import TransactionMisuse
from iceshop.kernel.errors import Conflict
from iceshop.kernel.time import UTC
from whatsapp.gateway.content import Text
from whatsapp.gateway.items import Kind, Message
from whatsapp.webhook import queries
from whatsapp.webhook.models import WebhookItem
from whatsapp.webhook.queries import ClaimedItem
from whatsapp.webhook.services import (
    claim_items,
    claim_lane,
    mark_done,
    put_back,
    quarantine,
)
from whatsapp.webhook.tests.posting import PAYLOADS
from whatsapp.webhook.tests.test_storing import NOW, body_of, take, together, words

LANE = "phone:905550000101"


def claim(lane_key: str = LANE, limit: int = 10) -> tuple[ClaimedItem, ...]:
    return claim_lane(lane_key=lane_key, limit=limit, lease_seconds=60)


def let_leases_end() -> None:
    WebhookItem.objects.filter(lease_until__isnull=False).update(
        lease_until=clock.system_now() - timedelta(seconds=1)
    )


@pytest.mark.django_db
def test_lane_is_claimed_in_the_order_of_time_then_arrival() -> None:
    early = words(9) | {"timestamp": "1795170500"}
    take(body_of(words(2), words(1)))
    take(body_of(early))
    items = claim()
    assert [item.key for item in items] == ["message:wamid.9", "message:wamid.2", "message:wamid.1"]
    assert items[0].event_at == datetime.fromtimestamp(1_795_170_500, UTC)
    assert items[0].received_at == NOW
    assert isinstance(items[0].content, Message)
    assert items[0].content.body == Text(text="9")


@pytest.mark.django_db
def test_lane_that_is_held_gives_nothing_even_for_new_items() -> None:
    take(body_of(words(1)))
    assert len(claim()) == 1
    take(body_of(words(2)))
    assert claim() == ()
    assert queries.waiting_lanes(limit=10) == ()


@pytest.mark.django_db
def test_lane_is_claimed_again_when_the_lease_has_ended() -> None:
    take(body_of(words(1)))
    (first,) = claim()
    let_leases_end()
    (second,) = claim()
    assert (first.attempt, second.attempt) == (1, 2)
    with transaction.atomic(), pytest.raises(Conflict, match=r"webhook\.lease_lost"):
        mark_done(items=[first], now=NOW)
    with transaction.atomic():
        mark_done(items=[second], now=NOW)
    assert WebhookItem.objects.get().state == "done"


@pytest.mark.django_db
def test_limit_leaves_the_rest_of_the_lane_for_later() -> None:
    take(body_of(*[words(number) for number in range(5)]))
    first = claim(limit=2)
    assert [item.key for item in first] == ["message:wamid.0", "message:wamid.1"]
    assert claim() == ()
    with transaction.atomic():
        mark_done(items=first, now=NOW)
    assert [item.key for item in claim()] == [f"message:wamid.{number}" for number in (2, 3, 4)]


@pytest.mark.django_db
def test_waiting_lanes_come_longest_waiting_first_and_without_empty_ones() -> None:
    later = words(1) | {"timestamp": "1795170700"}
    take(body_of(later, words(2, **{"from": "905550000102"})))
    take((PAYLOADS / "status_read.json").read_bytes())
    assert queries.waiting_lanes(limit=10) == ("phone:905550000102", LANE)
    assert queries.waiting_lanes(limit=1) == ("phone:905550000102",)


@pytest.mark.django_db
def test_items_are_claimed_by_kind() -> None:
    take((PAYLOADS / "malformed/batch_multi_entry.json").read_bytes())
    statuses = claim_items(kinds={Kind.STATUS}, limit=2, lease_seconds=60)
    assert [item.variant for item in statuses] == ["sent", "delivered"]
    rest = claim_items(kinds={Kind.STATUS, Kind.TEMPLATE}, limit=10, lease_seconds=60)
    assert [item.variant for item in rest] == ["failed", "message_template_status_update"]
    assert claim_items(kinds={Kind.STATUS}, limit=10, lease_seconds=60) == ()


@pytest.mark.django_db
def test_quarantined_item_is_not_claimed_again_and_is_shown() -> None:
    take(body_of(words(1)))
    items = claim()
    with transaction.atomic():
        quarantine(items=items, reason="sender_conflict", now=NOW)
    assert claim() == ()
    assert [item.reason for item in queries.quarantined()] == ["sender_conflict"]


@pytest.mark.django_db
def test_item_put_back_lets_its_lane_rest() -> None:
    take(body_of(words(1)))
    items = claim()
    with transaction.atomic():
        put_back(items=items, wait_seconds=30)
    take(body_of(words(2)))
    assert claim() == ()
    let_leases_end()
    assert [item.attempt for item in claim()] == [2, 1]


@pytest.mark.django_db
def test_results_need_a_transaction() -> None:
    take(body_of(words(1)))
    items = claim()
    with pytest.raises(TransactionMisuse):
        mark_done(items=items, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_of_parallel_claims_one_gets_the_lane() -> None:
    take(body_of(*[words(number) for number in range(20)]))
    got: list[int] = []
    together(*[lambda: got.append(len(claim(limit=5)))] * 4)
    assert sorted(got) == [0, 0, 0, 5]


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_finish_a_lane_in_order_and_once() -> None:
    take(body_of(*[words(number) for number in range(12)]))
    done: list[str] = []

    def work() -> None:
        while WebhookItem.objects.filter(state="new").exists():
            items = claim(limit=3)
            if items:
                with transaction.atomic():
                    mark_done(items=items, now=NOW)
                    done.extend(item.key for item in items)
        connection.close()

    together(work, work, work)
    assert done == [f"message:wamid.{number}" for number in range(12)]
    assert not WebhookItem.objects.exclude(attempts=1).exists()

"""What two posts with the same or related items leave behind."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from iceshop.kernel.time import UTC
from whatsapp.gateway.signature import Verdict, sign
from whatsapp.webhook import queries
from whatsapp.webhook.models import WebhookDelivery, WebhookItem
from whatsapp.webhook.services import receive
from whatsapp.webhook.tests.posting import PAYLOADS, SECRET

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
SENT_SECONDS = 1_795_170_600


def body_of(*messages: dict[str, object]) -> bytes:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"phone_number_id": "210987654321098"},
        "messages": list(messages),
    }
    change = {"field": "messages", "value": value}
    entry = {"id": "301122334455667", "changes": [change]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def words(number: int, **sender: str) -> dict[str, object]:
    return {
        "id": f"wamid.{number}",
        "timestamp": str(SENT_SECONDS),
        "type": "text",
        "text": {"body": f"{number}"},
        **(sender or {"from": "905550000101"}),
    }


def take(body: bytes, now: datetime = NOW) -> None:
    receipt = receive(body=body, signature=sign(body, SECRET), now=now)
    assert receipt.verdict is Verdict.VALID


def together(*jobs: Callable[[], None]) -> None:
    """Run jobs in threads that start at the same moment; connections are closed after them."""
    barrier = threading.Barrier(len(jobs))
    failed: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            barrier.wait()
            job()
        except BaseException as error:  # noqa: BLE001 - shown by the assertion below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.django_db(transaction=True)
def test_same_message_five_times_in_parallel_is_one_row() -> None:
    body = (PAYLOADS / "message_text_tr.json").read_bytes()
    together(*[lambda: take(body)] * 5)
    assert WebhookItem.objects.count() == 1
    assert WebhookDelivery.objects.count() == 5
    assert WebhookItem.objects.get().flags == []


@pytest.mark.django_db(transaction=True)
def test_batches_with_the_same_messages_in_another_order_do_not_block_each_other() -> None:
    forwards = [words(number) for number in range(200)]
    bodies = [body_of(*forwards), body_of(*reversed(forwards))] * 3
    together(*[lambda body=body: take(body) for body in bodies])
    assert WebhookItem.objects.count() == 200


@pytest.mark.django_db
def test_messages_of_one_second_keep_the_order_of_the_body() -> None:
    take(body_of(*[words(number) for number in (3, 1, 2)]))
    rows = WebhookItem.objects.order_by(*queries.LANE_ORDER)
    assert [row.key for row in rows] == ["message:wamid.3", "message:wamid.1", "message:wamid.2"]


@pytest.mark.django_db
def test_sender_without_id_goes_into_the_lane_of_the_known_id() -> None:
    both = {"from": "905550000101", "from_user_id": "TR.1"}
    take(body_of(words(1, **both)))
    take(body_of(words(2, **{"from": "905550000101"}), words(3, **{"from": "905550000102"})))
    lanes = dict(WebhookItem.objects.values_list("key", "lane_key"))
    assert lanes == {
        "message:wamid.1": "id:TR.1",
        "message:wamid.2": "id:TR.1",
        "message:wamid.3": "phone:905550000102",
    }


@pytest.mark.django_db
def test_repetition_with_an_id_added_is_not_marked() -> None:
    take(body_of(words(1, **{"from": "905550000101"})))
    take(body_of(words(1, **{"from": "905550000101", "from_user_id": "TR.1"})))
    assert WebhookItem.objects.get().flags == []


@pytest.mark.django_db
def test_repetition_is_marked_once() -> None:
    take(body_of(words(1)))
    other = words(1) | {"text": {"body": "other"}}
    take(body_of(other))
    take(body_of(other))
    assert WebhookItem.objects.get().flags == ["repeated_other_content"]


@pytest.mark.django_db
def test_repetition_in_one_body_is_marked() -> None:
    take(body_of(words(1), words(1) | {"text": {"body": "other"}}))
    assert WebhookItem.objects.get().flags == ["repeated_other_content"]


@pytest.mark.django_db
def test_same_error_counts_once_an_hour() -> None:
    body = (PAYLOADS / "value_errors_out_of_band.json").read_bytes()
    take(body)
    take(body, NOW + timedelta(minutes=59))
    take(body, NOW + timedelta(minutes=60))
    assert WebhookItem.objects.filter(kind="error").count() == 2


@pytest.mark.django_db
def test_new_items_wake_their_drains_after_the_commit(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.KICK_TASKS = True
    with django_capture_on_commit_callbacks() as kicks:
        take((PAYLOADS / "malformed/batch_multi_entry.json").read_bytes())
    assert sorted(kick.task_name for kick in kicks) == [
        "whatsapp.conversation.drain",
        "whatsapp.messaging.drain",
    ]
    with django_capture_on_commit_callbacks() as kicks:
        take((PAYLOADS / "malformed/text_body_integer.json").read_bytes())
    assert kicks == []

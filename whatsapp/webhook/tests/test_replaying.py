"""Replay: a stored body read again after a repair."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

from iceshop.kernel.errors import NotFound
from whatsapp.gateway.items import Kind
from whatsapp.webhook import queries
from whatsapp.webhook.models import WebhookDelivery, WebhookItem
from whatsapp.webhook.services import claim_items, mark_done, quarantine, replay_delivery
from whatsapp.webhook.tests.posting import PAYLOADS
from whatsapp.webhook.tests.test_storing import NOW, body_of, take, words

pytestmark = pytest.mark.django_db


def _states() -> list[tuple[str, str, str]]:
    rows = WebhookItem.objects.order_by("pk")
    return [(row.key.partition(":")[0], row.state, row.reason) for row in rows]


def _replay() -> int:
    return replay_delivery(delivery_id=WebhookDelivery.objects.get().pk, now=NOW)


def test_item_that_failed_at_work_is_new_again() -> None:
    take(body_of(words(1), words(2)))
    first, second = claim_items(kinds={Kind.MESSAGE}, limit=10, lease_seconds=60)
    with transaction.atomic():
        mark_done(items=[first], now=NOW)
        quarantine(items=[second], reason="handler_failed", now=NOW)

    assert _replay() == 1

    assert _states() == [("message", "done", ""), ("message", "new", "")]
    (again,) = claim_items(kinds={Kind.MESSAGE}, limit=10, lease_seconds=60)
    assert (again.id, again.attempt) == (second.id, 1)


def test_body_that_is_still_unreadable_stays_aside() -> None:
    take((PAYLOADS / "malformed/text_body_integer.json").read_bytes())
    assert _replay() == 0
    assert _states() == [("message", "quarantined", "text_not_text")]


def test_number_that_became_ours_turns_ignored_items_into_work(settings: Any) -> None:
    take((PAYLOADS / "malformed/metadata_unknown_phone_number_id.json").read_bytes())
    assert [state for _, state, _ in _states()] == ["ignored"]

    settings.WHATSAPP = {**settings.WHATSAPP, "PHONE_NUMBER_ID": "210987654329999"}

    assert _replay() == 1
    assert _states() == [("ignored", "ignored", "superseded"), ("message", "new", "")]
    assert _replay() == 0


def test_message_repaired_in_the_reader_comes_back_whole() -> None:
    take(body_of(words(1)))
    row = WebhookItem.objects.get()
    WebhookItem.objects.update(
        state="quarantined", reason="text_missing", processed_at=NOW, kind="invalid", variant=""
    )
    assert _replay() == 1
    again = WebhookItem.objects.get()
    assert (again.kind, again.variant, again.payload) == ("message", "text", row.payload)


def test_unknown_delivery_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"webhook\.no_delivery"):
        replay_delivery(delivery_id=1, now=NOW)


def test_operator_sees_what_was_set_aside_and_refused() -> None:
    assert queries.last_delivery() is None
    take((PAYLOADS / "malformed/batch_good_and_bad_mixed.json").read_bytes())
    take((PAYLOADS / "malformed/entry_unknown_account.json").read_bytes())

    last = queries.last_delivery()
    assert last is not None
    assert (last.item_count, last.received_at) == (1, NOW)
    assert {
        (row.reason, row.count, row.is_alarming) for row in queries.failures_by_reason(since=NOW)
    } == {
        ("id_missing", 1, True),
        ("content_missing", 1, True),
        ("not_an_object", 1, False),
        ("field_unknown", 1, False),
        ("account_unknown", 1, True),
    }
    assert {item.path for item in queries.quarantined()} == {
        "entry.0.changes.0.value.messages.1",
        "entry.0.changes.0.value.messages.2",
    }
    waiting = queries.backlog()
    assert (waiting.count, waiting.oldest_at) == (5, NOW)


def test_admin_shows_searches_and_replays() -> None:
    take(body_of(words(1)))
    WebhookItem.objects.update(state="quarantined", reason="handler_failed", processed_at=NOW)
    delivery = WebhookDelivery.objects.get()
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", "root@example.com", "x"))

    page = client.get(f"/admin/whatsapp/webhookdelivery/{delivery.pk}/change/")
    assert json.dumps("wamid.1")[1:-1] in page.content.decode()
    listed = client.get("/admin/whatsapp/webhookitem/", {"q": "905550000101"})
    assert "handler_failed" in listed.content.decode()
    assert client.get("/admin/whatsapp/webhookrefusal/").status_code == 200

    client.post(
        "/admin/whatsapp/webhookitem/",
        {"action": "replay", "_selected_action": [str(WebhookItem.objects.get().pk)]},
    )
    assert WebhookItem.objects.get().state == "new"

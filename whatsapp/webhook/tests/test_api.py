"""The webhook's door: handshake, signature, size."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from iceshop.kernel.time import UTC
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookRefusal
from whatsapp.webhook.tests.posting import PATH, PAYLOADS, SECRET, post

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
BODY = (PAYLOADS / "message_text_tr.json").read_bytes()

pytestmark = pytest.mark.django_db


def _refusals() -> dict[str, int]:
    return dict(WebhookRefusal.objects.values_list("reason", "count"))


def _stored_nothing() -> bool:
    return not WebhookDelivery.objects.exists() and not WebhookItem.objects.exists()


def handshake(**asked: str) -> Any:
    return Client().get(PATH, {f"hub.{name}": value for name, value in asked.items()})


def test_handshake_with_our_token_returns_the_challenge_as_plain_text() -> None:
    answer = handshake(
        mode="subscribe", challenge="<b>1158201444</b>", verify_token="iceshop-test-verify-token"
    )
    assert (answer.status_code, answer.content) == (200, b"<b>1158201444</b>")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "asked",
    [
        {"mode": "subscribe", "challenge": "1", "verify_token": "wrong"},
        {"mode": "subscribe", "challenge": "1", "verify_token": ""},
        {"mode": "subscribe", "challenge": "1", "verify_token": "çok yanlış"},
        {"mode": "subscribe", "challenge": "1"},
        {"mode": "unsubscribe", "challenge": "1", "verify_token": "iceshop-test-verify-token"},
        {},
    ],
)
def test_handshake_with_another_token_or_mode_is_refused(asked: dict[str, str]) -> None:
    assert handshake(**asked).status_code == 403


def test_handshake_without_a_set_token_is_refused(settings: Any) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "VERIFY_TOKEN": ""}
    assert handshake(mode="subscribe", challenge="1", verify_token="").status_code == 403


def test_post_with_good_signature_is_stored_byte_for_byte() -> None:
    answer = post(BODY, now=NOW)
    assert (answer.status_code, answer.content) == (200, b"ok")
    delivery = WebhookDelivery.objects.get()
    assert bytes(delivery.body) == BODY
    assert (delivery.item_count, delivery.received_at) == (1, NOW)
    assert _refusals() == {}


@pytest.mark.parametrize(
    ("signature", "reason"),
    [
        (None, "signature_missing"),
        ("", "signature_missing"),
        ("sha256=", "signature_malformed"),
        ("sha1=" + "0" * 40, "signature_malformed"),
        ("sha256=" + "0" * 64, "signature_wrong"),
        ("sha256=" + "A" * 64, "signature_malformed"),
    ],
)
def test_post_with_bad_signature_leaves_only_a_count(signature: str | None, reason: str) -> None:
    assert post(BODY, now=NOW, signature=signature).status_code == 403
    assert post(BODY, now=NOW, signature=signature).status_code == 403
    assert _stored_nothing()
    assert _refusals() == {reason: 2}


def test_post_with_changed_body_is_refused() -> None:
    from whatsapp.gateway.signature import sign

    assert post(BODY + b" ", now=NOW, signature=sign(BODY, SECRET)).status_code == 403
    assert _stored_nothing()


def test_post_without_a_set_secret_is_refused(settings: Any) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "APP_SECRETS": []}
    assert post(BODY, now=NOW, secret="").status_code == 403
    assert _stored_nothing()
    assert _refusals() == {"no_secret": 1}


def test_post_signed_with_the_older_secret_is_stored(settings: Any) -> None:
    settings.WHATSAPP = {**settings.WHATSAPP, "APP_SECRETS": ["newer", SECRET]}
    assert post(BODY, now=NOW).status_code == 200


def test_refusals_are_counted_by_day() -> None:
    post(BODY, now=NOW, signature=None)
    post(BODY, now=NOW + timedelta(days=1), signature=None)
    assert WebhookRefusal.objects.filter(count=1).count() == 2


def test_body_of_three_megabytes_is_stored_and_one_byte_more_is_not() -> None:
    limit = 3 * 1024 * 1024
    full = BODY + b" " * (limit - len(BODY))
    assert post(full, now=NOW).status_code == 200
    assert WebhookDelivery.objects.get().item_count == 1

    assert post(full + b" ", now=NOW).status_code == 413
    assert WebhookDelivery.objects.count() == 1
    assert _refusals() == {"body_too_large": 1}


def test_accept_header_and_content_type_do_not_matter() -> None:
    from whatsapp.gateway.signature import sign

    answer = Client().post(
        PATH,
        data=BODY,
        content_type="application/x-www-form-urlencoded",
        headers={"X-Hub-Signature-256": sign(BODY, SECRET), "Accept": "image/png"},
    )
    assert answer.status_code == 200
    assert WebhookItem.objects.count() == 1


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(method: str) -> None:
    assert getattr(Client(), method)(PATH).status_code == 405


def test_answer_is_503_when_the_body_cannot_be_stored(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter table whatsapp_webhook_item rename to whatsapp_webhook_item_away")
    try:
        answer = post(BODY, now=NOW)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("alter table whatsapp_webhook_item_away rename to whatsapp_webhook_item")
    assert (answer.status_code, answer.content) == (503, b"not stored")
    assert _stored_nothing()


def test_thousand_messages_take_few_statements(django_assert_max_num_queries: Any) -> None:
    body = (PAYLOADS / "malformed/batch_one_thousand_messages.json").read_bytes()
    with django_assert_max_num_queries(6) as asked:
        assert post(body, now=NOW).status_code == 200
    inserts = [
        query for query in asked.captured_queries if 'INTO "whatsapp_webhook_item"' in query["sql"]
    ]
    assert len(inserts) == 1
    assert WebhookItem.objects.filter(state="new").count() == 1000


def test_logs_hold_no_phone_and_no_words(caplog: pytest.LogCaptureFixture) -> None:
    post(BODY, now=NOW)
    post((PAYLOADS / "malformed/text_body_integer.json").read_bytes(), now=NOW)
    written = json.dumps([record.getMessage() for record in caplog.records])
    assert "webhook.stored" in written
    assert "webhook.set_aside" in written
    assert "905550000101" not in written
    assert "Merhaba" not in written

"""Vapi's messages: verified, read in both shapes, harmless when broken."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from whatsapp.calls.domain import is_signed, read_message, signed_headers
from whatsapp.calls.models import VoiceCall
from whatsapp.tests.town import Town

NOON = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
BODY = b'{"message": {"type": "hang"}}'


def test_hmac_with_a_fresh_time_counts() -> None:
    headers = signed_headers(BODY, secret="s1", now=NOON)

    assert is_signed(BODY, headers, ["s2", "s1"], NOON + timedelta(minutes=5))
    assert not is_signed(BODY, headers, ["s1"], NOON + timedelta(minutes=6))
    assert not is_signed(BODY + b" ", headers, ["s1"], NOON)
    assert not is_signed(BODY, headers, ["s2"], NOON)
    assert not is_signed(BODY, headers, [], NOON)
    assert not is_signed(BODY, {**headers, "X-Timestamp": "now"}, ["s1"], NOON)


def test_plain_secret_counts_and_an_unset_one_never() -> None:
    assert is_signed(BODY, {"X-Vapi-Secret": "s1"}, ["s1"], NOON)
    assert not is_signed(BODY, {"X-Vapi-Secret": ""}, [""], NOON)
    assert not is_signed(BODY, {}, ["s1"], NOON)


@pytest.mark.parametrize(
    "call",
    [
        {"id": "t1", "name": "say", "parameters": {"words": "kahve"}},
        {"id": "t1", "name": "say", "arguments": {"words": "kahve"}},
        {"id": "t1", "function": {"name": "say", "arguments": '{"words": "kahve"}'}},
    ],
)
def test_tool_call_is_read_in_every_shape(call: dict[str, Any]) -> None:
    body = json.dumps({"message": {"type": "tool-calls", "toolCallList": [call]}}).encode()

    message = read_message(body)

    assert message is not None
    (tool,) = message.tools
    assert (tool.id, tool.name, tool.text("words")) == ("t1", "say", "kahve")


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"message": 1}', b'{"message": {}}', b'{"message": {"type": 1}}'],
)
def test_what_is_no_message_is_none(body: bytes) -> None:
    assert read_message(body) is None


@pytest.mark.django_db
def test_message_that_nobody_signed_changes_nothing(town: Town) -> None:
    call = {"id": "c", "customer": {"number": "+905551234567"}}
    said = {"type": "assistant-request", "call": call}

    answer = Client().post(
        "/webhooks/voice", json.dumps({"message": said}), content_type="application/json"
    )

    assert answer.status_code == 403
    assert not VoiceCall.objects.exists()

"""Details of the parser that the table of samples does not show."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iceshop.kernel.time import UTC
from whatsapp.gateway.codec import decode_content, encode
from whatsapp.gateway.codes import Flag, Reason
from whatsapp.gateway.content import IdentityChange, Media, Order, Text
from whatsapp.gateway.items import AccountEvent, Ignored, Invalid, Item, Kind, Message, Referral
from whatsapp.gateway.wire import parse

PAYLOADS = Path(__file__).parents[2] / "webhook/tests/payloads"
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
ACCOUNT, NUMBER = "301122334455667", "210987654321098"


def read(body: bytes, received_at: datetime = NOW) -> tuple[Item, ...]:
    return parse(body, account_ids={ACCOUNT}, phone_number_ids={NUMBER}, received_at=received_at)


def sample(name: str) -> Item:
    (item,) = read((PAYLOADS / name).read_bytes())
    return item


def message_of(item: Item) -> Message:
    assert isinstance(item.content, Message)
    return item.content


def envelope(**value: object) -> bytes:
    whole = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}, **value}
    change = {"field": "messages", "value": whole}
    entry = {"id": ACCOUNT, "changes": [change]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def only(**value: object) -> Item:
    (item,) = read(envelope(**value))
    return item


def words(**changed: object) -> dict[str, object]:
    return {
        "from": "905550000101",
        "id": "wamid.1",
        "timestamp": "1795170600",
        "type": "text",
        "text": {"body": "merhaba"},
    } | changed


def test_quoted_message_forwarding_and_advertisement_are_kept() -> None:
    reply = message_of(sample("message_text_reply.json"))
    assert reply.quoted_id == "wamid.HBgMOTA1NTUwMDAwMTAxFQIAERgSMUI1RkRBNDU1MTEzRUJBQUM4AA=="
    assert (reply.is_forwarded, reply.referral) == (False, None)
    forwarded = message_of(sample("message_text_forwarded.json"))
    assert (forwarded.quoted_id, forwarded.is_forwarded) == ("", True)
    from_ad = message_of(sample("message_text_click_to_whatsapp_ad.json"))
    assert from_ad.referral == Referral(
        source_type="ad", source_id="120226305854810999", click_id="AffExAmPleClickId0001"
    )


def test_keys_name_number_and_message_status_or_event() -> None:
    message = sample("message_text_en.json")
    assert (message.source, message.key) == (
        NUMBER,
        "message:wamid.HBgMNDQ3NzAwOTAwMTA0FQIAEhgUM0E4REVBQzM4MEVFNkFDNzE3OTgA",
    )
    status = sample("status_read.json")
    assert (
        status.key == "status:wamid.HBgMOTA1NTUwMDAwMTAxFQIAERgSRDQxOUE3QUFGREJDNTk3NTcxAA==:read"
    )
    event = sample("template_status_approved.json")
    assert event.source == ACCOUNT
    assert event.key.startswith("event:")
    assert event.key != sample("template_status_rejected.json").key


def test_account_event_keeps_its_details() -> None:
    content = sample("account_update_restriction.json").content
    assert isinstance(content, AccountEvent)
    assert content.details["restriction_info"] == [
        {"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING", "expiration": 1795776500}
    ]


def test_capability_may_be_a_word_or_a_number() -> None:
    body = (PAYLOADS / "business_capability_update.json").read_bytes()
    (named,) = read(body)
    (counted,) = read(body.replace(b'"TIER_2K"', b"2000"))
    for item, limit in ((named, "TIER_2K"), (counted, 2000)):
        assert isinstance(item.content, AccountEvent)
        assert item.content.details["max_daily_conversations_per_business"] == limit


def test_address_of_media_is_never_kept() -> None:
    for path in PAYLOADS.rglob("*.json"):
        for item in read(path.read_bytes()):
            if isinstance(item.content, Message) and isinstance(item.content.body, Media):
                assert "http" not in json.dumps(encode(item.content))


def test_new_id_without_a_readable_old_one_is_the_sender() -> None:
    system = {"type": "user_changed_user_id", "user_id": "TR.9", "body": "User x got a new id"}
    item = only(messages=[{"id": "wamid.1", "type": "system", "system": system}])
    message = message_of(item)
    assert message.body == IdentityChange(user_id="TR.9")
    assert (item.user_id, item.flags) == ("TR.9", (Flag.TIME_MISSING,))


def test_unknown_status_and_its_repetition_have_one_key() -> None:
    first = only(statuses=[{"id": "wamid.1", "status": "teleported"}])
    later = only(statuses=[{"id": "wamid.1", "status": "teleported", "timestamp": "1795170600"}])
    assert isinstance(first.content, Ignored)
    assert first.key == later.key == "status:wamid.1:teleported"


def test_standby_thread_is_ignored_with_an_alarm() -> None:
    body = envelope(messages=[words()]).replace(b'"field": "messages"', b'"field": "standby"')
    (item,) = read(body)
    assert item.content == Ignored(reason=Reason.THREAD_STANDBY)


def test_statuses_of_calls_are_not_statuses_of_messages() -> None:
    value = {"statuses": [{"id": "wacid.1", "status": "RINGING"}]}
    body = envelope(**value).replace(b'"field": "messages"', b'"field": "calls"')
    (item,) = read(body)
    assert isinstance(item.content, Ignored)


@pytest.mark.parametrize("identity", ["wamid.\u0000", "wamid.ş", "a b", "x" * 257, 7, ["x"]])
def test_id_that_no_database_should_hold_is_set_aside(identity: object) -> None:
    item = only(messages=[words(id=identity)])
    assert item.content == Invalid(reason=Reason.ID_UNFIT)
    assert len(item.key) < 100


@pytest.mark.parametrize("given", [True, 1.5, [], {}, "", "１７９５１７０６００", "9" * 40, 10**30])
def test_unreadable_time_counts_as_arrival(given: object) -> None:
    item = only(messages=[words(timestamp=given)])
    assert (item.event_at, item.flags) == (NOW, (Flag.TIME_UNREADABLE,))


def test_time_just_ahead_is_arrival_without_a_flag() -> None:
    ahead = int((NOW + timedelta(seconds=30)).timestamp())
    item = only(messages=[words(timestamp=ahead)])
    assert (item.event_at, item.flags) == (NOW, ())


def test_body_nested_beyond_the_parser_is_still_read() -> None:
    for depth in (400, 2_000, 100_000):
        deep = b'{"a":' * depth + b"1" + b"}" * depth
        body = envelope(messages=[words()])
        (item,) = read(body[:-1] + b', "x": ' + deep + b"}")
        assert message_of(item).body == Text(text="merhaba")


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b'{"object": "' + b"[" * 5_000]
)
def test_deep_body_that_never_ends_is_not_json(body: bytes) -> None:
    (item,) = read(body)
    assert item.content == Invalid(reason=Reason.BODY_NOT_JSON)


@pytest.mark.parametrize("literal", [b"NaN", b"Infinity", b"-Infinity", b"1" * 5_000])
def test_numbers_beyond_the_standard_are_not_json(literal: bytes) -> None:
    (item,) = read(envelope(x=0).replace(b'"x": 0', b'"x": ' + literal))
    assert item.content == Invalid(reason=Reason.BODY_NOT_JSON)


def test_endless_number_is_dropped_from_details() -> None:
    order = {"product_items": [{"item_price": 0}]}
    body = envelope(messages=[words(type="order", order=order)]).replace(
        b'"item_price": 0', b'"item_price": 1e999'
    )
    (item,) = read(body)
    assert message_of(item).body == Order(details={"product_items": [{"item_price": None}]})


def test_every_sample_survives_storage_as_json() -> None:
    for path in PAYLOADS.rglob("*.json"):
        for item in read(path.read_bytes()):
            stored = json.dumps(encode(item.content), allow_nan=False)
            stored.encode()
            assert "\\u0000" not in stored
            assert decode_content(json.loads(stored)) == item.content


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
SAMPLES = [json.loads(path.read_bytes()) for path in sorted(PAYLOADS.glob("*.json"))]


def _paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [deep for name, part in value.items() for deep in _paths(part, (*path, name))]
    elif isinstance(value, list):
        found += [deep for name, part in enumerate(value) for deep in _paths(part, (*path, name))]
    return found


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_any_value_anywhere_is_an_item_and_never_an_exception(data: st.DataObject) -> None:
    body = json.loads(json.dumps(data.draw(st.sampled_from(SAMPLES))))
    *way, last = data.draw(st.sampled_from(_paths(body)))
    place = body
    for step in way:
        place = place[step]
    place[last] = data.draw(JSON)
    try:
        raw = json.dumps(body, ensure_ascii=True).encode()
    except ValueError:
        return
    for item in read(raw):
        stored = json.dumps(encode(item.content), allow_nan=False, ensure_ascii=False)
        assert b"\\u0000" not in stored.encode()  # and no half of a surrogate pair
        assert item.event_at <= NOW
        assert len(item.key) <= 320
        assert len(item.path) <= 120
        assert max(len(item.source), len(item.reason), len(item.variant)) <= 60


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_one_item_or_none(body: bytes) -> None:
    assert len(read(body)) <= 1


def test_repetition_of_an_item_has_the_same_key_in_every_position() -> None:
    (first, second) = read(envelope(messages=[{"type": "text"}, {"type": "text"}]))
    assert first.key == second.key
    assert replace(first, path="", position=0) == replace(second, path="", position=0)
    assert first.kind is Kind.INVALID

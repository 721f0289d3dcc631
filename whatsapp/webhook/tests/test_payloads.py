"""Every sample body ends as the rows that the expectations name."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import datetime, timedelta
from typing import Any

import pytest

from iceshop.kernel.time import UTC
from whatsapp.gateway.codec import decode_content
from whatsapp.gateway.items import (
    Call,
    Message,
    Preference,
    Sender,
    Status,
)
from whatsapp.webhook.models import WebhookItem
from whatsapp.webhook.tests.expectations import VALID
from whatsapp.webhook.tests.expectations_malformed import MALFORMED, REPEATED
from whatsapp.webhook.tests.posting import PAYLOADS, post
from whatsapp.webhook.tests.rows import ARRIVAL, START_SECONDS, Row

EXPECTED = VALID | {f"malformed/{name}": rows for name, rows in MALFORMED.items()}
START = datetime.fromtimestamp(START_SECONDS, UTC)

pytestmark = pytest.mark.django_db


def _says(content: Any) -> dict[str, object]:
    """What a content says beyond the defaults, without who and which."""
    match content:
        case Message(body=body):
            return _set_fields(body, without={"form"})
        case Status():
            return _status(content)
        case _:
            return _set_fields(content, without={"sender", "call_id", "details", "reason", "what"})


def _set_fields(value: Any, *, without: set[str]) -> dict[str, object]:
    held = {part.name: (getattr(value, part.name), part.default) for part in fields(value)}
    return {
        name: now
        for name, (now, default) in held.items()
        if name not in without and (default is MISSING or now != default)
    }


def _status(status: Status) -> dict[str, object]:
    says: dict[str, object] = {}
    if status.errors:
        says["code"] = status.errors[0].code
    if status.pricing:
        price = status.pricing
        says["pricing"] = (price.category, price.type, price.is_billable)
        if price.model != "PMP":
            says["pricing"] = (price.category, price.type, price.is_billable, price.model)
    if status.opaque:
        says["opaque"] = status.opaque
    return says


def _stored() -> list[Row]:
    return [_row(item) for item in WebhookItem.objects.order_by("delivery_id", "position")]


def _row(item: WebhookItem) -> Row:
    content = decode_content(item.payload)
    match content:
        case Message(sender=sender) | Call(sender=sender) | Preference(sender=sender):
            who = sender
        case _:
            who = Sender(phone=item.phone, user_id=item.user_id)
    assert (item.phone, item.user_id) == (who.phone, who.user_id)
    return Row(
        kind=item.kind,
        state=item.state,
        at=round((item.event_at - START).total_seconds()),
        variant=item.variant,
        reason=item.reason,
        who=who,
        lane_key=item.lane_key,
        flags=tuple(item.flags),
        says=_says(content),
    )


def _bare(row: Row) -> Row:
    """Without the name, which a status does not store."""
    if row.kind != "status":
        return row
    return Row(**{**vars(row), "who": Sender(phone=row.who.phone, user_id=row.who.user_id)})


def test_every_sample_is_expected() -> None:
    found = {str(path.relative_to(PAYLOADS)) for path in PAYLOADS.rglob("*.json")}
    assert found == EXPECTED.keys()
    assert len(found) == 210


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_sample_ends_as_its_rows(name: str) -> None:
    body = (PAYLOADS / name).read_bytes()
    now = START + timedelta(seconds=ARRIVAL)

    assert post(body, now=now).status_code == 200
    first = _stored()
    assert [_bare(row) for row in first] == [_bare(row) for row in EXPECTED[name]]
    assert all(
        (item.processed_at is None) == (item.state == "new") for item in WebhookItem.objects.all()
    )

    assert post(body, now=now + timedelta(minutes=1)).status_code == 200
    assert _stored() == first


@pytest.mark.parametrize("name", sorted(REPEATED))
def test_repeated_message_leaves_the_first_row(name: str) -> None:
    before, flags = REPEATED[name]
    now = START + timedelta(seconds=ARRIVAL)
    post((PAYLOADS / before).read_bytes(), now=now)
    (first,) = _stored()

    assert post((PAYLOADS / name).read_bytes(), now=now).status_code == 200

    assert _stored() == [Row(**{**vars(first), "flags": flags})]


def test_samples_are_the_published_ones() -> None:
    readme = (PAYLOADS / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in PAYLOADS.rglob("*.json") if f"`{path.name}`" not in readme]
    assert missing == []

"""Items as rows: how they are made, put in, and compared with what is already there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from iceshop.infra.db import add_new, step
from iceshop.infra.kick import kick
from whatsapp.gateway.codec import encode
from whatsapp.gateway.codes import Flag
from whatsapp.gateway.items import PERSON_KINDS, Item, Kind
from whatsapp.gateway.wire import parse
from whatsapp.webhook import queries
from whatsapp.webhook.models import WebhookDelivery, WebhookItem, WebhookItemState

CONVERSATION_TASK = "whatsapp.conversation.drain"
MESSAGING_TASK = "whatsapp.messaging.drain"
# One statement for the platform's largest batch; only a hostile body needs more.
_BATCH_ROWS = 2000

_STATES = {Kind.IGNORED: WebhookItemState.IGNORED, Kind.INVALID: WebhookItemState.QUARANTINED}


def items_of(body: bytes, *, received_at: datetime) -> tuple[Item, ...]:
    """Return what the body holds for the configured account and number."""
    wanted = settings.WHATSAPP
    return parse(
        body,
        account_ids={wanted["ACCOUNT_ID"]},
        phone_number_ids={wanted["PHONE_NUMBER_ID"]},
        received_at=received_at,
    )


def rows_of(
    items: Iterable[Item], *, delivery: WebhookDelivery, now: datetime
) -> dict[tuple[str, str], WebhookItem]:
    """Return one row an item by ``(source, key)``; a repetition only marks the first."""
    found = list(items)
    bare = {item.phone for item in found if item.phone and not item.user_id}
    known = queries.user_ids_of_phones(phones=sorted(bare)) if bare else {}
    rows: dict[tuple[str, str], WebhookItem] = {}
    for item in found:
        row = _row(item, known, delivery=delivery, now=now)
        first = rows.setdefault((row.source, row.key), row)
        if first is not row:
            first.flags = [*first.flags, *new_flags(first, later=row)]
    return rows


def _row(
    item: Item, known: dict[str, str], *, delivery: WebhookDelivery, now: datetime
) -> WebhookItem:
    state = _STATES.get(item.kind, WebhookItemState.NEW)
    return WebhookItem(
        delivery=delivery,
        position=item.position,
        path=item.path,
        source=item.source,
        key=item.key,
        kind=item.kind.value,
        variant=item.variant,
        phone=item.phone,
        user_id=item.user_id,
        lane_key=_lane_key(item, known),
        event_at=item.event_at,
        received_at=delivery.received_at,
        payload=encode(item.content),
        flags=[flag.value for flag in item.flags],
        state=state,
        reason=item.reason,
        processed_at=None if state == WebhookItemState.NEW else now,
    )


def _lane_key(item: Item, known: dict[str, str]) -> str:
    """Return the person's lane: by id, else by the id last seen with the phone, else by phone."""
    if item.kind not in PERSON_KINDS:
        return ""
    user_id = item.user_id or known.get(item.phone, "")
    return f"id:{user_id}" if user_id else f"phone:{item.phone}"


@step
def insert(rows: dict[tuple[str, str], WebhookItem]) -> None:
    """Put rows in; those whose key is known stay out and mark the stored row when they differ.

    The rows go in by key, so that two posts with the same items cannot wait for each other.
    """
    if not rows:
        return
    ordered = [rows[key] for key in sorted(rows)]
    added = sum(add_new(ordered[at : at + _BATCH_ROWS]) for at in range(0, len(rows), _BATCH_ROWS))
    if added == len(ordered):
        return
    delivery_ids = {row.delivery_id for row in ordered}
    stored = WebhookItem.objects.filter(
        source__in={row.source for row in ordered}, key__in=[row.key for row in ordered]
    ).exclude(delivery__in=delivery_ids)
    for row in stored:
        flags = new_flags(row, later=rows[row.source, row.key])
        if flags:
            row.flags = [*row.flags, *flags]
            row.save(update_fields=["flags"])


def new_flags(first: WebhookItem, *, later: WebhookItem) -> list[str]:
    """Return how a repetition differs from the message that came first and wins."""
    if Kind.MESSAGE.value not in (first.kind, later.kind):
        return []
    phones, user_ids = {first.phone, later.phone} - {""}, {first.user_id, later.user_id} - {""}
    flags = []
    if len(phones) > 1 or len(user_ids) > 1:
        flags.append(Flag.REPEATED_OTHER_SENDER.value)
    if _words(first) != _words(later):
        flags.append(Flag.REPEATED_OTHER_CONTENT.value)
    return [flag for flag in flags if flag not in first.flags]


def _words(row: WebhookItem) -> Any:
    """Return the body of a message, without its sender: names may change between deliveries."""
    return row.payload["value"].get("body")


def kick_drains(rows: Iterable[WebhookItem]) -> None:
    """Wake whoever works on the new rows, once the transaction has committed."""
    kinds = {row.kind for row in rows if row.state == WebhookItemState.NEW}
    if kinds & {kind.value for kind in PERSON_KINDS}:
        kick(CONVERSATION_TASK)
    if kinds - {kind.value for kind in PERSON_KINDS}:
        kick(MESSAGING_TASK)

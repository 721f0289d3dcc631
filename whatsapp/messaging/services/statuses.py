"""What became of our messages, as the platform reports it: forward only, many reports at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import Q

from accounts.consent import services as consent
from iceshop.infra.db import add_new, operation
from iceshop.infra.outbox import services as outbox
from iceshop.infra.prepared import PreparedUpdate, PreparedValues, given, given_list
from whatsapp.gateway.errors import Breaker, Handling, is_known, rule_for
from whatsapp.gateway.items import Status
from whatsapp.messaging.domain import STATE_OF_STATUS, OutboundState, moved
from whatsapp.messaging.models import MessageStatus, OutboundMessage, SendingStop
from whatsapp.messaging.services.again import plan_again, plan_channel
from whatsapp.messaging.services.templates import mark_unusable
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem

log = structlog.get_logger(__name__)

# Our own commit may still be on its way when the first status comes.
_WAIT_FOR_MESSAGE = timedelta(minutes=10)
_AGAIN_SECONDS = 5
_STATUS_LENGTH = 20
_MOVED_COLUMNS = (
    "price_category",
    "price_type",
    "state",
    "settled_at",
    "error_code",
)


@operation
def note_statuses(*, items: Sequence[ClaimedItem], now: datetime) -> None:
    """Move the messages that ``items`` report about, in the order of the items.

    A report of a message that is not ours yet is looked at again for ten minutes.
    Writes: messages, statuses, the items; after a failure what follows from its code.
    """
    messages = _Messages([item.content for item in items if isinstance(item.content, Status)])
    done: list[ClaimedItem] = []
    early: list[ClaimedItem] = []
    for item in items:
        status = item.content
        row = messages.of(status) if isinstance(status, Status) else None
        if isinstance(status, Status) and row is not None:
            messages.note(row, status, item.event_at, now)
        waits = row is None and now - item.received_at < _WAIT_FOR_MESSAGE
        (early if waits else done).append(item)
    messages.save()
    webhook.mark_done(items=done, now=now)
    webhook.put_back(items=early, wait_seconds=_AGAIN_SECONDS)


_MOVED = PreparedUpdate(
    lambda: OutboundMessage.objects.filter(pk__in=given_list("pks", "uuid")),
    **{name: given(name) for name in _MOVED_COLUMNS},
)
_NOTED = PreparedValues(
    lambda: MessageStatus.objects.filter(message_id__in=given_list("pks", "uuid")).values_list(
        "message_id", "status"
    )
)


class _Messages:
    """The messages of some reports, locked in the order of their keys, and what changes of them."""

    def __init__(self, statuses: Sequence[Status]) -> None:
        known = Q(platform_id__in=[status.message_id for status in statuses])
        keys = [key for status in statuses if (key := _key(status.opaque)) is not None]
        rows = OutboundMessage.objects.filter(known | Q(pk__in=keys, platform_id=""))
        locked = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True))
        self._by_platform_id = {row.platform_id: row for row in locked if row.platform_id}
        self._by_key = {row.id: row for row in locked if not row.platform_id}
        self._seen = _reported(locked)
        self._new: list[MessageStatus] = []
        self._changed: dict[UUID, OutboundMessage] = {}
        self._named: dict[UUID, OutboundMessage] = {}

    def of(self, status: Status) -> OutboundMessage | None:
        """The message that ``status`` is about: by the platform's id, else by our own key."""
        row = self._by_platform_id.get(status.message_id)
        if row is not None:
            return row
        key = _key(status.opaque)
        return self._by_key.pop(key, None) if key is not None else None

    def note(self, row: OutboundMessage, status: Status, at: datetime, now: datetime) -> None:
        """Take over one report; the same one again changes nothing."""
        name = status.status[:_STATUS_LENGTH]
        if (row.id, name) in self._seen:
            return
        self._seen.add((row.id, name))
        code = status.errors[0].code if status.errors else None
        self._new.append(MessageStatus(message=row, status=name, at=at, error_code=code))
        reported = STATE_OF_STATUS.get(status.status)
        if reported is None:
            return
        if not row.platform_id:
            row.platform_id = status.message_id
            self._named[row.id] = row
        self._by_platform_id[row.platform_id] = row
        self._changed[row.id] = row
        _apply(row, reported, status, code, now)

    def save(self) -> None:
        """Write everything; messages that end alike in one statement."""
        add_new(self._new)
        if self._named:
            OutboundMessage.objects.bulk_update(self._named.values(), ["platform_id"])
        alike: dict[tuple[object, ...], list[UUID]] = defaultdict(list)
        for row in self._changed.values():
            alike[tuple(getattr(row, name) for name in _MOVED_COLUMNS)].append(row.pk)
        for values, pks in alike.items():
            columns = dict(zip(_MOVED_COLUMNS, values, strict=True))
            _MOVED(pks=pks, **columns)


def _key(opaque: str) -> UUID | None:
    try:
        return UUID(opaque)
    except ValueError:
        return None


def _reported(rows: Iterable[OutboundMessage]) -> set[tuple[UUID, str]]:
    """Message and status of every report that was noted before."""
    return {(pk, status) for pk, status in _NOTED(pks=[row.pk for row in rows])}


def _apply(
    row: OutboundMessage,
    reported: OutboundState,
    status: Status,
    code: int | None,
    now: datetime,
) -> None:
    was_unknown = row.state == OutboundState.UNKNOWN
    state = moved(OutboundState(row.state), reported)
    if status.pricing is not None:
        row.price_category = status.pricing.category[:40]
        row.price_type = status.pricing.type[:40]
    is_news = state != row.state
    if is_news:
        row.state, row.settled_at = state, now
        row.error_code = code if state is OutboundState.FAILED else None
    if was_unknown:
        settled = "refused" if reported is OutboundState.FAILED else "sent"
        outbox.settle_unknown(
            reference=str(row.id), state=settled, code="message.status_came", now=now
        )
    if is_news and state is OutboundState.FAILED:
        _after_failure(row, code, now)


def _after_failure(row: OutboundMessage, code: int | None, now: datetime) -> None:
    rule = rule_for(code)
    if code is not None and not is_known(code):
        log.error("message.unknown_code", code=code)
    if rule.handling is Handling.OPT_OUT:
        consent.record_marketing(
            person_id=row.person_id,
            is_granted=False,
            wording="platform.marketing_stopped",
            language="",
            source_key=f"status:{row.id}",
            now=now,
        )
    if rule.breaker in (Breaker.ALL, Breaker.PROACTIVE, Breaker.TEMPLATES):
        SendingStop.objects.get_or_create(
            scope=rule.breaker.value, defaults={"code": code, "since": now}
        )
    if rule.breaker is Breaker.TEMPLATE:
        mark_unusable(row=row, now=now)
    if rule.is_alarming:
        log.error("message.failed", code=code)
    if not plan_again(row=row, rule=rule, now=now):
        plan_channel(row=row, rule=rule, now=now)

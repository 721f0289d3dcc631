"""What the platform reports: statuses of our messages, templates, the account."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction

from accounts.consent import services as consent
from iceshop.infra.db import operation, outside
from iceshop.infra.outbox import services as outbox
from whatsapp.gateway.errors import Breaker, Handling, is_known, rule_for
from whatsapp.gateway.items import Kind, Status, TemplateEvent
from whatsapp.messaging.domain import STATE_OF_STATUS, OutboundState, moved
from whatsapp.messaging.models import (
    MessageStatus,
    MessageTemplate,
    OutboundMessage,
    SendingStop,
)
from whatsapp.messaging.services.replies import lane_of
from whatsapp.webhook import services as webhook
from whatsapp.webhook.queries import ClaimedItem
from windows.notices.services import SEND_TOPIC

log = structlog.get_logger(__name__)

_KINDS = (Kind.STATUS, Kind.TEMPLATE, Kind.ACCOUNT, Kind.ERROR)
_BATCH = 50
_LEASE_SECONDS = 60
# Our own commit may still be on its way when the first status comes.
_WAIT_FOR_MESSAGE = timedelta(minutes=10)
_AGAIN_SECONDS = 5


@outside
def drain_events(*, now: datetime, budget_seconds: float = 20) -> int:
    """Work on what has been reported, until nothing is left or the budget is spent."""
    ends = time.monotonic() + budget_seconds
    done = 0
    while time.monotonic() < ends:
        items = webhook.claim_items(kinds=_KINDS, limit=_BATCH, lease_seconds=_LEASE_SECONDS)
        if not items:
            break
        for item in items:
            _work(item, now=now)
        done += len(items)
    return done


@operation
def _work(item: ClaimedItem, *, now: datetime) -> None:
    content = item.content
    if isinstance(content, Status):
        is_done = _note_status(content, item, now)
        if not is_done:
            webhook.put_back(items=[item], wait_seconds=_AGAIN_SECONDS)
            return
    elif isinstance(content, TemplateEvent):
        _note_template(content, now)
    elif item.kind == Kind.ACCOUNT:
        _note_account(item, now)
    webhook.mark_done(items=[item], now=now)


def _note_status(status: Status, item: ClaimedItem, now: datetime) -> bool:
    """Move the message; ``False`` while it is not ours yet and may still become so."""
    row = _message_of(status)
    if row is None:
        return now - item.received_at >= _WAIT_FOR_MESSAGE
    code = status.errors[0].code if status.errors else None
    try:
        with transaction.atomic():
            MessageStatus.objects.create(
                message=row, status=status.status[:20], at=item.event_at, error_code=code
            )
    except IntegrityError:
        return True
    reported = STATE_OF_STATUS.get(status.status)
    if reported is None:
        return True
    _apply(row, reported, status, code, now)
    return True


def _message_of(status: Status) -> OutboundMessage | None:
    rows = OutboundMessage.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(platform_id=status.message_id).first()
    if row is None and status.opaque:
        try:
            row = rows.filter(pk=status.opaque, platform_id="").first()
        except (ValueError, TypeError):
            row = None
    return row


def _apply(
    row: OutboundMessage,
    reported: OutboundState,
    status: Status,
    code: int | None,
    now: datetime,
) -> None:
    was_unknown = row.state == OutboundState.UNKNOWN
    state = moved(OutboundState(row.state), reported)
    row.platform_id = row.platform_id or status.message_id
    if status.pricing is not None:
        row.price_category = status.pricing.category[:40]
        row.price_type = status.pricing.type[:40]
    if state != row.state:
        row.state, row.settled_at = state, now
        row.error_code = code if state is OutboundState.FAILED else None
    row.save(
        update_fields=(
            "platform_id",
            "price_category",
            "price_type",
            "state",
            "settled_at",
            "error_code",
        )
    )
    if was_unknown:
        settled = "refused" if reported is OutboundState.FAILED else "sent"
        outbox.settle_unknown(
            reference=str(row.id), state=settled, code="message.status_came", now=now
        )
    if state is OutboundState.FAILED:
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
    # The platform took the message and then could not deliver it in this form: once more, while the
    # notice is of use. The handler chooses the form that is allowed by then.
    again = rule.handling in (Handling.USE_TEMPLATE, Handling.RETRY)
    if again and row.notice_id is not None and not row.source_key.count(":again"):
        notice = row.notice
        outbox.put(
            topic=SEND_TOPIC,
            dedupe_key=f"{row.source_key}:again",
            payload={"notice_id": str(row.notice_id)},
            lane=lane_of(row.person_id),
            expires_at=notice.useful_until if notice else None,
            not_before=now + timedelta(seconds=rule.wait_seconds),
            now=now,
        )


def _note_template(event: TemplateEvent, now: datetime) -> None:
    """Take over state, quality or category; a template that we do not know is none of ours."""
    columns = {
        "message_template_status_update": "state",
        "message_template_quality_update": "quality",
        "template_category_update": "category",
    }
    column = columns.get(event.field)
    if column is None:
        return
    language = event.language.split("_")[0]
    rows = MessageTemplate.objects.filter(name=event.name, language__startswith=language)
    rows.update(**{column: event.event[:20], "updated_at": now})


def _note_account(item: ClaimedItem, now: datetime) -> None:
    """A restriction stops what nobody asked for; everything else is for the operator to read."""
    event = getattr(item.content, "event", "")
    if event in ("ACCOUNT_RESTRICTION", "DISABLED_UPDATE", "ACCOUNT_VIOLATION"):
        log.error("account.event", account_event=event)
    if event == "ACCOUNT_RESTRICTION":
        SendingStop.objects.get_or_create(
            scope=Breaker.PROACTIVE.value, defaults={"code": None, "since": now}
        )

"""One message to the platform and what its answer means, outside any transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog

from accounts.identity import queries as identity
from accounts.identity.queries import PersonCard
from iceshop.infra.db import outside, run_operation
from iceshop.infra.outbox.results import Refused, Result, Retry, Sent, Unknown
from iceshop.infra.prepared import Prepared, PreparedUpdate, given
from iceshop.kernel.errors import Invalid
from whatsapp.gateway import client as gateway
from whatsapp.gateway.codec import decode_body
from whatsapp.gateway.errors import Breaker, Handling
from whatsapp.gateway.requests import Recipient
from whatsapp.messaging.domain import OutboundState, may_reply_freely
from whatsapp.messaging.models import OutboundMessage
from whatsapp.messaging.platform import platform
from whatsapp.messaging.services.again import plan_again, plan_channel
from whatsapp.messaging.services.stops import stop, stopped_scopes
from whatsapp.messaging.services.templates import mark_unusable

log = structlog.get_logger(__name__)

STOP_WAIT_SECONDS = 30


_ONE = Prepared(lambda: OutboundMessage.objects.filter(pk=given("pk")))
_ACCEPTED = PreparedUpdate(
    lambda: OutboundMessage.objects.filter(pk=given("pk"), state=OutboundState.PLANNED),
    state=OutboundState.ACCEPTED,
    platform_id=given("platform_id"),
    accepted_at=given("accepted_at"),
)


@outside
def send_reply(*, message_id: UUID, attempt: int, now: datetime) -> Result:
    """Send the answer to somebody who has just written; ``attempt`` counts from 1."""
    (row,) = _ONE(pk=message_id)
    person = identity.person_card(row.person_id)
    if not may_reply_freely(person.last_inbound_at, now):
        return _refused(row, "reply_window.closed", now)
    if Breaker.ALL in stopped_scopes():
        return Retry("sending.stopped", STOP_WAIT_SECONDS)
    return send_message(row, person=person, attempt=attempt, now=now)


@outside
def send_message(
    row: OutboundMessage, *, person: PersonCard, attempt: int, now: datetime
) -> Result:
    """Send a stored message; ``attempt`` counts from 1."""
    if row.state in (OutboundState.UNKNOWN, OutboundState.FAILED, OutboundState.REFUSED):
        # It may have gone out, or it never will; either way not again under this row.
        return Unknown("message.answer_lost", str(row.id))
    if row.platform_id:
        return Sent(row.platform_id)
    try:
        recipient = Recipient(phone=person.phone or "", user_id=person.user_id or "")
    except Invalid:
        return _refused(row, "person.unreachable", now)
    answer = platform().send(decode_body(row.body), to=recipient, opaque=str(row.id))
    match answer:
        case gateway.Accepted(message_id=message_id):
            _accept(row, message_id, now)
            return Sent(message_id)
        case gateway.UnknownOutcome():
            _move(row, OutboundState.UNKNOWN)
            return Unknown("message.answer_lost", str(row.id))
        case gateway.Refused():
            return _after_refusal(row, answer, attempt=attempt, now=now)


def _after_refusal(
    row: OutboundMessage, answer: gateway.Refused, *, attempt: int, now: datetime
) -> Result:
    rule = answer.rule
    if rule.breaker in (Breaker.ALL, Breaker.PROACTIVE, Breaker.TEMPLATES):
        stop(scope=rule.breaker, code=answer.code, now=now)
    if rule.breaker is Breaker.TEMPLATE:
        run_operation(mark_unusable, row=row, now=now)
    if rule.is_alarming:
        log.error("message.refused", code=answer.code)
    code = f"platform.{answer.code or 'no_connection'}"
    if rule.handling in (Handling.RETRY, Handling.RETRY_PAIR):
        if attempt < rule.tries:
            return Retry(code, rule.wait_before(attempt))
    elif rule.handling is Handling.HOLD:
        return Retry(code, STOP_WAIT_SECONDS)
    elif rule.handling is Handling.USE_TEMPLATE:
        run_operation(plan_again, row=row, rule=rule, now=now)
        return _refused(row, code, now, error_code=answer.code)
    run_operation(plan_channel, row=row, rule=rule, now=now)
    return _refused(row, code, now, error_code=answer.code)


def _refused(
    row: OutboundMessage, code: str, now: datetime, error_code: int | None = None
) -> Result:
    _move(row, OutboundState.REFUSED, error_code=error_code, settled_at=now)
    return Refused(code)


def _move(row: OutboundMessage, state: OutboundState, **columns: object) -> None:
    """Write what became of a message; a status that came in between is kept."""
    OutboundMessage.objects.filter(pk=row.pk, state=OutboundState.PLANNED).update(
        state=state, **columns
    )


def _accept(row: OutboundMessage, platform_id: str, now: datetime) -> None:
    """Write that the platform took the message, also where a status of it was quicker."""
    if not _ACCEPTED(pk=row.pk, platform_id=platform_id, accepted_at=now):
        OutboundMessage.objects.filter(pk=row.pk, platform_id="").update(
            platform_id=platform_id, accepted_at=now
        )

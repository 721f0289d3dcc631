"""The handlers of the outbox: one reply or one notice, sent outside any transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import structlog

from accounts.consent import queries as consent
from accounts.identity import queries as identity
from accounts.identity.queries import PersonCard
from iceshop.infra.db import outside, run_operation
from iceshop.infra.outbox.results import Refused, Result, Retry, Sent, Unknown
from iceshop.kernel.errors import Invalid
from whatsapp.dialogue.phrasebook import notice as notice_text
from whatsapp.gateway import client as gateway
from whatsapp.gateway.codec import decode_body
from whatsapp.gateway.errors import Breaker, Handling
from whatsapp.gateway.messages import OutboundBody, TemplateBody
from whatsapp.gateway.requests import Recipient
from whatsapp.messaging.bodies import body_of
from whatsapp.messaging.compose import Composed, compose
from whatsapp.messaging.domain import OutboundState, may_reply_freely
from whatsapp.messaging.models import OutboundMessage
from whatsapp.messaging.platform import platform
from whatsapp.messaging.services.again import plan_again
from whatsapp.messaging.services.replies import store_message
from whatsapp.messaging.services.stops import stop, stopped_scopes
from whatsapp.messaging.services.templates import mark_unusable, usable_template
from whatsapp.messaging.templating import fill_template, template_name
from windows.flash import queries as flash
from windows.notices.queries import NoticeCard, notice_card

log = structlog.get_logger(__name__)

_DEFAULT_LANGUAGE = "tr"
_STOP_WAIT_SECONDS = 30


@outside
def send_reply(*, message_id: UUID, attempt: int, now: datetime) -> Result:
    """Send the answer to somebody who has just written; ``attempt`` counts from 1."""
    row = OutboundMessage.objects.get(pk=message_id)
    person = identity.person_card(row.person_id)
    if not may_reply_freely(person.last_inbound_at, now):
        return _refused(row, "reply_window.closed", now)
    if Breaker.ALL in stopped_scopes():
        return Retry("sending.stopped", _STOP_WAIT_SECONDS)
    return _send(row, person, attempt=attempt, now=now)


@outside
def send_notice(
    *, notice_id: UUID, source_key: str, is_template_only: bool, attempt: int, now: datetime
) -> Result:
    """Say a notice: freely inside the reply window, by template outside, or not at all.

    ``source_key`` names the plan to say it; ``is_template_only``: the platform says that the window
    is closed, whatever was noted here; ``attempt`` counts from 1.
    """
    notice = notice_card(notice_id)
    person = identity.person_card(notice.person_id)
    if not _is_wanted(notice, now):
        return Refused("person.opted_out")
    language = person.language or _DEFAULT_LANGUAGE
    composed = compose(notice, language, now)
    if composed is None:
        return Refused("notice.not_wanted")
    is_free = not is_template_only and may_reply_freely(person.last_inbound_at, now)
    body = _body(notice, composed, language, now, is_free=is_free)
    if body is None:
        return Refused("reply_window.closed")
    stopped = _stopping(body)
    if stopped is not None:
        return stopped
    # Another try may need another form: each form of a notice is a message of its own.
    form = "template" if isinstance(body, TemplateBody) else "free"
    row, _ = run_operation(
        store_message,
        person_id=person.id,
        source_key=f"{source_key}:{form}",
        purpose=notice.kind,
        body=body,
        notice_id=notice.id,
        now=now,
    )
    return _send(row, person, attempt=attempt, now=now)


def _is_wanted(notice: NoticeCard, now: datetime) -> bool:
    """After STOP only what concerns a seat that the person kept is said."""
    if not consent.consent_of(notice.person_id).opted_out:
        return True
    return notice.subject_kind in ("seat", "window") and flash.has_live_seat(
        notice.person_id, now=now
    )


def _body(
    notice: NoticeCard, composed: Composed, language: str, now: datetime, *, is_free: bool
) -> OutboundBody | None:
    if is_free:
        return body_of(notice_text(notice.kind, composed.params, language, composed.zone))
    name = template_name(notice.kind, composed.params)
    template = usable_template(name=name, language=language, now=now)
    return fill_template(template, composed.params, composed.zone) if template else None


def _stopping(body: OutboundBody) -> Result | None:
    scopes = stopped_scopes()
    if Breaker.ALL in scopes:
        return Retry("sending.stopped", _STOP_WAIT_SECONDS)
    if Breaker.PROACTIVE in scopes:
        return Refused("sending.stopped")
    if Breaker.TEMPLATES in scopes and isinstance(body, TemplateBody):
        return Refused("sending.stopped")
    return None


def _send(row: OutboundMessage, person: PersonCard, *, attempt: int, now: datetime) -> Result:
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
            _move(row, OutboundState.ACCEPTED, platform_id=message_id, accepted_at=now)
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
        return Retry(code, _STOP_WAIT_SECONDS)
    elif rule.handling is Handling.USE_TEMPLATE:
        run_operation(plan_again, row=row, rule=rule, now=now)
    return _refused(row, code, now, error_code=answer.code)


def _refused(
    row: OutboundMessage, code: str, now: datetime, error_code: int | None = None
) -> Result:
    _move(row, OutboundState.REFUSED, error_code=error_code, settled_at=now)
    return Refused(code)


def _move(row: OutboundMessage, state: OutboundState, **columns: object) -> None:
    """Write what became of a message; a status that came in between is kept."""
    is_moved = OutboundMessage.objects.filter(pk=row.pk, state=OutboundState.PLANNED).update(
        state=state, **columns
    )
    if not is_moved and "platform_id" in columns:
        OutboundMessage.objects.filter(pk=row.pk, platform_id="").update(**columns)

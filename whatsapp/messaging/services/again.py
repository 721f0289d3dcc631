"""Once more, in the form or by the channel that is left: what could not be delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

from iceshop.infra.db import step
from iceshop.infra.outbox import services as outbox
from whatsapp.gateway.codec import decode_body
from whatsapp.gateway.errors import ErrorRule, Handling
from whatsapp.messaging.models import OutboundMessage
from whatsapp.messaging.services.replies import lane_of, plan_reply
from whatsapp.messaging.topics import TEMPLATE_FORM
from windows.notices.domain import Channel
from windows.notices.services import SEND_TOPIC, try_channel

_AGAIN = ":again"


@step
def plan_again(*, row: OutboundMessage, rule: ErrorRule, now: datetime) -> bool:
    """Plan a failed message once more where ``rule`` allows it; ``False`` when it does not.

    A notice that met a closed reply window goes as a template; a reply has no other form. What was
    planned again is not planned a third time.
    """
    if rule.handling not in (Handling.USE_TEMPLATE, Handling.RETRY) or _AGAIN in row.source_key:
        return False
    not_before = now + timedelta(seconds=rule.wait_seconds)
    if row.notice is not None:
        form = TEMPLATE_FORM if rule.handling is Handling.USE_TEMPLATE else ""
        return outbox.put(
            topic=SEND_TOPIC,
            dedupe_key=f"{row.source_key}{_AGAIN}",
            payload={"notice_id": str(row.notice_id), "form": form},
            lane=lane_of(row.person_id),
            expires_at=row.notice.useful_until,
            not_before=not_before,
            now=now,
        )
    if rule.handling is Handling.USE_TEMPLATE:
        return False
    return plan_reply(
        person_id=row.person_id,
        source_key=f"{row.source_key}{_AGAIN}",
        body=decode_body(row.body),
        not_before=not_before,
        now=now,
    )


@step
def plan_channel(*, row: OutboundMessage, rule: ErrorRule, now: datetime) -> bool:
    """Plan the next channel for a notice that WhatsApp will not deliver; ``False`` for a reply.

    Whoever stopped messages is left in peace.
    """
    if row.notice_id is None or rule.handling is Handling.OPT_OUT:
        return False
    return try_channel(notice_id=row.notice_id, tried=[Channel.WHATSAPP], now=now)

"""Planning messages: the row, the buttons it shows, and its outbox row."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from iceshop.infra.db import add_new, step
from iceshop.infra.outbox import services as outbox
from iceshop.infra.prepared import insert_many
from whatsapp.dialogue.replies import RenderedReply
from whatsapp.gateway.codec import encode
from whatsapp.gateway.messages import OutboundBody, TemplateBody
from whatsapp.messaging.bodies import body_of, choices_of
from whatsapp.messaging.models import IssuedChoice, OutboundMessage
from whatsapp.messaging.topics import REPLY_TOPIC

# An answer that comes hours later confuses more than it helps.
_USEFUL = timedelta(hours=2)
_PRIORITY = 1


@step
def queue_reply(*, person_id: UUID, source_key: str, reply: RenderedReply, now: datetime) -> None:
    """Plan the answer to what somebody has just written; the same source key is planned once."""
    plan_reply(
        person_id=person_id,
        source_key=f"reply:{source_key}",
        body=body_of(reply),
        not_before=now,
        now=now,
    )


@step
def plan_reply(
    *, person_id: UUID, source_key: str, body: OutboundBody, not_before: datetime, now: datetime
) -> bool:
    """Plan a reply that stands as a body already; ``False`` when the source key is known."""
    row, created = store_message(
        person_id=person_id,
        source_key=source_key,
        purpose="reply",
        body=body,
        notice_id=None,
        now=now,
    )
    if created:
        outbox.put(
            topic=REPLY_TOPIC,
            dedupe_key=row.source_key,
            payload={"message_id": str(row.id)},
            lane=lane_of(person_id),
            not_before=not_before,
            expires_at=now + _USEFUL,
            priority=_PRIORITY,
            now=now,
        )
    return created


def lane_of(person_id: UUID) -> str:
    """Lane in which a person's messages keep their order."""
    return f"person:{person_id}"


@step
def store_message(
    *,
    person_id: UUID,
    source_key: str,
    purpose: str,
    body: OutboundBody,
    notice_id: UUID | None,
    now: datetime,
) -> tuple[OutboundMessage, bool]:
    """Store one outgoing message and what can be pressed in it; once for each source key."""
    row = OutboundMessage(
        source_key=source_key,
        person_id=person_id,
        purpose=purpose,
        is_template=isinstance(body, TemplateBody),
        body=encode(body),
        notice_id=notice_id,
        created_at=now,
    )
    if not add_new([row]):
        return OutboundMessage.objects.get(source_key=source_key), False
    insert_many(
        [
            IssuedChoice(person_id=person_id, choice_id=choice, message=row)
            for choice in choices_of(body)
        ]
    )
    return row, True

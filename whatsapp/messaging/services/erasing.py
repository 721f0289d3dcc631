"""Taking the words out of what was sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from iceshop.infra.db import step
from iceshop.infra.outbox import services as outbox
from whatsapp.messaging.models import IssuedChoice, OutboundMessage
from whatsapp.messaging.services.replies import lane_of


@step
def erase_messages(*, person_id: UUID) -> int:
    """Take words, buttons and the platform's ids (they hold the number) from the person's messages.

    What was not sent yet is not sent any more. State, price and times stay; returns how many rows.
    """
    gone = outbox.forget_lane(lane=lane_of(person_id))
    IssuedChoice.objects.filter(person_id=person_id).delete()
    rows = OutboundMessage.objects.filter(person_id=person_id)
    return gone + rows.exclude(body={}).update(
        body={},
        platform_id="",
        source_key=Concat(Value("erased:"), Cast("pk", CharField())),
    )


@step
def forget_messages(*, before: datetime, limit: int) -> int:
    """Take the words from messages older than ``before``; at most ``limit``."""
    old = OutboundMessage.objects.filter(created_at__lt=before).exclude(body={})
    keys = list(old.values_list("pk", flat=True)[:limit])
    IssuedChoice.objects.filter(message__in=keys).delete()
    outbox.forget_done(before=before, limit=limit)
    return OutboundMessage.objects.filter(pk__in=keys).update(body={})

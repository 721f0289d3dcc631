"""What the conversation keeps of a person who wants to be erased."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.identity import queries as identity
from iceshop.infra.db import outside, run_operation, step
from whatsapp.channels import services as channels
from whatsapp.conversation.models import ConversationLine, Lane
from whatsapp.messaging.services import erasing as messages
from whatsapp.webhook.services import erasing as webhook


@step
def erase_person(*, person_id: UUID) -> int:
    """Take every word that was said to and by the person; returns how many rows."""
    phones, user_ids = identity.addresses_of(person_id)
    lines = ConversationLine.objects.filter(person_id=person_id).exclude(text="").update(text="")
    lanes = Lane.objects.filter(pk=person_id).update(
        state={}, handed_over_reason="", is_complaint=False, taken_over_until=None
    )
    return (
        lines
        + lanes
        + messages.erase_messages(person_id=person_id)
        + channels.erase_sms(person_id=person_id)
        + webhook.erase_items(phones=phones, user_ids=user_ids)
    )


@step
def forget_lines(*, before: datetime, limit: int) -> int:
    """Take the words of lines older than ``before``; at most ``limit``."""
    old = ConversationLine.objects.filter(at__lt=before).exclude(text="")
    return ConversationLine.objects.filter(pk__in=old.values("pk")[:limit]).update(text="")


@outside
def forget_old(*, before: datetime, limit: int) -> int:
    """Take the words of everything that was said before ``before``, part by part."""
    return sum(
        run_operation(forget, before=before, limit=limit)
        for forget in (
            forget_lines,
            messages.forget_messages,
            channels.forget_sms,
            webhook.forget_deliveries,
        )
    )

"""Entry points of messaging: the outbox's handlers, and the task for what the platform reports."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from celery import shared_task

from iceshop.infra import clock
from iceshop.infra.outbox.results import Result
from whatsapp.messaging import services
from whatsapp.messaging.topics import TEMPLATE_FORM
from windows.notices.domain import Channel

if TYPE_CHECKING:
    from iceshop.infra.outbox.models import OutboxMessage


@shared_task(name="whatsapp.messaging.drain")
def drain() -> None:
    """Work on what the platform reported."""
    services.drain_events(now=clock.now())


def handle_reply(message: OutboxMessage) -> Result:
    """Send a planned answer."""
    return services.send_reply(
        message_id=UUID(message.payload["message_id"]),
        attempt=message.attempts,
        now=clock.now(),
    )


def handle_notice(message: OutboxMessage) -> Result:
    """Say a planned notice."""
    return services.send_notice(
        notice_id=UUID(message.payload["notice_id"]),
        source_key=message.dedupe_key,
        is_template_only=message.payload.get("form") == TEMPLATE_FORM,
        tried=frozenset(Channel(name) for name in message.payload.get("tried", ())),
        attempt=message.attempts,
        now=clock.now(),
    )

"""Entry points of voice: the task for what people recorded, the outbox's handler for answers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from celery import shared_task

from iceshop.infra import clock
from iceshop.infra.outbox.results import Result
from whatsapp.voice import services

if TYPE_CHECKING:
    from iceshop.infra.outbox.models import OutboxMessage


@shared_task(name="whatsapp.voice.drain")
def drain() -> None:
    """Listen to what people recorded."""
    services.drain(now=clock.now())


def handle_spoken(message: OutboxMessage) -> Result:
    """Read planned answers aloud."""
    return services.speak(
        person_id=UUID(message.payload["person_id"]),
        source_key=message.dedupe_key,
        replies=message.payload["replies"],
        attempt=message.attempts,
        now=clock.now(),
    )

"""The outbox's handler of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from iceshop.infra import clock
from iceshop.infra.outbox.results import Refused, Result
from whatsapp.calls import services
from whatsapp.messaging.services import words_of

if TYPE_CHECKING:
    from iceshop.infra.outbox.models import OutboxMessage


def handle_call(message: OutboxMessage) -> Result:
    """Say a notice by telephone."""
    notice_id, now = UUID(message.payload["notice_id"]), clock.now()
    found = words_of(notice_id=notice_id, now=now)
    if found is None:
        return Refused("notice.not_wanted")
    person_id, text = found
    return services.place_call(
        notice_id=notice_id, person_id=person_id, text=text, attempt=message.attempts, now=now
    )

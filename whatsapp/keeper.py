"""What WhatsApp tells about keeping and erasing people."""

from __future__ import annotations

from accounts.privacy import registry
from iceshop.infra.db import run_operation
from whatsapp.calls import services as calls
from whatsapp.conversation.services import erasing


def register() -> None:
    """Join those who are asked when a person is erased."""
    registry.register(
        registry.Keeper(
            name="whatsapp",
            erase=lambda person_id, now: (
                erasing.erase_person(person_id=person_id) + calls.erase_calls(person_id=person_id)
            ),
            is_busy=lambda person_id, now: False,
            forget=lambda before, limit: (
                erasing.forget_old(before=before, limit=limit)
                + run_operation(calls.forget_calls, before=before, limit=limit)
            ),
        )
    )

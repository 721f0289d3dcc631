"""What windows tell about keeping and erasing people."""

from __future__ import annotations

from accounts.privacy import registry
from windows.flash import queries
from windows.flash.services import erasing


def register() -> None:
    """Join those who are asked when a person is erased."""
    registry.register(
        registry.Keeper(
            name="windows",
            erase=lambda person_id, now: erasing.erase_person(person_id=person_id, now=now),
            is_busy=lambda person_id, now: queries.has_live_seat(person_id, now=now),
            forget=lambda before, limit: erasing.forget_old(before=before, limit=limit),
        )
    )

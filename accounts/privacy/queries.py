"""Reading requests to be erased, and the consents for the national register."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from accounts.consent.queries import last_answers
from accounts.identity.queries import people
from accounts.orgs.queries import sellers_among
from accounts.privacy.domain import (
    SOURCES,
    MessageType,
    RecipientType,
    RegisterEntry,
    register_time,
)
from accounts.privacy.models import ErasureRequest


def open_requests() -> tuple[UUID, ...]:
    """People who wait to be erased, the oldest request first. One query."""
    rows = ErasureRequest.objects.filter(done_at__isnull=True).order_by("asked_at", "pk")
    return tuple(rows.values_list("person_id", flat=True))


def register_entries(*, since: datetime | None = None) -> tuple[RegisterEntry, ...]:
    """The last answer of everybody with a number, as the register takes it, oldest first.

    Somebody who never said yes is not told of: the register takes no refusal as the first word.
    ``since`` leaves out answers before it. Five queries.
    """
    answers = last_answers(since=since)
    cards = people({answer.person_id for answer in answers})
    merchants = sellers_among(cards)
    types = {"marketing": MessageType.MESSAGE, "calls": MessageType.CALL}
    return tuple(
        RegisterEntry(
            recipient=f"+{card.phone}",
            type=types[answer.purpose],
            status="ONAY" if answer.is_granted else "RET",
            source=SOURCES.get(answer.channel, SOURCES["whatsapp"]),
            consentDate=register_time(answer.at),
            recipientType=(
                RecipientType.MERCHANT if card.id in merchants else RecipientType.INDIVIDUAL
            ),
        )
        for answer in answers
        if (card := cards.get(answer.person_id)) is not None and card.phone
    )

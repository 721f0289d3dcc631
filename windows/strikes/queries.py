"""Reading strikes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from windows.strikes.domain import LASTS, Because, Standing, StrikeCard, standing
from windows.strikes.models import Strike


def strikes_of(person_id: UUID, *, now: datetime) -> tuple[StrikeCard, ...]:
    """Strikes of a person within the time that one lasts, the oldest first. One query."""
    rows = Strike.objects.filter(person_id=person_id, missed_at__gt=now - LASTS)
    return tuple(card_of(row) for row in rows.order_by("missed_at", "pk"))


def strike_of_seat(seat_id: UUID) -> StrikeCard | None:
    """The strike for a seat, or ``None``. One query."""
    row = Strike.objects.filter(seat_id=seat_id).first()
    return card_of(row) if row else None


def standing_of(person_id: UUID, *, now: datetime) -> Standing:
    """How a person stands. One query."""
    return standing(strikes_of(person_id, now=now), now)


def card_of(row: Strike) -> StrikeCard:
    """The card of a row; for this slice."""
    return StrikeCard(
        id=row.id,
        seat_id=row.seat_id,
        missed_at=row.missed_at,
        ends_at=row.ends_at,
        forgiven=Because(row.forgiven_because) if row.forgiven_because else None,
    )

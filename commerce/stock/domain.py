"""Kinds of movements and states of reservations."""

from __future__ import annotations

from enum import StrEnum

from iceshop.kernel.errors import Invalid


class MovementKind(StrEnum):
    """Why the stock on hand changed."""

    RECEIPT = "receipt"
    SALE = "sale"
    CORRECTION = "correction"


class ReservationState(StrEnum):
    """Life of a reservation: held, then settled by sales or released."""

    HELD = "held"
    SETTLED = "settled"
    RELEASED = "released"


def check_quantity(quantity: int, *, least: int) -> None:
    """Raise Invalid("stock.quantity") unless ``least <= quantity <= 1,000,000`` units."""
    if not least <= quantity <= 1_000_000:
        raise Invalid("stock.quantity", quantity=quantity)

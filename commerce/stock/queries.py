"""Reading stock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commerce.stock.domain import ReservationState
from commerce.stock.models import StockLevel, StockReservation
from iceshop.infra.prepared import Prepared, given_list


@dataclass(frozen=True, slots=True)
class StockCard:
    """Units of an offering for windows."""

    offering_id: UUID
    on_hand: int
    reserved: int

    @property
    def free(self) -> int:
        """Units that may still be promised."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class ReservationCard:
    """Units promised under a key."""

    offering_id: UUID
    source_key: str
    quantity: int
    sold: int | None
    state: ReservationState


def stock_card(offering_id: UUID) -> StockCard:
    """Units of the offering, zero where nothing was said. One query."""
    return stock_cards([offering_id])[offering_id]


_LEVELS = Prepared(lambda: StockLevel.objects.filter(pk__in=given_list("pks", "uuid")))


def stock_cards(offering_ids: Iterable[UUID]) -> dict[UUID, StockCard]:
    """``stock_card`` for each of ``offering_ids``. One query."""
    wanted = list(offering_ids)
    cards = {
        row.offering_id: StockCard(row.offering_id, row.on_hand, row.reserved)
        for row in _LEVELS(pks=wanted)
    }
    return {key: cards.get(key, StockCard(key, 0, 0)) for key in wanted}


def free_stock(offering_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Units that may still be promised, for each of ``offering_ids``. One query."""
    return {key: card.free for key, card in stock_cards(offering_ids).items()}


def reservation_of(source_key: str) -> ReservationCard | None:
    """The reservation under a key. One query."""
    row = StockReservation.objects.filter(source_key=source_key).first()
    if row is None:
        return None
    return ReservationCard(
        offering_id=row.offering_id,
        source_key=row.source_key,
        quantity=row.quantity,
        sold=row.sold,
        state=ReservationState(row.state),
    )

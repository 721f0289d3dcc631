"""Promising, selling and correcting stock. Every change has a key, so that repeating it is safe."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from commerce.stock.domain import MovementKind, ReservationState, check_quantity
from commerce.stock.models import StockLevel, StockMovement, StockReservation
from commerce.stock.queries import ReservationCard, StockCard, reservation_of, stock_card
from iceshop.infra.db import operation, step, violated_constraint
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Invalid, NotFound

_RESERVED_BEFORE = "stock_reservation_source_key"


@step
def reserve(*, offering_id: UUID, quantity: int, source_key: str, now: datetime) -> ReservationCard:
    """Promise ``quantity`` units under ``source_key``; the same key returns what is stored.

    Raises: Invalid("stock.quantity"), Conflict("stock.short").
    """
    check_quantity(quantity, least=1)
    if stored := reservation_of(source_key):
        return stored
    try:
        with transaction.atomic():
            _take(offering_id, quantity)
            StockReservation.objects.create(
                offering_id=offering_id, source_key=source_key, quantity=quantity, created_at=now
            )
    except IntegrityError as error:
        if violated_constraint(error) != _RESERVED_BEFORE:
            raise
    except Conflict:
        # The same key may have taken the last units while this one waited for the row.
        if reservation_of(source_key) is None:
            raise
    return _stored(source_key)


@step
def settle(*, source_key: str, sold: int, now: datetime) -> ReservationCard:
    """Turn a reservation into ``sold`` units sold; the rest is free again.

    The same key again returns what is stored.
    Raises: NotFound("stock.no_reservation"), Invalid("stock.quantity"),
    Conflict("stock.reservation_ended") after a release.
    """
    held = _stored(source_key)
    check_quantity(sold, least=0)
    if sold > held.quantity:
        raise Invalid("stock.quantity", quantity=sold)
    if not _end(source_key, ReservationState.SETTLED, now, sold=sold):
        return _ended(source_key, ReservationState.SETTLED)
    StockLevel.objects.filter(pk=held.offering_id).update(
        reserved=F("reserved") - held.quantity, on_hand=F("on_hand") - sold
    )
    if sold:
        _move(held.offering_id, MovementKind.SALE, -sold, f"sale:{source_key}", by=SYSTEM, now=now)
    return _stored(source_key)


@step
def resettle(*, source_key: str, sold: int, now: datetime) -> ReservationCard:
    """Learn late that ``sold`` units of a settled reservation were sold, not as many as was said.

    More than is free on hand is not taken off: a count of the shelf finds the difference.
    Raises: NotFound("stock.no_reservation"), Invalid("stock.quantity"),
    Conflict("stock.reservation_ended") where nothing was settled.
    """
    settled = _stored(source_key)
    check_quantity(sold, least=0)
    if sold > settled.quantity:
        raise Invalid("stock.quantity", quantity=sold)
    if settled.state is not ReservationState.SETTLED or settled.sold is None:
        raise Conflict("stock.reservation_ended")
    level = _lock(settled.offering_id)
    more = min(sold - settled.sold, level.on_hand - level.reserved)
    StockReservation.objects.filter(source_key=source_key).update(sold=sold)
    if more:
        StockLevel.objects.filter(pk=settled.offering_id).update(on_hand=F("on_hand") - more)
        kind = MovementKind.SALE if more > 0 else MovementKind.CORRECTION
        key = f"sale:{source_key}:{now.isoformat()}"
        _move(settled.offering_id, kind, -more, key, by=SYSTEM, now=now)
    return _stored(source_key)


@step
def release(*, source_key: str, now: datetime) -> ReservationCard:
    """Free a reservation whole. The same key again returns what is stored.

    Raises: NotFound("stock.no_reservation"), Conflict("stock.reservation_ended") after a sale.
    """
    held = _stored(source_key)
    if not _end(source_key, ReservationState.RELEASED, now, sold=None):
        return _ended(source_key, ReservationState.RELEASED)
    StockLevel.objects.filter(pk=held.offering_id).update(reserved=F("reserved") - held.quantity)
    return _stored(source_key)


@operation
def receive(
    *, offering_id: UUID, quantity: int, by: Actor, source_key: str, now: datetime
) -> StockCard:
    """Add units. The same key again changes nothing. Raises: Invalid("stock.quantity")."""
    check_quantity(quantity, least=1)
    _lock(offering_id)
    if not StockMovement.objects.filter(source_key=source_key).exists():
        _move(offering_id, MovementKind.RECEIPT, quantity, source_key, by=by, now=now)
        StockLevel.objects.filter(pk=offering_id).update(on_hand=F("on_hand") + quantity)
    return stock_card(offering_id)


@operation
def correct_to(
    *, offering_id: UUID, on_hand: int, by: Actor, source_key: str, now: datetime
) -> StockCard:
    """Set the units on hand to what was counted; see ``set_on_hand``."""
    return set_on_hand(
        offering_id=offering_id, on_hand=on_hand, by=by, source_key=source_key, now=now
    )


@step
def set_on_hand(
    *, offering_id: UUID, on_hand: int, by: Actor, source_key: str, now: datetime
) -> StockCard:
    """Set the units on hand to what was counted. The same key again changes nothing.

    Raises: Invalid("stock.quantity"), Conflict("stock.reserved") below what is promised.
    """
    check_quantity(on_hand, least=0)
    level = _lock(offering_id)
    difference = on_hand - level.on_hand
    if difference and not StockMovement.objects.filter(source_key=source_key).exists():
        if on_hand < level.reserved:
            raise Conflict("stock.reserved", reserved=level.reserved)
        _move(offering_id, MovementKind.CORRECTION, difference, source_key, by=by, now=now)
        StockLevel.objects.filter(pk=offering_id).update(on_hand=on_hand)
    return stock_card(offering_id)


def _take(offering_id: UUID, quantity: int) -> None:
    taken = StockLevel.objects.filter(pk=offering_id, on_hand__gte=F("reserved") + quantity).update(
        reserved=F("reserved") + quantity
    )
    if not taken:
        raise Conflict("stock.short")


def _stored(source_key: str) -> ReservationCard:
    stored = reservation_of(source_key)
    if stored is None:
        raise NotFound("stock.no_reservation")
    return stored


def _end(source_key: str, state: ReservationState, now: datetime, *, sold: int | None) -> bool:
    return bool(
        StockReservation.objects.filter(source_key=source_key, state=ReservationState.HELD).update(
            state=state, sold=sold, ended_at=now
        )
    )


def _ended(source_key: str, state: ReservationState) -> ReservationCard:
    stored = _stored(source_key)
    if stored.state is not state:
        raise Conflict("stock.reservation_ended")
    return stored


def _lock(offering_id: UUID) -> StockLevel:
    StockLevel.objects.get_or_create(pk=offering_id)
    return StockLevel.objects.select_for_update(no_key=True).get(pk=offering_id)


def _move(
    offering_id: UUID,
    kind: MovementKind,
    quantity: int,
    source_key: str,
    *,
    by: Actor,
    now: datetime,
) -> None:
    StockMovement.objects.create(
        offering_id=offering_id,
        kind=kind,
        quantity=quantity,
        source_key=source_key,
        at=now,
        by=f"{by.kind.value}:{by.key}",
    )

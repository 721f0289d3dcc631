from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.identity.tests.factories import NOON
from commerce.catalog.tests.factories import OfferingFactory
from commerce.stock import services
from commerce.stock.domain import ReservationState
from commerce.stock.models import StockLevel, StockMovement, StockReservation
from commerce.stock.queries import ReservationCard, StockCard, free_stock, stock_card
from iceshop.infra.db import TransactionMisuse, operation, violated_constraint
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering() -> UUID:
    """An offering with ten units."""
    key = OfferingFactory.create().pk
    services.receive(offering_id=key, quantity=10, by=SYSTEM, source_key="first", now=NOON)
    return key


def reserve(offering_id: UUID, quantity: int, key: str = "window:1") -> ReservationCard:
    return operation(services.reserve)(
        offering_id=offering_id, quantity=quantity, source_key=key, now=NOON
    )


def settle(sold: int, key: str = "window:1") -> ReservationCard:
    return operation(services.settle)(source_key=key, sold=sold, now=NOON)


def release(key: str = "window:1") -> ReservationCard:
    return operation(services.release)(source_key=key, now=NOON)


def movements() -> list[tuple[str, int]]:
    return list(StockMovement.objects.order_by("id").values_list("kind", "quantity"))


def test_receipt_counts_once_for_its_key(offering: UUID) -> None:
    services.receive(offering_id=offering, quantity=10, by=SYSTEM, source_key="first", now=NOON)
    assert stock_card(offering) == StockCard(offering, on_hand=10, reserved=0)
    assert movements() == [("receipt", 10)]


def test_reservation_holds_units_and_its_key_returns_what_is_stored(offering: UUID) -> None:
    first = reserve(offering, 4)
    assert first == ReservationCard(offering, "window:1", 4, None, ReservationState.HELD)
    assert reserve(offering, 6) == first
    assert free_stock([offering, UUID(int=1)]) == {offering: 6, UUID(int=1): 0}


def test_reservation_beyond_the_free_units_is_refused(offering: UUID) -> None:
    reserve(offering, 7)
    with pytest.raises(Conflict, match=r"stock\.short"):
        reserve(offering, 4, key="window:2")
    assert stock_card(offering).reserved == 7
    assert StockReservation.objects.count() == 1


def test_reservation_where_nothing_was_ever_in_stock_is_refused() -> None:
    with pytest.raises(Conflict, match=r"stock\.short"):
        reserve(OfferingFactory.create().pk, 1)


@pytest.mark.parametrize("quantity", [0, -1])
def test_reservation_of_nothing_is_refused(offering: UUID, quantity: int) -> None:
    with pytest.raises(Invalid, match=r"stock\.quantity"):
        reserve(offering, quantity)


def test_settled_reservation_sells_and_frees_the_rest_once(offering: UUID) -> None:
    reserve(offering, 6)
    expected = ReservationCard(offering, "window:1", 6, 4, ReservationState.SETTLED)
    assert [settle(4), settle(4)] == [expected, expected]
    assert stock_card(offering) == StockCard(offering, on_hand=6, reserved=0)
    assert movements() == [("receipt", 10), ("sale", -4)]


def test_settled_reservation_without_a_sale_moves_nothing(offering: UUID) -> None:
    reserve(offering, 6)
    settle(0)
    assert stock_card(offering) == StockCard(offering, on_hand=10, reserved=0)
    assert movements() == [("receipt", 10)]


def test_more_sold_than_reserved_is_refused(offering: UUID) -> None:
    reserve(offering, 2)
    with pytest.raises(Invalid, match=r"stock\.quantity"):
        settle(3)


def test_released_reservation_frees_its_units_once(offering: UUID) -> None:
    reserve(offering, 6)
    expected = ReservationCard(offering, "window:1", 6, None, ReservationState.RELEASED)
    assert [release(), release()] == [expected, expected]
    assert stock_card(offering) == StockCard(offering, on_hand=10, reserved=0)


def test_ended_reservation_does_not_end_otherwise(offering: UUID) -> None:
    reserve(offering, 2)
    release()
    with pytest.raises(Conflict, match=r"stock\.reservation_ended"):
        settle(1)
    reserve(offering, 2, key="window:2")
    settle(2, key="window:2")
    with pytest.raises(Conflict, match=r"stock\.reservation_ended"):
        release(key="window:2")


def test_unknown_reservation_is_not_found() -> None:
    with pytest.raises(NotFound, match=r"stock\.no_reservation"):
        settle(1)
    with pytest.raises(NotFound, match=r"stock\.no_reservation"):
        release()


def test_reserving_outside_a_transaction_is_a_mistake(offering: UUID) -> None:
    with pytest.raises(TransactionMisuse):
        services.reserve(offering_id=offering, quantity=1, source_key="x", now=NOON)


def correct(offering_id: UUID, on_hand: int, key: str = "count:1") -> StockCard:
    return services.correct_to(
        offering_id=offering_id, on_hand=on_hand, by=Actor.staff(7), source_key=key, now=NOON
    )


def test_correction_moves_the_difference_once(offering: UUID) -> None:
    assert correct(offering, 7).on_hand == 7
    assert correct(offering, 9).on_hand == 7
    assert correct(offering, 7, key="count:2").on_hand == 7
    assert movements() == [("receipt", 10), ("correction", -3)]
    assert StockMovement.objects.get(kind="correction").by == "staff:7"


def test_correction_below_the_promised_units_is_refused(offering: UUID) -> None:
    reserve(offering, 6)
    with pytest.raises(Conflict, match=r"stock\.reserved") as caught:
        correct(offering, 5)
    assert caught.value.params == {"reserved": 6}
    assert correct(offering, 6).free == 0


def test_correction_below_zero_is_refused(offering: UUID) -> None:
    with pytest.raises(Invalid, match=r"stock\.quantity"):
        correct(offering, -1)


def test_movement_is_never_changed(offering: UUID) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        StockMovement.objects.filter(offering_id=offering).update(quantity=11)
    assert violated_constraint(caught.value) == "stock_movement_append_only"


LEVEL: dict[str, Any] = {"on_hand": 5, "reserved": 0}
MOVE: dict[str, Any] = {"quantity": 1, "kind": "receipt", "source_key": "m", "at": NOON}
HOLD: dict[str, Any] = {"quantity": 1, "source_key": "r", "created_at": NOON}


@pytest.mark.parametrize(
    ("model", "columns", "constraint"),
    [
        (StockLevel, LEVEL | {"on_hand": -1, "reserved": -1}, "stock_level_on_hand"),
        (StockLevel, LEVEL | {"reserved": -1}, "stock_level_reserved"),
        (StockLevel, LEVEL | {"reserved": 6}, "stock_level_not_promised_twice"),
        (StockMovement, MOVE | {"quantity": -1}, "stock_movement_sign"),
        (StockMovement, MOVE | {"kind": "sale"}, "stock_movement_sign"),
        (StockMovement, MOVE | {"kind": "correction", "quantity": 0}, "stock_movement_sign"),
        (StockMovement, MOVE | {"kind": "gift"}, "stock_movement_sign"),
        (StockReservation, HOLD | {"quantity": 0}, "stock_reservation_quantity"),
        (StockReservation, HOLD | {"sold": 1}, "stock_reservation_state"),
        (
            StockReservation,
            HOLD | {"state": "settled", "sold": 2, "ended_at": NOON},
            "stock_reservation_state",
        ),
        (StockReservation, HOLD | {"state": "released"}, "stock_reservation_state"),
        (
            StockReservation,
            HOLD | {"state": "settled", "ended_at": NOON},
            "stock_reservation_state",
        ),
    ],
)
def test_wrong_row_is_refused(model: Any, columns: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.create(offering_id=OfferingFactory.create().pk, **columns)
    assert violated_constraint(caught.value) == constraint


@pytest.mark.parametrize(
    ("model", "columns", "constraint"),
    [
        (StockMovement, MOVE, "stock_movement_source_key"),
        (StockReservation, HOLD, "stock_reservation_source_key"),
    ],
)
def test_second_row_of_a_key_is_refused(
    model: Any, columns: dict[str, Any], constraint: str
) -> None:
    key = OfferingFactory.create().pk
    model.objects.create(offering_id=key, **columns)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        model.objects.create(offering_id=key, **columns)
    assert violated_constraint(caught.value) == constraint


def race(count: int, work: Any) -> list[str]:
    barrier, results = threading.Barrier(count), []

    def run(number: int) -> None:
        try:
            barrier.wait(20)
            work(number)
            results.append("done")
        except Conflict as error:
            results.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


@pytest.mark.django_db(transaction=True)
def test_parallel_reservations_never_promise_a_unit_twice(offering: UUID) -> None:
    results = race(24, lambda number: reserve(offering, 1, key=f"window:{number}"))
    assert results == ["done"] * 10 + ["stock.short"] * 14
    assert stock_card(offering) == StockCard(offering, on_hand=10, reserved=10)
    assert StockReservation.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_parallel_reservations_of_one_key_hold_once(offering: UUID) -> None:
    assert race(12, lambda _: reserve(offering, 10)) == ["done"] * 12
    assert stock_card(offering).reserved == 10
    assert StockReservation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_settling_of_one_key_sells_once(offering: UUID) -> None:
    reserve(offering, 10)
    assert race(8, lambda _: settle(7)) == ["done"] * 8
    assert stock_card(offering) == StockCard(offering, on_hand=3, reserved=0)
    assert movements() == [("receipt", 10), ("sale", -7)]


@pytest.mark.django_db(transaction=True)
def test_reservations_race_a_correction_without_breaking_the_count(offering: UUID) -> None:
    def work(number: int) -> None:
        if number % 4:
            reserve(offering, 1, key=f"window:{number}")
        else:
            correct(offering, 5, key=f"count:{number}")

    race(16, work)
    card = stock_card(offering)
    assert card.reserved == StockReservation.objects.count()
    assert card.on_hand == sum(quantity for _, quantity in movements())
    assert card.free >= 0

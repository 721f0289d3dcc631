"""What tills tell after the result is recorded."""

from __future__ import annotations

from datetime import datetime

import pytest

from commerce.stock.queries import StockCard, stock_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import Actor
from iceshop.tests.witness import nothing_written
from windows.flash import services as windows
from windows.flash.domain import UndoReason
from windows.flash.queries import SeatCard
from windows.flash.services import OfflineScan, Told
from windows.outcomes import services
from windows.outcomes.models import SeatOutcome
from windows.outcomes.queries import result_of
from windows.passes.services import Scan
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_shop,
    new_window,
    pass_of,
    take_seat,
)
from windows.tests.traces import due_kinds
from windows.tills import services as tills

pytestmark = pytest.mark.django_db

STARTS, ENDS = NOON + minutes(60), NOON + minutes(80)
STAFF = Actor.staff(7)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def seat(shop: Shop) -> SeatCard:
    person = buyer(party_size=2)
    return take_seat(new_window(shop, person), person.person_id)


def settle(now: datetime = ENDS) -> None:
    windows.move_due(now=now)
    services.record_due(now=now)


def figures(seat: SeatCard) -> tuple[int, int, int]:
    result = result_of(seat.window_id)
    assert result is not None
    return result.came, result.missed, result.revenue_minor


def late_scan(shop: Shop, seat: SeatCard) -> OfflineScan:
    return OfflineScan(
        scan=Scan(shop.store_id, pass_of(seat).code, "till-1", "n1"),
        is_admitted=True,
        code="pass.admitted",
        people=None,
        paid_minor=23_000,
        by_name=False,
        at=STARTS,
    )


def test_late_admission_changes_result_stock_and_words(shop: Shop, seat: SeatCard) -> None:
    settle()
    assert figures(seat) == (0, 2, 0)
    assert due_kinds(seat.id)[-1] == "did_not_come"

    tills.sync(scans=[late_scan(shop, seat)], by=STAFF, now=ENDS + minutes(5))

    assert figures(seat) == (2, 0, 23_000)
    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, 18, 0)
    outcome = SeatOutcome.objects.get()
    assert (outcome.kind, outcome.people, outcome.paid_minor) == ("redeemed", 2, 23_000)
    assert due_kinds(seat.id) == ["after"]
    with nothing_written():
        tills.sync(scans=[late_scan(shop, seat)], by=STAFF, now=ENDS + minutes(9))


def test_undone_admission_is_missed_in_the_result(shop: Shop, seat: SeatCard) -> None:
    windows.check_in(
        store_id=shop.store_id,
        code=pass_of(seat).code,
        nonce="n1",
        device="till-1",
        by=STAFF,
        now=ENDS - minutes(1),
        told=Told(people=1, rest_comes=True),
    )
    settle()
    assert figures(seat) == (1, 1, 11_800)

    tills.undo(
        store_id=shop.store_id,
        device="till-1",
        nonce="n1",
        reason=UndoReason.LEFT,
        by=STAFF,
        now=ENDS,
    )

    assert figures(seat) == (0, 2, 0)
    assert stock_card(shop.offering_id) == StockCard(shop.offering_id, 20, 0)


def test_without_a_result_nothing_is_amended(seat: SeatCard) -> None:
    with nothing_written():
        assert not run_operation(services.amend, window_id=seat.window_id, now=NOON)

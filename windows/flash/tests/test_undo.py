from __future__ import annotations

from datetime import datetime

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.domain import UndoReason
from windows.flash.models import Seat, Window
from windows.flash.queries import SeatCard
from windows.flash.services import NOTHING_TOLD, CheckInResult, Told, Undone
from windows.flash.tests.deeds import SECOND
from windows.passes.models import PassScan
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
from windows.tests.traces import intent_moves

pytestmark = pytest.mark.django_db

STARTS, ENDS = NOON + minutes(60), NOON + minutes(80)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def seat(shop: Shop) -> SeatCard:
    person = buyer(party_size=2)
    return take_seat(new_window(shop, person), person.person_id)


def scan(
    shop: Shop,
    seat: SeatCard,
    nonce: str = "n1",
    *,
    told: Told = NOTHING_TOLD,
    now: datetime = STARTS,
) -> CheckInResult:
    return services.check_in(
        store_id=shop.store_id,
        code=pass_of(seat).code,
        nonce=nonce,
        device="till-1",
        by=Actor.staff(7),
        now=now,
        told=told,
    )


def undo(
    shop: Shop, nonce: str = "n1", *, device: str = "till-1", now: datetime = STARTS
) -> Undone:
    return run_operation(
        services.undo_check_in,
        store_id=shop.store_id,
        device=device,
        nonce=nonce,
        reason=UndoReason.WRONG_PERSON,
        by=Actor.staff(7),
        now=now,
    )


def test_undone_scan_makes_the_pass_valid_again_and_both_stay(shop: Shop, seat: SeatCard) -> None:
    """R24: a scan can be undone with a reason."""
    scan(shop, seat)
    undo(shop, now=STARTS + minutes(2))

    row = Seat.objects.get()
    assert (row.state, row.people_in, row.checked_in_at) == ("held", 0, None)
    assert intent_moves(seat.intent_id)[-1] == ("unfulfil", "seated", "scan.undone")
    assert list(PassScan.objects.order_by("pk").values_list("code", "facts__reason")) == [
        ("pass.admitted", None),
        ("pass.undone", "wrong_person"),
    ]
    assert scan(shop, seat, "n2", now=STARTS + minutes(3)).is_admitted


def test_undoing_twice_is_once(shop: Shop, seat: SeatCard) -> None:
    scan(shop, seat)
    first = undo(shop)
    with nothing_written():
        assert undo(shop, now=STARTS + minutes(30)) == first


def test_undoing_one_part_leaves_the_other(shop: Shop, seat: SeatCard) -> None:
    scan(shop, seat, told=Told(people=1, rest_comes=True))
    scan(shop, seat, "n2")
    undo(shop, "n2")

    row = Seat.objects.get()
    assert (row.state, row.people_in, row.party_size) == ("checked_in", 1, 2)
    assert scan(shop, seat, "n3").facts["people"] == 1


def test_undone_after_the_end_is_missed(shop: Shop, seat: SeatCard) -> None:
    scan(shop, seat, now=ENDS - SECOND)
    services.move_due(now=ENDS)
    undo(shop, now=ENDS + minutes(1))

    assert Seat.objects.get().state == "missed"
    assert intent_moves(seat.intent_id)[-1] == ("expire", "expired", "seat.missed")


@pytest.mark.parametrize(
    ("device", "nonce", "after", "code"),
    [
        ("till-2", "n1", 0, "scan.unknown"),
        ("till-1", "n9", 0, "scan.unknown"),
        ("till-1", "n0", 0, "scan.unknown"),
        ("till-1", "n1", 121, "scan.undo_late"),
    ],
)
def test_only_the_same_till_undoes_its_admissions_and_only_soon(
    shop: Shop, seat: SeatCard, device: str, nonce: str, after: int, code: str
) -> None:
    scan(shop, seat, "n0", now=STARTS - SECOND)
    scan(shop, seat)
    with nothing_written(), pytest.raises(DomainError) as caught:
        undo(shop, nonce, device=device, now=STARTS + after * SECOND)
    assert caught.value.code == code


def test_cancelled_window_keeps_who_was_served(shop: Shop, seat: SeatCard) -> None:
    scan(shop, seat)
    run_operation(
        services.cancel_window,
        window_id=seat.window_id,
        reason="x",
        by=Actor.staff(7),
        now=STARTS,
    )
    with nothing_written(), pytest.raises(DomainError, match=r"window\.cancelled"):
        undo(shop)
    assert Window.objects.get().state == "cancelled"

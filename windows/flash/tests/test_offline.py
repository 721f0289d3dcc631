"""What a till tells late: every scan stays, the seat follows where it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import Actor
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.models import Seat
from windows.flash.queries import SeatCard, window_card
from windows.flash.services import OfflineScan, Received
from windows.flash.tests.deeds import cancel, release
from windows.passes.domain import Question
from windows.passes.models import PassScan
from windows.passes.queries import open_questions, qr_text
from windows.passes.services import Scan
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_shop,
    new_window,
    pass_of,
    show_pass,
    take_seat,
)

pytestmark = pytest.mark.django_db

STARTS, ENDS = NOON + minutes(60), NOON + minutes(80)
MADE, SYNC = STARTS + minutes(3), ENDS + minutes(20)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def seat(shop: Shop) -> SeatCard:
    person = buyer(party_size=2)
    return take_seat(new_window(shop, person), person.person_id)


def told(
    shop: Shop,
    code: str,
    *,
    nonce: str = "n1",
    device: str = "till-1",
    at: datetime = MADE,
) -> OfflineScan:
    return OfflineScan(
        scan=Scan(shop.store_id, code, device, nonce),
        is_admitted=True,
        code="pass.admitted",
        people=None,
        paid_minor=None,
        by_name=False,
        at=at,
    )


def receive(scan: OfflineScan, *, now: datetime = SYNC) -> Received:
    return run_operation(services.receive_scan, told=scan, by=Actor.staff(7), now=now)


def test_late_news_admits_at_the_time_of_the_scan(shop: Shop, seat: SeatCard) -> None:
    """R26: a scan made without connection is a fact, also after the window's end."""
    services.move_due(now=ENDS)
    assert Seat.objects.get().state == "missed"

    received = receive(told(shop, pass_of(seat).code))

    assert received == Received(seat.window_id, None)
    row, scan = Seat.objects.get(), PassScan.objects.get()
    assert (row.state, row.people_in, row.checked_in_at) == ("checked_in", 2, STARTS + minutes(3))
    assert (scan.at, scan.received_at, scan.people) == (STARTS + minutes(3), SYNC, 2)


def test_same_news_again_changes_nothing(shop: Shop, seat: SeatCard) -> None:
    receive(told(shop, pass_of(seat).code))
    with nothing_written():
        assert receive(told(shop, pass_of(seat).code)) == Received(None, None)


def test_two_tills_that_admitted_the_same_pass_keep_both(shop: Shop, seat: SeatCard) -> None:
    code = pass_of(seat).code
    receive(told(shop, code))
    second = receive(told(shop, code, device="till-2", at=STARTS + minutes(4)))

    assert second == Received(seat.window_id, Question.CONFLICT)
    (question,) = open_questions(shop.store_id)
    assert question.other is not None
    assert (question.scan.device, question.other.device) == ("till-2", "till-1")
    assert Seat.objects.get().people_in == 2
    assert PassScan.objects.filter(is_admitted=True).count() == 2


def test_admitted_online_meanwhile_is_a_conflict_too(shop: Shop, seat: SeatCard) -> None:
    show_pass(shop, seat, now=STARTS)

    received = receive(replace(told(shop, pass_of(seat).code, device="till-2"), people=1))

    assert received.question is Question.CONFLICT
    assert PassScan.objects.get(device="till-2").facts["to_pay_minor"] == 11_800


@pytest.mark.parametrize("ends", ["released", "cancelled"])
def test_pass_that_counted_no_more_is_kept_and_asked_about(
    shop: Shop, seat: SeatCard, ends: str
) -> None:
    if ends == "released":
        release(seat)
    else:
        window = window_card(seat.window_id, now=STARTS)
        assert window is not None
        cancel(window)

    received = receive(told(shop, pass_of(seat).code))

    assert received.question is Question.GONE
    assert Seat.objects.get().state == "released"
    assert PassScan.objects.get().is_admitted


def test_unknown_or_another_shops_code_is_kept_without_a_seat(shop: Shop, seat: SeatCard) -> None:
    other = new_shop(name="Bahariye")
    for nonce, code in (("n1", "XXXXXX"), ("n2", pass_of(seat).code)):
        assert receive(told(other, code, nonce=nonce)) == Received(None, Question.GONE)

    assert PassScan.objects.filter(seat__isnull=True, people=1).count() == 2
    assert Seat.objects.get().state == "held"


def test_refusal_is_kept_as_it_was_given(shop: Shop, seat: SeatCard) -> None:
    refused = replace(told(shop, pass_of(seat).code), is_admitted=False, code="pass.too_early")
    strange = replace(
        told(shop, pass_of(seat).code, nonce="n2"), is_admitted=False, code="<script>"
    )

    assert [receive(refused), receive(strange)] == [Received(None, None)] * 2
    assert list(PassScan.objects.order_by("pk").values_list("code", flat=True)) == [
        "pass.too_early",
        "pass.unknown",
    ]
    assert Seat.objects.get().state == "held"


def test_lost_refusal_does_not_hide_whom_the_till_let_in(shop: Shop, seat: SeatCard) -> None:
    code = pass_of(seat).code
    services.check_in(
        store_id=shop.store_id,
        code=code,
        nonce="n1",
        device="till-1",
        by=Actor.staff(7),
        now=STARTS - minutes(1),
    )

    receive(told(shop, code, nonce="n1"))
    with nothing_written():
        receive(told(shop, code, nonce="n1"))

    assert list(PassScan.objects.order_by("at").values_list("nonce", "is_admitted")) == [
        ("n1", False),
        ("late.n1", True),
    ]
    assert Seat.objects.get().state == "checked_in"


def test_lost_admission_is_not_admitted_twice(shop: Shop, seat: SeatCard) -> None:
    services.check_in(
        store_id=shop.store_id,
        code=pass_of(seat).code,
        nonce="n1",
        device="till-1",
        by=Actor.staff(7),
        now=STARTS,
    )
    with nothing_written():
        assert receive(told(shop, pass_of(seat).code)) == Received(None, None)


def test_qr_code_is_judged_by_the_time_of_the_scan(shop: Shop, seat: SeatCard) -> None:
    at = STARTS + minutes(3)
    qr = qr_text(code=pass_of(seat).code, window_id=seat.window_id, now=at)

    receive(told(shop, qr, at=at))

    assert PassScan.objects.get().means == "qr"
    assert Seat.objects.get().state == "checked_in"


def test_scan_of_the_future_was_made_now(shop: Shop, seat: SeatCard) -> None:
    receive(told(shop, pass_of(seat).code, at=SYNC + minutes(99)))

    assert PassScan.objects.get().at == SYNC


def test_more_than_promised_opens_a_question_late(shop: Shop, seat: SeatCard) -> None:
    received = receive(replace(told(shop, pass_of(seat).code), paid_minor=30_000))

    assert received.question is Question.PRICE

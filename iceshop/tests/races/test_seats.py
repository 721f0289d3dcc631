"""Seats of a window: exact under any crowd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum

from commerce.stock.queries import stock_card
from iceshop.infra.db import run_operation
from iceshop.infra.outbox.models import OutboxMessage
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.races.together import together
from windows.flash import services
from windows.flash.domain import UndoReason
from windows.flash.models import Seat, Window, WindowEvent
from windows.flash.queries import SeatCard, WindowCard, seat_of
from windows.flash.services import CheckInResult, JoinResult, OfflineScan
from windows.flash.tests.deeds import join, release
from windows.outcomes import services as outcomes
from windows.outcomes.models import SeatOutcome, WindowResult
from windows.passes.models import Pass, PassScan
from windows.passes.queries import admissions, open_questions
from windows.passes.services import Scan
from windows.tests.stories import (
    NOON,
    Shop,
    minutes,
    new_person,
    new_shop,
    new_window,
    pass_of,
)
from windows.tills import services as tills

pytestmark = pytest.mark.django_db(transaction=True)

Deed = Callable[[], Any]


def cancel(window: WindowCard) -> int:
    return run_operation(
        services.cancel_window,
        window_id=window.id,
        reason="x",
        by=SYSTEM,
        now=window.starts_at,
    )


def scan(shop: Shop, seat: SeatCard, nonce: str) -> CheckInResult:
    return services.check_in(
        store_id=shop.store_id,
        code=pass_of(seat).code,
        nonce=nonce,
        device="till-1",
        by=SYSTEM,
        now=NOON + minutes(60),
    )


def people(number: int) -> list[UUID]:
    return [new_person(f"Kişi {place}") for place in range(number)]


def seats_for(window: WindowCard, number: int) -> list[SeatCard]:
    found = []
    for person_id in people(number):
        join(window, person_id)
        seat = seat_of(window_id=window.id, person_id=person_id)
        assert seat is not None
        found.append(seat)
    return found


def counted(window: WindowCard) -> tuple[int, int]:
    """What the window's row says is taken, and what its seats say."""
    live = Seat.objects.filter(window_id=window.id).exclude(state="released")
    taken = live.aggregate(people=Sum("party_size", default=0))["people"]
    return Window.objects.get(pk=window.id).seats_taken, taken


def test_two_hundred_yes_for_ten_seats_give_ten_seats_and_kind_answers() -> None:
    window = new_window(new_shop(), seats=10)

    answers = together([partial(join, window, person_id) for person_id in people(200)])

    given = [answer for answer in answers if isinstance(answer, JoinResult)]
    assert Counter(answer for answer in answers if isinstance(answer, str)) == {"window.full": 190}
    assert len(given) == 10
    assert all(answer.is_new for answer in given)
    assert counted(window) == (10, 10)
    assert set(Pass.objects.values_list("code", flat=True)) == {one.code for one in given}
    assert WindowEvent.objects.filter(move="seat").count() == 10
    calls = OutboxMessage.objects.filter(dedupe_key__endswith=":last_five_minutes")
    assert calls.count() == 10


def test_parties_never_exceed_the_seats() -> None:
    window = new_window(new_shop(), seats=10)

    answers = together([partial(join, window, person_id, 3) for person_id in people(20)])

    assert Counter(isinstance(answer, JoinResult) for answer in answers) == {True: 3, False: 17}
    assert counted(window) == (9, 9)


def test_same_yes_many_times_at_once_is_one_seat() -> None:
    window, person_id = new_window(new_shop(), seats=10), new_person()

    answers = together([partial(join, window, person_id)] * 8)

    assert len({(answer.seat_id, answer.code) for answer in answers}) == 1
    assert Counter(answer.is_new for answer in answers) == {True: 1, False: 7}
    assert counted(window) == (1, 1)


def test_one_person_in_overlapping_windows_at_once_gets_one_seat() -> None:
    windows = [new_window(new_shop(name=f"Dükkân {place}"), seats=5) for place in range(3)]
    person_id = new_person()

    answers = together([partial(join, window, person_id) for window in windows])

    assert Counter(answer for answer in answers if isinstance(answer, str)) == {"seat.overlap": 2}
    assert sorted(counted(window) for window in windows) == [(0, 0), (0, 0), (1, 1)]


def test_seats_given_back_and_taken_at_once_stay_exact() -> None:
    window = new_window(new_shop(), seats=8)
    seats = seats_for(window, 8)
    others = people(12)

    answers = together(
        [
            *(partial(release, seat) for seat in seats[:6]),
            *(partial(join, window, person_id) for person_id in others),
        ]
    )

    assert answers[:6] == [None] * 6
    given = sum(isinstance(answer, JoinResult) for answer in answers)
    assert given <= 6
    assert set(answers[6:]) - {"window.full"} == {
        answer for answer in answers if isinstance(answer, JoinResult)
    }
    assert counted(window) == (2 + given, 2 + given)


def test_parties_that_grow_at_once_stay_within_the_cap() -> None:
    window = new_window(new_shop(), seats=10)
    seats = seats_for(window, 5)

    def grow(seat: SeatCard) -> None:
        run_operation(
            services.change_party,
            seat_id=seat.id,
            person_id=seat.person_id,
            party_size=3,
            by=SYSTEM,
            now=NOON,
        )

    answers = together([partial(grow, seat) for seat in seats])

    assert Counter(answers) == {None: 2, "window.full": 3}
    assert counted(window) == (9, 9)


def test_same_scan_many_times_at_once_has_one_answer() -> None:
    shop = new_shop()
    (seat,) = seats_for(new_window(shop), 1)

    answers = together([partial(scan, shop, seat, "same")] * 8)

    assert answers == [answers[0]] * 8
    assert answers[0].is_admitted
    assert PassScan.objects.count() == 1


def test_two_tills_admit_a_pass_once() -> None:
    shop = new_shop()
    (seat,) = seats_for(new_window(shop), 1)

    answers = together([partial(scan, shop, seat, f"n{number}") for number in range(20)])

    assert Counter(answer.code for answer in answers) == {"pass.admitted": 1, "pass.used": 19}
    assert PassScan.objects.count() == 20


def test_late_news_of_two_tills_at_once_is_kept_once_each() -> None:
    shop = new_shop()
    (seat,) = seats_for(new_window(shop), 1)
    told = [
        OfflineScan(
            scan=Scan(shop.store_id, pass_of(seat).code, f"till-{till}", "late"),
            is_admitted=True,
            code="pass.admitted",
            people=None,
            paid_minor=None,
            by_name=False,
            at=NOON + minutes(61),
        )
        for till in range(2)
    ]

    tell = partial(tills.sync, by=SYSTEM, now=NOON + minutes(70))

    together([partial(tell, scans=[told[number % 2]]) for number in range(8)])

    assert PassScan.objects.filter(is_admitted=True).count() == 2
    assert [card.kind for card in open_questions(shop.store_id)] == ["conflict"]
    assert Seat.objects.get().people_in == 1


def test_undo_and_another_scan_at_once_leave_one_truth() -> None:
    shop = new_shop()
    (seat,) = seats_for(new_window(shop), 1)
    scan(shop, seat, "first")
    undo = partial(
        tills.undo,
        store_id=shop.store_id,
        device="till-1",
        nonce="first",
        reason=UndoReason.BY_MISTAKE,
        by=SYSTEM,
        now=NOON + minutes(60),
    )

    together([undo, partial(scan, shop, seat, "second"), undo])

    admitted = len(admissions(seat.id))
    assert admitted <= 1
    assert Seat.objects.get().people_in == admitted
    assert PassScan.objects.filter(code="pass.undone").count() == 1


@pytest.mark.parametrize("end", ["cancel", "close"])
def test_window_that_ends_while_people_check_in_and_leave_stays_consistent(end: str) -> None:
    shop = new_shop()
    window = new_window(shop, seats=18)
    seats = seats_for(window, 18)
    ends: dict[str, Deed] = {
        "cancel": partial(cancel, window),
        "close": partial(services.move_due, now=window.ends_at),
    }

    together(
        [
            *(partial(scan, shop, seat, f"n{place}") for place, seat in enumerate(seats[:9])),
            ends[end],
            *(partial(release, seat) for seat in seats[9:]),
        ]
    )

    # The tick passes over a window that somebody is at; the next one finds it.
    services.move_due(now=window.ends_at)
    states = Counter(Seat.objects.values_list("state", flat=True))
    assert states["held"] == 0
    assert counted(window) == (18 - states["released"],) * 2
    together([partial(outcomes.record, window_id=window.id, now=window.ends_at)] * 4)
    came = states["checked_in"]
    assert (stock_card(shop.offering_id).on_hand, stock_card(shop.offering_id).reserved) == (
        20 - came,
        0,
    )
    assert SeatOutcome.objects.filter(kind="redeemed").count() == came


def test_two_ticks_move_each_window_once() -> None:
    windows = [new_window(new_shop(name=f"Dükkân {place}"), seats=2) for place in range(6)]
    end = windows[0].ends_at

    moved = together([partial(services.move_due, now=end)] * 4)

    assert sum(moved) == 6
    assert WindowEvent.objects.filter(move="close").count() == 6
    recorded = together([partial(outcomes.record_due, now=end)] * 4)
    assert sum(recorded) == 6
    assert WindowResult.objects.count() == 6

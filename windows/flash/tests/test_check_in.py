from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.models import Seat, Window
from windows.flash.queries import SeatCard, WindowCard
from windows.flash.services import CheckInResult, InvitedPerson
from windows.flash.tests.deeds import cancel, release
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
from windows.tests.traces import due_kinds, intent_moves

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
STARTS, ENDS = NOON + minutes(60), NOON + minutes(80)


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def person() -> InvitedPerson:
    return buyer(party_size=2)


@pytest.fixture
def window(shop: Shop, person: InvitedPerson) -> WindowCard:
    return new_window(shop, person)


@pytest.fixture
def seat(window: WindowCard, person: InvitedPerson) -> SeatCard:
    return take_seat(window, person.person_id)


def scan(
    shop: Shop,
    code: str,
    *,
    nonce: str = "n1",
    device: str = "till-1",
    now: datetime = STARTS,
) -> CheckInResult:
    return services.check_in(
        store_id=shop.store_id,
        code=code,
        nonce=nonce,
        device=device,
        by=Actor.staff(7),
        now=now,
    )


def code_of(seat: SeatCard) -> str:
    return pass_of(seat).code


def test_pass_is_admitted_with_what_the_till_needs(shop: Shop, seat: SeatCard) -> None:
    result = scan(shop, code_of(seat), now=STARTS + SECOND)

    assert result == CheckInResult(
        is_admitted=True,
        code="pass.admitted",
        facts={
            "people": 2,
            "unit_price_minor": 11_800,
            "to_pay_minor": 23_600,
            "currency": "TRY",
            "person_id": str(seat.person_id),
            "window_id": str(seat.window_id),
            "at": (STARTS + SECOND).isoformat(),
        },
    )
    row = Seat.objects.get()
    assert (row.state, row.checked_in_at) == ("checked_in", STARTS + SECOND)


def test_admission_fulfils_the_wish_and_ends_the_notices(
    shop: Shop, window: WindowCard, seat: SeatCard
) -> None:
    before = Window.objects.get().version

    scan(shop, code_of(seat))

    assert intent_moves(seat.intent_id)[-1] == ("fulfil", "done", "")
    assert due_kinds(seat.id) == []
    assert (Window.objects.get().version, Window.objects.get().seats_taken) == (before + 1, 2)


def test_scan_is_on_record(shop: Shop, seat: SeatCard) -> None:
    result = scan(shop, code_of(seat))

    row = PassScan.objects.get()
    assert (row.store_id, row.seat_id, row.device, row.nonce) == (
        shop.store_id,
        seat.id,
        "till-1",
        "n1",
    )
    assert (row.is_admitted, row.code, row.facts) == (True, "pass.admitted", result.facts)
    assert (row.at, row.actor_kind, row.actor_key) == (STARTS, "staff", "7")


@pytest.mark.parametrize(
    "typed", ["{code}", " {lower} ", "ICESHOP:{code}", "iceshop:{lower}", "{first} {last}"]
)
def test_code_may_be_scanned_typed_or_spoken(shop: Shop, seat: SeatCard, typed: str) -> None:
    code = code_of(seat)
    text = typed.format(code=code, lower=code.lower(), first=code[:3], last=code[3:])

    assert scan(shop, text).is_admitted


def test_same_nonce_gets_the_same_answer_and_changes_nothing(shop: Shop, seat: SeatCard) -> None:
    first = scan(shop, code_of(seat))

    with nothing_written():
        assert scan(shop, code_of(seat), now=ENDS + minutes(60)) == first
        assert scan(shop, "XXXXXX") == first


def test_same_nonce_of_another_device_is_another_scan(shop: Shop, seat: SeatCard) -> None:
    scan(shop, code_of(seat))

    assert scan(shop, code_of(seat), device="till-2").code == "pass.used"


def test_nonce_of_another_store_tells_nothing(shop: Shop, seat: SeatCard) -> None:
    scan(shop, code_of(seat))

    stranger = new_shop(name="Bahariye")
    assert scan(stranger, "XXXXXX") == CheckInResult(
        is_admitted=False, code="pass.unknown", facts={}
    )
    assert PassScan.objects.count() == 2


def test_pass_is_used_once(shop: Shop, seat: SeatCard) -> None:
    scan(shop, code_of(seat), now=STARTS + SECOND)

    again = scan(shop, code_of(seat), nonce="n2", now=STARTS + minutes(3))

    assert again == CheckInResult(
        is_admitted=False,
        code="pass.used",
        facts={
            "starts_at": STARTS.isoformat(),
            "ends_at": ENDS.isoformat(),
            "window_id": str(seat.window_id),
            "used_at": (STARTS + SECOND).isoformat(),
        },
    )
    assert Seat.objects.get().checked_in_at == STARTS + SECOND


@pytest.mark.parametrize("tick_comes", [True, False])
@pytest.mark.parametrize(
    ("now", "code"),
    [
        (STARTS - SECOND, "pass.too_early"),
        (STARTS, "pass.admitted"),
        (ENDS - SECOND, "pass.admitted"),
        (ENDS, "pass.too_late"),
    ],
)
def test_pass_counts_inside_the_interval_whether_the_tick_comes_or_not(
    shop: Shop, seat: SeatCard, now: datetime, code: str, tick_comes: bool
) -> None:
    if tick_comes:
        services.move_due(now=now)

    result = scan(shop, code_of(seat), now=now)

    assert (result.code, result.is_admitted) == (code, code == "pass.admitted")


def test_other_store_learns_nothing_of_the_seat(seat: SeatCard) -> None:
    result = scan(new_shop(name="Bahariye"), code_of(seat))

    assert result == CheckInResult(is_admitted=False, code="pass.wrong_store", facts={})
    assert Seat.objects.get().state == "held"


def test_unknown_code_is_refused_and_kept(shop: Shop) -> None:
    result = scan(shop, "XXXXXX")

    assert result == CheckInResult(is_admitted=False, code="pass.unknown", facts={})
    assert PassScan.objects.filter(seat__isnull=True, code="pass.unknown").count() == 1


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda window, seat: release(seat), "pass.released"),
        (lambda window, seat: cancel(window), "pass.cancelled"),
    ],
)
def test_pass_dies_with_its_seat(
    shop: Shop,
    window: WindowCard,
    seat: SeatCard,
    deed: Callable[[WindowCard, SeatCard], None],
    code: str,
) -> None:
    deed(window, seat)

    result = scan(shop, code_of(seat))

    assert result == CheckInResult(
        is_admitted=False,
        code=code,
        facts={
            "starts_at": STARTS.isoformat(),
            "ends_at": ENDS.isoformat(),
            "window_id": str(seat.window_id),
        },
    )
    assert Seat.objects.get().state == "released"


def test_refusal_changes_nothing_but_the_list_of_scans(shop: Shop, seat: SeatCard) -> None:
    rows = (Seat, Window)
    before = [list(model.objects.values_list()) for model in rows]

    scan(shop, code_of(seat), now=STARTS - SECOND)

    assert [list(model.objects.values_list()) for model in rows] == before
    assert due_kinds(seat.id) == ["reminder", "last_five_minutes"]


def test_seat_without_a_wish_is_admitted_too(shop: Shop, window: WindowCard) -> None:
    guest = buyer()
    joined = run_operation(
        services.join,
        window_id=window.id,
        person_id=guest.person_id,
        party_size=1,
        intent_id=None,
        by=SYSTEM,
        now=NOON,
    )

    assert scan(shop, joined.code).facts["people"] == 1


def admitted_people(window_id: UUID) -> int:
    return Seat.objects.filter(window_id=window_id, state="checked_in").count()


def test_taken_again_pass_is_admitted(
    shop: Shop, window: WindowCard, person: InvitedPerson, seat: SeatCard
) -> None:
    release(seat)
    assert not scan(shop, code_of(seat)).is_admitted
    take_seat(window, person.person_id, now=NOON + minutes(1))

    assert scan(shop, code_of(seat), nonce="n2").is_admitted
    assert admitted_people(window.id) == 1

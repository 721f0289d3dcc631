from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Invalid
from iceshop.tests.witness import nothing_written
from windows.flash import services
from windows.flash.models import Seat, Window
from windows.flash.queries import SeatCard, WindowCard, people_counts
from windows.flash.services import NOTHING_TOLD, CheckInResult, InvitedPerson, Told
from windows.flash.tests.deeds import cancel, release
from windows.passes.models import PassScan
from windows.passes.queries import open_questions, qr_text
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
    told: Told = NOTHING_TOLD,
) -> CheckInResult:
    return services.check_in(
        store_id=shop.store_id,
        code=code,
        nonce=nonce,
        device=device,
        by=Actor.staff(7),
        now=now,
        told=told,
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
            "still_to_come": 0,
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
            "used_device": "till-1",
            "used_means": "code",
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


def test_other_store_learns_where_the_pass_counts_and_nothing_of_the_person(
    seat: SeatCard,
) -> None:
    result = scan(new_shop(name="Bahariye"), code_of(seat))

    assert result == CheckInResult(
        is_admitted=False,
        code="pass.wrong_store",
        facts={
            "starts_at": STARTS.isoformat(),
            "ends_at": ENDS.isoformat(),
            "right_store": "Moda Fırını",
            "right_zone": "Europe/Istanbul",
            "metres": 0,
        },
    )
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


def qr_of(seat: SeatCard, now: datetime) -> str:
    return qr_text(code=code_of(seat), window_id=seat.window_id, now=now)


def test_picture_of_an_older_code_is_refused_with_its_time(shop: Shop, seat: SeatCard) -> None:
    """R27: the rotating code of an earlier moment does not count; code and name still do."""
    result = scan(shop, qr_of(seat, STARTS - minutes(2)))

    assert result.code == "pass.stale"
    assert result.facts["shown_at"] == (STARTS - minutes(2)).isoformat()
    assert Seat.objects.get().state == "held"
    assert scan(shop, qr_of(seat, STARTS), nonce="n2").is_admitted
    assert list(PassScan.objects.order_by("pk").values_list("means", flat=True)) == ["qr", "qr"]


def test_used_outweighs_an_old_picture(shop: Shop, seat: SeatCard) -> None:
    scan(shop, code_of(seat))

    assert scan(shop, qr_of(seat, STARTS - minutes(2)), nonce="n2").code == "pass.used"


def test_part_of_a_party_frees_the_places_of_the_others(
    shop: Shop, window: WindowCard, seat: SeatCard
) -> None:
    result = scan(shop, code_of(seat), told=Told(people=1))

    assert (result.facts["people"], result.facts["still_to_come"]) == (1, 0)
    assert result.facts["to_pay_minor"] == 11_800
    row = Seat.objects.get()
    assert (row.party_size, row.people_in) == (1, 1)
    assert Window.objects.get().seats_taken == 1
    assert scan(shop, code_of(seat), nonce="n2").code == "pass.used"


def test_rest_of_a_party_comes_later_on_the_same_pass(
    shop: Shop, window: WindowCard, seat: SeatCard
) -> None:
    first = scan(shop, code_of(seat), told=Told(people=1, rest_comes=True))
    counts = people_counts([window.id], now=STARTS)[window.id]

    assert first.facts["still_to_come"] == 1
    assert (counts.checked_in, counts.held, counts.confirmed) == (1, 1, 2)
    second = scan(shop, code_of(seat), nonce="n2", now=STARTS + minutes(5))
    assert (second.is_admitted, second.facts["people"]) == (True, 1)
    row = Seat.objects.get()
    assert (row.people_in, row.checked_in_at) == (2, STARTS)
    assert scan(shop, code_of(seat), nonce="n3").code == "pass.used"


def test_larger_party_comes_in_only_while_places_are_free(
    shop: Shop, window: WindowCard, seat: SeatCard
) -> None:
    Window.objects.update(seats_max=3)

    refused = scan(shop, code_of(seat), told=Told(people=4))
    assert (refused.code, refused.facts) == ("pass.no_room", {"booked": 2, "free": 1})
    admitted = scan(shop, code_of(seat), nonce="n2", told=Told(people=3))

    assert admitted.facts["to_pay_minor"] == 35_400
    assert (Seat.objects.get().party_size, Window.objects.get().seats_taken) == (3, 3)


@pytest.mark.parametrize("people", [0, 21])
def test_impossible_party_is_refused_and_writes_nothing(
    shop: Shop, seat: SeatCard, people: int
) -> None:
    with nothing_written(), pytest.raises(Invalid, match=r"party\.too_large"):
        scan(shop, code_of(seat), told=Told(people=people))


@pytest.mark.parametrize(("paid", "asks"), [(23_600, False), (20_000, False), (23_601, True)])
def test_more_than_promised_opens_a_question(
    shop: Shop, seat: SeatCard, paid: int, asks: bool
) -> None:
    scan(shop, code_of(seat), told=Told(paid_minor=paid))

    assert PassScan.objects.get().paid_minor == paid
    assert [card.kind for card in open_questions(shop.store_id)] == ["price"] * asks


def test_tapped_name_is_on_record_as_such(shop: Shop, seat: SeatCard) -> None:
    scan(shop, code_of(seat), told=Told(by_name=True))

    assert PassScan.objects.get().means == "name"

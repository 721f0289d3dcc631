from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from iceshop.infra.db import run_operation, violated_constraint
from iceshop.kernel import ids
from iceshop.kernel.actors import Actor
from iceshop.tests.witness import nothing_written
from windows.flash.models import Seat
from windows.flash.queries import WindowCard
from windows.passes import queries, services
from windows.passes.models import Pass
from windows.passes.queries import PassCard, ScanLine, ScanRecord
from windows.passes.services import Scan
from windows.tests.stories import NOON, Shop, minutes, new_person, new_shop, new_window

pytestmark = pytest.mark.django_db

ADMITTED = ScanRecord(is_admitted=True, code="pass.admitted", facts={"people": 1, "at": "14:00"})
USED = ScanRecord(is_admitted=False, code="pass.used", facts={"used_at": "14:00"})


@pytest.fixture
def shop() -> Shop:
    return new_shop()


@pytest.fixture
def window(shop: Shop) -> WindowCard:
    return new_window(shop)


def seat_in(window: WindowCard) -> UUID:
    """A seat without a pass."""
    return Seat.objects.create(
        window_id=window.id,
        person_id=new_person(),
        party_size=1,
        price_minor=11_800,
        starts_at=window.starts_at,
        ends_at=window.ends_at,
        held_at=NOON,
    ).pk


def issue(window: WindowCard, seat_id: UUID) -> str:
    return run_operation(services.issue, window_id=window.id, seat_id=seat_id, now=NOON)


def record(
    shop: Shop,
    answer: ScanRecord,
    *,
    seat_id: UUID | None = None,
    nonce: str = "n1",
    device: str = "till-1",
    now: datetime = NOON,
) -> None:
    run_operation(
        services.record_scan,
        scan=Scan(shop.store_id, "7F3K92", device, nonce),
        answer=answer,
        seat_id=seat_id,
        by=Actor.staff(7),
        now=now,
    )


def test_seat_gets_one_pass_that_is_found_by_its_code(window: WindowCard) -> None:
    seat_id = seat_in(window)

    code = issue(window, seat_id)

    assert len(code) == 6
    assert set(code) <= set(ids.CODE_ALPHABET)
    with nothing_written():
        assert issue(window, seat_id) == code
    assert queries.pass_by_code(code) == PassCard(code, seat_id, window.id)
    assert queries.pass_by_code(f"ICESHOP:{code.lower()}") == PassCard(code, seat_id, window.id)
    assert queries.pass_by_code("XXXXXX") is None
    assert queries.pass_by_code("") is None


def test_code_that_is_taken_is_not_given_again(window: WindowCard) -> None:
    first, second = seat_in(window), seat_in(window)
    with ids.repeatable(1):
        taken = issue(window, first)
    with ids.repeatable(1):
        other = issue(window, second)

    assert other != taken
    assert queries.codes_of_seats([first, second, uuid4()]) == {first: taken, second: other}


def test_codes_do_not_repeat_by_constraint(window: WindowCard) -> None:
    code = issue(window, seat_in(window))

    with pytest.raises(IntegrityError) as caught:
        Pass.objects.create(
            window_id=window.id, seat_id=seat_in(window), code=code, created_at=NOON
        )
    assert violated_constraint(caught.value) == "pass_code_once"


def test_answer_of_a_scan_is_remembered_by_store_device_and_nonce(
    shop: Shop, window: WindowCard
) -> None:
    other = new_shop(name="Bahariye")
    record(shop, ADMITTED, seat_id=seat_in(window))
    record(other, USED)

    def remembered(shop: Shop, device: str, nonce: str) -> ScanRecord | None:
        return queries.remembered_scan(store_id=shop.store_id, device=device, nonce=nonce)

    assert remembered(shop, "till-1", "n1") == ADMITTED
    assert remembered(other, "till-1", "n1") == USED
    assert remembered(shop, "till-2", "n1") is None
    assert remembered(shop, "till-1", "n2") is None


def test_scan_under_a_known_nonce_is_refused_by_constraint(shop: Shop) -> None:
    record(shop, USED)

    with pytest.raises(IntegrityError) as caught, nothing_written():
        record(shop, ADMITTED)
    assert violated_constraint(caught.value) == "pass_scan_once"


def test_first_admission_is_the_one_that_counts(shop: Shop, window: WindowCard) -> None:
    seat_id = seat_in(window)
    assert queries.first_admission(seat_id) is None
    record(shop, USED, seat_id=seat_id, nonce="n0")
    record(shop, ADMITTED, seat_id=seat_id, nonce="n1", now=NOON + minutes(1))
    later = ScanRecord(is_admitted=True, code="pass.admitted", facts={"at": "14:02"})
    record(shop, later, seat_id=seat_id, nonce="n2", now=NOON + minutes(2))

    assert queries.first_admission(seat_id) == ADMITTED


def test_scans_of_a_store_come_newest_first(shop: Shop, window: WindowCard) -> None:
    seat_id = seat_in(window)
    record(shop, ADMITTED, seat_id=seat_id, nonce="n1")
    record(shop, USED, nonce="n2", now=NOON + minutes(1))
    record(new_shop(name="Bahariye"), USED)

    first = ScanLine("n1", seat_id, True, "pass.admitted", ADMITTED.facts, NOON)
    second = ScanLine("n2", None, False, "pass.used", USED.facts, NOON + minutes(1))

    def recent(since: datetime, limit: int = 10) -> tuple[ScanLine, ...]:
        return queries.recent_scans(store_id=shop.store_id, since=since, limit=limit)

    assert recent(NOON) == (second, first)
    assert recent(NOON, limit=1) == (second,)
    assert recent(NOON + minutes(1)) == (second,)
    assert queries.scan_at(store_id=shop.store_id, device="till-1", nonce="n1") == first
    assert queries.scan_at(store_id=shop.store_id, device="till-9", nonce="n1") is None


def test_code_is_shown_as_it_is_read_aloud_and_scanned() -> None:
    assert queries.show_code("7F3K92") == "7F3 K92"
    svg = queries.qr_svg("7F3K92")
    assert svg.startswith("<svg")
    assert 'class="qr"' in svg
    assert "style=" not in svg
    assert svg != queries.qr_svg("7F3K93")

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError

from iceshop.infra.db import run_operation, violated_constraint
from iceshop.kernel import ids
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import NotFound
from iceshop.tests.witness import nothing_written
from windows.flash.models import Seat
from windows.flash.queries import WindowCard
from windows.passes import queries, services
from windows.passes.domain import Answer, Means, Question
from windows.passes.models import Pass, ScanQuestion
from windows.passes.queries import PassCard, ScanLine, ScanRecord, ShownPass
from windows.passes.services import Entry, Scan
from windows.passes.words import LANGUAGES, words_of
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
    paid_minor: int | None = None,
    undoes_id: UUID | None = None,
) -> UUID:
    return run_operation(
        services.record_scan,
        scan=Scan(shop.store_id, "7F3K92", device, nonce),
        answer=answer,
        entry=Entry(
            seat_id=seat_id,
            means=Means.CODE,
            people=1,
            paid_minor=paid_minor,
            at=now,
            undoes_id=undoes_id,
        ),
        by=Actor.staff(7),
    )


def test_seat_gets_one_pass_that_is_found_by_its_code(window: WindowCard) -> None:
    seat_id = seat_in(window)

    code = issue(window, seat_id)

    assert len(code) == 6
    assert set(code) <= set(ids.CODE_ALPHABET)
    with nothing_written():
        assert issue(window, seat_id) == code
    assert queries.pass_by_code(code) == PassCard(code, seat_id, window.id)
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


def test_admissions_are_those_that_were_not_undone(shop: Shop, window: WindowCard) -> None:
    seat_id = seat_in(window)
    assert queries.admissions(seat_id) == ()
    record(shop, USED, seat_id=seat_id, nonce="n0")
    first = record(shop, ADMITTED, seat_id=seat_id, nonce="n1", now=NOON + minutes(1))
    record(shop, ADMITTED, seat_id=seat_id, nonce="n2", now=NOON + minutes(2))
    assert [line.nonce for line in queries.admissions(seat_id)] == ["n1", "n2"]

    record(shop, USED, seat_id=seat_id, nonce="n3", undoes_id=first)

    assert [line.nonce for line in queries.admissions(seat_id)] == ["n2"]
    undone = queries.line_of_scan(first)
    assert undone is not None
    assert undone.is_undone


def test_paid_is_known_where_every_admission_told_it(shop: Shop, window: WindowCard) -> None:
    told, half = seat_in(window), seat_in(window)
    record(shop, ADMITTED, seat_id=told, nonce="n1", paid_minor=11_800)
    record(shop, ADMITTED, seat_id=told, nonce="n2", paid_minor=11_000)
    record(shop, ADMITTED, seat_id=half, nonce="n3", paid_minor=11_800)
    record(shop, ADMITTED, seat_id=half, nonce="n4")

    assert queries.paid_for_seats([told, half]) == {told: 22_800}


def test_scans_of_a_store_come_newest_first(shop: Shop, window: WindowCard) -> None:
    seat_id = seat_in(window)
    first_id = record(shop, ADMITTED, seat_id=seat_id, nonce="n1")
    second_id = record(shop, USED, nonce="n2", now=NOON + minutes(1))
    record(new_shop(name="Bahariye"), USED)

    first, second = (
        ScanLine(
            id=scan_id,
            nonce=nonce,
            device="till-1",
            seat_id=seat,
            is_admitted=answer.is_admitted,
            code=answer.code,
            means=Means.CODE,
            people=int(answer.is_admitted),
            paid_minor=None,
            facts=answer.facts,
            at=at,
            is_offline=False,
            is_undone=False,
        )
        for scan_id, nonce, seat, answer, at in (
            (first_id, "n1", seat_id, ADMITTED, NOON),
            (second_id, "n2", None, USED, NOON + minutes(1)),
        )
    )

    def recent(since: datetime, limit: int = 10) -> tuple[ScanLine, ...]:
        return queries.recent_scans(store_id=shop.store_id, since=since, limit=limit)

    assert recent(NOON) == (second, first)
    assert recent(NOON, limit=1) == (second,)
    assert recent(NOON + minutes(1)) == (second,)
    assert queries.scan_at(store_id=shop.store_id, device="till-1", nonce="n1") == first
    assert queries.scan_at(store_id=shop.store_id, device="till-9", nonce="n1") is None


def test_code_is_shown_as_it_is_read_aloud() -> None:
    assert queries.show_code("7F3K92") == "7F3 K92"


def test_pass_is_read_from_qr_code_and_words(window: WindowCard) -> None:
    """R27: a rotating code, the short code and four words lead to the same pass."""
    seat_id = seat_in(window)
    code = issue(window, seat_id)
    card = PassCard(code, seat_id, window.id)
    qr = queries.qr_text(code=code, window_id=window.id, now=NOON)

    assert queries.shown_pass(qr, now=NOON) == ShownPass(card, Means.QR, None)
    assert queries.shown_pass(qr.lower(), now=NOON) == ShownPass(card, Means.QR, None)
    assert queries.shown_pass(f"ICESHOP:{code}", now=NOON) == ShownPass(card, Means.CODE, None)
    for language in LANGUAGES:
        words = words_of(code, language)
        assert queries.shown_pass(words, now=NOON) == ShownPass(card, Means.WORDS, None)


def test_qr_code_of_an_earlier_moment_is_known_as_such(window: WindowCard) -> None:
    code = issue(window, seat_in(window))
    qr = queries.qr_text(code=code, window_id=window.id, now=NOON)

    shown = queries.shown_pass(qr, now=NOON + minutes(10))

    assert shown is not None
    assert (shown.card.code, shown.stale_at) == (code, NOON)


def test_forged_qr_codes_are_nobodys(window: WindowCard) -> None:
    code = issue(window, seat_in(window))
    other = issue(window, seat_in(window))
    qr = queries.qr_text(code=code, window_id=window.id, now=NOON)
    _, step, key_id, mac = qr.removeprefix("ICESHOP:").split(".")

    for forged in (
        f"{other}.{step}.{key_id}.{mac}",
        f"{code}.{int(step) + 20}.{key_id}.{mac}",
        f"{code}.{step}.ZZ.{mac}",
        f"{code}.{step}.{key_id}.{mac[::-1]}",
        f"{code}.{step}.{key_id}",
    ):
        assert queries.shown_pass(f"ICESHOP:{forged}", now=NOON) is None


def test_code_of_a_former_key_still_counts(window: WindowCard, settings: Any) -> None:
    code = issue(window, seat_in(window))
    qr = queries.qr_text(code=code, window_id=window.id, now=NOON)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-for-the-installation"

    assert queries.shown_pass(qr, now=NOON) is not None
    assert queries.qr_text(code=code, window_id=window.id, now=NOON) != qr
    settings.SECRET_KEY_FALLBACKS = []
    assert queries.shown_pass(qr, now=NOON) is None


def test_question_is_asked_once_and_answered_once(shop: Shop, window: WindowCard) -> None:
    scan_id = record(shop, USED, seat_id=seat_in(window))
    question, again = (
        run_operation(
            services.ask,
            kind=Question.DISPUTE,
            store_id=shop.store_id,
            scan_id=scan_id,
            other_id=None,
            now=NOON,
        )
        for _ in range(2)
    )
    assert question == again
    (card,) = queries.open_questions(shop.store_id)
    assert (card.kind, card.scan.id, card.other, card.answer) == (
        Question.DISPUTE,
        scan_id,
        None,
        None,
    )

    def answer(answer: Answer, store_id: UUID = shop.store_id) -> bool:
        return run_operation(
            services.answer_question,
            question_id=question,
            store_id=store_id,
            answer=answer,
            by=Actor.staff(7),
            now=NOON,
        )

    with pytest.raises(NotFound, match=r"question\.unknown"):
        answer(Answer.SHOP_PAYS, new_shop(name="Bahariye").store_id)
    assert answer(Answer.SHOP_PAYS)
    assert not answer(Answer.GUEST_PAYS)
    assert queries.open_questions(shop.store_id) == ()
    assert ScanQuestion.objects.get().answer == "shop_pays"
    (decided,) = queries.questions_of_scans([scan_id])
    assert decided.answer is Answer.SHOP_PAYS

"""Taking back, disputing, parts of a party, what was paid; questions and their answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from windows.board.tests.conftest import LogIn, SetClock
from windows.flash.models import Seat
from windows.flash.queries import SeatCard
from windows.passes.models import PassScan, ScanQuestion
from windows.passes.queries import qr_text
from windows.passes.words import words_of
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_window,
    pass_of,
    take_seat,
)

pytestmark = pytest.mark.django_db

OPEN = NOON + minutes(12)


@pytest.fixture
def seat(shop: Shop, at: SetClock) -> SeatCard:
    """Elif and a friend, from 13:10 to 13:30; it is 13:12."""
    person = buyer("Elif Kaya", party_size=2)
    seat = take_seat(new_window(shop, person, starts_in=10), person.person_id)
    at(OPEN)
    return seat


def scan(browser: Client, shop: Shop, seat: SeatCard, **told: Any) -> tuple[str, str]:
    """The page that answers, and the nonce of the scan."""
    nonce = f"form-{PassScan.objects.count():019d}"
    form = {"code": pass_of(seat).code, "nonce": nonce, **told}
    answer = browser.post(reverse("board:check_in", args=[shop.store_id]), form)
    assert answer.status_code == 302, answer.content.decode()
    return page(browser, answer.headers["Location"]), answer.headers["Location"].split("=")[1]


def page(browser: Client, address: str) -> str:
    text = browser.get(address).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    return text[text.index('id="till-result"') :]


def result(text: str) -> str:
    return text[: text.index("data-scanner")]


def undo(browser: Client, shop: Shop, nonce: str, reason: str = "wrong_person") -> Any:
    address = reverse("board:undo", args=[shop.store_id])
    return browser.post(address, {"nonce": nonce, "reason": reason}, follow=True)


def test_admission_is_taken_back_by_the_same_till(
    staff: Client, shop: Shop, seat: SeatCard
) -> None:
    """R24: undo with a reason, the pass counts again, both rows stay."""
    shown, nonce = scan(staff, shop, seat)
    assert "Until 13:14, at this till." in result(shown)

    text = undo(staff, shop, nonce).content.decode()

    assert "Taken back" in text
    assert "Taken back; the pass counts again." in text
    assert Seat.objects.get().state == "held"
    assert "result-ok" in result(scan(staff, shop, seat)[0])
    assert PassScan.objects.count() == 3


def test_other_till_and_later_take_nothing_back(
    staff: Client, log_in: LogIn, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    _, nonce = scan(staff, shop, seat)

    assert undo(log_in(shop), shop, nonce).status_code == 404
    assert undo(staff, shop, nonce, "because").status_code == 404
    at(OPEN + minutes(3))
    late = undo(staff, shop, nonce)

    assert late.status_code == 410
    assert "There were two minutes to take it back; they have passed." in late.content.decode()
    assert "Until 13:14" not in late.content.decode()
    assert Seat.objects.get().state == "checked_in"


def test_used_pass_is_disputed_on_the_spot_and_the_owner_decides(
    owner: Client, staff: Client, shop: Shop, seat: SeatCard
) -> None:
    scan(staff, shop, seat)
    used, nonce = scan(staff, shop, seat)
    assert "This code was scanned at 13:12 on Till 1. It does not count twice." in result(used)
    address = reverse("board:dispute", args=[shop.store_id])
    for _ in range(2):
        told = staff.post(address, {"nonce": nonce}, follow=True).content.decode()
    assert "The owner decides" in told
    question = ScanQuestion.objects.get()
    path = reverse("board:questions", args=[shop.store_id])
    assert "The owner or a manager decides." in staff.get(path).content.decode()

    shown = owner.get(path).content.decode()
    answer = reverse("board:answer", args=[shop.store_id, question.id])
    assert staff.post(answer, {"answer": "shop_pays"}).status_code == 403
    decided = owner.post(answer, {"answer": "shop_pays"}, follow=True).content.decode()

    assert "Somebody says another person used the pass" in shown
    assert "Elif K." in shown
    assert "Decided." in decided
    assert "Nothing to decide" in decided
    again = owner.post(answer, {"answer": "guest_pays"}, follow=True).content.decode()
    assert "Somebody had decided this before." in again
    assert ScanQuestion.objects.get().answer == "shop_pays"


def test_nothing_else_can_be_disputed(staff: Client, shop: Shop, seat: SeatCard) -> None:
    _, nonce = scan(staff, shop, seat)
    address = reverse("board:dispute", args=[shop.store_id])
    assert staff.post(address, {"nonce": nonce}).status_code == 404
    assert ScanQuestion.objects.count() == 0


def test_fewer_come_and_the_rest_comes_later(staff: Client, shop: Shop, seat: SeatCard) -> None:
    shown, _ = scan(staff, shop, seat, people="1", rest="1")
    assert "Elif K. · 1 person" in result(shown)
    assert "1 more will come on the same pass." in result(shown)
    assert "1 / 2 here" in shown

    rest, _ = scan(staff, shop, seat)
    assert "Elif K. · 1 person" in result(rest)
    assert "2 / 2 here" in rest


def test_more_than_promised_is_asked_about(owner: Client, shop: Shop, seat: SeatCard) -> None:
    shown, _ = scan(owner, shop, seat, paid="250,00 ₺")

    assert "1 scan needs a decision." in shown
    text = owner.get(reverse("board:questions", args=[shop.store_id])).content.decode()
    assert "paid ₺250, promised ₺236" in text


@pytest.mark.parametrize("told", [{"people": "0"}, {"people": "21"}, {"paid": "much"}])
def test_impossible_telling_scans_nothing(
    staff: Client, shop: Shop, seat: SeatCard, told: dict[str, str]
) -> None:
    form = {"code": pass_of(seat).code, "nonce": "n" * 22, **told}
    answer = staff.post(reverse("board:check_in", args=[shop.store_id]), form)
    assert answer.status_code == 422
    assert PassScan.objects.count() == 0


def test_words_count_and_an_old_picture_does_not(staff: Client, shop: Shop, seat: SeatCard) -> None:
    """R27: the same field takes words; a picture of an older code is refused with its time."""
    code = pass_of(seat).code
    old = qr_text(code=code, window_id=seat.window_id, now=OPEN - minutes(3))

    stale, _ = scan(staff, shop, seat, code=old)
    assert "Old picture" in result(stale)
    assert "This is a picture of the code from 13:09." in result(stale)
    assert "Elif" not in result(stale)
    assert "result-ok" in result(scan(staff, shop, seat, code=words_of(code, "tr").upper())[0])


def test_turkish_sentences_have_their_endings(staff: Client, shop: Shop, seat: SeatCard) -> None:
    staff.cookies["django_language"] = "tr"
    scan(staff, shop, seat)
    used, _ = scan(staff, shop, seat)
    assert "Bu kod 13.12&#x27;de, Kasa 1&#x27;de okutuldu. İkinci kez geçmez." in result(used)
    assert not re.search(r"\{\w+\}", used)

"""Check-in: every answer in words, once only, for the right shop."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM, Actor
from windows.board.domain import scan_key
from windows.board.scans import FACES
from windows.board.tests.conftest import LogIn, SetClock
from windows.flash import services as flash
from windows.flash.domain import ADMITTED, UNDONE, Refusal, SeatState
from windows.flash.queries import SeatCard, seat_card
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
from windows.tills.sentences import NOT_LISTED

pytestmark = pytest.mark.django_db

OPEN = NOON + minutes(12)


@pytest.fixture
def seat(shop: Shop) -> SeatCard:
    """Elif and a friend, from 13:10 to 13:30."""
    person = buyer("Elif Kaya", party_size=2)
    return take_seat(new_window(shop, person, starts_in=10), person.person_id)


def path(shop: Shop) -> str:
    return reverse("board:check_in", args=[shop.store_id])


def nonce_of(browser: Client, shop: Shop) -> str:
    """The nonce of the form with the code field."""
    text = browser.get(path(shop)).content.decode()
    form = text[text.index('id="till-form"') :]
    found = re.search(r'name="nonce" value="([^"]+)"', form)
    assert found is not None
    return found[1]


def scan(browser: Client, shop: Shop, code: str) -> str:
    response = browser.post(
        path(shop), {"code": code, "nonce": nonce_of(browser, shop)}, follow=True
    )
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def result_of(text: str) -> str:
    return text[text.index('id="till-result"') : text.index("data-scanner")]


def state_of(seat: SeatCard) -> SeatState:
    card = seat_card(seat.id)
    assert card is not None
    return card.state


def test_every_answer_has_a_face() -> None:
    assert set(FACES) == {ADMITTED, UNDONE, NOT_LISTED, *Refusal}


def test_valid_pass_shows_who_and_what_to_pay(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    result = result_of(scan(staff, shop, pass_of(seat).code))
    assert "result-ok" in result
    for words in ("Valid", "Elif K. · 2 people", "₺236", "they pay this amount at the till"):
        assert words in result
    assert state_of(seat) is SeatState.CHECKED_IN


@pytest.mark.parametrize("written", ["ICESHOP:{}", "{}", " {} ", "{} lower"])
def test_code_is_read_however_it_comes(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock, written: str
) -> None:
    at(OPEN)
    code = pass_of(seat).code
    if written.endswith("lower"):
        written, code = "{}", f"{code[:3].lower()} {code[3:].lower()}"
    assert "result-ok" in result_of(scan(staff, shop, written.format(code)))


def test_too_early_says_when_to_come_back(staff: Client, shop: Shop, seat: SeatCard) -> None:
    result = result_of(scan(staff, shop, pass_of(seat).code))
    assert "result-late" in result
    for words in ("Too early", "Elif K.", "The window opens at 13:10; scan again then."):
        assert words in result
    assert state_of(seat) is SeatState.HELD


def test_too_late_says_when_it_ended(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(NOON + minutes(30))
    result = result_of(scan(staff, shop, pass_of(seat).code))
    assert "The window ended at 13:30" in result
    assert state_of(seat) is SeatState.HELD


def test_used_pass_says_when(staff: Client, shop: Shop, seat: SeatCard, at: SetClock) -> None:
    at(OPEN)
    scan(staff, shop, pass_of(seat).code)
    at(OPEN + minutes(3))
    result = result_of(scan(staff, shop, pass_of(seat).code))
    assert "result-bad" in result
    assert "This code was scanned at 13:12 on Till 1. It does not count twice." in result


def test_given_back_and_cancelled_passes_do_not_count(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    run_operation(
        flash.release_seat,
        seat_id=seat.id,
        person_id=seat.person_id,
        keeps_intent=False,
        by=Actor.person(seat.person_id),
        now=OPEN,
    )
    assert "Place given back" in result_of(scan(staff, shop, pass_of(seat).code))
    run_operation(
        flash.cancel_window, window_id=seat.window_id, reason="fırın", by=SYSTEM, now=OPEN
    )
    result = result_of(scan(staff, shop, pass_of(seat).code))
    assert "The 13:10 window was cancelled" in result


def test_other_shops_pass_tells_nothing_about_its_person(
    staff: Client, shop: Shop, at: SetClock
) -> None:
    other = new_shop(name="Komşu", concept="tea")
    person = buyer("Gizli Kişi")
    seat = take_seat(new_window(other, person, starts_in=10), person.person_id)
    at(OPEN)
    text = scan(staff, shop, pass_of(seat).code)
    assert "Another shop&#x27;s code" in result_of(text)
    assert "This pass is for Komşu, about 0 m on foot; it opens there at 13:10." in text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "Gizli" not in text
    assert state_of(seat) is SeatState.HELD


def test_unknown_code_asks_for_another_try(staff: Client, shop: Shop) -> None:
    result = result_of(scan(staff, shop, "7F3K9Z"))
    assert "Code not known" in result
    assert "pick the name from the list" in result


def test_turkish_answers_are_turkish(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    staff.cookies["django_language"] = "tr"
    result = result_of(scan(staff, shop, pass_of(seat).code))
    assert "Erken geldi" in result
    assert "Pencere 13.10&#x27;da açılır; o zaman yeniden okutun." in result


def test_the_same_form_sent_again_gets_the_same_answer(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    sent = {"code": pass_of(seat).code, "nonce": nonce_of(staff, shop)}
    first, second = (staff.post(path(shop), sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert "result-ok" in staff.get(second.headers["Location"]).content.decode()
    assert PassScan.objects.count() == 1


def test_one_form_with_another_code_is_another_scan(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    mert = buyer("Mert Ak")
    other = take_seat(new_window(shop, mert, starts_in=40), mert.person_id)
    at(OPEN)
    nonce = nonce_of(staff, shop)
    texts = [
        staff.post(path(shop), {"code": pass_of(s).code, "nonce": nonce}, follow=True)
        for s in (seat, other)
    ]
    assert "Elif K." in result_of(texts[0].content.decode())
    assert "Mert A." in result_of(texts[1].content.decode())


def test_spelling_of_a_code_does_not_make_another_scan() -> None:
    assert scan_key("n" * 22, "7f3 k92") == scan_key("n" * 22, "7F3K92")
    assert scan_key("n" * 22, "7F3K92") != scan_key("n" * 22, "7F3K93")
    assert len(scan_key("n" * 60, "7F3K92")) <= 60


@pytest.mark.parametrize(
    "sent",
    [{"code": "", "nonce": "n" * 22}, {"code": "7F3K92"}, {"code": "7F3K92", "nonce": "?"}],
)
def test_incomplete_form_is_told_and_scans_nothing(
    staff: Client, shop: Shop, sent: dict[str, str]
) -> None:
    response = staff.post(path(shop), sent)
    assert response.status_code == 422
    assert "Type the code or the four words" in response.content.decode()
    assert PassScan.objects.count() == 0


def test_a_result_is_shown_only_to_the_browser_that_scanned(
    staff: Client, log_in: LogIn, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    sent = {"code": pass_of(seat).code, "nonce": nonce_of(staff, shop)}
    address = staff.post(path(shop), sent).headers["Location"]
    assert "result-ok" in staff.get(address).content.decode()
    other = log_in(shop).get(address).content.decode()
    assert 'class="card result' not in result_of(other)


def test_browser_keeps_its_name_as_a_till(staff: Client, shop: Shop) -> None:
    first = staff.get(path(shop)).cookies["iceshop_till"]
    assert first["httponly"]
    assert first["samesite"] == "Lax"
    assert "iceshop_till" not in staff.get(path(shop)).cookies
    staff.cookies["iceshop_till"] = "x" * 500
    assert staff.get(path(shop)).cookies["iceshop_till"].value != "x" * 500


def test_a_name_can_be_tapped(staff: Client, shop: Shop, seat: SeatCard, at: SetClock) -> None:
    """R28: one tap at the till, and nothing about the discount is announced."""
    at(OPEN)
    text = staff.get(path(shop)).content.decode()
    row = text[text.index('<form class="row"') :]
    hidden = dict(re.findall(r'type="hidden" name="(nonce|code)" value="([^"]+)"', row)[:2])
    result = staff.post(path(shop), hidden, follow=True).content.decode()
    assert "Elif K. · 2 people" in result_of(result)
    assert "2 / 2 here" in result
    assert "Nobody else is expected." in result


def test_htmx_gets_the_answer_a_fresh_form_and_the_list(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    sent = {"code": pass_of(seat).code, "nonce": nonce_of(staff, shop)}
    headers = {"HX-Request": "true", "HX-Target": "till-result"}
    text = staff.post(path(shop), sent, headers=headers, follow=True).content.decode()
    assert "<html" not in text
    assert text.count("hx-swap-oob") == 2
    assert sent["nonce"] not in text[text.index('id="till-form"') :]
    assert "data-scanner" not in text


def test_list_is_pulled_alone_and_only_when_it_changed(
    staff: Client, shop: Shop, seat: SeatCard, at: SetClock
) -> None:
    at(OPEN)
    headers = {"HX-Request": "true", "HX-Target": "till-people"}
    part = staff.get(path(shop), headers=headers)
    assert 'id="till-people"' in part.content.decode()
    assert "hx-swap-oob" not in part.content.decode()
    tagged = {**headers, "If-None-Match": part.headers["ETag"]}
    assert staff.get(path(shop), headers=tagged).status_code == 304
    scan(staff, shop, pass_of(seat).code)
    assert staff.get(path(shop), headers=tagged).status_code == 200

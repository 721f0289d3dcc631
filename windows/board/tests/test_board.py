"""The board of the day: what it shows and what can be done."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from commerce.places.queries import store_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.money import Money
from windows.board import queries
from windows.board.tests.conftest import LogIn, SetClock
from windows.flash import services as flash
from windows.flash.domain import WindowState
from windows.flash.queries import WindowCard, window_card
from windows.outcomes import services as outcomes
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_ask,
    new_window,
    show_pass,
    take_seat,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "board-live"}


def board_of(
    shop: Shop, *, now: datetime = NOON, window: WindowCard | None = None
) -> queries.Board:
    store = store_card(shop.store_id)
    window_id = window.id if window else None
    return queries.board(store, window_id=window_id, language="tr", now=now)


def address(name: str, shop: Shop, *args: object) -> str:
    return reverse(f"board:{name}", args=[shop.store_id, *args])


def three_people(shop: Shop) -> WindowCard:
    """Elif (2) is on the way, Mert has confirmed, Deniz has not answered."""
    elif_, mert, deniz = buyer("Elif Kaya", party_size=2), buyer("Mert Ak"), buyer("Deniz")
    window = new_window(shop, elif_, mert, deniz, starts_in=10, seats=8)
    seat = take_seat(window, elif_.person_id)
    take_seat(window, mert.person_id)
    run_operation(flash.say_on_way, seat_id=seat.id, person_id=elif_.person_id, by=SYSTEM, now=NOON)
    return window


def test_hero_counts_people_by_what_they_did(shop: Shop) -> None:
    window = three_people(shop)
    hero = board_of(shop).hero
    assert hero is not None
    assert hero.window.id == window.id
    assert (hero.counts.on_way, hero.counts.held, hero.counts.checked_in) == (2, 1, 0)
    assert hero.unanswered == 1
    # Two who are on the way nearly surely, one who holds a seat, one who may still say yes.
    assert hero.expected.mean_milli == 3_050
    assert hero.expected_people == 3
    assert (hero.expected.low, hero.expected.high) == (2, 4)
    assert [(line.name, line.people, line.cube) for line in hero.to_come] == [
        ("Elif K.", 2, "coming"),
        ("Mert A.", 1, "confirmed"),
    ]
    assert [line.to_pay.minor for line in hero.to_come] == [23_600, 11_800]
    assert (hero.stock.left, hero.stock.promised, hero.stock.free) == (8, 3, 5)


def test_a_check_in_moves_a_person_to_those_who_are_here(shop: Shop) -> None:
    person = buyer("Elif Kaya", party_size=2)
    window = new_window(shop, person, starts_in=10, seats=8)
    show_pass(shop, take_seat(window, person.person_id), now=NOON + minutes(16))
    hero = board_of(shop, now=NOON + minutes(17)).hero
    assert hero is not None
    assert hero.is_open
    assert [(line.name, line.cube) for line in hero.arrived] == [("Elif K.", "arrived")]
    assert hero.to_come == ()
    assert [(slot.states, slot.current) for slot in hero.arrivals] == [
        ((), False),
        (("arrived", "arrived"), True),
        ((), False),
        ((), False),
    ]
    assert hero.stock.left == 6


def test_the_running_window_stands_before_the_next_one(shop: Shop) -> None:
    first = new_window(shop, starts_in=10)
    second = new_window(shop, starts_in=60)
    before, during, after = (board_of(shop, now=NOON + minutes(at)) for at in (0, 15, 40))
    assert [b.hero.window.id for b in (before, during, after) if b.hero] == [
        first.id,
        first.id,
        second.id,
    ]
    assert [line.window.id for line in during.coming_up] == [second.id]
    assert [line.window.id for line in after.finished] == [first.id]


def test_states_follow_the_times_where_the_tick_is_late(shop: Shop) -> None:
    person = buyer("Mert Ak")
    window = new_window(shop, person, starts_in=10)
    take_seat(window, person.person_id)
    hero = board_of(shop, now=NOON + minutes(31), window=window).hero
    assert hero is not None
    assert hero.window.state is WindowState.CLOSED
    assert [line.cube for line in hero.to_come] == ["no-show"]


def test_a_finished_window_shows_its_result(owner: Client, shop: Shop, at: SetClock) -> None:
    came, missed = buyer("Elif Kaya", party_size=2), buyer("Mert Ak")
    window = new_window(shop, came, missed, starts_in=10)
    seat = take_seat(window, came.person_id)
    take_seat(window, missed.person_id)
    show_pass(shop, seat, now=NOON + minutes(12))
    flash.move_due(now=NOON + minutes(31))
    outcomes.record_due(now=NOON + minutes(31))
    at(NOON + minutes(32))
    (line,) = board_of(shop, now=NOON + minutes(32)).finished
    assert line.result is not None
    assert (line.result.came, line.result.missed, line.result.new_people) == (2, 1, 2)
    assert line.predicted == 3
    assert (line.revenue, line.discount) == (Money(23_600, "TRY"), Money(5_400, "TRY"))
    for text in (
        owner.get(address("today", shop)).content.decode(),
        owner.get(address("window", shop, window.id)).content.decode(),
        owner.get(address("results", shop)).content.decode(),
    ):
        assert "₺236" in text
        assert "₺54" in text


def test_board_without_a_window_says_what_will_come(owner: Client, shop: Shop) -> None:
    assert "No window today" in owner.get(address("today", shop)).content.decode()


def test_a_name_with_markup_stays_text(owner: Client, shop: Shop) -> None:
    person = buyer("<b>Ali</b> Kaya")
    take_seat(new_window(shop, person, starts_in=10), person.person_id)
    for name in ("today", "check_in"):
        text = owner.get(address(name, shop)).content.decode()
        assert "<b>Ali" not in text
        assert escape("<b>Ali</b> K.") in text


def test_both_languages_are_whole(owner: Client, shop: Shop) -> None:
    three_people(shop)
    texts = {}
    for language in ("tr", "en"):
        owner.cookies["django_language"] = language
        texts[language] = owner.get(address("today", shop)).content.decode()
    assert "Beklenen kişi" in texts["tr"]
    assert "118\N{NO-BREAK SPACE}₺" in texts["tr"]
    assert "13.10–13.30" in texts["tr"]
    assert "People expected" in texts["en"]
    assert "80% range" in texts["en"]
    assert "%80 aralığı" in texts["tr"]
    assert "₺118" in texts["en"]
    assert "13:10–13:30" in texts["en"]


def test_live_part_comes_alone_and_only_when_it_changed(
    owner: Client, shop: Shop, at: SetClock
) -> None:
    window = three_people(shop)
    path = address("today", shop)
    whole = owner.get(path)
    part = owner.get(path, headers=HTMX)
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert part.content.decode().count('id="board-live"') == 1
    assert part.headers["X-Now"] == NOON.isoformat()
    # A browser that keeps the whole page must not take it for the part.
    assert "ETag" not in whole.headers
    assert whole.headers["Cache-Control"] == "private, no-store"

    tag = part.headers["ETag"]
    at(NOON + minutes(1))
    again = owner.get(path, headers={**HTMX, "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    run_operation(flash.set_joins_paused, window_id=window.id, is_paused=True, by=SYSTEM, now=NOON)
    changed = owner.get(path, headers={**HTMX, "If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_time_alone_changes_the_part_when_a_window_opens(
    owner: Client, shop: Shop, at: SetClock
) -> None:
    new_window(shop, starts_in=10)
    path = address("today", shop)
    tag = owner.get(path, headers=HTMX).headers["ETag"]
    at(NOON + minutes(10))
    assert owner.get(path, headers={**HTMX, "If-None-Match": tag}).status_code == 200


def test_joins_are_paused_and_resumed(staff: Client, shop: Shop) -> None:
    window = new_window(shop)
    response = staff.post(address("pause", shop, window.id), {"follows": "1"}, follow=True)
    assert response.redirect_chain == [(address("today", shop), 302)]
    assert "Joining stopped" in response.content.decode()
    assert is_paused(window)
    response = staff.post(address("resume", shop, window.id), follow=True)
    assert response.redirect_chain == [(address("window", shop, window.id), 302)]
    assert not is_paused(window)


def is_paused(window: WindowCard) -> bool:
    card = window_card(window.id, now=NOON)
    assert card is not None
    return card.joins_paused


def test_htmx_gets_the_changed_part_and_a_word_about_it(owner: Client, shop: Shop) -> None:
    window = new_window(shop)
    response = owner.post(address("pause", shop, window.id), headers=HTMX, follow=True)
    text = response.content.decode()
    assert "<html" not in text
    assert 'hx-swap-oob="beforeend:#toasts"' in text
    assert "Joining stopped" in text


def test_a_word_about_stock_limits_the_window(staff: Client, shop: Shop) -> None:
    window = three_people(shop)
    response = staff.post(address("stock", shop, window.id), {"left": "4"}, follow=True)
    assert "4 left" in response.content.decode()
    hero = board_of(shop).hero
    assert hero is not None
    assert hero.window.seats_max == 4
    assert (hero.stock.left, hero.stock.free, hero.stock.short) == (4, 1, 0)


def test_fewer_pieces_than_promised_are_told_and_stay_visible(owner: Client, shop: Shop) -> None:
    window = three_people(shop)
    text = owner.post(address("stock", shop, window.id), {"left": "1"}, follow=True)
    assert "1 left; nothing is left for 2 people with a place" in text.content.decode()
    hero = board_of(shop).hero
    assert hero is not None
    assert (hero.stock.left, hero.stock.free, hero.stock.short) == (1, 0, 2)
    assert "Nothing is left for 2 people" in owner.get(address("today", shop)).content.decode()


@pytest.mark.parametrize("left", ["-1", "", "many", "99999"])
def test_stock_that_is_no_number_changes_nothing(owner: Client, shop: Shop, left: str) -> None:
    window = new_window(shop)
    response = owner.post(address("stock", shop, window.id), {"left": left})
    assert response.status_code == 422
    assert "The quantity is not valid." in response.content.decode()
    assert window_card(window.id, now=NOON) == window


def test_what_is_over_is_refused_in_words(owner: Client, shop: Shop, at: SetClock) -> None:
    window = new_window(shop, starts_in=10)
    at(NOON + minutes(40))
    response = owner.post(address("pause", shop, window.id))
    assert response.status_code == 409
    assert "This window has closed." in response.content.decode()


def test_cancelling_shows_its_effect_first_and_tells_everybody(owner: Client, shop: Shop) -> None:
    window = window_card(three_people(shop).id, now=NOON)
    assert window is not None
    path = address("cancel", shop, window.id)
    shown = owner.get(path).content.decode()
    assert "3 people lose a place" in shown
    assert "2 are on the way" in shown
    assert "1 invitation is taken back." in shown

    assert owner.post(path, {"reason": " . "}).status_code == 422
    assert window_card(window.id, now=NOON) == window

    response = owner.post(path, {"reason": "Fırın\nbozuldu."}, follow=True)
    assert "Cancelled; 2 people are being told" in response.content.decode()
    card = window_card(window.id, now=NOON)
    assert card is not None
    assert (card.state, card.cancel_reason) == (WindowState.CANCELLED, "Fırın bozuldu")
    assert "there is nothing left to cancel" in owner.get(path).content.decode()


def test_forms_need_the_csrf_token(log_in: LogIn, shop: Shop) -> None:
    window = new_window(shop)
    browser = log_in(shop)
    browser.handler.enforce_csrf_checks = True
    assert browser.post(address("pause", shop, window.id)).status_code == 403
    assert window_card(window.id, now=NOON) == window


@pytest.mark.parametrize("name", ["pause", "resume", "stock"])
def test_deeds_are_posts(owner: Client, shop: Shop, name: str) -> None:
    window = new_window(shop)
    assert owner.get(address(name, shop, window.id)).status_code == 405


def test_every_form_works_without_script(owner: Client, shop: Shop) -> None:
    three_people(shop)
    new_ask(shop, buyer("Ali Can"), buyer("Can Ali"), starts_in=300)
    text = owner.get(address("today", shop)).content.decode()
    forms = re.findall(r"<form[^>]*>", text)
    assert len(forms) >= 3
    for form in forms:
        assert 'method="post"' in form
        (action,) = re.findall(r'\saction="([^"]+)"', form)
        assert set(re.findall(r'hx-post="([^"]+)"', form)) <= {action}

"""The stories themselves hold together."""

from __future__ import annotations

import pytest

from windows.flash.domain import SeatState, WindowState
from windows.flash.queries import seat_card, window_card
from windows.tests.stories import (
    NOON,
    accept,
    buyer,
    fill,
    minutes,
    new_ask,
    new_shop,
    new_window,
    show_pass,
    take_seat,
)

pytestmark = pytest.mark.django_db


def test_a_direct_window_has_its_price_evidence_and_its_seats() -> None:
    window = new_window(new_shop(), buyer(), seats=5)

    assert window.state is WindowState.SCHEDULED
    assert (window.price_minor, window.before_price_minor) == (11_800, 14_500)
    assert (window.seats_max, window.seats_taken) == (5, 0)


def test_a_shop_without_history_has_no_price_before() -> None:
    window = new_window(new_shop(history_days=5), buyer())

    assert window.before_price_minor is None


def test_an_accepted_ask_invites_its_people() -> None:
    shop, people = new_shop(), (buyer("Elif"), buyer("Mert"))

    window = accept(new_ask(shop, *people))
    seat = take_seat(window, people[0].person_id)
    fill(window, 2)

    assert seat.state is SeatState.HELD
    taken = window_card(window.id, now=NOON)
    assert taken is not None
    assert (taken.price_minor, taken.seats_taken) == (12_000, 3)


def test_a_pass_is_admitted_in_the_window() -> None:
    shop, person = new_shop(), buyer()
    window = new_window(shop, person, starts_in=10)
    seat = take_seat(window, person.person_id)

    result = show_pass(shop, seat, now=NOON + minutes(12))

    assert result.is_admitted
    shown = seat_card(seat.id)
    assert shown is not None
    assert shown.state is SeatState.CHECKED_IN

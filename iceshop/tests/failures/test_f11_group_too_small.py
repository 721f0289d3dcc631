"""F11, R20: the smallest group is not reached at the decision time; everybody is told and free."""

from __future__ import annotations

import pytest
from django.urls import reverse

from whatsapp.tests.town import Town, agreed, staff_client, wanting
from windows.flash import queries as flash
from windows.flash.domain import WindowState

pytestmark = pytest.mark.django_db


def test_everybody_is_told_at_the_decision_time_and_goes_on_looking(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert", language="en")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")
    assert window.decide_at is not None

    town.jump_to(window.decide_at)

    after = flash.window_card(window.id, now=town.now)
    assert after is not None
    assert (after.state, after.seats_taken) == (WindowState.CANCELLED, 0)
    told = elif_.said()
    assert "2 kişi gerekiyordu, 1 kişi onayladı; bu kez olmayacak." in told
    assert "Hiçbir kaybınız yok." in told
    assert "grup tamamlanmadı" in place.phone.said()
    assert [card.state for phone in (elif_, mert) for card in town.intents_of(phone)] == [
        "open",
        "open",
    ]


def test_shop_that_keeps_the_window_keeps_it_for_one(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")
    board = staff_client(place, now=town.now)

    shown = board.get(reverse("board:window", args=[place.shop.store_id, window.id]))
    board.post(reverse("board:keep", args=[place.shop.store_id, window.id]))
    assert window.decide_at is not None
    town.jump_to(window.decide_at)

    assert "Yine de yapılsın" in shown.content.decode()
    after = flash.window_card(window.id, now=town.now)
    assert after is not None
    assert after.state is not WindowState.CANCELLED

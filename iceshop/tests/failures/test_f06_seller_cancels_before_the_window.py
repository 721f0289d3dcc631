"""F06: the seller cancels before the window; everybody is told, nobody loses anything."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commerce.stock import queries as stock
from whatsapp.tests.town import Town, agreed, staff_client, wanting
from windows.flash import queries as flash
from windows.flash.domain import WindowState
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_seller_cancels_before_the_window(town: Town) -> None:
    place = town.shop()
    seated, asked = wanting(town, "Elif"), wanting(town, "Mert", language="en")
    free = stock.free_stock([place.shop.offering_id])
    window = agreed(town, place, seated, asked)
    seated.presses("invite.accept")
    asked.news()
    board = staff_client(place, now=town.now)

    address = reverse("board:cancel", args=[place.shop.store_id, window.id])
    shown = board.get(address)
    board.post(address, {"reason": "fırın arızalı"})
    town.settle()

    assert shown.status_code == 200
    after = flash.window_card(window.id, now=town.now)
    assert after is not None
    assert (after.state, after.seats_taken) == (WindowState.CANCELLED, 0)
    told = seated.said()
    assert "ayrılan yerleri iptal etti: fırın arızalı." in told
    assert "Hiçbir kaybınız yok." in told
    assert "You lose nothing." in asked.said()
    assert stock.free_stock([place.shop.offering_id]) == free
    assert [card.state for card in town.intents_of(seated)] == ["open"]
    # Nothing that was planned for the window is said any more.
    town.jump_to(window.ends_at - minutes(5))
    assert "sona eriyor" not in seated.said()


def test_yes_to_a_cancelled_window_is_answered_kindly(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    staff_client(place, now=town.now).post(
        reverse("board:cancel", args=[place.shop.store_id, window.id]), {"reason": "arıza"}
    )
    town.settle()

    (answer,) = elif_.presses("invite.accept")

    assert flash.seats_of_window(window.id) == ()
    assert "yer" in answer.text
    assert answer.text != "Bir şey ters gitti, bunu yapamadım. Lütfen biraz sonra yeniden deneyin."

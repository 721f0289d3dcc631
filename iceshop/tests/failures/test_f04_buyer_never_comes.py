"""F04: a buyer never comes: one kind question next morning, a strike that ends, and an excuse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from whatsapp.tests.town import Town, agreed, wanting
from windows.flash import queries as flash
from windows.strikes import queries as strikes

pytestmark = pytest.mark.django_db


def test_missed_seat_is_asked_about_once_and_excused(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")
    mert.presses("invite.accept")
    seat = flash.seats_of_window(window.id)[0]

    town.jump_to(window.ends_at + timedelta(seconds=30))
    assert "sizi göremedik" not in elif_.said()
    assert strikes.standing_of(seat.person_id, now=town.now).live == 1
    town.jump_to((window.ends_at + timedelta(days=1)).replace(hour=8, minute=0))

    assert elif_.said().count("sizi göremedik. Ne oldu?") == 1
    (answer,) = elif_.presses("absence.forgot")
    assert answer.text == "Anladım, söylediğiniz için teşekkürler. Bunun size bir etkisi yok."
    assert strikes.standing_of(seat.person_id, now=town.now).live == 0

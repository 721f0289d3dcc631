"""F15: a message comes after a newer one; a yes that is older than a no revives nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from whatsapp.tests.town import Town, agreed, known, wanting
from windows.flash import queries as flash

pytestmark = pytest.mark.django_db


def test_older_yes_to_an_invite_after_a_no_takes_no_seat(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    said_at = town.now
    town.clock.now += timedelta(seconds=20)
    elif_.presses("invite.decline")

    town.receive(elif_.letter("evet", at=said_at + timedelta(seconds=5)))
    town.settle()

    assert flash.seats_of_window(window.id) == ()


def test_older_words_still_add_to_the_wish(town: Town) -> None:
    phone = known(town)
    said_at = town.now
    town.clock.now += timedelta(seconds=20)
    phone.writes("kahve")

    town.receive(phone.letter("Kadıköy", at=said_at + timedelta(seconds=5)))
    town.settle()

    assert phone.said() == "Ne zaman istersiniz?"
    (budget,) = phone.writes("bir saat içinde")
    assert budget.text == "En çok ne kadar ödemek istersiniz?"

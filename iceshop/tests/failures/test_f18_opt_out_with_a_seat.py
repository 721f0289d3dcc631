"""F18: a buyer stops all messages while holding a seat."""

from __future__ import annotations

import pytest

from accounts.consent import queries as consent
from whatsapp.tests.town import Town, agreed, seated, wanting
from windows.flash import queries as flash
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_stop_with_a_seat_asks_keeps_and_says_only_what_concerns_it(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif", language="en"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    seated(town, elif_)
    seated(town, mert)

    (question,) = elif_.writes("STOP")
    elif_.presses("seat.keep")

    assert question.text.startswith("I will send no more offers.")
    assert consent.consent_of(elif_.person().id).opted_out
    assert len(flash.seats_of_window(window.id)) == 2
    town.jump_to(window.ends_at - minutes(5))
    assert elif_.said() == "Your place ends at 13:23. Are you coming?"
    town.jump_to(window.ends_at + minutes(1))
    town.jump_to(town.now + minutes(60))
    assert elif_.news() == []


def test_stop_and_release_changes_the_count_of_the_seller(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    seated(town, elif_)
    seated(town, mert)

    elif_.writes("DUR")
    elif_.presses("seat.release")

    assert flash.people_counts([window.id], now=town.now)[window.id].confirmed == 1

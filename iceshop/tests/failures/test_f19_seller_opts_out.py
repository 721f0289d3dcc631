"""F19: a seller stops all messages; the board still works."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.consent import queries as consent
from whatsapp.tests.town import Town, asked, staff_client, wanting

pytestmark = pytest.mark.django_db


def test_seller_who_stopped_answers_on_the_board(town: Town) -> None:
    place = town.shop()
    place.phone.writes("DUR")
    ask = asked(town, place, wanting(town, "Elif"), wanting(town, "Mert"))
    assert place.phone.news() == []
    board = staff_client(place, now=town.now)

    assert board.get(reverse("board:offers", args=[place.shop.store_id])).status_code == 200
    board.post(reverse("board:accept", args=[place.shop.store_id, ask.id]))
    town.settle()

    assert [window.ask_id for window in town.windows()] == [ask.id]
    assert place.phone.news() == []


@pytest.mark.parametrize("words", ["DUR", "dur", "Stop", "STOP", "ÇIK", "ret"])
def test_same_words_have_the_same_effect_for_a_seller(town: Town, words: str) -> None:
    """R11: STOP works for sellers as for buyers, any case, either language; START undoes it."""
    place = town.shop()

    (answer,) = place.phone.writes(words)

    assert answer.text.startswith("Mesajları durdurdum; siz yazmadıkça size yazmayacağım.")
    assert consent.consent_of(place.phone.person().id).opted_out
    place.phone.writes("BAŞLA")
    assert not consent.consent_of(place.phone.person().id).opted_out

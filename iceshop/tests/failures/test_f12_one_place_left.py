"""F12: one place is left and many say yes; one has it, the others hear the truth."""

from __future__ import annotations

import pytest

from whatsapp.tests.town import Phone, Town, agreed, wanting
from windows.flash import queries as flash

pytestmark = pytest.mark.django_db


def test_one_place_and_three_who_say_yes(town: Town) -> None:
    place = town.shop(stock_units=2)
    buyers = [wanting(town, name) for name in ("Elif", "Mert")]
    late = [wanting(town, name) for name in ("Can", "Ece")]
    town.pass_time(minutes=3, until=town.live_asks)
    place.phone.presses("ask.accept")
    (window,) = town.windows()
    assert window.seats_max == 2
    invited = [phone for phone in (*buyers, *late) if _is_invited(phone)]
    assert len(invited) >= 2

    for phone in invited:
        phone.news()
        phone.taps(phone.button("invite.accept"))
    town.settle()

    taken = flash.seats_of_window(window.id)
    assert sum(seat.party_size for seat in taken) == 2
    answers = [phone.said() for phone in invited]
    assert sum("Yeriniz ayrıldı" in text for text in answers) == len(taken)
    assert all("Yeriniz ayrıldı" in text or "doldu" in text for text in answers)


def _is_invited(phone: Phone) -> bool:
    return any("invite.accept" in str(message.buttons) for message in phone.shown())


def test_invited_person_who_is_too_late_stays_on_the_search(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    town.jump_to(window.starts_at)
    place.phone.writes("1 kaldı")
    elif_.presses("invite.accept")

    (answer,) = mert.presses("invite.accept")

    assert answer.text.startswith("Son yer az önce doldu.")
    assert [card.state for card in town.intents_of(mert)] == ["open"]

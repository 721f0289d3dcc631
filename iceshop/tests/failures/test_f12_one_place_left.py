"""F12, R17: one place is left and many say yes; one has it, the others stand on the list."""

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


def test_who_is_too_late_is_listed_in_order_and_gets_the_seat_that_comes_free(
    town: Town,
) -> None:
    place = town.shop()
    elif_, mert, can = (wanting(town, name) for name in ("Elif", "Mert", "Can"))
    window = agreed(town, place, elif_, mert, can)
    town.jump_to(window.starts_at)
    place.phone.writes("1 kaldı")
    elif_.presses("invite.accept")

    (second,) = mert.presses("invite.accept")
    (third,) = can.presses("invite.accept")
    assert "için son yer az önce doldu. Listede 1. sıradasınız." in second.text
    assert "Listede 2. sıradasınız." in third.text
    assert [card.state for card in town.intents_of(mert)] == ["open"]

    elif_.writes("iptal")
    (freed,) = mert.news()
    assert freed.text.startswith("Size bir yer açıldı: Filtre kahve, Moda Fırını")
    (held,) = mert.presses("seat.confirm")

    assert held.text.startswith("Yeriniz ayrıldı: Filtre kahve, Moda Fırını")
    assert [card.state for card in town.intents_of(mert)] == ["seated"]
    assert can.news() == []
    (left,) = can.presses("seat.release")
    assert left.text == "Sizi listeden çıkardım. İsteğiniz açık kalıyor."
    assert [card.state for card in town.intents_of(can)] == ["open"]

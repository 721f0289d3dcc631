"""F29: a pass at the wrong store or at the wrong time is refused with the reason."""

from __future__ import annotations

import pytest

from commerce.places.queries import store_card
from whatsapp.tests.town import Town, agreed, check_in, staff_client, wanting
from windows.flash import queries as flash
from windows.flash.domain import SeatState
from windows.passes.queries import codes_of_seats
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


def test_pass_is_refused_elsewhere_too_early_and_too_late(town: Town) -> None:
    place = town.shop()
    elif_, mert = wanting(town, "Elif"), wanting(town, "Mert")
    window = agreed(town, place, elif_, mert)
    elif_.presses("invite.accept")
    (seat,) = flash.seats_of_window(window.id)
    code = codes_of_seats([seat.id])[seat.id]
    other = town.shop(name="Bahariye Pizza", product=("Pizza", "Pizza"), concept="pizza")
    own_till, other_till = (staff_client(shop, now=town.now) for shop in (place, other))

    early = check_in(own_till, place, code)
    town.jump_to(window.starts_at + minutes(1))
    elsewhere = check_in(other_till, other, code)
    unknown = check_in(own_till, place, "ZZZZZZ")
    after_all = check_in(own_till, place, code)
    used = check_in(own_till, place, code)

    assert len({early, elsewhere, unknown, after_all, used}) == 5
    (seat,) = flash.seats_of_window(window.id)
    assert seat.state == SeatState.CHECKED_IN
    assert "13.03" in early
    assert "Elif" not in elsewhere
    assert f"Bu kart {store_card(place.shop.store_id).name} için, yürüyerek yaklaşık" in elsewhere

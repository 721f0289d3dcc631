"""F28: of a smaller party the others' places are free, or they follow; a larger one needs room."""

from __future__ import annotations

import pytest

from iceshop.tests.failures.at_the_till import Scene, page, scene, shown
from whatsapp.tests.town import Town
from windows.flash.models import Window
from windows.flash.queries import window_card
from windows.tests.stories import minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(town: Town) -> Scene:
    """Elif comes with a friend; the window is open."""
    made = scene(town)
    made.buyer.writes("2 kişiyiz")
    town.jump_to(made.window.starts_at + minutes(1))
    return made


def taken(at: Scene) -> int:
    card = window_card(at.window.id, now=at.town.now)
    assert card is not None
    return card.seats_taken


def test_fewer_free_their_places(at: Scene) -> None:
    booked = at.seat.party_size
    before = taken(at)
    till = at.staff()

    assert "1 kişi" in shown(till, at, at.code, people="1")

    assert (at.seat.party_size, at.seat.people_in) == (1, 1)
    assert taken(at) == before - (booked - 1)


def test_the_rest_comes_later_on_the_same_pass(at: Scene) -> None:
    till, booked = at.staff(), at.seat.party_size

    first = shown(till, at, at.code, people="1", rest="1")
    between = page(till, at, "check_in")
    second = shown(till, at, at.code)

    assert f"{booked - 1} kişi daha gelecek, aynı kart onlar için de geçer." in first
    assert f"1 / {booked} geldi" in between
    assert "Geçerli" in second
    assert at.seat.people_in == booked
    assert "Zaten kullanıldı" in shown(till, at, at.code)


def test_more_come_in_only_while_places_are_free(at: Scene) -> None:
    Window.objects.filter(pk=at.window.id).update(seats_max=taken(at) + 1)
    till = at.staff()
    booked = at.seat.party_size

    refused = shown(till, at, at.code, people=str(booked + 2))
    admitted = shown(till, at, at.code, people=str(booked + 1))

    assert "Yer yetmiyor" in refused
    assert f"{booked} kişilik yerleri var, 1 yer daha boş." in refused
    assert f"Elif · {booked + 1} kişi" in admitted
    assert at.seat.people_in == booked + 1
    assert f"{booked + 1} / " in page(till, at, "check_in")

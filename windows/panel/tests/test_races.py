"""Several people, or one twice, at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from iceshop.infra import clock
from windows.flash.models import Seat, Window
from windows.panel.tests.reader import panel_path
from windows.tests.stories import NOON, buyer, fill, new_shop, new_window

pytestmark = pytest.mark.django_db(transaction=True)


def press_at_once(paths: list[str]) -> list[int]:
    """Everybody says yes in the same moment; returns the statuses."""
    barrier = Barrier(len(paths))

    def press(path: str) -> int:
        try:
            barrier.wait(timeout=20)
            return Client().post(f"{path}/confirm").status_code
        finally:
            connections.close_all()

    with clock.use(lambda: NOON), ThreadPoolExecutor(len(paths)) as pool:
        return sorted(pool.map(press, paths))


def test_two_people_and_one_last_place_give_one_seat_and_one_kind_answer() -> None:
    people = buyer(), buyer()
    window = new_window(new_shop(), *people, seats=3)
    fill(window, 2)

    statuses = press_at_once([panel_path(window, person.person_id) for person in people])

    assert statuses == [302, 302]
    assert Window.objects.get(pk=window.id).seats_taken == 3
    states = Seat.objects.filter(window_id=window.id).values_list("state", flat=True)
    assert sorted(states) == ["held"] * 3 + ["waiting"]


def test_one_person_pressing_four_times_at_once_gets_one_seat() -> None:
    person = buyer()
    window = new_window(new_shop(), person, seats=5)

    statuses = press_at_once([panel_path(window, person.person_id)] * 4)

    assert statuses == [302] * 4
    assert Window.objects.get(pk=window.id).seats_taken == 1
    assert Seat.objects.filter(window_id=window.id).count() == 1

"""What the twin said of finished windows, against what happened."""

from __future__ import annotations

import pytest

from windows.flash import services as flash
from windows.flash.answers import arrival_shares
from windows.flash.queries import WindowCard
from windows.outcomes import services as outcomes
from windows.tests.stories import (
    NOON,
    Shop,
    buyer,
    minutes,
    new_shop,
    new_window,
    show_pass,
    take_seat,
)
from windows.twin import services
from windows.twin.errors import errors_of
from windows.twin.models import TwinCheck

pytestmark = pytest.mark.django_db

OVER = NOON + minutes(81)


@pytest.fixture
def shop() -> Shop:
    return new_shop(stock_units=500)


def finished(shop: Shop) -> WindowCard:
    """Three invited, two took a seat, one came; 60 to 80 minutes after noon."""
    people = [buyer(name) for name in ("Elif", "Mert", "Can")]
    window = new_window(shop, *people)
    seats = [take_seat(window, person.person_id) for person in people[:2]]
    flash.move_due(now=window.starts_at)
    show_pass(shop, seats[0], now=window.starts_at + minutes(3))
    flash.move_due(now=OVER)
    outcomes.record_due(now=OVER)
    return window


def test_finished_window_is_checked_once(shop: Shop) -> None:
    window = finished(shop)
    assert services.check_due(now=OVER + minutes(5)) == 1
    assert services.check_due(now=OVER + minutes(9)) == 0
    (check,) = TwinCheck.objects.all()
    assert check.window_id == window.id
    assert 500 < check.said_milli < 2500
    assert check.low <= check.said_milli / 1000 <= check.high
    assert check.made_at == OVER + minutes(5)


def test_window_without_a_result_or_long_past_is_not_checked(shop: Shop) -> None:
    new_window(shop, buyer("Elif"))
    assert services.check_due(now=OVER) == 0
    finished(new_shop(name="Öteki", concept="tea"))
    assert services.check_due(now=OVER + minutes(60 * 24)) == 0


def test_what_a_person_did_in_the_window_does_not_change_what_is_said(shop: Shop) -> None:
    window = finished(shop)
    services.check_due(now=OVER)
    (first,) = TwinCheck.objects.values_list("said_milli", flat=True)
    TwinCheck.objects.all().delete()
    assert services.check(window_id=window.id, now=OVER + minutes(1))
    assert TwinCheck.objects.get().said_milli == first


def test_error_is_the_distance_to_what_happened(shop: Shop) -> None:
    window = finished(shop)
    services.check_due(now=OVER)
    TwinCheck.objects.update(said_milli=2500, low=2, high=4, revenue_minor=29_500)

    every, by_store = errors_of(None, now=OVER)

    assert (every.windows, every.people, every.bias, every.within) == (1, 1.5, 1.5, 0)
    assert every.revenue_off_ppm == 1_000_000 * (29_500 - 11_800) // 11_800
    assert by_store == {shop.store_id: every}
    assert errors_of([new_shop(name="Öteki", concept="tea").store_id], now=OVER)[1] == {}
    assert errors_of([shop.store_id], now=OVER + minutes(60 * 24 * 85))[0].windows == 0
    assert window.store_id == shop.store_id


def test_arrivals_are_spread_as_people_came_before(shop: Shop) -> None:
    people = [buyer("Elif", party_size=3), buyer("Mert")]
    window = new_window(shop, *people)
    seats = [take_seat(window, person.person_id) for person in people]
    flash.move_due(now=window.starts_at)
    show_pass(shop, seats[0], now=window.starts_at + minutes(4))
    show_pass(shop, seats[1], now=window.starts_at + minutes(19))

    def shares(least: int) -> tuple[float, ...] | None:
        return arrival_shares(shop.store_id, parts=4, least=least, since=NOON)

    assert shares(2) == (0.75, 0.0, 0.0, 0.25)
    assert shares(3) is None

"""What the page says about the coming days, and what it never says."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commerce.catalog import queries as catalog
from commerce.forecast import services as forecasting
from commerce.forecast.domain import HOUR, Level, Unserved, Wanted
from commerce.places.queries import store_card
from iceshop.kernel.geo import Point
from windows.board import queries
from windows.board.queries.demand import DAYS, DemandPage
from windows.board.tests.conftest import LogIn, SetClock
from windows.tests.stories import ISTANBUL, MODA, NEARBY, NOON, Shop, new_shop

pytestmark = pytest.mark.django_db

TWO_WEEKS = 14 * 24


def kind_of(shop: Shop) -> str:
    return catalog.offering_card(shop.offering_id).concept_key


def want_at_four(shop: Shop, hours: int = TWO_WEEKS, *, point: Point = NEARBY) -> datetime:
    """Eight wishes a day from 16.00 on, around the shop, for what it sells; returns the end."""
    begun = NOON + timedelta(hours=3)
    for number in range(hours):
        at = begun + number * HOUR
        wishes = [Wanted(kind=kind_of(shop), point=point, timezone=ISTANBUL)] * 8
        forecasting.record_demand(
            hour_at=at, wishes=wishes if number % 24 == 0 else [], now=at + HOUR
        )
    now = begun + hours * HOUR
    forecasting.fit_due(now=now)
    return now


def shown(shop: Shop, now: datetime) -> DemandPage:
    store = store_card(shop.store_id)
    return queries.demand_page(store, offering_id=None, language="en", now=now)


def address(shop: Shop) -> str:
    return reverse("board:demand", args=[shop.store_id])


def missed(count: int, shop: Shop) -> None:
    wishes = [Unserved(kind=kind_of(shop), point=MODA, person_id=uuid4()) for _ in range(count)]
    forecasting.record_unserved(wishes=wishes, now=NOON)


def test_page_before_the_first_forecast_says_so(shop: Shop, log_in: LogIn) -> None:
    page = log_in(shop).get(address(shop)).content.decode()
    assert "No forecast yet" in page
    assert "demand-bar" not in page


def test_best_time_is_when_most_was_wanted(shop: Shop) -> None:
    now = want_at_four(shop)
    page = shown(shop, now)
    assert (page.level, page.is_early, len(page.days)) == (Level.CELL, False, DAYS)
    best = page.best
    assert best is not None
    middle = best.span.start + (best.span.end - best.span.start) / 2
    assert (middle.hour, middle.minute) == (13, 30)


def test_ranges_are_shown_with_their_level(shop: Shop, log_in: LogIn, at: SetClock) -> None:
    at(want_at_four(shop))
    page = log_in(shop).get(address(shop)).content.decode()
    assert "Around the shop, about 1 km" in page
    assert "Best time for a window" in page
    assert "demand-mark" in page


def test_first_days_show_ranges_without_their_middle(
    shop: Shop, log_in: LogIn, at: SetClock
) -> None:
    at(want_at_four(shop, 72))
    page = log_in(shop).get(address(shop)).content.decode()
    assert "demand-range" in page
    assert "demand-mark" not in page
    assert "take the ranges, not their middle" in page


def test_one_product_is_asked_for_by_its_offering(shop: Shop, log_in: LogIn) -> None:
    store = store_card(shop.store_id)
    one = queries.demand_page(store, offering_id=shop.offering_id, language="en", now=NOON)
    assert [offering for offering, _ in one.offerings] == [shop.offering_id]
    page = log_in(shop).get(address(shop), {"offering": "no id"})
    assert page.status_code == 200


def test_missed_wishes_are_told_of_five_people_and_not_of_four(shop: Shop, log_in: LogIn) -> None:
    missed(4, shop)
    page = log_in(shop).get(address(shop)).content.decode()
    assert "Nothing that five people or more wished for in vain." in page
    missed(5, shop)
    assert "5 people" in log_in(shop).get(address(shop)).content.decode()


def test_demand_of_another_shop_is_not_found(shop: Shop, log_in: LogIn) -> None:
    assert log_in(new_shop()).get(address(shop)).status_code == 404


def test_page_takes_as_many_queries_for_many_days_as_for_none(shop: Shop) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            queries.demand_page(
                store_card(shop.store_id), offering_id=None, language="en", now=NOON
            )
        counts.append(len(found))
        want_at_four(shop)
    assert counts[1] - counts[0] <= 1

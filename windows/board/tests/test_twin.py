"""The page of a window on other terms."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from commerce.places.queries import store_card
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from windows.board import queries
from windows.board.tests.conftest import LogIn
from windows.flash import services as flash
from windows.flash.queries import WindowCard
from windows.tests.stories import NOON, Shop, buyer, new_window

pytestmark = pytest.mark.django_db


@pytest.fixture
def window(shop: Shop) -> WindowCard:
    """At 118 instead of 145, cost 60; two of four wishes reach so far."""
    people = [buyer("Elif"), buyer("Mert", budget_minor=None)]
    for budget in (11_000, 10_000):
        buyer("Can", budget_minor=budget)
    return new_window(shop, *people)


def address(shop: Shop, window: WindowCard) -> str:
    return reverse("board:twin", args=[shop.store_id, window.id])


def test_page_shows_the_window_on_its_own_terms(
    owner: Client, shop: Shop, window: WindowCard
) -> None:
    text = owner.get(address(shop, window)).content.decode()
    assert "What if the terms were others?" in text
    assert "As it is" in text
    assert "<th" in text
    assert 'data-label="On other terms"' not in text
    assert "so far 0." in text
    assert "No finished window has been compared yet." in text


def test_page_shows_other_terms_beside(owner: Client, shop: Shop, window: WindowCard) -> None:
    text = owner.get(address(shop, window), {"percent": "25", "length": "40"}).content.decode()
    assert 'data-label="On other terms">₺108.75<' in text
    assert 'data-label="As it is">2<' in text
    assert 'data-label="On other terms">3<' in text


def test_terms_that_cannot_be_read_are_left_out(
    owner: Client, shop: Shop, window: WindowCard
) -> None:
    response = owner.get(address(shop, window), {"percent": "abc", "length": "9999"})
    assert response.status_code == 200
    assert 'data-label="On other terms"' not in response.content.decode()


def test_who_would_pay_the_list_price_is_told(shop: Shop, window: WindowCard) -> None:
    shown = queries.twin_page(
        store_card(shop.store_id),
        window.id,
        percent=None,
        later_minutes=None,
        length_minutes=None,
        language="en",
        now=NOON,
    )
    assert shown.own.picture.anyway_milli > 0
    assert shown.own.picture.lost_minor == shown.own.picture.anyway_milli * 2_700 // 1000
    assert shown.own.lost.minor == round(shown.own.picture.lost_minor / 100) * 100
    assert shown.own == shown.other


def test_only_deciders_of_the_shop_see_it(
    shop: Shop, window: WindowCard, staff: Client, stranger: Client
) -> None:
    path = address(shop, window)
    assert staff.get(path).status_code == 403
    assert stranger.get(path).status_code == 404


def test_cancelled_window_has_no_twin(owner: Client, shop: Shop, window: WindowCard) -> None:
    run_operation(
        flash.cancel_window, window_id=window.id, reason="Elektrik yok", by=SYSTEM, now=NOON
    )
    assert owner.get(address(shop, window)).status_code == 404


def test_board_leads_to_the_twin(owner: Client, shop: Shop, window: WindowCard) -> None:
    text = owner.get(reverse("board:window", args=[shop.store_id, window.id])).content.decode()
    assert address(shop, window) in text


def test_operators_see_the_error_of_all_shops(
    log_in: LogIn, owner: Client, shop: Shop, window: WindowCard
) -> None:
    path = reverse("ops:twin")
    text = log_in(is_house=True).get(path).content.decode()
    assert "Windows on other terms" in text
    assert 'data-label="Discount that shops still allow">11%' in text
    assert address(shop, window) in text
    assert owner.get(path).status_code == 403

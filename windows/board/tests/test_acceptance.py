"""The acceptance curve beside a product."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from windows.tests.stories import Shop

pytestmark = pytest.mark.django_db


def address(shop: Shop) -> str:
    return reverse("board:acceptance", args=[shop.store_id, shop.offering_id])


def test_few_answers_are_said_and_not_drawn(owner: Client, shop: Shop) -> None:
    text = owner.get(address(shop)).content.decode()
    assert "Too few answers to say how many accept which price: 0 so far, 30 are needed." in text
    assert "range-cell" not in text


def test_product_page_takes_the_curve_in(owner: Client, shop: Shop) -> None:
    product = owner.get(reverse("products:edit", args=[shop.offering_id])).content.decode()
    assert f'hx-get="{address(shop)}"' in product
    part = owner.get(address(shop), headers={"HX-Request": "true"}).content.decode()
    assert "Too few answers" in part
    assert "<html" not in part


def test_only_deciders_of_the_shop_see_how_buyers_answer(
    shop: Shop, staff: Client, stranger: Client
) -> None:
    assert staff.get(address(shop)).status_code == 403
    assert stranger.get(address(shop)).status_code == 404

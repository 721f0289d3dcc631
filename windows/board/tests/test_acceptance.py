"""The acceptance curve beside a product."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from commerce.forecast.numerics.price_acceptance import Answer, learn
from commerce.places.queries import store_card
from windows.board.queries.acceptance import acceptance_curve
from windows.learning.models import ParameterSet
from windows.tests.stories import NOON, Shop

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


def test_enough_answers_are_drawn_as_ranges(owner: Client, shop: Shop) -> None:
    answers = [
        Answer("food", "coffee", price, 14_500, 400, price < 12_500)
        for price in range(9_000, 14_500, 90)
    ]
    ParameterSet.objects.create(
        model="price",
        version=1,
        kind="pooled",
        state="champion",
        reason="better",
        trained_through=NOON,
        outcomes=len(answers),
        self_caused_ppm=0,
        payload=learn(answers).as_json(),
        back_test={},
        made_at=NOON,
    )

    text = owner.get(address(shop)).content.decode()

    assert "Of 10 people asked, about so many say yes:" in text
    assert "From 62 answers" in text
    curve = acceptance_curve(store_card(shop.store_id), shop.offering_id, language="en")
    # The lowest price of 100 ends the curve at 30 %.
    assert [step.percent for step in curve.steps] == [0, 5, 10, 15, 20, 25, 30]
    assert all(step.low <= step.expected <= step.high for step in curve.steps)
    assert [step.expected for step in curve.steps] == sorted(step.expected for step in curve.steps)
    assert curve.steps[0].high < curve.steps[-1].low

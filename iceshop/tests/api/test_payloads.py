"""The three payloads of ICE-049, on the reference data and on an empty catalogue alike."""

from __future__ import annotations

import pytest

from iceshop.tests.api.calling import NOON, Program, priced_shop, program, put_places
from whatsapp.conversation.reference import load_reference

pytestmark = pytest.mark.django_db

BUYER = {"buyer_id": "B1", "request": "pizza", "location": "Kadikoy"}
SELLER = {"seller_id": "S1", "products": ["pizza"], "location": "Kadikoy"}
WINDOW = {"buyers": [{"buyer_id": "B1"}], "seller": {"seller_id": "S1", "product_id": "pizza01"}}


@pytest.fixture(params=["reference", "empty catalogue"])
def world(request: pytest.FixtureRequest) -> Program:
    if request.param == "reference":
        load_reference(now=NOON)
    else:
        put_places()
    return program()


def test_payloads_where_the_price_is_stated(world: Program) -> None:
    buyer = world.post("buyer/trigger", BUYER)
    seller = world.post("seller/trigger", {**SELLER, "price": 180})
    window = world.post("flash-window/create", WINDOW)

    assert (buyer.status, seller.status, window.status) == (201, 201, 201)
    assert buyer.body["available"] == [
        {"start": "2025-12-09T12:00:00+03:00", "end": "2025-12-09T16:00:00+03:00"}
    ]
    assert (buyer.body["product_id"], buyer.body["status"], buyer.body["missing"]) == (
        "pizza",
        "open",
        [],
    )
    assert seller.body["products"] == [
        {"product_id": "pizza", "stock": 100, "price": 180.0, "needs": []}
    ]
    named = ("seller_id", "product_id", "start_time", "end_time", "expected_buyers", "benefit")
    assert {name: window.body[name] for name in named} == {
        "seller_id": "S1",
        "product_id": "pizza",
        "start_time": "2025-12-09T12:05:00+03:00",
        "end_time": "2025-12-09T12:15:00+03:00",
        "expected_buyers": 1,
        "benefit": "Regular price",
    }


def test_payloads_where_others_have_a_price(world: Program) -> None:
    priced_shop("pizza", 9_500)

    answers = [
        world.post("buyer/trigger", BUYER),
        world.post("seller/trigger", SELLER),
        world.post("flash-window/create", WINDOW),
    ]

    assert [answer.status for answer in answers] == [201, 201, 201]
    assert answers[2].body["price"] == 95.0


def test_payloads_where_nobody_has_a_price(world: Program) -> None:
    world.post("buyer/trigger", BUYER)
    seller = world.post("seller/trigger", SELLER)
    window = world.post("flash-window/create", WINDOW)

    assert seller.status == 201
    assert seller.body["products"] == [
        {"product_id": "pizza", "stock": 100, "price": None, "needs": ["price"]}
    ]
    assert (window.status, window.body["code"]) == (409, "offering.no_price")

"""Requests that arrive at the same moment, with real commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection

from accounts.orgs.models import SellerOrganisation
from commerce.places.models import Store
from iceshop.tests.api.calling import Answer, program, put_places
from windows.flash.models import Window
from windows.intents.models import Intent

pytestmark = pytest.mark.django_db(transaction=True)

BUYER = {"buyer_id": "B123", "location": "Nisantasi", "request": "coffee"}
SELLER = {"seller_id": "S55", "products": ["coffee"], "location": "Nisantasi", "price": 95}
ORDER = {
    "buyers": [{"buyer_id": "B123"}],
    "seller": {"seller_id": "S55", "product_id": "coffee"},
}


def at_once(call: Callable[[int], Answer], count: int = 8) -> Counter[Any]:
    def run(number: int) -> int:
        try:
            return call(number).status
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return Counter(pool.map(run, range(count)))


def test_parallel_triggers_of_a_buyer_are_one_wish() -> None:
    put_places()
    api = program()

    assert at_once(lambda _: api.post("buyer/trigger", BUYER)) == {201: 1, 200: 7}
    assert Intent.objects.count() == 1


def test_parallel_triggers_of_a_seller_are_one_store() -> None:
    put_places()
    api = program()

    statuses = at_once(lambda n: api.post("seller/trigger", {**SELLER, "stock": n + 1}))

    assert statuses == {201: 8}
    assert (SellerOrganisation.objects.count(), Store.objects.count()) == (1, 1)


def test_parallel_requests_under_one_key_run_once() -> None:
    put_places()
    api = program()

    statuses = at_once(lambda _: api.post("buyer/trigger", BUYER, key="k"))

    assert set(statuses) <= {201, 409}
    assert statuses[201] >= 1
    assert Intent.objects.count() == 1
    assert api.post("buyer/trigger", BUYER, key="k").status == 201


def test_parallel_windows_of_an_offering_do_not_overlap() -> None:
    put_places()
    api = program()
    api.post("buyer/trigger", BUYER)
    api.post("seller/trigger", {**SELLER, "stock": 1000})

    statuses = at_once(lambda _: api.post("flash-window/create", ORDER), count=3)

    assert statuses == {201: 3}
    spans = sorted(Window.objects.values_list("starts_at", "ends_at"))
    assert all(one[1] <= next_one[0] for one, next_one in pairwise(spans))

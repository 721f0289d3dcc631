from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.orgs.models import SellerOrganisation
from commerce.places.models import Store
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.kernel.actors import SYSTEM
from iceshop.tests.api.calling import NOON, Program, program
from windows.flash import services as windows
from windows.flash.models import Invite, Window
from windows.negotiation.models import Ask
from windows.notices.models import Notice
from windows.rounds import services as rounds
from windows.tests.stories import buyer, new_shop, new_window, pass_of, take_seat

pytestmark = pytest.mark.django_db

BUYERS = [{"buyer_id": "B123"}, {"buyer_id": "B200"}]
ORDER = {"buyers": BUYERS, "seller": {"seller_id": "S55", "product_id": "coffee01"}}


def wish(api: Program, *buyer_ids: str) -> None:
    for buyer_id in buyer_ids:
        sent = {"buyer_id": buyer_id, "location": "Nisantasi", "request": "coffee"}
        assert api.post("buyer/trigger", sent).status == 201


def sell(api: Program, **more: Any) -> str:
    sent = {"seller_id": "S55", "products": ["coffee"], "location": "Nisantasi", "price": 95}
    return str(api.post("seller/trigger", {**sent, **more}).body["store_id"])


def test_window_of_two_has_the_source_documents_fields(api: Program) -> None:
    wish(api, "B123", "B200")
    store_id = sell(api)

    answer = api.post("flash-window/create", ORDER)

    assert answer.status == 201
    body = dict(answer.body)
    window = Window.objects.get(pk=body.pop("id"))
    assert body == {
        "seller_id": "S55",
        "store_id": store_id,
        "product_id": "coffee",
        "status": "scheduled",
        "start_time": "2025-12-09T12:05:00+03:00",
        "end_time": "2025-12-09T12:15:00+03:00",
        "timezone": "Europe/Istanbul",
        "price": 85.5,
        "regular_price": 95.0,
        "currency": "TRY",
        "benefit": "10% discount",
        "expected_buyers": 2,
        "expected_range": {"low": 0, "high": 1, "mean": 0.594, "share": 0.8},
        "max_buyers": 20,
        "seats": {"max": 20, "confirmed": 0, "checked_in": 0},
    }
    assert window.invites.filter(intent__isnull=False).count() == 2
    assert not Notice.objects.exists()


def test_benefit_is_in_the_language_that_is_asked_for(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api, campaign={"discount_percent": 12.5})
    api.language = "tr-TR,tr;q=0.9,en;q=0.8"

    assert api.post("flash-window/create", ORDER).body["benefit"] == "%12,5 indirim"


def test_window_takes_its_buyers_out_of_a_waiting_ask(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api)
    rounds.run(now=NOON)
    assert Ask.objects.get().state == "asked"

    assert api.post("flash-window/create", ORDER).status == 201

    assert Ask.objects.get().state == "withdrawn"


def test_group_of_one_pays_the_regular_price(api: Program) -> None:
    wish(api, "B123")
    sell(api)

    answer = api.post("flash-window/create", {**ORDER, "buyers": BUYERS[:1]})

    assert answer.status == 201
    assert (answer.body["expected_buyers"], answer.body["price"]) == (1, 95.0)
    assert answer.body["benefit"] == "Regular price"


def test_buyer_without_a_wish_is_invited_all_the_same(api: Program) -> None:
    sent = {"buyer_id": "B123", "location": "Kadikoy", "request": "tea"}
    api.post("buyer/trigger", sent)
    sell(api)

    answer = api.post("flash-window/create", {**ORDER, "buyers": BUYERS[:1] * 3})

    assert (answer.status, answer.body["expected_buyers"]) == (201, 1)
    assert Invite.objects.get().intent_id is None


def test_windows_of_an_offering_follow_each_other(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api)

    starts = [api.post("flash-window/create", ORDER).body["start_time"][11:16] for _ in range(3)]

    assert starts == ["12:05", "12:15", "12:25"]


@pytest.mark.parametrize(
    ("order", "status", "code", "candidates"),
    [
        ({"buyers": [{"buyer_id": "B9"}]}, 422, "buyer.unknown", None),
        (
            {"seller": {"seller_id": "S9", "product_id": "coffee"}},
            422,
            "seller.unknown",
            None,
        ),
        (
            {"seller": {"seller_id": "S55", "product_id": "pizza01"}},
            422,
            "product.not_sold",
            ["coffee"],
        ),
        ({"buyers": []}, 422, "request.invalid", None),
        ({"buyers": [{}]}, 422, "request.invalid", None),
        ({"price": 1}, 422, "request.invalid", None),
    ],
)
def test_order_that_cannot_be_understood_is_refused(
    api: Program, order: dict[str, Any], status: int, code: str, candidates: list[str] | None
) -> None:
    wish(api, "B123", "B200")
    sell(api)

    answer = api.post("flash-window/create", {**ORDER, **order})

    assert (answer.status, answer.body["code"]) == (status, code)
    assert answer.body.get("candidates") == candidates
    assert not Window.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"stock": 1}, "stock.short"),
        ({"state": "paused"}, "seller.not_active"),
        ({"hours": None}, "window.no_time"),
    ],
)
def test_order_that_cannot_be_met_now_is_refused(
    api: Program, change: dict[str, Any], code: str
) -> None:
    wish(api, "B123", "B200")
    store_id = sell(api, **{k: v for k, v in change.items() if k == "stock"})
    if "state" in change:
        Store.objects.filter(pk=store_id).update(state=change["state"])
    if "hours" in change:
        Store.objects.get(pk=store_id).hours.all().delete()

    answer = api.post("flash-window/create", ORDER)

    assert (answer.status, answer.body["code"]) == (409, code)


def test_list_goes_page_by_page_and_ends(api: Program) -> None:
    shop = new_shop(now=NOON)
    made = [
        new_window(shop, starts_in=30 * n, length=20, seats=1, now=NOON).id for n in (1, 2, 3, 4, 5)
    ]

    seen, cursor = [], ""
    for _ in range(3):
        page = api.get(f"windows?limit=2{cursor}")
        assert page.status == 200
        seen.append([one["id"] for one in page.body["results"]])
        cursor = f"&cursor={page.body['next']}"

    ids = [str(one) for one in reversed(made)]
    assert seen == [ids[:2], ids[2:4], ids[4:]]
    assert page.body["next"] is None


def test_list_is_filtered_by_the_state_in_force(api: Program) -> None:
    shop = new_shop(now=NOON)
    first, second, third = (
        new_window(shop, starts_in=30 * n, length=20, seats=1, now=NOON) for n in (1, 2, 3)
    )
    run_operation(windows.cancel_window, window_id=third.id, reason="test", by=SYSTEM, now=NOON)

    with clock.use(lambda: NOON + timedelta(minutes=65)):
        found = {
            status: [one["id"] for one in api.get(f"windows?status={status}").body["results"]]
            for status in ("scheduled", "open", "closed", "cancelled")
        }

    assert found == {
        "scheduled": [],
        "open": [str(second.id)],
        "closed": [str(first.id)],
        "cancelled": [str(third.id)],
    }


def test_list_is_filtered_by_seller_and_start(api: Program) -> None:
    one, other = new_shop(now=NOON), new_shop(now=NOON)
    early = new_window(one, starts_in=30, seats=1, now=NOON)
    late = new_window(one, starts_in=90, seats=1, now=NOON)
    new_window(other, starts_in=60, seats=1, now=NOON)

    path = f"windows?seller_id={one.organisation_id}"
    moment = "2025-12-09T13:00:00%2B03:00"

    def ids(more: str) -> list[str]:
        return [found["id"] for found in api.get(f"{path}{more}").body["results"]]

    assert ids("") == [str(late.id), str(early.id)]
    assert ids(f"&starts_from={moment}") == [str(late.id)]
    assert ids(f"&starts_before={moment}") == [str(early.id)]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("status=any", "request.invalid"),
        ("limit=0", "request.invalid"),
        ("limit=101", "request.invalid"),
        ("colour=red", "request.invalid"),
        ("cursor=abc", "page.cursor"),
        ("cursor=%C3%A7", "page.cursor"),
        ("seller_id=S9", "seller.unknown"),
    ],
)
def test_unfit_query_is_refused(api: Program, query: str, code: str) -> None:
    answer = api.get(f"windows?{query}")

    assert (answer.status, answer.body["code"]) == (422, code)


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_however_long_it_is(
    api: Program, count: int, django_assert_num_queries: Any
) -> None:
    shop = new_shop(now=NOON)
    for n in range(count):
        new_window(shop, buyer(now=NOON), starts_in=30 * (n + 1), seats=2, now=NOON)

    with django_assert_num_queries(13):
        assert len(api.get("windows").body["results"]) == count


def test_token_of_a_seller_sees_its_own_windows_only(api: Program) -> None:
    own, other = new_shop(now=NOON), new_shop(now=NOON)
    mine = new_window(own, seats=1, now=NOON)
    foreign = new_window(other, seats=1, now=NOON)
    bound = program(organisation_id=own.organisation_id)

    assert [one["id"] for one in bound.get("windows").body["results"]] == [str(mine.id)]
    assert bound.get(f"windows?seller_id={other.organisation_id}").body["results"] == []
    assert bound.get(f"windows/{mine.id}").status == 200
    assert bound.get(f"windows/{foreign.id}").body["code"] == "window.unknown"
    scan = {"code": "ABCDEF", "nonce": "1", "device": "till"}
    assert bound.post(f"windows/{foreign.id}/check-ins", scan).status == 404
    assert api.get(f"windows/{foreign.id}").status == 200


@pytest.mark.parametrize("window_id", ["7F3K", "00000000-0000-0000-0000-000000000000"])
def test_unknown_window_is_a_problem(api: Program, window_id: str) -> None:
    answer = api.get(f"windows/{window_id}")

    assert (answer.status, answer.body["code"]) == (404, "window.unknown")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_check_in_by_code(api: Program) -> None:
    shop, person = new_shop(now=NOON), buyer(party_size=2, now=NOON)
    window = new_window(shop, person, starts_in=10, now=NOON)
    seat = take_seat(window, person.person_id, now=NOON)
    path, code = f"windows/{window.id}/check-ins", pass_of(seat).code

    early = api.post(path, {"code": code, "nonce": "1", "device": "till"})
    with clock.use(lambda: NOON + timedelta(minutes=11)):
        admitted = api.post(path, {"code": f"ICESHOP:{code}", "nonce": "2", "device": "till"})
        repeated = api.post(path, {"code": code, "nonce": "2", "device": "till"})
        used = api.post(path, {"code": code, "nonce": "3", "device": "till"})
        shown = api.get(f"windows/{window.id}")

    assert [one.status for one in (early, admitted, repeated, used)] == [200] * 4
    assert (early.body["result"], early.body["code"]) == ("refused", "pass.too_early")
    assert early.body["message"] == (
        "The window opens at 12:10; scan again then. They may wait inside."
    )
    assert (admitted.body["result"], admitted.body["code"]) == ("admitted", "pass.admitted")
    assert admitted.body["facts"]["people"] == 2
    assert repeated.body == admitted.body
    assert (used.body["result"], used.body["code"]) == ("refused", "pass.used")
    assert shown.body["seats"] == {"max": 18, "confirmed": 2, "checked_in": 2}
    assert shown.body["status"] == "open"
    assert shown.body["expected_range"]["low"] == 2


def test_opportunities_are_what_the_engine_would_ask(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api)

    answer = api.get("campaigns/opportunities")

    assert answer.status == 200
    (found,) = answer.body
    assert {name: found[name] for name in ("seller_id", "product_id", "action")} == {
        "seller_id": "S55",
        "product_id": "coffee",
        "action": "ASK_SELLER",
    }
    assert sorted(found["buyer_group"]) == ["B123", "B200"]
    assert found["estimated_price"] == 85.5
    assert 0 < found["score"] <= 1
    assert found["reasons"][0] == {"code": "group.reached", "have": 2, "need": 2}
    assert found["start_time"].endswith("+03:00")
    assert api.get("campaigns/opportunities").body == answer.body


def test_opportunity_that_lacks_buyers_says_so(api: Program) -> None:
    wish(api, "B123")
    sell(api)

    (found,) = api.get("campaigns/opportunities").body

    assert (found["action"], found["buyer_group"], found["score"]) == (
        "WAIT_FOR_BUYERS",
        ["B123"],
        0.0,
    )


def test_opportunities_of_others_are_hidden_from_a_sellers_token(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api)
    other = new_shop(now=NOON)
    own = program(organisation_id=SellerOrganisation.objects.get(external_id="S55").pk)

    assert len(own.get("campaigns/opportunities").body) == 1
    assert program(organisation_id=other.organisation_id).get("campaigns/opportunities").body == []


def test_question_that_waits_for_an_answer_is_still_an_opportunity(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api)
    before = api.get("campaigns/opportunities").body
    rounds.run(now=NOON)

    assert api.get("campaigns/opportunities").body == before


def test_window_takes_its_buyers_out_of_the_opportunities(api: Program) -> None:
    wish(api, "B123", "B200")
    sell(api)
    api.post("flash-window/create", ORDER)

    assert api.get("campaigns/opportunities").body == []

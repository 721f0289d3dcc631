from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from accounts.identity.models import Person, PersonIdentifier
from accounts.orgs.models import SellerOrganisation
from commerce.catalog import services as catalog
from commerce.catalog.models import Offering
from commerce.places import services as places
from commerce.places.models import Store
from commerce.pricing.queries import terms_card
from iceshop.infra import clock
from iceshop.infra.db import run_operation
from iceshop.tests.api.calling import NOON, Program, priced_shop, program
from windows.intents.models import Intent
from windows.notices.models import Notice
from windows.tests.stories import new_shop

pytestmark = pytest.mark.django_db

BUYER = {"buyer_id": "B123", "location": "Nisantasi", "request": "coffee"}
SELLER = {"seller_id": "S55", "products": ["coffee"], "location": "Nisantasi"}


def test_buyer_trigger_counts_at_once_and_writes_to_nobody(api: Program) -> None:
    answer = api.post("buyer/trigger", BUYER)

    assert answer.status == 201
    assert answer.body["location"] == "Nisantasi"
    assert answer.body["place"] == "Nişantaşı"
    intent = Intent.objects.get(pk=answer.body["intent_id"])
    assert (intent.state, intent.budget_minor, intent.party_size) == ("open", None, 1)
    identifier = PersonIdentifier.objects.get()
    assert (identifier.kind, identifier.value) == ("external", "B123")
    assert not Notice.objects.exists()


def test_same_buyer_and_product_is_the_same_wish(api: Program) -> None:
    first = api.post("buyer/trigger", BUYER)
    again = api.post("buyer/trigger", {**BUYER, "request": "COFFEE ", "location": "Kadıköy"})
    other = api.post("buyer/trigger", {**BUYER, "request": "tea"})

    assert (first.status, again.status, other.status) == (201, 200, 201)
    assert again.body["intent_id"] == first.body["intent_id"] != other.body["intent_id"]
    assert Person.objects.count() == 1


def test_wish_whose_time_has_passed_makes_room_for_a_new_one(api: Program) -> None:
    first = api.post("buyer/trigger", BUYER)
    with clock.use(lambda: NOON + timedelta(hours=5)):
        later = api.post("buyer/trigger", BUYER)

    assert later.status == 201
    assert later.body["intent_id"] != first.body["intent_id"]


def test_wish_meets_a_concept_that_only_comes_later(api: Program) -> None:
    api.post("buyer/trigger", {**BUYER, "request": "Boza"})
    api.post("buyer/trigger", {**BUYER, "buyer_id": "B200", "request": "boza"})
    api.post("seller/trigger", {**SELLER, "products": ["boza"], "price": 95})

    (found,) = api.get("campaigns/opportunities").body

    assert found["buyer_group"] == ["B123", "B200"]


def test_time_of_a_wish_is_when_a_shop_near_it_is_open(api: Program) -> None:
    shop = new_shop(now=NOON - timedelta(days=1))
    tuesday_and_wednesday = [(2, 14 * 60, 15 * 60), (3, 600, 1200)]
    run_operation(places.set_hours, store_id=shop.store_id, weekly=tuesday_and_wednesday)

    answer = api.post(
        "buyer/trigger",
        {**BUYER, "location": "Moda", "latitude": 40.9844, "longitude": 29.0279},
    )

    assert answer.body["available"] == [
        {"start": "2025-12-09T14:00:00+03:00", "end": "2025-12-09T15:00:00+03:00"},
        {"start": "2025-12-10T10:00:00+03:00", "end": "2025-12-10T13:00:00+03:00"},
    ]


@pytest.mark.parametrize(
    ("location", "code", "candidates"),
    [
        ("Nisantas", "location.unknown", ["Nişantaşı"]),
        ("Atlantis", "location.unknown", []),
        ("Yeni Mahalle", "location.several", ["Yeni Mahalle, fatih", "Yeni Mahalle, pendik"]),
    ],
)
def test_unclear_location_names_candidates(
    api: Program, location: str, code: str, candidates: list[str]
) -> None:
    for path, body in (("buyer/trigger", BUYER), ("seller/trigger", SELLER)):
        answer = api.post(path, {**body, "location": location})
        assert (answer.status, answer.body["code"]) == (422, code)
        assert answer.body["candidates"] == candidates
    assert not Intent.objects.exists()
    assert not SellerOrganisation.objects.exists()


def test_location_inside_another_is_clear(api: Program) -> None:
    answer = api.post("buyer/trigger", {**BUYER, "location": "yeni mahalle, Pendik"})

    assert answer.status == 201
    assert Intent.objects.get().latitude == 40.8790


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"color": "red"}, "/color", "unknown"),
        ({"buyer_id": None}, "/buyer_id", "null"),
        ({"buyer_id": "  "}, "/buyer_id", "blank"),
        ({"request": "x" * 121}, "/request", "max_length"),
        ({"latitude": 41}, "/non_field_errors", "coordinates"),
        ({"latitude": 91, "longitude": 29}, "/latitude", "max_value"),
    ],
)
def test_unfit_buyer_trigger_is_refused(
    api: Program, change: dict[str, object], pointer: str, code: str
) -> None:
    answer = api.post("buyer/trigger", {**BUYER, **change})

    assert (answer.status, answer.body["code"]) == (422, "request.invalid")
    assert [(one["pointer"], one["code"]) for one in answer.body["errors"]] == [(pointer, code)]
    assert not Person.objects.exists()


def test_wishes_without_end_are_limited(api: Program) -> None:
    answers = [api.post("buyer/trigger", {**BUYER, "request": f"thing {n}"}) for n in "abcdef"]

    assert [answer.status for answer in answers] == [201] * 5 + [429]
    assert answers[5].headers["Retry-After"] == "3600"


def test_unknown_seller_becomes_a_verified_one_with_a_store(api: Program) -> None:
    answer = api.post("seller/trigger", {**SELLER, "price": 95, "stock": 7})

    assert answer.status == 201
    assert answer.body["seller_id"] == "S55"
    assert answer.body["products"] == [
        {"product_id": "coffee", "stock": 7, "price": 95.0, "needs": []}
    ]
    organisation = SellerOrganisation.objects.get()
    store = Store.objects.get(pk=answer.body["store_id"])
    assert (organisation.external_id, organisation.state) == ("S55", "verified")
    assert (store.neighbourhood, store.latitude) == ("Nişantaşı", 41.0510)
    assert (store.window_minutes, store.lead_minutes) == (10, 5)
    assert store.hours.count() == 7


def test_seller_states_again(api: Program) -> None:
    first = api.post("seller/trigger", {**SELLER, "price": 95})
    with clock.use(lambda: NOON + timedelta(minutes=1)):
        more = api.post(
            "seller/trigger",
            {
                **SELLER,
                "products": ["coffee01", "tea"],
                "stock": {"tea": 3},
                "price": {"coffee01": 90, "tea": 40},
            },
        )

    assert more.body["store_id"] == first.body["store_id"]
    assert more.body["products"] == [
        {"product_id": "coffee", "stock": 100, "price": 90.0, "needs": []},
        {"product_id": "tea", "stock": 3, "price": 40.0, "needs": []},
    ]
    assert SellerOrganisation.objects.count() == 1


def test_seller_at_another_place_gets_another_store(api: Program) -> None:
    here = api.post("seller/trigger", {**SELLER, "price": 95})
    there = api.post("seller/trigger", {**SELLER, "price": 95, "location": "KADIKÖY"})

    assert here.body["store_id"] != there.body["store_id"]
    assert SellerOrganisation.objects.count() == 1


def test_price_that_others_take_stands_in_for_a_missing_one(api: Program) -> None:
    for price in (9_500, 11_000, 14_000):
        priced_shop("coffee", price)

    answer = api.post("seller/trigger", SELLER)

    assert answer.body["products"][0]["price"] == 110.0


@pytest.mark.parametrize(
    ("campaign", "people", "unit_price"),
    [
        ("10% discount", 2, 9_000),
        ("%15 indirim", 2, 8_500),
        ("tea is on us", 2, 10_000),
        ({"discount_percent": 12.5, "min_people": 4}, 4, 8_750),
        ({"amount_off": 5}, 2, 9_500),
        ({"price": 80, "min_people": 10}, 10, 8_000),
    ],
)
def test_campaign_becomes_the_ladder(
    api: Program, campaign: object, people: int, unit_price: int
) -> None:
    answer = api.post("seller/trigger", {**SELLER, "price": 100, "campaign": campaign})

    assert answer.status == 201
    store = Store.objects.get(pk=answer.body["store_id"])
    terms = terms_card(Offering.objects.get(store=store).pk)
    assert [(tier.min_people, tier.unit_price_minor) for tier in terms.tiers] == [
        (people, unit_price)
    ]
    assert terms.plan.min_people == people


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"campaign": "10% discount"}, 422, "price.missing"),
        ({"price": 100, "campaign": {"price": 120}}, 422, "ladder.above_price"),
        ({"campaign": {"price": 1, "amount_off": 1}}, 422, "request.invalid"),
        ({"campaign": {}}, 422, "request.invalid"),
        ({"campaign": 10}, 422, "request.invalid"),
        ({"stock": -1}, 422, "request.invalid"),
        ({"stock": {"tea": 1}}, 422, "request.invalid"),
        ({"price": 0}, 422, "request.invalid"),
        ({"price": "cheap"}, 422, "request.invalid"),
        ({"products": []}, 422, "request.invalid"),
        ({"products": ["rakı"]}, 403, "product.restricted"),
    ],
)
def test_refused_seller_trigger_leaves_nothing_behind(
    api: Program, change: dict[str, object], status: int, code: str
) -> None:
    run_operation(
        catalog.put_concept, name_tr="rakı", name_en="raki", category="drinks", is_restricted=True
    )

    answer = api.post("seller/trigger", {**SELLER, **change})

    assert (answer.status, answer.body["code"]) == (status, code)
    assert not SellerOrganisation.objects.exists()


def test_token_of_a_seller_speaks_for_that_seller_only(api: Program) -> None:
    api.post("seller/trigger", SELLER)
    organisation = SellerOrganisation.objects.get()
    own = program(organisation_id=organisation.pk)

    assert own.post("seller/trigger", {**SELLER, "price": 95}).status == 201
    assert own.post("seller/trigger", {**SELLER, "seller_id": str(organisation.pk)}).status == 201
    refused = own.post("seller/trigger", {**SELLER, "seller_id": "S56"})
    assert (refused.status, refused.body["code"]) == (403, "token.other_seller")


def test_ids_of_answers_are_taken_back(api: Program) -> None:
    person_id = api.post("buyer/trigger", BUYER).body["intent_id"]
    intent = Intent.objects.get(pk=UUID(person_id))
    again = api.post("buyer/trigger", {**BUYER, "buyer_id": str(intent.person_id)})

    assert again.status == 200

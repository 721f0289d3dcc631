from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.identity.tests.factories import NOON
from commerce.catalog.models import Concept, Offering, Product
from commerce.catalog.services import put_concept
from commerce.catalog.tests.factories import OfferingFactory
from commerce.offers import queries, services
from commerce.offers.models import StatedOffer
from commerce.offers.services import OfferChange, OfferStated
from commerce.places.queries import store_card
from commerce.places.tests.factories import StoreFactory
from commerce.pricing.domain import TermsPlan, Tier
from commerce.stock.services import reserve
from iceshop.infra.db import operation, run_operation, violated_constraint
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db

OWNER = Actor.staff(7)
CHANGE = OfferChange(
    name_tr="Tereyağlı kruvasan",
    name_en="Butter croissant",
    price_minor=8_000,
    on_hand=40,
    terms=TermsPlan(min_people=3, max_people=12, floor_price_minor=5_500),
    tiers=(Tier.percent(5, 1_000),),
    is_active=True,
)


@pytest.fixture
def store() -> UUID:
    put = operation(put_concept)
    put(name_tr="kruvasan", name_en="croissant", aliases=["kruasan"], category="bakery")
    put(name_tr="kahve", name_en="coffee", category="coffee")
    put(name_tr="Türk kahvesi", name_en="Turkish coffee", parent_key="coffee")
    put(name_tr="rakı", name_en="raki", is_restricted=True)
    return StoreFactory.create().pk


def state(
    store_id: UUID,
    text: str = "kruvasan",
    *,
    stock: int | None = 20,
    price: int | None = 8_000,
    tiers: tuple[Tier, ...] | None = (Tier.percent(10, 1_500),),
    key: str = "wamid.1:0",
) -> OfferStated:
    return run_operation(
        services.state_offer,
        store_id=store_id,
        said=services.OfferSaid(text, stock, price, tiers),
        by=OWNER,
        source_key=key,
        now=NOON,
    )


def test_first_statement_puts_the_product_on_sale(store: UUID) -> None:
    stated = state(store, "kruasan")
    offer = stated.offer
    assert stated.is_new
    assert offer.offering.product.name_tr == "kruvasan"
    assert offer.offering.product.name_en == "croissant"
    assert (offer.terms.price_minor, offer.terms.currency, offer.stock.free) == (8_000, "TRY", 20)
    assert [(tier.min_people, tier.unit_price_minor) for tier in offer.terms.tiers] == [(10, 6_800)]
    assert (offer.terms.plan.min_people, offer.terms.plan.max_people) == (10, 20)


def test_second_statement_changes_only_what_it_says(store: UUID) -> None:
    first = state(store)
    second = state(store, "KRUVASAN", stock=30, price=None, tiers=None, key="wamid.2:0")
    assert not second.is_new
    assert second.offer.offering == first.offer.offering
    assert second.offer.terms == first.offer.terms
    assert second.offer.stock.on_hand == 30


def test_same_statement_again_changes_nothing(store: UUID) -> None:
    state(store)
    state(store, stock=5, key="wamid.2:0")
    again = state(store)
    assert (again.is_new, again.offer.stock.on_hand) == (False, 5)
    assert StatedOffer.objects.count() == 2


def test_ladder_beyond_the_largest_group_makes_it_larger(store: UUID) -> None:
    stated = state(store, tiers=(Tier.percent(30, 1_500),))
    assert stated.offer.terms.plan.max_people == 30


@pytest.mark.parametrize(
    ("text", "name", "concept"),
    [
        ("Çikolatalı kruvasan", "Çikolatalı kruvasan", "croissant"),
        ("büyük boy kahve", "büyük boy kahve", "coffee"),
        ("sıcak kahve, 330 ml", "sıcak kahve, 330 ml", "coffee"),
        ("Kruvasan 2 adet", "Kruvasan 2 adet", "croissant"),
        ("kahve fincanı", "kahve fincanı", "kahve-fincani"),
        ("zerdeçallı lokum", "zerdeçallı lokum", "zerdecalli-lokum"),
    ],
)
def test_new_name_becomes_a_product_of_its_kind(
    store: UUID, text: str, name: str, concept: str
) -> None:
    product = state(store, text).offer.offering.product
    assert (product.name_tr, product.concept_key) == (name, concept)


def test_first_statement_without_a_price_is_refused_and_writes_nothing(store: UUID) -> None:
    with pytest.raises(Invalid, match=r"price\.missing"):
        state(store, price=None, tiers=None)
    assert not Product.objects.exists()
    assert not Offering.objects.exists()


@pytest.mark.parametrize("text", ["rakı", "RAKI", "20 duble rakı"])
def test_restricted_goods_are_refused_and_nothing_is_written(store: UUID, text: str) -> None:
    concepts = Concept.objects.count()
    with pytest.raises(NotAllowed, match=r"product\.restricted"):
        state(store, text)
    assert (Product.objects.count(), Concept.objects.count()) == (0, concepts)


def test_name_that_fits_several_products_is_asked_back(store: UUID) -> None:
    state(store, "Türk kahvesi")
    state(store, "sade Türk kahvesi", key="wamid.2:0")
    with pytest.raises(Invalid) as caught:
        state(store, "kahve", key="wamid.3:0")
    assert (caught.value.code, caught.value.params) == (
        "product.several",
        {"names": "sade Türk kahvesi, Türk kahvesi"},
    )


def test_stock_below_what_is_promised_is_refused_whole(store: UUID) -> None:
    offering_id = state(store).offer.offering.id
    run_operation(reserve, offering_id=offering_id, quantity=15, source_key="w", now=NOON)
    with pytest.raises(Conflict, match=r"stock\.reserved"):
        state(store, stock=10, price=None, tiers=(Tier.percent(10, 500),), key="wamid.2:0")
    offer = queries.offer_card(offering_id)
    assert (offer.stock.on_hand, offer.terms.unit_price_minor(10)) == (20, 6_800)


@pytest.mark.parametrize(
    ("text", "code"), [("?!", "product.name_missing"), ("", "product.name_missing")]
)
def test_statement_without_a_name_is_refused(store: UUID, text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        state(store, text)
    assert caught.value.code == code


def test_statement_for_an_unknown_store_is_refused() -> None:
    with pytest.raises(NotFound, match=r"store\.unknown"):
        state(UUID(int=1))


def add(store_id: UUID, change: OfferChange = CHANGE, key: str = "page:1") -> queries.OfferCard:
    return services.add_offer(store_id=store_id, change=change, by=OWNER, source_key=key, now=NOON)


def test_page_adds_a_product_of_exactly_this_name(store: UUID) -> None:
    offer = add(store)
    assert add(store) == offer
    assert offer.offering.product.name("en") == "Butter croissant"
    assert offer.terms.plan == CHANGE.terms
    assert (offer.stock.on_hand, offer.terms.unit_price_minor(5)) == (40, 7_200)
    with pytest.raises(Conflict, match=r"offering\.already"):
        add(store, key="page:2")


def test_page_saves_everything_at_once(store: UUID) -> None:
    offering_id = add(store).offering.id
    change = OfferChange(
        name_tr="Kruvasan",
        name_en="",
        price_minor=5_000,
        on_hand=10,
        terms=TermsPlan(min_people=2, max_people=8, floor_price_minor=4_000),
        tiers=(Tier.fixed(4, 4_000),),
        is_active=False,
    )
    save = services.change_offer
    arguments: dict[str, Any] = {"offering_id": offering_id, "by": OWNER, "source_key": "page:2"}
    later = NOON.replace(hour=13)
    offer = save(change=change, now=later, **arguments)
    assert save(change=CHANGE, now=later, **arguments) == offer
    assert (offer.offering.name("tr"), offer.offering.is_active) == ("Kruvasan", False)
    assert (offer.terms.plan, offer.terms.unit_price_minor(4)) == (change.terms, 4_000)
    assert offer.stock.on_hand == 10


def test_offers_of_stores_are_grouped_in_few_queries(
    store: UUID, django_assert_num_queries: Any
) -> None:
    first, second = StoreFactory.create(), StoreFactory.create()
    rows = [OfferingFactory.create(store=first) for _ in range(3)]
    cards = [store_card(first.pk), store_card(second.pk)]
    with django_assert_num_queries(5):
        found = queries.offers_of(cards)
    assert [len(entry.offers) for entry in found] == [3, 0]
    assert {offer.offering.id for offer in found[0].offers} == {row.pk for row in rows}


def test_statement_of_a_key_stands_once(store: UUID) -> None:
    offering_id = state(store).offer.offering.id
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        StatedOffer.objects.create(offering_id=offering_id, source_key="wamid.1:0", at=NOON)
    assert violated_constraint(caught.value) == "stated_offer_source_key"


def test_refused_statement_leaves_nothing_in_the_transaction_that_goes_on(store: UUID) -> None:
    with transaction.atomic():
        with pytest.raises(Invalid, match=r"ladder\.below_floor"):
            state_in_transaction(store)
        Concept.objects.filter(key="coffee").update(category="hot")
    assert (Product.objects.count(), Offering.objects.count()) == (0, 0)
    assert Concept.objects.get(key="coffee").category == "hot"


def state_in_transaction(store_id: UUID) -> None:
    services.state_offer(
        store_id=store_id,
        said=services.OfferSaid("kruvasan", 20, 8_000, (Tier.amount(5, 9_000),)),
        by=OWNER,
        source_key="wamid.1:0",
        now=NOON,
    )

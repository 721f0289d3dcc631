from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from accounts.identity.tests.factories import NOON
from accounts.orgs.tests.factories import SellerOrganisationFactory
from commerce.catalog import queries, services
from commerce.catalog.domain import ConceptPlan, slug_of
from commerce.catalog.models import Concept, Product
from commerce.catalog.tests.factories import (
    ConceptAliasFactory,
    ConceptFactory,
    OfferingFactory,
    ProductAliasFactory,
    ProductFactory,
)
from commerce.places.tests.factories import StoreFactory
from iceshop.infra.db import operation, violated_constraint
from iceshop.kernel.actors import SYSTEM
from iceshop.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

pytestmark = pytest.mark.django_db


def concept(name_tr: str, name_en: str, *aliases: str, **more: Any) -> queries.ConceptCard:
    return operation(services.put_concept)(
        name_tr=name_tr, name_en=name_en, aliases=aliases, **more
    )


@pytest.fixture
def kinds() -> None:
    concept("kahve", "coffee", "kave", category="coffee")
    concept("Türk kahvesi", "Turkish coffee", parent_key="coffee", category="coffee")
    concept("filtre kahve", "filter coffee", parent_key="coffee", category="coffee")
    concept("kruvasan", "croissant", "kruasan", category="bakery")
    concept("rakı", "raki", "rakı", is_restricted=True)


def product(
    organisation_id: UUID, name_tr: str, concept_key: str, **more: Any
) -> queries.ProductCard:
    return operation(services.put_product)(
        organisation_id=organisation_id,
        name_tr=name_tr,
        concept_key=concept_key,
        now=NOON,
        **more,
    )


def plan(name_tr: str, name_en: str, parent: str | None = None, *aliases: str) -> ConceptPlan:
    return ConceptPlan(slug_of(name_en), name_tr, name_en, parent, aliases=aliases)


class TestManyConcepts:
    def test_putting_repeats_and_changes(self) -> None:
        put = operation(services.put_concepts)
        put(plans=[plan("kahve", "coffee"), plan("mocha", "mocha")])

        assert put(plans=[plan("kahve", "coffee"), plan("moka", "mocha", "coffee", "moka")]) == 2
        assert queries.concept_card("mocha").name_tr == "moka"
        assert queries.kinds_of("coffee") == {"coffee", "mocha"}

    def test_spelling_stays_with_who_had_it(self) -> None:
        concept("kruvasan", "croissant", "ay çöreği")

        operation(services.put_concepts)(plans=[plan("çörek", "bun", None, "ay çöreği")])

        found = queries.concept_named("ay coregi")
        assert found is not None
        assert found.key == "croissant"

    @pytest.mark.parametrize(
        "plans",
        [
            [plan("a", "a", "b"), plan("b", "b", "a")],
            [plan("a", "a", "a")],
            [plan("a", "a", "elsewhere")],
        ],
    )
    def test_parent_in_a_circle_or_unknown_is_refused(self, plans: list[ConceptPlan]) -> None:
        with pytest.raises(Invalid, match=r"concept\.parent"):
            operation(services.put_concepts)(plans=plans)


@pytest.mark.usefixtures("kinds")
class TestConcepts:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("KAHVE", "coffee"),
            ("kave", "coffee"),
            ("Coffee", "coffee"),
            ("turk kahvesi", "turkish-coffee"),
            ("turkish-coffee", "turkish-coffee"),
            ("Kruasan", "croissant"),
        ],
    )
    def test_concept_is_found_in_any_spelling(self, text: str, key: str) -> None:
        found = queries.concept_for(text)
        assert found is not None
        assert found.key == key

    @pytest.mark.parametrize("text", ["", "?", "uzay gemisi"])
    def test_unknown_concept_is_none(self, text: str) -> None:
        assert queries.concept_for(text) is None

    def test_wish_for_coffee_accepts_turkish_coffee_but_not_the_other_way_round(self) -> None:
        assert queries.kinds_of("coffee") == {"coffee", "turkish-coffee", "filter-coffee"}
        assert queries.kinds_of("turkish-coffee") == {"turkish-coffee"}
        assert queries.kinds_of_each(["coffee", "tea", "unheard"]) == {
            "coffee": queries.kinds_of("coffee"),
            "tea": {"tea"},
            "unheard": {"unheard"},
        }

    def test_concept_put_again_keeps_its_spellings(self) -> None:
        concept("sıcak kahve", "coffee", key="coffee")
        assert queries.concept_for("kave") == queries.concept_card("coffee")
        assert queries.concept_card("coffee").name("tr") == "sıcak kahve"

    def test_spelling_of_another_concept_is_refused(self) -> None:
        with pytest.raises(Conflict, match=r"alias\.taken"):
            concept("çay", "tea", "kave")
        assert not Concept.objects.filter(key="tea").exists()

    def test_circle_of_parents_is_refused(self) -> None:
        with pytest.raises(Invalid, match=r"concept\.parent"):
            concept("kahve", "coffee", parent_key="turkish-coffee")

    def test_unknown_parent_is_refused(self) -> None:
        with pytest.raises(NotFound, match=r"concept\.unknown"):
            concept("çay", "tea", parent_key="hot-drink")

    def test_banned_words_are_found_inside_a_name(self) -> None:
        assert queries.restricted_words("20 duble Rakı") == ("raki",)
        assert queries.restricted_words("kahve") == ()


@pytest.mark.usefixtures("kinds")
class TestProducts:
    def test_product_is_put_once_by_name_and_keeps_what_is_not_said_again(self) -> None:
        seller = SellerOrganisationFactory.create().pk
        first = product(
            seller, "Tereyağlı Kruvasan", "croissant", name_en="Butter croissant", external_id="P1"
        )
        second = product(seller, "tereyağlı  kruvasan", "croissant")
        assert second.id == first.id
        assert (second.name_en, second.external_id) == ("Butter croissant", "P1")
        assert (second.name("en"), second.name("tr")) == ("Butter croissant", "tereyağlı kruvasan")

    def test_restricted_goods_are_refused(self) -> None:
        with pytest.raises(NotAllowed, match=r"product\.restricted"):
            product(SellerOrganisationFactory.create().pk, "Duble", "raki")
        assert not Product.objects.exists()

    def test_external_id_is_one_products_of_a_seller(self) -> None:
        seller = SellerOrganisationFactory.create().pk
        product(seller, "Latte", "coffee", external_id="P1")
        with pytest.raises(Conflict, match=r"product\.external_id_taken"):
            product(seller, "Mocha", "coffee", external_id="P1")
        product(SellerOrganisationFactory.create().pk, "Mocha", "coffee", external_id="P1")

    def test_renamed_product_is_still_found_by_its_old_name(self) -> None:
        seller = SellerOrganisationFactory.create().pk
        card = product(seller, "Latte", "coffee")
        other = product(seller, "Mocha", "coffee")
        rename = operation(services.rename_product)
        renamed = rename(product_id=card.id, name_tr="Sütlü kahve", name_en="Latte")
        assert queries.product_of_seller(seller, "latte").product == renamed
        with pytest.raises(Conflict, match=r"product\.name_taken"):
            rename(product_id=other.id, name_tr="sütlü KAHVE", name_en="")

    def test_alias_is_added_once(self) -> None:
        seller = SellerOrganisationFactory.create().pk
        card = product(seller, "Latte", "coffee")
        for _ in range(2):
            operation(services.add_alias)(product_id=card.id, text="Lâte", language="tr")
        assert queries.product_of_seller(seller, "late").product == card
        for text, language, code in (("?", "tr", "alias.empty"), ("x", "de", "alias.language")):
            with pytest.raises(Invalid) as caught:
                operation(services.add_alias)(product_id=card.id, text=text, language=language)
            assert caught.value.code == code


@pytest.mark.usefixtures("kinds")
class TestProductOfSeller:
    @pytest.fixture
    def seller(self) -> UUID:
        return SellerOrganisationFactory.create().pk

    @pytest.mark.parametrize("text", ["coffee01", "coffee", "Kahve", "KAHVE 2", "kave"])
    def test_one_product_of_the_kind_is_meant(self, seller: UUID, text: str) -> None:
        card = product(seller, "Filtre kahve", "filter-coffee")
        product(seller, "Kruvasan", "croissant")
        product(SellerOrganisationFactory.create().pk, "Kahve", "coffee")
        assert queries.product_of_seller(seller, text) == queries.ProductMatch(card, (card,))

    def test_id_goes_before_name_and_name_before_kind(self, seller: UUID) -> None:
        by_kind = product(seller, "Filtre kahve", "coffee")
        by_name = product(seller, "coffee01", "croissant")
        assert queries.product_of_seller(seller, "coffee01").product == by_name
        by_id = product(seller, "Simit", "croissant", external_id="coffee01")
        assert queries.product_of_seller(seller, "coffee01").product == by_id
        assert queries.product_of_seller(seller, "coffee").product == by_kind

    def test_plain_kind_goes_before_its_varieties(self, seller: UUID) -> None:
        plain = product(seller, "Sıcak kahve", "coffee")
        product(seller, "Türk kahvesi", "turkish-coffee")
        assert queries.product_of_seller(seller, "kahve").product == plain

    def test_several_that_fit_are_candidates(self, seller: UUID) -> None:
        first = product(seller, "Filtre kahve", "filter-coffee")
        second = product(seller, "Türk kahvesi", "turkish-coffee")
        product(seller, "Kruvasan", "croissant")
        match = queries.product_of_seller(seller, "coffee01")
        assert match == queries.ProductMatch(None, (first, second), is_ambiguous=True)

    def test_unknown_text_gives_all_as_candidates(self, seller: UUID) -> None:
        card = product(seller, "Kruvasan", "croissant")
        assert queries.product_of_seller(seller, "uzay 7") == queries.ProductMatch(None, (card,))


@pytest.mark.usefixtures("kinds")
class TestOfferings:
    def test_product_is_offered_in_a_store_of_its_seller_only(self) -> None:
        store = StoreFactory.create()
        mine = product(store.organisation_id, "Latte", "coffee")
        foreign = product(SellerOrganisationFactory.create().pk, "Latte", "coffee")
        put = operation(services.put_offering)
        card = put(store_id=store.pk, product_id=mine.id, is_active=True, now=NOON)
        assert put(store_id=store.pk, product_id=mine.id, is_active=True, now=NOON) == card
        assert queries.offering_of(store_id=store.pk, product_id=mine.id) == card
        assert (card.name("tr"), card.concept_key) == ("Latte", "coffee")
        with pytest.raises(Invalid, match=r"offering\.other_seller"):
            put(store_id=store.pk, product_id=foreign.id, is_active=True, now=NOON)

    def test_offerings_for_a_wish_are_those_on_sale_of_its_kinds(self) -> None:
        turkish = OfferingFactory.create(product__concept=Concept.objects.get(key="turkish-coffee"))
        OfferingFactory.create()
        coffee = Concept.objects.get(key="coffee")
        OfferingFactory.create(product__concept=coffee, is_active=False)
        OfferingFactory.create(product__concept=coffee, product__is_active=False)
        OfferingFactory.create(product__concept=coffee, product__is_restricted=True)
        OfferingFactory.create(product__concept=coffee, store__state="paused")
        OfferingFactory.create(
            product__concept=coffee,
            store__organisation=SellerOrganisationFactory.create(state="pending"),
        )
        assert [card.id for card in queries.offerings_for("coffee")] == [turkish.pk]
        assert queries.offerings_for("filter-coffee") == ()

    def test_banned_product_leaves_the_sale(self) -> None:
        offering = OfferingFactory.create()
        services.set_restricted(
            product_id=offering.product_id, is_restricted=True, by=SYSTEM, now=NOON
        )
        assert queries.sellable_offerings([offering.store_id]) == ()
        with pytest.raises(NotAllowed, match=r"product\.restricted"):
            operation(services.put_offering)(
                store_id=offering.store_id, product_id=offering.product_id, is_active=True, now=NOON
            )
        services.set_restricted(
            product_id=offering.product_id, is_restricted=False, by=SYSTEM, now=NOON
        )
        assert len(queries.sellable_offerings([offering.store_id])) == 1

    def test_banned_concept_leaves_the_sale(self) -> None:
        offering = OfferingFactory.create()
        services.set_concept_restricted(key="croissant", is_restricted=True, by=SYSTEM, now=NOON)
        assert queries.offerings_for("croissant") == ()
        assert queries.offering_card(offering.pk).id == offering.pk

    def test_paused_offering_leaves_the_sale_but_stays_on_the_sellers_list(self) -> None:
        offering = OfferingFactory.create()
        services.switch_offering(offering_id=offering.pk, is_active=False, by=SYSTEM, now=NOON)
        assert queries.sellable_offerings([offering.store_id]) == ()
        (card,) = queries.offerings_of_stores([offering.store_id])
        assert (card.id, card.is_active) == (offering.pk, False)

    def test_unknown_offering_is_not_found(self) -> None:
        with pytest.raises(NotFound, match=r"offering\.unknown"):
            queries.offering_card(UUID(int=1))


@pytest.mark.usefixtures("kinds")
@pytest.mark.parametrize("count", [1, 3])
def test_lexicon_takes_four_queries(count: int, django_assert_num_queries: Any) -> None:
    for product_row in ProductFactory.create_batch(count):
        ProductAliasFactory.create(product=product_row)
    with django_assert_num_queries(4):
        entries = queries.lexicon_products()
    assert len(entries) == 5 + count
    assert entries[0] == queries.LexiconProduct(
        "coffee", "kahve", "coffee", ("coffee", "kahve", "kave"), "coffee"
    )
    assert entries[-1] == queries.LexiconProduct(
        "croissant", "Tereyağlı kruvasan", "Butter croissant", ("ay çöreği",), "bakery"
    )


@pytest.mark.parametrize(
    ("factory", "columns", "constraint"),
    [
        (ConceptAliasFactory, {"folded": ""}, "concept_alias_not_empty"),
        (ConceptAliasFactory, {"folded": "taken"}, "concept_alias_folded"),
        (ProductFactory, {"folded": ""}, "product_name"),
        (ProductAliasFactory, {"folded": ""}, "product_alias_not_empty"),
        (ProductAliasFactory, {"language": "de"}, "product_alias_language"),
        (ConceptFactory, {"key": "x", "parent_id": "x"}, "concept_not_own_parent"),
    ],
)
def test_wrong_row_is_refused(factory: Any, columns: dict[str, Any], constraint: str) -> None:
    ConceptAliasFactory.create(folded="taken")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        factory.create(**columns)
    assert violated_constraint(caught.value) == constraint


def test_second_row_of_the_same_thing_is_refused() -> None:
    offering = OfferingFactory.create(product__external_id="P1")
    alias = ProductAliasFactory.create(product=offering.product)
    seller = offering.store.organisation
    cases: list[tuple[Any, dict[str, Any], str]] = [
        (OfferingFactory, {"store": offering.store, "product": offering.product}, "offering_once"),
        (
            ProductFactory,
            {"organisation": seller, "folded": offering.product.folded},
            "product_name_once",
        ),
        (ProductFactory, {"organisation": seller, "external_id": "P1"}, "product_external_id"),
        (ProductAliasFactory, {"product": alias.product}, "product_alias_once"),
    ]
    for factory, columns, constraint in cases:
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            factory.create(**columns)
        assert violated_constraint(caught.value) == constraint


def test_slug_folds_turkish_letters() -> None:
    assert slug_of("İçli Köfte & Çiğ") == "icli-kofte-cig"

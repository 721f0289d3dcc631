"""Use-cases of a seller who says or changes what is for sale."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commerce.catalog import services as catalog
from commerce.catalog.queries import (
    OfferingCard,
    ProductCard,
    concept_named,
    offering_card,
    offering_of,
    product_of_seller,
)
from commerce.offers.concepts import concept_of
from commerce.offers.models import StatedOffer
from commerce.offers.queries import OfferCard, offer_card, stated_offering_id
from commerce.places.queries import StoreCard, store_card
from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan, Tier
from commerce.pricing.queries import terms_card
from commerce.stock import services as stock_services
from iceshop.infra.db import operation, step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Invalid
from iceshop.kernel.money import Money


@dataclass(frozen=True, slots=True)
class OfferStated:
    """What stands after a statement; ``is_new`` when the store did not sell it before."""

    offer: OfferCard
    is_new: bool


@dataclass(frozen=True, slots=True)
class OfferChange:
    """Everything that the product page saves at once; amounts in minor units."""

    name_tr: str
    name_en: str
    price_minor: int
    on_hand: int
    terms: TermsPlan
    tiers: tuple[Tier, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class OfferSaid:
    """One sentence of a seller about goods; None leaves a part as it is. Amounts in minor units."""

    product_text: str
    stock: int | None = None
    price_minor: int | None = None
    tiers: tuple[Tier, ...] | None = None
    floor_minor: int | None = None


@step
def state_offer(
    *,
    store_id: UUID,
    said: OfferSaid,
    by: Actor,
    source_key: str,
    now: datetime,
) -> OfferStated:
    """Put on sale what a seller says in one sentence.

    Finds the seller's product by name, or adds one; sets price, ladder, stock and lowest price in
    its store.
    A price is needed once, at first. The same ``source_key`` again changes nothing, and a refusal
    leaves nothing written.
    Raises: NotFound("store.unknown"), NotAllowed("product.restricted"),
    Invalid("product.name_missing"), Invalid("product.several") with ``names`` when more than one
    product fits, Invalid("price.missing"), Invalid of terms and ladder, Conflict("stock.reserved").
    """
    if (stated := stated_offering_id(source_key)) is not None:
        return OfferStated(offer_card(stated), is_new=False)
    # A conversation goes on in its transaction after a refusal, so nothing of it may stay behind.
    with transaction.atomic():
        store = store_card(store_id)
        product = _product(store, said.product_text, now)
        is_new = offering_of(store_id=store_id, product_id=product.id) is None
        offering = catalog.put_offering(
            store_id=store_id, product_id=product.id, is_active=True, now=now
        )
        _price(offering, store, said, by, now)
        if said.stock is not None:
            _count(offering, said.stock, by, source_key, now)
    note = asdict(said) | {"product_text": said.product_text[:120]}
    _note(offering, note, by, source_key, now)
    return OfferStated(offer_card(offering.id), is_new=is_new)


@operation
def add_offer(
    *, store_id: UUID, change: OfferChange, by: Actor, source_key: str, now: datetime
) -> OfferCard:
    """Put a product of exactly this name on sale, as the product page does it.

    The same ``source_key`` again changes nothing.
    Raises: NotFound("store.unknown"), Conflict("offering.already") when the store sells it,
    NotAllowed("product.restricted"), Invalid of names, price, terms and ladder.
    """
    if (stated := stated_offering_id(source_key)) is not None:
        return offer_card(stated)
    store = store_card(store_id)
    product = catalog.put_product(
        organisation_id=store.organisation_id,
        name_tr=change.name_tr,
        name_en=change.name_en,
        concept_key=concept_of(change.name_tr).key,
        now=now,
    )
    if offering_of(store_id=store_id, product_id=product.id) is not None:
        raise Conflict("offering.already")
    offering = catalog.put_offering(
        store_id=store_id, product_id=product.id, is_active=change.is_active, now=now
    )
    _save(offering, store, change, by, source_key, now)
    _note(offering, {"page": "add"}, by, source_key, now)
    return offer_card(offering.id)


@operation
def change_offer(
    *, offering_id: UUID, change: OfferChange, by: Actor, source_key: str, now: datetime
) -> OfferCard:
    """Save the product page: names, price, terms, ladder, stock and whether it is on sale.

    The same ``source_key`` again changes nothing.
    Raises: NotFound("offering.unknown"), Conflict("product.name_taken"), Invalid of names, price,
    terms and ladder, Conflict("stock.reserved").
    """
    offering = offering_card(offering_id)
    if stated_offering_id(source_key) is not None:
        return offer_card(offering_id)
    catalog.rename_product(
        product_id=offering.product.id, name_tr=change.name_tr, name_en=change.name_en
    )
    _save(offering, store_card(offering.store_id), change, by, source_key, now)
    catalog.set_offering_active(offering_id=offering_id, is_active=change.is_active, by=by, now=now)
    _note(offering, {"page": "product"}, by, source_key, now)
    return offer_card(offering_id)


def _product(store: StoreCard, text: str, now: datetime) -> ProductCard:
    """The seller's product that ``text`` means, new if there is none of this name."""
    match = product_of_seller(store.organisation_id, text)
    if match.product is not None:
        return match.product
    if match.is_ambiguous:
        names = ", ".join(card.name_tr for card in match.candidates)
        raise Invalid("product.several", names=names)
    named = concept_named(text)
    concept = concept_of(text)
    return catalog.put_product(
        organisation_id=store.organisation_id,
        name_tr=named.name_tr if named else text,
        name_en=named.name_en if named else "",
        concept_key=concept.key,
        now=now,
    )


def _price(
    offering: OfferingCard,
    store: StoreCard,
    said: OfferSaid,
    by: Actor,
    now: datetime,
) -> None:
    """Set price, ladder and lowest price; the group sizes of the terms follow the ladder."""
    terms = terms_card(offering.id)
    if said.price_minor is None and terms.price is None:
        raise Invalid("price.missing")
    plan = terms.plan
    if said.floor_minor is not None:
        plan = replace(plan, floor_price_minor=said.floor_minor)
    if said.tiers:
        sizes = [tier.min_people for tier in said.tiers]
        smallest = min(sizes) if terms.price is None else min(plan.min_people, *sizes)
        plan = replace(plan, min_people=smallest, max_people=max(plan.max_people, *sizes))
    pricing.set_deal(
        offering_id=offering.id,
        price=None if said.price_minor is None else Money(said.price_minor, store.currency),
        terms=plan,
        tiers=said.tiers,
        by=by,
        now=now,
    )


def _save(
    offering: OfferingCard,
    store: StoreCard,
    change: OfferChange,
    by: Actor,
    source_key: str,
    now: datetime,
) -> None:
    pricing.set_deal(
        offering_id=offering.id,
        price=Money(change.price_minor, store.currency),
        terms=change.terms,
        tiers=change.tiers,
        by=by,
        now=now,
    )
    _count(offering, change.on_hand, by, source_key, now)


def _count(offering: OfferingCard, on_hand: int, by: Actor, source_key: str, now: datetime) -> None:
    stock_services.set_on_hand(
        offering_id=offering.id, on_hand=on_hand, by=by, source_key=f"{source_key}:stock", now=now
    )


def _note(
    offering: OfferingCard, said: dict[str, object], by: Actor, source_key: str, now: datetime
) -> None:
    StatedOffer.objects.create(
        offering_id=offering.id,
        source_key=source_key,
        said=said,
        by=f"{by.kind.value}:{by.key}",
        at=now,
    )

"""What a seller's program states: who sells what, where, at which price.

A seller that nobody knew becomes an organisation: the token that names it is trusted, so it is
verified. Where it sells, it gets a store with the defaults below; they are documented in
``docs/api.md`` and can be changed on the seller's pages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median_low
from uuid import UUID

from accounts.orgs import services as orgs
from accounts.orgs.domain import OrganisationState
from accounts.orgs.queries import OrganisationCard, organisation_by_published_id
from commerce.catalog import services as catalog
from commerce.catalog.domain import without_trailing_digits
from commerce.catalog.published import published_id
from commerce.catalog.queries import (
    ProductCard,
    concept_named,
    offering_of,
    offerings_for,
    product_of_seller,
)
from commerce.offers.concepts import concept_of
from commerce.offers.models import StatedOffer
from commerce.offers.queries import stated_offering_id
from commerce.places import services as places
from commerce.places.domain import StorePlan
from commerce.places.locating import Located, locate
from commerce.places.queries import StoreCard, stores_of
from commerce.pricing import services as pricing
from commerce.pricing.domain import TermsPlan, Tier
from commerce.pricing.queries import TermsCard, prices_of, terms_card
from commerce.stock import services as stock_services
from commerce.stock.queries import stock_card
from iceshop.infra.db import operation, take_turns
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Invalid, NotAllowed
from iceshop.kernel.geo import Point, walk_m
from iceshop.kernel.money import Money

TIMEZONE = "Europe/Istanbul"
CURRENCY = "TRY"
ALWAYS_OPEN = tuple((weekday, 0, 1440) for weekday in range(1, 8))
WINDOW_MINUTES = 10
LEAD_MINUTES = 5
PEOPLE_PER_FIVE_MINUTES = 10
PARALLEL_WINDOWS = 3
# Enough for five windows of the largest group that the default terms allow.
STOCK = 5 * TermsPlan().max_people
# What Iceshop asks such a seller for until it states a campaign of its own; it may still say no.
LADDER = (Tier.percent(TermsPlan().min_people, 1000),)
# A seller's store this near is the one that is meant.
_SAME_STORE_M = 1_500
_SAME_STORE_IN_WIDE_PLACE_M = 4_000


@dataclass(frozen=True, slots=True)
class Good:
    """One product as a program states it; None leaves stock or price as they are."""

    text: str
    stock: int | None
    price_minor: int | None


@dataclass(frozen=True, slots=True)
class StatedGood:
    """What stands for a product afterwards; ``needs`` names what keeps it out of rounds."""

    product_id: str
    stock: int
    price: Money | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatedSeller:
    """What stands after a statement."""

    organisation: OrganisationCard
    store: StoreCard
    goods: tuple[StatedGood, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who sells what, where; ``ladder`` is the campaign's, empty without one."""

    seller_id: str
    location: str
    point: Point | None
    goods: tuple[Good, ...]
    ladder: tuple[Tier, ...]


@operation
def state_goods(
    *,
    statement: Statement,
    only_organisation_id: UUID | None,
    by: Actor,
    source_key: str,
    now: datetime,
) -> StatedSeller:
    """Put on sale what a seller's program says, adding seller, store and products as needed.

    ``only_organisation_id`` is the seller that the token is bound to. The same ``source_key`` again
    changes nothing.
    Raises: NotAllowed("token.other_seller"), Invalid("location.unknown"),
    Invalid("location.several"), Invalid("product.several"), NotAllowed("product.restricted"),
    Invalid("price.missing") for a campaign without any price, Invalid of price and ladder,
    Conflict("stock.reserved").
    """
    take_turns(f"seller {statement.seller_id}")
    located = locate(statement.location, statement.point)
    organisation = _organisation(statement.seller_id, only_organisation_id, by, now)
    store = _store(organisation, located, now)
    stated = tuple(
        _state(store, good, statement.ladder, by, f"{source_key}:{index}", now)
        for index, good in enumerate(statement.goods)
    )
    return StatedSeller(organisation, store, stated)


def _organisation(
    seller_id: str, only_organisation_id: UUID | None, by: Actor, now: datetime
) -> OrganisationCard:
    known = organisation_by_published_id(seller_id)
    if only_organisation_id is not None and (known is None or known.id != only_organisation_id):
        raise NotAllowed("token.other_seller")
    return known or orgs.add_organisation(
        name=seller_id,
        state=OrganisationState.VERIFIED,
        external_id=seller_id,
        by=by,
        now=now,
    )


def _store(organisation: OrganisationCard, located: Located, now: datetime) -> StoreCard:
    """The seller's store at the place, a new one if there is none near it."""
    reach = _SAME_STORE_IN_WIDE_PLACE_M if located.is_wide else _SAME_STORE_M
    own = stores_of([organisation.id])
    nearest = min(own, key=lambda store: walk_m(store.point, located.point), default=None)
    if nearest is not None and walk_m(nearest.point, located.point) <= reach:
        return nearest
    plan = StorePlan(
        name=organisation.name,
        point=located.point,
        timezone=TIMEZONE,
        people_per_five_minutes=PEOPLE_PER_FIVE_MINUTES,
        neighbourhood=located.name,
        currency=CURRENCY,
        max_parallel_windows=PARALLEL_WINDOWS,
        window_minutes=WINDOW_MINUTES,
        lead_minutes=LEAD_MINUTES,
    )
    store = places.put_store(organisation_id=organisation.id, plan=plan, now=now)
    return places.set_hours(store_id=store.id, weekly=ALWAYS_OPEN)


def _state(
    store: StoreCard,
    good: Good,
    campaign: tuple[Tier, ...],
    by: Actor,
    source_key: str,
    now: datetime,
) -> StatedGood:
    product = _product(store, good.text, now)
    known = offering_of(store_id=store.id, product_id=product.id)
    offering = known or catalog.put_offering(
        store_id=store.id, product_id=product.id, is_active=True, now=now
    )
    if stated_offering_id(source_key) is None:
        _set_deal(offering.id, product, store, good, campaign, by, now)
        stock = STOCK if known is None and good.stock is None else good.stock
        if stock is not None:
            stock_services.set_on_hand(
                offering_id=offering.id,
                on_hand=stock,
                by=by,
                source_key=f"{source_key}:stock",
                now=now,
            )
        said = {"text": good.text[:120], "stock": good.stock, "price_minor": good.price_minor}
        StatedOffer.objects.create(
            offering_id=offering.id,
            source_key=source_key,
            said=said,
            by=f"{by.kind.value}:{by.key}",
            at=now,
        )
    price = terms_card(offering.id).price
    return StatedGood(
        product_id=published_id(product),
        stock=stock_card(offering.id).on_hand,
        price=price,
        needs=() if price else ("price",),
    )


def _product(store: StoreCard, text: str, now: datetime) -> ProductCard:
    """The seller's product that ``text`` means, new under this id if there is none."""
    match = product_of_seller(store.organisation_id, text)
    if match.product is not None:
        return match.product
    if match.is_ambiguous:
        names = [published_id(card) for card in match.candidates]
        raise Invalid("product.several", names=", ".join(names), candidates=names)
    concept = concept_of(text)
    named = concept_named(text) or concept_named(without_trailing_digits(text))
    return catalog.put_product(
        organisation_id=store.organisation_id,
        name_tr=named.name_tr if named else text,
        name_en=named.name_en if named else "",
        concept_key=concept.key,
        external_id=text[:80],
        now=now,
    )


def _set_deal(
    offering_id: UUID,
    product: ProductCard,
    store: StoreCard,
    good: Good,
    campaign: tuple[Tier, ...],
    by: Actor,
    now: datetime,
) -> None:
    """Set price and ladder; group sizes follow the ladder. Without any price nothing is set."""
    terms = terms_card(offering_id)
    price = _price(offering_id, product, store, good, terms, now)
    if price is None and terms.price is None:
        if campaign:
            raise Invalid("price.missing")
        return
    tiers = campaign or (() if terms.tiers else LADDER)
    plan = terms.plan
    if tiers:
        sizes = [tier.min_people for tier in tiers]
        smallest = min(sizes) if terms.price is None else min(plan.min_people, *sizes)
        plan = replace(plan, min_people=smallest, max_people=max(plan.max_people, *sizes))
    pricing.set_deal(
        offering_id=offering_id, price=price, terms=plan, tiers=tiers or None, by=by, now=now
    )


def _price(
    offering_id: UUID,
    product: ProductCard,
    store: StoreCard,
    good: Good,
    terms: TermsCard,
    now: datetime,
) -> Money | None:
    """The stated price, or for an offering without one what other stores usually take."""
    if good.price_minor is not None:
        return Money(good.price_minor, store.currency)
    if terms.price is not None:
        return None
    others = [one.id for one in offerings_for(product.concept_key) if one.id != offering_id]
    usual = [
        money.minor for money in prices_of(others, now).values() if money.currency == store.currency
    ]
    return Money(median_low(usual), store.currency) if usual else None

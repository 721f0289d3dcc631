"""What a seller offers: product, price, terms, ladder and stock together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commerce.catalog.queries import OfferingCard, offering_card, offerings_of_stores
from commerce.offers.models import StatedOffer
from commerce.places.queries import StoreCard
from commerce.pricing.queries import TermsCard, terms_card, terms_of
from commerce.stock.queries import StockCard, stock_card, stock_cards


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offering with everything that its seller set; never for buyers, it holds the floor."""

    offering: OfferingCard
    terms: TermsCard
    stock: StockCard

    @property
    def food(self) -> str:
        """The drawing that stands for the product."""
        return self.offering.product.drawing

    @property
    def lowest_price_minor(self) -> int | None:
        """The unit price of the largest group; None without a price."""
        tiers = self.terms.tiers
        return tiers[-1].unit_price_minor if tiers else self.terms.price_minor

    @property
    def most_off_ppm(self) -> int:
        """How much the largest group pays less than the list price, in parts per million."""
        price, lowest = self.terms.price_minor, self.lowest_price_minor
        return 0 if not price or lowest is None else (price - lowest) * 1_000_000 // price

    @property
    def left_at_lowest_minor(self) -> int | None:
        """What stays per piece at the lowest price; None while the cost is unknown."""
        cost, lowest = self.terms.plan.unit_cost_minor, self.lowest_price_minor
        return None if cost is None or lowest is None else lowest - cost


@dataclass(frozen=True, slots=True)
class StoreOffers:
    """A store and its offers, by name."""

    store: StoreCard
    offers: tuple[OfferCard, ...]


def offer_card(offering_id: UUID) -> OfferCard:
    """The offering whole. Five queries. Raises: NotFound("offering.unknown")."""
    return OfferCard(offering_card(offering_id), terms_card(offering_id), stock_card(offering_id))


def offers_of(stores: Iterable[StoreCard]) -> tuple[StoreOffers, ...]:
    """The offers of the stores, paused ones included. Five queries, however many they are."""
    stores = tuple(stores)
    offerings = offerings_of_stores(store.id for store in stores)
    keys = [offering.id for offering in offerings]
    terms, stocks = terms_of(keys), stock_cards(keys)
    return tuple(
        StoreOffers(
            store,
            tuple(
                OfferCard(offering, terms[offering.id], stocks[offering.id])
                for offering in offerings
                if offering.store_id == store.id
            ),
        )
        for store in stores
    )


def stated_offering_id(source_key: str) -> UUID | None:
    """The offering that a statement was about, if it was taken before. One query."""
    return (
        StatedOffer.objects.filter(source_key=source_key)
        .values_list("offering_id", flat=True)
        .first()
    )

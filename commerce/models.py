"""Tables of the commerce app."""

from commerce.catalog.models import Concept, ConceptAlias, Offering, Product, ProductAlias
from commerce.forecast.models import (
    CountedHour,
    DemandCount,
    DemandFit,
    ForeseenWeek,
    UnservedDemand,
)
from commerce.offers.models import StatedOffer
from commerce.places.models import Neighbourhood, NeighbourhoodAlias, Store, StoreHours
from commerce.pricing.models import BenefitTier, OfferingTerms, PriceRecord
from commerce.stock.models import StockLevel, StockMovement, StockReservation

__all__ = [
    "BenefitTier",
    "Concept",
    "ConceptAlias",
    "CountedHour",
    "DemandCount",
    "DemandFit",
    "ForeseenWeek",
    "Neighbourhood",
    "NeighbourhoodAlias",
    "Offering",
    "OfferingTerms",
    "PriceRecord",
    "Product",
    "ProductAlias",
    "StatedOffer",
    "StockLevel",
    "StockMovement",
    "StockReservation",
    "Store",
    "StoreHours",
    "UnservedDemand",
]

"""Admin pages of the commerce app."""

from commerce.catalog.admin import (
    ConceptAdmin,
    ConceptAliasAdmin,
    OfferingAdmin,
    ProductAdmin,
    ProductAliasAdmin,
)
from commerce.forecast.admin import (
    CountedHourAdmin,
    DemandCountAdmin,
    DemandFitAdmin,
    ForeseenWeekAdmin,
    UnservedDemandAdmin,
)
from commerce.offers.admin import StatedOfferAdmin
from commerce.places.admin import (
    NeighbourhoodAdmin,
    NeighbourhoodAliasAdmin,
    StoreAdmin,
    StoreHoursAdmin,
)
from commerce.pricing.admin import BenefitTierAdmin, OfferingTermsAdmin, PriceRecordAdmin
from commerce.stock.admin import StockLevelAdmin, StockMovementAdmin, StockReservationAdmin

__all__ = [
    "BenefitTierAdmin",
    "ConceptAdmin",
    "ConceptAliasAdmin",
    "CountedHourAdmin",
    "DemandCountAdmin",
    "DemandFitAdmin",
    "ForeseenWeekAdmin",
    "NeighbourhoodAdmin",
    "NeighbourhoodAliasAdmin",
    "OfferingAdmin",
    "OfferingTermsAdmin",
    "PriceRecordAdmin",
    "ProductAdmin",
    "ProductAliasAdmin",
    "StatedOfferAdmin",
    "StockLevelAdmin",
    "StockMovementAdmin",
    "StockReservationAdmin",
    "StoreAdmin",
    "StoreHoursAdmin",
    "UnservedDemandAdmin",
]

"""Which offerings a logged-in account may see and change."""

from __future__ import annotations

from uuid import UUID

from commerce.catalog.queries import OfferingCard, offering_card
from commerce.places.access import Visitor, access_store, access_store_terms
from commerce.places.queries import StoreCard
from iceshop.kernel.errors import NotFound


def access_offering(user: Visitor, offering_id: UUID) -> tuple[OfferingCard, StoreCard]:
    """The offering and its store, for those who work there and for the house.

    Raises: NotFound("offering.unknown"), also for a foreign one.
    """
    offering = offering_card(offering_id)
    try:
        return offering, access_store(user, offering.store_id)
    except NotFound as error:
        raise NotFound("offering.unknown") from error


def access_offering_terms(user: Visitor, offering_id: UUID) -> tuple[OfferingCard, StoreCard]:
    """The offering and its store, for those who may change them.

    Raises: NotFound("offering.unknown"), NotAllowed("store.not_decider").
    """
    offering, store = access_offering(user, offering_id)
    return offering, access_store_terms(user, store.id)

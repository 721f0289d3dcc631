"""What a buyer can be told before the next round: how many wait, how many are needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commerce.catalog import queries as catalog
from commerce.places import queries as places
from commerce.pricing import queries as pricing
from iceshop.kernel.geo import walk_m
from windows.intents import queries as intents
from windows.intents.queries import IntentCard


@dataclass(frozen=True, slots=True)
class Prospect:
    """People who want it near ``waiting``, and the smallest group that gets a better price.

    ``needed`` 0 means that nobody near sells it yet.
    """

    waiting: int
    needed: int


def prospect_of(card: IntentCard, *, now: datetime) -> Prospect:
    """The prospect of a wish that was just declared. About seven queries."""
    offerings = catalog.offerings_for(card.concept_key) if card.concept_key else ()
    stores = places.store_cards({offering.store_id for offering in offerings})
    near = [
        offering.id
        for offering in offerings
        if card.point is None
        or walk_m(card.point, stores[offering.store_id].point) <= card.radius_m
    ]
    smallest = [
        terms.tiers[0].min_people
        for terms in pricing.terms_of(near).values()
        if terms.tiers and _is_affordable(card, terms.tiers[-1].unit_price_minor)
    ]
    waiting = intents.people_near(card, now=now)
    return Prospect(waiting=waiting, needed=min(smallest, default=0))


def _is_affordable(card: IntentCard, best_price_minor: int) -> bool:
    return card.budget_minor is None or best_price_minor <= card.budget_minor

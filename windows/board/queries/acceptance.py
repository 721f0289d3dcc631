"""How invited buyers answer to the prices of one offering."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.forecast.numerics.price_acceptance import features_of
from commerce.places.queries import StoreCard
from commerce.pricing import queries as pricing
from iceshop.kernel.errors import NotFound
from iceshop.kernel.money import Money
from windows.board.domain import price_at
from windows.twin.demand import place_of
from windows.twin.domain import LEAST_ANSWERS
from windows.twin.response import acceptance

# Discounts that are shown, in percent; one below the seller's lowest price is not.
_PERCENTS = (0, 5, 10, 15, 20, 25, 30)
_ASKED = 10
# A short walk: most people who are asked are about so far away.
_USUAL_M = 400


@dataclass(frozen=True, slots=True)
class Answered:
    """Of ten people asked at a price, about so many say yes."""

    percent: int
    price: Money
    low: int
    expected: int
    high: int

    @property
    def percent_ppm(self) -> int:
        """The discount in parts per million."""
        return self.percent * 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceCurve:
    """The curve, empty while fewer than ``needed`` answers are known."""

    store: StoreCard
    offering_id: UUID
    product: str
    answers: int
    needed: int
    steps: tuple[Answered, ...]

    @property
    def asked(self) -> int:
        """Of how many people the steps speak."""
        return _ASKED


def acceptance_curve(store: StoreCard, offering_id: UUID, *, language: str) -> AcceptanceCurve:
    """The curve of an offering of the store; the same for every buyer. Seven queries.

    Raises: NotFound("offering.unknown").
    """
    offering = catalog.offering_card(offering_id)
    if offering.store_id != store.id:
        raise NotFound("offering.unknown")
    place, response = place_of(store, offering), acceptance()
    answers = response.answers(place.kind, offering.concept_key)
    terms = pricing.terms_card(offering_id)
    steps: list[Answered] = []
    if answers >= LEAST_ANSWERS and terms.price_minor is not None:
        belief = response.of(place.kind, offering.concept_key)
        for percent in _PERCENTS:
            price = price_at(base_minor=terms.price_minor, percent=percent)
            if price < (terms.plan.floor_price_minor or 1):
                break
            row = features_of(price, terms.price_minor, _USUAL_M)
            low, high = (float(edge[0]) for edge in belief.chance_range(row))
            steps.append(
                Answered(
                    percent=percent,
                    price=Money(price, terms.currency),
                    low=floor(_ASKED * low),
                    expected=round(_ASKED * float(belief.chance(row)[0])),
                    high=ceil(_ASKED * high),
                )
            )
    return AcceptanceCurve(
        store=store,
        offering_id=offering_id,
        product=offering.name(language),
        answers=answers,
        needed=LEAST_ANSWERS,
        steps=tuple(steps),
    )

"""Pictures of windows on other terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.forecast.numerics.price_acceptance import Acceptance, Belief
from commerce.places import queries as places
from commerce.pricing import queries as pricing
from windows.engine.types import Snapshot
from windows.flash.answers import arrival_shares, opened_at
from windows.flash.queries import WindowCard
from windows.negotiation.queries import AskCard
from windows.rounds import snapshot as snapshots
from windows.rounds.snapshot import minute
from windows.twin.demand import (
    Place,
    comes_of,
    market_at,
    place_of,
    wishes_now,
    wishes_then,
)
from windows.twin.domain import (
    LEAST_ANSWERS,
    Larger,
    Picture,
    Scenario,
    candidates,
    picture,
)

# Percentage points by which a larger discount is thought about.
STEP_PERCENT = 3
_PARTS = 4
_EVEN = (1 / _PARTS,) * _PARTS
_LEAST_PARTIES = 20
_ARRIVAL_MEMORY = timedelta(days=180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Terms of a window: a unit price, a shift of the start, a length."""

    price_minor: int
    later_minutes: int
    length_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A window on its own terms and on other ones, by the same wishes and the same response.

    ``answers`` is how many answers about the product, or its kind, the response rests on.
    """

    own: Picture
    other: Picture
    answers: int

    @property
    def is_learned(self) -> bool:
        """Whether the response was learned here, and is not only supposed."""
        return self.answers >= LEAST_ANSWERS


def own_terms(window: WindowCard) -> Change:
    """The terms that the window has."""
    return Change(
        price_minor=window.price_minor,
        later_minutes=0,
        length_minutes=int((window.ends_at - window.starts_at).total_seconds()) // 60,
    )


def twin_of(window: WindowCard, change: Change, *, acceptance: Acceptance, now: datetime) -> Twin:
    """The window beside itself on other terms, over the wishes since it was opened.

    The cost of a piece is the one of now. Thirteen queries.
    """
    place = _place(window.store_id, window.offering_id)
    own = own_terms(window)
    opened = opened_at([window.id])[window.id]
    begins = min(opened, window.starts_at + timedelta(minutes=change.later_minutes))
    ends = max(window.ends_at, _ends_at(window, change))
    cost = pricing.terms_card(window.offering_id).plan.unit_cost_minor
    wishes = wishes_then(place, since=begins, until=ends)
    # Of a window that has begun, what its people did must not speak for them.
    known_at = now if now < window.starts_at else begins
    market = market_at(
        place,
        wishes,
        price_minor=window.price_minor,
        base_minor=window.base_price_minor,
        cost_minor=cost,
        currency=window.currency,
        comes=comes_of(wishes, known_at=known_at, now=now),
        at=begins,
    )
    view = _View(market, _belief(place, acceptance), _arrivals(window.store_id, now))
    pictures = [
        view.of(_scenario(window, terms, place, cost, market.t0)) for terms in (own, change)
    ]
    answers = acceptance.answers(place.kind, place.offering.concept_key)
    return Twin(own=pictures[0], other=pictures[1], answers=answers)


def larger_discount(ask: AskCard, *, acceptance: Acceptance, now: datetime) -> Larger | None:
    """What ``STEP_PERCENT`` more would do to the asked group; ``None`` beyond the seller's limits.

    Fourteen queries. The price is the group's, whoever is in it.
    """
    plan = pricing.terms_card(ask.offering_id).plan
    price = ask.price_minor - ask.base_price_minor * STEP_PERCENT // 100
    least = max(1, plan.floor_price_minor or 1, plan.unit_cost_minor or 1)
    if price < least or ask.benefit_en:
        return None
    place = _place(ask.store_id, ask.offering_id)
    wishes = wishes_now(place, ask_id=ask.id, now=now)
    market = market_at(
        place,
        wishes,
        price_minor=ask.price_minor,
        base_minor=ask.base_price_minor,
        cost_minor=plan.unit_cost_minor,
        currency=ask.currency,
        comes=comes_of(wishes, known_at=now, now=now),
        at=now,
    )
    view = _View(market, _belief(place, acceptance), _EVEN)
    asked, then = (
        view.of(
            Scenario(
                offer=str(ask.offering_id),
                start=minute(ask.starts_at, market.t0),
                end=minute(ask.ends_at, market.t0),
                price_minor=unit,
                base_minor=ask.base_price_minor,
                cost_minor=plan.unit_cost_minor,
                seats_max=ask.max_people,
                people_per_five_minutes=place.store.people_per_five_minutes,
            )
        )
        for unit in (ask.price_minor, price)
    )
    answers = acceptance.answers(place.kind, place.offering.concept_key)
    return Larger(
        extra_percent=STEP_PERCENT,
        price_minor=price,
        fit_now=min(ask.max_people, max(ask.people, asked.fit)),
        fit_then=min(ask.max_people, max(ask.people, then.fit)),
        yes_now=asked.yes,
        yes_then=then.yes,
        is_learned=answers >= LEAST_ANSWERS,
    )


@dataclass(frozen=True, slots=True)
class _View:
    """What all pictures of one window share."""

    market: Snapshot
    belief: Belief
    arrivals: Sequence[float]

    def of(self, scenario: Scenario) -> Picture:
        found = candidates(self.market, snapshots.parameters(), scenario)
        return picture(scenario, found, self.belief, self.arrivals)


def _place(store_id: UUID, offering_id: UUID) -> Place:
    return place_of(places.store_card(store_id), catalog.offering_card(offering_id))


def _belief(place: Place, acceptance: Acceptance) -> Belief:
    return acceptance.of(place.kind, place.offering.concept_key)


def _scenario(
    window: WindowCard, terms: Change, place: Place, cost_minor: int | None, t0: datetime
) -> Scenario:
    start = minute(window.starts_at, t0) + terms.later_minutes
    return Scenario(
        offer=str(window.offering_id),
        start=start,
        end=start + terms.length_minutes,
        price_minor=terms.price_minor,
        base_minor=window.base_price_minor,
        cost_minor=cost_minor,
        seats_max=window.seats_max,
        people_per_five_minutes=place.store.people_per_five_minutes,
    )


def _ends_at(window: WindowCard, terms: Change) -> datetime:
    return window.starts_at + timedelta(minutes=terms.later_minutes + terms.length_minutes)


def _arrivals(store_id: UUID, now: datetime) -> tuple[float, ...]:
    """How the store's people spread over its windows; evenly while few have come."""
    since = now - _ARRIVAL_MEMORY
    found = arrival_shares(store_id, parts=_PARTS, least=_LEAST_PARTIES, since=since)
    return found or _EVEN

"""Opening a window that a partner's program asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.identity.queries import person_by_published_id
from accounts.orgs.queries import OrganisationCard, organisation_by_published_id
from commerce.catalog.published import published_id
from commerce.catalog.queries import (
    OfferingCard,
    kinds_of,
    product_of_seller,
    sellable_offerings,
)
from commerce.places.queries import StoreCard, store_cards, stores_of
from commerce.pricing.queries import TermsCard, terms_of
from commerce.stock.queries import free_stock
from iceshop.infra.db import outside, run_operation
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Invalid, NotAllowed
from iceshop.kernel.geo import Point, walk_m
from iceshop.kernel.time import TimeRange
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.domain import LIVE_WINDOWS
from windows.flash.listing import window_of_source
from windows.flash.queries import WindowCard
from windows.flash.services import DirectDeal, InvitedPerson
from windows.intents import queries as intents
from windows.intents.domain import IntentState
from windows.intents.queries import IntentCard
from windows.negotiation import services as negotiation
from windows.partners.domain import Room, busy, earliest

_HORIZON = timedelta(days=7)
# Somebody else may take the found minutes in between; then the next ones are looked for.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class WindowOrder:
    """For whom, whose, which product; ids as partners use them."""

    buyer_ids: tuple[str, ...]
    seller_id: str
    product_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """One offering at its first possible time; ``distance_m`` from the buyers, 0 if unknown."""

    offering: OfferingCard
    store: StoreCard
    terms: TermsCard
    free: int
    span: TimeRange
    distance_m: int


@outside
def open_for_partner(
    *,
    order: WindowOrder,
    only_organisation_id: UUID | None,
    by: Actor,
    source_key: str,
    now: datetime,
) -> WindowCard:
    """Open a window at the earliest feasible time; the same source key returns the stored one.

    Opens its own transactions. The price is that of the ladder's step which the number of buyers
    reaches, the list price below the first. Buyers need no wish; with one its party counts.
    Raises: NotAllowed("token.other_seller"), Invalid("buyer.unknown"), Invalid("seller.unknown"),
    Invalid("product.not_sold"), Invalid("product.several"), Conflict("seller.not_active"),
    Conflict("offering.no_price"), Conflict("stock.short"), Conflict("window.no_time"),
    Conflict("window.overlaps").
    """
    source_key = f"{source_key}:window"
    if (stored := window_of_source(source_key, now=now)) is not None:
        return stored
    seller = _seller(order.seller_id, only_organisation_id)
    offerings = _offerings(seller, order.product_id)
    people = _people(order.buyer_ids, offerings[0])
    for attempt in range(_TRIES):
        plan = _plan(offerings, people, now)
        deal = _deal(plan, people, source_key)
        try:
            invited = tuple(person for person, _ in people)
            return run_operation(_open, deal=deal, people=invited, by=by, now=now)
        except Conflict as error:
            if error.code != "window.overlaps" or attempt == _TRIES - 1:
                raise
    raise AssertionError


def _open(
    *, deal: DirectDeal, people: tuple[InvitedPerson, ...], by: Actor, now: datetime
) -> WindowCard:
    """Open the window; its buyers no longer wait for another seller's answer."""
    for person in people:
        if person.intent_id is not None:
            negotiation.leave(intent_id=person.intent_id, now=now)
    return windows.open_directly(deal=deal, people=people, by=by, now=now)


def _seller(seller_id: str, only_organisation_id: UUID | None) -> OrganisationCard:
    seller = organisation_by_published_id(seller_id)
    if only_organisation_id is not None and (seller is None or seller.id != only_organisation_id):
        raise NotAllowed("token.other_seller")
    if seller is None:
        raise Invalid("seller.unknown", seller=seller_id)
    return seller


def _offerings(seller: OrganisationCard, product_id: str) -> list[OfferingCard]:
    match = product_of_seller(seller.id, product_id)
    if match.product is None:
        names = [published_id(card) for card in match.candidates]
        if match.is_ambiguous:
            raise Invalid("product.several", names=", ".join(names), candidates=names)
        raise Invalid("product.not_sold", product=product_id, candidates=names)
    sellable = sellable_offerings(store.id for store in stores_of([seller.id]))
    found = [one for one in sellable if one.product.id == match.product.id]
    if not found:
        raise Conflict("seller.not_active")
    return found


def _people(
    buyer_ids: Iterable[str], offering: OfferingCard
) -> list[tuple[InvitedPerson, Point | None]]:
    """The buyers, each once, with the wish that the offering fulfils."""
    found: dict[UUID, tuple[InvitedPerson, Point | None]] = {}
    for buyer_id in dict.fromkeys(buyer_ids):
        person = person_by_published_id(buyer_id)
        if person is None:
            raise Invalid("buyer.unknown", buyer=buyer_id)
        wish = _wish(person.id, offering)
        invited = InvitedPerson(
            person.id, wish.id if wish else None, wish.party_size if wish else 1
        )
        found[person.id] = (invited, wish.point if wish else None)
    return list(found.values())


def _wish(person_id: UUID, offering: OfferingCard) -> IntentCard | None:
    return next(
        (
            card
            for card in intents.live_intents(person_id)
            if card.state is IntentState.OPEN and offering.concept_key in kinds_of(card.concept_key)
        ),
        None,
    )


def _plan(
    offerings: list[OfferingCard], people: list[tuple[InvitedPerson, Point | None]], now: datetime
) -> _Plan:
    """The nearest store's offering that has price, stock and time; of equals the earliest."""
    ids = [one.id for one in offerings]
    stores = store_cards({one.store_id for one in offerings})
    priced = {key: terms for key, terms in terms_of(ids).items() if terms.price is not None}
    if not priced:
        raise Conflict("offering.no_price")
    needed = sum(person.party_size for person, _ in people)
    free = {key: units for key, units in free_stock(priced).items() if units >= needed}
    if not free:
        raise Conflict("stock.short")
    plans = []
    for one in offerings:
        if one.id in free:
            store, terms = stores[one.store_id], priced[one.id]
            span = _first_span(one, store, terms, now)
            if span is not None:
                distance = _distance_m(store, people)
                plans.append(
                    _Plan(
                        offering=one,
                        store=store,
                        terms=terms,
                        free=free[one.id],
                        span=span,
                        distance_m=distance,
                    )
                )
    if not plans:
        raise Conflict("window.no_time")
    return min(plans, key=lambda plan: (plan.distance_m, plan.span.start, str(plan.store.id)))


def _first_span(
    offering: OfferingCard, store: StoreCard, terms: TermsCard, now: datetime
) -> TimeRange | None:
    lead = store.lead_minutes if terms.plan.lead_minutes is None else terms.plan.lead_minutes
    length = terms.plan.window_minutes or store.window_minutes
    ahead = TimeRange(now, now + _HORIZON)
    live = flash.windows_of_store(store.id, within=ahead, now=now)
    own, others = busy(
        (one.span, one.offering_id == offering.id) for one in live if one.state in LIVE_WINDOWS
    )
    room = Room(
        opens=store.hours.open_ranges(ahead, store.zone),
        own=own,
        others=others,
        most_parallel=store.max_parallel_windows,
    )
    return earliest(
        room, not_before=now + timedelta(minutes=lead), length=timedelta(minutes=length)
    )


def _distance_m(store: StoreCard, people: list[tuple[InvitedPerson, Point | None]]) -> int:
    """Mean way of the buyers whose place is known."""
    ways = [walk_m(store.point, point) for _, point in people if point is not None]
    return sum(ways) // len(ways) if ways else 0


def _deal(
    plan: _Plan, people: list[tuple[InvitedPerson, Point | None]], source_key: str
) -> DirectDeal:
    """Terms of the window: the ladder's price for this group, seats as the seller allows."""
    needed = sum(person.party_size for person, _ in people)
    price = plan.terms.unit_price_minor(needed)
    base = plan.terms.price
    if price is None or base is None:
        raise Conflict("offering.no_price")
    tier = plan.terms.tier_for(needed)
    till = plan.store.people_per_five_minutes * max(1, plan.span.seconds // 300)
    return DirectDeal(
        source_key=source_key,
        store_id=plan.store.id,
        offering_id=plan.offering.id,
        span=plan.span,
        price_minor=price,
        base_price_minor=base.minor,
        currency=base.currency,
        seats_max=max(needed, min(plan.terms.plan.max_people, till, plan.free)),
        benefit_tr=tier.words("tr") if tier else "",
        benefit_en=tier.words("en") if tier else "",
    )

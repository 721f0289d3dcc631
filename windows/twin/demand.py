"""Wishes of the present or of an earlier time, as the engine sees them beside one offering."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.catalog.queries import OfferingCard
from commerce.places.queries import StoreCard
from windows.engine import types as engine
from windows.flash.answers import waiting_intents
from windows.intents.domain import IntentState
from windows.intents.past import wishes_between
from windows.intents.queries import IntentCard
from windows.learning import queries as learning
from windows.negotiation.answers import asks_of_intents
from windows.outcomes.queries import show_rates
from windows.rounds import snapshot as snapshots
from windows.rounds.snapshot import minute

_LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An offering with its store; ``kind`` is the category of what it is."""

    store: StoreCard
    offering: OfferingCard
    kind: str


def place_of(store: StoreCard, offering: OfferingCard) -> Place:
    """The offering's place. One query."""
    key = offering.concept_key
    card = catalog.concepts().get(key)
    return Place(store=store, offering=offering, kind=(card.category if card else "") or key)


def wishes_then(place: Place, *, since: datetime, until: datetime) -> tuple[IntentCard, ...]:
    """Wishes that lived between two times and accept what the place sells. Three queries."""
    return wishes_between(
        _accepting(place.offering.concept_key),
        around=place.store.point,
        since=since,
        until=until,
    )


def wishes_now(place: Place, *, ask_id: UUID, now: datetime) -> tuple[IntentCard, ...]:
    """Open wishes for what the place sells that no other ask and no window counts on.

    Who waits in another ask, or has an invite to answer, is not free. Five queries.
    """
    found = wishes_then(place, since=now, until=now + timedelta(seconds=1))
    wanted = tuple(card for card in found if card.state is IntentState.OPEN)
    invited = waiting_intents((card.id for card in wanted), now=now)
    asks = asks_of_intents((card.id for card in wanted), now=now)
    return tuple(
        card for card in wanted if card.id not in invited and asks.get(card.id, ask_id) == ask_id
    )


def comes_of(wishes: Iterable[IntentCard], *, known_at: datetime, now: datetime) -> dict[UUID, int]:
    """How likely the person of each wish comes, in permille, as it was known then. Two queries.

    For the present by what is in force, for an earlier time by what people had done until then.
    """
    cards = tuple(wishes)
    if known_at >= now:
        return learning.show_permille(cards, now=now)
    rates = show_rates((card.person_id for card in cards), before=known_at)
    return {card.id: rates[card.person_id] for card in cards}


def market_at(
    place: Place,
    wishes: Iterable[IntentCard],
    *,
    price_minor: int,
    base_minor: int,
    cost_minor: int | None,
    currency: str,
    comes: Mapping[UUID, int],
    at: datetime,
) -> engine.Snapshot:
    """The engine's view of the place and the wishes at ``at``. One query.

    ``comes``: how likely the person of each wish comes, in permille. A wish made later is there
    from then on.
    """
    t0 = at.replace(second=0, microsecond=0)
    cards = tuple(wishes)
    concept = place.offering.concept_key
    product = engine.Product(concept, place.kind, base_minor)
    kinds = snapshots.kinds_wanted(cards, {concept: product})
    offer = engine.Offer(
        key=str(place.offering.id),
        store=str(place.store.id),
        product=concept,
        stock=0,
        base_price_minor=base_minor,
        unit_cost_minor=cost_minor,
        floor_price_minor=0,
        tiers=(engine.Tier(1, price_minor),),
        max_group=1,
        window_slots=1,
    )
    return engine.Snapshot(
        t0=t0,
        currency=currency,
        slot_min=1,
        horizon_min=int(_LONGEST.total_seconds()) // 60,
        geo=snapshots.geo_around([place.store]),
        weights=engine.Weights(),
        products=(product,),
        stores=(snapshots.store_value(place.store, t0),),
        offers=(offer,),
        intents=tuple(
            _since_made(
                snapshots.intent_value(card, kinds, comes[card.id], t0), card.created_at, t0
            )
            for card in cards
        ),
    )


def _since_made(wish: engine.Intent, made_at: datetime, t0: datetime) -> engine.Intent:
    made = max(0, minute(made_at, t0, up=True))
    spans = tuple((max(start, made), end) for start, end in wish.available if end > made)
    return replace(wish, available=spans or ((-1, 0),), aging_minor=max(0, wish.aging_minor))


def _accepting(concept_key: str) -> frozenset[str]:
    """The concept and all that it is a kind of: a wish for any of them accepts it."""
    known = catalog.concepts()
    keys: list[str] = []
    key: str | None = concept_key
    while key and key not in keys:
        keys.append(key)
        key = known[key].parent_key if key in known else None
    return frozenset(keys)

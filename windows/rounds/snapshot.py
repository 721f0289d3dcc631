"""From the database to the engine's value types."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from uuid import UUID

from django.conf import settings

from commerce.catalog import queries as catalog
from commerce.places.queries import StoreCard
from commerce.pricing.queries import TermsCard
from iceshop.kernel.text import fold
from iceshop.kernel.time import TimeRange
from windows.engine import types as engine
from windows.engine.search.folder import is_warm
from windows.flash.domain import InviteState
from windows.flash.queries import InviteCard, SeatCard
from windows.intents.queries import IntentCard
from windows.learning import queries as learning
from windows.negotiation.queries import LiveAskMember
from windows.rounds.domain import PATIENCE
from windows.rounds.sources import Asked, Promised, Sources, memory

HORIZON = timedelta(days=2)
# Metres per degree of latitude, mean of WGS 84.
_KY_UM = 111_195
_ANY_DISTANCE_M = 40_000_000
# Kuruş that an hour of waiting and a walked kilometre take from a deal's worth to the buyer.
_WAIT_COST_PER_HOUR = 300
_TRAVEL_COST_PER_KM = 400
# What waiting is worth to the engine, for each minute since the declaration.
_AGING_PER_MINUTE = 20
# More than all others together gain by a window: whoever has waited past patience comes first.
_AHEAD = 1_000_000
# Shares a coupon-sized deal must be worth before people are sent on their way.
_NO_SHOW_COST_SHARE = 50
# Moves of the search for each open intent; few people are placed well without it.
_SEARCH_MOVES = 60
_SEARCH_FROM = 40
# Moves are counted and not timed, so that every round can be played again; in large parts of the
# market each wish gets fewer.
_SEARCH_MOVES_IN_ALL = 120_000

# Who answered so is not asked again about the same window.
_NO = frozenset({InviteState.DECLINED, InviteState.EXPIRED, InviteState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Taken:
    """The snapshot and what its keys mean."""

    snapshot: engine.Snapshot
    intents: dict[str, IntentCard]
    terms: dict[str, TermsCard]
    stores: dict[str, StoreCard]
    store_of_offer: dict[str, str]


def parameters(*, by_rule: bool = False, wishes: int = 0) -> engine.Parameters:
    """The engine's parameters for so many open wishes; ``by_rule``: without the search."""
    is_searched = is_warm() and not by_rule
    return engine.Parameters(
        version="1 rule" if by_rule else "1",
        ask_answer_seconds=settings.ASK_ANSWER_SECONDS,
        # A store may lose a little on the objective and still gain a crowd.
        min_value_milli=1,
        walk_m_per_min=None,
        # Nobody waits for the compiler: until the kernels are there, rounds are plain greedy.
        search_moves=min(_SEARCH_MOVES, _SEARCH_MOVES_IN_ALL // max(1, wishes))
        if is_searched
        else 0,
        search_from=_SEARCH_FROM,
    )


def take(*, now: datetime) -> Taken:
    """Read everything a round needs at one moment."""
    sources = memory().read(now=now)
    return built(sources, shows_of(sources.intents, now=now), now=now)


def shows_of(wanted: Iterable[IntentCard], *, now: datetime) -> dict[UUID, int]:
    """Probability in permille that the buyer of each wish comes when confirmed."""
    return learning.show_permille(tuple(wanted), now=now)


def built(sources: Sources, shows: dict[UUID, int], *, now: datetime) -> Taken:
    """Turn what was read into what the engine knows; who is not in ``shows`` comes for certain."""
    t0 = now.replace(second=0, microsecond=0)
    stores = {str(card.id): card for card in sources.shops.stores}
    wanted = sources.intents
    offers, terms, products, store_of = _offers(sources, stores, t0, now)
    kinds = kinds_wanted(wanted, products, sources.shops.kinds)
    snapshot = engine.Snapshot(
        t0=t0,
        currency="TRY",
        slot_min=1,
        horizon_min=int(HORIZON.total_seconds()) // 60,
        geo=geo_around(stores.values()),
        weights=engine.Weights(),
        products=tuple(products.values()),
        stores=tuple(store_value(card, t0) for card in stores.values()),
        offers=offers,
        intents=tuple(intent_value(card, kinds, shows.get(card.id, 1000), t0) for card in wanted),
        windows=_windows(sources.promised, t0, store_of),
        asks=_asks(sources.asked, t0, store_of),
    )
    return Taken(snapshot, {str(card.id): card for card in wanted}, terms, stores, store_of)


def minute(instant: datetime, t0: datetime, *, up: bool = False) -> int:
    """Whole minutes from ``t0`` to ``instant``, rounded down, or ``up``."""
    seconds = int((instant - t0).total_seconds())
    return -(-seconds // 60) if up else seconds // 60


def most_served(store: StoreCard, minutes: int) -> int:
    """People whom the store's till can serve in a window of so many ``minutes``."""
    return store.people_per_five_minutes * max(1, minutes // 5)


def _offers(
    sources: Sources, stores: dict[str, StoreCard], t0: datetime, now: datetime
) -> tuple[
    tuple[engine.Offer, ...],
    dict[str, TermsCard],
    dict[str, engine.Product],
    dict[str, str],
]:
    terms, free, rests = sources.shops.terms, sources.free, sources.asked.rests
    found: list[engine.Offer] = []
    prices: dict[str, list[int]] = defaultdict(list)
    kept: dict[str, TermsCard] = {}
    store_of: dict[str, str] = {}
    for card in sources.shops.offerings:
        deal = terms.get(card.id)
        if deal is None or deal.price_minor is None or not deal.tiers:
            continue
        store = stores[str(card.store_id)]
        key = str(card.id)
        kept[key], store_of[key] = deal, str(card.store_id)
        product = card.concept_key
        prices[product].append(deal.price_minor)
        plan = deal.plan
        lead = store.lead_minutes if plan.lead_minutes is None else plan.lead_minutes
        length = plan.window_minutes or store.window_minutes
        found.append(
            engine.Offer(
                key=key,
                store=str(store.id),
                product=product,
                stock=free.get(card.id, 0),
                base_price_minor=deal.price_minor,
                unit_cost_minor=plan.unit_cost_minor,
                floor_price_minor=plan.floor_price_minor or 0,
                tiers=tuple(
                    engine.Tier(
                        tier.min_people,
                        tier.unit_price_minor,
                        tier.words("en"),
                        tier.tier.cost_minor or 0,
                    )
                    for tier in deal.tiers
                ),
                max_group=min(plan.max_people, most_served(store, length)),
                window_slots=length,
                min_lead_min=minute(now + timedelta(minutes=lead), t0, up=True),
                no_show_cost_minor=deal.price_minor // _NO_SHOW_COST_SHARE,
                mandate=deal.agrees_by_rule,
                blocked_until=minute(rests[card.id], t0, up=True) if card.id in rests else None,
            )
        )
    products = {
        key: engine.Product(key, key, sum(values) // len(values)) for key, values in prices.items()
    }
    return tuple(found), kept, products, store_of


def product_key(concept_key: str, name: str) -> str:
    """What a wish is for, to the engine: its kind, else a name that nothing on sale has."""
    return concept_key or f"name:{fold(name)}"


def kinds_wanted(
    wanted: Iterable[IntentCard],
    products: dict[str, engine.Product],
    kinds_of_each: Callable[[Iterable[str]], dict[str, frozenset[str]]] = catalog.kinds_of_each,
) -> dict[str, tuple[str, ...]]:
    """Products that each wanted thing accepts: itself and its kinds, as far as they are sold."""
    keys = {product_key(card.concept_key, card.product_text) for card in wanted}
    return {
        key: tuple(sorted(kinds & products.keys())) for key, kinds in kinds_of_each(keys).items()
    }


def store_value(card: StoreCard, t0: datetime) -> engine.Store:
    """The store as the engine sees it at ``t0``."""
    ahead = TimeRange(t0, t0 + HORIZON)
    return engine.Store(
        key=str(card.id),
        latitude_udeg=round(card.point.latitude * 1_000_000),
        longitude_udeg=round(card.point.longitude * 1_000_000),
        open=tuple(
            (minute(span.start, t0, up=True), minute(span.end, t0))
            for span in card.hours.open_ranges(ahead, card.zone)
        ),
        capacity_per_slot=most_served(card, card.window_minutes),
        max_parallel=card.max_parallel_windows,
    )


def intent_value(
    card: IntentCard, kinds: dict[str, tuple[str, ...]], show: int, t0: datetime
) -> engine.Intent:
    """The wish as the engine sees it at ``t0``; ``kinds`` is what ``kinds_wanted`` found."""
    available = tuple(
        span
        for one in card.spans
        if (span := (max(0, minute(one.start, t0, up=True)), minute(one.end, t0)))[0] < span[1]
    )
    wants = kinds[product_key(card.concept_key, card.product_text)]
    is_anywhere = card.point is None
    return engine.Intent(
        key=str(card.id),
        person=str(card.person_id),
        wants=tuple(engine.Want(key, card.budget_minor) for key in wants),
        latitude_udeg=0 if card.point is None else round(card.point.latitude * 1_000_000),
        longitude_udeg=0 if card.point is None else round(card.point.longitude * 1_000_000),
        max_distance_m=_ANY_DISTANCE_M if is_anywhere else card.radius_m,
        # Without a whole minute left the time is over: the engine drops it, and its buyer is told.
        available=available or ((-1, 0),),
        quantity=card.party_size,
        show_permille=show,
        travel_cost_minor_per_km=0 if is_anywhere else _TRAVEL_COST_PER_KM,
        wait_cost_minor_per_hour=_WAIT_COST_PER_HOUR,
        aging_minor=_aging_minor(max(0, -minute(card.created_at, t0))),
        waiting_since_min=minute(card.created_at, t0),
        answer_by_min=None,
    )


def _aging_minor(waited_min: int) -> int:
    """What so long a wait is worth to the engine; past patience more than any deal."""
    ahead = _AHEAD if timedelta(minutes=waited_min) >= PATIENCE else 0
    return _AGING_PER_MINUTE * waited_min + ahead


def _windows(
    promised: Promised, t0: datetime, store_of: dict[str, str]
) -> tuple[engine.LiveWindow, ...]:
    seats: dict[UUID, list[SeatCard]] = defaultdict(list)
    for seat in promised.seats:
        seats[seat.window_id].append(seat)
    invites: dict[UUID, list[InviteCard]] = defaultdict(list)
    given_back: dict[UUID, list[SeatCard]] = defaultdict(list)
    for invite in promised.invites:
        invites[invite.window_id].append(invite)
    for seat in promised.given_back:
        given_back[seat.window_id].append(seat)
    live = []
    for card in promised.windows:
        if str(card.offering_id) not in store_of:
            continue
        waiting = [i for i in invites[card.id] if i.state is InviteState.INVITED]
        refused: list[SeatCard | InviteCard] = [
            *(i for i in invites[card.id] if i.state in _NO),
            *given_back[card.id],
        ]
        # Not everybody says yes: more are invited than there is room for, never more seated.
        held = learning.room_for_unanswered(
            [invite.party_size for invite in waiting], parameters=promised.force
        )
        placed: list[SeatCard | InviteCard] = [*seats[card.id], *waiting]
        live.append(
            engine.LiveWindow(
                key=str(card.id),
                offer=str(card.offering_id),
                start=minute(card.starts_at, t0),
                end=minute(card.ends_at, t0),
                seats_max=card.seats_max,
                # A window that takes nobody in looks full to the engine.
                seats_taken=card.seats_max if card.joins_paused else card.seats_taken,
                price_minor=card.price_minor,
                invited=tuple(str(one.intent_id) for one in placed if one.intent_id),
                persons=tuple(str(one.person_id) for one in placed),
                declined=tuple(str(one.intent_id) for one in refused if one.intent_id),
                seats_held=held,
            )
        )
    return tuple(live)


def _asks(asked: Asked, t0: datetime, store_of: dict[str, str]) -> tuple[engine.LiveAsk, ...]:
    members: dict[UUID, list[LiveAskMember]] = defaultdict(list)
    for member in asked.members:
        members[member.ask_id].append(member)
    return tuple(
        engine.LiveAsk(
            key=str(card.id),
            offer=str(card.offering_id),
            start=minute(card.starts_at, t0),
            end=minute(card.ends_at, t0),
            intents=tuple(str(member.intent_id) for member in members[card.id]),
            people=sum(member.people for member in members[card.id]),
            answer_by=minute(card.answer_by, t0, up=True),
            persons=tuple(str(member.person_id) for member in members[card.id]),
        )
        for card in asked.asks
        if str(card.offering_id) in store_of
    )


def geo_around(stores: Iterable[StoreCard]) -> engine.Geo:
    """Flat geometry that holds around the stores."""
    latitudes = [card.point.latitude for card in stores]
    middle = sum(latitudes) / len(latitudes) if latitudes else 0.0
    return engine.Geo(kx_um=round(_KY_UM * cos(radians(middle))), ky_um=_KY_UM)

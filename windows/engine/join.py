"""Fill the free seats of windows that are already promised."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from windows.engine import eligible, schedule
from windows.engine.features import distance_m, unit_value_minor
from windows.engine.market import Market
from windows.engine.score import gain_of
from windows.engine.types import Intent, Interval, LiveWindow, Offer, Reason, Tier


@dataclass(frozen=True, slots=True)
class Joining:
    """Intents to invite to a live window, most gainful first, and the sum of their gains."""

    window: LiveWindow
    offer: Offer
    intents: tuple[Intent, ...]
    gain_milli: int


def price_tier(window: LiveWindow) -> Tier:
    """Return the promised price of a window as a tier of its own."""
    return Tier(size=1, price_minor=window.price_minor)


def join_reason(market: Market, intent: Intent, window: LiveWindow, offer: Offer) -> Reason | None:
    """Return why an intent cannot have a free seat in a live window, None when it can."""
    reason = eligible.wanted(intent, offer) or eligible.not_declined(intent, offer)
    if reason:
        return reason
    distance = distance_m(market.snapshot.geo, intent, market.stores[offer.store])
    limit = eligible.limit_minor(intent, offer.product)
    busy = market.busy.get(intent.person, ())
    reason = (
        eligible.near_enough(intent, distance)
        or eligible.affordable(limit, price_tier(window))
        or eligible.free_person(busy, window.start, window.end)
        or eligible.has_room(intent.quantity, window.seats_free)
    )
    if reason:
        return reason
    if intent.key in window.declined:
        return Reason.of("window.declined", window=window.key)
    arrival = schedule.arrival_min(intent, distance, market.parameters)
    if not schedule.can_join(
        intent, window.start, window.end, arrival=arrival, parameters=market.parameters
    ):
        return Reason.of("time.no_overlap")
    gain = join_gain_milli(market, intent, window, offer)
    return None if gain > 0 else Reason.of("value.too_low", value_milli=gain, need=1)


def join_gain_milli(market: Market, intent: Intent, window: LiveWindow, offer: Offer) -> int:
    """Return the gain of one more buyer at the promised price."""
    distance = distance_m(market.snapshot.geo, intent, market.stores[offer.store])
    product, weights = market.products[offer.product], market.snapshot.weights
    value = unit_value_minor(product, price_tier(window), offer.unit_cost_minor, weights)
    return gain_of(intent, offer, distance).at(value, max(0, window.start))


def fill(market: Market, open_intents: tuple[Intent, ...]) -> tuple[Joining, ...]:
    """Give free seats to those who gain most.

    An intent gets at most one seat, a person no two seats at overlapping times.
    """
    options = _options(market, open_intents)
    free = {window.key: window.seats_free for window in market.windows}
    seated: dict[str, list[_Option]] = defaultdict(list)
    busy: dict[str, list[Interval]] = defaultdict(list)
    placed: set[str] = set()
    for one in sorted(options, key=lambda one: one.order):
        window, intent = one.window, one.intent
        is_busy = eligible.free_person(tuple(busy[intent.person]), window.start, window.end)
        if intent.key in placed or is_busy or intent.quantity > free[window.key]:
            continue
        placed.add(intent.key)
        free[window.key] -= intent.quantity
        busy[intent.person].append((window.start, window.end))
        seated[window.key].append(one)
    return tuple(
        Joining(
            window=window,
            offer=market.offers[window.offer],
            intents=tuple(one.intent for one in seated[window.key]),
            gain_milli=sum(one.gain_milli for one in seated[window.key]),
        )
        for window in market.windows
        if seated[window.key]
    )


@dataclass(frozen=True, slots=True)
class _Option:
    """One intent that could have a seat in one window."""

    window: LiveWindow
    intent: Intent
    rank: int
    gain_milli: int

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Return what puts the most gainful first, then the earliest, then the longest waiting."""
        return -self.gain_milli, self.window.start, self.rank, self.window.key


def _options(market: Market, open_intents: tuple[Intent, ...]) -> list[_Option]:
    options = []
    for window in market.windows:
        offer = market.offers.get(window.offer)
        if offer is None or not window.seats_free or window.end <= 0:
            continue
        for rank, intent in enumerate(open_intents):
            if join_reason(market, intent, window, offer) is None:
                gain = join_gain_milli(market, intent, window, offer)
                options.append(_Option(window, intent, rank, gain))
    return options

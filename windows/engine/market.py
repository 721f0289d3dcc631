"""A snapshot made ready for search: canonical order, look-ups, and who fits which offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from windows.engine import eligible, schedule
from windows.engine.features import distance_m, unit_value_minor
from windows.engine.intervals import Intervals, merged
from windows.engine.price import strength_permille, usable_tiers
from windows.engine.room import Room
from windows.engine.score import Gain, gain_of
from windows.engine.types import (
    CountBy,
    Intent,
    Interval,
    LiveAsk,
    LiveWindow,
    Offer,
    Parameters,
    Product,
    Reason,
    Snapshot,
    Store,
    Tier,
)

# Failing rules from hopeless to nearly there: of several offers the nearest one's rule is told.
NEARNESS = (
    "product.not_offered",
    "product.not_wanted",
    "price.below_floor",
    "offer.declined",
    "party.too_large",
    "distance.too_far",
    "price.too_high",
    "store.closed",
    "lead.too_short",
    "offer.blocked",
    "time.no_overlap",
    "notice.too_short",
    "time.unreachable",
    "offer.taken",
    "person.busy",
)


@dataclass(frozen=True, slots=True)
class Rung:
    """A usable tier with its place in the ladder, its joint unit value, and where it ends.

    A group has this tier when ``size_permille <= strength < next_permille``.
    """

    index: int
    tier: Tier
    unit_value_minor: int
    size_permille: int
    next_permille: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """An intent that fits an offer at the starts in ``starts``; ``rank`` orders intents fairly."""

    intent: Intent
    offer: Offer
    limit_minor: int | None
    distance_m: int
    starts: Intervals
    gain: Gain
    strength_permille: int
    load: int
    rank: int

    def is_free_at(self, start: int) -> bool:
        """Tell whether the intent fits a window with this start."""
        for since, until in self.starts:  # noqa: SIM110 (the hottest loop: `any` takes twice as long)
            if since <= start < until:
                return True
        return False

    def accepts(self, tier: Tier) -> bool:
        """Tell whether the tier's price is within the limit."""
        return self.limit_minor is None or tier.price_minor <= self.limit_minor


class Market:
    """Everything about a snapshot that stays the same while a round is decided."""

    def __init__(self, snapshot: Snapshot, parameters: Parameters, seed: int) -> None:
        """Put the snapshot in canonical order; ``seed`` only orders exact ties."""
        self.snapshot = snapshot
        self.parameters = parameters
        self.seed = seed
        self.products: dict[str, Product] = {one.key: one for one in snapshot.products}
        self.stores: dict[str, Store] = {one.key: one for one in snapshot.stores}
        known = [
            o for o in snapshot.offers if o.store in self.stores and o.product in self.products
        ]
        self.offers: dict[str, Offer] = {o.key: o for o in sorted(known, key=lambda o: o.key)}
        self.windows = tuple(sorted(snapshot.windows, key=lambda one: one.key))
        self.asks = tuple(sorted(snapshot.asks, key=lambda one: one.key))
        self.held: tuple[LiveWindow | LiveAsk, ...] = (*self.windows, *self.asks)
        self.intents = tuple(sorted(snapshot.intents, key=self._fairness))
        self.placed = frozenset(
            key for window in self.windows for key in window.invited
        ) | frozenset(key for ask in self.asks for key in ask.intents)
        self.busy = self._busy()
        self.ladders = {key: self._ladder(offer) for key, offer in self.offers.items()}
        self._cheapest = {
            key: min((rung.tier for rung in ladder), key=_price)
            for key, ladder in self.ladders.items()
            if ladder
        }
        self.starts = {key: self._starts(offer) for key, offer in self.offers.items()}
        self.taken = {key: self._taken(offer) for key, offer in self.offers.items()}
        self._answers: dict[tuple[str, int, int, Intervals, Intervals], Intervals | Reason] = {}
        self.by_product: dict[str, list[Offer]] = defaultdict(list)
        for offer in self.offers.values():
            self.by_product[offer.product].append(offer)

    def tie(self, key: str) -> str:
        """Return a text that orders exact ties differently for every seed."""
        return sha256(f"{self.seed}:{key}".encode()).hexdigest()

    def duration(self, offer: Offer) -> int:
        """Return the length of the offer's windows in minutes."""
        return schedule.duration_min(offer, self.snapshot)

    def rooms(self) -> dict[str, Room]:
        """Return each store's room with live windows and asks in it."""
        rooms = {key: Room(store) for key, store in self.stores.items()}
        for window in self.windows:
            if window.offer in self.offers:
                room = rooms[self.offers[window.offer].store]
                room.hold(window.start, window.end, window.seats_max)
        for ask in self.asks:
            if ask.offer in self.offers:
                load = ask.people
                if self.parameters.room_by is CountBy.INTENTS:
                    load = len(ask.intents)
                rooms[self.offers[ask.offer].store].hold(ask.start, ask.end, load)
        return rooms

    def units(self) -> dict[str, int]:
        """Return what each offer can still promise, live asks taken off."""
        units = {key: offer.stock for key, offer in self.offers.items()}
        for ask in self.asks:
            if ask.offer in units:
                units[ask.offer] -= ask.people
        return units

    def pairs(
        self, open_intents: Iterable[Intent]
    ) -> tuple[dict[str, list[Pair]], dict[str, Reason]]:
        """Return who fits which offer, and for each intent that fits none the nearest reason."""
        pairs: dict[str, list[Pair]] = {key: [] for key in self.offers}
        misses: dict[str, Reason] = {}
        for rank, intent in enumerate(open_intents):
            nearest = Reason.of("product.not_offered")
            fits = False
            for product in sorted({want.product for want in intent.wants}):
                limit = eligible.limit_minor(intent, product)
                for offer in self.by_product.get(product, ()):
                    found = self.pair(intent, offer, limit, rank)
                    if isinstance(found, Pair):
                        pairs[offer.key].append(found)
                        fits = True
                    elif not fits:
                        nearest = max(nearest, found, key=_nearness)
            if not fits:
                misses[intent.key] = nearest
        return pairs, misses

    def pair(self, intent: Intent, offer: Offer, limit: int | None, rank: int) -> Pair | Reason:
        """Return the pair, or the first hard rule that forbids it (product taken for granted)."""
        distance = distance_m(self.snapshot.geo, intent, self.stores[offer.store])
        ladder = self.ladders[offer.key]
        reason = (
            eligible.priced(offer, len(ladder))
            or eligible.not_declined(intent, offer)
            or eligible.party_fits(intent, offer)
            or eligible.near_enough(intent, distance)
            or eligible.affordable(limit, self._cheapest[offer.key])
        )
        if reason:
            return reason
        narrowed = self.starts_of(intent, offer, distance)
        if isinstance(narrowed, Reason):
            return narrowed
        return Pair(
            intent=intent,
            offer=offer,
            limit_minor=limit,
            distance_m=distance,
            starts=narrowed,
            gain=gain_of(intent, offer, distance),
            strength_permille=strength_permille(intent, self.parameters.tier_by),
            load=1 if self.parameters.room_by is CountBy.INTENTS else intent.quantity,
            rank=rank,
        )

    def starts_of(self, intent: Intent, offer: Offer, distance_m: int) -> Intervals | Reason:
        """Return the starts that suit seller and buyer, or the time rule that leaves none."""
        starts = self.starts[offer.key]
        if isinstance(starts, Reason):
            return starts
        duration, taken = self.duration(offer), self.taken[offer.key]
        arrival = schedule.arrival_min(intent, distance_m, self.parameters)
        question = (intent.key, duration, arrival, starts, taken)
        if question not in self._answers:
            self._answers[question] = schedule.intent_starts(
                intent,
                starts,
                duration=duration,
                arrival=arrival,
                taken=taken,
                busy=self.busy.get(intent.person, ()),
                snapshot=self.snapshot,
                parameters=self.parameters,
            )
        return self._answers[question]

    def _fairness(self, intent: Intent) -> tuple[int, str, str]:
        return intent.waiting_since_min, self.tie(intent.key), intent.key

    def _busy(self) -> dict[str, tuple[Interval, ...]]:
        busy: dict[str, list[Interval]] = defaultdict(list)
        for held in self.held:
            for person in held.persons:
                busy[person].append((held.start, held.end))
        return {person: tuple(sorted(parts)) for person, parts in busy.items()}

    def _ladder(self, offer: Offer) -> tuple[Rung, ...]:
        product, weights = self.products[offer.product], self.snapshot.weights
        usable = usable_tiers(offer)
        ends = [1000 * tier.size for _, tier in usable[1:]] + [None]
        return tuple(
            Rung(
                index=index,
                tier=tier,
                unit_value_minor=unit_value_minor(product, tier, offer.unit_cost_minor, weights),
                size_permille=1000 * tier.size,
                next_permille=end,
            )
            for (index, tier), end in zip(usable, ends, strict=False)
        )

    def _starts(self, offer: Offer) -> Intervals | Reason:
        blocked = eligible.not_blocked(offer)
        if blocked:
            return blocked
        store = self.stores[offer.store]
        return schedule.offer_starts(offer, store, self.snapshot, self.parameters)

    def _taken(self, offer: Offer) -> Intervals:
        if self.parameters.overlap_allowed:
            return ()
        return merged((one.start, one.end) for one in self.held if one.offer == offer.key)


def _price(tier: Tier) -> int:
    return tier.price_minor


def _nearness(reason: Reason) -> tuple[int, int]:
    missing = sum(int(value) for name, value in reason.params if name.startswith("missing"))
    return NEARNESS.index(reason.code), -missing

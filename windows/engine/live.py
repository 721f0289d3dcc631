"""A market that stays at hand between rounds: one newcomer is answered without a round.

With compiled kernels a newcomer costs milliseconds among a hundred thousand; until they are there,
the same questions are answered by ``decide`` over the whole market.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from windows.engine import eligible, join, schedule
from windows.engine.assign import Assignment
from windows.engine.decide import decide, dropped, invited, proposed, waits
from windows.engine.features import distance_m
from windows.engine.market import Market
from windows.engine.search.folder import is_warm
from windows.engine.types import (
    Decision,
    Intent,
    Interval,
    LiveAsk,
    LiveWindow,
    Offer,
    Parameters,
    Snapshot,
)
from windows.engine.waiting import Nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from windows.engine.search.live import Resident

Held = LiveWindow | LiveAsk


class LiveMarket:
    """The market of one round, kept current until the next one.

    Minutes count from the snapshot's ``t0`` everywhere. What was promised is never undone:
    ``place`` only joins live windows and groups people who wait.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        parameters: Parameters,
        seed: int,
        *,
        compiled: bool | None = None,
    ) -> None:
        """Take over a snapshot; ``compiled``: with kernels, by default when they are there."""
        self._base, self._parameters, self._seed = snapshot, parameters, seed
        self._offers = {one.key: one for one in snapshot.offers}
        self._stores = {one.key: one for one in snapshot.stores}
        self._intents = {one.key: one for one in snapshot.intents}
        self._held: dict[str, Held] = {}
        self._held_at: dict[str, dict[str, Held]] = defaultdict(dict)
        self._held_of: dict[str, dict[str, Held]] = defaultdict(dict)
        self._windows_of: dict[str, dict[str, LiveWindow]] = defaultdict(dict)
        self._units: dict[str, int] = defaultdict(int)
        held: tuple[Held, ...] = (*snapshot.windows, *snapshot.asks)
        for one in held:
            self._note(one)
        self._market = Market(replace(snapshot, intents=()), parameters, seed)
        self._resident = self._laid_out() if (is_warm() if compiled is None else compiled) else None

    def _laid_out(self) -> Resident:
        from windows.engine.search.live import Resident

        market = Market(self._base, self._parameters, self._seed)
        waiting = [
            one
            for one in market.intents
            if one.key not in market.placed and eligible.still_open(one) is None
        ]
        return Resident(self._market, waiting, market.busy)

    def snapshot(self, at_min: int = 0) -> Snapshot:
        """Return the market as it is now; leads of offers begin at ``at_min``."""
        held = self._held.values()
        return replace(
            self._base,
            offers=tuple(self._offer(one, at_min) for one in self._offers.values()),
            intents=tuple(self._intents.values()),
            windows=tuple(one for one in held if isinstance(one, LiveWindow)),
            asks=tuple(one for one in held if isinstance(one, LiveAsk)),
        )

    def add(self, intent: Intent) -> None:
        """Let an intent be open, in place of one of the same key."""
        self._intents[intent.key] = intent
        if self._resident:
            self._resident.add(intent, self._busy(intent.person))

    def remove(self, key: str) -> None:
        """Take an intent out, if it is there: withdrawn, over, or served."""
        self._intents.pop(key, None)
        if self._resident:
            self._resident.remove(key)

    def promise(self, held: Held) -> None:
        """Take note of a live window or ask, or of how one has changed.

        Its intents are no longer open, its persons' time is taken, and its seats from the stock.
        """
        self.release(held.key)
        self._note(held)
        if isinstance(held, LiveWindow):
            self._units[held.offer] -= held.seats_max
        for key in held.invited if isinstance(held, LiveWindow) else held.intents:
            self.remove(key)
        if self._resident:
            self._resident.promise(held)
            self._tell_busy(held.persons)

    def release(self, key: str) -> None:
        """Take note that a live window or ask came to nothing, if it is there.

        Its intents stay out until they are added again. What is over may simply stay.
        """
        held = self._held.pop(key, None)
        if held is None:
            return
        if isinstance(held, LiveWindow):
            self._units[held.offer] += held.seats_max
        for person in held.persons:
            del self._held_of[person][key]
        offer = self._offers.get(held.offer)
        if offer:
            del self._held_at[offer.store][key]
            self._windows_of[offer.product].pop(key, None)
        if self._resident:
            self._resident.release(held)
            self._tell_busy(held.persons)

    def place(self, intent: Intent, at_min: int = 0) -> Decision:
        """Add a newcomer and decide about it alone: join, open a group, wait, or drop.

        Nothing is taken by the answer: whoever applies it calls ``promise``. ``at_min`` is the
        present; nothing starts before it, and leads begin there.
        """
        if at_min:
            intent = replace(intent, min_notice_min=max(intent.min_notice_min, at_min))
        self.add(intent)
        over = eligible.still_open(intent)
        if over:
            return dropped(self._market, intent, over)
        if self._resident is None:
            return self._decided(intent, at_min)
        return (
            self._joined(intent, at_min)
            or self._opened(self._resident, intent, at_min)
            or self._waits(self._resident, intent, at_min)
        )

    def _decided(self, intent: Intent, at_min: int) -> Decision:
        decisions = decide(self.snapshot(at_min), self._parameters, self._seed)
        return next(one for one in decisions if intent.key in one.intents)

    def _joined(self, intent: Intent, at_min: int) -> Decision | None:
        geo = self._base.geo
        windows = [
            one
            for product in {want.product for want in intent.wants}
            for one in self._windows_of[product].values()
            if one.seats_free >= intent.quantity and one.end > at_min
            if distance_m(geo, intent, self._stores[self._offers[one.offer].store])
            <= intent.max_distance_m
        ]
        if not windows:
            return None
        market = self._part({one.offer for one in windows}, (intent,), at_min)
        joined = join.fill(market, (intent,))
        return invited(market, joined[0]) if joined else None

    def _opened(self, resident: Resident, intent: Intent, at_min: int) -> Decision | None:
        group = resident.group_of(intent.key, at_min)
        if group is None:
            return None
        offer, start, keys = group
        market = self._part({offer}, [self._intents[key] for key in keys], at_min)
        assignment = Assignment(market, market.pairs(market.intents)[0], ())
        return proposed(market, assignment.chosen[0]) if assignment.open_at(offer, start) else None

    def _waits(self, resident: Resident, intent: Intent, at_min: int) -> Decision:
        nearest = resident.nearest_of(intent.key, at_min)
        if nearest is None:
            pairs, misses = self._market.pairs((intent,))
            offers = {key for key, own in pairs.items() if own}
            keys: tuple[str, ...] = (intent.key,)
            if not offers:
                return waits(self._market, intent, None, misses.get(intent.key))
        else:
            offers, keys = {nearest[0]}, nearest[1]
        market = self._part(offers, [self._intents[key] for key in keys], at_min)
        pairs, misses = market.pairs(market.intents)
        near = Nearest(market, Assignment(market, pairs, ())).of(intent.key)
        return waits(market, intent, near, misses.get(intent.key))

    def _part(self, offers: Iterable[str], intents: Iterable[Intent], at_min: int) -> Market:
        """Return the market of a few offers and people, with everything that binds them."""
        people = tuple(intents)
        stores = {self._offers[key].store for key in offers}
        held = {key: one for store in stores for key, one in self._held_at[store].items()}
        for intent in people:
            held.update(self._held_of.get(intent.person, {}))
        names = {*offers, *(one.offer for one in held.values())} & self._offers.keys()
        part = replace(
            self._base,
            stores=tuple(self._stores[key] for key in {self._offers[n].store for n in names}),
            offers=tuple(self._offer(self._offers[name], at_min) for name in names),
            intents=people,
            windows=tuple(one for one in held.values() if isinstance(one, LiveWindow)),
            asks=tuple(one for one in held.values() if isinstance(one, LiveAsk)),
        )
        return Market(part, self._parameters, self._seed)

    def _offer(self, offer: Offer, at_min: int) -> Offer:
        """Return an offer with the stock and the lead of the moment."""
        stock, lead = offer.stock + self._units.get(offer.key, 0), offer.min_lead_min
        if at_min:
            lead = schedule.earliest_start(offer, self._parameters) + at_min
        if (stock, lead) == (offer.stock, offer.min_lead_min):
            return offer
        return replace(offer, stock=stock, min_lead_min=lead)

    def _note(self, held: Held) -> None:
        self._held[held.key] = held
        for person in held.persons:
            self._held_of[person][held.key] = held
        offer = self._offers.get(held.offer)
        if offer:
            self._held_at[offer.store][held.key] = held
            if isinstance(held, LiveWindow):
                self._windows_of[offer.product][held.key] = held

    def _busy(self, person: str) -> list[Interval]:
        return [(one.start, one.end) for one in self._held_of.get(person, {}).values()]

    def _tell_busy(self, persons: Iterable[str]) -> None:
        if self._resident:
            for person in persons:
                self._resident.hold(person, self._busy(person))

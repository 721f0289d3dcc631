"""Choose new windows: lazy greedy over (offer, start), the most valuable group first.

The value of a place in the queue can only fall while people and room are used up, so a place is
worked out anew only when it comes to the front and something it used has changed (Minoux,
"Accelerated greedy algorithms", 1978).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from windows.engine import eligible, schedule
from windows.engine.group import Group, Space, best_group
from windows.engine.market import Market, Pair
from windows.engine.types import Interval, Offer

Place = tuple[int, int, str, str]
"""Minus the value or its bound, start, tie, offer key: the order of the queue."""


@dataclass(frozen=True, slots=True)
class NewWindow:
    """A group at an offer and a start, with the value that the round gains by it."""

    offer: Offer
    start: int
    end: int
    group: Group
    value_milli: int


class Assignment:
    """The state of a round: who is placed, what is held, which windows are new."""

    def __init__(self, market: Market, pairs: dict[str, list[Pair]], placed: Iterable[str]) -> None:
        """Begin with the live windows and asks of the market held and ``placed`` intents gone."""
        self.market = market
        self.pairs = pairs
        self.placed: set[str] = set(placed)
        self.rooms = market.rooms()
        self.units = market.units()
        self.chosen: list[NewWindow] = []
        self._busy: dict[str, list[Interval]] = defaultdict(list)
        self._held: dict[str, list[Interval]] = defaultdict(list)
        self._changes: dict[str, int] = defaultdict(int)
        self._known: dict[tuple[str, int], tuple[int, Group]] = {}
        for held in market.held:
            self._held[held.offer].append((held.start, held.end))

    def occupy(self, person: str, start: int, end: int) -> None:
        """Take a person's time."""
        self._busy[person].append((start, end))

    def free_pairs(self, offer: Offer, start: int) -> list[Pair]:
        """Return the pairs of an offer that are free and fit the start."""
        end = start + self.market.duration(offer)
        return [
            pair
            for pair in self.pairs[offer.key]
            if pair.intent.key not in self.placed
            and pair.is_free_at(start)
            and not self._is_busy(pair.intent.person, start, end)
        ]

    def space(self, offer: Offer, start: int) -> Space:
        """Return what a window may take; nothing where it would overlap one of its own offer."""
        end = start + self.market.duration(offer)
        for held_start, held_end in self._held[offer.key]:
            overlaps = start < held_end and held_start < end
            if start == held_start or (overlaps and not self.market.parameters.overlap_allowed):
                return Space(0, 0, 0)
        load = self.rooms[offer.store].free(start, end)
        return Space(people=offer.max_group, units=self.units[offer.key], load=load)

    def fixed_milli(self, offer: Offer) -> int:
        """Return what opening a window adds apart from its members: bonus less cost (5)."""
        store = self.market.stores[offer.store]
        bonus = 0 if self.rooms[store.key].is_used else store.first_window_bonus_minor
        return 1000 * (bonus - offer.window_cost_minor)

    def group_at(self, offer: Offer, start: int) -> Group | None:
        """Return the best group of free people at an offer and a start."""
        pairs = self.free_pairs(offer, start)
        ladder = self.market.ladders[offer.key]
        return best_group(pairs, ladder, start, self.space(offer, start), self.market.parameters)

    def run(self) -> None:
        """Choose windows until none is worth opening."""
        queue = [place for offer in self.market.offers.values() for place in self._places(offer)]
        heapify(queue)
        while queue:
            _, start, tie, key = heappop(queue)
            offer = self.market.offers[key]
            group = self._still_best(offer, start)
            if group is not None:
                self._choose(offer, start, group)
                for place in self._released(offer, start):
                    heappush(queue, place)
                continue
            value = self._evaluated(offer, start)
            if value is not None:
                heappush(queue, (-value, start, tie, key))

    def _is_busy(self, person: str, start: int, end: int) -> bool:
        taken = self._busy.get(person)
        return bool(taken) and eligible.free_person(tuple(taken or ()), start, end) is not None

    def _places(self, offer: Offer) -> list[Place]:
        """Return every start where enough people could come, with a bound on the value there."""
        pairs, ladder = self.pairs[offer.key], self.market.ladders[offer.key]
        if not pairs or sum(one.strength_permille for one in pairs) < ladder[0].size_permille:
            return []
        room = self.rooms[offer.store]
        starts = schedule.candidate_starts(
            (pair.starts for pair in pairs), room.releases(), self.market.snapshot
        )
        value = max(rung.unit_value_minor for rung in ladder)
        fixed, tie = self.fixed_milli(offer), self.market.tie(offer.key)
        least = self.market.parameters.min_value_milli
        return [
            (-(bound + fixed), start, tie, offer.key)
            for start, strength, bound in _swept(pairs, starts, value)
            if strength >= ladder[0].size_permille and bound + fixed >= least
        ]

    def _still_best(self, offer: Offer, start: int) -> Group | None:
        """Return the group worked out earlier if nothing that it rests on has changed."""
        known = self._known.get((offer.key, start))
        if known is None or known[0] != self._changes[offer.store]:
            return None
        end = start + self.market.duration(offer)
        for pair in known[1].pairs:
            person = pair.intent.person
            if pair.intent.key in self.placed or self._is_busy(person, start, end):
                return None
        return known[1]

    def _evaluated(self, offer: Offer, start: int) -> int | None:
        """Work out the best group anew; return its value when it is worth opening."""
        group = self.group_at(offer, start)
        if group is None:
            return None
        value = group.gain_milli + self.fixed_milli(offer)
        if eligible.valuable(value, self.market.parameters):
            return None
        self._known[offer.key, start] = (self._changes[offer.store], group)
        return value

    def _choose(self, offer: Offer, start: int, group: Group) -> None:
        end = start + self.market.duration(offer)
        value = group.gain_milli + self.fixed_milli(offer)
        self.chosen.append(NewWindow(offer, start, end, group, value))
        self.rooms[offer.store].hold(start, end, sum(pair.load for pair in group.pairs))
        self.units[offer.key] -= group.people
        self._held[offer.key].append((start, end))
        self._changes[offer.store] += 1
        for pair in group.pairs:
            self.placed.add(pair.intent.key)
            self.occupy(pair.intent.person, start, end)

    def _released(self, offer: Offer, start: int) -> list[Place]:
        """Return the places that begin when a new window ends and its room is free again."""
        again = schedule.to_grid(start + self.market.duration(offer), self.market.snapshot)
        places = []
        for other in self.market.offers.values():
            if other.store == offer.store and (other.key, again) not in self._known:
                value = self._evaluated(other, again)
                if value is not None:
                    places.append((-value, again, self.market.tie(other.key), other.key))
        return places


def _swept(
    pairs: Sequence[Pair], starts: Sequence[int], unit_value_minor: int
) -> list[tuple[int, int, int]]:
    """Return for each start the strength of all who fit it and a bound on their gains.

    The bound counts each gain at the beginning of the pair's range, where waiting costs least.
    """
    events: list[tuple[int, int, int]] = []
    for pair in pairs:
        for since, until in pair.starts:
            gain = max(0, pair.gain.at(unit_value_minor, since))
            events.append((since, pair.strength_permille, gain))
            events.append((until, -pair.strength_permille, -gain))
    events.sort()
    result = []
    strength = bound = position = 0
    for start in starts:
        while position < len(events) and events[position][0] <= start:
            strength += events[position][1]
            bound += events[position][2]
            position += 1
        result.append((start, strength, bound))
    return result

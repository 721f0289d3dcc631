"""Choose new windows: lazy greedy over (offer, start), the most valuable group first.

The value of a place in the queue can only fall while people and room are used up, so a place is
worked out anew only when it comes to the front and something it used has changed (Minoux,
"Accelerated greedy algorithms", 1978).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from windows.engine import eligible, schedule
from windows.engine.group import Group, Shelf, Space, best_group
from windows.engine.market import Market, Pair, Rung
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
        self.shelves = {key: Shelf(own, market.ladders[key]) for key, own in pairs.items()}
        self.placed: set[str] = set(placed)
        self.rooms = market.rooms()
        self.units = market.units()
        self.chosen: list[NewWindow] = []
        self._busy: dict[str, list[Interval]] = defaultdict(list)
        self._held: dict[str, list[Interval]] = defaultdict(list)
        self._changes: dict[str, int] = defaultdict(int)
        self._known: dict[tuple[str, int], tuple[int, Group]] = {}
        # Offers that several intents of one person fit: only the oldest of them counts there.
        self._crowded: dict[str, list[str]] = defaultdict(list)
        for key, shelf in self.shelves.items():
            for person in shelf.several:
                self._crowded[person].append(key)
        for held in market.held:
            self._held[held.offer].append((held.start, held.end))

    @property
    def value_milli(self) -> int:
        """Return what the new windows are worth together."""
        return sum(window.value_milli for window in self.chosen)

    def copy(self) -> Assignment:
        """Return the same round before anything was chosen, to choose otherwise."""
        other = Assignment(self.market, self.pairs, self.placed)
        for person, parts in self._busy.items():
            other.busy[person] = list(parts)
        return other

    @property
    def busy(self) -> dict[str, list[Interval]]:
        """Return what persons hold because of this round."""
        return self._busy

    def let_go(self) -> None:
        """Forget the pairs of placed intents: what is left to choose is then looked at quickly."""
        self.pairs = {
            key: [pair for pair in pairs if pair.intent.key not in self.placed]
            for key, pairs in self.pairs.items()
        }
        ladders = self.market.ladders
        self.shelves = {key: Shelf(own, ladders[key]) for key, own in self.pairs.items()}

    def occupy(self, person: str, start: int, end: int) -> None:
        """Take a person's time."""
        self._busy[person].append((start, end))

    def is_free(self, pair: Pair, start: int) -> bool:
        """Tell whether a pair is not placed, fits the start and has a person with time."""
        if pair.intent.key in self.placed or not pair.is_free_at(start):
            return False
        person = pair.intent.person
        if person not in self._busy:
            return True
        return not self._is_busy(person, start, start + self.market.duration(pair.offer))

    def free_pairs(self, offer: Offer, start: int) -> list[Pair]:
        """Return the pairs of an offer that could be in a group at a start."""
        return [pair for pair in self.pairs[offer.key] if self.is_free(pair, start)]

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
        space = self.space(offer, start)
        if not min(space.people, space.units, space.load):
            return None
        shelf = self.shelves[offer.key]
        shelf.forget(self.placed)
        return best_group(
            shelf,
            start,
            lambda pair: self.is_free(pair, start),
            space,
            self.market.parameters,
        )

    def run(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Choose windows until none is worth opening, or ``go_on`` says to stop."""
        queue = self._thinned(
            [place for offer in self.market.offers.values() for place in self._places(offer)]
        )
        heapify(queue)
        while queue and go_on():
            _, start, tie, key = heappop(queue)
            offer = self.market.offers[key]
            group = self._still_best(offer, start)
            if group is not None:
                self._choose(offer, start, group)
                for place in (*self._released(offer, start), *self._uncovered(group)):
                    heappush(queue, place)
                continue
            value = self._evaluated(offer, start)
            if value is not None:
                heappush(queue, (-value, start, tie, key))

    def adopt(self, offer: Offer, start: int, group: Group) -> bool:
        """Open a window that was found otherwise, if it fits and is worth it; tell whether."""
        space = self.space(offer, start)
        load = sum(pair.load for pair in group.pairs)
        fits = group.people <= min(space.people, space.units) and load <= space.load
        worth = group.gain_milli + self.fixed_milli(offer)
        if not fits or not all(self.is_free(pair, start) for pair in group.pairs):
            return False
        if eligible.valuable(worth, self.market.parameters):
            return False
        self._choose(offer, start, group)
        return True

    def open_at(self, key: str, start: int) -> bool:
        """Open the best group at an offer and a start, if it is worth it; tell whether."""
        offer = self.market.offers[key]
        group = self.group_at(offer, start)
        return group is not None and self.adopt(offer, start, group)

    def _is_busy(self, person: str, start: int, end: int) -> bool:
        taken = tuple(self._busy.get(person, ()))
        return eligible.free_person(taken, start, end) is not None

    def _places(self, offer: Offer) -> list[Place]:
        """Return every start where enough people could come, with a bound on the value there."""
        pairs, ladder = self.pairs[offer.key], self.market.ladders[offer.key]
        if not pairs or sum(one.strength_permille for one in pairs) < ladder[0].size_permille:
            return []
        room = self.rooms[offer.store]
        starts = schedule.candidate_starts(
            (pair.starts for pair in pairs), room.releases(), self.market.snapshot
        )
        fixed, tie = self.fixed_milli(offer), self.market.tie(offer.key)
        least = self.market.parameters.min_value_milli
        most = min(offer.max_group, self.units[offer.key])
        return [
            (-(bound + fixed), start, tie, offer.key)
            for start, strength, bound in _swept(pairs, starts, ladder, most)
            if strength >= ladder[0].size_permille and bound + fixed >= least
        ]

    def _thinned(self, places: list[Place]) -> list[Place]:
        """Keep ``places_max`` places: first the best of each window length, then the best of all.

        Starts of one offer less than a window apart serve nearly the same people.
        """
        most = self.market.parameters.places_max
        if len(places) <= most:
            return places
        best: dict[tuple[str, int], Place] = {}
        for place in places:
            _, start, _, key = place
            bucket = (key, start // self.market.duration(self.market.offers[key]))
            best[bucket] = min(place, best.get(bucket, place))
        return sorted(best.values())[:most]

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

    def _uncovered(self, group: Group) -> list[Place]:
        """Return the places that younger intents of the group's people come to count at."""
        keys = {key for pair in group.pairs for key in self._crowded.get(pair.intent.person, ())}
        return [place for key in sorted(keys) for place in self._places(self.market.offers[key])]

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
    pairs: Sequence[Pair], starts: Sequence[int], ladder: Sequence[Rung], most: int
) -> list[tuple[int, int, int]]:
    """Return for each start the strength of all who fit it and a bound on their gains.

    The bound counts each gain at the beginning of the pair's range, where waiting costs least, at
    the tier of the highest unit value; ``most`` people at the highest gain a head bound it too.
    """
    value = max(rung.unit_value_minor for rung in ladder)
    events: list[tuple[int, int, int]] = []
    a_head = 0
    for pair in pairs:
        for since, until in pair.starts:
            gain = max(0, pair.gain.at(value, since))
            a_head = max(a_head, -(-gain // pair.intent.quantity))
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
        result.append((start, strength, min(bound, most * a_head)))
    return result

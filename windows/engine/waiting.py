"""Why an intent waits: the nearest group and how many people it lacks, or the rule in the way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from windows.engine import eligible, schedule
from windows.engine.assign import Assignment
from windows.engine.market import Market, Pair, Rung
from windows.engine.types import Offer, Reason


@dataclass(frozen=True, slots=True)
class Near:
    """A group that could form around an intent, and what keeps it from forming now."""

    offer: Offer
    start: int
    rung: Rung
    reason: Reason


Spot = tuple[int, int, str, str, int]
"""People short in thousandths (not below 0), start, tie, offer key, place in the ladder."""


class Nearest:
    """Answer for every waiting intent after the new windows are chosen."""

    def __init__(self, market: Market, assignment: Assignment) -> None:
        """Count, at every offer, start and tier, the people who are still free."""
        self._market = market
        self._assignment = assignment
        self._pairs: dict[str, list[Pair]] = defaultdict(list)
        self._spots: dict[str, list[Spot]] = {}
        for key, offer in market.offers.items():
            free = [one for one in assignment.pairs[key] if one.intent.key not in assignment.placed]
            self._spots[key] = self._counted(offer, free)
            for pair in free:
                self._pairs[pair.intent.key].append(pair)

    def of(self, intent_key: str) -> Near | None:
        """Return the group that lacks the fewest people, the earliest of equals."""
        spots = [spot for pair in self._pairs[intent_key] if (spot := self._first(pair))]
        if not spots:
            return None
        _, start, _, key, place = min(spots)
        offer = self._market.offers[key]
        rung = self._market.ladders[key][place]
        return Near(offer, start, rung, self._obstacle(intent_key, offer, start, rung))

    def _first(self, pair: Pair) -> Spot | None:
        ladder = self._market.ladders[pair.offer.key]
        for spot in self._spots[pair.offer.key]:
            if pair.is_free_at(spot[1]) and pair.accepts(ladder[spot[4]].tier):
                return spot
        return None

    def _counted(self, offer: Offer, pairs: list[Pair]) -> list[Spot]:
        """Return every start and tier of an offer, the smallest lack first."""
        if not pairs:
            return []
        starts = schedule.candidate_starts(
            (pair.starts for pair in pairs), (), self._market.snapshot
        )
        tie = self._market.tie(offer.key)
        spots = []
        for place, rung in enumerate(self._market.ladders[offer.key]):
            events = sorted(
                event
                for pair in pairs
                if pair.accepts(rung.tier)
                for since, until in pair.starts
                for event in ((since, pair.strength_permille), (until, -pair.strength_permille))
            )
            strength = position = 0
            for start in starts:
                while position < len(events) and events[position][0] <= start:
                    strength += events[position][1]
                    position += 1
                short = max(0, rung.size_permille - strength)
                spots.append((short, start, tie, offer.key, place))
        return sorted(spots)

    def _obstacle(self, intent_key: str, offer: Offer, start: int, rung: Rung) -> Reason:
        """Return the first thing that keeps the free people here from being a group."""
        pairs = [one for one in self._assignment.free_pairs(offer, start) if one.accepts(rung.tier)]
        if all(pair.intent.key != intent_key for pair in pairs):
            return Reason.of("person.busy", start=start)
        largest: dict[str, int] = {}
        for pair in pairs:
            person = pair.intent.person
            largest[person] = max(largest.get(person, 0), pair.strength_permille)
        space = self._assignment.space(offer, start)
        group = self._assignment.group_at(offer, start)
        value = self._assignment.fixed_milli(offer) + (group.gain_milli if group else 0)
        size = rung.tier.size
        return (
            eligible.large_enough(sum(largest.values()), rung.tier)
            or eligible.in_stock(size, self._assignment.units[offer.key])
            or eligible.has_room(size, min(space.load, space.people))
            or (group and eligible.valuable(value, self._market.parameters))
            or Reason.of("group.no_fit", need=size)
        )

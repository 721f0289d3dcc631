"""The best group for one offer at one start.

Counting people, the choice is exact: within one party size the most gainful parties come first, so
only the number of parties of each size is open, and a small dynamic programme over people settles
it. Counting expected attendance, the choice is by priced order and not always the best.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from windows.engine.market import Pair, Rung
from windows.engine.types import CountBy, Parameters

Scored = tuple[int, int, Pair]
"""Minus the gain in milli, rank, pair: ascending order puts the best first."""
IsFree = Callable[[Pair], bool]


@dataclass(frozen=True, slots=True)
class Space:
    """What a window may take: people, units in stock and load of the store's slots."""

    people: int
    units: int
    load: int


@dataclass(frozen=True, slots=True)
class Group:
    """A feasible group: its tier, members in order of rank, and the sum of their gains."""

    rung: Rung
    pairs: tuple[Pair, ...]
    gain_milli: int

    @property
    def people(self) -> int:
        """Count the people, companions included."""
        return sum(pair.intent.quantity for pair in self.pairs)


class Shelf:
    """Everybody who fits one offer, by tier and party size, the most promising first.

    The promise of a pair is its gain at its own first start, where it waits least; its gain
    at a later start is never more, so a search for the best few can stop early.
    """

    def __init__(self, pairs: Sequence[Pair], ladder: Sequence[Rung]) -> None:
        """Sort the pairs of one offer for each tier that they accept."""
        self.pairs = pairs
        self.ladder = ladder
        persons: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            persons[pair.intent.person].append(pair)
        self.several = {person: own for person, own in persons.items() if len(own) > 1}
        self._forgotten = 0
        self._rows: list[dict[int, list[Scored]]] = [self._sorted(rung) for rung in ladder]

    def front(self, place: int, start: int, is_free: IsFree, most: int) -> dict[int, list[Scored]]:
        """Return for each party size the best pairs at a start, as many as ``most`` people hold."""
        value = self.ladder[place].unit_value_minor
        found: dict[int, list[Scored]] = {}
        for size, rows in self._rows[place].items():
            best: list[Scored] = []
            count = most // size
            if not count:
                continue
            for promise, rank, pair in rows:
                if len(best) == count and promise >= best[-1][0]:
                    break
                if is_free(pair) and not self._has_elder(pair, place, is_free):
                    insort(best, (-pair.gain.at(value, start), rank, pair))
                    del best[count:]
            if best:
                found[size] = best
        return found

    def forget(self, placed: AbstractSet[str]) -> None:
        """Take placed intents off, once they are many: it is their number that slows a search."""
        if 8 * (len(placed) - self._forgotten) < len(self.pairs):
            return
        self._forgotten = len(placed)
        for by_size in self._rows:
            for size, rows in by_size.items():
                by_size[size] = [one for one in rows if one[2].intent.key not in placed]

    def _sorted(self, rung: Rung) -> dict[int, list[Scored]]:
        rows: dict[int, list[Scored]] = defaultdict(list)
        for pair in self.pairs:
            if pair.accepts(rung.tier):
                promise = pair.gain.at(rung.unit_value_minor, pair.starts[0][0])
                rows[pair.intent.quantity].append((-promise, pair.rank, pair))
        return {size: sorted(rows[size]) for size in sorted(rows)}

    def _has_elder(self, pair: Pair, place: int, is_free: IsFree) -> bool:
        """Tell whether the same person has an older intent that could be in this group."""
        own = self.several.get(pair.intent.person)
        if own is None:
            return False
        tier = self.ladder[place].tier
        return any(one.rank < pair.rank and one.accepts(tier) and is_free(one) for one in own)


def best_group(
    shelf: Shelf, start: int, is_free: IsFree, space: Space, parameters: Parameters
) -> Group | None:
    """Return the group of the highest gain that reaches a tier and fits, None if there is none.

    ``is_free`` tells who can be in a group at ``start``. The tier is the last one that the group
    reaches (``matching/README.md`` 3.4). Of one person's intents only the oldest counts.
    """
    best: Group | None = None
    is_exact = parameters.tier_by is CountBy.PEOPLE and parameters.room_by is CountBy.PEOPLE
    for place in range(len(shelf.ladder)):
        if is_exact:
            found = _exact(shelf, place, start, is_free, min(space.people, space.units, space.load))
        else:
            found = _priced(shelf, place, start, is_free, space)
        if found and (best is None or found.gain_milli >= best.gain_milli):
            best = found
    return best


def _made(rung: Rung, chosen: Sequence[Scored]) -> Group:
    members = sorted((rank, pair) for _, rank, pair in chosen)
    gain = -sum(minus_gain for minus_gain, _, _ in chosen)
    return Group(rung=rung, pairs=tuple(pair for _, pair in members), gain_milli=gain)


def _exact(shelf: Shelf, place: int, start: int, is_free: IsFree, most: int) -> Group | None:
    """Choose between the tier's size and ``most`` people, below the next tier."""
    rung = shelf.ladder[place]
    least = rung.tier.size
    if rung.next_permille is not None:
        most = min(most, rung.next_permille // 1000 - 1)
    if most < least:
        return None
    sizes = shelf.front(place, start, is_free, most)
    chosen = _best_counts(sizes, least, most)
    return None if chosen is None else _made(rung, chosen)


def _best_counts(sizes: dict[int, list[Scored]], least: int, most: int) -> list[Scored] | None:
    """Choose how many parties of each size, from the front of each list, give the most."""
    gainful = [one for rows in sizes.values() for one in rows if one[0] < 0]
    if least <= sum(pair.intent.quantity for _, _, pair in gainful) <= most:
        return gainful
    table: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}  # people -> gain, counts by size
    for size, rows in sizes.items():
        prefix = [0]
        for minus_gain, _, _ in rows:
            prefix.append(prefix[-1] - minus_gain)
        table = _grown(table, size, prefix, most)
    reached = [(gain, people) for people, (gain, _) in table.items() if people >= least]
    if not reached:
        return None
    counts = table[max(reached)[1]][1]
    return [one for rows, count in zip(sizes.values(), counts, strict=True) for one in rows[:count]]


def _grown(
    table: dict[int, tuple[int, tuple[int, ...]]], size: int, prefix: list[int], most: int
) -> dict[int, tuple[int, tuple[int, ...]]]:
    """Add each possible number of parties of one size to every total of people."""
    grown: dict[int, tuple[int, tuple[int, ...]]] = {}
    for people, (gain, counts) in table.items():
        for count in range(min(len(prefix) - 1, (most - people) // size) + 1):
            total, value = people + count * size, gain + prefix[count]
            if total not in grown or value > grown[total][0]:
                grown[total] = (value, (*counts, count))
    return grown


def _priced(shelf: Shelf, place: int, start: int, is_free: IsFree, space: Space) -> Group | None:
    """Take members in the order of gain plus a price for attendance, at several prices."""
    rung = shelf.ladder[place]
    everybody = sum(pair.intent.quantity for pair in shelf.pairs)
    sizes = shelf.front(place, start, is_free, everybody)
    members = sorted(one for rows in sizes.values() for one in rows)
    if sum(pair.strength_permille for _, _, pair in members) < rung.size_permille:
        return None
    best: Group | None = None
    for price in _prices(members):
        order = sorted(members, key=lambda one: (one[0] - price * one[2].strength_permille, one[1]))
        chosen = _taken(order, rung.size_permille, space)
        group = _settled(chosen, shelf.ladder, start)
        if group and (best is None or group.gain_milli > best.gain_milli):
            best = group
    return best


def _prices(members: Sequence[Scored]) -> tuple[int, ...]:
    """Return prices per thousandth of a person, from none to more than any gain."""
    largest = max((abs(minus_gain) for minus_gain, _, _ in members), default=0)
    return (0, largest // 4000, largest // 1000, largest // 250, largest + 1)


def _taken(order: Sequence[Scored], least_permille: int, space: Space) -> list[Pair]:
    """Fill the space in order: everybody gainful, others only until the tier is reached."""
    chosen: list[Pair] = []
    units = load = strength = 0
    for minus_gain, _, pair in order:
        if minus_gain >= 0 and strength >= least_permille:
            continue
        quantity = pair.intent.quantity
        if units + quantity <= min(space.units, space.people) and load + pair.load <= space.load:
            chosen.append(pair)
            units += quantity
            load += pair.load
            strength += pair.strength_permille
    return chosen


def _settled(chosen: Sequence[Pair], ladder: Sequence[Rung], start: int) -> Group | None:
    """Give a set the tier that it reaches and compute its gains there."""
    strength = sum(pair.strength_permille for pair in chosen)
    rung = next((one for one in reversed(ladder) if one.size_permille <= strength), None)
    if rung is None or not all(pair.accepts(rung.tier) for pair in chosen):
        return None
    value = rung.unit_value_minor
    return _made(rung, [(-pair.gain.at(value, start), pair.rank, pair) for pair in chosen])

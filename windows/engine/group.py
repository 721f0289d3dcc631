"""The best group for one offer at one start.

Counting people, the choice is exact: within one party size the most gainful parties come first, so
only the number of parties of each size is open, and a small dynamic programme over people settles
it. Counting expected attendance, the choice is by priced order and not always the best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from windows.engine.market import Pair, Rung
from windows.engine.types import CountBy, Parameters

Scored = tuple[int, Pair]
"""A pair with its gain in milli."""


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


def best_group(
    pairs: Sequence[Pair],
    ladder: Sequence[Rung],
    start: int,
    space: Space,
    parameters: Parameters,
) -> Group | None:
    """Return the group of the highest gain that reaches a tier and fits, None if there is none.

    ``pairs`` are free and available at ``start``. The tier is the last one the group reaches (3.4).
    """
    best: Group | None = None
    is_exact = parameters.tier_by is CountBy.PEOPLE and parameters.room_by is CountBy.PEOPLE
    for rung in ladder:
        members = _members(pairs, rung, start)
        if sum(pair.strength_permille for _, pair in members) < rung.size_permille:
            continue
        if is_exact:
            found = _exact(members, rung, min(space.people, space.units, space.load))
        else:
            found = _priced(members, rung, ladder, start, space)
        if found and (best is None or found.gain_milli >= best.gain_milli):
            best = found
    return best


def _members(pairs: Sequence[Pair], rung: Rung, start: int) -> list[Scored]:
    """Return who accepts the tier, most gainful first; of one person's intents the oldest."""
    oldest: dict[str, Pair] = {}
    for pair in pairs:
        if pair.accepts(rung.tier):
            other = oldest.get(pair.intent.person)
            if other is None or pair.rank < other.rank:
                oldest[pair.intent.person] = pair
    value = rung.unit_value_minor
    scored = [(pair.gain.at(value, start), pair) for pair in oldest.values()]
    scored.sort(key=lambda one: (-one[0], one[1].rank))
    return scored


def _made(rung: Rung, chosen: Sequence[Scored]) -> Group:
    members = tuple(sorted((pair for _, pair in chosen), key=lambda pair: pair.rank))
    return Group(rung=rung, pairs=members, gain_milli=sum(gain for gain, _ in chosen))


def _exact(members: Sequence[Scored], rung: Rung, most: int) -> Group | None:
    """Choose between ``rung.tier.size`` and ``most`` people, below the next tier."""
    least = rung.tier.size
    if rung.next_permille is not None:
        most = min(most, rung.next_permille // 1000 - 1)
    if most < least:
        return None
    gainful = [one for one in members if one[0] > 0]
    if least <= sum(pair.intent.quantity for _, pair in gainful) <= most:
        return _made(rung, gainful)
    sizes: dict[int, list[Scored]] = defaultdict(list)
    for one in members:
        sizes[one[1].intent.quantity].append(one)
    chosen = _best_counts(sizes, least, most)
    return None if chosen is None else _made(rung, chosen)


def _best_counts(sizes: dict[int, list[Scored]], least: int, most: int) -> list[Scored] | None:
    """Choose how many parties of each size, from the front of each list, give the most."""
    table: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}  # people -> gain, counts by size
    order = sorted(sizes)
    for size in order:
        prefix = [0]
        for gain, _ in sizes[size][: most // size]:
            prefix.append(prefix[-1] + gain)
        grown: dict[int, tuple[int, tuple[int, ...]]] = {}
        for people, (gain, counts) in table.items():
            for count in range(min(len(prefix) - 1, (most - people) // size) + 1):
                total, value = people + count * size, gain + prefix[count]
                if total not in grown or value > grown[total][0]:
                    grown[total] = (value, (*counts, count))
        table = grown
    reached = [(gain, people) for people, (gain, _) in table.items() if people >= least]
    if not reached:
        return None
    _, people = max(reached)
    counts = table[people][1]
    return [one for size, count in zip(order, counts, strict=True) for one in sizes[size][:count]]


def _priced(
    members: Sequence[Scored],
    rung: Rung,
    ladder: Sequence[Rung],
    start: int,
    space: Space,
) -> Group | None:
    """Take members in the order of gain plus a price for attendance, at several prices."""
    best: Group | None = None
    for price in _prices(members):
        order = sorted(
            members, key=lambda one: (-one[0] - price * one[1].strength_permille, one[1].rank)
        )
        chosen = _taken(order, rung.size_permille, space)
        group = _settled(chosen, ladder, start)
        if group and (best is None or group.gain_milli > best.gain_milli):
            best = group
    return best


def _prices(members: Sequence[Scored]) -> tuple[int, ...]:
    """Return prices per thousandth of a person, from none to more than any gain."""
    largest = max((abs(gain) for gain, _ in members), default=0)
    return (0, largest // 4000, largest // 1000, largest // 250, largest + 1)


def _taken(order: Sequence[Scored], least_permille: int, space: Space) -> list[Scored]:
    """Fill the space in order: everybody gainful, others only until the tier is reached."""
    chosen: list[Scored] = []
    units = load = strength = 0
    for gain, pair in order:
        if gain <= 0 and strength >= least_permille:
            continue
        quantity = pair.intent.quantity
        if units + quantity <= min(space.units, space.people) and load + pair.load <= space.load:
            chosen.append((gain, pair))
            units += quantity
            load += pair.load
            strength += pair.strength_permille
    return chosen


def _settled(chosen: Sequence[Scored], ladder: Sequence[Rung], start: int) -> Group | None:
    """Give a set the tier that it reaches and recompute its gains there."""
    strength = sum(pair.strength_permille for _, pair in chosen)
    rung = next((one for one in reversed(ladder) if one.size_permille <= strength), None)
    if rung is None or not all(pair.accepts(rung.tier) for _, pair in chosen):
        return None
    value = rung.unit_value_minor
    return _made(rung, [(pair.gain.at(value, start), pair) for _, pair in chosen])

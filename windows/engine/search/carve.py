"""Problems cut out of a problem: connected components, and halves of a large one.

Intents are connected by the stores they could meet in and by having the same person.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from windows.engine.search import arrays, fit
from windows.engine.search.arrays import Floats, Ints, Problem, Records
from windows.engine.search.jit import kernel

ANY = 0
"""A side that takes every intent."""


@dataclass(frozen=True, slots=True)
class Part:
    """A problem of its own; ``entries[e]``, ``intents[i]`` and ``places[p]`` name the whole's."""

    problem: Problem
    entries: Ints
    intents: Ints
    places: Ints

    def inside(self, whole: Ints) -> Ints:
        """Return the part of a solution that lies here: for each intent its entry here, or -1."""
        own = whole[self.intents]
        spot = np.searchsorted(self.entries, own)
        spot[spot == len(self.entries)] = 0
        is_here = (own >= 0) & (self.entries[spot] == own)
        return np.where(is_here, spot, -1)


@kernel
def label(problem: Problem, parent: Ints) -> None:
    """Join the stores and intents that meet; ``parent`` (stores + intents,) leads to the root."""
    stores = problem.bonus.shape[0]
    for row in range(parent.shape[0]):
        parent[row] = row
    for place in range(problem.places.shape[0]):
        store = problem.offers[problem.places[place].offer].store
        for entry in range(problem.places[place].first, problem.places[place].last):
            unite(parent, store, stores + problem.entries[entry].intent)
    for row in range(problem.intents.shape[0]):
        if problem.intents[row].last > problem.intents[row].first:
            other = problem.intents[row].sibling
            while other != row:
                if problem.intents[other].last > problem.intents[other].first:
                    unite(parent, stores + row, stores + other)
                other = problem.intents[other].sibling
    for row in range(parent.shape[0]):
        parent[row] = root_of(parent, row)


@kernel
def root_of(parent: Ints, row: int) -> int:
    """Return the root that a row leads to, and shorten the way."""
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


@kernel
def unite(parent: Ints, one: int, other: int) -> None:
    """Give two rows the same root, the lower of theirs."""
    a, b = root_of(parent, one), root_of(parent, other)
    if a < b:
        parent[b] = a
    elif b < a:
        parent[a] = b


@kernel
def cut(
    problem: Problem,
    rows: Ints,
    sides: Ints,
    side: int,
    local: Ints,
    sizes: Ints,
    names: Ints,
    entries: Records,
) -> int:
    """Copy the entries of some places whose intents are on a side; return how many.

    ``local`` (intents,): the number of an intent in the part. ``sizes`` (rows,): entries of each
    place. With an empty ``entries`` it only counts. ``names``: where each entry was.
    """
    count = 0
    for at in range(rows.shape[0]):
        before = count
        for entry in range(problem.places[rows[at]].first, problem.places[rows[at]].last):
            intent = problem.entries[entry].intent
            if side != ANY and sides[intent] != side:
                continue
            if entries.shape[0] > 0:
                names[count] = entry
                entries[count].base = problem.entries[entry].base
                entries[count].tiers = problem.entries[entry].tiers
                entries[count].intent = local[intent]
            else:
                local[intent] = 1
            count += 1
        sizes[at] = count - before
    return count


def carve(problem: Problem, rows: Ints, sides: Ints, side: int = ANY) -> Part:
    """Return the problem of some places, ascending, with the intents of one side."""
    local, sizes = np.zeros(len(problem.intents), np.int64), np.zeros(len(rows), np.int64)
    nothing = np.empty(0, arrays.ENTRY)
    count = cut(problem, rows, sides, side, local, sizes, np.empty(0, np.int64), nothing)
    intents = np.nonzero(local)[0]
    local[:] = -1
    local[intents] = np.arange(len(intents))
    names, entries = np.empty(count, np.int64), np.empty(count, arrays.ENTRY)
    if count:
        cut(problem, rows, sides, side, local, sizes, names, entries)
    places = problem.places[rows]
    places["last"] = np.cumsum(sizes)
    places["first"] = places["last"] - sizes
    offers, places["offer"] = np.unique(places["offer"], return_inverse=True)
    people = problem.intents[intents]
    people["first"] = people["last"] = 0
    siblings = local[people["sibling"]]
    people["sibling"] = np.where(siblings >= 0, siblings, np.arange(len(intents)))
    back = np.empty(count, arrays.BACK)
    fit.link_back(entries, places, people, back)
    return Part(_of(problem, offers, people, places, entries, back), names, intents, rows)


def _of(
    problem: Problem,
    offers: Ints,
    people: Records,
    places: Records,
    entries: Records,
    back: Records,
) -> Problem:
    terms = problem.offers[offers]
    stores, terms["store"] = np.unique(terms["store"], return_inverse=True)
    return Problem(
        intents=people,
        offers=terms,
        tiers=problem.tiers,
        places=places,
        entries=entries,
        back=back,
        bonus=problem.bonus[stores],
        room=problem.room[stores],
        parallel=problem.parallel[stores],
        stock=problem.stock[offers],
        apart=problem.apart[offers] if len(problem.apart) > 1 else problem.apart,
        reach=problem.reach,
    )


def components(problem: Problem) -> list[Ints]:
    """Return the places of each connected component, the one with most entries first."""
    if not len(problem.places):
        return []
    parent = np.zeros(len(problem.bonus) + len(problem.intents), np.int64)
    label(problem, parent)
    roots = parent[problem.offers["store"][problem.places["offer"]]]
    order = np.argsort(roots, kind="stable")
    cuts = np.nonzero(np.diff(roots[order]))[0] + 1
    found = np.split(order, cuts)
    sizes = (problem.places["last"] - problem.places["first"]).astype(np.int64)
    return sorted(found, key=lambda rows: (-int(sizes[rows].sum()), int(rows[0])))


def whole(problem: Problem) -> Part:
    """Return a problem as the only part of itself."""
    return Part(
        problem,
        np.arange(len(problem.entries)),
        np.arange(len(problem.intents)),
        np.arange(len(problem.places)),
    )


def _mean(rows: Ints, values: Floats, counts: Ints) -> Floats:
    sums: Floats = np.zeros(len(counts))
    np.add.at(sums, rows, values)
    return sums / np.maximum(1, counts)


class Halver:
    """Cuts a problem in two where few intents could meet on both sides, each time elsewhere."""

    SMOOTHINGS, MOST_PAIRS = 12, 200_000

    def __init__(self, problem: Problem, seed: int) -> None:
        """Take a sample of who meets where."""
        self._problem, places = problem, problem.places
        self._random = np.random.default_rng(seed)
        self._store_of = problem.offers["store"][places["offer"]].astype(np.int64)
        sizes = (places["last"] - places["first"]).astype(np.int64)
        step = 1 + len(problem.entries) // self.MOST_PAIRS
        self._store = np.repeat(self._store_of, sizes)[::step]
        self._intent = problem.entries["intent"][::step].astype(np.int64)
        self._at_store = np.bincount(self._store, minlength=len(problem.bonus))
        self._at_intent = np.bincount(self._intent, minlength=len(problem.intents))

    def halves(self, seated: Ints) -> list[Part]:
        """Return two parts of about the same size; windows of a solution stay whole.

        Random numbers of the stores are smoothed over the people they share, so that stores on one
        side of the median have most of their people in common.
        """
        problem, mark = self._problem, self._random.standard_normal(len(self._at_store))
        for _ in range(self.SMOOTHINGS):
            people = _mean(self._intent, mark[self._store], self._at_intent)
            mark = _mean(self._store, people[self._intent], self._at_store)
            mark -= np.average(mark, weights=np.maximum(1, self._at_store))
            mark /= max(1e-12, float(np.abs(mark).max()))
        order = np.argsort(mark, kind="stable")
        reached = np.cumsum(self._at_store[order])
        middle = mark[order[np.searchsorted(reached, reached[-1] / 2)]]
        side_of_place = np.where(mark <= middle, 1, 2)[self._store_of]
        sides = np.where(people <= middle, 1, 2)
        placed = np.nonzero(seated >= 0)[0]
        at = np.searchsorted(problem.places["last"], seated[placed], side="right")
        sides[placed] = side_of_place[at]
        return [
            carve(problem, np.nonzero(side_of_place == side)[0], sides, side) for side in (1, 2)
        ]

"""Parts of a market that cannot meet: a large round is spread over processes by them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from windows.engine.types import Intent, LiveAsk, LiveWindow, Snapshot

CELL_UDEG = 250_000
MOST_CELLS = 64
"""Cells that one intent may reach; who reaches more meets everybody."""
Cell = tuple[int, int]


def regions(snapshot: Snapshot) -> tuple[Snapshot, ...]:
    """Return snapshots without common stores, people or intents, the one with most intents first.

    What they decide apart is what they decide together. Intents that reach no store are in none.
    Live windows and asks are in the region of their store, and where their people want something.
    """
    joined = _Joined()
    stores: dict[Cell, list[str]] = defaultdict(list)
    for store in snapshot.stores:
        stores[_cell(store.latitude_udeg, store.longitude_udeg)].append(store.key)
    place_of: dict[str, Cell] = {}
    person_at: dict[str, Cell] = {}
    for intent in snapshot.intents:
        cells = _reached(snapshot, intent, stores)
        if not cells:
            continue
        place_of[intent.key] = cells[0]
        for cell in (*cells[1:], person_at.setdefault(intent.person, cells[0])):
            joined.unite(cells[0], cell)
    people: dict[Cell, list[Intent]] = defaultdict(list)
    for intent in snapshot.intents:
        if intent.key in place_of:
            people[joined.root(place_of[intent.key])].append(intent)
    cells_of: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in stores:
        cells_of[joined.root(cell)].append(cell)
    order = sorted(people, key=lambda root: (-len(people[root]), root))
    return tuple(
        _part(snapshot, {key for cell in cells_of[root] for key in stores[cell]}, people[root])
        for root in order
    )


def _cell(latitude_udeg: int, longitude_udeg: int) -> Cell:
    return latitude_udeg // CELL_UDEG, longitude_udeg // CELL_UDEG


def _reached(snapshot: Snapshot, intent: Intent, stores: dict[Cell, list[str]]) -> list[Cell]:
    """Return the cells with stores that lie within an intent's distance, ascending."""
    geo = snapshot.geo
    straight_um = (intent.max_distance_m + 1) * 1_000_000_000 // max(1, geo.detour_permille)
    north, east = straight_um // max(1, geo.ky_um) + 1, straight_um // max(1, geo.kx_um) + 1
    low = _cell(intent.latitude_udeg - north, intent.longitude_udeg - east)
    high = _cell(intent.latitude_udeg + north, intent.longitude_udeg + east)
    if (high[0] - low[0] + 1) * (high[1] - low[1] + 1) > MOST_CELLS:
        return sorted(stores)
    return [
        (row, column)
        for row in range(low[0], high[0] + 1)
        for column in range(low[1], high[1] + 1)
        if (row, column) in stores
    ]


def _part(snapshot: Snapshot, stores: set[str], intents: list[Intent]) -> Snapshot:
    offers = tuple(one for one in snapshot.offers if one.store in stores)
    names = {one.key for one in offers}
    persons = {one.person for one in intents}

    def is_here(held: LiveWindow | LiveAsk) -> bool:
        return held.offer in names or not persons.isdisjoint(held.persons)

    return replace(
        snapshot,
        stores=tuple(one for one in snapshot.stores if one.key in stores),
        offers=offers,
        intents=tuple(intents),
        windows=tuple(one for one in snapshot.windows if is_here(one)),
        asks=tuple(one for one in snapshot.asks if is_here(one)),
    )


class _Joined:
    """Cells that belong together."""

    def __init__(self) -> None:
        self._parent: dict[Cell, Cell] = {}

    def root(self, cell: Cell) -> Cell:
        parent = self._parent
        while (above := parent.setdefault(cell, cell)) != cell:
            parent[cell] = parent[above]
            cell = above
        return cell

    def unite(self, one: Cell, other: Cell) -> None:
        a, b = sorted((self.root(one), self.root(other)))
        self._parent[b] = a

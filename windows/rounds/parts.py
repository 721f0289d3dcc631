"""Which wishes, shops and windows have to do with each other. Pure.

A part of a snapshot is a connected component: wishes are tied to the shops within their reach that
sell what they want, a shop to everything it sells, a wish to the other wishes of its person.
Nothing that is decided in one part changes what can be decided in another, so parts are decided
apart, and only when they have changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from math import ceil

from windows.engine.types import Intent, Interval, LiveAsk, LiveWindow, Offer, Snapshot, Store

_CELL_UDEG = 20_000
"""Side of the squares by which shops near a wish are found, some two kilometres."""


@dataclass(frozen=True, slots=True)
class Part:
    """A component by a stable name: its first shop, or the kind that nobody near sells.

    ``ties`` name everything that two different parts cannot share: its shops, else its kind.
    """

    key: str
    ties: tuple[str, ...]
    snapshot: Snapshot


def split(snapshot: Snapshot) -> tuple[Part, ...]:
    """Take a snapshot apart; every wish is in exactly one part, and parts come by their names.

    A wish without a shop in reach is in a part with its like. There all shops that sell the kind
    are shown, so that the reason can be told.
    """
    ties = _Ties()
    market = _Shops(snapshot)
    stranded: dict[str, list[Intent]] = defaultdict(list)
    for intent in snapshot.intents:
        near = {offer.store for offer in market.in_reach(intent)}
        for key in near:
            ties.tie(f"i:{intent.key}", f"s:{key}")
        ties.tie(f"i:{intent.key}", f"p:{intent.person}")
    groups: dict[str, list[Intent]] = defaultdict(list)
    for intent in snapshot.intents:
        groups[ties.root(f"i:{intent.key}")].append(intent)
    stores: dict[str, list[str]] = defaultdict(list)
    for store in snapshot.stores:
        stores[ties.root(f"s:{store.key}")].append(store.key)
    parts = []
    for root, intents in groups.items():
        if stores[root]:
            parts.append(market.part(f"store:{min(stores[root])}", stores[root], intents))
        else:
            kinds = sorted({want.product for one in intents for want in one.wants})
            stranded[kinds[0] if kinds else ""].extend(intents)
    parts.extend(market.part(f"kind:{kind}", [], found) for kind, found in stranded.items())
    return tuple(sorted(parts, key=lambda part: part.key))


def content(part: Part, how: str, *, late_min: int) -> str:
    """Name everything that a decision about the part rests on but the passing of time.

    ``how`` says by which rules it is decided; ``late_min`` is 1 when the moment lies after the
    whole minute of the snapshot, which puts off the earliest starts.

    The same until a wish, a shop, stock, a window, a seat, an invite, an ask or an answer of the
    part changes, or somebody becomes available. What time alone changes is not in it.
    """
    snapshot = part.snapshot
    now, end = snapshot.epoch_min, snapshot.horizon_min
    held: tuple[LiveWindow | LiveAsk, ...] = (*snapshot.windows, *snapshot.asks)
    told = blake2b(digest_size=16)
    for lines in (
        (repr(asdict(snapshot.weights)), snapshot.currency, how),
        (repr(one) for one in snapshot.products),
        (_store(one, now, end) for one in snapshot.stores),
        (_offer(one, now, late_min) for one in snapshot.offers),
        (_intent(one, now) for one in snapshot.intents),
        (repr(_held(one, now)) for one in held),
    ):
        for line in sorted(lines):
            told.update(line.encode() + b"\n")
        told.update(b"\x1f")
    return told.hexdigest()


def _store(one: Store, now: int, end: int) -> str:
    return repr(replace(one, open=_absolute(one.open, now, end)))


def _offer(one: Offer, now: int, late_min: int) -> str:
    until = None if one.blocked_until is None else one.blocked_until + now
    return repr(replace(one, blocked_until=until, min_lead_min=one.min_lead_min - late_min))


def _intent(one: Intent, now: int) -> str:
    """What its buyer said; not what waiting and learning add to it."""
    plain = replace(
        one,
        available=_absolute(one.available, now, None),
        waiting_since_min=one.waiting_since_min + now,
        aging_minor=0,
        show_permille=1000,
    )
    return repr(plain)


def _held(one: LiveWindow | LiveAsk, now: int) -> LiveWindow | LiveAsk:
    moved = replace(one, start=one.start + now, end=one.end + now)
    if isinstance(moved, LiveAsk):
        return replace(moved, answer_by=moved.answer_by + now)
    return moved


def _absolute(spans: Iterable[Interval], now: int, end: int | None) -> tuple[Interval, ...]:
    """Minutes since the epoch; 0 for what has begun and what ends beyond the horizon."""
    return tuple(
        (since + now if since > 0 else 0, until + now if end is None or until < end else 0)
        for since, until in spans
    )


class _Ties:
    """Names that belong together (union by path halving)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        above = self._above
        while above.setdefault(name, name) != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    def tie(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first


class _Shops:
    """The offers of a snapshot by kind and square, and what stands at them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._whole = snapshot
        self._stores = {one.key: one for one in snapshot.stores}
        self._offers = {one.key: one for one in snapshot.offers if one.store in self._stores}
        self._cells: dict[str, dict[tuple[int, int], list[Offer]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for offer in self._offers.values():
            store = self._stores[offer.store]
            cell = store.latitude_udeg // _CELL_UDEG, store.longitude_udeg // _CELL_UDEG
            self._cells[offer.product][cell].append(offer)

    def in_reach(self, intent: Intent) -> Iterator[Offer]:
        """Give every offer of a wanted kind in the squares that the buyer's circle touches."""
        geo = self._whole.geo
        metres = intent.max_distance_m * 1000 / geo.detour_permille
        high = ceil(metres * 1_000_000 / geo.ky_um)
        wide = ceil(metres * 1_000_000 / max(1, geo.kx_um))
        rows = _squares(intent.latitude_udeg, high)
        columns = _squares(intent.longitude_udeg, wide)
        for product in {want.product for want in intent.wants}:
            cells = self._cells.get(product, {})
            if len(rows) * len(columns) > len(cells):
                near = (c for c in cells if c[0] in rows and c[1] in columns)
            else:
                near = ((row, column) for row in rows for column in columns)
            for cell in near:
                yield from cells.get(cell, ())

    def part(self, key: str, stores: list[str], intents: list[Intent]) -> Part:
        """Cut out some shops with all they sell, and some wishes.

        Wishes that reach nothing are shown what they do not reach.
        """
        lost = (one for one in intents if not any(self.in_reach(one)))
        kinds = {want.product for one in lost for want in one.wants}
        own = set(stores)
        offers = [o for o in self._offers.values() if o.store in own or o.product in kinds]
        return Part(key, tuple(sorted(stores)) or (key,), self._cut(offers, intents))

    def _cut(self, offers: list[Offer], intents: list[Intent]) -> Snapshot:
        whole = self._whole
        keys = {offer.key for offer in offers}
        people = {intent.person for intent in intents} | {intent.key for intent in intents}
        products = {offer.product for offer in offers}
        stores = {offer.store for offer in offers}
        return replace(
            whole,
            products=tuple(one for one in whole.products if one.key in products),
            stores=tuple(one for one in whole.stores if one.key in stores),
            offers=tuple(offers),
            intents=tuple(intents),
            windows=tuple(one for one in whole.windows if _touches(one, keys, people)),
            asks=tuple(one for one in whole.asks if _touches(one, keys, people)),
        )


def _touches(held: LiveWindow | LiveAsk, offers: set[str], people: set[str]) -> bool:
    """Whether a promise takes room of these offers, or time of these people or wishes."""
    wishes = held.intents if isinstance(held, LiveAsk) else held.invited
    return held.offer in offers or not people.isdisjoint((*held.persons, *wishes))


def _squares(middle: int, reach: int) -> range:
    return range((middle - reach) // _CELL_UDEG, (middle + reach) // _CELL_UDEG + 1)

"""How far off the twins of all shops were, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from commerce.catalog import queries as catalog
from commerce.forecast.numerics.price_acceptance import Belief, features_of
from commerce.forecast.numerics.price_limit import Limit
from commerce.places import queries as places
from commerce.places.queries import StoreCard
from windows.flash import queries as flash
from windows.flash.domain import WindowState
from windows.flash.queries import WindowCard
from windows.learning.queries.prices import price_response, seller_limits
from windows.twin.errors import TwinError, errors_of

_WINDOWS = 30
# Of a hundred; and a short walk.
_SHOWN_PRICE, _USUAL_M = 85, 400


@dataclass(frozen=True, slots=True)
class TwinLine:
    """A window that can be looked at on other terms."""

    window: WindowCard
    store: StoreCard
    product: str


@dataclass(frozen=True, slots=True)
class PriceLine:
    """What was learned of prices of one kind; ``kind`` is empty for all together.

    ``low`` to ``high`` of ten buyers asked at 15 % off say yes. The limit is the discount that a
    shop still allows, in parts per million of the price. Ranges hold with 80 %.
    """

    kind: str
    buyers: int
    low: int
    high: int
    shops: int
    limit_low_ppm: int
    limit_ppm: int
    limit_high_ppm: int


@dataclass(frozen=True, slots=True)
class Twins:
    """The error over all windows and of each shop, the farthest off first; the latest windows.

    ``prices`` begins with what holds where a kind has no answers of its own.
    """

    error: TwinError
    prices: tuple[PriceLine, ...]
    shops: tuple[tuple[StoreCard, TwinError], ...]
    windows: tuple[TwinLine, ...]


def twins(*, language: str, now: datetime) -> Twins:
    """Everything on the page. Ten queries."""
    error, by_store = errors_of(None, now=now)
    recent = flash.recent_windows(now=now, limit=_WINDOWS)
    shown = [window for window in recent if window.state is not WindowState.CANCELLED]
    stores = places.store_cards({*by_store, *(window.store_id for window in shown)})
    products = catalog.offering_cards({window.offering_id for window in shown})
    shops = ((stores[key], found) for key, found in by_store.items())
    return Twins(
        error=error,
        prices=_prices(language),
        shops=tuple(sorted(shops, key=lambda one: (-one[1].people_milli, one[0].name))),
        windows=tuple(
            TwinLine(window, stores[window.store_id], products[window.offering_id].name(language))
            for window in shown
        ),
    )


def _prices(language: str) -> tuple[PriceLine, ...]:
    response, limits = price_response(), seller_limits()
    names = catalog.concepts()
    lines = [_price_line("", response.everything, limits.everything)]
    for kind in sorted({*response.kinds, *limits.kinds}):
        name = names[kind].name(language) if kind in names else kind
        lines.append(_price_line(name, response.of_kind(kind), limits.of_kind(kind)))
    return tuple(lines)


def _price_line(kind: str, belief: Belief, limit: Limit) -> PriceLine:
    low, high = belief.chance_range(features_of(_SHOWN_PRICE, 100, _USUAL_M))
    allowed = (limit.range[0], limit.middle, limit.range[1])
    limit_low, middle, limit_high = (round(share * 1_000_000) for share in allowed)
    return PriceLine(
        kind=kind,
        buyers=belief.answers,
        low=floor(10 * float(low[0])),
        high=ceil(10 * float(high[0])),
        shops=limit.answers,
        limit_low_ppm=limit_low,
        limit_ppm=middle,
        limit_high_ppm=limit_high,
    )

"""How far off the twins of all shops were, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from commerce.catalog import queries as catalog
from commerce.places import queries as places
from commerce.places.queries import StoreCard
from windows.flash import queries as flash
from windows.flash.domain import WindowState
from windows.flash.queries import WindowCard
from windows.twin.errors import TwinError, errors_of

_WINDOWS = 30


@dataclass(frozen=True, slots=True)
class TwinLine:
    """A window that can be looked at on other terms."""

    window: WindowCard
    store: StoreCard
    product: str


@dataclass(frozen=True, slots=True)
class Twins:
    """The error over all windows and of each shop, the farthest off first; the latest windows."""

    error: TwinError
    shops: tuple[tuple[StoreCard, TwinError], ...]
    windows: tuple[TwinLine, ...]


def twins(*, language: str, now: datetime) -> Twins:
    """Everything on the page. Seven queries."""
    error, by_store = errors_of(None, now=now)
    recent = flash.recent_windows(now=now, limit=_WINDOWS)
    shown = [window for window in recent if window.state is not WindowState.CANCELLED]
    stores = places.store_cards({*by_store, *(window.store_id for window in shown)})
    products = catalog.offering_cards({window.offering_id for window in shown})
    shops = ((stores[key], found) for key, found in by_store.items())
    return Twins(
        error=error,
        shops=tuple(sorted(shops, key=lambda one: (-one[1].people_milli, one[0].name))),
        windows=tuple(
            TwinLine(window, stores[window.store_id], products[window.offering_id].name(language))
            for window in shown
        ),
    )

"""A window beside itself on other terms, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commerce.catalog import queries as catalog
from commerce.places.queries import StoreCard
from iceshop.kernel.errors import NotFound
from iceshop.kernel.money import Money, exponent
from windows.board.domain import percent_of, price_at
from windows.flash import queries as flash
from windows.flash.domain import WindowState
from windows.flash.queries import WindowCard
from windows.outcomes.queries import ResultCard, result_of
from windows.twin.domain import Picture, rounded
from windows.twin.errors import TwinError, errors_of
from windows.twin.queries import Change, Twin, own_terms, twin_of
from windows.twin.response import acceptance


@dataclass(frozen=True, slots=True)
class Column:
    """One picture with its amounts as money."""

    picture: Picture
    window: WindowCard

    @property
    def starts_at(self) -> datetime:
        """When the window of this column starts."""
        return self.window.starts_at

    @property
    def yes(self) -> int:
        """People who say yes, rounded."""
        return rounded(self.picture.yes.mean_milli)

    @property
    def come(self) -> int:
        """People who come, rounded."""
        return rounded(self.picture.come.mean_milli)

    @property
    def anyway(self) -> int:
        """Of those who come, people who would have paid the full price, rounded."""
        return rounded(self.picture.anyway_milli)

    @property
    def price(self) -> Money:
        """The unit price."""
        return self._money(self.picture.scenario.price_minor)

    @property
    def revenue(self) -> Money:
        """What the people who come pay, in whole units of the currency."""
        return self._about(self.picture.revenue_minor)

    @property
    def left(self) -> Money | None:
        """What stays of it after the cost of the goods, where that is known; in whole units."""
        left = self.picture.left_minor
        return None if left is None else self._about(left)

    @property
    def lost(self) -> Money:
        """What people who would have come anyway do not pay, in whole units."""
        return self._about(self.picture.lost_minor)

    def _about(self, minor: int) -> Money:
        """An expected amount: its small change would pretend to be known."""
        unit = 10 ** exponent(self.window.currency)
        return self._money(round(minor / unit) * unit)

    def _money(self, minor: int) -> Money:
        return Money(minor, self.window.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinPage:
    """A window, the chosen terms, both pictures, what happened, and how far off such pictures are.

    ``percent`` is the chosen discount. ``result`` is None until the window is over.
    """

    window: WindowCard
    product: str
    change: Change
    percent: int
    twin: Twin
    result: ResultCard | None
    error: TwinError

    @property
    def is_changed(self) -> bool:
        """Whether other terms were chosen."""
        return self.change != own_terms(self.window)

    @property
    def own(self) -> Column:
        """The window on its own terms."""
        return Column(self.twin.own, self.window)

    @property
    def other(self) -> Column:
        """The window on the chosen terms."""
        return Column(self.twin.other, self.window)

    @property
    def other_starts_at(self) -> datetime:
        """When it would start on the chosen terms."""
        return self.window.starts_at + timedelta(minutes=self.change.later_minutes)

    @property
    def other_ends_at(self) -> datetime:
        """When it would end on the chosen terms."""
        return self.other_starts_at + timedelta(minutes=self.change.length_minutes)

    @property
    def came_revenue(self) -> Money | None:
        """What came in at the till."""
        found = self.result
        return None if found is None else Money(found.revenue_minor, found.currency)


def twin_page(
    store: StoreCard,
    window_id: UUID,
    *,
    percent: int | None,
    later_minutes: int | None,
    length_minutes: int | None,
    language: str,
    now: datetime,
) -> TwinPage:
    """The page of one window; terms that are not given are its own. Some twenty queries.

    Raises: NotFound("window.unknown"), also for a cancelled window.
    """
    window = flash.window_card(window_id, now=now)
    if window is None or window.store_id != store.id or window.state is WindowState.CANCELLED:
        raise NotFound("window.unknown")
    own = own_terms(window)
    own_percent = percent_of(base_minor=window.base_price_minor, price_minor=window.price_minor)
    change = Change(
        price_minor=own.price_minor
        if percent in (None, own_percent)
        else max(1, price_at(base_minor=window.base_price_minor, percent=percent or 0)),
        later_minutes=later_minutes or 0,
        length_minutes=length_minutes or own.length_minutes,
    )
    return TwinPage(
        window=window,
        product=catalog.offering_card(window.offering_id).name(language),
        change=change,
        percent=own_percent if percent is None else percent,
        twin=twin_of(window, change, acceptance=acceptance(), now=now),
        result=result_of(window_id),
        error=errors_of([store.id], now=now)[0],
    )

"""Windows with everything that a partner's program is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.orgs.queries import OrganisationCard, organisation_cards
from commerce.catalog.published import published_id
from commerce.catalog.queries import offering_cards
from commerce.places.queries import StoreCard, store_cards, stores_of
from iceshop.kernel.errors import NotFound
from iceshop.kernel.money import Money
from windows.engine.types import Expected
from windows.flash import queries as flash
from windows.flash.listing import Mark, WindowFilter, listed_people, window_page
from windows.flash.queries import PeopleCounts, WindowCard
from windows.learning.queries import expected_people_of
from windows.partners.domain import benefit


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerWindow:
    """A window with its published ids; ``listed`` people it was opened for."""

    window: WindowCard
    seller: OrganisationCard
    store: StoreCard
    product_id: str
    listed: int
    people: PeopleCounts
    expected: Expected

    def benefit(self, language: str) -> str:
        """The benefit in a few words."""
        return benefit(
            base=Money(self.window.base_price_minor, self.window.currency),
            price=self.window.price,
            words=self.window.benefit(language),
            language=language,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Windows of one page, and the mark of the next one if there are more."""

    windows: tuple[PartnerWindow, ...]
    next: Mark | None


def partner_window(
    window_id: UUID, *, organisation_id: UUID | None, now: datetime
) -> PartnerWindow:
    """One window. About ten queries.

    Raises: NotFound("window.unknown"), also for one of another seller than ``organisation_id``.
    """
    card = flash.window_card(window_id, now=now)
    if card is None:
        raise NotFound("window.unknown")
    (found,) = _dressed([card], now)
    if organisation_id is not None and found.seller.id != organisation_id:
        raise NotFound("window.unknown")
    return found


def partner_windows(wanted: WindowFilter, *, after: Mark | None, limit: int, now: datetime) -> Page:
    """One page of windows, the latest start first. About ten queries, however many they are."""
    cards = window_page(wanted, after=after, limit=limit + 1, now=now)
    shown = cards[:limit]
    more = (shown[-1].starts_at, shown[-1].id) if len(cards) > limit else None
    return Page(_dressed(shown, now), more)


def stores_in_view(
    *, organisation_id: UUID | None, seller_id: UUID | None
) -> frozenset[UUID] | None:
    """Stores whose windows may be seen and are asked for; None means all."""
    organisations = {one for one in (organisation_id, seller_id) if one is not None}
    if not organisations:
        return None
    if len(organisations) > 1:
        return frozenset()
    return frozenset(store.id for store in stores_of(organisations))


def _dressed(cards: Iterable[WindowCard], now: datetime) -> tuple[PartnerWindow, ...]:
    cards = tuple(cards)
    ids = [card.id for card in cards]
    stores = store_cards({card.store_id for card in cards})
    sellers = organisation_cards({store.organisation_id for store in stores.values()})
    offerings = offering_cards({card.offering_id for card in cards})
    listed, people = listed_people(ids), flash.people_counts(ids, now=now)
    expected = expected_people_of(cards, now=now)
    return tuple(
        PartnerWindow(
            window=card,
            seller=sellers[stores[card.store_id].organisation_id],
            store=stores[card.store_id],
            product_id=published_id(offerings[card.offering_id].product),
            listed=listed.get(card.id, 0),
            people=people[card.id],
            expected=expected[card.id],
        )
        for card in cards
    )

"""What sellers answer and state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from commerce.offers import services as offers
from commerce.places import services as places
from commerce.places.queries import StoreCard
from commerce.pricing.domain import Tier
from iceshop.kernel.errors import NotFound
from whatsapp.conversation.commands.deed import Deed, Outcome, key_of
from whatsapp.dialogue import commands
from whatsapp.nlu.reading import DiscountTier
from windows.flash import queries as flash
from windows.flash import services as windows
from windows.flash.domain import WindowState
from windows.negotiation import services as negotiation


def _own_ask(key: str, deed: Deed) -> UUID:
    ask_id = key_of(key, "ask.unknown")
    if deed.store is None or not negotiation.is_of_store(ask_id=ask_id, store_id=deed.store.id):
        raise NotFound("ask.unknown")
    return ask_id


def accept_ask(command: commands.AcceptAsk, deed: Deed) -> Outcome:
    """Agree to what was asked."""
    ask_id = _own_ask(command.key, deed)
    # Whoever holds the phone can write; a deal below cost is confirmed on the board.
    window = windows.accept_ask(ask_id=ask_id, is_confirmed=False, by=deed.by, now=deed.now)
    return Outcome("ask.accepted", _agreed_params(window, deed))


def _agreed_params(window: flash.WindowCard, deed: Deed) -> Mapping[str, Any]:
    counts = flash.people_counts([window.id], now=deed.now)[window.id]
    return {
        "starts_at": window.starts_at,
        "ends_at": window.ends_at,
        "period": window.span,
        "price": window.price,
        "people": counts.unanswered + counts.confirmed,
        "board_link": deed.facts.store.board_link if deed.facts.store else "",
    }


def counter_ask(command: commands.CounterAsk, deed: Deed) -> Outcome:
    """Offer other terms; the first tier counts."""
    ask_id = _own_ask(command.key, deed)
    tier = command.tiers[0]
    window = windows.counter_ask(
        ask_id=ask_id,
        unit_minor=tier.unit_price_minor,
        percent_bp=tier.percent_bp,
        amount_off_minor=tier.amount_off_minor,
        is_confirmed=False,
        by=deed.by,
        now=deed.now,
    )
    return Outcome("ask.countered", _agreed_params(window, deed))


def refuse_ask(command: commands.RefuseAsk, deed: Deed) -> Outcome:
    """Give this group no discount."""
    negotiation.refuse(ask_id=_own_ask(command.key, deed), by=deed.by, now=deed.now)
    return Outcome("ask.refused")


def _own_store(deed: Deed) -> StoreCard:
    if deed.store is None:
        raise NotFound("store.unknown")
    return deed.store


def offer_stock(command: commands.OfferStock, deed: Deed) -> Outcome:
    """Put on sale what one sentence said."""
    store = _own_store(deed)
    for index, item in enumerate(command.items):
        offers.state_offer(
            store_id=store.id,
            said=offers.OfferSaid(
                product_text=item.product or "",
                stock=None if item.stock is None else int(item.stock),
                price_minor=item.price.amount_minor if item.price else None,
                tiers=tuple(_tier(tier) for tier in command.discounts) or None,
                floor_minor=command.floor.amount_minor if command.floor else None,
            ),
            by=deed.by,
            source_key=f"{deed.source_key}:{index}",
            now=deed.now,
        )
    return Outcome("offer.stored")


def _tier(said: DiscountTier) -> Tier:
    """A step of the ladder from what the seller said; without a number of people it is for one."""
    people = said.min_people or said.min_quantity or 1
    if said.percent_bp is not None:
        return Tier.percent(people, said.percent_bp)
    if said.unit_price_minor is not None:
        return Tier.fixed(people, said.unit_price_minor)
    return Tier.amount(people, said.amount_off_minor or 0)


def set_hours(command: commands.SetHours, deed: Deed) -> Outcome:
    """Change the opening hours of the days that were named."""
    store = _own_store(deed)
    named = {day for hours in command.hours for day in hours.days}
    weekly = [row for row in store.hours.weekly if row[0] not in named]
    for hours in command.hours:
        if hours.opens is not None and hours.closes is not None:
            # A close before the opening lies on the next day.
            closes = hours.closes + (1440 if hours.closes <= hours.opens else 0)
            weekly += [(day, hours.opens, closes) for day in hours.days]
    places.set_hours(store_id=store.id, weekly=weekly)
    return Outcome("hours.stored")


def mark_stock_left(command: commands.MarkStockLeft, deed: Deed) -> Outcome:
    """Limit the window that runs, or the next one."""
    store = _own_store(deed)
    running = [w for w in flash.live_windows(now=deed.now) if w.store_id == store.id]
    running.sort(key=lambda window: window.state is not WindowState.OPEN)
    if not running:
        raise NotFound("stock.no_window")
    short = windows.limit_stock(
        window_id=running[0].id, left=command.count, by=deed.by, now=deed.now
    )
    return Outcome("stock.marked", {"n": command.count, "short": short})

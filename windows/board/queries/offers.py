"""Asks with what they mean for the seller."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commerce.places.queries import StoreCard
from commerce.pricing import queries as pricing
from iceshop.kernel.errors import NotFound
from iceshop.kernel.money import Money
from windows.board import domain
from windows.board.domain import Slider
from windows.board.queries.lines import AskLine, ask_lines
from windows.negotiation import queries as negotiation
from windows.negotiation.domain import AskState, Economics, is_below_cost
from windows.negotiation.queries import AskCard
from windows.twin.domain import Larger, till_minutes
from windows.twin.queries import larger_discount
from windows.twin.response import acceptance

_FINISHED = 12


@dataclass(frozen=True, slots=True)
class Step:
    """A discount beside the chosen one: its unit price, and what stays if the group comes."""

    percent: int
    price: Money
    total_left: Money | None

    @property
    def percent_ppm(self) -> int:
        """The discount in parts per million."""
        return self.percent * 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One ask at ``price``, with its economics; for people who decide for the store only.

    ``benefit_cost`` is what a benefit in words costs for a piece; a price of the seller's own takes
    its place. ``till_minutes``: work at the till when the asked group comes. ``larger``: what a
    larger discount would do to the group, where that is known.
    """

    line: AskLine
    price: Money
    base: Money
    cost: Money | None
    benefit_cost: Money | None
    floor: Money | None
    economics: Economics
    slider: Slider
    steps: tuple[Step, ...]
    till_minutes: int
    larger: Larger | None
    is_asked_below_cost: bool

    @property
    def ask(self) -> AskCard:
        """The ask itself."""
        return self.line.ask

    @property
    def left(self) -> Money | None:
        """What stays of a piece."""
        return self._money(self.economics.left_minor)

    @property
    def total_left(self) -> Money | None:
        """What stays when the asked group comes."""
        left = self.left
        return left * self.ask.people if left else None

    @property
    def worst(self) -> Money:
        """What is given away when everybody would have come anyway, below zero."""
        return Money(-self.economics.worst_case_minor, self.ask.currency)

    @property
    def is_below_cost(self) -> bool:
        """Whether the seller pays for every piece at the chosen price."""
        return self.economics.left_minor is not None and self.economics.left_minor < 0

    def _money(self, minor: int | None) -> Money | None:
        return None if minor is None else Money(minor, self.ask.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferPage:
    """Waiting asks, finished ones, and one of them in front, with its ``offer`` for deciders."""

    store: StoreCard
    waiting: tuple[AskLine, ...]
    finished: tuple[AskLine, ...]
    front: AskLine | None
    offer: Offer | None

    @property
    def is_waiting(self) -> bool:
        """Whether the one in front can still be answered."""
        return self.front is not None and self.front.ask.state is AskState.ASKED


def offer_page(
    store: StoreCard,
    *,
    ask_id: UUID | None,
    percent: int | None = None,
    price_minor: int | None = None,
    decides: bool,
    language: str,
    now: datetime,
) -> OfferPage:
    """The asks of a store with ``ask_id``, or the most urgent one, at the given or asked price.

    Seven queries at most, and those of `larger_discount` for an ask that waits.
    Raises: NotFound("ask.unknown").
    """
    recent = negotiation.recent_asks(store_id=store.id, now=now, limit=_FINISHED)
    waiting = negotiation.live_asks(now=now, store_ids=[store.id])
    known = {ask.id: ask for ask in (*recent, *waiting)}
    if ask_id is not None and ask_id not in known:
        known[ask_id] = _own_ask(store, ask_id, now)
    lines = {line.ask.id: line for line in ask_lines(known.values(), language)}
    front_id = ask_id or (waiting[0].id if waiting else None)
    front = lines[front_id] if front_id else None
    return OfferPage(
        store=store,
        waiting=tuple(lines[ask.id] for ask in waiting),
        finished=tuple(lines[ask.id] for ask in recent if ask.state is not AskState.ASKED),
        front=front,
        offer=_offer(store, front, percent, price_minor, now) if front and decides else None,
    )


def _own_ask(store: StoreCard, ask_id: UUID, now: datetime) -> AskCard:
    ask = negotiation.ask_card(ask_id, now=now)
    if ask is None or ask.store_id != store.id:
        raise NotFound("ask.unknown")
    return ask


def _offer(
    store: StoreCard,
    line: AskLine,
    percent: int | None,
    price_minor: int | None,
    now: datetime,
) -> Offer:
    ask = line.ask
    plan = pricing.terms_card(ask.offering_id).plan
    price = _price(ask, percent, price_minor)
    as_asked = price == ask.price_minor
    slider = domain.slider(
        base_minor=ask.base_price_minor, price_minor=price, floor_minor=plan.floor_price_minor
    )
    return Offer(
        line=line,
        price=Money(price, ask.currency),
        base=Money(ask.base_price_minor, ask.currency),
        cost=_optional(plan.unit_cost_minor, ask.currency),
        floor=_optional(plan.floor_price_minor, ask.currency),
        benefit_cost=_optional(ask.benefit_cost_minor or None, ask.currency) if as_asked else None,
        economics=ask.economics(
            cost_minor=plan.unit_cost_minor, price_minor=None if as_asked else price
        ),
        slider=slider,
        till_minutes=till_minutes(ask.people, store.people_per_five_minutes),
        larger=_larger(ask, now),
        is_asked_below_cost=is_below_cost(
            price_minor=ask.price_minor,
            benefit_cost_minor=ask.benefit_cost_minor,
            cost_minor=plan.unit_cost_minor,
        ),
        steps=tuple(
            _step(ask, beside, plan.unit_cost_minor)
            for beside in (slider.lower, slider.higher)
            if beside is not None
        ),
    )


def _larger(ask: AskCard, now: datetime) -> Larger | None:
    """What a larger discount would do, for an ask that waits, where it is worth saying."""
    if ask.state is not AskState.ASKED:
        return None
    found = larger_discount(ask, acceptance=acceptance(), now=now)
    return found if found and found.is_worth_saying else None


def _price(ask: AskCard, percent: int | None, price_minor: int | None) -> int:
    """The chosen unit price where it is one, the agreed or the asked one otherwise."""
    if percent is not None and 0 <= percent < 100:
        return domain.price_at(base_minor=ask.base_price_minor, percent=percent)
    if price_minor is not None and 0 < price_minor <= ask.base_price_minor:
        return price_minor
    return ask.price_minor if ask.agreed_price_minor is None else ask.agreed_price_minor


def _step(ask: AskCard, percent: int, cost_minor: int | None) -> Step:
    price = domain.price_at(base_minor=ask.base_price_minor, percent=percent)
    left = ask.economics(cost_minor=cost_minor, price_minor=price).left_minor
    total = None if left is None else Money(left * ask.people, ask.currency)
    return Step(percent, Money(price, ask.currency), total)


def _optional(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)

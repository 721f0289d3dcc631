"""From a yes to a window: stock reserved, seats counted, everybody invited, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from commerce.places import queries as places
from commerce.pricing import queries as pricing
from commerce.stock import queries as stock_levels
from commerce.stock import services as stock
from iceshop.infra.db import step
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import Conflict, Expired, NotFound
from iceshop.kernel.time import TimeRange
from windows.flash import domain
from windows.flash.domain import WindowMove
from windows.flash.models import Window
from windows.flash.queries import WindowCard, window_of_row
from windows.flash.services.events import record
from windows.flash.services.invites import InvitedPerson, invite_reachable
from windows.intents import queries as intents
from windows.negotiation import services as negotiation
from windows.negotiation.domain import counter_price
from windows.negotiation.queries import ask_card
from windows.negotiation.services import Agreement, Proposal, ProposedMember
from windows.notices import services as notices
from windows.notices.domain import NoticeKind

# The product's windows start on whole minutes.
SLOT_MINUTES = 1


@step
def accept_ask(*, ask_id: UUID, is_confirmed: bool, by: Actor, now: datetime) -> WindowCard:
    """The seller says yes: the window opens at the asked price. A second yes returns it.

    ``is_confirmed``: the password was given again for this deed; a deal below cost needs it.
    Raises: NotFound("ask.unknown"), Expired("ask.expired"), Conflict("ask.already_answered"),
    NotAllowed("ask.below_cost"), Conflict("stock.short").
    """
    agreement = negotiation.accept(ask_id=ask_id, is_confirmed=is_confirmed, by=by, now=now)
    return _open(agreement, by=by, now=now)


@step
def counter_ask(
    *,
    ask_id: UUID,
    is_confirmed: bool,
    by: Actor,
    now: datetime,
    unit_minor: int | None = None,
    percent_bp: int | None = None,
    amount_off_minor: int | None = None,
) -> WindowCard:
    """The seller names other terms; if enough people can pay them, the window opens at that price.

    Raises what ``accept_ask`` raises, Conflict("ask.below_floor"), Conflict("ask.too_few"),
    Invalid("ask.not_a_discount"); then the ask still waits.
    """
    ask = ask_card(ask_id, now=now)
    if ask is None:
        raise NotFound("ask.unknown")
    price = counter_price(
        base_minor=ask.base_price_minor,
        percent_bp=percent_bp,
        amount_off_minor=amount_off_minor,
        unit_minor=unit_minor,
    )
    agreement = negotiation.counter(
        ask_id=ask_id, price_minor=price, is_confirmed=is_confirmed, by=by, now=now
    )
    return _open(agreement, by=by, now=now)


@step
def open_by_rule(
    *, proposal: Proposal, members: tuple[ProposedMember, ...], by: Actor, now: datetime
) -> WindowCard:
    """Open a window that a standing rule of the seller allows; the seller is told."""
    agreement = negotiation.agree_by_rule(proposal=proposal, members=members, by=by, now=now)
    card = _open(agreement, by=by, now=now)
    for person_id in negotiation.sellers_of(card.store_id):
        notices.plan(
            kind=NoticeKind.SELLER_AGREED,
            person_id=person_id,
            subject_kind="window",
            subject_id=card.id,
            useful_until=card.starts_at,
            now=now,
        )
    return card


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectDeal:
    """A window that a program asks for (``POST flash-window/create``)."""

    source_key: str
    store_id: UUID
    offering_id: UUID
    span: TimeRange
    price_minor: int
    base_price_minor: int
    currency: str
    seats_max: int
    benefit_tr: str = ""
    benefit_en: str = ""


@step
def open_directly(
    *, deal: DirectDeal, people: tuple[InvitedPerson, ...], by: Actor, now: datetime
) -> WindowCard:
    """Open a window without an ask; the same source key again returns the stored window.

    People who can be written to are invited. Raises: Conflict("stock.short"), and by constraint
    "window.overlaps".
    """
    stored = Window.objects.filter(source_key=deal.source_key).first()
    if stored is not None:
        return window_of_row(stored, now)
    row = _create(deal, ask_id=None, min_people=1, by=by, now=now)
    invite_reachable(window_id=row.id, people=people, now=now)
    _plan_seller(row, now=now)
    return window_of_row(row, now)


def _open(agreement: Agreement, *, by: Actor, now: datetime) -> WindowCard:
    ask = agreement.ask
    stored = Window.objects.filter(ask_id=ask.id).first()
    if stored is not None:
        return window_of_row(stored, now)
    span, people = _who_and_when(agreement, now)
    free = stock_levels.free_stock([ask.offering_id]).get(ask.offering_id, 0)
    if free < ask.min_people:
        raise Conflict("stock.short", free=free, needed=ask.min_people)
    deal = DirectDeal(
        source_key=f"ask:{ask.id}",
        store_id=ask.store_id,
        offering_id=ask.offering_id,
        span=span,
        price_minor=agreement.price_minor,
        base_price_minor=ask.base_price_minor,
        currency=ask.currency,
        seats_max=min(ask.max_people, free),
        # A price of the seller's own takes the place of a benefit in words.
        benefit_tr=ask.benefit_tr if agreement.price_minor == ask.price_minor else "",
        benefit_en=ask.benefit_en if agreement.price_minor == ask.price_minor else "",
    )
    row = _create(deal, ask_id=ask.id, min_people=ask.min_people, by=by, now=now)
    invite_reachable(window_id=row.id, people=people, now=now)
    _plan_seller(row, now=now)
    return window_of_row(row, now)


def _who_and_when(
    agreement: Agreement, now: datetime
) -> tuple[TimeRange, tuple[InvitedPerson, ...]]:
    """The minutes, moved on when the yes came late, and the buyers who still have that time.

    Raises Expired("ask.expired") when too few of them are left.
    """
    ask = agreement.ask
    store = places.store_card(ask.store_id)
    plan = pricing.terms_card(ask.offering_id).plan
    lead = store.lead_minutes if plan.lead_minutes is None else plan.lead_minutes
    span = domain.planned_span(
        asked=TimeRange(ask.starts_at, ask.ends_at),
        lead=timedelta(minutes=lead),
        slot_minutes=SLOT_MINUTES,
        now=now,
    )
    wanted = intents.intents(agreement.intent_ids)
    able = [
        card
        for intent_id in agreement.intent_ids
        if (card := wanted[intent_id]).state == "open" and any(s.covers(span) for s in card.spans)
    ]
    if sum(card.party_size for card in able) < ask.min_people:
        raise Expired("ask.expired", at=ask.answer_by)
    return span, tuple(InvitedPerson(card.person_id, card.id, card.party_size) for card in able)


def _create(
    deal: DirectDeal, *, ask_id: UUID | None, min_people: int, by: Actor, now: datetime
) -> Window:
    store = places.store_card(deal.store_id)
    before = pricing.before_price(deal.offering_id, at=now)
    row = Window.objects.create(
        ask_id=ask_id,
        source_key=deal.source_key,
        store_id=deal.store_id,
        offering_id=deal.offering_id,
        starts_at=deal.span.start,
        ends_at=deal.span.end,
        timezone=store.timezone,
        price_minor=deal.price_minor,
        base_price_minor=deal.base_price_minor,
        before_price_minor=before.price_minor if before else None,
        before_evidence=[str(record_id) for record_id in before.record_ids] if before else [],
        currency=deal.currency,
        benefit_tr=deal.benefit_tr,
        benefit_en=deal.benefit_en,
        min_people=min_people,
        seats_max=deal.seats_max,
        decide_at=domain.decision_at(deal.span, now) if min_people > 1 else None,
        created_at=now,
    )
    stock.reserve(
        offering_id=deal.offering_id,
        quantity=deal.seats_max,
        source_key=stock_key(row.id),
        now=now,
    )
    record(row, move=WindowMove.SCHEDULE, by=by, now=now, seats_max=deal.seats_max)
    return row


def stock_key(window_id: UUID) -> str:
    """Source key of a window's stock reservation."""
    return f"window:{window_id}"


def _plan_seller(row: Window, *, now: datetime) -> None:
    """Tell the seller shortly before the start whom to expect."""
    ahead = min(domain.GET_READY_AHEAD, (row.starts_at - now) / 2)
    for person_id in negotiation.sellers_of(row.store_id):
        notices.plan(
            kind=NoticeKind.SELLER_GET_READY,
            person_id=person_id,
            subject_kind="window",
            subject_id=row.id,
            not_before=row.starts_at - ahead,
            useful_until=row.starts_at + (row.ends_at - row.starts_at) / 2,
            now=now,
        )

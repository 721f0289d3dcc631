"""Asking, answering, expiring. Opening the window of an agreed ask is the next slice's work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from accounts.orgs import queries as orgs
from commerce.places import queries as places
from commerce.pricing import queries as pricing
from iceshop.infra.db import operation, step
from iceshop.infra.realtime.poke import poke
from iceshop.infra.realtime.topics import board_topic
from iceshop.kernel.actors import SYSTEM, Actor
from iceshop.kernel.errors import Conflict, Expired, NotAllowed, NotFound
from windows.negotiation import domain
from windows.negotiation.domain import ASK, AskMove, AskState, Member
from windows.negotiation.models import Ask, AskEvent, AskMember
from windows.negotiation.queries import AskCard, card_of
from windows.notices import services as notices
from windows.notices.domain import NoticeKind

_BATCH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the engine wants asked. Prices are for one piece, in minor units."""

    decision_key: str
    store_id: UUID
    offering_id: UUID
    starts_at: datetime
    ends_at: datetime
    people: int
    min_people: int
    max_people: int
    price_minor: int
    base_price_minor: int
    currency: str
    benefit_tr: str = ""
    benefit_en: str = ""
    benefit_cost_minor: int = 0
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class ProposedMember:
    """A buyer of the proposed group."""

    intent_id: UUID
    person_id: UUID
    people: int
    budget_minor: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An ask with a yes: at what price, for whom."""

    ask: AskCard
    price_minor: int
    intent_ids: tuple[UUID, ...]


@step
def ask(
    *, proposal: Proposal, members: tuple[ProposedMember, ...], by: Actor, now: datetime
) -> AskCard:
    """Put the question to the store's people; the same decision again returns the stored ask.

    Raises: Conflict("ask.below_floor"), and by constraint "ask.already_asked" or
    "intent.in_other_ask".
    """
    stored = Ask.objects.filter(decision_key=proposal.decision_key).first()
    if stored is not None:
        return card_of(stored, now)
    row = _store(proposal, members, by=by, now=now)
    remind_at = domain.remind_at(now, proposal.answer_by)
    for person_id in sellers_of(proposal.store_id):
        for kind, moment in ((NoticeKind.ASK, now), (NoticeKind.ASK_REMINDER, remind_at)):
            notices.plan(
                kind=kind,
                person_id=person_id,
                subject_kind="ask",
                subject_id=row.id,
                not_before=moment,
                useful_until=proposal.answer_by,
                now=now,
            )
    poke(board_topic(proposal.store_id))
    return card_of(row, now)


@step
def agree_by_rule(
    *, proposal: Proposal, members: tuple[ProposedMember, ...], by: Actor, now: datetime
) -> Agreement:
    """Store a deal that the seller's standing rule allows, without asking.

    Raises: NotAllowed("ask.below_cost"): nobody could confirm it.
    """
    stored = Ask.objects.filter(decision_key=proposal.decision_key).first()
    row = stored or _store(proposal, members, by=by, now=now, is_by_rule=True)
    if row.state == AskState.ASKED:
        _must_pay(row, price_minor=row.price_minor, is_confirmed=False)
        return _agree(row, price_minor=row.price_minor, coming=None, by=by, now=now)
    return _agreement(row, now)


@step
def accept(*, ask_id: UUID, is_confirmed: bool, by: Actor, now: datetime) -> Agreement:
    """The seller says yes to what was asked; a second yes returns the first agreement.

    ``is_confirmed``: the password was given again for this deed; a deal below cost needs it.
    Raises: NotFound("ask.unknown"), Expired("ask.expired"), Conflict("ask.already_answered"),
    NotAllowed("ask.below_cost"); then the ask still waits.
    """
    row = _locked(ask_id)
    if row.state == AskState.ACCEPTED:
        return _agreement(row, now)
    _must_wait(row, now)
    _must_pay(row, price_minor=row.price_minor, is_confirmed=is_confirmed)
    return _agree(row, price_minor=row.price_minor, coming=None, by=by, now=now)


@step
def counter(
    *, ask_id: UUID, price_minor: int, is_confirmed: bool, by: Actor, now: datetime
) -> Agreement:
    """The seller names another unit price; it binds when enough of the group can pay it.

    The agreed price again returns the agreement. Raises what ``accept`` raises, and
    Conflict("ask.below_floor") or Conflict("ask.too_few"); then the ask still waits.
    """
    row = _locked(ask_id)
    if row.state == AskState.ACCEPTED and row.agreed_price_minor == price_minor:
        return _agreement(row, now)
    _must_wait(row, now)
    domain.counter_price(
        base_minor=row.base_price_minor,
        percent_bp=None,
        amount_off_minor=None,
        unit_minor=price_minor,
    )
    coming = domain.judge_counter(
        price_minor=price_minor,
        floor_minor=pricing.terms_card(row.offering_id).plan.floor_price_minor,
        min_people=row.min_people,
        members=_members(row),
    )
    _must_pay(row, price_minor=price_minor, is_confirmed=is_confirmed)
    _note(row, AskMove.COUNTER, by=by, now=now, price_minor=price_minor)
    return _agree(row, price_minor=price_minor, coming=coming, by=by, now=now)


@step
def refuse(*, ask_id: UUID, by: Actor, now: datetime) -> None:
    """The seller says no. Raises what ``accept`` raises; a second no changes nothing."""
    row = _locked(ask_id)
    if row.state == AskState.REFUSED:
        return
    _must_wait(row, now)
    _end(row, AskMove.REFUSE, by=by, now=now)


@operation
def expire_due(*, now: datetime) -> int:
    """End asks whose time to answer has passed, and tell the seller once; returns how many."""
    due = list(
        Ask.objects.select_for_update(skip_locked=True).filter(
            state=AskState.ASKED, answer_by__lte=now
        )[:_BATCH]
    )
    for row in due:
        # The planned moment is what counts; a late tick does not lengthen anybody's rest.
        _end(row, AskMove.EXPIRE, by=SYSTEM, now=now, at=row.answer_by)
        for person_id in sellers_of(row.store_id):
            notices.plan(
                kind=NoticeKind.ASK_EXPIRED,
                person_id=person_id,
                subject_kind="ask",
                subject_id=row.id,
                useful_until=row.answer_by + timedelta(minutes=30),
                now=now,
            )
    return len(due)


@step
def leave(*, intent_id: UUID, now: datetime) -> None:
    """Take a buyer who cancelled out of the live ask; the ask ends when too few are left."""
    member = AskMember.objects.filter(intent_id=intent_id, is_live=True).first()
    if member is None:
        return
    row = _locked(member.ask_id)
    AskMember.objects.filter(pk=member.pk).update(is_live=False)
    left = sum(m.people for m in _members(row))
    if row.state == AskState.ASKED and left < row.min_people:
        _end(row, AskMove.WITHDRAW, by=SYSTEM, now=now)


def is_of_store(*, ask_id: UUID, store_id: UUID) -> bool:
    """Whether the ask was put to this store."""
    return Ask.objects.filter(pk=ask_id, store_id=store_id).exists()


def sellers_of(store_id: UUID) -> tuple[UUID, ...]:
    """People who are written to for a store."""
    store = places.store_card(store_id)
    return orgs.people_of(store.organisation_id)


def _store(
    proposal: Proposal,
    members: tuple[ProposedMember, ...],
    *,
    by: Actor,
    now: datetime,
    is_by_rule: bool = False,
) -> Ask:
    floor = pricing.terms_card(proposal.offering_id).plan.floor_price_minor
    if floor is not None and proposal.price_minor < floor:
        raise Conflict("ask.below_floor")
    row = Ask.objects.create(
        decision_key=proposal.decision_key,
        store_id=proposal.store_id,
        offering_id=proposal.offering_id,
        starts_at=proposal.starts_at,
        ends_at=proposal.ends_at,
        people=proposal.people,
        min_people=proposal.min_people,
        max_people=proposal.max_people,
        price_minor=proposal.price_minor,
        base_price_minor=proposal.base_price_minor,
        currency=proposal.currency,
        benefit_tr=proposal.benefit_tr,
        benefit_en=proposal.benefit_en,
        benefit_cost_minor=proposal.benefit_cost_minor,
        answer_by=proposal.answer_by,
        by_rule=is_by_rule,
        created_at=now,
    )
    AskMember.objects.bulk_create(
        AskMember(
            ask=row,
            intent_id=member.intent_id,
            person_id=member.person_id,
            people=member.people,
            budget_minor=member.budget_minor,
        )
        for member in members
    )
    _note(row, AskMove.ASK, by=by, now=now, price_minor=proposal.price_minor)
    return row


def _locked(ask_id: UUID) -> Ask:
    row = Ask.objects.select_for_update(no_key=True).filter(pk=ask_id).first()
    if row is None:
        raise NotFound("ask.unknown")
    return row


def _must_wait(row: Ask, now: datetime) -> None:
    state = domain.effective_state(AskState(row.state), row.answer_by, now)
    if state is AskState.EXPIRED:
        raise Expired("ask.expired", at=row.answer_by)
    if state is not AskState.ASKED:
        raise Conflict("ask.already_answered", state=str(state))


def _must_pay(row: Ask, *, price_minor: int, is_confirmed: bool) -> None:
    if is_confirmed:
        return
    if domain.is_below_cost(
        price_minor=price_minor,
        benefit_cost_minor=row.benefit_cost_minor if price_minor == row.price_minor else 0,
        cost_minor=pricing.terms_card(row.offering_id).plan.unit_cost_minor,
    ):
        raise NotAllowed("ask.below_cost")


def _members(row: Ask) -> tuple[Member, ...]:
    live = row.members.filter(is_live=True).order_by("pk")
    return tuple(Member(str(m.intent_id), m.people, m.budget_minor) for m in live)


def _agree(
    row: Ask, *, price_minor: int, coming: tuple[Member, ...] | None, by: Actor, now: datetime
) -> Agreement:
    chosen = coming if coming is not None else _members(row)
    row.state, row.agreed_price_minor, row.answered_at = AskState.ACCEPTED, price_minor, now
    row.save(update_fields=("state", "agreed_price_minor", "answered_at"))
    row.members.update(is_live=False)
    _note(row, AskMove.ACCEPT, by=by, now=now, price_minor=price_minor, people=len(chosen))
    notices.withdraw(subject_kind="ask", subject_id=row.id, now=now)
    poke(board_topic(row.store_id))
    return Agreement(card_of(row, now), price_minor, tuple(UUID(m.key) for m in chosen))


def _agreement(row: Ask, now: datetime) -> Agreement:
    price = row.agreed_price_minor or row.price_minor
    able = row.members.all().order_by("pk")
    ids = tuple(m.intent_id for m in able if m.budget_minor is None or price <= m.budget_minor)
    return Agreement(card_of(row, now), price, ids)


def _end(row: Ask, move: AskMove, *, by: Actor, now: datetime, at: datetime | None = None) -> None:
    row.state, row.answered_at = ASK.target(move), at or now
    row.save(update_fields=("state", "answered_at"))
    row.members.update(is_live=False)
    _note(row, move, by=by, now=now)
    notices.withdraw(subject_kind="ask", subject_id=row.id, now=now)
    poke(board_topic(row.store_id))


def _note(row: Ask, move: AskMove, *, by: Actor, now: datetime, **facts: object) -> None:
    AskEvent.objects.create(
        ask=row, move=move, at=now, actor_kind=by.kind, actor_key=by.key, facts=facts
    )

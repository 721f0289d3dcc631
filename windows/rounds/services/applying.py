"""Carrying out what a round decided, each decision in a transaction of its own."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import DatabaseError

from commerce.places.queries import StoreCard
from commerce.pricing.queries import TermsCard
from iceshop.infra.db import outside, run_operation
from iceshop.kernel.actors import Actor
from iceshop.kernel.errors import DomainError
from windows.engine.types import Action, Decision
from windows.flash import services as flash
from windows.flash.services import InvitedPerson
from windows.intents import services as intents
from windows.intents.domain import IntentMove
from windows.intents.queries import IntentCard
from windows.negotiation import services as negotiation
from windows.negotiation.services import Proposal, ProposedMember
from windows.notices import services as notices
from windows.notices.domain import NoticeKind
from windows.rounds import snapshot as snapshots
from windows.rounds.snapshot import Taken

log = structlog.get_logger(__name__)

ENGINE = Actor.rule("engine")
APPLIED = "applied"
UNCHANGED = "unchanged"
WAITING = "waiting"


@outside
def apply(*, decision: Decision, taken: Taken, now: datetime) -> str:
    """Apply one decision in its own transaction; the code of what became of it."""
    if decision.action is Action.WAIT_FOR_BUYERS and _is_old_news(decision, taken, now):
        return UNCHANGED
    try:
        return run_operation(_APPLY[decision.action], decision, taken, now)
    except DomainError as error:
        return error.code
    except DatabaseError:
        log.exception("round.decision_failed", key=decision.key, action=decision.action)
        return "round.conflict"


def _ask_seller(decision: Decision, taken: Taken, now: datetime) -> str:
    negotiation.ask(
        proposal=_proposal(decision, taken, now),
        members=_members(decision, taken),
        by=ENGINE,
        now=now,
    )
    return APPLIED


def _create_window(decision: Decision, taken: Taken, now: datetime) -> str:
    flash.open_by_rule(
        proposal=_proposal(decision, taken, now),
        members=_members(decision, taken),
        by=ENGINE,
        now=now,
    )
    return APPLIED


def _notify_waitlist(decision: Decision, taken: Taken, now: datetime) -> str:
    people = tuple(
        InvitedPerson(card.person_id, card.id, card.party_size)
        for key in decision.intents
        for card in [taken.intents[key]]
    )
    count = flash.invite_reachable(window_id=UUID(decision.window), people=people, now=now)
    return APPLIED if count else UNCHANGED


def _is_old_news(decision: Decision, taken: Taken, now: datetime) -> bool:
    """Whether the wait is what the intent's row says already, and no promise is due.

    Nearly all decisions of a round are such: they open no transaction.
    """
    card = taken.intents[decision.intents[0]]
    known = (card.people_waiting, card.people_needed, card.wait_reason)
    is_due = card.promised_told_at is None and card.answer_by <= now
    return not is_due and _wait_facts(decision, card) == known


def _wait_facts(decision: Decision, card: IntentCard) -> tuple[int, int, str]:
    """People who want it, people needed, and the reason's code."""
    reason = decision.reasons[0]
    facts = reason.facts()
    return int(facts.get("have", card.party_size)), int(facts.get("need", 0)), reason.code


def _wait(decision: Decision, taken: Taken, now: datetime) -> str:
    (key,) = decision.intents
    card = taken.intents[key]
    have, need, reason = _wait_facts(decision, card)
    is_news = intents.note_wait(intent_id=card.id, waiting=have, needed=need, reason=reason)
    if intents.claim_promise(intent_id=card.id, now=now):
        notices.plan(
            kind=NoticeKind.NOTHING_FOUND,
            person_id=card.person_id,
            subject_kind="intent",
            subject_id=card.id,
            useful_until=max(card.ends_at, now + timedelta(minutes=5)),
            now=now,
        )
    return WAITING if is_news else UNCHANGED


def _drop(decision: Decision, taken: Taken, now: datetime) -> str:
    (key,) = decision.intents
    card = taken.intents[key]
    reason = decision.reasons[0].code
    moved = intents.move(intent_id=card.id, move=IntentMove.DROP, by=ENGINE, now=now, reason=reason)
    if moved:
        notices.plan(
            kind=NoticeKind.NOTHING_FOUND,
            person_id=card.person_id,
            subject_kind="intent",
            subject_id=card.id,
            useful_until=now + timedelta(minutes=30),
            now=now,
        )
    return APPLIED if moved else UNCHANGED


_APPLY = {
    Action.ASK_SELLER: _ask_seller,
    Action.CREATE_WINDOW: _create_window,
    Action.NOTIFY_WAITLIST: _notify_waitlist,
    Action.WAIT_FOR_BUYERS: _wait,
    Action.DROP: _drop,
}


def _proposal(decision: Decision, taken: Taken, now: datetime) -> Proposal:
    terms = taken.terms[decision.offer]
    store = taken.stores[taken.store_of_offer[decision.offer]]
    tier = terms.tiers[decision.tier or 0]
    t0 = taken.snapshot.t0
    return Proposal(
        # A group that was refused may be asked again later: the moment is part of the key.
        decision_key=f"{decision.key}:{int(t0.timestamp())}",
        store_id=store.id,
        offering_id=terms.offering_id,
        starts_at=t0 + timedelta(minutes=decision.start or 0),
        ends_at=t0 + timedelta(minutes=decision.end or 0),
        people=decision.people,
        min_people=tier.min_people,
        max_people=_most_people(terms, store, decision),
        price_minor=tier.unit_price_minor,
        base_price_minor=terms.price_minor or tier.unit_price_minor,
        currency=terms.currency,
        benefit_tr=tier.words("tr"),
        benefit_en=tier.words("en"),
        benefit_cost_minor=tier.tier.cost_minor or 0,
        answer_by=now + timedelta(seconds=snapshots.parameters().ask_answer_seconds),
    )


def _most_people(terms: TermsCard, store: StoreCard, decision: Decision) -> int:
    """The cap of the window: what the seller allows and the till can serve."""
    till = snapshots.most_served(store, (decision.end or 0) - (decision.start or 0))
    return max(decision.people, min(terms.plan.max_people, till))


def _members(decision: Decision, taken: Taken) -> tuple[ProposedMember, ...]:
    cards = [taken.intents[key] for key in decision.intents]
    return tuple(
        ProposedMember(card.id, card.person_id, card.party_size, card.budget_minor)
        for card in cards
    )

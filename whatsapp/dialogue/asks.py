"""A shop's answer to an ask: yes, no, or its own terms read back with their effect in money."""

from __future__ import annotations

from dataclasses import replace

from whatsapp.dialogue.about import ask_summary
from whatsapp.dialogue.commands import AcceptAsk, RefuseAsk
from whatsapp.dialogue.drafting import OFFER_QUESTIONS
from whatsapp.dialogue.events import Said
from whatsapp.dialogue.facts import AskFacts, Facts
from whatsapp.dialogue.questions import question
from whatsapp.dialogue.replies import Line, Reply, Step
from whatsapp.dialogue.states import DialogueState, Draft
from whatsapp.dialogue.terms import bare_number, is_discount, price_under, tiers_said
from whatsapp.nlu.reading import Act, DiscountTier, StockItem

YES = frozenset({Act.CONFIRM, Act.ACCEPT_DISCOUNT})
NO = frozenset({Act.DECLINE, Act.REFUSE_DISCOUNT})


def ask_counter(state: DialogueState, facts: Facts) -> Step:
    """Ask which discount the shop would give."""
    state = replace(state, draft=None).asking("counter", facts.now)
    return Step(state, (), question(state, facts))


def is_about(event: Said, state: DialogueState) -> bool:
    """Whether the message speaks of the ask rather than of stock."""
    reading = event.reading
    if reading.act is Act.OFFER_STOCK:
        return False
    asked_stock = state.asked in OFFER_QUESTIONS
    answers = YES | NO | {Act.COUNTER_DISCOUNT, Act.CANCEL, Act.CHANGE_TIME}
    has_terms = bool(tiers_said(reading) or bare_number(reading, event.text))
    return reading.act in answers or (has_terms and not asked_stock)


def answered(state: DialogueState, event: Said, ask: AskFacts, facts: Facts) -> Step:
    """Take yes, no or other terms; spoken ones come back as buttons."""
    reading = event.reading
    tiers = tiers_said(reading)
    if reading.act in YES and not _differs(tiers, ask):
        if event.text_was_spoken:
            return Step(state, (), (ask_summary(ask, facts),))
        return Step(_closed(state, facts), (AcceptAsk(ask.key),))
    if reading.act in NO | {Act.CANCEL} or reading.no_discount:
        if event.text_was_spoken:
            return Step(state, (), (ask_summary(ask, facts),))
        return Step(_closed(state, facts), (RefuseAsk(ask.key),))
    if reading.act is Act.CHANGE_TIME:
        return Step(state, (), (ask_summary(ask, facts).after(Line("ask.time_fixed")),))
    return counter(state, tiers or bare_number(reading, event.text), reading.items, ask, facts)


def _differs(tiers: tuple[DiscountTier, ...], ask: AskFacts) -> bool:
    return any(price_under(tier, ask.price) != ask.asked for tier in tiers)


def _closed(state: DialogueState, facts: Facts) -> DialogueState:
    return replace(state, draft=None, misses=0).asking(None, facts.now)


def counter(
    state: DialogueState,
    tiers: tuple[DiscountTier, ...],
    items: tuple[StockItem, ...],
    ask: AskFacts,
    facts: Facts,
) -> Step:
    """Read the shop's own terms back with their effect in money before they bind."""
    problem = _problem(tiers, ask)
    if problem is not None:
        state = replace(state, draft=None).asking("counter", facts.now)
        return Step(state, (), (Reply("ask_counter", lead=(problem,), asks="counter"),))
    stocked = tuple(item for item in items if item.stock is not None)
    draft = Draft("counter", ask_key=ask.key, items=stocked, discounts=tiers)
    return read_draft(state, draft, "counter_confirm", facts)


def _problem(tiers: tuple[DiscountTier, ...], ask: AskFacts) -> Line | None:
    if not tiers:
        return Line("ask.no_number")
    if not all(is_discount(tier, ask.price) for tier in tiers):
        return Line("ask.not_a_discount", {"price": ask.price})
    if ask.floor is not None and any(price_under(tier, ask.price) < ask.floor for tier in tiers):
        return Line("ask.below_floor", {"floor": ask.floor})
    return None


def read_draft(state: DialogueState, draft: Draft, asked: str, facts: Facts) -> Step:
    """Read a draft back; it counts once it is confirmed."""
    state = replace(state, draft=draft, turn=state.turn + 1, misses=0).asking(asked, facts.now)
    return Step(state, (), question(state, facts))

"""Who is speaking, which question stands, and what the reading should know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from whatsapp.dialogue.about import about_window, ask_summary, consent_question
from whatsapp.dialogue.facts import ActiveWindowFacts, AskFacts, Facts
from whatsapp.dialogue.phrasebook import render
from whatsapp.dialogue.questions import WISH_QUESTIONS, ask_again, question, read_back
from whatsapp.dialogue.replies import Reply
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.words import says_want
from whatsapp.nlu.reading import Question

# The codes of the reading's context (README of the corpora) for the questions of the conversation.
_CONTEXT = {
    "product": "ask_product",
    "product_unknown": "ask_product",
    "time": "ask_time",
    "place": "ask_place",
    "pin": "ask_pin",
    "budget": "ask_budget",
    "confirm": "confirm_intent",
    "correction": "confirm_intent",
    "stop": "ask_cancel",
    "seat": "ask_cancel",
    "erase": "ask_delete",
    "counter": "s_discount",
    "counter_confirm": "s_confirm",
    "offer_product": "s_product",
    "offer_terms": "s_stock",
    "offer_stock": "s_stock",
    "offer_price": "s_price",
    "offer_place": "s_place",
    "offer_discount": "s_discount",
    "offer_confirm": "s_confirm",
    "offer_correction": "s_confirm",
    "hours_confirm": "s_confirm",
    "ask": "s_discount",
    "invite": "offer",
    "coming": "reminder",
    "consent": "consent",
}

_AFTER_TIME = ("product", "product_unknown", "place", "pin", "budget")


def speaks_as_buyer(state: DialogueState, facts: Facts) -> bool:
    """Whether the next words are those of a buyer; a shop's are, once it said that it buys."""
    if facts.role == "buyer":
        return True
    if facts.live_ask is not None and not _answers_wish(state, facts.live_ask):
        return False
    if state.buys and (state.asked in WISH_QUESTIONS or facts.open_intent is not None):
        return True
    return facts.active is not None and facts.live_ask is None and state.asked is None


def reading_role(state: DialogueState, facts: Facts, text: str) -> Literal["buyer", "seller"]:
    """As whose message ``text`` is to be read; a shop's wish is read as a buyer's."""
    if speaks_as_buyer(state, facts):
        return "buyer"
    is_free = facts.live_ask is None and state.draft is None
    return "buyer" if is_free and says_want(text) else "seller"


def _answers_wish(state: DialogueState, told: AskFacts | ActiveWindowFacts) -> bool:
    """Whether the conversation's own question is newer than the message about ``told``."""
    if state.asked is None:
        return False
    return told.told_at is None or state.asked_at is None or state.asked_at >= told.told_at


def stands_before_window(state: DialogueState, facts: Facts) -> bool:
    """Whether yes and no answer the conversation's own question rather than the window's."""
    active = facts.active
    if active is not None and active.status == "invited" and active.told_at is None:
        return False
    return active is None or _answers_wish(state, active)


def stands_before_ask(state: DialogueState, facts: Facts) -> bool:
    """Whether yes and no answer the conversation's own question rather than the ask to the shop."""
    return facts.live_ask is None or _answers_wish(state, facts.live_ask)


def context_question(state: DialogueState, facts: Facts) -> Question | None:
    """What was asked just before, for the reading of the answer; ``None`` when nothing was."""
    language = facts.language or state.language or "tr"
    reply = standing(state, facts)
    if reply is None and state.consent_asked and facts.consent == "unknown":
        reply = consent_question()
    if reply is None and state.stage == "declared":
        # Nothing was asked, but "the same time" is that of the wish.
        reply = read_back(state, facts)
        return Question("", render(reply, language, facts.zone).text, language)
    if reply is None or reply.asks is None:
        return None
    # What is wrong is said of the summary, which names the day.
    shown = read_back(state, facts) if state.asked == "correction" else reply
    text = render(shown, language, facts.zone).text
    if state.asked in _AFTER_TIME and state.slots.intervals:
        # "Make it 2 pm" is said of the day that was named before the question.
        text = f"{render(read_back(state, facts), language, facts.zone).text} {text}"
    if state.asked == "offer_discount":
        # "30 for 6 people" is a price where the price named before is 35.
        goods = question(replace(state, asked="offer_confirm"), facts)[0]
        text = f"{render(goods, language, facts.zone).text} {text}"
    return Question(_CONTEXT.get(reply.asks, ""), text, language)


def standing(state: DialogueState, facts: Facts) -> Reply | None:
    """Ask again what is open: the conversation's question, or that of an ask or a window."""
    own = ask_again(state, facts)
    buyer = speaks_as_buyer(state, facts)
    if not buyer and facts.live_ask is not None:
        return (
            own if own and stands_before_ask(state, facts) else ask_summary(facts.live_ask, facts)
        )
    if facts.active is not None and not (own and stands_before_window(state, facts)):
        return about_window(facts.active, facts)
    return own

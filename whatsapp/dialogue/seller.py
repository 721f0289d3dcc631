"""A shop: answers to asks, stock and ladders, opening hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from whatsapp.dialogue import asks, buyer
from whatsapp.dialogue.about import ask_summary
from whatsapp.dialogue.commands import (
    CounterAsk,
    HandOver,
    LogUnknownWords,
    MarkStockLeft,
    OfferStock,
    SetHours,
)
from whatsapp.dialogue.context import standing, stands_before_ask
from whatsapp.dialogue.drafting import (
    OFFER_QUESTIONS,
    is_on_sale,
    merged,
    missing,
    says_goods,
)
from whatsapp.dialogue.events import Said
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.questions import question
from whatsapp.dialogue.replies import Button, Line, Reply, Step
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.states import DialogueState, Draft
from whatsapp.dialogue.terms import tiers_said
from whatsapp.dialogue.words import says_thanks, wants_human
from whatsapp.nlu.reading import Act, Reading, StockItem

# Acts that only a shop has: they are a shop's even in the middle of its own buying.
SELLER_ACTS = frozenset(
    {
        Act.OFFER_STOCK,
        Act.ACCEPT_DISCOUNT,
        Act.COUNTER_DISCOUNT,
        Act.REFUSE_DISCOUNT,
        Act.SET_HOURS,
    }
)
DRAFT_QUESTIONS = frozenset(
    {"counter_confirm", "offer_confirm", "offer_correction", "hours_confirm"}
)


def said(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Take a shop's message."""
    reading = event.reading
    if reading.act is Act.DECLARE:
        return ask_side(state, reading, facts)
    own = state.asked is not None and stands_before_ask(state, facts)
    if own and state.asked in DRAFT_QUESTIONS and reading.act in _DRAFT_ANSWERS:
        return _DRAFT_ANSWERS[reading.act](state, facts)
    if own and state.asked == "side" and reading.act in asks.YES | asks.NO:
        return Step(state, (), question(state, facts))
    if reading.act is Act.SET_HOURS and reading.hours:
        draft = Draft("hours", hours=reading.hours)
        return asks.read_draft(state, draft, "hours_confirm", facts)
    if facts.live_ask is not None and asks.is_about(event, state):
        return asks.answered(state, event, facts.live_ask, facts)
    if says_goods(reading, state.asked, facts) or tiers_said(reading):
        return _stock(state, event, facts)
    return _talk(state, event, facts)


def ask_side(state: DialogueState, reading: Reading, facts: Facts) -> Step:
    """Somebody with a shop seems to want something: ask once on which side they speak."""
    wish = replace(buyer.collected(state.idle(), reading), draft=None)
    state = wish.asking("side", facts.now)
    return Step(state, (), question(state, facts))


def as_buyer(state: DialogueState, facts: Facts) -> Step:
    """The shop's person buys: the wish goes on."""
    return buyer.ask_on(replace(state, buys=True), facts)


def as_seller(state: DialogueState) -> Step:
    """The person speaks for the shop: the wish was none."""
    return Step(state.idle(), (), (Reply("seller.how"),))


def confirm(state: DialogueState, facts: Facts) -> Step:
    """Let the draft count."""
    draft = state.draft
    done = replace(state, draft=None, misses=0).asking(None, facts.now)
    if draft is None:
        return Step(done, (), (Reply("reading.done"),))
    if draft.kind == "counter":
        left = draft.items[0].stock if draft.items else None
        return Step(done, (CounterAsk(draft.ask_key, draft.discounts, left),))
    if draft.kind == "hours":
        return Step(done, (SetHours(draft.hours),))
    if facts.store is None:
        return Step(done, (HandOver("wants_to_sell"),), (Reply("seller.no_store"),))
    return Step(done, (OfferStock(draft.items, draft.discounts, draft.floor),))


def change(state: DialogueState, facts: Facts) -> Step:
    """Ask what the draft should say instead; a sentence corrects it."""
    if state.draft is not None and state.draft.kind == "counter":
        return asks.ask_counter(state, facts)
    is_offer = state.draft is not None and state.draft.kind == "offer"
    asked = "offer_correction" if is_offer else state.asked
    reply = Reply("ask_draft_correction", asks=asked)
    return Step(state.asking(asked, facts.now), (), (reply,))


def drop(state: DialogueState, facts: Facts) -> Step:
    """Forget the draft; an ask that still waits is shown again."""
    state = replace(state, draft=None).asking(None, facts.now)
    if facts.live_ask is not None:
        return Step(state, (), (ask_summary(facts.live_ask, facts).after(Line("draft_dropped")),))
    return Step(state, (), (Reply("draft_dropped"),))


def _stock(state: DialogueState, event: Said, facts: Facts) -> Step:
    reading = event.reading
    left = _left(reading, facts)
    if left is not None and state.asked not in OFFER_QUESTIONS:
        if not event.text_was_spoken:
            return Step(state, (MarkStockLeft(left),))
        said_left = (Reply("stock.heard", {"n": left}, buttons=_left_button(left)),)
        return Step(state, (), said_left)
    draft = _of_only_product(merged(state.draft, reading, state.asked), facts)
    if state.draft is None and not event.text_was_spoken and _is_new_stock(draft, facts):
        return Step(replace(state, misses=0), (OfferStock(draft.items, ()),))
    return ask_on(replace(state, draft=draft), facts)


def _is_new_stock(draft: Draft, facts: Facts) -> bool:
    """Whether only the number of goods on sale changes: no money is bound, so nothing is asked."""
    return (
        bool(draft.items)
        and draft.floor is None
        and not (draft.discounts or draft.no_discount)
        and all(
            item.product is not None
            and is_on_sale(item.product, facts)
            and item.stock is not None
            and item.price is None
            for item in draft.items
        )
    )


def _left_button(left: int) -> tuple[Button, ...]:
    return (Button(f"stock.left:{left}", "button.yes"),)


def _left(reading: Reading, facts: Facts) -> int | None:
    """How many are left, when that is all the message says and a window is open for it."""
    if len(reading.items) != 1 or reading.discounts or facts.store is None:
        return None
    item, live = reading.items[0], facts.store.live_product
    if not live or item.stock is None or item.price is not None:
        return None
    return int(item.stock) if item.product in (None, live) else None


def ask_on(state: DialogueState, facts: Facts) -> Step:
    """Ask for what is missing about the goods, one thing a message, then read them back."""
    draft = _of_only_product(state.draft or Draft("offer"), facts)
    state = replace(state, draft=draft, misses=0)
    asked = missing(draft, facts)
    if asked is None:
        return asks.read_draft(state, draft, "offer_confirm", facts)
    state = state.asking(asked, facts.now)
    return Step(state, (), question(state, facts))


def _of_only_product(draft: Draft, facts: Facts) -> Draft:
    """A shop that sells one thing need not name it."""
    products = facts.store.products if facts.store is not None else ()
    if len(products) != 1 or (draft.items and draft.items[0].product is not None):
        return draft
    first = draft.items[0] if draft.items else StockItem()
    return replace(draft, items=(replace(first, product=products[0]), *draft.items[1:]))


def chosen_product(state: DialogueState, product: str, facts: Facts) -> Step:
    """Take the product that was chosen from the list."""
    draft = state.draft or Draft("offer")
    first = draft.items[0] if draft.items else StockItem()
    items = (replace(first, product=product), *draft.items[1:])
    return ask_on(replace(state, draft=replace(draft, items=items)), facts)


def _talk(state: DialogueState, event: Said, facts: Facts) -> Step:
    act = event.reading.act
    if act is Act.ASK_HELP and wants_human(event.text):
        return buyer.hand_over(state, "asked")
    if act is Act.GREETING and says_thanks(event.text):
        return Step(state, (), (Reply("welcome_back"),))
    if act is Act.CANCEL:
        return _cancel(state, facts)
    open_question = standing(state, facts)
    if act is Act.ASK_STATUS and facts.live_ask is None:
        return Step(state, (), (_status(facts),))
    if act in SELLER_ACTS and open_question is None:
        return Step(state, (), (Reply("ask.none"),))
    reply = open_question or Reply("seller.how")
    lead = _LEADS.get(act, "not_understood")
    words = event.reading.unknown_words if lead == "not_understood" else ()
    commands = (LogUnknownWords(words),) if words else ()
    return Step(state, commands, (reply.after(Line(lead)) if lead else reply,))


_LEADS: Mapping[Act, str] = {
    Act.ASK_STATUS: "",
    Act.GREETING: "hello",
    Act.ASK_HELP: "seller.help",
    Act.OUT_OF_SCOPE: "off_topic_seller",
}


def _cancel(state: DialogueState, facts: Facts) -> Step:
    if state.draft is not None or (state.stage == "collecting" and state.slots != Slots()):
        return drop(state.idle(), facts)
    state = state.idle().asking("stop", facts.now)
    return Step(state, (), question(state, facts))


def _status(facts: Facts) -> Reply:
    store = facts.store
    if store is None or store.windows_today == 0:
        link = store.board_link if store is not None else ""
        return Reply("seller.status_none", link=link, link_phrase="link.board")
    return Reply(
        "seller.status",
        {"n": store.windows_today},
        link=store.board_link,
        link_phrase="link.board",
    )


_DRAFT_ANSWERS: Mapping[Act, Callable[[DialogueState, Facts], Step]] = {
    Act.CONFIRM: confirm,
    Act.ACCEPT_DISCOUNT: confirm,
    Act.DECLINE: change,
    Act.CANCEL: drop,
}

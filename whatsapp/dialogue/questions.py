"""The question that stands, as a message and as context for the reading of the answer."""

from __future__ import annotations

from datetime import timedelta

from iceshop.kernel.time import TimeRange, at_local, local_day
from whatsapp.dialogue.facts import ActiveWindowFacts, AskFacts, Facts
from whatsapp.dialogue.notices import ask_reply, coming_buttons, invite_reply, wait_reply
from whatsapp.dialogue.phrasebook import render
from whatsapp.dialogue.replies import Button, Line, Reply
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.terms import price_under
from whatsapp.nlu.reading import Question

WISH_QUESTIONS = frozenset(
    {"product", "product_unknown", "time", "place", "pin", "budget", "confirm", "correction"}
)
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
    "offer_confirm": "s_confirm",
    "hours_confirm": "s_confirm",
    "ask": "s_discount",
    "invite": "offer",
    "coming": "reminder",
    "consent": "consent",
}


def speaks_as_buyer(state: DialogueState, facts: Facts) -> bool:
    """Whether the next words are those of a buyer; a shop's are, once it said that it buys."""
    if facts.role == "buyer":
        return True
    if facts.live_ask is not None and not _answers_wish(state, facts.live_ask):
        return False
    if state.buys and (state.asked in WISH_QUESTIONS or facts.open_intent is not None):
        return True
    return facts.active is not None and facts.live_ask is None and state.asked is None


def _answers_wish(state: DialogueState, told: AskFacts | ActiveWindowFacts) -> bool:
    """Whether the conversation's own question is newer than the message about ``told``."""
    if state.asked is None:
        return False
    return told.told_at is None or state.asked_at is None or state.asked_at >= told.told_at


def stands_before_window(state: DialogueState, facts: Facts) -> bool:
    """Whether yes and no answer the conversation's own question rather than the window's."""
    return facts.active is None or _answers_wish(state, facts.active)


def stands_before_ask(state: DialogueState, facts: Facts) -> bool:
    """Whether yes and no answer the conversation's own question rather than the ask to the shop."""
    return facts.live_ask is None or _answers_wish(state, facts.live_ask)


def context_question(state: DialogueState, facts: Facts) -> Question | None:
    """What was asked just before, for the reading of the answer; ``None`` when nothing was."""
    language = facts.language or state.language or "tr"
    reply = standing(state, facts)
    if reply is None or reply.asks is None:
        return None
    text = render(reply, language, facts.zone).text
    return Question(_CONTEXT.get(reply.asks, ""), text, language)


def standing(state: DialogueState, facts: Facts) -> Reply | None:
    """Ask again what is open: the conversation's question, or that of an ask or a window."""
    own = ask_again(state, facts)
    buyer = speaks_as_buyer(state, facts)
    if not buyer and facts.live_ask is not None:
        return own if own and stands_before_ask(state, facts) else ask_summary(facts)
    if facts.active is not None and not (own and stands_before_window(state, facts)):
        return about_window(facts.active, facts)
    if own is None and state.consent_asked and facts.consent == "unknown" and buyer:
        return consent_question()
    return own


def consent_question() -> Reply:
    """Ask once whether offers may be sent unasked."""
    return Reply(
        "consent.ask",
        buttons=(
            Button("consent.accept:offers", "button.consent_yes"),
            Button("consent.decline:offers", "button.consent_no"),
        ),
        asks="consent",
    )


def ask_summary(facts: Facts) -> Reply:
    """The ask that waits for this shop, with its buttons."""
    ask = facts.live_ask
    assert ask is not None
    return ask_reply(
        key=ask.key,
        people=ask.people,
        product=ask.product,
        starts_at=ask.starts_at,
        ends_at=ask.ends_at,
        price=ask.price,
        asked=ask.asked,
        worst=ask.given_at(ask.asked),
        left=ask.left_at(ask.asked),
        answer_by=ask.answer_by,
        now=facts.now,
    )


def about_window(active: ActiveWindowFacts, facts: Facts, party: int | None = None) -> Reply:
    """The invite, the seat or the place on the list, with what can be done about it."""
    if active.status == "invited":
        return invite_reply(
            key=active.key,
            product=active.product,
            store=active.store,
            starts_at=active.starts_at,
            ends_at=active.ends_at,
            price=active.price,
            before=active.before,
            party=party or active.party,
            answer_by=active.answer_by,
            now=facts.now,
        )
    if active.status == "waiting":
        return Reply(
            "list.position" if active.position else "list.waiting",
            {"position": active.position, "store": active.store, "starts_at": active.starts_at},
            buttons=(Button(f"seat.release:{active.key}", "button.leave_list"),),
        )
    return _seat(active, facts)


def _seat(active: ActiveWindowFacts, facts: Facts) -> Reply:
    lines = (seat_line(active, facts),)
    if active.is_coming_asked:
        ask = Reply("notice.reminder_ask", buttons=coming_buttons(active.key), asks="coming")
        return Reply(
            ask.phrase, lead=lines, buttons=ask.buttons, link=active.panel_link, asks=ask.asks
        )
    return Reply(
        "seat.code",
        {"code": active.code},
        lead=lines,
        link=active.panel_link,
        link_phrase="link.pass",
    )


def seat_line(active: ActiveWindowFacts, facts: Facts) -> Line:
    """One sentence about the held seat."""
    period = TimeRange(active.starts_at, active.ends_at)
    values = {"product": active.product, "store": active.store, "starts_at": active.starts_at}
    return Line("seat.line", {**values, "period": period, "party": active.party, "now": facts.now})


def wait_summary(facts: Facts) -> Reply:
    """How the open intent stands."""
    intent = facts.open_intent
    assert intent is not None
    if intent.is_paused:
        return Reply(
            "wait.paused",
            {"product": intent.product},
            buttons=(Button(f"intent.resume:{intent.key}", "button.resume"),),
        )
    return wait_reply(
        key=intent.key,
        product=intent.product,
        waiting=intent.waiting,
        needed=intent.needed,
        answer_by=intent.answer_by,
        now=facts.now,
    )


def ask_again(state: DialogueState, facts: Facts) -> Reply | None:
    """The conversation's own question as it was asked."""
    match state.asked:
        case "time":
            return Reply("ask_time", buttons=_times(facts), asks="time")
        case "budget":
            any_budget = Button("budget.any:budget", "button.no_limit")
            return Reply("ask_budget", buttons=(any_budget,), asks="budget")
        case "place" | "pin":
            return Reply(f"ask_{state.asked}", location_request=True, asks=state.asked)
        case "confirm":
            return read_back(state, facts)
        case "product" | "correction" | "counter" | "offer_terms":
            return Reply(f"ask_{state.asked}", asks=state.asked)
        case "product_unknown":
            return unknown_product(state, facts)
        case "side":
            return _two("side", "buyer", "seller")
        case "erase":
            return _two("erase", "confirm", "keep")
        case "stop":
            return _two("stop", "all", "keep")
        case "seat" if facts.active is not None:
            return keep_or_release(facts.active, facts)
        case "offer_product" if facts.store is not None:
            return _which_product(facts)
        case "counter_confirm" | "offer_confirm" | "hours_confirm":
            return _draft_read_back(state, facts)
    return None


def _two(topic: str, first: str, second: str) -> Reply:
    buttons = tuple(
        Button(f"{topic}.{act}:now", f"button.{topic}_{act}") for act in (first, second)
    )
    return Reply(f"ask_{topic}", buttons=buttons, asks=topic)


def keep_or_release(active: ActiveWindowFacts, facts: Facts) -> Reply:
    """Ask whether a held seat stays."""
    return Reply(
        "seat.ask_keep",
        lead=(seat_line(active, facts),),
        buttons=(
            Button(f"seat.keep:{active.key}", "button.keep"),
            Button(f"seat.release:{active.key}", "button.release"),
        ),
        asks="seat",
    )


def read_back(state: DialogueState, facts: Facts) -> Reply:
    """Say what was understood and ask whether it is right."""
    values = {"wish": state.slots, "now": facts.now}
    return Reply("reading.wish", values, buttons=_reading_buttons(state), asks="confirm")


def _reading_buttons(state: DialogueState) -> tuple[Button, ...]:
    return tuple(
        Button(f"reading.{act}:{state.token}", f"button.reading_{act}")
        for act in ("confirm", "change", "cancel")
    )


def unknown_product(state: DialogueState, facts: Facts) -> Reply:
    """Say that no shop here has the product; offer the nearest known ones and to ask anyway."""
    near = facts.lookup.nearest_products[:2]
    buttons = tuple(Button(f"product.pick:{name}", "button.name", {"name": name}) for name in near)
    anyway = Button(f"product.anyway:{state.token}", "button.ask_anyway")
    phrase = "ask_product_near" if near else "ask_product_anyway"
    return Reply(
        phrase,
        {"product": state.slots.product or "", "near": near},
        buttons=(*buttons, anyway),
        asks="product_unknown",
    )


def unknown_place(names: tuple[str, ...], facts: Facts) -> Reply:
    """Offer neighbourhoods that sound alike, or ask for the position."""
    near = facts.lookup.nearest_places[:3]
    if not near:
        return Reply("ask_place_unknown", {"place": names}, location_request=True, asks="place")
    buttons = tuple(Button(f"place.pick:{name}", "button.name", {"name": name}) for name in near)
    return Reply("ask_place_near", {"place": names}, buttons=buttons, asks="place")


def _times(facts: Facts) -> tuple[Button, ...]:
    """Within the hour, the next usual part of the day, any time."""
    today = local_day(facts.now, facts.zone)
    hour = facts.now.astimezone(facts.zone).hour
    soon = TimeRange(facts.now, facts.now + timedelta(hours=1))
    if hour < 11:
        label, day, start, end = "button.this_afternoon", today, 12, 18
    elif hour < 17:
        label, day, start, end = "button.this_evening", today, 18, 23
    else:
        label, day, start, end = "button.tomorrow_noon", today + timedelta(days=1), 12, 18
    later = TimeRange(at_local(day, start * 60, facts.zone), at_local(day, end * 60, facts.zone))
    return (
        Button(_range_id(soon), "button.within_hour"),
        Button(_range_id(later), label),
        Button("time.any:time", "button.any"),
    )


def _range_id(period: TimeRange) -> str:
    return f"time.range:{int(period.start.timestamp())}-{int(period.end.timestamp())}"


def _which_product(facts: Facts) -> Reply:
    assert facts.store is not None
    rows = tuple(
        Button(f"stock.product:{name}", "button.name", {"name": name})
        for name in facts.store.products[:10]
    )
    return Reply("ask_offer_product", rows=rows, asks="offer_product")


def _draft_read_back(state: DialogueState, facts: Facts) -> Reply | None:
    draft = state.draft
    if draft is None:
        return None
    buttons = _reading_buttons(state)
    if draft.kind == "counter":
        if facts.live_ask is None or facts.live_ask.key != draft.ask_key:
            return None
        return counter_read_back(state, facts, buttons)
    if draft.kind == "hours":
        return Reply("reading.hours", {"hours": draft.hours}, buttons=buttons, asks=state.asked)
    lead = [Line("reading.offer")]
    if draft.items:
        lead.append(Line("reading.stock", {"items": draft.items}))
    if draft.discounts:
        lead.append(Line("reading.ladder", {"terms": draft.discounts}))
    return Reply("reading.right", lead=tuple(lead), buttons=buttons, asks=state.asked)


def counter_read_back(
    state: DialogueState, facts: Facts, buttons: tuple[Button, ...]
) -> Reply | None:
    """Say what the shop's own terms come to in money, before they bind."""
    ask, draft = facts.live_ask, state.draft
    assert ask is not None and draft is not None
    lead = [Line("reading.counter", {"terms": draft.discounts})]
    for tier in draft.discounts[:1]:
        price = price_under(tier, ask.price)
        values = {"price": price, "worst": ask.given_at(price), "left": ask.left_at(price)}
        known = "reading.effect" if ask.cost is not None else "reading.effect_without_cost"
        lead.append(Line(known, values))
    if draft.items and draft.items[0].stock is not None:
        lead.append(Line("reading.left", {"n": draft.items[0].stock}))
    return Reply("reading.right", lead=tuple(lead), buttons=buttons, asks="counter_confirm")

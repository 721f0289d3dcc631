"""The answer to a command, once its result is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.commands import (
    AcceptInvite,
    ChangeParty,
    Command,
    CounterAsk,
    DeclareIntent,
    MarkStockLeft,
    OfferStock,
    SetHours,
    WidenIntent,
)
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.offers import listed_reply, price_line, wait_reply
from whatsapp.dialogue.phrasebook import phrases, placeholders
from whatsapp.dialogue.replies import Line, Reply
from whatsapp.dialogue.states import DialogueState

Builder = Callable[[Mapping[str, Any]], Reply]


def outcome_reply(
    command: Command,
    code: str,
    params: Mapping[str, Any],
    state: DialogueState,
    facts: Facts,
) -> Reply:
    """Say what became of ``command``; ``code`` is its result, or that of a ``DomainError``.

    ``params`` go before what ``facts`` know about the window, the ask and the intent. A code
    without a wording, or without the values that it needs, gets the plain sentence ``failed``.
    """
    values = {**_known(facts), **_of(command), **params, "now": facts.now}
    builder = _BUILDERS.get(code)
    try:
        return builder(values) if builder is not None else _plain(code, values)
    except KeyError:
        return Reply("outcome.failed")


def after_outcome(state: DialogueState, reply: Reply, facts: Facts) -> DialogueState:
    """The state once ``reply`` is sent: a question which it poses stands."""
    return state if reply.asks is None else state.asking(reply.asks, facts.now)


def has_wording(code: str) -> bool:
    """Whether ``code`` has a sentence of its own."""
    return code in _BUILDERS or f"outcome.{code}" in phrases("en")


def _known(facts: Facts) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if facts.open_intent is not None:
        intent = facts.open_intent
        values |= {"key": intent.key, "product": intent.product}
    if facts.live_ask is not None:
        ask = facts.live_ask
        values |= {"product": ask.product, "answer_by": ask.answer_by, "people": ask.people}
        values |= {"price": ask.price, "floor": ask.floor}
    if facts.store is not None:
        values |= {"board_link": facts.store.board_link}
    if facts.active is not None:
        seat = facts.active
        values |= {"key": seat.key, "product": seat.product, "store": seat.store}
        values |= {"starts_at": seat.starts_at, "ends_at": seat.ends_at, "price": seat.price}
        values |= {"before": seat.before, "party": seat.party, "answer_by": seat.answer_by}
        values |= {"code": seat.code, "panel_link": seat.panel_link}
        values |= {"cancel_free_until": seat.cancel_free_until}
    return values


def _of(command: Command) -> dict[str, Any]:
    match command:
        case OfferStock():
            return {"items": command.items, "terms": command.discounts}
        case CounterAsk():
            return {"terms": command.tiers}
        case SetHours():
            return {"hours": command.hours}
        case DeclareIntent() if command.slots.product:
            return {"product": command.slots.product}
        case AcceptInvite(party=int(party)) | ChangeParty(party=party):
            return {"party": party}
        case MarkStockLeft(count):
            return {"count": count}
        case WidenIntent(radius_m=radius_m):
            return {"radius_m": radius_m}
    return {}


def _plain(code: str, values: Mapping[str, Any]) -> Reply:
    phrase = f"outcome.{code}"
    needed = placeholders(phrase, "en") if phrase in phrases("en") else None
    if needed is None or any(values.get(name) is None for name in needed):
        return Reply("outcome.failed")
    return Reply(phrase, values)


def _seat(phrase: str, values: Mapping[str, Any]) -> Reply:
    period = TimeRange(values["starts_at"], values["ends_at"])
    lead = [Line(phrase, {**values, "period": period})]
    if values.get("price") is not None:
        lead.append(price_line(values["price"], values.get("before")))
    if values.get("cancel_free_until") is not None:
        lead.append(Line("seat.cancel_free", {"until": values["cancel_free_until"]}))
    return Reply(
        "seat.code",
        {"code": values["code"]},
        lead=tuple(lead),
        link=values["panel_link"],
        link_phrase="link.pass",
    )


def _intent_open(values: Mapping[str, Any]) -> Reply:
    reply = wait_reply(
        key=values["key"],
        product=values["product"],
        waiting=values.get("waiting", 0),
        needed=values.get("needed", 0),
        answer_by=values.get("answer_by"),
        now=values["now"],
    )
    return reply.after(Line("wait.noted"))


def _other_price(line: str) -> Builder:
    def build(values: Mapping[str, Any]) -> Reply:
        return Reply("ask_counter", lead=(Line(line, values),), asks="counter")

    return build


def _below_floor(values: Mapping[str, Any]) -> Reply:
    if values.get("floor") is None:
        return _other_price("ask.below_some_floor")(values)
    return _other_price("ask.below_floor")(values)


def _offer_stored(values: Mapping[str, Any]) -> Reply:
    lead = [Line("outcome.offer.stored", values)]
    if values.get("items"):
        lead.append(Line("reading.stock", values))
    if values.get("terms"):
        lead.append(Line("reading.ladder", values))
    reply = Reply("offer_open", lead=tuple(lead))
    return replace(reply, link=values.get("board_link", ""), link_phrase="link.board")


def _with_board(code: str) -> Builder:
    def build(values: Mapping[str, Any]) -> Reply:
        reply = _plain(code, values)
        return replace(reply, link=values.get("board_link", ""), link_phrase="link.board")

    return build


def _listed(values: Mapping[str, Any]) -> Reply:
    names = ("key", "store", "starts_at", "position", "until", "now")
    return listed_reply(**{name: values[name] for name in names})


_BUILDERS: Mapping[str, Builder] = {
    "seat.listed": _listed,
    "seat.taken": lambda values: _seat("seat.taken", values),
    "seat.already": lambda values: _seat("seat.already", values),
    "intent.open": _intent_open,
    "ask.below_floor": _below_floor,
    "ask.not_a_discount": _other_price("ask.not_a_discount"),
    "ask.accepted": _with_board("ask.accepted"),
    "ask.below_cost": _with_board("ask.below_cost"),
    "offer.stored": _offer_stored,
}

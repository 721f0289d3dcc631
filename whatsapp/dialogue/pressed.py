"""Buttons and list rows: each acts on its id alone, and an old one is answered kindly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from iceshop.kernel.errors import DomainError
from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from whatsapp.dialogue import asks, buyer, everyone, member, seller
from whatsapp.dialogue.about import about_window
from whatsapp.dialogue.commands import (
    AcceptAsk,
    AskOtherTime,
    CancelIntent,
    Command,
    ConfirmSeat,
    DeclineInvite,
    ExplainAbsence,
    MarkComplaint,
    MarkStockLeft,
    PauseIntent,
    RefuseAsk,
    ReleaseSeat,
    ReportPrice,
    ResumeIntent,
    SayOnTheWay,
    WidenIntent,
)
from whatsapp.dialogue.context import standing
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.questions import WISH_QUESTIONS
from whatsapp.dialogue.replies import Line, Reply, Step
from whatsapp.dialogue.states import DialogueState
from whatsapp.nlu.reading import Place

# First radius of a wider search when the wish names none, metres.
_WIDER_M = 2000
Handler = Callable[[DialogueState, str, str, Facts], Step]


def pressed(state: DialogueState, button_id: str, facts: Facts) -> Step:
    """Take a pressed button; ``button_id`` is ``<topic>.<act>:<opaque>``."""
    name, _, opaque = button_id.partition(":")
    topic, _, act = name.partition(".")
    handler = _TOPICS.get(topic)
    if handler is None or not opaque:
        return old_button(state, facts)
    return handler(state, act, opaque, facts)


def old_button(state: DialogueState, facts: Facts, phrase: str = "button_old") -> Step:
    """Say that the button no longer counts; what is open now is shown again."""
    reply = standing(state, facts)
    return Step(state, (), (reply.after(Line(phrase)) if reply else Reply(phrase),))


def _consent(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if act not in ("accept", "decline"):
        return old_button(state, facts)
    if facts.opted_out and act == "accept":
        return Step(state, (), (Reply("stopped_already"),))
    return buyer.consent(state, accepted=act == "accept" and not state.is_minor)


def _reading(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    asked = state.asked
    if opaque != state.token:
        return old_button(state, facts, "reading.old")
    if asked in seller.DRAFT_QUESTIONS:
        draft = {"confirm": seller.confirm, "change": seller.change, "cancel": seller.drop}
        return draft[act](state, facts) if act in draft else old_button(state, facts)
    if asked in ("confirm", "correction"):
        wish = {"confirm": buyer.declare, "change": buyer.change, "cancel": buyer.cancel}
        return wish[act](state, facts) if act in wish else old_button(state, facts)
    return old_button(state, facts, "reading.done" if act == "confirm" else "reading.old")


def _invite(state: DialogueState, act: str, key: str, facts: Facts) -> Step:
    if act == "accept":
        return member.and_go_on(member.accept(state, key), facts)
    if act == "decline":
        return member.and_go_on(Step(state, (DeclineInvite(key),)), facts)
    if act == "other":
        return Step(state, (AskOtherTime(key),))
    return old_button(state, facts)


def _ask(state: DialogueState, act: str, key: str, facts: Facts) -> Step:
    cleared = replace(state, draft=None).asking(None, facts.now)
    if act == "accept":
        return Step(cleared, (AcceptAsk(key),))
    if act == "refuse":
        return Step(cleared, (RefuseAsk(key),))
    if act == "counter" and facts.live_ask is not None and facts.live_ask.key == key:
        return asks.ask_counter(state, facts)
    return old_button(state, facts, "ask.none")


def _seat(state: DialogueState, act: str, key: str, facts: Facts) -> Step:
    if state.asked == "seat":
        state = state.asking(None, facts.now)
    if act == "on_way":
        return Step(state, (SayOnTheWay(key),))
    if act == "confirm":
        return Step(state, (ConfirmSeat(key),))
    if act == "release":
        return Step(state, (ReleaseSeat(key),))
    if act == "wait" and facts.active is not None and facts.active.key == key:
        return Step(state, (), (about_window(facts.active, facts),))
    if act == "keep" and facts.active is not None and facts.active.key == key:
        return Step(state, (), (Reply("seat_kept", {"code": facts.active.code}),))
    return old_button(state, facts, "seat_gone" if act == "keep" else "button_old")


def _intent(state: DialogueState, act: str, key: str, facts: Facts) -> Step:
    intent = facts.open_intent
    if intent is None or intent.key != key:
        return old_button(state, facts, "intent_gone")
    radius = (intent.radius_m or _WIDER_M // 2) * 2
    commands: dict[str, Command] = {
        "widen": WidenIntent(key, radius),
        "pause": PauseIntent(key),
        "resume": ResumeIntent(key),
        "cancel": CancelIntent(key),
    }
    if act in commands:
        return Step(state.idle() if act == "cancel" else state, (commands[act],))
    if act == "retime" and state.stage in ("declared", "correcting"):
        slots = replace(state.slots, intervals=(), any_time=False)
        return buyer.changed(state, slots, facts)
    return old_button(state, facts)


def _stop(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if act == "all":
        return everyone.opt_out(state, facts)
    return everyone.keep_everything(state, facts) if act == "keep" else old_button(state, facts)


def _start(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    return everyone.opt_in(state, facts)


def _erase(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if act == "confirm" and state.asked == "erase":
        return everyone.erase(state)
    if act == "keep" and state.asked == "erase":
        return everyone.keep_everything(state, facts)
    return old_button(state, facts)


def _time(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if state.asked not in WISH_QUESTIONS:
        return old_button(state, facts)
    if act == "any":
        return buyer.timed(state, None, facts)
    period = _period(opaque) if act == "range" else None
    return old_button(state, facts) if period is None else buyer.timed(state, period, facts)


def _period(opaque: str) -> TimeRange | None:
    first, _, last = opaque.partition("-")
    if not (first.isdecimal() and last.isdecimal()) or len(opaque) > 24:
        return None
    start, end = int(first), int(last)
    if start >= end:
        return None
    return TimeRange(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))


def _budget(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if act != "any" or state.asked not in WISH_QUESTIONS:
        return old_button(state, facts)
    return buyer.changed(state, replace(state.slots, budget=None, any_budget=True), facts)


def _product(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if state.asked not in WISH_QUESTIONS:
        return old_button(state, facts)
    if act == "anyway" and opaque == state.token and state.slots.product:
        return buyer.ask_on(state, facts)
    if act == "pick":
        return buyer.changed(state, replace(state.slots, product=opaque, variant=()), facts)
    return old_button(state, facts)


def _place(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if act != "pick" or state.asked not in WISH_QUESTIONS:
        return old_button(state, facts)
    place = _picked(opaque)
    if place is None:
        return old_button(state, facts)
    return buyer.changed(state, replace(state.slots, place=place), facts)


def _picked(opaque: str) -> Place | None:
    """The place of a button, ``<latitude>_<longitude>_<name>``."""
    latitude, _, rest = opaque.partition("_")
    longitude, _, name = rest.partition("_")
    try:
        return Place((name,), None, Point(float(latitude), float(longitude))) if name else None
    except (ValueError, DomainError):
        return None


def _side(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if state.asked != "side":
        return old_button(state, facts)
    if act == "buyer":
        return seller.as_buyer(state, facts)
    return seller.as_seller(state) if act == "seller" else old_button(state, facts)


def _stock(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    if act == "product" and state.asked == "offer_product":
        return seller.chosen_product(state, opaque, facts)
    if act == "left" and opaque.isdecimal() and len(opaque) < 7:
        return Step(state, (MarkStockLeft(int(opaque)),))
    return old_button(state, facts)


def _human(state: DialogueState, act: str, opaque: str, facts: Facts) -> Step:
    reason = {"sell": "wants_to_sell", "lost": "misunderstood"}.get(opaque, "asked")
    return buyer.hand_over(state, reason)


def _absence(state: DialogueState, act: str, key: str, facts: Facts) -> Step:
    if act not in ("late", "store", "forgot"):
        return old_button(state, facts)
    commands: tuple[Command, ...] = (ExplainAbsence(key, act),)
    if act == "store":
        commands += (MarkComplaint(),)
    return Step(state, commands)


def _after(state: DialogueState, act: str, key: str, facts: Facts) -> Step:
    if act not in ("right", "different"):
        return old_button(state, facts)
    commands: tuple[Command, ...] = (ReportPrice(key, was_as_promised=act == "right"),)
    if act == "different":
        commands += (MarkComplaint(),)
    return Step(state, commands, (Reply(f"after.{act}"),))


_TOPICS: dict[str, Handler] = {
    "consent": _consent,
    "reading": _reading,
    "invite": _invite,
    "ask": _ask,
    "seat": _seat,
    "intent": _intent,
    "stop": _stop,
    "start": _start,
    "erase": _erase,
    "time": _time,
    "budget": _budget,
    "product": _product,
    "place": _place,
    "side": _side,
    "stock": _stock,
    "human": _human,
    "absence": _absence,
    "after": _after,
}

"""The wish: collected slot by slot, read back, corrected, asked about, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from iceshop.kernel.geo import Point
from iceshop.kernel.time import TimeRange
from whatsapp.dialogue.about import wait_summary
from whatsapp.dialogue.commands import (
    CancelIntent,
    Command,
    DeclareIntent,
    HandOver,
    LogUnknownWords,
    PauseIntent,
    RecordConsent,
    ResumeIntent,
)
from whatsapp.dialogue.context import standing
from whatsapp.dialogue.events import Said
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.questions import (
    WISH_QUESTIONS,
    question,
    unknown_place,
    unknown_product,
)
from whatsapp.dialogue.replies import Button, Line, Reply, Step
from whatsapp.dialogue.slots import Slots, mentions_wish
from whatsapp.dialogue.states import DialogueState
from whatsapp.dialogue.words import says_pause, says_resume, says_thanks, wants_human
from whatsapp.nlu.reading import Act, Place, Reading

# After so many messages in a row that were not understood a person is offered.
_MISSES_BEFORE_HUMAN = 2


def said(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Take a buyer's message about a wish."""
    if facts.open_intent is not None and state.asked is None:
        if says_pause(event.text):
            return Step(state, (PauseIntent(facts.open_intent.key),))
        if says_resume(event.text):
            return Step(state, (ResumeIntent(facts.open_intent.key),))
    short = _SHORT.get(event.reading.act)
    if short is not None:
        return short(state, facts)
    return _WORDED.get(event.reading.act, fill)(state, event, facts)


def off_topic(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Say what this is for; the question stands."""
    return not_understood(state, event, facts, "off_topic")


def wants_to_sell(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Somebody without a shop speaks like one: a person can add it."""
    human = (Button("human.ask:sell", "button.human"),)
    return Step(state, (), (Reply("seller.join", buttons=human),))


def fill(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Take over what the message says about the wish and ask for what is still missing."""
    reading = event.reading
    if not mentions_wish(reading):
        if reading.act is Act.DECLARE or reading.language != (facts.language or reading.language):
            return ask_on(state, facts)
        return not_understood(state, event, facts, "not_understood")
    state = collected(state, reading)
    return checked(state, reading, facts)


def collected(state: DialogueState, reading: Reading) -> DialogueState:
    """The state with the slots of ``reading``; a new product after a finished wish starts anew."""
    slots, stage = state.slots, state.stage
    if stage == "declared":
        is_new = reading.act is Act.DECLARE and reading.product not in (None, slots.product)
        slots, stage = (Slots(), "collecting") if is_new else (slots, "correcting")
    elif stage == "none":
        slots, stage = Slots(), "collecting"
    return replace(state, slots=slots.merged(reading), stage=stage, misses=0)


def checked(state: DialogueState, reading: Reading, facts: Facts) -> Step:
    """Refuse what may not be sold, ask about what nobody knows, then go on."""
    if reading.product and facts.lookup.is_product_restricted:
        slots = replace(state.slots, product=None)
        state = replace(state, slots=slots).asking("product", facts.now)
        return Step(state, (), (Reply("product_restricted", asks="product"),))
    if reading.product and facts.lookup.is_product_known is False:
        state = state.asking("product_unknown", facts.now)
        return Step(state, (), (unknown_product(state, facts),))
    if reading.place and reading.place.names and facts.lookup.is_place_known is False:
        slots = replace(state.slots, place=None)
        state = replace(state, slots=slots).asking("place", facts.now)
        return Step(state, (), (unknown_place(reading.place.names, facts),))
    return ask_on(state, facts)


def ask_on(state: DialogueState, facts: Facts) -> Step:
    """Ask for the next missing slot, or read the wish back when nothing is missing."""
    had_time = bool(state.slots.intervals)
    slots = state.slots.fresh(facts.now)
    state = replace(
        state, slots=slots, stage="collecting" if state.stage == "none" else state.stage
    )
    missing = slots.missing()
    if missing is None:
        state = replace(state, turn=state.turn + 1).asking("confirm", facts.now)
    else:
        state = state.asking(missing, facts.now)
    passed = had_time and missing == "time"
    lines = (Line("time_passed"),) if passed else ()
    return Step(state, (), tuple(reply.after(*lines) for reply in question(state, facts)))


def located(state: DialogueState, point: Point, facts: Facts) -> Step:
    """Take a shared position as the place of the wish."""
    reading = Reading(Act.INFORM, state.language or "tr", 1.0, place=Place((), "pin", point))
    return ask_on(collected(state, reading), facts)


def timed(state: DialogueState, period: TimeRange | None, facts: Facts) -> Step:
    """Take the pressed time; ``None`` means any."""
    spans = () if period is None else (period,)
    slots = replace(state.slots, intervals=spans, any_time=period is None)
    return ask_on(_reopened(state, slots), facts)


def changed(state: DialogueState, slots: Slots, facts: Facts) -> Step:
    """Take slots chosen by a button and go on."""
    return ask_on(_reopened(state, slots), facts)


def _reopened(state: DialogueState, slots: Slots) -> DialogueState:
    stage = "correcting" if state.stage == "declared" else state.stage
    return replace(state, slots=slots, stage=stage, misses=0)


def confirm(state: DialogueState, facts: Facts) -> Step:
    """Take a yes: to the read-back, to an unknown product, to consent."""
    if state.asked == "confirm":
        return declare(state, facts)
    if state.asked == "product_unknown":
        return ask_on(state, facts)
    if _may_answer_consent(state, facts):
        return consent(state, accepted=True)
    return _acknowledged(state, facts)


def declare(state: DialogueState, facts: Facts) -> Step:
    """Let the wish count; when its time has passed meanwhile, ask for the time again."""
    slots = state.slots.fresh(facts.now)
    if slots.missing() is not None:
        return ask_on(state, facts)
    replaces = None
    if state.stage == "correcting" and facts.open_intent is not None:
        replaces = facts.open_intent.key
    home = slots.place.point if slots.place and slots.place.point else state.home
    state = replace(state.asking(None, facts.now), home=home)
    done = replace(state, slots=slots, stage="declared", misses=0)
    return Step(done, (DeclareIntent(slots, replaces),))


def decline(state: DialogueState, facts: Facts) -> Step:
    """Take a no: to the read-back, to consent, to nothing in particular."""
    if state.asked == "confirm":
        return change(state, facts)
    if _may_answer_consent(state, facts):
        return consent(state, accepted=False)
    if state.asked == "product_unknown":
        slots = replace(state.slots, product=None, variant=())
        return ask_on(replace(state, slots=slots), facts)
    if state.asked in WISH_QUESTIONS:
        return _again(state, facts)
    return Step(state, (), (Reply("ack_no"),))


def change(state: DialogueState, facts: Facts) -> Step:
    """Ask what is wrong with the read-back."""
    state = state.asking("correction", facts.now)
    return Step(state, (), (Reply("ask_correction", asks="correction"),))


def _may_answer_consent(state: DialogueState, facts: Facts) -> bool:
    """Yes and no fit no open question of a wish, so that they can only mean the consent."""
    is_open = state.consent_asked and facts.consent == "unknown"
    return is_open and state.asked in (None, "product", "time", "place", "pin", "budget")


def consent(state: DialogueState, *, accepted: bool) -> Step:
    """Record the answer; the open question was asked already and is not repeated."""
    phrase = "consent.accepted" if accepted else "consent.declined"
    return Step(state, (RecordConsent(accepted),), (Reply(phrase),))


def _acknowledged(state: DialogueState, facts: Facts) -> Step:
    if state.asked in WISH_QUESTIONS:
        return _again(state, facts)
    return status(state, facts)


def _again(state: DialogueState, facts: Facts) -> Step:
    reply = standing(state, facts)
    return Step(state, (), (reply,) if reply else ())


def cancel(state: DialogueState, facts: Facts) -> Step:
    """Withdraw what is open; with nothing open, ask whether all messages shall stop."""
    is_new = state.stage == "collecting" or facts.open_intent is None
    if is_new and state.asked in WISH_QUESTIONS and state.slots != Slots():
        phrase = "wish_dropped" if facts.open_intent is None else "wish_dropped_other_open"
        return Step(state.idle(), (), (Reply(phrase, _open_product(facts)),))
    if facts.open_intent is not None:
        return Step(state.idle(), (CancelIntent(facts.open_intent.key),))
    state = state.idle().asking("stop", facts.now)
    return Step(state, (), question(state, facts))


def _open_product(facts: Facts) -> dict[str, str]:
    return {} if facts.open_intent is None else {"product": facts.open_intent.product}


def status(state: DialogueState, facts: Facts) -> Step:
    """Say how the wish stands; what is only half said is asked for again."""
    if state.asked in WISH_QUESTIONS and state.stage == "collecting":
        reply = standing(state, facts)
        lead = () if state.slots == Slots() else (Line("status_collecting"),)
        return Step(state, (), (reply.after(*lead),) if reply else ())
    if facts.open_intent is not None:
        return Step(state, (), (wait_summary(facts.open_intent, facts),))
    state = state.idle().asking("product", facts.now)
    return Step(state, (), (Reply("status_nothing", asks="product"),))


def help_out(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Explain in a few sentences; the standing question follows."""
    if wants_human(event.text):
        return hand_over(state, "asked")
    line = Line("help")
    reply = standing(state, facts)
    if reply is not None:
        return Step(state, (), (reply.after(line),))
    human = (Button("human.ask:help", "button.human"),)
    return Step(state, (), (Reply("help", buttons=human),))


def hand_over(state: DialogueState, reason: str) -> Step:
    """Let a person answer."""
    return Step(replace(state, misses=0), (HandOver(reason),), (Reply("handed_over"),))


def greet(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Answer thanks and hello; what was open stays open."""
    if says_thanks(event.text):
        return Step(state, (), (Reply("welcome_back"),))
    reply = standing(state, facts)
    if reply is not None:
        return Step(state, (), (reply.after(Line("hello")),))
    if facts.open_intent is not None:
        return Step(state, (), (wait_summary(facts.open_intent, facts).after(Line("hello")),))
    state = state.idle().asking("product", facts.now)
    return Step(state, (), (Reply("ask_product", lead=(Line("hello"),), asks="product"),))


def not_understood(state: DialogueState, event: Said, facts: Facts, phrase: str) -> Step:
    """Say so kindly; the question stands; after two such messages a person is offered."""
    state = replace(state, misses=state.misses + 1)
    words = event.reading.unknown_words
    commands: tuple[Command, ...] = (LogUnknownWords(words),) if words else ()
    reply = standing(state, facts)
    reply = reply.after(Line(phrase)) if reply else Reply(phrase)
    plain = not (reply.buttons or reply.rows or reply.location_request or reply.link)
    if state.misses >= _MISSES_BEFORE_HUMAN and plain:
        reply = replace(reply, buttons=(Button("human.ask:lost", "button.human"),))
    return Step(state, commands, (reply,))


_SHORT: Mapping[Act, Callable[[DialogueState, Facts], Step]] = {
    Act.CANCEL: cancel,
    Act.CONFIRM: confirm,
    Act.DECLINE: decline,
    Act.ASK_STATUS: status,
}
_WORDED: Mapping[Act, Callable[[DialogueState, Said, Facts], Step]] = {
    Act.ASK_HELP: help_out,
    Act.GREETING: greet,
    Act.OUT_OF_SCOPE: off_topic,
    Act.OFFER_STOCK: wants_to_sell,
    Act.SET_HOURS: wants_to_sell,
}

"""What holds for buyers and shops alike: stopping, starting, erasing, complaining, no words."""

from __future__ import annotations

from dataclasses import replace

from whatsapp.dialogue import buyer
from whatsapp.dialogue.about import keep_or_release
from whatsapp.dialogue.commands import (
    HandOver,
    MarkComplaint,
    OptIn,
    OptOut,
    ReleaseSeat,
    RequestErasure,
)
from whatsapp.dialogue.context import standing
from whatsapp.dialogue.events import Attached, Said, Unreadable
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.questions import question
from whatsapp.dialogue.replies import Button, Line, Reply, Step
from whatsapp.dialogue.slots import Slots
from whatsapp.dialogue.states import DialogueState

_SILENT = frozenset({"sticker", "reaction"})
_KINDS = frozenset({"photo", "video", "document", "audio", "contact", "order", "form"})
_UNHEARD = frozenset({"silent", "other_language", "too_long"})
# Questions to which yes and no are answers for everybody.
YES_NO_QUESTIONS = frozenset({"stop", "erase", "seat"})


def opt_out(state: DialogueState, facts: Facts) -> Step:
    """Stop at once, confirm once, and ask about a seat that is held."""
    state = replace(state.idle(), welcomed=True)
    active = facts.active
    if active is None or active.status == "invited":
        again = (Button("start.again:now", "button.start"),)
        return Step(state, (OptOut(),), (Reply("stopped", buttons=again),))
    ask = keep_or_release(active, facts).after(Line("stopped_short"))
    return Step(state.asking("seat", facts.now), (OptOut(),), (ask,))


def opt_in(state: DialogueState, facts: Facts) -> Step:
    """Start again; a wish that was said meanwhile goes on."""
    if state.stage == "collecting" and state.slots != Slots():
        step = buyer.ask_on(state, facts)
        replies = tuple(reply.after(Line("started")) for reply in step.replies)
        return Step(step.state, (OptIn(),), replies)
    if facts.role == "seller":
        return Step(state.idle(), (OptIn(),), (Reply("started_seller"),))
    state = state.idle().asking("product", facts.now)
    reply = Reply("ask_product", lead=(Line("started"),), asks="product")
    return Step(state, (OptIn(),), (reply,))


def wish_after_stop(state: DialogueState, event: Said, facts: Facts) -> Step:
    """Keep the wish, but do not search for somebody who may not be written to."""
    state = buyer.collected(state, event.reading).asking(None, facts.now)
    start = (Button("start.again:now", "button.start"),)
    return Step(state, (), (Reply("wish_after_stop", buttons=start),))


def ask_erasure(state: DialogueState, facts: Facts) -> Step:
    """Ask before everything is erased; who says it again in answer has said yes."""
    if state.asked == "erase":
        return erase(state)
    state = state.asking("erase", facts.now)
    return Step(state, (), question(state, facts))


def erase(state: DialogueState) -> Step:
    """Erase; what is answered comes from the result."""
    return Step(state.idle(), (RequestErasure(),))


def keep_everything(state: DialogueState, facts: Facts) -> Step:
    """Nothing is erased or stopped; the wish goes on where it was."""
    if state.stage in ("collecting", "correcting"):
        step = buyer.ask_on(state, facts)
        replies = tuple(reply.after(Line("kept")) for reply in step.replies)
        return replace(step, replies=replies)
    return Step(state.asking(None, facts.now), (), (Reply("kept"),))


def answer(state: DialogueState, facts: Facts, *, is_yes: bool) -> Step:
    """Take yes or no to one of ``YES_NO_QUESTIONS``."""
    if state.asked == "erase":
        return erase(state) if is_yes else keep_everything(state, facts)
    if state.asked == "stop":
        return opt_out(state, facts) if is_yes else keep_everything(state, facts)
    active = facts.active
    state = state.asking(None, facts.now)
    if active is None:
        return Step(state, (), (Reply("seat_gone"),))
    if is_yes:
        return Step(state, (), (Reply("seat_kept", _code(facts)),))
    return Step(state, (ReleaseSeat(active.key),))


def _code(facts: Facts) -> dict[str, str]:
    return {"code": facts.active.code if facts.active else ""}


def complaint(state: DialogueState, event: Said) -> Step:
    """Let a person look at it."""
    commands = (MarkComplaint(event.text), HandOver("complaint"))
    return Step(state, commands, (Reply("complaint"),))


def attached(state: DialogueState, event: Attached, facts: Facts) -> Step:
    """Answer what has no words: silence for stickers, one kind sentence for the rest."""
    if event.kind in _SILENT:
        return Step(state)
    if event.kind == "document" and facts.role == "seller":
        return Step(state, (HandOver("document"),), (Reply("attached.document_seller"),))
    kind = event.kind if event.kind in _KINDS else "unsupported"
    return _with_question(state, facts, f"attached.{kind}")


def unreadable(state: DialogueState, event: Unreadable, facts: Facts) -> Step:
    """Say that a voice note gave no words; nothing is guessed."""
    reason = event.reason if event.reason in _UNHEARD else "failed"
    return _with_question(state, facts, f"unheard.{reason}")


def _with_question(state: DialogueState, facts: Facts, phrase: str) -> Step:
    reply = standing(state, facts)
    return Step(state, (), (reply.after(Line(phrase)) if reply else Reply(phrase),))

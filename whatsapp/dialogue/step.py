"""One event in, one step out: the only door of the dialogue."""

from __future__ import annotations

from dataclasses import replace

from whatsapp.dialogue import buyer, everyone, member, seller
from whatsapp.dialogue.commands import Command, SetLanguage
from whatsapp.dialogue.events import Attached, Event, Pressed, Said, Shared, Unreadable
from whatsapp.dialogue.facts import Facts
from whatsapp.dialogue.phrasebook import LANGUAGES
from whatsapp.dialogue.pressed import pressed
from whatsapp.dialogue.questions import (
    WISH_QUESTIONS,
    about_window,
    consent_question,
    speaks_as_buyer,
    standing,
)
from whatsapp.dialogue.replies import Line, Reply, Step
from whatsapp.dialogue.slots import mentions_wish
from whatsapp.dialogue.states import DialogueState
from whatsapp.nlu.reading import Act

_DEFAULT_LANGUAGE = "tr"
# What a first message may hold without needing an answer beside the welcome.
_WELCOMED_ENOUGH = frozenset({Act.GREETING, Act.OUT_OF_SCOPE, Act.OPT_IN, Act.CONFIRM, Act.DECLINE})


def step(state: DialogueState, event: Event, facts: Facts) -> Step:
    """Decide what follows from ``event``.

    The result is rendered in ``result.state.language``. The outcome replies of its commands go out
    before its own replies. While a person answers (``taken_over``) only buttons and STOP act.
    """
    state, commands = _spoken_language(state, event, facts)
    if facts.taken_over and not _acts_anyway(event):
        return Step(state, commands)
    if facts.is_first_contact and not state.welcomed and not _is_stop(event):
        result = _first_contact(replace(state, welcomed=True), event, facts)
    else:
        result = _handled(state, event, facts)
    if isinstance(event, Said) and event.text_was_spoken:
        result = _read_back(result, event)
    return replace(result, commands=(*commands, *result.commands))


def _spoken_language(
    state: DialogueState, event: Event, facts: Facts
) -> tuple[DialogueState, tuple[Command, ...]]:
    known = facts.language or state.language
    language = event.reading.language if isinstance(event, Said) else known
    if language not in LANGUAGES:
        language = known or _DEFAULT_LANGUAGE
    changed = isinstance(event, Said) and language != facts.language
    return replace(state, language=language), (SetLanguage(language),) if changed else ()


def _is_stop(event: Event) -> bool:
    return isinstance(event, Said) and event.reading.act is Act.OPT_OUT


def _acts_anyway(event: Event) -> bool:
    return isinstance(event, Pressed) or _is_stop(event)


def _handled(state: DialogueState, event: Event, facts: Facts) -> Step:
    match event:
        case Said():
            return _said(state, event, facts)
        case Pressed(button_id):
            return pressed(state, button_id, facts)
        case Shared():
            return _shared(state, event, facts)
        case Attached():
            return everyone.attached(state, event, facts)
        case Unreadable():
            return everyone.unreadable(state, event, facts)


def _said(state: DialogueState, event: Said, facts: Facts) -> Step:
    act = event.reading.act
    if act is Act.OPT_OUT:
        return everyone.opt_out(state, facts)
    if act is Act.OPT_IN:
        return everyone.opt_in(state, facts)
    if act is Act.DELETE_DATA:
        return everyone.ask_erasure(state, facts)
    if act is Act.COMPLAINT:
        return everyone.complaint(state, event)
    if state.asked in everyone.YES_NO_QUESTIONS and act in (Act.CONFIRM, Act.DECLINE):
        return everyone.answer(state, act is Act.CONFIRM, facts)
    if act in seller.SELLER_ACTS and facts.role == "seller":
        return seller.said(state, event, facts)
    if not speaks_as_buyer(state, facts):
        return seller.said(state, event, facts)
    if facts.opted_out and mentions_wish(event.reading):
        return everyone.wish_after_stop(state, event, facts)
    if facts.active is not None:
        return member.said(state, event, facts.active, facts)
    return buyer.said(state, event, facts)


def _shared(state: DialogueState, event: Shared, facts: Facts) -> Step:
    is_wish = state.asked in WISH_QUESTIONS or state.stage in ("collecting", "correcting")
    if facts.active is not None and not is_wish:
        return Step(state, (), (about_window(facts.active, facts),))
    if not speaks_as_buyer(state, facts):
        reply = standing(state, facts)
        line = Line("attached.position_seller")
        return Step(state, (), (reply.after(line) if reply else Reply("attached.position_seller"),))
    return buyer.located(state, event.point, facts)


def _first_contact(state: DialogueState, event: Event, facts: Facts) -> Step:
    """Say who speaks; a wish in the same message goes on beside the question of consent."""
    if facts.role == "seller":
        result = _handled(state, event, facts)
        first = result.replies[0] if result.replies else Reply("seller.how")
        welcomed = (first.after(Line("welcome.seller")), *result.replies[1:])
        return replace(result, replies=welcomed)
    welcome, state = _welcome(state, facts)
    if _is_covered(event):
        state = state.asking("product", facts.now)
        return Step(state, (), (welcome,))
    result = _handled(state, event, facts)
    return replace(result, replies=(welcome, *result.replies[:1]))


def _welcome(state: DialogueState, facts: Facts) -> tuple[Reply, DialogueState]:
    if facts.consent != "unknown" or facts.opted_out:
        return Reply("welcome.first"), state
    reply = consent_question().after(Line("welcome.first"))
    return reply, replace(state, consent_asked=True)


def _is_covered(event: Event) -> bool:
    if isinstance(event, Attached):
        return event.kind in ("sticker", "reaction")
    if not isinstance(event, Said):
        return False
    return event.reading.act in _WELCOMED_ENOUGH and not mentions_wish(event.reading)


def _read_back(result: Step, event: Said) -> Step:
    """Put what was heard before the answer, so that a wrong transcript is seen."""
    if not event.text or not result.replies:
        return result
    heard = Line("heard", {"text": event.text[:_HEARD_CAP]})
    last = result.replies[-1].after(heard)
    return replace(result, replies=(*result.replies[:-1], last))


# A read-back needs the sense of a long voice note, not all of it; the body ends at 1024 characters.
_HEARD_CAP = 300
